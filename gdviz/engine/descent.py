"""What is to be computed: an optimizer, from some starts, on a landscape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn, Self, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gdviz.engine.noise import GradientNoise, MiniBatch, Noise, check_noise
from gdviz.engine.recording import Recording
from gdviz.errors import UserError
from gdviz.landscapes import FloatArray, Landscape
from gdviz.numbers import format_point
from gdviz.optimizers import CONSTANT, Optimizer, Schedule

__all__ = ["MOST_STEPS", "Descent", "check_schedule", "check_start", "check_steps"]

MOST_STEPS = 1_000_000_000
_TOO_LONG_TO_TELL = 10**30


@dataclass(frozen=True, eq=False)
class Descent:
    """One batch of runs, checked and ready to compute.

    Attributes
    ----------
    landscape : Landscape
    optimizer : Optimizer
        Its hyperparameters may differ per row, as arrays of shape (n, 1).
    starts : ndarray, shape (n, d)
        Read-only.
    steps : int
        From 1 to `MOST_STEPS`.
    tolerance : float
        The gradient norm at or below which a run counts as converged; on a landscape
        whose slopes are all below 1, its share of the steepest one.
    schedule : Schedule
        How the learning rate changes with the step.
    noises : tuple of Noise or None
        What each run sees instead of the gradient; empty if all see the gradient itself.
    """

    landscape: Landscape
    optimizer: Optimizer
    starts: FloatArray
    steps: int
    tolerance: float = 1e-6
    schedule: Schedule = CONSTANT
    noises: tuple[Noise | None, ...] = ()

    @classmethod
    def of(
        cls,
        landscape: Landscape,
        optimizer: Optimizer,
        start: ArrayLike,
        steps: int = 200,
        tolerance: float = 1e-6,
        *,
        schedule: Schedule = CONSTANT,
        noise: Noise | Sequence[Noise | None] | None = None,
    ) -> Self:
        """Check and make a descent.

        Parameters
        ----------
        start : array_like, shape (d,) or (n, d)
            One start, or one per run.
        noise : Noise, or sequence of Noise or None
            One for all runs, or one for each: all of one kind, mini-batches of one size.

        Raises
        ------
        UserError
            If a start has the wrong number of parameters, is not finite or lies
            outside the landscape's limits; if `steps` or `tolerance` is out of range; if
            the optimizer has no learning rate to schedule or can't use noise.
        """
        d, names = landscape.dimension, ", ".join(landscape.parameters)
        wanted = f"start must have shape ({d},) or (n, {d}) for the parameters {names}"
        try:
            starts = np.array(start, dtype=np.float64, ndmin=2)
        except (TypeError, ValueError, OverflowError):
            raise UserError(f"{wanted}; got something else") from None
        if starts.ndim != 2 or starts.shape[1] != d or not starts.size:
            raise UserError(f"{wanted}; got shape {np.shape(start)}")
        for row in starts[_misplaced(landscape, starts)]:
            _refuse(landscape, row)
        _check_rows(optimizer, len(starts))
        starts.flags.writeable = False
        check_schedule(schedule, optimizer)
        return cls(
            landscape,
            optimizer,
            starts,
            check_steps(steps),
            _tolerance(tolerance),
            schedule,
            _noises(noise, landscape, optimizer, len(starts)),
        )

    @property
    def rows(self) -> int:
        """The number of runs, n."""
        return int(self.starts.shape[0])

    @property
    def recording(self) -> Recording:
        """Which steps are kept."""
        return Recording.of(self.steps, self.rows)


def _check_rows(optimizer: Optimizer, rows: int) -> None:
    for declared in optimizer.hyperparameters():
        given = np.shape(getattr(optimizer, declared.name))
        if given and given[0] not in (1, rows):
            raise UserError(
                f"{declared.name} has {given[0]} rows for {rows} starts; give one for each"
            )


def check_schedule(schedule: Schedule, optimizer: Optimizer) -> None:
    """Raise a `UserError` if there is no learning rate that a schedule could change."""
    if schedule != CONSTANT and not optimizer.can_be_scheduled():
        why = "finds its own rates after the first step"
        if not optimizer.has_learning_rate():
            why = "has no learning rate"
        raise UserError(
            f"'{optimizer.key}' {why}, so it can't follow the schedule '{schedule.key}'"
        )


def _noises(
    noise: Noise | Sequence[Noise | None] | None,
    landscape: Landscape,
    optimizer: Optimizer,
    rows: int,
) -> tuple[Noise | None, ...]:
    if noise is None:
        return ()
    if isinstance(noise, (GradientNoise, MiniBatch)):
        noises: tuple[Noise | None, ...] = (noise,) * rows
    else:
        noises = tuple(noise)
    if len(noises) != rows:
        raise UserError(f"noise is given for {len(noises)} runs of {rows}; give one for each")
    kinds = {(type(given), given.size if isinstance(given, MiniBatch) else 0) for given in noises}
    if len(kinds) > 1:
        raise UserError("the runs of one batch must all have the same kind of noise, or none")
    for given in noises:
        if given is not None:
            check_noise(given, landscape, optimizer)
    return () if noises[0] is None else noises


def check_steps(steps: SupportsIndex | float) -> int:
    """Return `steps`, or raise a `UserError` if it is no count from 1 to `MOST_STEPS`."""
    whole = steps.is_integer() if isinstance(steps, float) else hasattr(steps, "__index__")
    if not whole:
        raise UserError(f"steps must be a whole number, got {steps!r}")
    count = int(steps)
    if not 1 <= count <= MOST_STEPS:
        told = f"{count:,}" if abs(count) < _TOO_LONG_TO_TELL else "a longer number"
        raise UserError(f"steps must be from 1 to {MOST_STEPS:,}, got {told}")
    return count


def _tolerance(tolerance: float) -> float:
    try:
        number = float(tolerance)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not 0.0 <= number < math.inf:
        raise UserError(f"tolerance must be a finite number of at least 0, got {tolerance!r}")
    return number


def check_start(landscape: Landscape, start: FloatArray) -> None:
    """Raise a `UserError` unless a run can begin at `start`, shape (d,)."""
    if _misplaced(landscape, start[np.newaxis])[0]:
        _refuse(landscape, start)
    if not np.isfinite(landscape.loss(start[np.newaxis])[0]):
        raise UserError(
            f"the loss at the start {format_point(start)} is not a finite number; "
            f"choose one nearer to {format_point(landscape.domain.center)}"
        )


def _misplaced(landscape: Landscape, starts: FloatArray) -> NDArray[np.bool_]:
    """Tell which starts (n, d) are not finite or outside the landscape's limits."""
    bad = ~np.isfinite(starts).all(axis=1)
    limits = landscape.limits
    if limits is not None:
        bad |= np.any((starts < limits.low) | (starts > limits.high), axis=1)
    return np.asarray(bad)


def _refuse(landscape: Landscape, start: FloatArray) -> NoReturn:
    limits = landscape.limits
    if limits is None or not np.all(np.isfinite(start)):
        raise UserError(f"a start must be finite, got {format_point(start)}")
    raise UserError(
        f"the start {format_point(start)} lies outside the domain, "
        f"{limits.describe(landscape.parameters)}"
    )
