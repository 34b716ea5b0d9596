"""One start of a window in a process of its own, timed from before the process began.

Nothing is imported here that a bare script would not import itself.
"""

from __future__ import annotations

import os
import sys
import time

from benchmarks.memory import peak_megabytes

TYPE_CHECKING = False  # typing itself is heavy enough to be left to those who need it
if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

__all__ = ["main"]
_HEAVY = ("sympy", "scipy", "pandas", "h5py", "av", "OpenGL", "matplotlib")
_SPEED = 4.0

_noted: dict[str, float] = {}
_heavy_at_start: list[str] = []


def main() -> None:
    """Start ``sys.argv[1]``, live ``sys.argv[2]`` seconds longer and print what was noted."""
    subject, seconds = sys.argv[1], float(sys.argv[2])
    {"gdviz": _gdviz, "PlotWidget": _plot_widget, "QWidget": _widget}[subject](seconds)


class _BeforeWorkbench:
    """Asked by Python for modules; acts before the window's, in the program's own order."""

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told

    def find_spec(self, name: str, *_: object) -> None:
        if name == "gdviz.app.workbench":
            sys.meta_path.remove(self)
            self._told()


def _gdviz(seconds: float) -> None:
    from gdviz.cli.main import main as gdviz

    sys.meta_path.insert(0, _BeforeWorkbench(lambda: _attend(seconds)))
    gdviz(["valley"])


def _attend(seconds: float) -> None:
    """Take part in the program where it begins to handle events."""
    from PySide6.QtWidgets import QApplication

    run = QApplication.exec

    def live(_application: QApplication) -> int:
        # Everything is made, wired and shown by now, and nothing has been painted yet.
        workbench = sys._getframe(1).f_locals["workbench"]  # noqa: SLF001
        mapped: list[object] = []
        workbench.surveyor.map_ready.connect(mapped.append)

        def completed() -> None:
            workbench.player.speed = _SPEED
            _end_in(seconds)

        area = workbench.screen.contour_canvas.plot_area.viewport()
        _after_paints(area, lambda: bool(mapped), completed)
        return run()

    QApplication.exec = live  # type: ignore[assignment,method-assign]


def _plot_widget(seconds: float) -> None:
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication

    application = QApplication(["bare"])
    widget = pg.PlotWidget()
    widget.plot([1.0, 3.0, 2.0])
    _show_bare(widget, widget.viewport(), seconds)
    application.exec()


def _widget(seconds: float) -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(["bare"])
    widget = QWidget()
    _show_bare(widget, widget, seconds)
    application.exec()


def _show_bare(window: QWidget, painted_part: QWidget, seconds: float) -> None:
    _after_paints(painted_part, lambda: True, lambda: _end_in(seconds))
    window.resize(1280, 800)
    window.show()


def _after_paints(
    widget: QWidget, is_complete: Callable[[], bool], completed: Callable[[], None]
) -> None:
    """Note when a widget has been painted and its window brought to the screen.

    Whether a paint `is_complete` is asked just before it; after the first such one,
    `completed` is called.
    """
    from PySide6.QtCore import QEvent, QObject, QTimer

    def painted() -> None:
        _note("painted")

    def painted_completely() -> None:
        _note("painted")
        if "complete" not in _noted:
            _note("complete")
            _heavy_at_start.extend(name for name in _HEAVY if name in sys.modules)
            completed()

    class Filter(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, painted_completely if is_complete() else painted)
            return False

    widget.installEventFilter(Filter(widget))


def _note(what: str) -> None:
    if what not in _noted:
        _noted[what] = time.monotonic() - float(os.environ["BENCHMARK_STARTED"])
        _noted[f"{what}, CPU"] = time.process_time()
        _noted[f"{what}, MB"] = peak_megabytes()


def _end_in(seconds: float) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(round(1000.0 * seconds), _end)


def _end() -> None:
    import json

    _noted["settled, MB"] = peak_megabytes()
    print(json.dumps({"noted": _noted, "heavy": _heavy_at_start}), flush=True)
    os._exit(0)
