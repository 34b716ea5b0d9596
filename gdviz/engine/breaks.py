"""Telling where a run has broken off, and how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["NEARBY", "RUNAWAY", "Break", "Breaks"]

RUNAWAY = 1e6
NEARBY = 1e-4


@dataclass(frozen=True)
class Break:
    """Where a run has broken off.

    Attributes
    ----------
    outcome : Outcome
    record : int
        The first bad record.
    last : int
        The last record that stays: the one before, or the bad one itself where only its
        gradient is no number; −1 if the first record is bad.
    """

    outcome: Outcome
    record: int
    last: int


class Breaks:
    """Judges the records of some rows by what a landscape allows.

    Parameters
    ----------
    landscape : Landscape
    starts : ndarray, shape (d, n)
        Where the rows began: a row may go a million times as far, or as the domain is wide.
    """

    def __init__(self, landscape: Landscape, starts: FloatArray) -> None:
        self._landscape = landscape
        self._center = landscape.domain.center[:, np.newaxis]
        self._width = landscape.domain.width[:, np.newaxis]
        with np.errstate(over="ignore"):
            far = np.maximum(self._width, np.abs(starts - self._center))
            self._farthest = RUNAWAY * far
        limits = landscape.limits
        self._limits = None if limits is None else (limits.low, limits.high)

    def broken(
        self, params: FloatArray, loss: FloatArray, gradient: FloatArray
    ) -> NDArray[np.bool_]:
        """Tell which records are no longer those of a run.

        Parameters
        ----------
        params, gradient : ndarray, shape (…, d, n)
        loss : ndarray, shape (…, n)

        Returns
        -------
        ndarray of bool, shape (…, n)
        """
        with np.errstate(all="ignore"):
            good = np.all(np.abs(params - self._center) <= self._farthest, axis=-2)
        good &= np.isfinite(loss)
        good &= np.all(np.isfinite(gradient), axis=-2)
        return np.asarray(~good | self._outside(params))

    def found(
        self, row: int, at: int, params: FloatArray, loss: float, gradient: FloatArray
    ) -> Break:
        """Return how a row broke off at its first bad record.

        Parameters
        ----------
        row : int
        at : int
            The record's place.
        params, gradient : ndarray, shape (d,)
        loss : float
        """
        with np.errstate(all="ignore"):
            near = bool(np.all(np.abs(params - self._center[:, 0]) <= self._farthest[:, row]))
        known, sloped = bool(np.isfinite(loss)), bool(np.all(np.isfinite(gradient)))
        left = bool(self._outside(params[:, np.newaxis])[0] and np.all(np.isfinite(params)))
        undefined = np.isnan(loss) or np.isneginf(loss) or (known and not sloped)
        gap = near and (undefined or self._is_pole(params))
        outcome = Outcome.UNDEFINED if gap else Outcome.DIVERGED
        kinked = gap and known and not left
        return Break(Outcome.LEFT_DOMAIN if left else outcome, at, at if kinked else at - 1)

    def _outside(self, params: FloatArray) -> NDArray[np.bool_]:
        if self._limits is None:
            return np.zeros((*params.shape[:-2], params.shape[-1]), dtype=np.bool_)
        low, high = (end[:, np.newaxis] for end in self._limits)
        return np.asarray(np.any((params < low) | (params > high), axis=-2))

    def _is_pole(self, point: FloatArray) -> bool:
        """Tell an infinite loss at a point, shape (d,), from one that overflows all around."""
        around = point[:, np.newaxis] + self._width * np.array([-NEARBY, NEARBY])
        with np.errstate(all="ignore"):
            return bool(np.isfinite(self._landscape.loss_columns(around)).any())
