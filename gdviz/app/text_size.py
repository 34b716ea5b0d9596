"""How large letters are, in the window and when presenting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from gdviz.ui.settings import Settings
from gdviz.views.fonts import BODY, font

__all__ = ["PRESENTING_SCALES", "TEXT_SCALES", "TextSize"]

TEXT_SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
PRESENTING_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5)
_USUAL, _USUAL_PRESENTING = 1.0, 1.5
_LARGEST = 4.0
_USUAL_HEIGHT = 900


class TextSize(QObject):
    """Chooses the text size, and gives the application its font.

    The window's own size and what presenting makes of it are remembered apart from each
    other.

    Signals
    -------
    scale_changed(float)
        The application has letters of another size.
    """

    scale_changed = Signal(float)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._presenting = False
        self._screen = 1.0

    @property
    def scale(self) -> float:
        """How large letters are, 1 being the usual size."""
        scale = _nearest(self._settings.text_scale, TEXT_SCALES)
        if self._presenting:
            scale *= _nearest(self._settings.presenting_scale, PRESENTING_SCALES) * self._screen
        return min(scale, _LARGEST)

    def present(self, presenting: bool, height: int = 0) -> None:
        """Begin or end to use the size for presenting.

        Parameters
        ----------
        presenting : bool
        height : int
            Of the screen, in logical pixels: on a high one letters grow with it, as those
            in the last row see no more of it.
        """
        self._presenting = presenting
        self._screen = max(height / _USUAL_HEIGHT, 1.0)
        self.apply()

    def larger(self) -> None:
        """Use the next larger size."""
        self._choose_next(1)

    def smaller(self) -> None:
        """Use the next smaller size."""
        self._choose_next(-1)

    def reset(self) -> None:
        """Use the size that everything is drawn for."""
        if self._presenting:
            self._settings.presenting_scale = _USUAL_PRESENTING
        else:
            self._settings.text_scale = _USUAL
        self.apply()

    def apply(self) -> None:
        """Give the application its font, and tell everyone."""
        letters = font(BODY * self.scale)
        if QApplication.font() != letters:
            QApplication.setFont(letters)
            self.scale_changed.emit(self.scale)

    def _choose_next(self, by: int) -> None:
        if self._presenting:
            self._settings.presenting_scale = _next(
                self._settings.presenting_scale, PRESENTING_SCALES, by
            )
        else:
            self._settings.text_scale = _next(self._settings.text_scale, TEXT_SCALES, by)
        self.apply()


def _nearest(scale: float, scales: Sequence[float]) -> float:
    return min(scales, key=lambda one: abs(one - scale))


def _next(scale: float, scales: Sequence[float], by: int) -> float:
    place = scales.index(_nearest(scale, scales)) + by
    return scales[min(max(place, 0), len(scales) - 1)]
