"""Gradients on a grid whose points stay where they are while one pans."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gdviz.landscapes import Domain, FloatArray, Landscape

__all__ = ["GradientField", "gradient_field", "round_spacing"]

_AFFORDABLE = 3e6
_NICE = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.5, 10.0)


@dataclass(frozen=True, eq=False)
class GradientField:
    """Gradients at the points of a grid.

    Attributes
    ----------
    points, gradients : ndarray, shape (n, 2)
        Finite; where the gradient is not, there is no point.
    """

    points: FloatArray
    gradients: FloatArray


def gradient_field(
    landscape: Landscape, domain: Domain, spacing: tuple[float, float]
) -> GradientField:
    """Evaluate the gradient on a grid over a domain.

    Parameters
    ----------
    landscape : Landscape
        With two parameters.
    domain : Domain
    spacing : (float, float)
        How far apart the grid's points are to be at least, along each parameter. They lie
        at whole multiples of a round number that is no smaller, so that the same points
        come again when the domain is moved; farther apart where a landscape's losses cost
        much.
    """
    wanted = math.prod(domain.width) / math.prod(spacing) * landscape.cost
    coarser = max(1.0, math.sqrt(wanted / _AFFORDABLE))
    axes = []
    for (low, high), least in zip(domain, spacing, strict=True):
        step = round_spacing(coarser * least)
        axes.append(step * np.arange(math.ceil(low / step), math.floor(high / step) + 1))
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    gradients = landscape.gradient(points)
    known = np.isfinite(gradients).all(axis=1)
    return GradientField(points[known], gradients[known])


def round_spacing(least: float) -> float:
    """Return the smallest round number, such as 0.15, 2 or 50, that is at least `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(nice * power for nice in _NICE if nice * power >= least * (1.0 - 1e-12))
