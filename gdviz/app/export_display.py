"""What is being exported in the background, in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from gdviz.app.export_jobs import ExportJobs
from gdviz.app.time_left import time_left_words
from gdviz.ui.job_strip import JobStrip
from gdviz.ui.main_window import MainWindow
from gdviz.ui.tips import explain

__all__ = ["ExportDisplay"]


class ExportDisplay(QObject):
    """Shows in the status bar what is being made, and asks before a window closes on it."""

    def __init__(self, window: MainWindow, jobs: ExportJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._jobs = jobs
        self._strip = JobStrip()
        window.statusBar().insertPermanentWidget(0, self._strip)
        window.close_guards.append(self._may_close)
        window.closing.connect(jobs.stop)
        jobs.changed.connect(self._on_changed)
        jobs.progressed.connect(self._on_progressed)
        jobs.done.connect(self._on_done)
        jobs.failed.connect(self._on_failed)
        jobs.canceled.connect(self._on_canceled)
        self._strip.cancel_wanted.connect(jobs.cancel)
        self._strip.folder_wanted.connect(self._open_folder)

    @Slot()
    def _on_changed(self) -> None:
        if self._jobs.current is not None:
            self._strip.show_job(self._jobs.current, self._jobs.waiting)

    @Slot(float, object)
    def _on_progressed(self, share: float, seconds: float | None) -> None:
        self._strip.show_progress(share, time_left_words(seconds))

    @Slot(object)
    def _on_done(self, path: Path) -> None:
        self._strip.show_done(path)
        self._window.show_message(f"Saved {path}")

    @Slot(object, str)
    def _on_failed(self, path: Path, problem: str) -> None:
        self._strip.show_nothing()
        self._window.show_message(f"{path.name} could not be made: {problem}")

    @Slot(object)
    def _on_canceled(self, path: Path) -> None:
        self._strip.show_nothing()
        self._window.show_message(f"Canceled {path.name}; nothing of it is left.")

    @Slot(object)
    def _open_folder(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def _may_close(self) -> bool:
        """Ask whether what is being made is to be given up."""
        path = self._jobs.current
        if path is None:
            return True
        question = QMessageBox(self._window)
        question.setWindowTitle("Close gdviz?")
        question.setText(f"{path.name} is still being made.")
        question.setInformativeText("If you close the window now, nothing of it is saved.")
        leave = question.addButton("Close", QMessageBox.ButtonRole.DestructiveRole)
        stay = question.addButton("Keep going", QMessageBox.ButtonRole.RejectRole)
        explain(leave, "Give the file up and close the window.")
        explain(stay, "Leave the window open until the file is there.")
        question.setDefaultButton(stay)
        question.setEscapeButton(stay)
        question.exec()
        return question.clickedButton() is leave
