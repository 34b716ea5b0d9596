"""For every pixel of a box: where a run from its center comes to rest, and how soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import Domain, FloatArray
from gdviz.numbers import format_number, format_point

__all__ = [
    "DIVERGED",
    "NOWHERE",
    "PENDING",
    "UNDEFINED",
    "BasinMap",
    "Rest",
    "RestKind",
]

RestKind = Literal["minimum", "saddle", "flat"]

DIVERGED, NOWHERE, UNDEFINED, PENDING = -1, -2, -3, -4
"""What `BasinMap.basin` holds where a run comes to rest at no place: it grows beyond all
bounds; it still moves at its last step; it meets a gap, a pole or a kink, or leaves the
domain; it isn't computed yet."""


@dataclass(frozen=True)
class Rest:
    """A place where runs come to rest.

    Attributes
    ----------
    point : tuple of float
        A known minimum, or the lowest of the ends of the runs that come to rest here.
    loss : float
    kind : str
        ``"minimum"``; ``"saddle"``, if the landscape curves down from there; ``"flat"``, if
        it is a valley's floor or a plateau, all along which runs come to rest.
    known : bool
        Whether it is one of the landscape's known global minima.
    """

    point: tuple[float, ...]
    loss: float
    kind: RestKind = "minimum"
    known: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        if self.kind == "saddle":
            return f"the saddle {format_point(self.point)}"
        if self.kind == "flat":
            return f"flat ground around {format_point(self.point)}"
        return f"the minimum {format_point(self.point)}"


@dataclass(frozen=True, eq=False)
class BasinMap:
    """Where runs from the centers of a box's pixels come to rest; arrays are read-only.

    Attributes
    ----------
    domain : Domain
        The box; of one or two parameters.
    x : ndarray, shape (nx,)
        The first parameter at the centers of the columns.
    y : ndarray, shape (ny,)
        The second one at the centers of the rows, ascending; with one parameter, a 0.
    basin : ndarray of int16, shape (ny, nx)
        The place in `rests`; or one of `DIVERGED`, `NOWHERE`, `UNDEFINED`, `PENDING`.
    step : ndarray of int64, shape (ny, nx)
        The step at which it happened.
    rests : tuple of Rest
    pixel : int
        How many columns and rows stand for one that is computed; 1 in the end.
    complete : bool
        Whether nothing is missing.
    """

    domain: Domain
    x: FloatArray
    y: FloatArray
    basin: NDArray[np.int16]
    step: NDArray[np.int64]
    rests: tuple[Rest, ...]
    pixel: int = 1
    complete: bool = True

    def __post_init__(self) -> None:
        for array in (self.x, self.y, self.basin, self.step):
            array.flags.writeable = False

    def place_of(self, point: Sequence[float]) -> tuple[int, int] | None:
        """Return row and column of the pixel that a point lies in; None beyond the box."""
        found = []
        for value, (low, high), count in zip(point, self.domain, self.shape[::-1], strict=False):
            if not low <= value <= high:
                return None
            found.append(min(int((value - low) / (high - low) * count), count - 1))
        return (found[1], found[0]) if len(found) > 1 else (0, found[0])

    def start_of(self, row: int, column: int) -> tuple[float, ...]:
        """Return the center of a pixel: where its run starts."""
        x, y = float(self.x[column]), float(self.y[row])
        return (x, y) if len(self.domain.intervals) > 1 else (x,)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return self.basin.shape[0], self.basin.shape[1]

    @property
    def shares(self) -> tuple[float, ...]:
        """Which part of the box each of the rests takes."""
        counts = np.bincount(self.basin[self.basin >= 0], minlength=len(self.rests))
        return tuple((counts / self.basin.size).tolist())

    def share_of(self, code: int) -> float:
        """Return which part of the box has one of the codes below 0."""
        return float(np.mean(self.basin == code))

    def sentence(self, row: int, column: int) -> str:
        """Say what becomes of a run from a pixel's center."""
        start = format_point(self.start_of(row, column))
        code, step = int(self.basin[row, column]), int(self.step[row, column])
        if code == PENDING:
            return f"From {start}: not computed yet"
        if code == DIVERGED:
            return f"From {start}: diverges at step {step:,}"
        if code == NOWHERE:
            return f"From {start}: still on its way after {step:,} steps"
        if code == UNDEFINED:
            return f"From {start}: ends at step {step:,} where the loss has no slope to follow"
        rest = self.rests[code]
        return (
            f"From {start}: reaches {rest.title} with loss {format_number(rest.loss)} "
            f"after {step:,} steps"
        )
