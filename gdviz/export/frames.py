"""A figure at one step after the other, of which only what moves is painted anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from gdviz.errors import UserError
from gdviz.export.figure import Figure
from gdviz.export.figure_spec import FigureSpec
from gdviz.views.pixel_item import PixelItem
from gdviz.views.theme import THEMES

__all__ = ["Frames", "Pixels", "pixels_of"]

Pixels = NDArray[np.uint32]
"""Premultiplied ARGB, shape (height, width)."""


class Frames:
    """Paints a figure at any step; quickest where steps don't fall.

    What lies beneath the first thing that moves in a plot is painted once, for all plots in one
    picture; what stands still above it is painted once on a layer of its own. A plot whose axes
    change with the step is painted anew where they do.

    Parameters
    ----------
    figure : Figure
        Not painted by others any more: its scene is taken apart.
    spec : FigureSpec
        The figure's.
    even : bool
        Whether a side of an odd number of pixels gets one more, in the color of the background.

    Attributes
    ----------
    width, height : int
        Of the frames, in pixels.

    Raises
    ------
    UserError
        If there is not enough memory.
    """

    def __init__(self, figure: Figure, spec: FigureSpec, *, even: bool = False) -> None:
        self._figure = figure
        wide, high = spec.pixels
        self.width, self.height = (wide + wide % 2, high + high % 2) if even else (wide, high)
        self._target = QRectF(0.0, 0.0, wide, high)
        self._ground = QColor(0, 0, 0, 0) if spec.transparent else _panel(spec)
        self._below, self._frame = self._image(), self._image()
        self._below_pixels, self._frame_pixels = map(pixels_of, (self._below, self._frame))
        scale = QTransform.fromScale(wide / spec.size[0], high / spec.size[1])
        self._plots = [_Plot(box, items, scale) for box, items in _moving(figure.scene)]
        self._paint_below(self._plots)
        np.copyto(self._frame_pixels, self._below_pixels)

    def at(self, step: int) -> QImage:
        """Return the picture at a step; what is returned is painted over at the next call."""
        self._figure.set_step(step)
        changed = [plot for plot in self._plots if plot.has_changed]
        if changed:
            self._paint_below(changed)
        with QPainter(self._frame) as painter:
            for plot in self._plots:
                area = plot.take_changes() & self._frame.rect()
                if not area.isEmpty():
                    rows = slice(area.top(), area.bottom() + 1)
                    columns = slice(area.left(), area.right() + 1)
                    self._frame_pixels[rows, columns] = self._below_pixels[rows, columns]
                    painter.setClipRect(area)
                    plot.paint(painter)
        return self._frame

    def _image(self) -> QImage:
        image = QImage(self.width, self.height, QImage.Format.Format_ARGB32_Premultiplied)
        if image.isNull():
            raise UserError(f"there is not enough memory for {self.width}x{self.height} pixels")
        image.fill(self._ground)
        return image

    def _paint_below(self, plots: Sequence[_Plot]) -> None:
        """Paint what lies beneath all that moves: of all plots, or of some where they are."""
        others = [plot for plot in self._plots if plot not in plots]
        for plot in others:
            plot.whole.setOpacity(0.0)
        with QPainter(self._below) as painter:
            if others:
                region = QRegion()
                for plot in plots:
                    region |= plot.area
                painter.setClipRegion(region)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
                painter.fillRect(self._target, self._ground)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            self._figure.paint(painter, self._target)
        for plot in others:
            plot.whole.setOpacity(1.0)
        for plot in plots:
            plot.stand(self._image)


class _Plot:
    """A plot in which something moves."""

    def __init__(self, box: pg.ViewBox, items: Sequence[PixelItem], scale: QTransform) -> None:
        self._box, self._items, self._scale = box, items, scale
        self._layers: list[PixelItem | tuple[QPoint, QImage]] = []
        self._shown: object = None
        self._changes = QRectF()
        self._anew = True
        self.whole = box.topLevelItem()
        for item in items:
            item.setOpacity(0.0)  # not hidden: others keep clear of what is visible
            item.watch(self._note)
            if item.moves:
                item.keep_pixels()

    @property
    def area(self) -> QRect:
        """Where the plot is in the picture, with its axes."""
        place: QRectF = self.whole.sceneBoundingRect()
        return self._scale.mapRect(place).toAlignedRect()

    @property
    def has_changed(self) -> bool:
        """Whether other axes are in view than when it was painted last."""
        return bool(self._shown != self._box.viewRange())

    def take_changes(self) -> QRect:
        """Return where the picture has to be painted anew since this was asked last."""
        changes, self._changes = self._changes, QRectF()
        if self._anew:
            self._anew = False
            return self.area
        if changes.isEmpty():
            return QRect()
        return self._on_picture(changes).adjusted(-1, -1, 1, 1)

    def stand(self, image: Callable[[], QImage]) -> None:
        """Paint what stands still above what moves."""
        self._shown = self._box.viewRange()
        self._anew = True
        self._layers = []
        for moves, group in groupby(self._items, lambda item: item.moves):
            items = list(group)
            self._layers += items if moves else self._still(items, image())
        axes = [child for child in self._box.parentItem().childItems() if _lies_over(child)]
        for axis in axes:
            self._layers += self._still([axis], image())

    def _still(
        self, items: Iterable[PixelItem | pg.AxisItem], layer: QImage
    ) -> list[tuple[QPoint, QImage]]:
        """Return what some items paint into the plot, and where it goes, if it is anything."""
        layer.fill(Qt.GlobalColor.transparent)
        with QPainter(layer) as painter:
            for item in items:
                self._paint_item(painter, item)
        # An axis paints where it likes; beside the box it has been painted beneath.
        painted = _painted(layer) & self._on_picture(self._box.shape().boundingRect())
        return [] if painted.isEmpty() else [(painted.topLeft(), layer.copy(painted))]

    def paint(self, painter: QPainter) -> None:
        """Paint all of it that is not beneath."""
        for layer in self._layers:
            if isinstance(layer, PixelItem):
                self._paint_item(painter, layer)
            else:
                painter.drawImage(*layer)

    def _note(self, area: QRectF) -> None:
        self._changes |= area

    def _on_picture(self, area: QRectF) -> QRect:
        """Return the pixels that an area of the box covers."""
        place: QTransform = self._box.sceneTransform() * self._scale
        return place.mapRect(area).toAlignedRect()

    def _paint_item(self, painter: QPainter, item: PixelItem | pg.AxisItem) -> None:
        """Paint an item as its scene would."""
        painter.save()
        painter.setTransform(self._box.sceneTransform() * self._scale)
        painter.setClipPath(self._box.shape(), Qt.ClipOperation.IntersectClip)
        painter.setTransform(item.sceneTransform() * self._scale)
        item.paint(painter, None, None)
        painter.restore()


def pixels_of(image: QImage) -> Pixels:
    """Return the pixels of an image of 32 bits a pixel, which are shared with it."""
    whole = np.frombuffer(image.bits(), dtype=np.uint32)
    return whole.reshape(image.height(), image.width())


def _moving(scene: QGraphicsScene) -> Iterator[tuple[pg.ViewBox, list[PixelItem]]]:
    """Yield the plots in which something moves, with what is painted from there on, in order."""
    inside: dict[pg.ViewBox, list[PixelItem]] = {}
    for item in scene.items(Qt.SortOrder.AscendingOrder):
        if isinstance(item, PixelItem) and item.isVisible():
            box = inside.setdefault(item.box, [])
            if box or item.moves:
                box.append(item)
    return ((box, items) for box, items in inside.items() if items)


def _lies_over(item: QGraphicsItem) -> bool:
    """Whether an item beside a plot's box is an axis, whose line lies on the box's outer pixels."""
    return isinstance(item, pg.AxisItem) and item.isVisible()


def _painted(layer: QImage) -> QRect:
    """Return the rectangle beyond which a layer is clear."""
    seen = pixels_of(layer) != 0
    columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    if not columns.size:
        return QRect()
    left, top = int(columns[0]), int(rows[0])
    return QRect(left, top, int(columns[-1]) - left + 1, int(rows[-1]) - top + 1)


def _panel(spec: FigureSpec) -> QColor:
    return QColor(THEMES[spec.theme].panel)
