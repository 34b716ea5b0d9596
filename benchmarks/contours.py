"""A contour map of 512 × 512 samples against evaluating and contouring alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import contourpy
import numpy as np

from benchmarks.tables import Samples, Table, interleaved
from gdviz.engine import contour_map
from gdviz.landscapes import preset

__all__ = ["figure"]

_SIDE = 512
_LEVELS = 20


def figure(runs: int, side: int = _SIDE) -> list[Table]:
    """Measure both landscapes of two parameters that gdviz brings along."""
    tables = []
    for place in ("valley", "regression"):
        landscape = preset(place).build()
        domain = landscape.domain

        def ours() -> object:
            return contour_map(landscape, domain, (side, side))  # noqa: B023 -- called at once

        levels = [line.level for line in contour_map(landscape, domain, (side, side)).lines]

        def bare() -> object:
            axes = [np.linspace(*interval, side) for interval in domain]  # noqa: B023
            x, y = np.meshgrid(*axes)
            loss = landscape.loss_at(x, y)  # noqa: B023
            lines = contourpy.contour_generator(x, y, loss, name="serial").lines
            return [lines(level) for level in levels]  # noqa: B023

        subjects = {
            "gdviz": partial(_timed, ours),
            "NumPy + contourpy": partial(_timed, bare),
        }
        columns = interleaved(subjects, 4 * runs)
        tables.append(Table(f"contour map {side}², {len(levels)} levels, {place}", columns))
    return tables


def _timed(work: Callable[[], object]) -> Samples:
    before = time.perf_counter()
    work()
    return {"sample and contour, ms": [1000.0 * (time.perf_counter() - before)]}
