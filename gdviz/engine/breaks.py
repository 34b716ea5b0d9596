"""Telling where a run has broken off, and how."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.outcome import Outcome, code_of
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["NEARBY", "RUNAWAY", "Breaks"]

RUNAWAY = 1e6
NEARBY = 1e-4


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

    def endings(
        self,
        rows: NDArray[np.intp],
        params: FloatArray,
        loss: FloatArray,
        gradient: FloatArray,
    ) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """Return how rows have ended, from the first bad record of each.

        Parameters
        ----------
        rows : ndarray of int, shape (m,)
            Their places among the starts.
        params, gradient : ndarray, shape (d, m)
        loss : ndarray, shape (m,)

        Returns
        -------
        outcome : ndarray of uint8, shape (m,)
            Places in `gdviz.engine.outcome.CODES`.
        stays : ndarray of bool, shape (m,)
            Whether the bad record belongs to the run: one on a kink, where only the gradient
            is no number.
        """
        with np.errstate(all="ignore"):
            near = np.all(np.abs(params - self._center) <= self._farthest[:, rows], axis=0)
        known, sloped = np.isfinite(loss), np.isfinite(gradient).all(axis=0)
        left = self._outside(params) & np.isfinite(params).all(axis=0)
        gap = near & (np.isnan(loss) | np.isneginf(loss) | (known & ~sloped))
        asked = np.flatnonzero(near & ~gap & ~left)
        gap[asked] = self._are_poles(params[:, asked])
        outcome = np.where(gap, code_of(Outcome.UNDEFINED), code_of(Outcome.DIVERGED))
        outcome[left] = code_of(Outcome.LEFT_DOMAIN)
        return outcome.astype(np.uint8), gap & known & ~left

    def _outside(self, params: FloatArray) -> NDArray[np.bool_]:
        if self._limits is None:
            return np.zeros((*params.shape[:-2], params.shape[-1]), dtype=np.bool_)
        low, high = (end[:, np.newaxis] for end in self._limits)
        return np.asarray(np.any((params < low) | (params > high), axis=-2))

    def _are_poles(self, points: FloatArray) -> NDArray[np.bool_]:
        """Tell infinite losses at points, shape (d, m), from those that overflow all around."""
        found = np.zeros(points.shape[1], dtype=np.bool_)
        with np.errstate(all="ignore"):
            for side in (-NEARBY, NEARBY):
                around = np.ascontiguousarray(points + side * self._width)
                found |= np.isfinite(self._landscape.loss_columns(around))
        return found
