"""The landscape's equations, typeset, with the current point's numbers beneath."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent

from gdviz.landscapes.notation import Notation
from gdviz.ui.empty_state import EmptyState
from gdviz.ui.equation_view import EquationView
from gdviz.ui.math_sheet import LineGroups

__all__ = ["MathView"]

_BETWEEN = 16
_MEASURED = (
    "This landscape was measured. Its slopes are those of a smooth spline through the samples; "
    "the numbers of each step stand under This step."
)


class MathView(EquationView):
    """Loss and derivatives as letters, then with the numbers of where the playhead stands.

    Its inputs may be set in any order, each alone.
    """

    def __init__(self) -> None:
        super().__init__(_BETWEEN)
        self._notation: Notation | None = None
        self._params: tuple[float, ...] | None = None
        self._nothing = EmptyState("No formula.", _MEASURED)
        self._nothing.setParent(self.viewport())
        self._nothing.hide()

    def set_notation(self, notation: Notation | None) -> None:
        """Show another landscape's equations; None for one that has none."""
        self._notation = notation
        self._nothing.setVisible(notation is None)
        self._request()

    @property
    def told(self) -> str:
        """What is said in the place of equations; empty where there are some."""
        return "" if self._nothing.isHidden() else self._nothing.words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._nothing.setGeometry(self.viewport().rect())

    def show_point(self, params: tuple[float, ...] | None) -> None:
        """Put a point's numbers in; a quick succession of points is thinned."""
        if params != self._params:
            self._params = params
            self._request()

    def _groups(self) -> LineGroups:
        if self._notation is None:
            return ()
        general = self._notation.general()
        if self._params is None:
            return (general,)
        try:
            return (general, self._notation.at(self._params))
        except ValueError:  # the point is still one of the landscape before
            return (general,)
