"""Where the views of a picture go."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from gdviz.errors import UserError
from gdviz.export.figure_spec import FigureSpec
from gdviz.landscapes import Landscape
from gdviz.landscapes.fit_landscape import FitLandscape

__all__ = ["figure_areas"]

_MAIN_SHARE = 0.6
_CONTOUR_SHARE = 0.55  # of the main place, which it has together with the surface
_SIDE_BY_SIDE_FROM = 1.4


def figure_areas(landscape: Landscape, spec: FigureSpec) -> dict[str, QRectF]:
    """Return the area of each view that a picture shows, in logical pixels.

    Parameters
    ----------
    landscape : Landscape
    spec : FigureSpec

    Raises
    ------
    UserError
        If the landscape has nothing for the view that is asked for.
    """
    whole = QRectF(0.0, 0.0, *spec.size)
    if spec.views != ("all",):
        for view in spec.views:
            _check(landscape, view)
        return {spec.views[0]: whole}
    wanted = {
        "contour": landscape.dimension > 1,
        "curve": True,
        "history": True,
        "data": isinstance(landscape, FitLandscape),
    }
    first, *others = [view for view, there in wanted.items() if there]
    if not others:
        return {first: whole}
    beside = whole.width() >= _SIDE_BY_SIDE_FROM * whole.height()
    main, rest = _split(whole, _MAIN_SHARE, beside=beside)
    areas = {first: main}
    if first == "contour":
        areas["contour"], areas["surface"] = _split(main, _CONTOUR_SHARE, beside=not beside)
    for left in range(len(others), 0, -1):
        view = others[-left]
        areas[view], rest = _split(rest, 1.0 / left, beside=not beside)
    return areas


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
