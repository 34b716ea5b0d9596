"""Where a plot stands in the window, at any text size."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTransform

__all__ = ["PlotArea"]

_LEAST_ROOM = QSize(260, 150)


class PlotArea(pg.GraphicsView):
    """A view of a plot that is laid out in a smaller box and drawn larger, as a whole.

    Letters, lines, marks and the distances at which the mouse grips them so grow together,
    and nothing in the plot has to know. They grow no further than leaves the plot room to be
    read; where it gets more room, they grow with it.
    """

    _wanted = _scale = 1.0  # the base class lays out while it is being made

    def __init__(self) -> None:
        super().__init__()
        # A scene that is half a pixel smaller than the view would be put in its middle.
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    @property
    def text_scale(self) -> float:
        """How large letters and lines are drawn, 1 being the usual size."""
        return self._scale

    def set_text_scale(self, scale: float) -> None:
        """Draw everything larger or smaller.

        Raises
        ------
        ValueError
            If `scale` is not positive.
        """
        if not scale > 0.0:
            raise ValueError(f"a text scale is positive; got {scale!r}")
        if scale != self._wanted:
            self._wanted = scale
            self.resizeEvent(None)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        if not self.closed:
            room = min(self.width() / _LEAST_ROOM.width(), self.height() / _LEAST_ROOM.height())
            self._scale = min(self._wanted, max(room, 1.0))
            width, height = self.width() / self._scale, self.height() / self._scale
            box = QRectF(0.0, 0.0, width, height)
            self.setRange(box, padding=0, disableAutoPixel=False)

    def updateMatrix(self, propagate: bool = True) -> None:
        """Place the plot; it always fills the widget."""
        del propagate
        self.setSceneRect(self.range)
        self.setTransform(QTransform.fromScale(self._scale, self._scale))
        self.sigDeviceRangeChanged.emit(self, self.range)
        self.sigDeviceTransformChanged.emit(self)
