"""Draw the pictures of the documentation again: the window, light and dark, and rendered figures.

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
from gdviz.ui.learn_panel import LearnPanel
from gdviz.ui.settings import Settings
from gdviz.views.fonts import font

ROOT = Path(__file__).resolve().parent.parent
_PRESET = "regression"
_START = (-250.0, -50.0)
_STEP = 40
_PATIENCE = 60_000
_RENDER = ["render", "himmelblau", "--start", "-1,-1", "--view", "all"]
_RENDER += ["--size", "1200x640"]
_RENDER += [f"--optimizer={name}" for name in ("gd", "momentum", "adam", "bfgs", "newton")]
_BASINS = (
    *("render", "himmelblau", "--learning-rate", "0.02", "--start", "0.5,-1"),
    *("--view", "basins", "--basins", "side", "--against", "momentum:momentum=0.8"),
    *("--size", "1200x620", "--scale", "1.5"),
)
_SURFACE = ["render", "himmelblau", "--start", "ring:8", "--view", "surface", "--camera", "-40,50"]
_SURFACE += ["--size", "960x600"]
_LESSON_STEP = 7
_SETTLED = 500  # milliseconds; what is told of whole runs comes a moment behind their paths


def main(words: list[str]) -> int:
    """Write the pictures; return how the process is to exit."""
    parser = argparse.ArgumentParser("screenshots", description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images", metavar="FOLDER")
    folder: Path = parser.parse_args(words).output
    folder.mkdir(parents=True, exist_ok=True)
    if code := gdviz([*_RENDER, "-o", str(folder / "render.png")]):
        return code
    if code := gdviz([*_SURFACE, "-o", str(folder / "surface.png")]):
        return code
    if code := gdviz([*_BASINS, "-o", str(folder / "basins.png")]):
        return code
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    application.setFont(font())
    for theme in ("light", "dark"):
        _window(theme, folder / f"window-{theme}.png")
    _lesson(folder / "lesson.png")
    return 0


def _window(theme: str, path: Path) -> None:
    """Click into the real window, race some optimizers from there and show one of their steps."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(QSettings(str(Path(home, "s.ini")), QSettings.Format.IniFormat))
        settings.theme = theme
        workbench = Workbench(open_experiment(_PRESET), settings, seed=0)
        maps: list[ContourMap] = []
        workbench.surveyor.map_ready.connect(maps.append)
        workbench.show()
        _wait(lambda: _is_computed(workbench))
        workbench.screen.companions.show_page("history")
        _click(workbench)
        _wait(lambda: _is_computed(workbench))
        alone = workbench.session.experiment
        workbench.actions["race"].trigger()
        _wait(lambda: workbench.session.experiment != alone and _is_computed(workbench))
        for dock in ("Update", "Verdict") if theme == "dark" else ("This step", "Settings"):
            workbench.window.raise_dock(dock)
        _wait(lambda: bool(maps) and _fits(maps[-1], workbench))
        for step in (0, _STEP):  # so that paths are painted in one go, whenever parts arrived
            workbench.player.jump(step)
            _settle()
        if not workbench.window.grab().save(str(path)):
            raise OSError(f"cannot write {path}")
        workbench.door.close_unsaved()


def _lesson(path: Path) -> None:
    """Show the step of the lesson in which a line settles into points."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(QSettings(str(Path(home, "s.ini")), QSettings.Format.IniFormat))
        settings.theme = "light"
        workbench = Workbench(open_experiment("valley"), settings, seed=0)
        workbench.show()
        _wait(lambda: _is_computed(workbench))
        workbench.actions["learn"].trigger()
        (panel,) = workbench.window.findChildren(LearnPanel)
        panel.dots.buttons[_LESSON_STEP].click()
        _wait(lambda: workbench.session.experiment.landscape.name == _PRESET)
        _wait(lambda: _is_computed(workbench))
        for step in (0, _STEP // 8):
            workbench.player.jump(step)
            _settle()
        if not workbench.window.grab().save(str(path)):
            raise OSError(f"cannot write {path}")
        workbench.door.close_unsaved()


def _is_computed(workbench: Workbench) -> bool:
    return bool(workbench.conductor.trajectories) and not workbench.conductor.computing


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


def _settle() -> None:
    """Handle events for a moment."""
    settled = QTimer()
    settled.setSingleShot(True)
    settled.start(_SETTLED)
    _wait(lambda: not settled.isActive())


def _wait(happened: Callable[[], bool]) -> None:
    """Handle events until something has happened."""
    guard = QTimer()
    guard.setSingleShot(True)
    guard.start(_PATIENCE)
    while not happened():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if not guard.isActive():
            raise TimeoutError("the window does not show what it should")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
