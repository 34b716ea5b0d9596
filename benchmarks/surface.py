"""How smoothly a surface is turned, and how smoothly runs are played on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication

from benchmarks.children import platforms, subject_in_child
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import PaintWatch, application, spin
from gdviz.engine import Descent, Trajectory, compute, contour_map
from gdviz.landscapes import Landscape, preset
from gdviz.optimizers import optimizer
from gdviz.views.surface_view import SurfaceView
from gdviz.views.theme import LIGHT

__all__ = ["SUBJECTS", "figure"]

_SIZE = (640, 420)
_SAMPLES = (200, 200)
_DEGREES = 3.0


def _orbit(runs: int, steps: int, frames: int) -> Samples:
    """Turn a view as the mouse does, and then play, as fast as it can be painted."""
    app = application()
    landscape = preset("himmelblau").build()
    view = SurfaceView()
    window = pg.GraphicsView()
    window.setCentralItem(view.plot)
    window.resize(*_SIZE)
    view.set_theme(LIGHT)
    view.set_landscape(landscape)
    view.set_field(contour_map(landscape, landscape.domain, _SAMPLES))
    view.set_trajectories((_descents(landscape, runs, steps),))
    view.set_step(steps)
    window.show()
    spin(0.5)

    def turn(_number: int) -> None:
        view.box.orbited.emit(_DEGREES / 0.4, 0.0)

    samples = {
        f"{what}, {name}": value
        for what, act in (("turned", turn), ("played", view.set_step))
        for name, value in _frames(app, window, act, frames).items()
    }
    window.close()
    app.processEvents()
    return samples


def _descents(landscape: Landscape, runs: int, steps: int) -> Trajectory:
    rng = np.random.default_rng(0)
    low, high = np.array(landscape.domain.intervals).T
    starts = [tuple(start) for start in rng.uniform(low, high, (runs, 2)).tolist()]
    return compute(Descent.of(landscape, optimizer("gd", learning_rate=1e-3), starts, steps))


def _frames(
    app: QApplication, window: pg.GraphicsView, act: Callable[[int], object], frames: int
) -> Samples:
    taken = []
    watch = PaintWatch(window.viewport())
    for number in range(1, frames + 1):
        before = time.perf_counter()
        act(number)
        while len(watch.times) < number:  # until it has been painted
            app.processEvents()
        taken.append(1000.0 * (time.perf_counter() - before))
        watch.times = watch.times[:number]
    window.viewport().removeEventFilter(watch)
    return {
        "mean ms a frame": [float(np.mean(taken))],
        "frames/s": [1000.0 / float(np.mean(taken))],
        "99th percentile, ms": [float(np.percentile(taken, 99.0))],
    }


SUBJECTS = {
    "10 runs": partial(_orbit, 10),
    "100 runs of 500 steps": lambda steps, frames: _orbit(100, 500 if steps > 2 else steps, frames),
}


def figure(runs: int, frames: int = 120, steps: int = 200) -> list[Table]:
    """Measure a surface of 200×200 samples: with OpenGL where there is one, and without."""
    rounds = max(runs // 2, 1)
    sizes = {"frames": frames, "steps": steps}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            subjects = {
                subject: partial(subject_in_child, __name__, subject, platform, sizes)
                for subject in SUBJECTS
            }
            title = f"surface of 200×200, {_SIZE[0]}×{_SIZE[1]} ({name})"
            tables.append(Table(title, interleaved(subjects, rounds)))
    return tables
