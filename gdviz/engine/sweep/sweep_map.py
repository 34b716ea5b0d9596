"""What becomes of a run over a range of one or two hyperparameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk import CODES
from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray

__all__ = ["SweepAxis", "SweepBounds", "SweepMap"]


@dataclass(frozen=True, eq=False)
class SweepAxis:
    """A hyperparameter and the values that are tried.

    Attributes
    ----------
    name : str
        Such as ``"learning_rate"``.
    values : ndarray, shape (n,)
        Ascending.
    logarithmic : bool
        Whether they are apart by factors.
    """

    name: str
    values: FloatArray
    logarithmic: bool

    @property
    def label(self) -> str:
        """The name as words: ``"learning rate"``."""
        return self.name.replace("_", " ")


@dataclass(frozen=True, eq=False)
class SweepBounds:
    """What the theory of quadratics says of a sweep, from the curvature at a minimum.

    Attributes
    ----------
    minimum : tuple of float
        Where the curvature is from.
    flattest, steepest : float
        λmin and λmax of the Hessian there, weight decay not included.
    exact : bool
        Whether the landscape is a quadratic, so that the bound holds from everywhere.
    formula : str
        The bound in words, such as ``"2/λmax"``.
    bound : ndarray, shape (k, a)
        Points of the stability bound, one coordinate for each of the a axes; a single one where
        there is one axis, none where the bound is out of range.
    best : tuple of float or None
        Where steps are quickest in theory, by axis; None where the theory knows none.
    best_formula : str
        How that is found, such as ``"2/(λmin + λmax)"``.
    """

    minimum: tuple[float, ...]
    flattest: float
    steepest: float
    exact: bool
    formula: str
    bound: FloatArray
    best: tuple[float, ...] | None = None
    best_formula: str = ""


@dataclass(frozen=True, eq=False)
class SweepMap:
    """The ends of runs that differ in one or two hyperparameters.

    Attributes
    ----------
    axes : tuple of SweepAxis
        One or two; the first one is drawn to the right, the second one upward.
    measure : str
        ``"loss"`` or ``"steps"``.
    steps : int
        How many steps each run takes, N.
    loss : ndarray, shape (n,) or (m, n)
        The loss after N steps, of a run that has converged the loss where it did; infinite where
        it diverged, left the domain or is undefined. m is the second axis's length.
    step : ndarray of int64, of the same shape
        The step at which the outcome happened.
    outcome : ndarray of uint8, of the same shape
        Places in `gdviz.engine.bulk.CODES`.
    bounds : SweepBounds or None
        None where the theory has nothing to say.
    floor : float or None
        The lowest loss known, of a minimum or of a run; None where no minimum is known and all
        losses are greater than 0.
    start_loss : float
        The loss before the first step.
    done : bool
        Whether no finer map follows.
    """

    axes: tuple[SweepAxis, ...]
    measure: str
    steps: int
    loss: FloatArray
    step: NDArray[np.int64]
    outcome: NDArray[np.uint8]
    bounds: SweepBounds | None = None
    floor: float | None = None
    start_loss: float = np.nan
    done: bool = True

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of values along each axis, the last axis first."""
        return tuple(axis.values.size for axis in reversed(self.axes))

    @property
    def failed(self) -> NDArray[np.bool_]:
        """Where runs diverged, left the domain, or came to where nothing is defined."""
        bad = [CODES.index(one) for one in _BAD]
        return np.isin(self.outcome, bad) | ~np.isfinite(self.loss)

    @property
    def converged(self) -> NDArray[np.bool_]:
        """Where runs came to rest within N steps."""
        return np.asarray(self.outcome == CODES.index(Outcome.CONVERGED))

    @property
    def values(self) -> FloatArray:
        """What the measure is: losses, or steps to converge; infinite where there is none."""
        if self.measure == "loss":
            return np.where(self.failed, np.inf, self.loss)
        return np.where(self.converged, self.step.astype(np.float64), np.inf)

    @property
    def best(self) -> tuple[int, ...] | None:
        """The place of the best run; None where there is none.

        Of losses that are as good as equal, the one that converged first; of equally many steps,
        the one with the lowest loss.
        """
        values = self.values
        finite = np.isfinite(values)
        if not finite.any():
            return None
        if self.measure == "loss":
            lowest, highest = float(values[finite].min()), float(values[finite].max())
            alike = values <= lowest + _ALIKE * max(highest - lowest, abs(lowest))
            second = np.where(self.converged, self.step.astype(np.float64), np.inf)
            if not np.isfinite(second[alike]).any():
                second = values
        else:
            alike, second = values == values[finite].min(), self.loss
        place = int(np.argmin(np.where(alike, second, np.inf)))
        return tuple(int(index) for index in np.unravel_index(place, self.shape))

    def nearest(self, *values: float) -> tuple[int, ...]:
        """Return the place of the run whose hyperparameters are nearest, one for each axis."""
        return tuple(
            _nearest(axis, value)
            for axis, value in zip(reversed(self.axes), reversed(values), strict=True)
        )

    def at(self, place: tuple[int, ...]) -> tuple[float, ...]:
        """Return the hyperparameters of a place, one for each axis."""
        return tuple(
            float(axis.values[index])
            for axis, index in zip(self.axes, reversed(place), strict=True)
        )


_BAD = (Outcome.DIVERGED, Outcome.LEFT_DOMAIN, Outcome.UNDEFINED)
_ALIKE = 1e-13


def _nearest(axis: SweepAxis, value: float) -> int:
    values = axis.values
    if axis.logarithmic:
        tiny = np.finfo(np.float64).tiny
        values, value = np.log(values), float(np.log(max(value, tiny)))
    return int(np.argmin(np.abs(values - value)))
