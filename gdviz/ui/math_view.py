"""The landscape's equations, typeset, with the current point's numbers beneath."""

from __future__ import annotations

from gdviz.landscapes.notation import Notation
from gdviz.ui.equation_view import EquationView
from gdviz.ui.math_sheet import LineGroups

__all__ = ["MathView"]

_BETWEEN = 16


class MathView(EquationView):
    """Loss and derivatives as letters, then with the numbers of where the playhead stands.

    Its inputs may be set in any order, each alone.
    """

    def __init__(self) -> None:
        super().__init__(_BETWEEN)
        self._notation: Notation | None = None
        self._params: tuple[float, ...] | None = None

    def set_notation(self, notation: Notation | None) -> None:
        """Show another landscape's equations."""
        self._notation = notation
        self._request()

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
