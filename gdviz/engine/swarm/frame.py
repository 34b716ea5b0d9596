"""A swarm at one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk import CODES
from gdviz.engine.outcome import Outcome
from gdviz.landscapes import FloatArray

__all__ = ["SwarmCounts", "SwarmFrame", "drawn_of"]


@dataclass(frozen=True)
class SwarmCounts:
    """How many runs of a swarm have come how far at a step.

    Attributes
    ----------
    going : int
        That go on.
    converged, last_step, diverged, left, undefined : int
        That have ended so; ends are noticed at every 16th step, and at the last one.
    """

    going: int
    converged: int = 0
    last_step: int = 0
    diverged: int = 0
    left: int = 0
    undefined: int = 0

    @classmethod
    def of(cls, outcome: NDArray[np.uint8]) -> SwarmCounts:
        """Count outcomes, places in `gdviz.engine.bulk.CODES`, shape (n,)."""
        counts = np.bincount(outcome, minlength=len(CODES)).tolist()
        told = dict(zip(CODES, counts, strict=True))
        return cls(
            told[Outcome.RUNNING],
            told[Outcome.CONVERGED],
            told[Outcome.LAST_STEP],
            told[Outcome.DIVERGED],
            told[Outcome.LEFT_DOMAIN],
            told[Outcome.UNDEFINED],
        )

    @classmethod
    def summed(cls, some: Sequence[SwarmCounts]) -> SwarmCounts:
        """Add up the counts of several parts."""
        return cls(*(sum(numbers) for numbers in zip(*map(astuple, some), strict=True)))

    @property
    def total(self) -> int:
        """All runs, n."""
        return self.going + self.ended

    @property
    def ended(self) -> int:
        """Those that don't go on."""
        return self.converged + self.last_step + self.diverged + self.left + self.undefined


@dataclass(frozen=True, eq=False)
class SwarmFrame:
    """Where all runs of a swarm are at a step.

    Attributes
    ----------
    step : int
    params : ndarray, shape (d, n)
        Of a run that has ended, where it did.
    outcome : ndarray of uint8, shape (n,)
        Places in `gdviz.engine.bulk.CODES`; 0 while a run goes on.
    counts : SwarmCounts
    """

    step: int
    params: FloatArray
    outcome: NDArray[np.uint8]
    counts: SwarmCounts

    @property
    def drawn(self) -> NDArray[np.bool_]:
        """Which runs are drawn, shape (n,); see `drawn_of`."""
        return drawn_of(self.outcome)


def drawn_of(outcome: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which runs are drawn, by their outcomes: all but those that diverged or broke off."""
    diverged, undefined = CODES.index(Outcome.DIVERGED), CODES.index(Outcome.UNDEFINED)
    return np.asarray((outcome != diverged) & (outcome != undefined))
