"""A swarm of runs whose every step can be looked at, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk.pilot import Counter, Pilots
from gdviz.engine.descent import Descent
from gdviz.engine.swarm.frame import SwarmCounts, SwarmFrame
from gdviz.engine.swarm.lane import Lane, ordinal
from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number

__all__ = ["BUDGET", "LANE_ROWS", "MOST_SWARM_STEPS", "Swarm"]

BUDGET = 256_000_000
"""How many bytes are kept of a swarm's past."""
MOST_SWARM_STEPS = 100_000
"""How far a swarm descends at most: as many steps as the playhead has records."""
LANE_ROWS = 1 << 19
"""How many runs are computed before others can have a turn."""
_MEGABYTE = 1_000_000
_MANY = 100_000  # for fewer NumPy counts them quickly enough


class Swarm:
    """The runs of a descent, at whatever step one asks for.

    They are computed in flight, some hundred thousand at a time. Some steps are kept whole;
    from the nearest earlier one, those between are computed again, to the same bits.

    Parameters
    ----------
    descent : Descent
        Without noise.
    budget : int
        How many bytes may be kept.
    threads : int, optional
        As many as there are cores if left out.
    lane_rows : int
        How many runs are computed at a time.
    kernels : Pilots, optional
        Where a quicker pilot comes from, which takes over when it is there. Functions such as
        the sine may have other last bits then.
    """

    def __init__(
        self,
        descent: Descent,
        budget: int = BUDGET,
        threads: int | None = None,
        lane_rows: int = LANE_ROWS,
        kernels: Pilots | None = None,
    ) -> None:
        self.descent = descent
        self.threads = threads
        rows = descent.rows
        self._kernels = kernels
        if kernels is not None:
            kernels.awaited(descent)  # whether it pays is seen by all runs together
        self._slices = [slice(at, min(at + lane_rows, rows)) for at in range(0, rows, lane_rows)]
        share = budget // len(self._slices)
        self._lanes = [
            Lane(replace(descent, starts=descent.starts[part]), share, threads, kernels)
            for part in self._slices
        ]

    @property
    def counter(self) -> Counter | None:
        """What counts runs into pixels more quickly; None where there isn't any (yet)."""
        kernels = self._kernels
        return None if kernels is None or self.rows < _MANY else kernels.counter()

    @property
    def rows(self) -> int:
        """How many runs there are."""
        return self.descent.rows

    @property
    def steps(self) -> int:
        """The number of the last step."""
        return self.descent.steps

    @property
    def settled(self) -> int | None:
        """The step after which no run moves any more; None while it isn't known."""
        ends = [lane.settled for lane in self._lanes]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else None

    @property
    def every(self) -> int:
        """Every so many steps, one is kept."""
        return max(lane.every for lane in self._lanes)

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(lane.size for lane in self._lanes)

    @property
    def kept(self) -> str:
        """What is kept of its past, in a sentence."""
        size = format_number(round(self.size / _MEGABYTE, 1))
        return (
            f"Of {self.rows:,} runs, every {ordinal(self.every)} step is kept, "
            f"the steps between are computed again; {size} MB."
        )

    def reach(self, step: int) -> Iterator[None]:
        """Come to a step, in parts of a few milliseconds each; None after each of them.

        Leaving off between two parts does no harm.
        """
        for lane in self._lanes:
            yield from lane.reach(min(max(step, 0), self.steps))

    def parts(self) -> Iterator[tuple[FloatArray, NDArray[np.uint8]]]:
        """Yield the runs where they are, some at a time: params (d, m) and outcomes (m,).

        The arrays are overwritten when there are others.
        """
        for lane in self._lanes:
            yield lane.params(), lane.outcome

    def places(self) -> Iterator[tuple[FloatArray, NDArray[np.bool_] | None]]:
        """Yield where the runs are, uncopied; see `Lane.places`."""
        for lane in self._lanes:
            yield from lane.places()

    def counts(self) -> SwarmCounts:
        """Count how far the runs have come."""
        return SwarmCounts.summed([lane.counts() for lane in self._lanes])

    def frame(self, step: int) -> SwarmFrame:
        """Return all runs at a step."""
        for _ in self.reach(step):
            pass
        params = np.empty((self.descent.starts.shape[1], self.rows))
        outcome = np.empty(self.rows, dtype=np.uint8)
        for part, (some, ends) in zip(self._slices, self.parts(), strict=True):
            params[:, part], outcome[part] = some, ends
        return SwarmFrame(min(max(step, 0), self.steps), params, outcome, self.counts())
