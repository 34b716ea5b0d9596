"""The windows that are compared: ours, and a bare plot with the same kind of content."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gdviz.app.workbench import Workbench
from gdviz.engine import sample_field
from gdviz.experiment import Experiment
from gdviz.landscapes import FloatArray, Valley
from gdviz.ui.settings import Settings
from gdviz.views.fonts import font

__all__ = ["SIZE", "BarePlot", "PaintWatch", "application", "open_workbench", "spin", "spin_until"]

SIZE = (1280, 800)
_PATIENCE = 60.0


def application() -> QApplication:
    """Return the application, made as the program makes it."""
    made = QApplication.instance() or QApplication(["gdviz"])
    assert isinstance(made, QApplication)
    made.setStyle("Fusion")
    made.setFont(font())
    return made


def open_workbench(experiment: Experiment) -> Workbench:
    """Open our window with settings of its own; returns when it has settled down."""
    path = Path(tempfile.mkdtemp(), "settings.ini")
    workbench = Workbench(experiment, Settings(QSettings(str(path), QSettings.Format.IniFormat)))
    mapped: list[object] = []
    workbench.surveyor.map_ready.connect(mapped.append)
    workbench.show()
    spin_until(lambda: bool(mapped) and bool(workbench.conductor.trajectories))
    spin(1.0)
    spin_until(lambda: not workbench.opener.busy)  # libraries that load in the background
    return workbench


class BarePlot:
    """A pyqtgraph plot of the valley as an image, with a curve over it."""

    def __init__(self) -> None:
        self.landscape = Valley()
        self.widget = pg.PlotWidget()
        self.widget.resize(*SIZE)
        (left, right), (bottom, top) = domain = self.landscape.domain
        self.image = pg.ImageItem(sample_field(self.landscape, domain, (400, 480)).loss)
        self.image.setOpts(axisOrder="row-major", colorMap=pg.colormap.get("viridis"))
        self.image.setRect(left, bottom, right - left, top - bottom)
        self.widget.addItem(self.image)
        self.curve = self.widget.plot(pen=pg.mkPen("w"))
        self.widget.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.0)

    def show(self) -> None:
        """Open the window."""
        self.widget.show()
        spin(0.2)

    def descend(self, start: FloatArray, steps: int, learning_rate: float) -> FloatArray:
        """Return the parameters (steps + 1, 2) of a plain descent."""
        path = np.empty((steps + 1, 2))
        path[0] = start
        for step in range(steps):
            x, y = path[step]
            path[step + 1] = path[step] - learning_rate * np.array([2.0 * (x - 2.0), 4.0 * y])
        return path

    def draw(self, path: FloatArray) -> None:
        """Let the curve show a path."""
        self.curve.setData(path[:, 0], path[:, 1])


class PaintWatch(QObject):
    """Notes when a widget is about to be painted.

    Attributes
    ----------
    times : list of float
        In seconds of `time.perf_counter`.
    """

    def __init__(self, widget: QWidget, told: Callable[[], object] | None = None) -> None:
        super().__init__(widget)
        self.times: list[float] = []
        self._told = told
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if event.type() == QEvent.Type.Paint:
            self.times.append(time.perf_counter())
            if self._told is not None:
                self._told()
        return False


def spin(seconds: float) -> None:
    """Let the window live for some time."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000.0 * seconds), loop.quit)
    loop.exec()


def spin_until(happened: Callable[[], bool]) -> None:
    """Let the window live until something has happened."""
    deadline = time.perf_counter() + _PATIENCE
    while not happened():
        if time.perf_counter() > deadline:
            raise TimeoutError("what the benchmark waits for has not happened")
        spin(0.005)
