"""Choosing the parameter along which the loss curve is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from gdviz.ui.tips import explain

__all__ = ["SliceSwitch"]


class SliceSwitch(QWidget):
    """A button for each parameter, one of them down.

    Signals
    -------
    axis_picked(int)
    """

    axis_picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.axis_picked)
        self._names: tuple[str, ...] = ()

    def set_parameters(self, names: Sequence[str], axis: int) -> None:
        """Offer these parameters; hidden if there is only one."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            for button in self._group.buttons():
                self._group.removeButton(button)
                self._layout.removeWidget(button)
                button.deleteLater()
            for number, name in enumerate(names):
                button = QToolButton()
                button.setText(name)
                button.setCheckable(True)
                others = ", ".join(other for other in names if other != name)
                tip = f"Cut the landscape along {name} and hold {others} where the disc stands. (S)"
                button.setAccessibleName(f"Along {name}")
                explain(button, tip)
                self._group.addButton(button, number)
                self._layout.addWidget(button)
        self._group.button(axis).setChecked(True)
        self.setVisible(len(names) > 1)
