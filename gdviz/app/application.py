"""Opening the window."""

from __future__ import annotations

import gc
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from gdviz.app.preflight import problem_with_display, problem_with_qt
from gdviz.errors import UserError
from gdviz.experiment import Reading, open_experiment

if TYPE_CHECKING:
    from gdviz.lessons import Lesson

__all__ = ["DEFAULT_SOURCE", "open_window"]

DEFAULT_SOURCE = "valley"


def open_window(source: str | None = None, reading: Reading | None = None) -> int:
    """Open the window on a source and run until it is closed.

    Parameters
    ----------
    source : str, optional
        As the command line takes it; a lesson's file opens in the Learn panel.
    reading : Reading, optional
        How it is read.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    UserError
        If the source is unknown, or Qt or a display is missing.
    """
    gc.disable()  # nothing that is made while starting is garbage
    lesson = _lesson_of(source)
    if lesson is None:
        experiment = open_experiment(source or DEFAULT_SOURCE, reading if source else None)
    else:
        from gdviz.lessons import prepared

        experiment = prepared(lesson, 0)
    problem = problem_with_qt() or problem_with_display()
    if problem:
        raise UserError(problem.removeprefix("gdviz "))

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    application = QApplication(["gdviz"])
    application.setApplicationName("gdviz")
    application.setOrganizationName("gdviz")
    application.setDesktopFileName("gdviz")

    from gdviz.views.lean_pyqtgraph import import_pyqtgraph

    import_pyqtgraph()
    from gdviz.app.workbench import Workbench
    from gdviz.ui.settings import Settings
    from gdviz.views.fonts import font

    application.setStyle("Fusion")
    application.setFont(font())
    workbench = Workbench(experiment, Settings(QSettings()), welcome=source is None)
    workbench.show()
    if lesson is not None:
        workbench.lessons.files.show_lesson(lesson)
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return application.exec()


def _lesson_of(source: str | None) -> Lesson | None:
    """Return the lesson of a file that a source names; None if it names something else."""
    if source is None:
        return None
    from gdviz.lessons import looks_like_lesson, read_lesson

    return read_lesson(Path(source)) if looks_like_lesson(source) else None
