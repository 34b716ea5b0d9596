"""The loop that the optimizers share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.descent import Descent
from gdviz.engine.endings import Endings
from gdviz.engine.noise import Sampler, sampler_of
from gdviz.engine.trajectory import Chunk
from gdviz.landscapes import FloatArray, Landscape
from gdviz.optimizers import CONSTANT, Optimizer

__all__ = ["CHUNK_STEPS", "Stepper", "iterate"]

CHUNK_STEPS = 64


def iterate(descent: Descent) -> Iterator[Chunk]:
    """Compute a batch of runs, yielding a chunk of records for every 64 steps.

    Each step evaluates the gradient, asks the optimizer for the updates and adds
    them. Whether a run has ended is decided once a chunk, on all its steps at once,
    and steps computed beyond an end are dropped: the result is as if it had been
    decided at every step, and doesn't depend on what else is in the batch.

    Parameters
    ----------
    descent : Descent

    Yields
    ------
    Chunk
        Until every run has ended; a last, longer one for runs that rest before the last
        step. The first begins with step 0, the start. Overflow and NaN end a run and
        raise no warning.
    """
    landscape, recording = descent.landscape, descent.recording
    dimension, rows = descent.starts.T.shape
    columns = np.ascontiguousarray(descent.starts.T)
    stepper = Stepper(descent)
    state = stepper.init(columns)
    endings = Endings(descent)
    first = 0
    while first <= descent.steps and endings.any_open():
        last = min(first + CHUNK_STEPS, descent.steps + 1) - 1
        params = np.empty((last - first + 1, dimension, rows))
        gradient = np.empty_like(params)
        before = state
        columns, state = stepper.take(first, params, gradient, columns, state)
        with np.errstate(all="ignore"):
            loss = _loss(landscape, params)
        endings.judge(first, params, loss, gradient)
        kept = recording.kept(first, min(last, max(endings.reached, first)))
        if not endings.any_open() and first <= endings.reached <= last:
            kept = np.union1d(kept, [endings.reached])
        records = (params[kept - first], loss[kept - first], gradient[kept - first])
        yield _chunk(endings, kept, *records, reached=last, state=(first, before))
        first = last + 1
    if first <= endings.reached:
        kept = recording.kept(first, descent.steps)
        held = (np.broadcast_to(array, (kept.size, *array.shape)) for array in endings.held)
        yield _chunk(endings, kept, *held, reached=descent.steps, state=None)


class Stepper:
    """Takes the steps of a descent, with its schedule and its noise.

    Parameters
    ----------
    descent : Descent
    """

    def __init__(self, descent: Descent) -> None:
        self._descent = descent
        self._sampler: Sampler | None = sampler_of(descent.noises, descent.landscape)

    def init(self, columns: FloatArray) -> object:
        """Return the optimizer's state before the first step, from starts (d, n)."""
        return self._descent.optimizer.init(columns.T)

    def optimizer_at(self, step: int) -> Optimizer:
        """Return the optimizer with the learning rate of a step."""
        return self._optimizers(step, step)[0]

    def seen(self, step: int, columns: FloatArray, slope: FloatArray) -> FloatArray:
        """Return the gradients (d, n) that the optimizer is shown at a step."""
        return slope if self._sampler is None else self._sampler.seen(step, columns, slope)

    def take(
        self,
        first: int,
        params: FloatArray,
        gradient: FloatArray,
        columns: FloatArray,
        state: object,
    ) -> tuple[FloatArray, object]:
        """Take as many steps as there is room for, and record them.

        Parameters
        ----------
        first : int
            The first step's number.
        params, gradient : ndarray, shape (records, d, n)
            Filled with where each step begins and the true gradient there.
        columns : ndarray, shape (d, n)
            Where the first step begins.
        state
            Of the optimizer, before the first step.

        Returns
        -------
        columns : ndarray, shape (d, n)
            Where the last step leads.
        state
        """
        landscape, sampler = self._descent.landscape, self._sampler
        gradient_columns = landscape.gradient_columns
        optimizers = self._optimizers(first, first + len(params) - 1)
        with np.errstate(all="ignore"):
            for record, optimizer in enumerate(optimizers):
                params[record] = columns
                slope = gradient_columns(columns, gradient[record])
                if sampler is not None:
                    slope = sampler.seen(first + record, columns, slope)
                updates, state = optimizer.advance(landscape, slope.T, state, columns.T)
                columns = columns + updates.T
        return columns, state

    def _optimizers(self, first: int, last: int) -> list[Optimizer]:
        descent = self._descent
        if descent.schedule == CONSTANT:
            return [descent.optimizer] * (last - first + 1)
        factors = descent.schedule.factors(np.arange(first, last + 1), descent.steps)
        return [descent.optimizer.at_rate(factor) for factor in factors.tolist()]


def _chunk(
    endings: Endings,
    steps: NDArray[np.int64],
    params: FloatArray,
    loss: FloatArray,
    gradient: FloatArray,
    *,
    reached: int,
    state: tuple[int, object] | None,
) -> Chunk:
    return Chunk(
        steps=steps,
        params=params.transpose(0, 2, 1),
        loss=loss,
        gradient=gradient.transpose(0, 2, 1),
        outcome=endings.outcome,
        outcome_step=endings.outcome_step,
        last_step=endings.last_step,
        reached=reached,
        states=() if state is None else (state,),
    )


def _loss(landscape: Landscape, params: FloatArray) -> FloatArray:
    """Return the losses (records, n) of params (records, d, n) in one evaluation."""
    records, dimension, rows = params.shape
    columns = params.transpose(1, 0, 2).reshape(dimension, records * rows)
    return landscape.loss_columns(np.ascontiguousarray(columns)).reshape(records, rows)
