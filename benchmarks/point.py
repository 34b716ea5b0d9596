"""How all linked views follow a point that is dragged on the landscape."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from benchmarks.children import platforms, subject_in_child
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import PaintWatch, application, open_workbench, spin, spin_until
from gdviz.experiment import open_experiment

__all__ = ["SUBJECTS", "figure"]

_START = (-3.0, 4.0)


def _gdviz(seconds: float) -> Samples:
    """Drag the valley's point 120 times a second, with the surface and the formulas in view."""
    application()
    workbench = open_workbench(open_experiment("valley"))
    screen, window = workbench.screen, workbench.window
    screen.companions.show_page("surface")
    window.raise_dock("Mathematics")
    spin_until(lambda: not workbench.conductor.computing)
    workbench.player.jump(0)
    spin(1.0)
    area, box = screen.contour_canvas.plot_area, screen.contour.box

    def pixel(x: float, y: float) -> QPoint:
        at = area.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        found: QPoint = area.viewport().mapTo(window, at)
        return found

    watched = {
        "contour": area.viewport(),
        "curve": screen.curve_canvas.plot_area.viewport(),
        "surface": screen.surface_canvas.plot_area.viewport(),
        "formulas": screen.mathematics.viewport(),
    }
    watches = {name: PaintWatch(widget) for name, widget in watched.items()}
    handle = window.windowHandle()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=pixel(*_START))
    begun = time.perf_counter()
    while (now := time.perf_counter() - begun) < seconds:
        x, y = _START[0] + 2.0 * np.sin(3.0 * now), _START[1] - now
        QTest.mouseMove(handle, pixel(x, y))
        spin(1.0 / 120.0)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=pixel(*_START))
    samples: Samples = {}
    for name, watch in watches.items():
        gaps = 1000.0 * np.diff([at for at in watch.times if at - begun > 0.2])
        middle, rare = np.percentile(gaps, [50.0, 95.0]) if gaps.size else (np.nan, np.nan)
        samples[f"{name}, ms between paints"] = [float(middle)]
        samples[f"{name}, the slowest twentieth, ms"] = [float(rare)]
        watched[name].removeEventFilter(watch)
    workbench.window.close()
    return samples


SUBJECTS = {"gdviz": _gdviz}


def figure(runs: int, seconds: float = 3.0) -> list[Table]:
    """Measure the dragged point of one run of gradient descent on the valley."""
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            measure = partial(subject_in_child, __name__, "gdviz", platform, {"seconds": seconds})
            columns = interleaved({"gdviz": measure}, max(runs // 2, 1))
            tables.append(Table(f"point ({name})", columns))
    return tables
