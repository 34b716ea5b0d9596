"""Gradients that are seen only in part or with an error, reproducibly."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.landscapes import FloatArray, Landscape
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.optimizers import FirstOrder, Optimizer

__all__ = ["GradientNoise", "MiniBatch", "Noise", "Sampler", "check_noise", "sampler_of"]

_BLOCK = 64
_MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class GradientNoise:
    """A normal error in every component of the gradient, another one at each step.

    Attributes
    ----------
    scale : float
        Its standard deviation, at least 0.
    seed : int
        Runs with the same seed meet the same errors, so that a race is fair.
    """

    scale: float
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0.0 <= self.scale < np.inf:
            raise UserError(f"noise must be a finite number of at least 0, got {self.scale:g}")
        _check_whole("the seed", self.seed, 0)


@dataclass(frozen=True)
class MiniBatch:
    """The gradient over a few rows of the table, other ones at each step.

    The rows are shuffled anew for each epoch and taken in turn; the last batch of an epoch
    holds what is left. H. Robbins and S. Monro, *A stochastic approximation method*, Annals
    of Mathematical Statistics 22 (1951), 400–407; shuffling as torch's ``DataLoader`` does.

    Attributes
    ----------
    size : int
        Rows in a batch, at least 1; one of more than the table has is the whole table.
    seed : int
        Of the shuffling.
    """

    size: int
    seed: int = 0

    def __post_init__(self) -> None:
        _check_whole("the batch size", self.size, 1)
        _check_whole("the seed", self.seed, 0)


Noise = GradientNoise | MiniBatch


def _check_whole(what: str, value: object, least: int) -> None:
    if not (isinstance(value, (int, np.integer)) and least <= int(value) <= _MOST_SEED):
        raise UserError(f"{what} must be a whole number of at least {least}, got {value!r}")


def check_noise(noise: Noise, landscape: Landscape, optimizer: Optimizer) -> None:
    """Raise a `UserError` where noise makes no sense."""
    what = "mini-batches" if isinstance(noise, MiniBatch) else "noise"
    if not isinstance(optimizer, FirstOrder):
        raise UserError(
            f"'{optimizer.key}' can't use {what}: it looks at more than gradients; "
            "choose gd, momentum, adam or another first-order optimizer"
        )
    if isinstance(noise, MiniBatch) and not isinstance(landscape, FitLandscape):
        raise UserError(
            f"mini-batches need a table's rows, and '{landscape.name}' has none; "
            "add gradient noise instead"
        )


class Sampler(ABC):
    """What the optimizer is shown instead of the gradient, for all runs of a batch.

    Any step can be asked for by itself: its random numbers depend on the seed and the step
    alone.
    """

    @abstractmethod
    def seen(self, step: int, columns: FloatArray, slope: FloatArray) -> FloatArray:
        """Return the gradients seen at a step, shape (d, n).

        Parameters
        ----------
        step : int
        columns : ndarray, shape (d, n)
            The parameters.
        slope : ndarray, shape (d, n)
            The true gradients.
        """


def sampler_of(noises: tuple[Noise | None, ...], landscape: Landscape) -> Sampler | None:
    """Return a sampler for runs that all have the same kind of noise, or all none.

    Parameters
    ----------
    noises : tuple of Noise or None
        One for each run; mini-batches all of one size.
    landscape : Landscape
    """
    kinds = {type(noise) for noise in noises}
    if kinds <= {type(None)}:
        return None
    if kinds == {GradientNoise}:
        return _Errors.of(noises, landscape.dimension)
    assert kinds == {MiniBatch}
    assert isinstance(landscape, FitLandscape)
    return _Batches.of(noises, landscape)


class _Errors(Sampler):
    def __init__(self, scales: FloatArray, seeds: tuple[int, ...], dimension: int) -> None:
        self._scales, self._seeds, self._dimension = scales, seeds, dimension
        self._block = -1
        self._errors = np.empty((0, 0, 0))

    @classmethod
    def of(cls, noises: tuple[Noise | None, ...], dimension: int) -> Self:
        given = [noise for noise in noises if isinstance(noise, GradientNoise)]
        scales = np.array([noise.scale for noise in given], dtype=np.float64)
        return cls(scales, tuple(noise.seed for noise in given), dimension)

    def seen(self, step: int, columns: FloatArray, slope: FloatArray) -> FloatArray:
        block, place = divmod(step, _BLOCK)
        if block != self._block:
            drawn = {
                seed: np.random.default_rng([seed, block]).standard_normal(
                    (_BLOCK, self._dimension)
                )
                for seed in set(self._seeds)
            }
            stacked = np.stack([drawn[seed] for seed in self._seeds], axis=-1)
            self._errors, self._block = stacked * self._scales, block
        return np.asarray(slope + self._errors[place])


class _Batches(Sampler):
    def __init__(self, landscape: FitLandscape, size: int, seeds: tuple[int, ...]) -> None:
        self._landscape = landscape
        self._size = min(size, landscape.rows)
        self._seeds = seeds
        self._an_epoch = -(-landscape.rows // self._size)
        self._epoch = -1
        self._order: NDArray[np.int64] = np.empty((0, 0), dtype=np.int64)

    @classmethod
    def of(cls, noises: tuple[Noise | None, ...], landscape: FitLandscape) -> Self:
        given = [noise for noise in noises if isinstance(noise, MiniBatch)]
        return cls(landscape, given[0].size, tuple(noise.seed for noise in given))

    def seen(self, step: int, columns: FloatArray, slope: FloatArray) -> FloatArray:
        epoch, place = divmod(step, self._an_epoch)
        if epoch != self._epoch:
            rows = self._landscape.rows
            drawn = {
                seed: np.random.default_rng([seed, epoch]).permutation(rows)
                for seed in set(self._seeds)
            }
            self._order = np.stack([drawn[seed] for seed in self._seeds])
            self._epoch = epoch
        chosen = self._order[:, place * self._size : (place + 1) * self._size]
        return self._landscape.batch_gradient(columns, chosen)
