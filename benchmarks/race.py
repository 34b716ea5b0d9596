"""Many runs at once: computed after a click, following a dragged start, animated."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from benchmarks.children import platforms, subject_in_child
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import PaintWatch, application, open_workbench, spin, spin_until
from gdviz.app.workbench import Workbench
from gdviz.experiment import Experiment, Run, open_experiment
from gdviz.experiment.suggest import suggested_optimizer
from gdviz.optimizers import OPTIMIZERS, optimizer

__all__ = ["SUBJECTS", "figure"]

_RACERS = (
    *("gd", "momentum", "nesterov", "adagrad", "rmsprop"),
    *("adam", "adamw", "nadam", "radam", "lion"),
)
_RATE = 0.005  # so small that a run still moves at its last step
_START = (-3.0, 4.0)


def _with(runs: list[Run]) -> Experiment:
    colored = tuple(replace(run, color=number) for number, run in enumerate(runs))
    return replace(open_experiment("valley"), runs=colored, draft=colored[0])


def _spread(count: int, steps: int) -> Experiment:
    rng = np.random.default_rng(0)
    kind = optimizer("gd", learning_rate=_RATE)
    starts = rng.uniform((-3.5, -4.5), (7.5, 4.5), size=(count, 2)).tolist()
    return _with([Run(kind, tuple(start), steps) for start in starts])


def _computed(clicks: int, count: int, steps: int) -> Samples:
    """Click a start that all runs share; take the time to the last chunk of all."""
    experiment = _spread(count, steps)
    rates = np.linspace(0.001, 0.01, count).tolist()
    shared = [
        replace(run, start=_START, optimizer=optimizer("gd", learning_rate=rate))
        for run, rate in zip(experiment.runs, rates, strict=True)
    ]
    workbench = open_workbench(_with(shared))
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
    workbench.window.close()
    return {f"click to the last chunk of {count} runs of {steps:,} steps, ms": taken}


def _dragged(experiment: Experiment, what: str, seconds: float) -> Samples:
    """Drag the start that all runs share, 120 times a second, and count what is painted."""
    workbench = open_workbench(experiment)
    spin_until(lambda: not workbench.conductor.computing)
    spin(0.3)
    area = workbench.screen.contour_canvas.plot_area
    box = workbench.screen.contour.box
    viewport = area.viewport()

    def pixel(x: float, y: float) -> QPoint:
        at: QPoint = area.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        return at

    arrived: list[float] = []
    workbench.conductor.trajectories_changed.connect(lambda: arrived.append(time.perf_counter()))
    watch = PaintWatch(viewport)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=pixel(*_START))
    begun = time.perf_counter()
    while (now := time.perf_counter() - begun) < seconds:
        QTest.mouseMove(viewport, pixel(_START[0] + 2.0 * np.sin(3.0 * now), _START[1] - now))
        spin(1.0 / 120.0)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=pixel(*_START))
    times = np.array(watch.times)
    viewport.removeEventFilter(watch)
    workbench.window.close()
    return {
        f"{what}, paints/s": [times.size / seconds],
        f"{what}, times a second the paths follow": [len(arrived) / seconds],
        f"{what}, longest gap, ms": [float(1000.0 * np.diff(times).max(initial=0.0))],
    }


def _drag(seconds: float, steps: int) -> Samples:
    base = open_experiment("valley").landscape
    rates = [Run(optimizer("gd", learning_rate=0.002 * k), _START, steps) for k in range(1, 11)]
    racers = [
        Run(suggested_optimizer(OPTIMIZERS[key](), base, _START), _START, steps) for key in _RACERS
    ]
    samples = _dragged(_with(rates), f"dragging 10 rates × {steps} steps", seconds)
    return samples | _dragged(_with(racers), f"dragging 10 optimizers × {steps} steps", seconds)


def _animated(frames: int, count: int, steps: int) -> Samples:
    """Step through the records of many runs as fast as all views can be painted."""
    app = application()
    workbench = open_workbench(_spread(count, steps))
    spin_until(lambda: not workbench.conductor.computing)
    workbench.player.jump(0)
    spin(0.3)
    taken = _stepped(workbench, frames)
    workbench.window.close()
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


def _gdviz(clicks: int, seconds: float, frames: int, count: int, steps: int) -> Samples:
    application()
    return {
        **_computed(clicks, count, 2 * steps),
        **_drag(seconds, steps),
        **_animated(frames, count, steps),
    }


SUBJECTS = {"gdviz": _gdviz}


def figure(
    runs: int, clicks: int = 10, seconds: float = 3.0, frames: int = 400, count: int = 100
) -> list[Table]:
    """Measure our window with a hundred runs, and with ten that are dragged."""
    sizes = {"clicks": clicks, "seconds": seconds, "frames": frames, "count": count, "steps": 500}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            measure = partial(subject_in_child, __name__, "gdviz", platform, sizes)
            columns = interleaved({"gdviz": measure}, max(runs // 2, 1))
            tables.append(Table(f"race ({name})", columns))
    return tables
