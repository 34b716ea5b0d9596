"""Formulas: evaluated against NumPy by hand, compiled, and typed until they are on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.tables import Samples, Table, interleaved
from gdviz.engine import contour_map
from gdviz.experiment import moved, open_experiment
from gdviz.formulas import compiled, parse, warm_up
from gdviz.landscapes import FloatArray
from gdviz.landscapes.formula import FormulaLandscape

__all__ = ["figure"]

_SIDE = 512
_PICTURE = (210, 330)

Hand = Callable[[FloatArray, FloatArray], FloatArray]

BY_HAND: dict[str, Hand] = {
    "4 + (x-2)^2 + 2y^2": lambda x, y: 4 + (x - 2) ** 2 + 2 * y**2,
    "(1-x)^2 + 100(y-x^2)^2": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "e^(2y) sin(x)": lambda x, y: np.exp(2 * y) * np.sin(x),
    "(x^2+y-11)^2 + (x+y^2-7)^2": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
}


def figure(runs: int, side: int = _SIDE) -> list[Table]:
    """Measure evaluation side by side, and the way from a text to its picture."""
    warm_up()
    axis = np.linspace(-3.0, 3.0, side)
    x, y = (np.ascontiguousarray(part.ravel()) for part in np.meshgrid(axis, axis))
    tables = []
    for text, hand in BY_HAND.items():
        landscape = FormulaLandscape.of(text)
        subjects = {
            "gdviz": partial(_timed, "evaluate, ms", partial(landscape.loss_at, x, y)),
            "NumPy by hand": partial(_timed, "evaluate, ms", partial(hand, x, y)),
        }
        columns = interleaved(subjects, 4 * runs)
        tables.append(Table(f"{text} at {side}² points", columns))
    return [*tables, _typed(runs)]


def _typed(runs: int) -> Table:
    """Measure what happens between the last key and the picture, without Qt."""
    samples: Samples = {"compile, ms": [], "first run and start, ms": [], "contour map, ms": []}
    before = open_experiment("valley")
    for _ in range(runs):
        for text in BY_HAND:
            compiled.cache_clear()
            began = time.perf_counter()
            compiled(parse(text))
            known = time.perf_counter()
            after = moved(before, FormulaLandscape.of(text), text)
            ready = time.perf_counter()
            contour_map(after.landscape, after.view.domain, _PICTURE)
            done = time.perf_counter()
            for name, seconds in zip(
                samples, (known - began, ready - known, done - ready), strict=True
            ):
                samples[name].append(1000.0 * seconds)
    note = "From the last key to the picture takes about their sum, and one frame."
    return Table("a typed formula", {"gdviz": samples}, note)


def _timed(name: str, work: Callable[[], object]) -> Samples:
    before = time.perf_counter()
    work()
    return {name: [1000.0 * (time.perf_counter() - before)]}
