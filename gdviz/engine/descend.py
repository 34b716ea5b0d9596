"""The Python entry to the engine: a whole trajectory at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from gdviz.engine.descent import Descent
from gdviz.engine.iterate import iterate
from gdviz.engine.noise import Noise
from gdviz.engine.recorder import Recorder
from gdviz.engine.trajectory import Trajectory
from gdviz.landscapes import Landscape
from gdviz.optimizers import CONSTANT, Optimizer, Schedule

__all__ = ["compute", "descend"]


def descend(
    landscape: Landscape,
    optimizer: Optimizer,
    start: ArrayLike,
    steps: int = 200,
    tolerance: float = 1e-6,
    *,
    schedule: Schedule = CONSTANT,
    noise: Noise | None = None,
) -> Trajectory:
    """Descend a landscape from one or more starts.

    Parameters
    ----------
    landscape : Landscape
    optimizer : Optimizer
    start : array_like, shape (d,) or (n, d)
    steps : int
        From 1 to a billion.
    tolerance : float
        The gradient norm at or below which a run counts as converged.
    schedule : Schedule
        How the learning rate changes with the step.
    noise : GradientNoise or MiniBatch, optional
        What the optimizer sees instead of the gradient; the trajectory records the true one.

    Returns
    -------
    Trajectory
        With steps + 1 records; of very many steps, some are left out to bound the
        memory, and `Trajectory.thinned` says which.

    Raises
    ------
    UserError
        If the start or the number of steps is out of range.

    Examples
    --------
    >>> from gdviz.landscapes import Valley
    >>> from gdviz.optimizers import optimizer
    >>> descend(Valley(), optimizer("gd", learning_rate=0.1), (-3, 4), steps=50).params[1]
    array([[-2. ,  2.4]])
    """
    return compute(
        Descent.of(landscape, optimizer, start, steps, tolerance, schedule=schedule, noise=noise)
    )


def compute(descent: Descent, progress: Callable[[int], object] | None = None) -> Trajectory:
    """Collect all chunks of a descent into a trajectory.

    Parameters
    ----------
    descent : Descent
    progress : callable, optional
        Told the step that the computation has reached, now and then.
    """
    recorder = Recorder(descent.recording)
    for chunk in iterate(descent):
        recorder.append(chunk)
        if progress is not None:
            progress(chunk.reached)
    trajectory = recorder.trajectory()
    assert trajectory is not None
    if trajectory.thinned:
        return trajectory
    return _filled(trajectory, descent.steps)


def _filled(trajectory: Trajectory, steps: int) -> Trajectory:
    """Let all runs hold their last values up to the step that was asked for."""
    missing = steps + 1 - trajectory.records

    def held(array: np.ndarray) -> np.ndarray:
        return np.concatenate([array, np.repeat(array[-1:], missing, axis=0)])

    return Trajectory(
        steps=np.arange(steps + 1, dtype=np.int64),
        params=held(trajectory.params),
        loss=held(trajectory.loss),
        gradient=held(trajectory.gradient),
        outcome=trajectory.outcome,
        outcome_step=trajectory.outcome_step,
        last_step=trajectory.last_step,
    )
