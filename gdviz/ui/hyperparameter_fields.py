"""Fields for declared hyperparameters, the advanced ones folded away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QToolButton, QVBoxLayout, QWidget

from gdviz.optimizers import Hyperparameter
from gdviz.ui.number_field import NumberField, SliderScale
from gdviz.ui.tips import explain, set_topic

__all__ = ["HyperparameterFields", "spoken_name"]


class HyperparameterFields(QWidget):
    """A field for each hyperparameter: a number, a whole number or a check box.

    Attributes
    ----------
    fields : dict of str to NumberField or QCheckBox
        By the hyperparameter's name.
    more : QToolButton
        What unfolds the advanced ones, and folds them.

    Signals
    -------
    edited(str, object)
        A hyperparameter's name and its new value.
    settled()
        The end of a drag, or an edit that is one of its own.
    """

    edited = Signal(str, object)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, NumberField | QCheckBox] = {}
        self._declared: tuple[Hyperparameter, ...] = ()
        self._unusual: tuple[object, ...] = ()
        self._plain, self._advanced = _column(), _column()
        self._folded = QWidget()
        self._folded.setLayout(self._advanced)
        self.more = QToolButton()
        explain(
            self.more, "Settings that are seldom changed: what they are is enough for most runs."
        )
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(self._turn)
        layout = _column()
        self.setLayout(layout)
        layout.addLayout(self._plain)
        layout.addWidget(self.more)
        layout.addWidget(self._folded)
        self.unfold(False)
        self.hide()

    def declare(
        self, declared: Sequence[Hyperparameter], titles: Mapping[str, str] | None = None
    ) -> None:
        """Make fields for other hyperparameters; the same ones are left as they are.

        Parameters
        ----------
        declared : sequence of Hyperparameter
        titles : mapping of str to str, optional
            What is written before a field, by name; where it isn't the name itself.
        """
        if tuple(declared) == self._declared:
            return
        self._declared = tuple(declared)
        for field in self.fields.values():
            field.blockSignals(True)
            field.hide()
            field.deleteLater()
        known = titles or {}
        self.fields = {
            one.name: self._made(one, known.get(one.name, spoken_name(one.name)))
            for one in declared
        }
        for one in declared:
            column = self._advanced if one.advanced else self._plain
            column.addWidget(self.fields[one.name])
        self._unusual = ()
        self.more.setVisible(any(one.advanced for one in declared))
        self.unfold(False)
        self.setVisible(bool(declared))

    def set_values(self, values: Mapping[str, float]) -> None:
        """Show values, without telling of it."""
        for name, field in self.fields.items():
            if isinstance(field, NumberField):
                field.set_value(float(values[name]))
            else:
                field.setChecked(bool(values[name]))
        unusual = tuple(
            values[one.name]
            for one in self._declared
            if one.advanced and values[one.name] != one.default
        )
        if unusual and unusual != self._unusual:
            self.unfold(True)
        self._unusual = unusual

    def focus_chain(self) -> list[QWidget]:
        """Return what takes the focus, in the order of the Tab key."""
        plain = [self.fields[one.name] for one in self._declared if not one.advanced]
        advanced = [self.fields[one.name] for one in self._declared if one.advanced]
        return [*_chain(plain), self.more, *_chain(advanced)]

    def _made(self, declared: Hyperparameter, title: str) -> NumberField | QCheckBox:
        if declared.kind == "flag":
            box = QCheckBox(title)
            explain(box, declared.help)
            box.clicked.connect(lambda on, name=declared.name: self._on_clicked(name, on))
            return box
        low, high = declared.slider
        whole = declared.kind == "whole"
        scale = SliderScale(low, high, logarithmic=declared.logarithmic, whole=whole)
        spoken = replace(declared, name=title.lower())
        field = NumberField(title, declared.help, spoken.check, scale if low < high else None)
        if declared.name == "learning_rate":
            set_topic(field, "learning-rate")
        field.edited.connect(partial(self._on_number, declared))
        field.settled.connect(self.settled)
        return field

    def _on_number(self, declared: Hyperparameter, value: float) -> None:
        self.edited.emit(declared.name, declared.check(value))

    def _on_clicked(self, name: str, on: bool) -> None:
        self.settled.emit()
        self.edited.emit(name, on)
        self.settled.emit()

    @property
    def unfolded(self) -> bool:
        """Whether the advanced ones are shown."""
        return not self._folded.isHidden()

    def unfold(self, shown: bool) -> None:
        """Show the advanced ones, or fold them away."""
        self.more.setText("Less" if shown else "More")
        self.more.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self._folded.setVisible(shown)

    @Slot()
    def _turn(self) -> None:
        self.unfold(not self.unfolded)


def spoken_name(name: str) -> str:
    """Return a hyperparameter's name as a title: ``"Learning rate"``, ``"Beta 1"``."""
    return re.sub(r"(?<=[a-z])(?=\d)", " ", name.replace("_", " ")).capitalize()


def _chain(fields: Sequence[NumberField | QCheckBox]) -> list[QWidget]:
    chain: list[QWidget] = []
    for field in fields:
        chain += field.focus_chain() if isinstance(field, NumberField) else [field]
    return chain


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return column
