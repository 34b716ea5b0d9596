"""What items have in common that draw what was measured around a point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gdviz.views.pixel_item import PixelItem

if TYPE_CHECKING:
    from gdviz.engine.sensitivity import Sensitivity

__all__ = ["MeasuredItem"]


class MeasuredItem(PixelItem):
    """Knows what was measured, and which of it is to be drawn."""

    _found: Sensitivity | None = None
    _ball = _trust = False

    @property
    def moves(self) -> bool:
        return self._ball or self._trust

    def set_sensitivity(self, found: Sensitivity | None) -> None:
        """Draw what was measured, or nothing."""
        if found is not self._found:
            self._found = found
            if self.moves:
                self.update()

    def set_shown(self, *, ball: bool, trust: bool) -> None:
        """Draw the ball and the region of trust, or not."""
        if (ball, trust) != (self._ball, self._trust):
            self._ball, self._trust = ball, trust
            self.update()
