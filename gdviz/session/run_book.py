"""The trajectory of every run in the list, computed anew only where something has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gdviz.engine import Outcome, Recorder, StepDetail, Trajectory, step_detail
from gdviz.experiment import Batch, Run, batches
from gdviz.experiment.run import RunTask
from gdviz.landscapes import Landscape
from gdviz.session.runner import Runner

__all__ = ["RunBook"]

_LET_FINISH_MS = 120

Request = tuple[Landscape, tuple[Run, ...]]


@dataclass(eq=False)
class _Page:
    """One run: where its records are collected, and what is shown until the first arrives."""

    task: RunTask
    batch: Batch
    row: int
    recorder: Recorder
    earlier: Trajectory | None
    seen: Trajectory | None = None
    own: Trajectory | None = None

    def trajectory(self) -> Trajectory | None:
        whole = self.recorder.trajectory()
        if whole is None:
            return self.earlier
        if whole is not self.seen:
            self.seen, self.own = whole, whole.run(self.row)
        return self.own

    @property
    def complete(self) -> bool:
        whole = self.recorder.trajectory()
        return whole is not None and whole.outcome[self.row] is not Outcome.RUNNING


class RunBook(QObject):
    """Has runs computed and tells what there is of each.

    A run whose task is known already is not computed again. While a start or a slider is
    dragged, requests come faster than they can be computed; then the current one is given a
    moment to finish and only the newest of the others follows, so that the picture follows
    the hand instead of being begun again and again.

    Signals
    -------
    changed()
        More records have arrived, or there are other runs.
    finished()
        All runs are complete, or computing them was stopped.
    failed(str)
        A run could not be computed, and why.
    """

    changed = Signal()
    finished = Signal()
    failed = Signal(str)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._pages: tuple[_Page, ...] = ()
        self._landscape: Landscape | None = None
        self._computing = False
        self._waiting: Request | None = None
        self._since = QElapsedTimer()
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._begin_waiting)
        runner.trajectories_changed.connect(self._on_arrived)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)

    @property
    def computing(self) -> bool:
        """Whether the runs are not complete yet."""
        return self._computing

    @property
    def trajectories(self) -> tuple[Trajectory | None, ...]:
        """What there is of each run, in the order of the list; None before its first record."""
        return tuple(page.trajectory() for page in self._pages)

    def detail(self, row: int, step: int) -> StepDetail | None:
        """Return what a step of a run is made of; None where it isn't known."""
        if row >= len(self._pages):
            return None
        page = self._pages[row]
        whole = page.recorder.trajectory()
        if whole is None:
            return None
        return step_detail(page.batch.descent, whole, page.recorder.states, page.row, step)

    def request(self, landscape: Landscape, runs: Sequence[Run]) -> None:
        """Have these runs computed instead of those before.

        Raises
        ------
        UserError
            If a run can't be computed; nothing is left of the runs before.
        """
        wanted = (landscape, tuple(runs))
        patient = landscape == self._landscape and len(runs) == len(self._pages)
        if self._computing and patient and self._since.elapsed() < _LET_FINISH_MS:
            self._made(landscape, runs)
            self._waiting = wanted
            if not self._deadline.isActive():
                self._deadline.start(_LET_FINISH_MS - int(self._since.elapsed()))
            return
        self._begin(*wanted)

    def cancel(self) -> None:
        """Stop computing and keep what has been computed."""
        self._forget_waiting()
        self._runner.cancel()

    def clear(self) -> None:
        """Have no runs any more."""
        self._forget_waiting()
        self._pages, self._computing = (), False
        self._runner.request(())
        self.changed.emit()

    def _begin(self, landscape: Landscape, runs: tuple[Run, ...]) -> None:
        self._forget_waiting()
        same = landscape == self._landscape
        known = {page.task: page for page in self._pages if same and page.complete}
        before = [page.trajectory() for page in self._pages] if same else []
        if len(before) != len(runs):
            before = [None] * len(runs)
        fresh = [number for number, run in enumerate(runs) if run.task not in known]
        made = self._made(landscape, [runs[number] for number in fresh])
        pages: dict[int, _Page] = {
            number: known[run.task] for number, run in enumerate(runs) if run.task in known
        }
        self._landscape = landscape
        self._computing = bool(made)
        self._since.start()
        self._runner.request(tuple(batch.descent for batch in made))
        for batch, recorder in zip(made, self._runner.recorders, strict=True):
            for row, place in enumerate(batch.runs):
                number = fresh[place]
                pages[number] = _Page(runs[number].task, batch, row, recorder, before[number])
        self._pages = tuple(pages[number] for number in range(len(runs)))
        if not made:
            self.changed.emit()
            self.finished.emit()

    def _made(self, landscape: Landscape, runs: Sequence[Run]) -> tuple[Batch, ...]:
        try:
            return batches(landscape, runs)
        except ValueError:
            self.clear()
            raise

    def _forget_waiting(self) -> None:
        self._waiting = None
        self._deadline.stop()

    @Slot()
    def _begin_waiting(self) -> None:
        if self._waiting is not None:
            self._begin(*self._waiting)

    @Slot(object)
    def _on_arrived(self, trajectories: tuple[Trajectory, ...]) -> None:
        if trajectories:
            self.changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self._waiting is not None:
            self._begin_waiting()
        elif self._computing or not self._pages:
            self._end()
            self.finished.emit()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._forget_waiting()
        self._end()
        self.failed.emit(reason)

    def _end(self) -> None:
        """Let runs that were not begun show nothing: what they showed is another run's."""
        self._computing = False
        stale = [page for page in self._pages if page.recorder.trajectory() is None]
        for page in self._pages:
            page.earlier = None
        if stale:
            self.changed.emit()
