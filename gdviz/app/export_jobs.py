"""Exports that take long: made one after the other, each by a gdviz of its own."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from gdviz.app.child_process import child_environment, child_words
from gdviz.app.time_left import TimeLeft
from gdviz.errors import UserError
from gdviz.whole_file import check_writable, whole_file

__all__ = ["ExportJob", "ExportJobs"]

_GRACE_MS = 3000
_MOST_SAID = 4000


@dataclass(frozen=True)
class ExportJob:
    """A file that another gdviz is to write.

    Attributes
    ----------
    path : Path
        Where it goes in the end.
    document : bytes
        An experiment file.
    words : callable
        Given the experiment file's path and another for the result, returns the words after
        ``gdviz``.
    """

    path: Path
    document: bytes
    words: Callable[[str, str], list[str]]


class ExportJobs(QObject):
    """Makes files in another process, so that the window can be used meanwhile.

    The other process writes into a folder of its own; only what is complete is brought to its
    place. Hence whatever becomes of it, nothing is left behind.

    Signals
    -------
    progressed(float, object)
        The share of the current job that is done, from 0 to 1, and the seconds that are left,
        or None.
    changed()
        A job began, or is waiting, or was taken off the list.
    done(Path)
        A file is there.
    failed(Path, str)
        A file could not be made, and why.
    canceled(Path)
    """

    progressed = Signal(float, object)
    changed = Signal()
    done = Signal(object)
    failed = Signal(object, str)
    canceled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[ExportJob] = deque()
        self._running: _Running | None = None

    @property
    def current(self) -> Path | None:
        """Where the file goes that is being made; None if there is none."""
        return self._running.job.path if self._running else None

    @property
    def waiting(self) -> int:
        """How many are to be made after it."""
        return len(self._waiting)

    def add(self, job: ExportJob) -> None:
        """Make a file, after those that are being made.

        Raises
        ------
        UserError
            If it is clear that it can't be written.
        """
        check_writable(job.path)
        self._waiting.append(job)
        self._go_on()

    @Slot()
    def cancel(self) -> None:
        """Stop making the current file, and go on with the next."""
        running, self._running = self._running, None
        if running is not None:
            running.end()
            self.canceled.emit(running.job.path)
            self._go_on()

    @Slot()
    def stop(self) -> None:
        """Stop everything."""
        self._waiting.clear()
        running, self._running = self._running, None
        if running is not None:
            running.end()

    def _go_on(self) -> None:
        if self._running is None and self._waiting:
            job = self._waiting.popleft()
            try:
                self._running = _Running(job, self)
            except OSError as error:
                self.failed.emit(job.path, (error.strerror or str(error)).lower())
                self._go_on()
                return
            self._running.told.connect(self.progressed)
            self._running.ended.connect(self._on_ended)
            self._running.start()
        self.changed.emit()

    @Slot(str)
    def _on_ended(self, problem: str) -> None:
        running, self._running = self._running, None
        assert running is not None
        path = running.job.path
        if not problem:
            try:
                running.bring()
            except UserError as error:
                problem = str(error)
        running.end()
        if problem:
            self.failed.emit(path, problem)
        else:
            self.done.emit(path)
        self._go_on()


class _Running(QObject):
    """A job that is being done.

    Signals
    -------
    told(float, object)
        As `ExportJobs.progressed`.
    ended(str)
        What went wrong, in one line; empty if nothing did.
    """

    told = Signal(float, object)
    ended = Signal(str)

    def __init__(self, job: ExportJob, parent: QObject) -> None:
        super().__init__(parent)
        self.job = job
        self._folder = Path(tempfile.mkdtemp(prefix="gdviz-"))
        self._made = self._folder / "made" / job.path.name
        self._made.parent.mkdir()
        document = self._folder / "document.gdviz"
        document.write_bytes(job.document)
        self._time = TimeLeft()
        self._said = ""
        self._part = ""
        program, *arguments = child_words(job.words(str(document), str(self._made)))
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in child_environment().items():
            environment.insert(name, value)
        self._process = QProcess(self)
        self._process.setProgram(program)
        self._process.setArguments(arguments)
        self._process.setProcessEnvironment(environment)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.readyReadStandardError.connect(self._on_said)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Begin."""
        self._process.start()

    def bring(self) -> None:
        """Bring the file to its place, whole or not at all.

        Raises
        ------
        UserError
            If it can't be written there.
        """
        with whole_file(self.job.path) as file, self._made.open("rb") as made:
            shutil.copyfileobj(made, file)

    def end(self) -> None:
        """End the other process if it is still there, and take away what it has made."""
        self._process.blockSignals(True)
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(_GRACE_MS)
        shutil.rmtree(self._folder, ignore_errors=True)
        self.deleteLater()

    @Slot()
    def _on_said(self) -> None:
        self._part += bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        *lines, self._part = self._part.split("\n")
        share = None
        for line in lines:
            try:
                share = float(line)
            except ValueError:
                self._said = line[:_MOST_SAID] or self._said
        if share is not None and 0.0 <= share <= 1.0:
            self.told.emit(share, self._time.seconds(time.monotonic(), share))

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_said()
        if status is QProcess.ExitStatus.CrashExit:
            self.ended.emit("it ended before it was done")
        elif code or not self._made.is_file():
            said = (self._part or self._said).strip().removeprefix("gdviz: ")
            self.ended.emit(said or "it ended without a word")
        else:
            self.ended.emit("")

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(f"cannot start '{self._process.program()}'")
