"""Everything that a contour view draws of a landscape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine.field import Field, sample_field
from gdviz.engine.isolines import Isoline, contour_lines
from gdviz.engine.levels import contour_levels
from gdviz.engine.scale import Scale, scale_of
from gdviz.landscapes import Domain, Landscape

__all__ = ["ContourMap", "contour_map", "cropped", "mapped"]

_COARSE = 9
_FEWEST = 8


@dataclass(frozen=True, eq=False)
class ContourMap:
    """A sampled field with the scale of its shades and its contour lines.

    Attributes
    ----------
    field : Field
    scale : Scale
    lines : tuple of Isoline
        Ascending by level.
    steepest : float
        The largest gradient norm on a coarse grid, by which arrows are scaled.
    """

    field: Field
    scale: Scale
    lines: tuple[Isoline, ...]
    steepest: float


def contour_map(
    landscape: Landscape, domain: Domain, shape: tuple[int, int], scaling: str = "auto"
) -> ContourMap:
    """Sample a landscape of two parameters and find its contour lines.

    Parameters
    ----------
    landscape : Landscape
    domain : Domain
    shape : (int, int)
        Samples along y and along x.
    scaling : str
        How losses map to shades, one of `gdviz.engine.SCALES`.
    """
    return mapped(landscape, sample_field(landscape, domain, shape), scaling)


def mapped(landscape: Landscape, field: Field, scaling: str = "auto") -> ContourMap:
    """Find the contour lines of a landscape's sampled field."""
    scale = scale_of(field, scaling)
    lines = contour_lines(field, contour_levels(scale))
    return ContourMap(field, scale, lines, _steepest(landscape, field.domain))


def cropped(contour_map: ContourMap, domain: Domain) -> ContourMap:
    """Return the part of a map that lies in a domain, with the same shades and lines.

    It ends at the samples within; with fewer than eight of them along a parameter, the whole map
    is returned.
    """
    field = contour_map.field
    parts = []
    for values, (low, high) in zip((field.x, field.y), domain, strict=True):
        little = 1e-9 * (values[-1] - values[0])
        inside = np.flatnonzero((values >= low - little) & (values <= high + little))
        if inside.size < _FEWEST:
            return contour_map
        parts.append(slice(int(inside[0]), int(inside[-1]) + 1))
    across, along = parts
    x, y, loss = field.x[across], field.y[along], field.loss[along, across]
    if loss.shape == field.loss.shape:
        return contour_map
    box = Domain.of((float(x[0]), float(x[-1])), (float(y[0]), float(y[-1])))
    minima = tuple(minimum for minimum in field.minima if box.contains(minimum))
    finite = loss[np.isfinite(loss)]
    lowest = float(finite.min()) if finite.size else float("nan")
    # The field knows the loss of its lowest minimum only: it counts if none was cut off.
    floor = field.floor if minima and len(minima) == len(field.minima) else lowest
    part = Field(box, x, y, loss, minima, floor)
    return ContourMap(part, contour_map.scale, contour_map.lines, contour_map.steepest)


def _steepest(landscape: Landscape, domain: Domain) -> float:
    axes = [np.linspace(low, high, _COARSE) for low, high in domain]
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))
    norms = np.hypot.reduce(landscape.gradient(points), axis=-1)
    return float(np.max(norms, initial=0.0, where=np.isfinite(norms)))
