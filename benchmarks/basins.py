"""A basin map from the first pixel to the last."""

from __future__ import annotations

import time
from functools import partial

import numpy as np

from benchmarks.bulk import NO_KERNELS, compiled_for
from benchmarks.tables import Samples, Table, interleaved
from gdviz.engine import Descent
from gdviz.engine.basins import BasinMap, basin_maps
from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer

__all__ = ["figure"]

_RATE = 0.01
_STEPS = 5000  # all converge long before


def figure(runs: int, side: int = 512, cache: KernelCache | None = None) -> list[Table]:
    """Measure the map of gradient descent on Himmelblau, every pixel until it converges.

    Parameters
    ----------
    runs : int
    side : int
        How many pixels the map is wide and high.
    cache : KernelCache, optional
        The user's own if left out.

    Raises
    ------
    RuntimeError
        If a pixel doesn't converge, or kernels find another map.
    """
    landscape, rule = preset("himmelblau").build(), optimizer("gd", learning_rate=_RATE)
    with Kernels(cache) as kernels:
        ways: dict[str, Kernels | None] = {"gdviz (NumPy)": None}
        if compiled_for(kernels, Descent.of(landscape, rule, [(0.0, 0.0)], _STEPS)):
            ways["gdviz (compiled)"] = kernels
        maps = {title: _made(side, way)[1] for title, way in ways.items()}
        _check(list(maps.values()))
        subjects = {title: partial(_timed, side, way) for title, way in ways.items()}
        columns = interleaved(subjects, runs)
    note = "" if len(ways) > 1 else NO_KERNELS
    return [Table(f"basin map, himmelblau, {side}×{side}, gd", columns, note)]


def _made(side: int, kernels: Kernels | None) -> tuple[Samples, BasinMap]:
    landscape, rule = preset("himmelblau").build(), optimizer("gd", learning_rate=_RATE)
    begun = time.perf_counter()
    first, newest = 0.0, None
    for found in basin_maps(
        landscape, rule, landscape.domain, (side, side), steps=_STEPS, kernels=kernels
    ):
        if found is not None:
            first = first or time.perf_counter() - begun
            newest = found
    seconds = time.perf_counter() - begun
    assert newest is not None
    return {"to the end, s": [seconds], "to the first picture, ms": [1000.0 * first]}, newest


def _timed(side: int, kernels: Kernels | None) -> Samples:
    return _made(side, kernels)[0]


def _check(maps: list[BasinMap]) -> None:
    for made in maps:
        if not (made.complete and np.all(made.basin >= 0)):
            raise RuntimeError("not every pixel converges")
        if not (np.array_equal(made.basin, maps[0].basin) and made.rests == maps[0].rests):
            raise RuntimeError("kernels find another map")
