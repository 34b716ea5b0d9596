"""Very many starts for their ends alone: the engine against NumPy, and a loop in C."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.c_loop import c_loops
from benchmarks.tables import Samples, Subject, Table, interleaved
from gdviz.engine import Descent
from gdviz.engine.bulk import Bulk
from gdviz.engine.bulk.bulk import cores
from gdviz.engine.bulk.in_place import stepping_of
from gdviz.engine.compiled.kernels import Kernels
from gdviz.landscapes import FloatArray, preset
from gdviz.optimizers import optimizer

__all__ = ["NO_COMPILER", "NO_KERNELS", "figure", "numpy_loop"]

NO_COMPILER = "No C compiler (cc) was found: the loop in C is left out."
NO_KERNELS = "Numba is missing or compiling took too long: compiled kernels are left out."

_RATES = {"gd": 1e-4, "adam": 1e-3}  # so small that no run comes to rest
_PATIENCE = 60.0

Work = Callable[[], FloatArray]


def numpy_loop(name: str, starts: FloatArray, steps: int) -> FloatArray:
    """Return the ends of a plain loop over whole columns, written by hand; shape (2, n)."""
    rate = _RATES[name]
    params = np.ascontiguousarray(starts.T)
    first, second = np.zeros_like(params), np.zeros_like(params)
    for step in range(1, steps + 1):
        x, y = params
        gap = y - x**2
        gradient = np.stack([-2.0 * (1.0 - x) - 400.0 * x * gap, 200.0 * gap])
        if name == "gd":
            params = params - rate * gradient
            continue
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        mean, square = first / (1.0 - 0.9**step), second / (1.0 - 0.999**step)
        params = params - rate * mean / (np.sqrt(square) + 1e-8)
    return params


def figure(runs: int, rows: int = 100_000, steps: int = 480) -> list[Table]:
    """Measure gradient descent and Adam on Rosenbrock; all subjects must end at the same places.

    Parameters
    ----------
    runs : int
    rows, steps : int
        How many starts there are, and how many steps each takes.

    Raises
    ------
    RuntimeError
        If a subject ends elsewhere.
    """
    starts = np.random.default_rng(0).uniform(-1.0, 1.0, (rows, 2))
    tables = []
    with tempfile.TemporaryDirectory() as folder, Kernels() as kernels:
        loops = c_loops(Path(folder))
        for name, rate in _RATES.items():
            descent = Descent.of(
                preset("rosenbrock").build(), optimizer(name, learning_rate=rate), starts, steps
            )
            works: dict[str, Work] = {
                "gdviz (NumPy)": partial(_ours, descent, None),
                "NumPy loop": partial(numpy_loop, name, starts, steps),
            }
            notes = []
            if _ready(kernels, descent):
                works["gdviz (compiled)"] = partial(_ours, descent, kernels)
            else:
                notes.append(NO_KERNELS)
            if loops is None:
                notes.append(NO_COMPILER)
            else:
                for threads in sorted({1, cores()}):
                    title = f"C, threads: {threads}"
                    works[title] = partial(loops, name, starts, steps, rate, threads)
            _agreed(works)
            subjects: dict[str, Subject] = {
                title: partial(_timed, work, rows * steps) for title, work in works.items()
            }
            title = f"{rows:,} starts on rosenbrock, {name}"
            tables.append(Table(title, interleaved(subjects, runs), " ".join(notes)))
    return tables


def _ours(descent: Descent, kernels: Kernels | None) -> FloatArray:
    bulk = Bulk(descent, kernels=kernels)
    bulk.advance(descent.steps)
    return bulk.params()


def _ready(kernels: Kernels, descent: Descent) -> bool:
    """Wait for a descent's kernel; return whether it is used."""
    awaited = kernels.prepare(descent)
    end = time.monotonic() + _PATIENCE
    while awaited is not None and not awaited.over and time.monotonic() < end:
        time.sleep(0.01)
    if awaited is None or not awaited.over:
        return False
    bulk = Bulk(descent, threads=1)
    return awaited.pilot(bulk.judge, stepping_of(descent)) is not None


def _agreed(works: dict[str, Work]) -> None:
    """Run everything once, which warms it up, and compare where it ends."""
    expected: FloatArray | None = None
    for title, work in works.items():
        ends = work()
        expected = ends if expected is None else expected
        if not np.allclose(ends, expected, rtol=1e-6, atol=1e-9):
            raise RuntimeError(f"{title} does not end where gdviz does")


def _timed(work: Work, count: int) -> Samples:
    before = time.perf_counter()
    work()
    return {"million start-steps/s": [count / (time.perf_counter() - before) / 1e6]}
