"""One recorded step taken again, to see what it is made of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gdviz.engine.descent import Descent
from gdviz.engine.iterate import Stepper
from gdviz.engine.trajectory import Trajectory
from gdviz.landscapes import FloatArray
from gdviz.optimizers import Optimizer
from gdviz.optimizers.explanation import Role

__all__ = ["Part", "StepDetail", "step_detail"]


@dataclass(frozen=True, eq=False)
class Part:
    """A part of the step as a displacement.

    Attributes
    ----------
    title, role : str
        As `gdviz.optimizers.Component` has them.
    displacement : ndarray, shape (d,)
    """

    title: str
    role: Role
    displacement: FloatArray


@dataclass(frozen=True, eq=False)
class StepDetail:
    """What one step of one run is made of.

    Attributes
    ----------
    step : int
        The step that is taken from here.
    optimizer : Optimizer
        With this run's hyperparameters, and the learning rate of this step.
    params, gradient : ndarray, shape (d,)
        Where the step begins, and the true gradient there.
    seen : ndarray, shape (d,)
        The gradient that the optimizer was shown; the true one unless there is noise.
    values : mapping of str to ndarray or float
        By the names in the optimizer's equations, ``x``, ``x'`` and ``g`` among them: of
        shape (d,) or (d, d), or a float.
    parts : tuple of Part
        The last one is the whole step.
    """

    step: int
    optimizer: Optimizer
    params: FloatArray
    gradient: FloatArray
    seen: FloatArray
    values: Mapping[str, FloatArray | float]
    parts: tuple[Part, ...]

    @property
    def noisy(self) -> bool:
        """Whether the optimizer was shown another gradient than the true one."""
        return not np.array_equal(self.seen, self.gradient)


def step_detail(
    descent: Descent,
    trajectory: Trajectory,
    states: Sequence[tuple[int, object]],
    row: int,
    step: int,
) -> StepDetail | None:
    """Take a step again.

    Parameters
    ----------
    descent : Descent
        The batch of which the step is one.
    trajectory : Trajectory
        What has been computed of it.
    states : sequence of (int, state)
        As `gdviz.engine.Recorder` keeps them.
    row : int
        The run.
    step : int

    Returns
    -------
    StepDetail or None
        None where the run has ended, or where a long run is recorded too thinly.
    """
    place = bisect_right(states, step, key=lambda known: known[0]) - 1
    if place < 0 or step >= trajectory.last_step[row]:
        return None
    first, state = states[place]
    record = trajectory.record_at(first)
    if record < 0 or trajectory.steps[record] != first:
        return None
    next_state = states[place + 1][0] if place + 1 < len(states) else None
    if next_state is None and step - first >= _FARTHEST:
        return None
    stepper = Stepper(descent)
    columns = np.ascontiguousarray(trajectory.params[record].T)
    if step > first:
        params = np.empty((step - first, *columns.shape))
        columns, state = stepper.take(first, params, np.empty_like(params), columns, state)
    return _detail(stepper, descent, columns, state, row, step)


_FARTHEST = 64


def _detail(
    stepper: Stepper, descent: Descent, columns: FloatArray, state: object, row: int, step: int
) -> StepDetail:
    optimizer = stepper.optimizer_at(step)
    with np.errstate(all="ignore"):
        slope = descent.landscape.gradient_columns(columns)
        seen = stepper.seen(step, columns, slope)
        explained = optimizer.explain(descent.landscape, seen.T, state, columns.T)
    params = columns.T[row].copy()
    values = {name: _of_row(value, row) for name, value in explained.values.items()}
    values |= {"x": params, "x'": params + values["update"], "g": seen.T[row].copy()}
    return StepDetail(
        step=step,
        optimizer=_single(optimizer, row),
        params=params,
        gradient=slope.T[row].copy(),
        seen=seen.T[row].copy(),
        values=values,
        parts=tuple(
            Part(part.title, part.role, part.displacement[row].copy())
            for part in explained.components
        ),
    )


def _of_row(value: FloatArray | float, row: int) -> FloatArray | float:
    if not isinstance(value, np.ndarray):
        return value
    own = value[row]
    return float(own[0]) if own.shape == (1,) and value.shape[1:] == (1,) else own.copy()


def _single(optimizer: Optimizer, row: int) -> Optimizer:
    """Return the optimizer with one run's hyperparameters."""
    given = {
        declared.name: getattr(optimizer, declared.name) for declared in optimizer.hyperparameters()
    }
    own = {
        name: float(value[row if len(value) > 1 else 0, 0])
        for name, value in given.items()
        if isinstance(value, np.ndarray)
    }
    return replace(optimizer, **own) if own else optimizer
