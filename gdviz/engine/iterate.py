"""The loop that the optimizers share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.descent import Descent
from gdviz.engine.endings import Endings
from gdviz.engine.trajectory import Chunk
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["CHUNK_STEPS", "iterate"]

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
    landscape, optimizer, recording = descent.landscape, descent.optimizer, descent.recording
    dimension, rows = descent.starts.T.shape
    columns = np.ascontiguousarray(descent.starts.T)
    state = optimizer.init(columns.T)
    endings = Endings(descent)
    first = 0
    while first <= descent.steps and endings.any_open():
        last = min(first + CHUNK_STEPS, descent.steps + 1) - 1
        params = np.empty((last - first + 1, dimension, rows))
        gradient = np.empty_like(params)
        with np.errstate(all="ignore"):
            for record in range(last - first + 1):
                params[record] = columns
                slope = landscape.gradient_columns(columns)
                gradient[record] = slope
                updates, state = optimizer.advance(landscape, slope.T, state, columns.T)
                columns = columns + updates.T
            loss = _loss(landscape, params)
        endings.judge(first, params, loss, gradient)
        kept = recording.kept(first, min(last, max(endings.reached, first)))
        if not endings.any_open() and first <= endings.reached <= last:
            kept = np.union1d(kept, [endings.reached])
        records = (params[kept - first], loss[kept - first], gradient[kept - first])
        yield _chunk(endings, kept, *records, reached=last)
        first = last + 1
    if first <= endings.reached:
        kept = recording.kept(first, descent.steps)
        held = (np.broadcast_to(array, (kept.size, *array.shape)) for array in endings.held)
        yield _chunk(endings, kept, *held, reached=descent.steps)


def _chunk(
    endings: Endings,
    steps: NDArray[np.int64],
    params: FloatArray,
    loss: FloatArray,
    gradient: FloatArray,
    *,
    reached: int,
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
    )


def _loss(landscape: Landscape, params: FloatArray) -> FloatArray:
    """Return the losses (records, n) of params (records, d, n) in one evaluation."""
    records, dimension, rows = params.shape
    columns = params.transpose(1, 0, 2).reshape(dimension, records * rows)
    return landscape.loss_columns(np.ascontiguousarray(columns)).reshape(records, rows)
