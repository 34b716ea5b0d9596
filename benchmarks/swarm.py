"""How smoothly a million starts descend: what each part of a frame takes, and in the window."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from functools import partial

import numpy as np

from benchmarks.bulk import NO_KERNELS, compiled_for
from benchmarks.children import platforms, subject_in_child
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import application, open_workbench, spin, spin_until
from gdviz.app.workbench import Workbench
from gdviz.engine.bulk import cores
from gdviz.engine.compiled import Kernels
from gdviz.engine.swarm import Swarm, SwarmPicture, log_levels
from gdviz.engine.swarm.density import add_density, framed_counts
from gdviz.experiment import Experiment, open_experiment
from gdviz.experiment.swarm import swarm_descent
from gdviz.experiment.whole_plane import SwarmSpec
from gdviz.optimizers import optimizer

__all__ = ["SUBJECTS", "figure", "open_still", "play_swarm", "swarmed"]

_RATE = 0.005  # so small that the runs still move at the last step
_STEPS = 500
_SPEEDS = (1.0, 2.0)  # 30 and 60 steps a second


def swarmed(rows: int) -> Experiment:
    """Return the valley with a swarm of gradient descent over all of it."""
    valley = open_experiment("valley")
    run = replace(valley.current, optimizer=optimizer("gd", learning_rate=_RATE), steps=_STEPS)
    spec = SwarmSpec(shown=True, count=rows, drawn="density")
    return replace(valley, runs=(run,), draft=run, plane=replace(valley.plane, swarm=spec))


def open_still(experiment: Experiment, kernels: Kernels) -> Workbench:
    """Open our window with the experiment's run, but without its swarm."""
    hidden = replace(experiment.plane, swarm=SwarmSpec())
    workbench = open_workbench(replace(experiment, plane=hidden))
    workbench.kernels = kernels
    spin_until(lambda: not workbench.conductor.computing)
    workbench.player.jump(0)
    spin(0.2)
    return workbench


def play_swarm(workbench: Workbench, experiment: Experiment, speed: float) -> None:
    """Let the experiment's swarm play from the start on."""
    workbench.session.edit("Show swarm", experiment)
    display = workbench.swarm.display
    spin_until(lambda: display.news is not None)
    workbench.player.speed, workbench.player.loop = speed, True
    workbench.player.restart()
    spin(0.2)


def _parts(workbench: Workbench, experiment: Experiment, frames: int) -> Samples:
    """Step through a swarm, one thing after the other, with as many threads as the window uses."""
    view, area = workbench.screen.contour, workbench.screen.contour_canvas.plot_area
    shape = round(view.box.height()), round(view.box.width())
    threads = max(cores() - 1, 1)
    swarm = Swarm(swarm_descent(experiment), threads=threads, kernels=workbench.kernels)
    taken = np.empty((frames, 4))
    for frame in range(-1, frames):  # the first one doesn't count: its arrays are made
        times = [time.perf_counter()]
        for _ in swarm.reach(frame + 2):
            pass
        times.append(time.perf_counter())
        framed = framed_counts(shape)
        for some, _ in swarm.parts():
            add_density(framed, some, view.domain, threads=threads)
        times.append(time.perf_counter())
        levels = log_levels(framed[1:-1, 1:-1].astype(np.uint32))
        counts = swarm.counts()
        times.append(time.perf_counter())
        view.set_swarm(SwarmPicture(frame + 2, view.domain, False, levels, None, counts))  # noqa: FBT003
        area.viewport().repaint()
        times.append(time.perf_counter())
        taken[frame] = 1000.0 * np.diff(times)
    view.set_swarm(None)
    means = taken.mean(axis=0).tolist()
    titles = ("steps", "counting at pixels", "shading", "painting")
    samples = {f"{title}, ms a frame": [mean] for title, mean in zip(titles, means, strict=True)}
    return samples | {"one after the other, frames/s": [1000.0 / sum(means)]}


def _gdviz(rows: int, frames: int, seconds: float, *, compiled: bool) -> Samples:
    app = application()
    experiment = swarmed(rows)
    with Kernels() if compiled else Kernels(loads_from=math.inf) as kernels:
        if compiled and not compiled_for(kernels, swarm_descent(experiment)):
            return {}
        workbench = open_still(experiment, kernels)
        samples = _parts(workbench, experiment, frames)
        shown: list[int] = []
        workbench.swarm.display.changed.connect(lambda: shown.append(1))
        for speed in _SPEEDS:
            play_swarm(workbench, experiment, speed)
            shown.clear()
            spin(seconds)
            samples[f"in the window at ×{speed:g}, frames/s"] = [len(shown) / seconds]
        workbench.door.close_unsaved()
        app.processEvents()
    return samples


SUBJECTS = {
    "gdviz (NumPy)": partial(_gdviz, compiled=False),
    "gdviz (compiled)": partial(_gdviz, compiled=True),
}


def figure(
    runs: int, rows: int = 1_000_000, frames: int = 100, seconds: float = 4.0
) -> list[Table]:
    """Measure a swarm of gradient descent on the valley."""
    sizes = {"rows": rows, "frames": frames, "seconds": seconds}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            subjects = {
                subject: partial(subject_in_child, __name__, subject, platform, sizes)
                for subject in SUBJECTS
            }
            columns = interleaved(subjects, max(runs // 2, 1))
            note = "" if all(columns.values()) else NO_KERNELS
            tables.append(Table(f"swarm, {rows:,} starts ({name})", columns, note))
    return tables
