"""What gdviz, as a library, computes from everywhere at once, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from gdviz.engine import Descent
from gdviz.engine.basins import BasinMap, Rest, basin_map
from gdviz.engine.swarm import Swarm
from gdviz.engine.sweep import Sweep, SweepMap, axis_of, sweep_map, sweepable, usual_range
from gdviz.errors import UserError
from gdviz.landscapes import Domain, FloatArray, Landscape
from gdviz.optimizers import CONSTANT, Optimizer, Schedule

__all__ = ["basins", "swarm", "sweep"]

_RATE = "learning_rate"
_COUNTS = {1: (257,), 2: (129, 129)}


def basins(
    landscape: Landscape,
    optimizer: Optimizer,
    *,
    domain: Domain | Sequence[Sequence[float]] | None = None,
    shape: tuple[int, int] = (201, 201),
    steps: int = 1000,
    schedule: Schedule = CONSTANT,
    known: Sequence[Rest] = (),
) -> BasinMap:
    """Find out where an optimizer leads from everywhere.

    Parameters
    ----------
    landscape : Landscape
        Of one or two parameters.
    optimizer : Optimizer
    domain : Domain or sequence of (low, high), optional
        The box, one interval for each parameter; all of the landscape's if left out.
    shape : (int, int)
        Rows and columns: runs start at the centers of so many cells.
    steps : int
        How many each run takes at most.
    schedule : Schedule
    known : sequence of Rest
        The places of another map, to number places as it does: `other.rests`.

    Returns
    -------
    BasinMap
        ``basin`` (rows, columns) are places in ``rests``, or numbers below 0 where runs come
        to rest nowhere; ``step`` (rows, columns) tells after how many steps.

    Raises
    ------
    UserError
        If the optimizer can't follow the schedule, or the box is none.

    Examples
    --------
    >>> import gdviz
    >>> himmelblau = gdviz.landscape("himmelblau")
    >>> descent = gdviz.optimizer("gd", learning_rate=0.01)
    >>> found = gdviz.basins(himmelblau, descent, shape=(20, 20))
    >>> [rest.title for rest in found.rests][0]
    'the minimum (3, 2)'
    >>> found.basin.shape
    (20, 20)
    """
    box = landscape.domain if domain is None else domain
    if not isinstance(box, Domain):
        box = Domain.of(*box)
    if len(box.intervals) != landscape.dimension:
        raise UserError(
            f"a box of {landscape.name} has an interval for each of "
            f"{', '.join(landscape.parameters)}, got {len(box.intervals)}"
        )
    if min(shape) < 1:
        raise UserError(f"a map has at least one row and one column, got {shape[0]} x {shape[1]}")
    return basin_map(landscape, optimizer, box, shape, steps=steps, schedule=schedule, known=known)


def swarm(
    landscape: Landscape,
    optimizer: Optimizer,
    starts: Sequence[Sequence[float]] | FloatArray,
    steps: int = 200,
    *,
    schedule: Schedule = CONSTANT,
) -> Swarm:
    """Make a swarm: very many runs whose every step can be looked at, in bounded memory.

    Parameters
    ----------
    landscape : Landscape
    optimizer : Optimizer
    starts : array_like, shape (n, d)
        With one parameter, (n,) will do.
    steps : int
    schedule : Schedule

    Returns
    -------
    Swarm
        Nothing is computed before ``frame(step)`` is asked for: its ``params`` (d, n) are where
        all runs are at that step, its ``outcome`` (n,) how they ended, as places in
        `gdviz.engine.bulk.CODES`, its ``counts`` how many did so.

    Raises
    ------
    UserError
        If starts, steps or schedule are not what runs can have.

    Examples
    --------
    >>> import gdviz
    >>> import numpy as np
    >>> starts = np.random.default_rng(0).uniform(-4.0, 4.0, (1000, 2))
    >>> made = gdviz.swarm(gdviz.landscape("valley"), gdviz.optimizer("gd"), starts)
    >>> made.frame(20).params.shape
    (2, 1000)
    """
    several = np.asarray(starts, dtype=np.float64)
    if several.ndim == 1 and landscape.dimension == 1:
        several = several[:, np.newaxis]
    return Swarm(Descent.of(landscape, optimizer, several, steps, schedule=schedule))


def sweep(
    landscape: Landscape,
    optimizer: Optimizer,
    start: Sequence[float] | float,
    ranges: Mapping[str, tuple[float, float]] | None = None,
    *,
    counts: Sequence[int] | None = None,
    steps: int = 200,
    measure: str = "loss",
    schedule: Schedule = CONSTANT,
) -> SweepMap:
    """Find out what becomes of a run over a range of one or two hyperparameters.

    Parameters
    ----------
    landscape : Landscape
    optimizer : Optimizer
        Whose other hyperparameters hold for all runs.
    start : tuple of float
    ranges : mapping of str to (float, float), optional
        Names, and the ends of what is swept; the learning rate over a range that suits the
        landscape, if left out.
    counts : sequence of int, optional
        How many values along each; 257, or 129 along each of two.
    steps : int
        How many each run takes.
    measure : str
        What ``values`` and ``best`` are told by: ``"loss"`` or ``"steps"`` to converge.
    schedule : Schedule

    Returns
    -------
    SweepMap
        ``axes``, and ``loss``, ``step`` and ``outcome`` with the second axis first; ``best``,
        and the ``bounds`` that theory knows.

    Raises
    ------
    UserError
        If the optimizer has no such number, or a range is not what it may be.

    Examples
    --------
    >>> import gdviz
    >>> valley, descent = gdviz.landscape("valley"), gdviz.optimizer("gd")
    >>> found = gdviz.sweep(valley, descent, (-3, 4), {"learning_rate": (0.01, 1.0)})
    >>> found.loss.shape
    (257,)
    >>> float(found.bounds.bound[0, 0])  # 2/4, as the larger curvature is 4
    0.5
    """
    at = tuple(np.atleast_1d(np.asarray(start, dtype=np.float64)).tolist())
    wanted = dict(ranges) if ranges else {}
    if not wanted:
        names = [one.name for one in sweepable(optimizer)]
        if _RATE not in names:
            raise UserError(f"'{optimizer.key}' has no learning rate; say what is to be swept")
        wanted[_RATE] = usual_range(landscape, optimizer, _RATE, at)
    if len(wanted) > 2:
        raise UserError(f"one or two hyperparameters are swept, got {', '.join(wanted)}")
    if measure not in ("loss", "steps"):
        raise UserError(f"a sweep is measured by loss or steps, not by '{measure}'")
    sizes = _COUNTS[len(wanted)] if counts is None else tuple(counts)
    if len(sizes) != len(wanted) or min(sizes) < 2:
        raise UserError(
            f"a count of at least 2 belongs to each of {', '.join(wanted)}, got {sizes}"
        )
    axes = tuple(
        axis_of(optimizer, name, low, high, count)
        for (name, (low, high)), count in zip(wanted.items(), sizes, strict=True)
    )
    return sweep_map(Sweep(landscape, optimizer, at, axes, measure, steps, schedule))
