"""Many starts at once, as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdviz.errors import UserError
from gdviz.experiment.run_list import MOST_RUNS
from gdviz.experiment.starts import (
    RING_RADIUS,
    Start,
    grid_starts,
    random_starts,
    ring_starts,
)
from gdviz.landscapes import Domain

__all__ = ["ManyStarts", "StartsKind"]

StartsKind = Literal["grid", "ring", "random"]


@dataclass(frozen=True)
class ManyStarts:
    """Where runs are to start, and whether those that there are stay.

    Attributes
    ----------
    kind : str
        ``"grid"``, ``"ring"`` or ``"random"``.
    columns, rows : int
        Of a grid; with one parameter it has columns only.
    count : int
        Of a ring, or at random.
    radius : float
        Of a ring, as a share of the domain's width along each parameter.
    seed : int
        Of random starts.
    keep : bool
        Whether the runs that there are stay in the list.
    """

    kind: StartsKind = "grid"
    columns: int = 5
    rows: int = 4
    count: int = 12
    radius: float = RING_RADIUS
    seed: int = 0
    keep: bool = True

    def number(self, dimension: int) -> int:
        """Return how many starts these are on a landscape of so many parameters."""
        if self.kind == "grid":
            return self.columns * (self.rows if dimension > 1 else 1)
        return self.count

    def total(self, dimension: int, present: int) -> int:
        """Return how many runs the list holds then.

        Parameters
        ----------
        dimension : int
            Of the landscape.
        present : int
            How many runs it holds now.

        Raises
        ------
        UserError
            If these are more than it holds.
        """
        count = self.number(dimension) + (present if self.keep else 0)
        if count > MOST_RUNS:
            raise UserError(f"{count:,} runs are too many for the list; it holds {MOST_RUNS:,}")
        return count

    def starts(self, domain: Domain) -> list[Start]:
        """Return the starts in a domain; a ring is laid around its center.

        Raises
        ------
        UserError
            If a ring is wanted with one parameter only.
        """
        if self.kind == "grid":
            return grid_starts(domain, (self.columns, self.rows)[: len(domain.intervals)])
        if self.kind == "ring":
            return ring_starts(domain.center, domain, self.radius, self.count)
        return random_starts(domain, self.count, np.random.default_rng(self.seed))
