"""Telling where a run has broken off, and how."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["NEARBY", "RUNAWAY", "Break", "Breaks", "Kinds"]

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


@dataclass(frozen=True, eq=False)
class Kinds:
    """How some rows have broken off, as arrays of shape (n,).

    Attributes
    ----------
    left : ndarray of bool
        Which have left the domain.
    gap : ndarray of bool
        Which others are where the landscape isn't defined; all the rest have diverged.
    kinked : ndarray of bool
        Of which the bad record itself stays, since only its gradient is no number.
    """

    left: NDArray[np.bool_]
    gap: NDArray[np.bool_]
    kinked: NDArray[np.bool_]


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
        kinds = self.found_all(
            np.array([row]), params[:, np.newaxis], np.array([loss]), gradient[:, np.newaxis]
        )
        outcome = Outcome.UNDEFINED if kinds.gap[0] else Outcome.DIVERGED
        if kinds.left[0]:
            outcome = Outcome.LEFT_DOMAIN
        return Break(outcome, at, at if kinds.kinked[0] else at - 1)

    def found_all(
        self, rows: NDArray[np.intp], params: FloatArray, loss: FloatArray, gradient: FloatArray
    ) -> Kinds:
        """Return how some rows broke off, each at its first bad record.

        Parameters
        ----------
        rows : ndarray of int, shape (n,)
        params, gradient : ndarray, shape (d, n)
        loss : ndarray, shape (n,)
        """
        with np.errstate(all="ignore"):
            near = np.all(np.abs(params - self._center) <= self._farthest[:, rows], axis=0)
        known, sloped = np.isfinite(loss), np.all(np.isfinite(gradient), axis=0)
        left = self._outside(params) & np.all(np.isfinite(params), axis=0)
        undefined = np.isnan(loss) | np.isneginf(loss) | (known & ~sloped)
        unclear = np.flatnonzero(near & ~undefined)
        undefined[unclear] = self._is_pole(params[:, unclear])
        gap = near & undefined
        return Kinds(left, gap & ~left, gap & known & ~left)

    def _outside(self, params: FloatArray) -> NDArray[np.bool_]:
        if self._limits is None:
            return np.zeros((*params.shape[:-2], params.shape[-1]), dtype=np.bool_)
        low, high = (end[:, np.newaxis] for end in self._limits)
        return np.asarray(np.any((params < low) | (params > high), axis=-2))

    def _is_pole(self, points: FloatArray) -> NDArray[np.bool_]:
        """Tell infinite losses at points, shape (d, n), from such that overflow all around."""
        aside = self._width * NEARBY
        around = np.concatenate([points - aside, points + aside], axis=1)
        with np.errstate(all="ignore"):
            known = np.isfinite(self._landscape.loss_columns(around))
        return known[: points.shape[1]] | known[points.shape[1] :]
