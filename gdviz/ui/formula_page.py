"""The page on which a formula is typed and its sliders are moved."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gdviz.errors import UserError
from gdviz.landscapes import Landscape
from gdviz.landscapes.formula import FormulaLandscape, Knob
from gdviz.numbers import format_number
from gdviz.ui.formula_entry import FormulaEntry
from gdviz.ui.number_field import NumberField, SliderScale

__all__ = ["FormulaPage"]

_HELP = (
    "<p style='margin-bottom:4px'>For example</p>"
    "<p style='margin:2px 0'>(1-x)² + 100(y-x²)²</p>"
    "<p style='margin:2px 0'>e^(2y) sin x</p>"
    "<p style='margin:2px 0'>|x| + sqrt(1 + y^2)</p>"
    "<p style='margin:2px 0'>a x^2 + b y^2</p>"
    "<p style='margin-top:6px'>One or two variables; other letters become sliders. "
    "f(a, b) = … says which are variables.</p>"
)


class FormulaPage(QWidget):
    """A formula, and a slider for each of its parameters that is not a variable.

    Signals
    -------
    formula_edited(str)
        A good text was typed.
    knob_moved(str, float)
        A slider's name and its value.
    settled()
        The end of typing or of a drag.
    """

    formula_edited = Signal(str)
    knob_moved = Signal(str, float)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.formula = FormulaEntry()
        self.formula.formula_edited.connect(self.formula_edited)
        self.formula.settled.connect(self.settled)
        self.knobs: dict[str, NumberField] = {}
        self._knobs_layout = QVBoxLayout()
        self._knobs_layout.setSpacing(8)
        hint = QLabel(_HELP)
        hint.setObjectName("muted")
        hint.setWordWrap(True)
        hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self.formula)
        layout.addLayout(self._knobs_layout)
        layout.addWidget(hint)
        layout.addStretch(1)

    def set_landscape(self, landscape: Landscape) -> None:
        """Show the landscape's formula, if it is one, without telling of it."""
        if not isinstance(landscape, FormulaLandscape):
            self._set_knobs(())
            self.formula.show_formula(landscape.formula)
            return
        if not self.formula.entry.hasFocus() or self.formula.error == "":
            self.formula.show_formula(landscape.text)
        self._set_knobs(landscape.knobs)

    def _set_knobs(self, knobs: tuple[Knob, ...]) -> None:
        shape = [(knob.name, knob.low, knob.high) for knob in knobs]
        if shape != getattr(self, "_shape", []):
            self._shape = shape
            for field in self.knobs.values():
                self._knobs_layout.removeWidget(field)
                field.deleteLater()
            self.knobs = {knob.name: self._made(knob) for knob in knobs}
        for knob in knobs:
            self.knobs[knob.name].set_value(knob.value)

    def _made(self, knob: Knob) -> NumberField:
        tip = f"The value of {knob.name} in the formula; the landscape bends as you drag."
        logarithmic = knob.low > 0.0 and knob.high / knob.low >= 100.0
        scale = SliderScale(knob.low, knob.high, logarithmic=logarithmic)
        field = NumberField(knob.name, tip, _check_finite, scale)
        field.edited.connect(partial(self.knob_moved.emit, knob.name))
        field.settled.connect(self.settled)
        self._knobs_layout.addWidget(field)
        return field


def _check_finite(value: float) -> None:
    if not math.isfinite(value):
        raise UserError(f"the value must be finite, got {format_number(value)}")
