"""How smoothly a run of 500 steps is played."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.children import platforms, subject_in_child
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import BarePlot, PaintWatch, application, open_workbench, spin, spin_until
from gdviz.experiment import open_experiment
from gdviz.experiment.run_list import retuned
from gdviz.optimizers import optimizer

__all__ = ["SUBJECTS", "figure"]

_STEPS = 500
_RATE = 0.005  # so small that the run still moves at its last step
_SPEED = 2.0  # 60 steps a second


def _gdviz(frames: int, seconds: float) -> Samples:
    app = application()
    valley = open_experiment("valley")
    slow = replace(valley.current, optimizer=optimizer("gd", learning_rate=_RATE), steps=_STEPS)
    experiment = retuned(valley, valley.current, slow)
    workbench = open_workbench(experiment)
    player, screen = workbench.player, workbench.screen
    spin_until(lambda: not workbench.conductor.computing)
    player.jump(0)
    spin(0.2)
    areas = [canvas.plot_area.viewport() for canvas in (screen.contour_canvas, screen.curve_canvas)]
    samples = _frames(app, player.seek, areas, frames)

    def play() -> None:
        player.speed = _SPEED
        player.restart()

    samples |= _played(areas[0], play, seconds)
    workbench.door.close_unsaved()
    app.processEvents()
    return samples


def _plot_widget(frames: int, seconds: float) -> Samples:
    app = application()
    plot = BarePlot()
    plot.show()
    path = plot.descend(np.array([-3.0, 4.0]), _STEPS, _RATE)
    area = plot.widget.viewport()
    samples = _frames(app, lambda record: plot.draw(path[: record + 1]), [area], frames)
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    begun = time.perf_counter()

    def advance() -> None:
        record = int((time.perf_counter() - begun) * 30.0 * _SPEED)
        plot.draw(path[: record % _STEPS + 1])

    timer.timeout.connect(advance)
    samples |= _played(area, lambda: timer.start(16), seconds)
    timer.stop()
    plot.widget.close()
    app.processEvents()
    return samples


def _frames(
    app: QApplication, show: Callable[[int], object], areas: list[QWidget], frames: int
) -> Samples:
    """Go through records as fast as they can be painted: what has changed, then all of it."""
    samples: Samples = {}
    for title, repainted in (("what changed", ()), ("all plots", areas)):
        taken = []
        for record in range(1, frames + 1):
            before = time.perf_counter()
            show(record)
            for area in repainted:
                area.repaint()
            app.processEvents()
            taken.append(1000.0 * (time.perf_counter() - before))
        mean = float(np.mean(taken))
        samples[f"{title} painted, mean ms a frame"] = [mean]
        samples[f"{title} painted, frames/s"] = [1000.0 / mean]
        samples[f"{title} painted, 99th percentile"] = [float(np.percentile(taken, 99.0))]
    return samples


def _played(area: QWidget, play: Callable[[], object], seconds: float) -> Samples:
    """Play by the clock, and look when paints happen."""
    watch = PaintWatch(area)
    play()
    spin(seconds)
    times, watch.times = np.array(watch.times), []
    area.removeEventFilter(watch)
    gaps = 1000.0 * np.diff(times)
    return {
        f"played at ×{_SPEED:g}, paints/s": [times.size / seconds],
        f"played at ×{_SPEED:g}, longest gap, ms": [float(gaps.max(initial=0.0))],
    }


SUBJECTS = {"gdviz": _gdviz, "PlotWidget": _plot_widget}


def figure(runs: int, frames: int = 400, seconds: float = 5.0) -> list[Table]:
    """Measure our window and a bare plot of an image under a growing curve."""
    rounds = max(runs // 2, 1)
    sizes = {"frames": -(-frames // rounds), "seconds": seconds / rounds}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            subjects = {
                subject: partial(subject_in_child, __name__, subject, platform, sizes)
                for subject in SUBJECTS
            }
            columns = interleaved(subjects, rounds)
            tables.append(Table(f"animation, {_STEPS} steps ({name})", columns))
    return tables
