"""From a changed experiment to a moving playhead."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.engine import Outcome, StepDetail, Trajectory
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.session.player import Player
from gdviz.session.run_book import RunBook
from gdviz.views.shown_runs import ShownRuns, shown_runs

__all__ = ["Conductor", "Playback"]


class Playback(Enum):
    """What the playhead does once the runs have changed."""

    RESTART = auto()
    REWIND = auto()
    FOLLOW_END = auto()
    SEEK = auto()
    STAY = auto()


_FOLLOWING = (Playback.FOLLOW_END, Playback.SEEK)


class Conductor(QObject):
    """Has the runs computed when they change, and tells the player what came of it.

    The player counts the records of the longest run that is shown.

    Signals
    -------
    trajectories_changed()
        There is more of the runs, or there are others.
    finished()
        Nothing more of them is going to come.
    failed(str)
    """

    trajectories_changed = Signal()
    finished = Signal()
    failed = Signal(str)

    def __init__(self, book: RunBook, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._player = player
        self._next = Playback.STAY
        self._current = Playback.STAY
        self._followed: int | None = None
        self._sought = 0
        self._started = False
        self._experiment: Experiment | None = None
        self._recordings: tuple[Trajectory, ...] = ()
        self._laid: object = None
        self._shown = ShownRuns()
        self._longest: Trajectory | None = None
        self._company: tuple[int, int] | None = None
        book.changed.connect(self._on_changed)
        book.finished.connect(self._on_finished)
        book.failed.connect(self._on_failed)

    @property
    def computing(self) -> bool:
        """Whether the current runs are not complete yet."""
        return self._book.computing or not self._started

    @property
    def started(self) -> bool:
        """Whether any runs have been requested yet."""
        return self._started

    @property
    def of_runs(self) -> tuple[Trajectory | None, ...]:
        """What has been computed of each run of the list, then the recorded runs."""
        return (*self._book.trajectories, *self._recordings)

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """What there is of those runs that have begun, and of the recorded ones."""
        return tuple(trajectory for trajectory in self.of_runs if trajectory is not None)

    @property
    def shown(self) -> ShownRuns:
        """What views are given of the runs, as of the last time that they changed."""
        return self._shown

    @property
    def longest(self) -> Trajectory | None:
        """The run whose records the playhead counts; None if there is none."""
        return self._longest

    @property
    def last_step(self) -> int | None:
        """The last step that the playhead can show; None if there is nothing to play."""
        lasts = [] if self._longest is None else [int(self._longest.steps[-1])]
        if self._company is not None:
            lasts.append(self._company[0])
        return max(lasts, default=None)

    def step_at(self, record: int) -> int:
        """Return the step that a record of the playhead stands for."""
        longest = self._longest
        records, last = (0, -1) if longest is None else (longest.records, int(longest.steps[-1]))
        if longest is not None and record < records:
            return int(longest.steps[record])
        # Behind the runs' own records, each step of what accompanies them has one.
        return max(min(last + 1 + record - records, self.last_step or 0), 0)

    def record_at(self, step: int) -> int:
        """Return the playhead's record for a step."""
        longest = self._longest
        if longest is not None and (step <= longest.steps[-1] or self._company is None):
            return max(longest.record_at(step), 0)
        records, last = (0, -1) if longest is None else (longest.records, int(longest.steps[-1]))
        return records + min(step, self.last_step or 0) - last - 1 if self._company else 0

    def accompany(self, steps: int | None, settled: int | None = None) -> None:
        """Let the playhead go on behind the runs' end, or where there are none.

        Parameters
        ----------
        steps : int or None
            To which step at least; None for no further than the runs.
        settled : int, optional
            The step after which nothing moves there, if it is known.
        """
        company = None if steps is None else (steps, steps if settled is None else settled)
        if company != self._company:
            self._company = company
            self._tell_player()

    def detail(self, row: int, step: int) -> StepDetail | None:
        """Return what a step of a run is made of; None where it isn't known."""
        return self._book.detail(row, step)

    def expect(self, playback: Playback) -> None:
        """Tell what the next change of the runs is to do to the playhead."""
        self._next = playback

    def seek(self, step: int | None) -> None:
        """Stand still at a step as soon as it is computed; the end where it is None."""
        self._player.pause()
        self._current = Playback.FOLLOW_END if step is None else Playback.SEEK
        self._sought, self._followed = step or 0, None
        if not self.computing:
            self._follow()
            self._current = Playback.STAY

    def start(self, experiment: Experiment) -> None:
        """Compute an experiment's runs; play them from the start, if nothing else is expected."""
        if self._next is Playback.STAY:
            sought = self._current is not Playback.STAY
            self._next = self._current if sought else Playback.RESTART
        self._request(experiment)

    @Slot(object, object)
    def on_experiment_changed(self, before: Experiment, after: Experiment) -> None:
        """Compute the runs anew if they have changed."""
        self._experiment = after
        tasks = [[run.task for run in runs] for runs in (before.runs, after.runs)]
        if before.landscape != after.landscape or tasks[0] != tasks[1]:
            self._request(after, before)
        elif before.tracks != after.tracks:
            self._lay_recordings(after)
            self._on_changed()
        elif before.runs != after.runs or (before.view.solo, before.selection) != (
            after.view.solo,
            after.selection,
        ):
            self._on_changed()

    def cancel(self) -> None:
        """Stop computing and keep what there is."""
        if self.computing:
            self._book.cancel()

    def _request(self, experiment: Experiment, before: Experiment | None = None) -> None:
        self._current, self._next = self._next, Playback.STAY
        self._followed = None
        if self._current is Playback.STAY and self._at_end() and _is_new(experiment, before):
            self._current = Playback.FOLLOW_END
        self._started = True
        self._experiment = experiment
        self._lay_recordings(experiment)
        try:
            self._book.request(experiment.landscape, experiment.runs)
        except UserError as error:
            self.failed.emit(str(error))

    def _lay_recordings(self, experiment: Experiment) -> None:
        """Lay recorded runs over the landscape, unless they lie there already."""
        laid = (experiment.landscape, experiment.tracks)
        if laid != self._laid:
            self._laid = laid
            self._recordings = experiment.recordings()

    def _at_end(self) -> bool:
        player = self._player
        return player.playing or player.record >= player.end

    @Slot()
    def _on_changed(self) -> None:
        self._let_go()
        self._tell_player()
        self.trajectories_changed.emit()
        if self._current is Playback.RESTART and self._longest is not None:
            self._current = Playback.STAY
            self._player.restart()
        elif self._current is Playback.REWIND and self._longest is not None:
            self._current = Playback.STAY
            self._player.jump(0)
        else:
            self._follow()

    @Slot()
    def _on_finished(self) -> None:
        self._let_go()
        self._tell_player()
        self._follow()
        self._current = Playback.STAY  # what is selected or hidden later moves no playhead
        self.finished.emit()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._on_changed()
        self._on_finished()
        self.failed.emit(reason)

    def _let_go(self) -> None:
        """Leave the playhead alone where the user has taken it from the end."""
        moved = self._player.playing or self._player.record != self._followed
        if self._current in _FOLLOWING and self._followed is not None and moved:
            self._current = Playback.STAY

    def _follow(self) -> None:
        if self._current in _FOLLOWING:
            to_end = self._current is Playback.FOLLOW_END
            self._player.jump(self._player.end if to_end else self.record_at(self._sought))
            self._followed = self._player.record

    def _tell_player(self) -> None:
        if self._experiment is None:
            return
        self._shown = shown_runs(self._experiment, self.of_runs)
        shown = self._shown.trajectories
        self._longest = max(shown, key=lambda one: int(one.steps[-1]), default=None)
        last = self.last_step
        length = 0 if last is None else self.record_at(last) + 1
        settled = max((_settled(trajectory) for trajectory in shown), default=0)
        end = 0 if self._longest is None else self._longest.record_at(settled)
        if self._company is not None:
            end = max(end, self.record_at(self._company[1]))
        self._player.set_records(length, growing=self._book.computing, end=end)


def _is_new(after: Experiment, before: Experiment | None) -> bool:
    """Tell whether there is anything to compute that was not there before."""
    if before is None or before.landscape != after.landscape:
        return True
    return not {run.task for run in after.runs} <= {run.task for run in before.runs}


def _settled(trajectory: Trajectory) -> int:
    """Return the step after which none of its runs moves visibly."""
    return max(
        settled if outcome is Outcome.CONVERGED else last
        for outcome, settled, last in zip(
            trajectory.outcome, trajectory.outcome_step, trajectory.last_step, strict=True
        )
    )
