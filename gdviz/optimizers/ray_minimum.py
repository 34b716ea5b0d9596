"""The first minimum along a line, to full precision."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.objective import FloatArray
from gdviz.optimizers.ray import Ray

__all__ = ["ray_minimum"]

_MOST_TRIALS = 80
_DECREASE = 1e-4
_SHORTEST = 2.0**-60


def ray_minimum(ray: Ray, otherwise: FloatArray) -> FloatArray:
    """Return the first t with φ′(t) = 0 and φ(t) below φ(0), or as near as numbers get.

    The first trial is where the parabola with φ′(0) and |φ″(0)| ends, which on a quadratic
    is the minimum. While the loss still falls, t is doubled, or goes on twice as far as the
    slopes of the last two trials say that the minimum is. Between a falling and a rising
    slope, the root of φ′ is found by false position as modified by M. Dowell and P. Jarratt
    (the Illinois algorithm, BIT 11 (1971), 168–174), with a bisection where that doesn't
    halve the bracket in three trials. It is the first minimum unless a trial leaps over one
    and finds the loss still falling.

    Parameters
    ----------
    ray : Ray
    otherwise : ndarray, shape (n,)
        The first trial where φ″(0) is 0 or unknown.

    Returns
    -------
    ndarray, shape (n,)
        Where the loss falls on and on, `Ray.longest` at most; where it ends in a gap,
        the last point before it; 0 where rounding leaves no lower loss.
    """
    with np.errstate(all="ignore"):
        search = _Search(ray, otherwise)
        for _ in range(_MOST_TRIALS):
            if not search.rows.size:
                break
            search.advance()
        return search.steps


class _Search:
    """The brackets of the rows that are still searched.

    `low` is 0, or has a lower loss than φ(0), and a falling slope. `high` has a rising slope,
    or one that is NaN because its point is undefined, or higher than `low` though falling;
    or it is infinite.
    """

    def __init__(self, ray: Ray, otherwise: FloatArray) -> None:
        self.ray = ray
        self.steps = np.zeros_like(ray.loss)
        first = _first_trials(ray, otherwise)
        self.rows = rows = ray.downhill(first)
        self.first = self.trial = first[rows]
        self.longest = ray.longest(rows, self.trial)
        self.low, self.high = np.zeros_like(self.trial), np.full_like(self.trial, np.inf)
        self.low_loss, self.high_lower = ray.loss[rows], np.zeros(rows.shape, dtype=np.bool_)
        self.low_slope, self.high_slope = ray.slope[rows], np.full_like(self.trial, np.nan)
        self.low_weight, self.high_weight = self.low_slope, self.high_slope
        self.was_low = np.zeros(rows.shape, dtype=np.bool_)
        self.reach = self.goal = np.full_like(self.trial, np.inf)
        self.patience, self.least = np.zeros_like(self.trial), np.zeros_like(self.trial)

    def advance(self) -> None:
        """Evaluate the trials, narrow the brackets, and drop the rows that are done."""
        loss = self.ray.losses(self.rows, self.trial)
        slope = self.ray.slopes(self.rows, self.trial)
        before = self.ray.loss[self.rows]
        hidden = before + _DECREASE * self.trial * self.ray.slope[self.rows] == before
        lower = (loss < before) | ((loss == before) & hidden)
        allowed = lower & np.isfinite(loss) & np.isfinite(slope)
        passed = np.isnan(self.high_slope) & (loss > self.low_loss)
        self._narrow(allowed & ~passed & (slope < 0.0), allowed, loss, slope)
        flatter = self.high_lower & (self.high_slope < -self.low_slope)
        self.steps[self.rows] = np.where(flatter, self.high, self.low)
        self._propose()
        self._drop()

    def _narrow(
        self,
        falls: NDArray[np.bool_],
        lower: NDArray[np.bool_],
        loss: FloatArray,
        slope: FloatArray,
    ) -> None:
        """Let the trial take the place of an end; halve the other's weight the second time."""
        rising = np.where(np.isfinite(loss) & (slope >= 0.0), slope, np.nan)
        kept = np.where(falls == self.was_low, 0.5, 1.0)
        rise = (slope - self.low_slope) / (self.trial - self.low)
        self.reach = np.where(rise > 0.0, -2.0 * slope / rise, np.inf)
        self.low = np.where(falls, self.trial, self.low)
        self.low_loss = np.where(falls, loss, self.low_loss)
        self.low_slope = np.where(falls, slope, self.low_slope)
        self.low_weight = np.where(falls, slope, kept * self.low_weight)
        self.high = np.where(falls, self.high, self.trial)
        self.high_lower = np.where(falls, self.high_lower, lower)
        self.high_slope = np.where(falls, self.high_slope, rising)
        self.high_weight = np.where(falls, kept * self.high_weight, rising)
        self.was_low = falls

    def _propose(self) -> None:
        """Choose the next trials: farther out, by false position, or in the middle."""
        width = self.high - self.low
        narrow = width <= self.goal
        self.goal = np.where(narrow, 0.5 * width, self.goal)
        self.patience = np.where(narrow, 3.0, self.patience - 1.0)
        share = self.low_weight / (self.low_weight - self.high_weight)
        self.least = least = self.ray.resolution(self.rows, self.trial)
        inside = np.clip(self.low + share * width, self.low + least, self.high - least)
        halve = ~np.isfinite(share) | (self.patience <= 0.0)
        inside = np.where(halve, self.low + 0.5 * width, inside)
        beyond = self.low + np.minimum(self.low, np.maximum(self.reach, least))
        beyond = np.where(self.low > 0.0, beyond, self.first)
        self.trial = np.where(np.isfinite(self.high), inside, beyond)

    def _drop(self) -> None:
        wide = self.high - self.low > 2.0 * self.least
        left = np.where(np.isfinite(self.high), wide, self.trial <= self.longest)
        left &= self.high_slope != 0.0
        hope = self.ray.tells(self.rows, self.trial) & (self.trial > _SHORTEST * self.first)
        left &= (self.low > 0.0) | hope
        if left.all():
            return
        for name in _PER_ROW:
            setattr(self, name, getattr(self, name)[left])


_PER_ROW = (
    *("rows", "first", "longest", "trial", "low", "high", "low_loss", "high_lower", "low_slope"),
    *("high_slope", "low_weight", "high_weight", "was_low", "reach", "goal", "patience", "least"),
)


def _first_trials(ray: Ray, otherwise: FloatArray) -> FloatArray:
    guess = -ray.slope / np.abs(ray.bends())
    return np.where(np.isfinite(guess) & (guess > 0.0), guess, otherwise)
