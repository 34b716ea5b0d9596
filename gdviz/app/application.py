"""Opening the window."""

from __future__ import annotations

import gc
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from gdviz.app.preflight import problem_with_display, problem_with_qt
from gdviz.errors import UserError
from gdviz.experiment import Reading, open_document
from gdviz.experiment.document import Document
from gdviz.experiment.file import looks_like_document
from gdviz.landscapes.presets import FIRST
from gdviz.resource_files import resource_path

if TYPE_CHECKING:
    from gdviz.lessons import Lesson

__all__ = ["open_window"]


def open_window(source: str | None = None, reading: Reading | None = None) -> int:
    """Open the window on a source and run until it is closed.

    Parameters
    ----------
    source : str, optional
        As the command line takes it; a saved experiment is shown as it was saved, and a lesson's
        file opens in the Learn panel.
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
        document = open_document(source or FIRST, reading if source else None)
    else:
        from gdviz.lessons import prepared

        document = Document(prepared(lesson, 0))
    problem = problem_with_qt() or problem_with_display()
    if problem:
        raise UserError(problem.removeprefix("gdviz "))

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    application = QApplication(["gdviz"])
    application.setApplicationName("gdviz")
    application.setOrganizationName("gdviz")
    application.setDesktopFileName("gdviz")

    from gdviz.views.lean_pyqtgraph import import_pyqtgraph

    import_pyqtgraph()
    from gdviz.app.unsaved_file import unsaved_folder
    from gdviz.app.workbench import Workbench
    from gdviz.ui.settings import Settings
    from gdviz.views.fonts import font

    application.setStyle("Fusion")
    application.setFont(font())
    application.setWindowIcon(QIcon(str(resource_path("desktop", "gdviz.svg"))))
    workbench = Workbench(
        *(document.experiment, Settings(QSettings())),
        welcome=source is None,
        keep_in=unsaved_folder(),
    )
    if source is not None and looks_like_document(Path(source)):
        workbench.door.files.remember(Path(source))
        workbench.door.begin(document, Path(source).absolute())
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
