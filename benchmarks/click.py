"""From a click on the landscape to the first painted frame of the new run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial

import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks.children import platforms, subject_in_child
from benchmarks.tables import Samples, Table, interleaved
from benchmarks.windows import BarePlot, PaintWatch, application, open_workbench, spin
from gdviz.experiment import open_experiment

__all__ = ["SUBJECTS", "figure"]

_STEPS = 200
_REST = 0.04
_QUANTITY = "click to the first frame, ms"


def _places(area: QWidget, clicks: int) -> Iterator[QPoint]:
    """Yield different places well inside a plot."""
    rng = np.random.default_rng(0)
    for across, down in rng.uniform(0.2, 0.8, size=(clicks, 2)).tolist():
        yield QPoint(round(across * area.width()), round(down * area.height()))


def _gdviz(clicks: int) -> Samples:
    app = application()
    workbench = open_workbench(open_experiment("valley"))
    area = workbench.screen.contour_canvas.plot_area.viewport()
    loop = QEventLoop()
    shown: list[object] = []
    begun: list[tuple[float, ...]] = []

    def look() -> None:
        """Recognize the new run by where it begins."""
        wanted = workbench.session.experiment.draft.start
        arrived = [done.params[0, 0] for done in workbench.conductor.trajectories]
        if wanted != begun[-1] and any(np.array_equal(start, wanted) for start in arrived):
            shown.append(wanted)

    workbench.conductor.trajectories_changed.connect(look)
    workbench.player.record_changed.connect(look)
    watch = PaintWatch(area, lambda: loop.quit() if shown else None)
    taken = []
    for place in _places(area, clicks):
        shown.clear()
        begun.append(workbench.session.experiment.draft.start)
        before = time.perf_counter()
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, pos=place)
        loop.exec()
        taken.append(1000.0 * (time.perf_counter() - before))
        spin(_REST)
    area.removeEventFilter(watch)
    workbench.window.close()
    app.processEvents()
    return {_QUANTITY: taken}


def _plot_widget(clicks: int) -> Samples:
    app = application()
    plot = BarePlot()
    plot.show()
    area, loop = plot.widget.viewport(), QEventLoop()
    shown: list[object] = []

    def clicked(event: object) -> None:
        at = plot.widget.getViewBox().mapSceneToView(event.scenePos())  # type: ignore[attr-defined]
        plot.draw(plot.descend(np.array([at.x(), at.y()]), _STEPS, 0.1))
        shown.append(event)

    plot.widget.scene().sigMouseClicked.connect(clicked)
    watch = PaintWatch(area, lambda: loop.quit() if shown else None)
    taken = []
    for place in _places(area, clicks):
        shown.clear()
        before = time.perf_counter()
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, pos=place)
        loop.exec()
        taken.append(1000.0 * (time.perf_counter() - before))
        spin(_REST)
    area.removeEventFilter(watch)
    plot.widget.close()
    app.processEvents()
    return {_QUANTITY: taken}


SUBJECTS = {"gdviz": _gdviz, "PlotWidget": _plot_widget}


def figure(runs: int, clicks: int = 50) -> list[Table]:
    """Measure clicks on our window and on a bare plot that computes and draws all at once."""
    rounds = max(runs // 2, 1)
    sizes = {"clicks": -(-clicks // rounds)}
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            subjects = {
                subject: partial(subject_in_child, __name__, subject, platform, sizes)
                for subject in SUBJECTS
            }
            columns = interleaved(subjects, rounds)
            tables.append(Table(f"click, {_STEPS} steps ({name})", columns))
    return tables
