"""A hundred runs at once: computed after a click, and animated."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from benchmarks.children import platforms, subject_in_child
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import application, open_workbench, spin, spin_until
from gdviz.app.workbench import Workbench
from gdviz.experiment import Experiment, Run, open_experiment
from gdviz.optimizers import optimizer

__all__ = ["START", "SUBJECTS", "colored", "figure"]

_RATE = 0.005  # so small that a run still moves at its last step
START = (-3.0, 4.0)


def colored(runs: list[Run]) -> Experiment:
    """Return the valley with these runs, each in a color of its own."""
    told_apart = tuple(replace(run, color=number) for number, run in enumerate(runs))
    return replace(open_experiment("valley"), runs=told_apart, draft=told_apart[0])


def _spread(count: int, steps: int) -> Experiment:
    rng = np.random.default_rng(0)
    kind = optimizer("gd", learning_rate=_RATE)
    starts = rng.uniform((-3.5, -4.5), (7.5, 4.5), size=(count, 2)).tolist()
    return colored([Run(kind, tuple(start), steps) for start in starts])


def _computed(clicks: int, count: int, steps: int) -> Samples:
    """Click a start that all runs share; take the time to the last chunk of all."""
    experiment = _spread(count, steps)
    rates = np.linspace(0.001, 0.01, count).tolist()
    shared = [
        replace(run, start=START, optimizer=optimizer("gd", learning_rate=rate))
        for run, rate in zip(experiment.runs, rates, strict=True)
    ]
    workbench = open_workbench(colored(shared))
    spin_until(lambda: not workbench.conductor.computing)
    spin(0.3)
    area = workbench.screen.contour_canvas.plot_area
    taken = []
    for x in np.linspace(-2.0, 6.0, clicks).tolist():
        at = area.mapFromScene(workbench.screen.contour.box.mapViewToScene(QPointF(x, 3.0)))
        before = time.perf_counter()
        QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=at)
        spin_until(lambda: not workbench.conductor.computing)
        taken.append(1000.0 * (time.perf_counter() - before))
        spin(0.1)
    workbench.door.close_unsaved()
    return {f"click to the last chunk of {count} runs of {steps:,} steps, ms": taken}


def _animated(frames: int, count: int, steps: int) -> Samples:
    """Step through the records of many runs as fast as all views can be painted."""
    app = application()
    workbench = open_workbench(_spread(count, steps))
    spin_until(lambda: not workbench.conductor.computing)
    workbench.player.jump(0)
    spin(0.3)
    taken = _stepped(workbench, frames)
    workbench.door.close_unsaved()
    app.processEvents()
    title = f"{count} runs of {steps} steps animated"
    return {
        f"{title}, frames/s": [1000.0 / float(np.mean(taken))],
        f"{title}, mean ms a frame": [float(np.mean(taken))],
        f"{title}, 99th percentile": [float(np.percentile(taken, 99.0))],
    }


def _stepped(workbench: Workbench, frames: int) -> list[float]:
    app = application()
    taken = []
    for record in range(1, frames + 1):
        before = time.perf_counter()
        workbench.player.seek(record)
        app.processEvents()
        taken.append(1000.0 * (time.perf_counter() - before))
    return taken


def _gdviz(clicks: int, frames: int, count: int, steps: int) -> Samples:
    application()
    return {**_computed(clicks, count, 2 * steps), **_animated(frames, count, steps)}


SUBJECTS = {"gdviz": _gdviz}


def figure(runs: int, clicks: int = 10, frames: int = 400, count: int = 100) -> list[Table]:
    """Measure our window with many runs."""
    sizes = {"clicks": clicks, "frames": frames, "count": count, "steps": 500}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            measure = partial(subject_in_child, __name__, "gdviz", platform, sizes)
            columns = interleaved({"gdviz": measure}, max(runs // 2, 1))
            tables.append(Table(f"race ({name})", columns))
    return tables
