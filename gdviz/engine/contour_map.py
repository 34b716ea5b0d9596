"""Everything that a contour view draws of a landscape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine.field import Field, sample_field
from gdviz.engine.isolines import Isoline, contour_lines
from gdviz.engine.levels import contour_levels
from gdviz.engine.scale import Scale, scale_of
from gdviz.landscapes import Domain, Landscape

__all__ = ["ContourMap", "contour_map", "mapped"]

_COARSE = 9


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


def _steepest(landscape: Landscape, domain: Domain) -> float:
    axes = [np.linspace(low, high, _COARSE) for low, high in domain]
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))
    norms = np.hypot.reduce(landscape.gradient(points), axis=-1)
    return float(np.max(norms, initial=0.0, where=np.isfinite(norms)))
