"""Where the views of a picture go."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF

from gdviz.errors import UserError
from gdviz.export.figure_spec import FigureSpec
from gdviz.landscapes import Landscape
from gdviz.landscapes.fit_landscape import FitLandscape

__all__ = ["figure_areas", "views_of"]

_MAIN_SHARE = 0.6
_CONTOUR_SHARE = 0.55  # of the main place, which it has together with the surface
_SIDE_BY_SIDE_FROM = 1.4
_BEST_ASPECT = 1.3
_ROW_FROM, _COLUMN_FROM = 2.6, 0.5


def views_of(landscape: Landscape, spec: FigureSpec) -> tuple[str, ...]:
    """Return the views that a picture shows, each once; for ``"all"`` those that there are.

    Raises
    ------
    UserError
        If the landscape has nothing for a view that is asked for.
    """
    if "all" not in spec.views:
        for view in spec.views:
            _check(landscape, view)
        return tuple(dict.fromkeys(spec.views))
    there = {
        "contour": landscape.dimension > 1,
        "surface": landscape.dimension > 1,
        "curve": True,
        "history": True,
        "data": isinstance(landscape, FitLandscape),
        "basins": spec.look.companion == "basins",
        "sweep": spec.look.companion == "sweep",
    }
    return tuple(view for view, shown in there.items() if shown)


def figure_areas(
    landscape: Landscape, spec: FigureSpec, whole: QRectF | None = None
) -> dict[str, QRectF]:
    """Return the area of each view that a picture shows, in logical pixels.

    Two views stand side by side or above one another, of three the first is the largest, more
    are laid out in rows; all views together have the contour view and the surface as the
    main ones.

    Parameters
    ----------
    landscape : Landscape
    spec : FigureSpec
    whole : QRectF, optional
        What there is for all of them; the whole picture, if left out.

    Raises
    ------
    UserError
        If the landscape has nothing for a view that is asked for.
    """
    room = QRectF(0.0, 0.0, *spec.size) if whole is None else whole
    views = views_of(landscape, spec)
    if "all" in spec.views and len(views) > 3:
        return _all(views, room)
    if len(views) == 3 and _COLUMN_FROM < room.width() / room.height() < _ROW_FROM:
        main, rest = _split(room, _MAIN_SHARE, beside=_is_wide(room))
        second, third = _split(rest, 0.5, beside=not _is_wide(room))
        return dict(zip(views, (main, second, third), strict=True))
    return _rows(views, room)


def _all(views: tuple[str, ...], room: QRectF) -> dict[str, QRectF]:
    beside = _is_wide(room)
    main, rest = _split(room, _MAIN_SHARE, beside=beside)
    areas = {}
    areas["contour"], areas["surface"] = _split(main, _CONTOUR_SHARE, beside=not beside)
    others = views[2:]
    for left in range(len(others), 0, -1):
        areas[others[-left]], rest = _split(rest, 1.0 / left, beside=not beside)
    return areas


def _rows(views: tuple[str, ...], room: QRectF) -> dict[str, QRectF]:
    """Lay views out in as many rows as make them neither narrow nor flat."""
    count = len(views)

    def distortion(rows: int) -> float:
        columns = math.ceil(count / rows)
        aspect = (room.width() / columns) / (room.height() / rows)
        return abs(math.log(aspect / _BEST_ASPECT))

    rows = min(range(1, count + 1), key=distortion)
    fewest, longer = divmod(count, rows)
    areas = {}
    left = list(views)
    for row in range(rows):
        columns = fewest + (row >= rows - longer)
        for column in range(columns):
            areas[left.pop(0)] = QRectF(
                room.x() + room.width() * column / columns,
                room.y() + room.height() * row / rows,
                room.width() / columns,
                room.height() / rows,
            )
    return areas


def _is_wide(room: QRectF) -> bool:
    return room.width() >= _SIDE_BY_SIDE_FROM * room.height()


def _check(landscape: Landscape, view: str) -> None:
    if view in ("contour", "surface") and landscape.dimension == 1:
        raise UserError(f"a landscape of one parameter has no {view} view; choose the view 'curve'")
    if view == "data" and not isinstance(landscape, FitLandscape):
        raise UserError(
            "only a regression has data to show; choose the view 'contour' or 'curve', "
            "or open a table"
        )


def _split(area: QRectF, share: float, *, beside: bool) -> tuple[QRectF, QRectF]:
    """Cut a share off the left, or off the top."""
    width, height = area.width(), area.height()
    if beside:
        part = width * share
        return (
            QRectF(area.x(), area.y(), part, height),
            QRectF(area.x() + part, area.y(), width - part, height),
        )
    part = height * share
    return (
        QRectF(area.x(), area.y(), width, part),
        QRectF(area.x(), area.y() + part, width, height - part),
    )
