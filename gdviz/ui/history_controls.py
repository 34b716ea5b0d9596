"""What the history plot shows, and how its axes are scaled."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from gdviz.ui.choice_box import ChoiceBox
from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain

__all__ = ["HistoryControls"]

_QUANTITIES = {
    "loss": ("loss", "How high each run stands at each step. It need not fall at every step."),
    "distance": ("distance to minimum", "How far each run is from the nearest known minimum."),
    "gradient": (
        "gradient norm",
        "How steep the landscape is where each run stands; 0 at a minimum, and at a saddle.",
    ),
    "step": (
        "step size",
        "How far each step goes: the gradient shrinks it, momentum and schedules change it.",
    ),
}
_TIP = "Which quantity of each run is drawn against the step."
_LOG_X = "Equal distances are equal factors of the step: the first steps get more room."
_LOG_Y = "Equal distances are equal factors: a run that converges steadily is a straight line."
_NARROWEST = 72
_SPARED = 4


class HistoryControls(QWidget):
    """A choice of quantity, and a switch for each axis.

    Attributes
    ----------
    quantity : ChoiceBox
    log_x, log_y : QToolButton

    Signals
    -------
    quantity_picked(str)
        ``"loss"``, ``"distance"``, ``"gradient"`` or ``"step"``.
    log_picked(bool, bool)
        Whether the axis of steps and that of the quantity are logarithmic.
    """

    quantity_picked = Signal(str)
    log_picked = Signal(bool, bool)

    def __init__(self) -> None:
        super().__init__()
        self.quantity = _Narrow("Quantity", _TIP)
        for key, (title, tip) in _QUANTITIES.items():
            self.quantity.add_choice(title, key, tip)
        self.quantity.activated.connect(self._on_quantity)
        self.log_x, self.log_y = _switch("log x", _LOG_X), _switch("log y", _LOG_Y)
        layout = FlowLayout()
        self.setLayout(layout)
        layout.add(self.quantity)
        for switch in (self.log_x, self.log_y):
            switch.clicked.connect(self._on_log)
            layout.add(switch)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The choice and the switches, for a line that they share with others."""
        return self.quantity, self.log_x, self.log_y

    def show_state(self, quantity: str, log_x: bool, log_y: bool) -> None:
        """Show what is chosen, without telling of it."""
        self.quantity.show_choice(quantity)
        self._explain()
        self.log_x.setChecked(log_x)
        self.log_y.setChecked(log_y)

    @Slot(int)
    def _on_quantity(self, row: int) -> None:
        self._explain()
        self.quantity_picked.emit(self.quantity.itemData(row))

    @Slot()
    def _on_log(self) -> None:
        self.log_picked.emit(self.log_x.isChecked(), self.log_y.isChecked())

    def _explain(self) -> None:
        """Teach what the chosen quantity tells, on the closed box."""
        tip = _QUANTITIES[self.quantity.currentData()][1]
        explain(self.quantity, tip)


class _Narrow(ChoiceBox):
    """A combo box would rather not be narrower than its longest entry."""

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(self, _NARROWEST), super().minimumSizeHint().height())


class _Switch(QToolButton):
    """A button that gives up some of the room beside its word, so that two share a line."""

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(whole.width() - 2 * _SPARED, whole.height())


def _switch(text: str, tip: str) -> QToolButton:
    button = _Switch()
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    button.setText(text)
    button.setAccessibleName(f"{text} axis")
    explain(button, tip)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
