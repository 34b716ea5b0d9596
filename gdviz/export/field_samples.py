"""The loss on a grid, as it is: for files, not for drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine.field import losses_in_parts
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.landscapes import FloatArray

__all__ = ["FieldSamples", "sampled_field"]


@dataclass(frozen=True, eq=False)
class FieldSamples:
    """The loss on a grid over the domain that is shown.

    Attributes
    ----------
    parameters : tuple of str
    x : ndarray, shape (nx,)
        The first parameter.
    y : ndarray, shape (ny,), or None
        The second one, if there is one.
    loss : ndarray, shape (ny, nx) or (nx,)
        Row = y, column = x; NaN where the landscape is undefined.
    """

    parameters: tuple[str, ...]
    x: FloatArray
    y: FloatArray | None
    loss: FloatArray


def sampled_field(material: Material, spec: ExportSpec, told: Told) -> FieldSamples:
    """Sample the landscape where the document shows it.

    What is drawn has gaps at poles and jumps; this has the losses on both sides.
    """
    experiment = material.experiment
    landscape = experiment.landscape
    domain = experiment.view.domain
    axes = [
        np.linspace(low, high, count)
        for (low, high), count in zip(domain, spec.data.samples, strict=False)
    ]
    points = np.stack([grid.ravel() for grid in np.meshgrid(*axes)])
    loss = np.empty(points.shape[1])
    for share in losses_in_parts(landscape, points, loss):
        told(0.9 * share)
    x, *others = axes
    y = others[0] if others else None
    shape = (x.size,) if y is None else (y.size, x.size)
    return FieldSamples(landscape.parameters, x, y, loss.reshape(shape))
