"""What was found around a point, in numbers, beside those of one that is kept."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gdviz.engine.sensitivity import Sensitivity
from gdviz.engine.sensitivity.words import percent
from gdviz.numbers import format_number
from gdviz.ui.tips import explain, wrapped
from gdviz.ui.value_label import ValueLabel

__all__ = ["SensitivityTable"]

_WIDEST = "8.88×10⁻⁸"
_DIGITS, _FEWER = 4, 3  # fewer where two columns share the panel
_NONE = "–"
_FACTS = (
    ("loss", "Loss f", "The loss at the point."),
    ("gradient", "Slope |∇f|", "How steep it is: 0 at a minimum, a saddle, a maximum."),
    (
        "first",
        "Sharpest λ₁",
        (
            "The Hessian's largest eigenvalue: how strongly the loss bends along the sharpest "
            "direction. The larger, the sharper."
        ),
    ),
    (
        "second",
        "Flattest λ₂",
        "The Hessian's smallest eigenvalue. Near 0 it is flat; below 0 the loss bends downward.",
    ),
    ("trace", "Trace λ₁ + λ₂", "The sum of the eigenvalues: how sharp it is on the whole."),
    ("determinant", "Determinant λ₁λ₂", "The product of the eigenvalues: below 0 at a saddle."),
    (
        "condition",
        "Condition |λ₁/λ₂|",
        (
            "How many times sharper the sharpest direction is than the flattest: how slow plain "
            "gradient descent is."
        ),
    ),
    (
        "rate",
        "Largest rate 2/λ₁",
        "With a learning rate above it, plain gradient descent leaves a minimum as sharp as this.",
    ),
    (
        "highest",
        "Highest in the ball",
        "The largest loss at most ε away: how bad a small push can make it.",
    ),
    ("rise", "Rise to it", "The largest loss in the ball minus the loss here."),
    ("lowest", "Lowest in the ball", "The smallest loss at most ε away."),
    (
        "sharpness",
        "Sharpness",
        (
            "100 (max − f)/(1 + f), in percent: the measure of Keskar et al. 2017, with a ball. It "
            "is made for losses from 0 up; a negative loss has none."
        ),
    ),
    (
        "trust",
        "Model right as far as",
        (
            "The distance, as a share of the width, within which the quadratic model is wrong by "
            "at most a tenth of the largest change that it predicts."
        ),
    ),
)
_OF_TWO = ("second", "trace", "determinant", "condition")
_OF_ONE = {"first": "Curvature λ", "rate": "Largest rate 2/λ"}
_SHORT = {
    "loss": "Loss",
    "gradient": "Slope",
    "first": "λ₁",
    "second": "λ₂",
    "trace": "Trace",
    "determinant": "Det.",
    "condition": "Cond.",
    "rate": "2/λ₁",
    "highest": "Highest",
    "rise": "Rise",
    "lowest": "Lowest",
    "trust": "Right to",
}
_SHORT_OF_ONE = {"first": "λ", "rate": "2/λ"}


class SensitivityTable(QWidget):
    """A row for each number; a second column while a point is kept."""

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[tuple[str, bool], ValueLabel] = {}
        self._names: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        self._heads = [QLabel("here"), QLabel("kept")]
        for column, head in enumerate(self._heads, 1):
            head.setObjectName("muted")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(head, 0, column)
        for row, (key, name, tip) in enumerate(_FACTS, 1):
            label = self._names[key] = QLabel(name)
            label.setObjectName("muted")
            label.setToolTip(wrapped(tip))
            grid.addWidget(label, row, 0)
            for kept in (False, True):
                spoken = f"{name}, kept" if kept else name
                value = ValueLabel(spoken, _WIDEST, Qt.AlignmentFlag.AlignRight)
                explain(value, tip)
                self._values[key, kept] = value
                grid.addWidget(value, row, 1 + kept)
        self.show_found(None, None)

    def texts(self, *, kept: bool = False) -> dict[str, str]:
        """Return the numbers that are shown, by their labels."""
        return {
            self._names[key].text(): self._values[key, kept].text()
            for key, _, _ in _FACTS
            if not self._values[key, kept].isHidden()
        }

    def show_found(self, found: Sensitivity | None, kept: Sensitivity | None) -> None:
        """Show the numbers of a point, and of one that is kept."""
        both = found is None or len(found.parameters) > 1
        digits = _DIGITS if kept is None else _FEWER
        for head in self._heads:
            head.setVisible(kept is not None)
        for column, one in ((False, found), (True, kept)):
            told = {} if one is None else _told(one, digits)
            for key, name, _ in _FACTS:
                there = both or key not in _OF_TWO
                self._name(key, _called(key, name, both=both, short=kept is not None))
                self._names[key].setVisible(there)
                value = self._values[key, column]
                value.setVisible(there and (not column or kept is not None))
                value.show_text(told.get(key, ""))

    def _name(self, key: str, text: str) -> None:
        if self._names[key].text() != text:
            self._names[key].setText(text)


def _called(key: str, name: str, *, both: bool, short: bool) -> str:
    """Return what a row is called: shortly beside two columns."""
    if short:
        called = _SHORT.get(key, name)
        return called if both else _SHORT_OF_ONE.get(key, called)
    return name if both else _OF_ONE.get(key, name)


def _told(found: Sensitivity, digits: int) -> dict[str, str]:
    curved = found.kind not in ("kink", "undefined")

    def bent(value: float) -> str:
        return format_number(value, digits) if curved and not math.isnan(value) else _NONE

    def of_ball(value: float) -> str:
        return _NONE if math.isnan(value) else format_number(value, digits)

    highest, lowest, trust = found.highest, found.lowest, found.trust
    sharpness, rate = found.sharpness, found.largest_rate
    return {
        "loss": format_number(found.loss, digits),
        "gradient": format_number(float(np.linalg.norm(found.gradient)), digits),
        "first": bent(float(found.eigenvalues[0])),
        "second": bent(float(found.eigenvalues[-1])),
        "trace": bent(found.trace),
        "determinant": bent(found.determinant),
        "condition": bent(found.condition),
        "rate": _NONE if rate is None else format_number(rate, digits),
        "highest": _NONE if highest is None else format_number(highest.loss, digits),
        "rise": of_ball(found.rise),
        "lowest": _NONE if lowest is None else format_number(lowest.loss, digits),
        "sharpness": _NONE if sharpness is None else f"{format_number(sharpness, digits)} %",
        "trust": _NONE
        if trust is None
        else "everywhere"
        if trust.everywhere
        else percent(trust.radius),
    }
