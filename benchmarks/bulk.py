"""Very many starts for their ends alone: the engine beside NumPy, C, torch and JAX."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.agreement import agreed
from benchmarks.c_loop import CLoops, c_loops
from benchmarks.numpy_loop import RATES, Begin, Loop, numpy_loop
from benchmarks.other_pythons import Framework, frameworks
from benchmarks.tables import Samples, Subject, Table, interleaved
from gdviz.engine import Descent
from gdviz.engine.bulk import Bulk
from gdviz.engine.bulk.bulk import cores
from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.engine.compiled.pilot import CompiledPilot
from gdviz.landscapes import FloatArray, preset
from gdviz.optimizers import optimizer

__all__ = ["NO_COMPILER", "NO_KERNELS", "compiled_for", "figure"]

NO_COMPILER = "No C compiler (cc) was found: the loop in C is left out."
NO_KERNELS = "Numba is missing or compiling took too long: compiled kernels are left out."

_PATIENCE = 120.0


def figure(
    runs: int,
    rows: int = 100_000,
    steps: int = 480,
    cache: KernelCache | None = None,
    names: tuple[str, ...] = tuple(RATES),
) -> list[Table]:
    """Measure gradient descent and Adam on Rosenbrock; all subjects end at the same places.

    Parameters
    ----------
    runs : int
    rows, steps : int
        How many starts there are, and how many steps each takes.
    cache : KernelCache, optional
        The user's own if left out.
    names : tuple of str
        Of the optimizers.

    Raises
    ------
    RuntimeError
        If a subject ends elsewhere.
    """
    starts = np.random.default_rng(0).uniform(-1.0, 1.0, (rows, 2))
    tables = []
    with tempfile.TemporaryDirectory() as folder, Kernels(cache) as kernels:
        loops = c_loops(Path(folder))
        with frameworks(starts.T, steps, Path(folder)) as (others, note):
            for name in names:
                rate = RATES[name]
                descent = Descent.of(
                    preset("rosenbrock").build(), optimizer(name, learning_rate=rate), starts, steps
                )
                begins, notes = _ours(descent, kernels)
                begins["NumPy loop, 1 thread"] = partial(numpy_loop, name, starts, steps)
                if loops is None:
                    notes.append(NO_COMPILER)
                else:
                    begins |= _in_c(loops, name, starts, steps)
                count = rows * steps
                subjects: dict[str, Subject] = {
                    title: partial(_timed, begin, count) for title, begin in begins.items()
                }
                expected = agreed({title: begin()() for title, begin in begins.items()})
                for other in others:
                    other.seconds(name, rate)
                    agreed({"gdviz": expected, other.kind: other.ends(name)})
                    subjects[other.kind] = partial(_told, other, name, rate, count)
                title = f"{rows:,} starts on rosenbrock, {name}, {steps} steps"
                columns = interleaved(subjects, runs)
                tables.append(Table(title, columns, " ".join(filter(None, [*notes, note]))))
    return tables


def compiled_for(kernels: Kernels, descent: Descent) -> bool:
    """Wait for a descent's kernel; return whether there is one."""
    awaited = kernels.prepare(descent)
    return awaited is not None and awaited.wait(_PATIENCE)


def _ours(descent: Descent, kernels: Kernels) -> tuple[dict[str, Begin], list[str]]:
    most = _threads(cores())
    begins: dict[str, Begin] = {f"gdviz (NumPy), {most}": partial(_bulk, descent, None, None)}
    if not compiled_for(kernels, descent):
        return begins, [NO_KERNELS]
    for threads in sorted({1, cores()}):
        title = f"gdviz (compiled), {_threads(threads)}"
        begins[title] = partial(_bulk, descent, kernels, threads)
    return begins, []


def _bulk(descent: Descent, kernels: Kernels | None, threads: int | None) -> Loop:
    bulk = Bulk(descent, threads, kernels=kernels)
    if isinstance(bulk.pilot, CompiledPilot) is not (kernels is not None):
        raise RuntimeError("the kernel is not used")

    def loop() -> FloatArray:
        bulk.advance(descent.steps)
        return bulk.params()

    return loop


def _in_c(loops: CLoops, name: str, starts: FloatArray, steps: int) -> dict[str, Begin]:
    def begin(threads: int) -> Loop:
        ends = starts.T.copy()

        def loop() -> FloatArray:
            loops(name, ends, steps, RATES[name], threads)
            return ends

        return loop

    return {f"C, {_threads(threads)}": partial(begin, threads) for threads in sorted({1, cores()})}


def _timed(begin: Begin, count: int) -> Samples:
    loop = begin()
    before = time.perf_counter()
    loop()
    return {"million start-steps/s": [count / (time.perf_counter() - before) / 1e6]}


def _told(other: Framework, name: str, rate: float, count: int) -> Samples:
    return {"million start-steps/s": [count / other.seconds(name, rate) / 1e6]}


def _threads(count: int) -> str:
    return f"{count} thread{'' if count == 1 else 's'}"
