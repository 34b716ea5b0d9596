"""Computing basin maps, from coarse to fine."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.basins.basin_map import (
    DIVERGED,
    NOWHERE,
    PENDING,
    UNDEFINED,
    BasinMap,
    Rest,
)
from gdviz.engine.basins.rests import gathered
from gdviz.engine.bulk import CHUNK, Bulk, code_of
from gdviz.engine.bulk.pilot import Pilots
from gdviz.engine.descent import Descent
from gdviz.engine.outcome import Outcome
from gdviz.landscapes import Domain, FloatArray, Landscape
from gdviz.optimizers import CONSTANT, Optimizer, Schedule

__all__ = ["basin_map", "basin_maps", "pixel_centers"]

_PIXELS = (16, 8, 4, 2, 1)
_LEAST = 500  # a picture of fewer pixels tells nothing
_PATIENCE = 0.012
_BETWEEN = 0.15
_CODES = {
    Outcome.DIVERGED: DIVERGED,
    Outcome.LAST_STEP: NOWHERE,
    Outcome.LEFT_DOMAIN: UNDEFINED,
    Outcome.UNDEFINED: UNDEFINED,
}


def pixel_centers(domain: Domain, shape: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    """Return the centers of the columns and of the rows of a box that is cut into pixels.

    Parameters
    ----------
    domain : Domain
    shape : (int, int)
        Rows and columns; with one parameter there is one row, at 0.
    """
    axes = []
    for (low, high), count in zip(domain, shape[::-1], strict=False):
        axes.append(low + (high - low) * ((np.arange(count) + 0.5) / count))
    if len(axes) == 1:
        axes.append(np.zeros(1))
    return axes[0], axes[1]


def basin_map(
    landscape: Landscape,
    optimizer: Optimizer,
    domain: Domain,
    shape: tuple[int, int],
    *,
    steps: int = 1000,
    schedule: Schedule = CONSTANT,
    known: Sequence[Rest] = (),
    kernels: Pilots | None = None,
) -> BasinMap:
    """Return the whole map at once; see `basin_maps`."""
    made = None
    for found in basin_maps(
        landscape,
        optimizer,
        domain,
        shape,
        steps=steps,
        schedule=schedule,
        known=known,
        kernels=kernels,
    ):
        made = found or made
    assert made is not None
    return made


def basin_maps(
    landscape: Landscape,
    optimizer: Optimizer,
    domain: Domain,
    shape: tuple[int, int],
    *,
    steps: int = 1000,
    schedule: Schedule = CONSTANT,
    known: Sequence[Rest] = (),
    kernels: Pilots | None = None,
) -> Iterator[BasinMap | None]:
    """Find out where runs from all pixels of a box come to rest.

    Parameters
    ----------
    landscape : Landscape
    optimizer : Optimizer
    domain : Domain
        The box.
    shape : (int, int)
        Rows and columns.
    steps : int
        How many steps each run takes at most.
    schedule : Schedule
    known : sequence of Rest
        Places that were found before; they keep their numbers.
    kernels : Pilots, optional
        Where compiled kernels come from; NumPy computes all if left out.

    Yields
    ------
    BasinMap or None
        First a coarse one, then finer ones in which pixels that aren't computed yet have
        their neighbors' values, at last the complete one; None in between, every few
        milliseconds, for whoever may want to stop.

    Raises
    ------
    UserError
        As `gdviz.engine.Descent.of` does.
    """
    canvas = _Canvas(landscape, domain, shape, tuple(known))
    for pixel in _PIXELS:
        rows, columns = canvas.missing(pixel)
        if not rows.size or (pixel > 1 and canvas.computed(pixel) < _LEAST):
            continue
        starts = canvas.starts(rows, columns)
        inside = _within(landscape, starts)
        canvas.put_outside(rows[~inside], columns[~inside])
        rows, columns, starts = rows[inside], columns[inside], starts[inside]
        if rows.size:
            bulk = Bulk(
                Descent.of(landscape, optimizer, starts, steps, schedule=schedule), kernels=kernels
            )
            yield from _advanced(bulk, canvas, rows, columns)
        canvas.finish(pixel)
        yield canvas.map()


def _advanced(
    bulk: Bulk,
    canvas: _Canvas,
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
) -> Iterator[BasinMap | None]:
    """Run all starts to their ends, in rounds of a few milliseconds."""
    steps, shown = CHUNK, time.monotonic()
    while True:
        canvas.put(bulk, rows, columns)
        if not bulk.open:
            return
        begun = time.monotonic()
        if begun - shown > _BETWEEN and canvas.has_news:
            yield canvas.map()
            shown = time.monotonic()
        else:
            yield None
        begun = time.monotonic()
        bulk.advance(steps)
        took = time.monotonic() - begun
        if took < _PATIENCE:
            steps *= 2
        elif took > 3.0 * _PATIENCE:
            steps = max(steps // 2 - steps // 2 % CHUNK, CHUNK)


class _Canvas:
    """What is known of a map while it is computed."""

    def __init__(
        self,
        landscape: Landscape,
        domain: Domain,
        shape: tuple[int, int],
        known: tuple[Rest, ...],
    ) -> None:
        self._landscape = landscape
        self._domain = domain
        self._shape = shape if landscape.dimension > 1 else (1, shape[1])
        self._x, self._y = pixel_centers(domain, self._shape)
        self._rests = known
        # Outcomes below 0, and 0 for runs that have come to rest: where, `_ends` knows.
        self._code = np.full(self._shape, PENDING, dtype=np.int16)
        self._step = np.zeros(self._shape, dtype=np.int64)
        self._ends = np.empty((landscape.dimension, *self._shape))
        self._done = np.zeros(self._shape, dtype=np.bool_)
        self._pixel = _PIXELS[0]
        self.has_news = False

    def missing(self, pixel: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return rows and columns of what has to be computed for pixels of a size."""
        wanted = np.zeros(self._shape, dtype=np.bool_)
        wanted[self._places(0, pixel), self._places(1, pixel)] = True
        return np.nonzero(wanted & ~self._done)  # type: ignore[return-value]

    def computed(self, pixel: int) -> int:
        """Return how many pixels of a size the whole map has."""
        return self._done[self._places(0, pixel), self._places(1, pixel)].size

    def starts(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> FloatArray:
        """Return the centers of some pixels, shape (n, d)."""
        both = np.stack([self._x[columns], self._y[rows]], axis=1)
        return both[:, : self._landscape.dimension]

    def put_outside(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> None:
        """Note pixels beyond the landscape's limits."""
        self._code[rows, columns] = UNDEFINED
        self._done[rows, columns] = True

    def put(self, bulk: Bulk, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> None:
        """Note the runs that have ended."""
        arrived = bulk.arrivals
        ended = np.flatnonzero(arrived.outcome)
        self.has_news = bool(np.any(~self._done[rows[ended], columns[ended]]))
        if not self.has_news:
            return
        at = rows[ended], columns[ended]
        codes = np.zeros(ended.size, dtype=np.int16)
        for outcome, code in _CODES.items():
            codes[arrived.outcome[ended] == code_of(outcome)] = code
        self._code[at] = codes
        self._step[at] = arrived.step[ended]
        self._ends[:, at[0], at[1]] = arrived.params[:, ended]
        self._done[at] = True

    def finish(self, pixel: int) -> None:
        """Note that all pixels of a size are computed."""
        self._pixel = pixel

    def map(self) -> BasinMap:
        """Return the map as it is now."""
        resting = self._done & (self._code == 0)
        place, self._rests = gathered(self._landscape, self._ends[:, resting], self._rests)
        basin = self._code.copy()
        basin[resting] = place
        complete = bool(self._done.all())
        step = self._step.copy()
        if not complete:
            self._spread(basin, step)
        return BasinMap(
            self._domain,
            self._x,
            self._y,
            basin,
            step,
            self._rests,
            1 if complete else self._pixel,
            complete,
        )

    def _spread(self, basin: NDArray[np.int16], step: NDArray[np.int64]) -> None:
        """Give pixels that aren't computed the values of those that stand for them."""
        pixel = self._pixel
        nearest = [
            np.minimum(np.arange(count) // pixel * pixel + pixel // 2, self._last(axis, pixel))
            for axis, count in enumerate(self._shape)
        ]
        missing = ~self._done
        for array in (basin, step):
            array[missing] = array[np.ix_(*nearest)][missing]

    def _places(self, axis: int, pixel: int) -> slice:
        """Return the columns, or rows, that are computed for pixels of a size.

        Those of large pixels are among those of smaller ones: the middle one of sixteen has
        the number 8, which is also the first of eight, of four, of two.
        """
        count = self._shape[axis]
        first = pixel // 2 if pixel // 2 < count else 0
        return slice(first, None, pixel)

    def _last(self, axis: int, pixel: int) -> int:
        places = range(self._shape[axis])[self._places(axis, pixel)]
        return places[-1]


def _within(landscape: Landscape, starts: FloatArray) -> NDArray[np.bool_]:
    limits = landscape.limits
    if limits is None:
        return np.ones(len(starts), dtype=np.bool_)
    return np.asarray(np.all((starts >= limits.low) & (starts <= limits.high), axis=1))
