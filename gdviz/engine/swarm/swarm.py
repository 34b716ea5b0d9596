"""A swarm of runs whose every step can be looked at, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from gdviz.engine.bulk import Bulk
from gdviz.engine.descent import Descent
from gdviz.engine.swarm.frame import SwarmCounts, SwarmFrame
from gdviz.engine.swarm.keyframes import Keyframes
from gdviz.landscapes import FloatArray

__all__ = ["BUDGET", "MOST_SWARM_STEPS", "Swarm"]

BUDGET = 256_000_000
"""How many bytes are kept of a swarm's past."""
MOST_SWARM_STEPS = 100_000
"""How far a swarm descends at most: as many steps as the playhead has records."""
_START_STEPS_AT_ONCE = 4_000_000


class Swarm:
    """The runs of a descent, at whatever step one asks for.

    They are computed in flight. Some steps are kept whole; from the nearest earlier one, those
    between are computed again, to the same bits.

    Parameters
    ----------
    descent : Descent
        Without noise.
    budget : int
        How many bytes may be kept.
    threads : int, optional
        As many as there are cores if left out.
    """

    def __init__(self, descent: Descent, budget: int = BUDGET, threads: int | None = None) -> None:
        self._bulk = Bulk(descent, threads)
        self._keyframes = Keyframes(budget)
        self._keyframes.offer(self._bulk)
        self._params: FloatArray = np.empty((descent.starts.shape[1], descent.rows))
        self._filled = -1
        self._counted: tuple[int, SwarmCounts] | None = None
        self._settled: int | None = None

    @property
    def descent(self) -> Descent:
        """What is computed."""
        return self._bulk.descent

    @property
    def rows(self) -> int:
        """How many runs there are."""
        return self._bulk.descent.rows

    @property
    def steps(self) -> int:
        """The number of the last step."""
        return self._bulk.descent.steps

    @property
    def settled(self) -> int | None:
        """The step after which no run moves any more; None while it isn't known."""
        return self._settled

    @property
    def kept(self) -> str:
        """What is kept of its past, in a sentence."""
        return self._keyframes.sentence(self.rows)

    def reach(self, step: int) -> Iterator[None]:
        """Come to a step, in parts of a few milliseconds each; None after each of them.

        Leaving off between two parts does no harm.
        """
        bulk = self._bulk
        wanted = min(max(step, 0), self.steps)
        self._keyframes.rewind(bulk, wanted)
        most = max(_START_STEPS_AT_ONCE // max(self.rows, 1), 1)
        while bulk.step < wanted:
            ahead = min(wanted, self._keyframes.next_after(bulk.step), bulk.step + most)
            if not bulk.open:
                ahead = wanted
            bulk.advance(ahead - bulk.step)
            self._keyframes.offer(bulk)
            if not bulk.open and self._settled is None:
                self._settled = int(bulk.arrivals.step.max(initial=0))
            yield None

    def frame(self, step: int) -> SwarmFrame:
        """Return the runs at a step; the arrays are overwritten when another one is asked for."""
        for _ in self.reach(step):
            pass
        bulk = self._bulk
        if self._filled != bulk.step:
            bulk.params(out=self._params)
            self._filled = bulk.step
        return SwarmFrame(bulk.step, self._params, bulk.arrivals.outcome, self._counts())

    def _counts(self) -> SwarmCounts:
        # Ends only add up: as many rows in flight are the same rows, hence the same counts.
        going = self._bulk.open
        if self._counted is None or self._counted[0] != going:
            self._counted = (going, SwarmCounts.of(self._bulk.arrivals.outcome))
        return self._counted[1]
