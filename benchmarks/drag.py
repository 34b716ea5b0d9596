"""How the paths of ten runs follow a start that is dragged."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from benchmarks.children import platforms, subject_in_child
from benchmarks.race import START, colored
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import PaintWatch, application, open_workbench, spin, spin_until
from gdviz.experiment import Experiment, Run, open_experiment
from gdviz.experiment.suggest import suggested_optimizer
from gdviz.optimizers import OPTIMIZERS, optimizer

__all__ = ["SUBJECTS", "figure"]

_RACERS = (
    *("gd", "momentum", "nesterov", "adagrad", "rmsprop"),
    *("adam", "adamw", "nadam", "radam", "lion"),
)


def _dragged(experiment: Experiment, what: str, seconds: float) -> Samples:
    """Drag the start that all runs share, 120 times a second, and count what is painted."""
    workbench = open_workbench(experiment)
    spin_until(lambda: not workbench.conductor.computing)
    spin(0.3)
    area = workbench.screen.contour_canvas.plot_area
    box = workbench.screen.contour.box
    viewport = area.viewport()

    window = workbench.window.windowHandle()

    def pixel(x: float, y: float) -> QPoint:
        at = area.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        found: QPoint = viewport.mapTo(workbench.window, at)
        return found

    arrived: list[float] = []
    workbench.conductor.trajectories_changed.connect(lambda: arrived.append(time.perf_counter()))
    watch = PaintWatch(viewport)
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=pixel(*START))
    begun = time.perf_counter()
    while (now := time.perf_counter() - begun) < seconds:
        QTest.mouseMove(window, pixel(START[0] + 2.0 * np.sin(3.0 * now), START[1] - now))
        spin(1.0 / 120.0)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=pixel(*START))
    times = np.array(watch.times)
    viewport.removeEventFilter(watch)
    workbench.door.close_unsaved()
    return {
        f"{what}, paints/s": [times.size / seconds],
        f"{what}, times a second the paths follow": [len(arrived) / seconds],
        f"{what}, longest gap, ms": [float(1000.0 * np.diff(times).max(initial=0.0))],
    }


def _gdviz(seconds: float, steps: int) -> Samples:
    application()
    base = open_experiment("valley").landscape
    rates = [Run(optimizer("gd", learning_rate=0.002 * k), START, steps) for k in range(1, 11)]
    racers = [
        Run(suggested_optimizer(OPTIMIZERS[key](), base, START), START, steps) for key in _RACERS
    ]
    samples = _dragged(colored(rates), f"dragging 10 rates × {steps} steps", seconds)
    return samples | _dragged(colored(racers), f"dragging 10 optimizers × {steps} steps", seconds)


SUBJECTS = {"gdviz": _gdviz}


def figure(runs: int, seconds: float = 3.0, steps: int = 500) -> list[Table]:
    """Measure ten rates of one optimizer, and ten optimizers, through one start."""
    sizes = {"seconds": seconds, "steps": steps}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            measure = partial(subject_in_child, __name__, "gdviz", platform, sizes)
            columns = interleaved({"gdviz": measure}, max(runs // 2, 1))
            tables.append(Table(f"drag ({name})", columns))
    return tables
