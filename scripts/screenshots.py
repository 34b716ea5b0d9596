"""Draw the pictures of the documentation again: the window, light and dark, and a rendered figure.

``python scripts/screenshots.py`` writes into ``docs/images``; ``--output FOLDER`` elsewhere.
The same commit draws the same pictures on the same machine.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported, which reads it once

from PySide6.QtCore import QEventLoop, QPointF, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.app.workbench import Workbench
from gdviz.cli.main import main as gdviz
from gdviz.engine import ContourMap
from gdviz.experiment import open_experiment
from gdviz.ui.settings import Settings
from gdviz.views.fonts import font

ROOT = Path(__file__).resolve().parent.parent
_PRESET = "regression"
_START = (-100.0, 600.0)
_STEP = 40
_PATIENCE = 60_000
_RENDER = ["render", "valley", "--start", "-3,4", "--learning-rate", "0.05", "--steps", "100"]
_RENDER += ["--optimizer", "gd", "--optimizer", "momentum:momentum=0.8"]


def main(words: list[str]) -> int:
    """Write the pictures; return how the process is to exit."""
    parser = argparse.ArgumentParser("screenshots", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images", metavar="FOLDER")
    folder: Path = parser.parse_args(words).output
    folder.mkdir(parents=True, exist_ok=True)
    if code := gdviz([*_RENDER, "-o", str(folder / "render.png")]):
        return code
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    application.setFont(font())
    for theme in ("light", "dark"):
        _window(theme, folder / f"window-{theme}.png")
    return 0


def _window(theme: str, path: Path) -> None:
    """Click into the real window, wait for the run and show one of its steps."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(QSettings(str(Path(home, "s.ini")), QSettings.Format.IniFormat))
        settings.theme = theme
        workbench = Workbench(open_experiment(_PRESET), settings, seed=0)
        loop = QEventLoop()
        maps: list[ContourMap] = []
        workbench.surveyor.map_ready.connect(maps.append)
        for signal in (workbench.surveyor.map_ready, workbench.runner.finished):
            signal.connect(loop.quit)
        workbench.show()
        _wait(loop, lambda: bool(workbench.conductor.trajectories))
        _click(workbench)
        _wait(loop, lambda: not workbench.conductor.computing)
        workbench.player.jump(_STEP)
        _wait(loop, lambda: bool(maps) and _fits(maps[-1], workbench))
        QApplication.processEvents()
        if not workbench.window.grab().save(str(path)):
            raise OSError(f"cannot write {path}")
        workbench.window.close()


def _fits(contour_map: ContourMap, workbench: Workbench) -> bool:
    """Tell whether a map was sampled for the plot as it is now, not before it was laid out."""
    area = workbench.screen.contour_canvas.plot_area
    rows, columns = contour_map.field.loss.shape
    skew = rows * area.width() / (columns * area.height())
    return contour_map.field.domain == workbench.screen.contour.domain and abs(skew - 1.0) < 0.02


def _click(workbench: Workbench) -> None:
    area = workbench.screen.contour_canvas.plot_area
    at = area.mapFromScene(workbench.screen.contour.box.mapViewToScene(QPointF(*_START)))
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=at)


def _wait(loop: QEventLoop, happened: Callable[[], bool]) -> None:
    """Handle events until something has happened, looking at each signal that ends the loop."""
    guard = QTimer()
    guard.setSingleShot(True)
    guard.timeout.connect(loop.quit)
    guard.start(_PATIENCE)
    while not happened():
        loop.exec()
        if not guard.isActive():
            raise TimeoutError("the window does not show what it should")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
