"""Choosing how the loss curve cuts the landscape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.tips import explain

__all__ = ["SliceSwitch"]

_BOTH, _RAY = "both", "ray"
_MOST_LEAST = 205
_BOTH_TIP = "A curve along each parameter, side by side: their slopes are the partial derivatives."
_RAY_TIP = (
    "The loss after one step at every learning rate, which is what a line search sees. "
    "Drag the rate and see what one step makes of it."
)
_WORDS = {_BOTH: ("both", _BOTH_TIP), _RAY: ("−∇f", _RAY_TIP)}


class SliceSwitch(QWidget):
    """A button for each parameter, one for both and one for −∇f; one of them is down.

    Signals
    -------
    axis_picked(int)
    cut_picked(str)
        ``"both"`` or ``"ray"``.
    """

    axis_picked = Signal(int)
    cut_picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("How the loss curve is cut")
        self._layout = FlowLayout(gap=0)  # large letters take two lines
        self.setLayout(self._layout)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        self._names: tuple[str, ...] = ()
        self._keys: tuple[int | str, ...] = ()

    def set_parameters(self, names: Sequence[str], axis: int, cut: str = "one") -> None:
        """Offer these parameters and show what is chosen; hidden if there is only one."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._fill()
        self.button(axis if cut == "one" else cut).setChecked(True)
        self.setVisible(len(names) > 1)

    def minimumSizeHint(self) -> QSize:
        """Stay in one line, unless letters are so large that it would push others away."""
        least = super().minimumSizeHint()
        return QSize(max(least.width(), min(self.sizeHint().width(), _MOST_LEAST)), least.height())

    def button(self, key: int | str) -> QToolButton:
        """Return the button of a parameter, by its place, or of a cut."""
        found = self._group.button(self._keys.index(key))
        assert isinstance(found, QToolButton)
        return found

    def _fill(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._layout.removeWidget(button)
            button.deleteLater()
        self._keys = (*range(len(self._names)), _BOTH, _RAY)
        for number, key in enumerate(self._keys):
            text, tip = self._words(key)
            button = QToolButton()
            button.setText(text)
            explain(button, f"{tip} (S)")
            button.setAccessibleName(f"Cut: {text}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, number)
            self._layout.add(button)

    def _words(self, key: int | str) -> tuple[str, str]:
        if isinstance(key, str):
            return _WORDS[key]
        name = self._names[key]
        others = ", ".join(other for other in self._names if other != name)
        return name, f"Cut the landscape along {name} and hold {others} where the disc stands."

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        key = self._keys[number]
        if isinstance(key, str):
            self.cut_picked.emit(key)
        else:
            self.axis_picked.emit(key)
