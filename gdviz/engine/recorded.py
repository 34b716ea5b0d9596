"""A path that was recorded elsewhere, as a trajectory on a landscape."""

from __future__ import annotations

import numpy as np

from gdviz.engine.outcome import Outcome
from gdviz.engine.trajectory import Trajectory
from gdviz.errors import UserError
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["recorded"]


def recorded(landscape: Landscape, points: FloatArray) -> Trajectory:
    """Lay recorded points over a landscape.

    Parameters
    ----------
    landscape : Landscape
        Whose loss and gradient are told at the points; NaN where it is undefined.
    points : ndarray, shape (k, d)
        At least one.

    Raises
    ------
    UserError
        If the points have another number of parameters than the landscape.
    """
    count, dimension = points.shape
    if dimension != landscape.dimension:
        raise UserError(
            f"the recorded run has {dimension} columns of parameters, but {landscape.name} "
            f"has {landscape.dimension}: {', '.join(landscape.parameters)}"
        )
    return Trajectory(
        steps=np.arange(count),
        params=points[:, np.newaxis].copy(),
        loss=landscape.loss(points)[:, np.newaxis],
        gradient=landscape.gradient(points)[:, np.newaxis],
        outcome=(Outcome.RECORDED,),
        outcome_step=(count - 1,),
        last_step=(count - 1,),
    )
