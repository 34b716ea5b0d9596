"""Collecting chunks into a trajectory, at any time while they arrive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.recording import Recording
from gdviz.engine.trajectory import Chunk, Trajectory

__all__ = ["Recorder", "joined"]

_ARRAYS = ("steps", "params", "loss", "gradient")


class Recorder:
    """Grows a trajectory chunk by chunk, in amortized constant time a record.

    Parameters
    ----------
    recording : Recording
        The rule by which the engine keeps steps.
    """

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._size = 0
        self._buffers: dict[str, NDArray[Any]] = {}
        self._newest: Chunk | None = None
        self._made: Trajectory | None = None
        self._states: list[tuple[int, object]] = []

    @property
    def states(self) -> Sequence[tuple[int, object]]:
        """States of the optimizer, each before the step that is named, in order.

        Beyond the steps that are all kept there are none, so that memory stays bounded.
        """
        return self._states

    def append(self, chunk: Chunk) -> None:
        """Add a chunk's records."""
        self._newest, self._made = chunk, None
        self._states += [state for state in chunk.states if state[0] <= self._recording.dense]
        end = self._size + chunk.records
        for name in _ARRAYS:
            new: NDArray[Any] = getattr(chunk, name)
            buffer = self._buffers.get(name)
            if buffer is None or end > buffer.shape[0]:
                grown = np.empty((max(2 * end, 256), *new.shape[1:]), dtype=new.dtype)
                if buffer is not None:
                    grown[: self._size] = buffer[: self._size]
                self._buffers[name] = buffer = grown
            buffer[self._size : end] = new
        self._size = end

    def trajectory(self) -> Trajectory | None:
        """Return what has arrived so far, without copying it; None before any has.

        Later chunks are written behind what an earlier trajectory sees.
        """
        if self._newest is None:
            return None
        if self._made is None:
            views = {name: self._buffers[name][: self._size] for name in _ARRAYS}
            self._made = Trajectory(
                **views,
                outcome=self._newest.outcome,
                outcome_step=self._newest.outcome_step,
                last_step=self._newest.last_step,
                thinned=self._recording.sentence,
            )
        return self._made


def joined(chunks: Iterable[Chunk]) -> Chunk:
    """Return one chunk with the records of several consecutive ones.

    Parameters
    ----------
    chunks : iterable of Chunk
        At least one.
    """
    pieces = list(chunks)
    newest = pieces[-1]
    if len(pieces) == 1:
        return newest
    arrays = {name: np.concatenate([getattr(piece, name) for piece in pieces]) for name in _ARRAYS}
    return Chunk(
        **arrays,
        outcome=newest.outcome,
        outcome_step=newest.outcome_step,
        last_step=newest.last_step,
        reached=newest.reached,
        states=tuple(state for piece in pieces for state in piece.states),
    )
