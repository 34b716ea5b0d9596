"""Choosing an optimizer."""

from __future__ import annotations

from PySide6.QtGui import QEnterEvent, QFocusEvent

from gdviz.optimizers import OPTIMIZERS, FirstOrder, Optimizer
from gdviz.ui.choice_box import ChoiceBox

__all__ = ["OptimizerBox", "grouped_optimizers", "optimizer_tip"]

_TIP = (
    "The rule that turns gradients into steps. All see the same landscape; they differ in what "
    "they remember of the way and in what they ask for."
)


def grouped_optimizers() -> dict[str, list[type[Optimizer]]]:
    """Return all optimizers under two headings, which loads their modules."""
    kinds = list(OPTIMIZERS.values())
    return {
        "First order": [kind for kind in kinds if issubclass(kind, FirstOrder)],
        "With curvature or line search": [
            kind for kind in kinds if not issubclass(kind, FirstOrder)
        ],
    }


def optimizer_tip(kind: type[Optimizer]) -> str:
    """Return how an optimizer goes down, and its rule beneath."""
    equation = kind.equation.replace(";  ", "\n")
    return f"{kind.help}\n{equation}"


class OptimizerBox(ChoiceBox):
    """A combo box that holds the current optimizer only, until somebody comes near."""

    def __init__(self) -> None:
        super().__init__("Optimizer", _TIP)
        self._whole = False

    def show_optimizer(self, kind: type[Optimizer]) -> None:
        """Show what is chosen, without telling of it."""
        if self.findData(kind.key) < 0:
            self.add_choice(kind.title, kind.key, optimizer_tip(kind))
        self.show_choice(kind.key)

    def complete(self) -> None:
        """Offer all optimizers."""
        if self._whole:
            return
        self._whole = True
        current = self.currentData()
        blocked = self.blockSignals(True)
        self.clear()
        for title, kinds in grouped_optimizers().items():
            self.add_heading(title)
            for kind in kinds:
                self.add_choice(kind.title, kind.key, optimizer_tip(kind))
        self.show_choice(current)
        self.blockSignals(blocked)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.complete()
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.complete()
        super().focusInEvent(event)

    def showPopup(self) -> None:
        self.complete()
        super().showPopup()
