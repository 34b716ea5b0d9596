"""Whether the window stays alive while ten million steps, or the whole plane, are computed."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QTimer

from benchmarks.children import platforms, subject_in_child
from benchmarks.pauses import COMPUTED, ticks
from benchmarks.plane_windows import PLANE
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import BarePlot, application, open_workbench, spin_until
from gdviz.engine import Descent, iterate
from gdviz.experiment import open_experiment
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer

__all__ = ["SUBJECTS", "figure"]

_STEPS = 10_000_000
_RATE = 1e-7  # so small that the run never comes to rest


def _gdviz(seconds: float) -> Samples:
    app = application()
    workbench = open_workbench(open_experiment("valley"))
    experiment = workbench.session.experiment
    spin_until(lambda: not workbench.conductor.computing)
    run = replace(experiment.draft, optimizer=optimizer("gd", learning_rate=_RATE), steps=_STEPS)
    long = replace(experiment, draft=run, runs=(run,))

    def reached() -> int:
        return max(int(done.steps[-1]) for done in workbench.conductor.trajectories)

    workbench.conductor.start(long)
    spin_until(lambda: bool(workbench.conductor.trajectories) and workbench.player.playing)
    samples = ticks(reached, seconds)
    workbench.window.close()
    app.processEvents()
    return samples


def _plot_widget(seconds: float) -> Samples:
    """Compute in a plain thread, and animate the path of another run meanwhile."""
    app = application()
    plot = BarePlot()
    plot.show()
    path = plot.descend(np.array([-3.0, 4.0]), 500, 0.005)
    done, wanted = [0], [True]

    def compute() -> None:
        params = np.array([-3.0, 4.0])
        while wanted[0]:
            x, y = params
            params = params - _RATE * np.array([2.0 * (x - 2.0), 4.0 * y])
            done[0] += 1

    def advance() -> None:
        plot.draw(path[: int(time.perf_counter() * 30.0) % len(path) + 1])

    timer = QTimer()
    timer.timeout.connect(advance)
    timer.start(16)
    thread = threading.Thread(target=compute)
    thread.start()
    samples = ticks(lambda: done[0], seconds)
    timer.stop()
    wanted[0] = False
    thread.join()
    plot.widget.close()
    app.processEvents()
    return samples


def _engine(seconds: float) -> Samples:
    """Compute without any window."""
    known = preset("valley")
    rule = optimizer("gd", learning_rate=_RATE)
    descent = Descent.of(known.build(), rule, known.start, _STEPS)
    reached, begun = 0, time.perf_counter()
    for chunk in iterate(descent):
        reached = chunk.reached
        if time.perf_counter() - begun > seconds:
            break
    return {COMPUTED: [reached / (time.perf_counter() - begun)]}


SUBJECTS = {"gdviz": _gdviz, "PlotWidget + thread": _plot_widget, "engine alone": _engine}
_COMPARED = tuple(SUBJECTS)
SUBJECTS |= PLANE


def figure(runs: int, seconds: float = 5.0) -> list[Table]:
    """Measure our window and a bare plot beside a plain Python thread."""
    rounds = max(runs // 2, 1)
    sizes = {"seconds": seconds / rounds}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            subjects = {
                subject: partial(subject_in_child, __name__, subject, platform, sizes)
                for subject in SUBJECTS
            }
            columns = interleaved(subjects, rounds)
            title = f"while {_STEPS:,} steps compute ({name})"
            tables.append(Table(title, {one: columns[one] for one in _COMPARED}))
            title = f"while the whole plane computes ({name})"
            tables.append(Table(title, {one: columns[one] for one in PLANE}, ratio=False))
    return tables
