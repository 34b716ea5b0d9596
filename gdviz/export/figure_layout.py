"""Where everything goes in a picture: words, views, and the bar of colors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from gdviz.export.figure_areas import figure_areas
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.figure_words import Words, caption_of, letter_of, title_of
from gdviz.landscapes import Landscape

__all__ = ["FigureLayout", "figure_layout"]

_LEAST_BESIDE_BAR, _LEAST_BAR = 140.0, 96.0


@dataclass(frozen=True)
class FigureLayout:
    """Areas in logical pixels.

    Attributes
    ----------
    cells : dict of str to QRectF
        Of each view.
    words : tuple of Words
        Title, caption, and the letters of several views that a caption speaks of.
    bar : QRectF or None
        To the right of the view whose colors it explains.
    strip : QRectF or None
        Of a legend beneath the views.
    """

    cells: Mapping[str, QRectF]
    words: tuple[Words, ...]
    bar: QRectF | None
    strip: QRectF | None


def figure_layout(
    landscape: Landscape, spec: FigureSpec, bar_width: float, strip_height: float
) -> FigureLayout:
    """Lay out a picture.

    Parameters
    ----------
    landscape : Landscape
    spec : FigureSpec
    bar_width : float
        How wide the bar of colors is.
    strip_height : float
        How high a legend beneath the views is; 0 for none there.

    Raises
    ------
    UserError
        If the landscape has nothing for a view that is asked for.
    """
    title, caption = title_of(spec), caption_of(spec)
    body = QRectF(0.0, 0.0, *spec.size)
    if title is not None:
        body.setTop(title.area.bottom())
    if caption is not None:
        body.setBottom(caption.area.top())
    strip = None
    if strip_height:
        strip = QRectF(0.0, body.bottom() - strip_height, body.width(), strip_height)
        body.setBottom(strip.top())
    cells = {name: _whole(area) for name, area in figure_areas(landscape, spec, body).items()}
    words = [strip for strip in (title, caption) if strip is not None]
    if caption is not None and len(cells) > 1:
        for place, (name, area) in enumerate(cells.items()):
            letter = letter_of(place, area)
            words.append(letter)
            cells[name] = area.adjusted(0.0, letter.area.height(), 0.0, 0.0)
    bar = _bar(cells, bar_width) if spec.colorbar else None
    return FigureLayout(cells, tuple(words), bar, strip)


def _bar(cells: dict[str, QRectF], width: float) -> QRectF | None:
    """Make room for the bar beside its view, and as much beside those above and below it."""
    name = next((view for view in ("contour", "swarm", "surface") if view in cells), None)
    if name is None:
        return None
    cell = cells[name]
    if cell.width() - width < _LEAST_BESIDE_BAR or cell.height() < _LEAST_BAR:
        return None
    for other, area in cells.items():
        if (area.left(), area.right()) == (cell.left(), cell.right()):
            cells[other] = area.adjusted(0.0, 0.0, -width, 0.0)
    return QRectF(cell.right() - width, cell.top(), width, cell.height())


def _whole(area: QRectF) -> QRectF:
    """Return an area whose edges are whole pixels, so that lines along them are sharp."""
    left, top = round(area.left()), round(area.top())
    return QRectF(left, top, round(area.right()) - left, round(area.bottom()) - top)
