"""An optimizer's update rule, typeset once there is time for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gdviz.engine.update_notation import update_rule
from gdviz.optimizers import Optimizer
from gdviz.ui.equation_view import EquationView
from gdviz.ui.math_sheet import LineGroups
from gdviz.views.theme import Theme

__all__ = ["RuleView"]


class RuleView(QWidget):
    """The equations of an optimizer; until they are typeset, one line of plain text.

    Attributes
    ----------
    equations : EquationView
    """

    def __init__(self) -> None:
        super().__init__()
        self._plain = QLabel()
        self._plain.setObjectName("muted")
        self._plain.setWordWrap(True)
        self.equations = _Equations()
        self.equations.sheet.laid_out.connect(self._fit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._plain)
        layout.addWidget(self.equations)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.equations.set_theme(theme)

    def set_optimizer(self, optimizer: Optimizer) -> None:
        """Show an optimizer's rule."""
        self._plain.setText(optimizer.equation)
        self.equations.set_optimizer(optimizer)

    @Slot()
    def _fit(self) -> None:
        """Make the equations as high as they are, and hide the plain text then."""
        sheet = self.equations.sheet
        self._plain.setVisible(sheet.empty)
        wide = sheet.minimumWidth() > self.equations.width()
        bar = self.equations.horizontalScrollBar().sizeHint().height() if wide else 0
        self.equations.setFixedHeight(1 if sheet.empty else sheet.minimumHeight() + bar)


class _Equations(EquationView):
    def __init__(self) -> None:
        super().__init__(between=0, bar=0)
        self._optimizer: Optimizer | None = None
        self._rule: LineGroups = ()
        self.sheet.setAccessibleName("Update rule")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_optimizer(self, optimizer: Optimizer) -> None:
        if optimizer != self._optimizer:
            self._optimizer = optimizer
            self.sheet.spoken = optimizer.equation
            self.sheet.setAccessibleDescription(optimizer.equation)
            rule: LineGroups = (update_rule(optimizer),)
            if rule != self._rule:
                self._rule = rule
                self._request()

    def _groups(self) -> LineGroups:
        return self._rule
