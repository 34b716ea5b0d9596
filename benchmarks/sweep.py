"""A map of learning rates and momenta."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.bulk import NO_KERNELS, compiled_for
from benchmarks.tables import Samples, Table, interleaved
from gdviz.engine import Descent
from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.engine.sweep import Sweep
from gdviz.experiment import Experiment, open_experiment
from gdviz.experiment.sweeping import sweep_of
from gdviz.experiment.whole_plane import SweepRange, SweepSpec
from gdviz.optimizers import optimizer, with_hyperparameters

__all__ = ["figure", "swept"]

RANGES = (SweepRange("learning_rate", 0.001, 0.6), SweepRange("momentum", 0.0, 0.99))


def swept(steps: int = 200) -> Experiment:
    """Return the valley with a sweep of momentum's learning rate and momentum."""
    valley = open_experiment("valley")
    run = replace(valley.current, optimizer=optimizer("momentum", learning_rate=0.05))
    plane = replace(valley.plane, sweep=SweepSpec(RANGES, steps=steps))
    return replace(valley, runs=(run,), draft=run, plane=plane)


def figure(runs: int, steps: int = 200, cache: KernelCache | None = None) -> list[Table]:
    """Measure a sweep of two hyperparameters on the valley.

    Parameters
    ----------
    runs : int
    steps : int
        How many each run takes.
    cache : KernelCache, optional
        The user's own if left out.
    """
    sweep = sweep_of(swept(steps))
    with Kernels(cache) as kernels:
        ways: dict[str, Kernels | None] = {"gdviz (NumPy)": None}
        if compiled_for(kernels, _descent(sweep)):
            ways["gdviz (compiled)"] = kernels
        subjects = {title: partial(_timed, sweep, way) for title, way in ways.items()}
        columns = interleaved(subjects, runs)
    note = "" if len(ways) > 1 else NO_KERNELS
    shape = "×".join(str(axis.values.size) for axis in sweep.axes)
    return [Table(f"sweep, {shape} runs of {steps} steps on the valley", columns, note)]


def _descent(sweep: Sweep) -> Descent:
    """Return two of its runs: they have the kernel of all."""
    columns = {axis.name: np.reshape(axis.values[:2], (2, 1)) for axis in sweep.axes}
    rule = with_hyperparameters(sweep.optimizer, **columns)
    return Descent.of(sweep.landscape, rule, [sweep.start] * 2, sweep.steps)


def _timed(sweep: Sweep, kernels: Kernels | None) -> Samples:
    begun = time.perf_counter()
    first = 0.0
    for found in sweep.maps(kernels=kernels):
        if found is not None:
            first = first or time.perf_counter() - begun
    seconds = time.perf_counter() - begun
    return {"to the end, ms": [1000.0 * seconds], "to the first picture, ms": [1000.0 * first]}
