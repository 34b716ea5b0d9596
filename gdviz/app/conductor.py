"""From a changed experiment to a moving playhead."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.engine import Outcome, Trajectory
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.session.player import Player
from gdviz.session.runner import Runner

__all__ = ["Conductor", "Playback"]


class Playback(Enum):
    """What the playhead does once the runs have changed."""

    RESTART = auto()
    FOLLOW_END = auto()
    STAY = auto()


class Conductor(QObject):
    """Has the runs computed when they change, and tells the player what came of it.

    Signals
    -------
    trajectories_changed(tuple of Trajectory)
    failed(str)
    """

    trajectories_changed = Signal(object)
    failed = Signal(str)

    def __init__(self, runner: Runner, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._player = player
        self._next = Playback.STAY
        self._current = Playback.STAY
        self._computing = True
        self._started = False
        self._recordings: tuple[Trajectory, ...] = ()
        runner.trajectories_changed.connect(self._on_trajectories)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)

    @property
    def computing(self) -> bool:
        """Whether the current runs are not complete yet."""
        return self._computing

    @property
    def started(self) -> bool:
        """Whether any runs have been requested yet."""
        return self._started

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """What has been computed of the current runs, and those recorded elsewhere."""
        return (*self._runner.trajectories, *self._recordings)

    def expect(self, playback: Playback) -> None:
        """Tell what the next change of the runs is to do to the playhead."""
        self._next = playback

    def start(self, experiment: Experiment) -> None:
        """Compute an experiment's runs and play them from the start."""
        self._next = Playback.RESTART
        self._request(experiment)

    @Slot(object, object)
    def on_experiment_changed(self, before: Experiment, after: Experiment) -> None:
        """Compute the runs anew if they have changed."""
        if before.landscape != after.landscape or before.runs != after.runs:
            self._request(after)
        elif before.tracks != after.tracks:
            self._recordings = after.recordings()
            self._on_trajectories(self._runner.trajectories)

    def cancel(self) -> None:
        """Stop computing and keep what there is."""
        if self._computing:
            self._runner.cancel()

    def _request(self, experiment: Experiment) -> None:
        self._current, self._next = self._next, Playback.STAY
        if self._current is Playback.STAY and self._at_end():
            self._current = Playback.FOLLOW_END
        self._started = True
        self._recordings = experiment.recordings()
        try:
            descents = experiment.descents()
        except UserError as error:
            self._runner.request(())
            self.failed.emit(str(error))
            return
        self._computing = True
        self._runner.request(descents)

    def _at_end(self) -> bool:
        player = self._player
        return player.playing or player.record >= player.end

    @Slot(object)
    def _on_trajectories(self, _computed: tuple[Trajectory, ...]) -> None:
        self._tell_player(self.trajectories)
        self.trajectories_changed.emit(self.trajectories)
        if self._current is Playback.RESTART:
            self._current = Playback.STAY
            self._player.restart()
        elif self._current is Playback.FOLLOW_END:
            self._player.jump(self._player.end)

    @Slot()
    def _on_finished(self) -> None:
        self._computing = False
        self._tell_player(self.trajectories)
        self.trajectories_changed.emit(self.trajectories)

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._on_finished()
        self.failed.emit(reason)

    def _tell_player(self, trajectories: tuple[Trajectory, ...]) -> None:
        length = max((trajectory.records for trajectory in trajectories), default=0)
        end = max((_settled(trajectory) for trajectory in trajectories), default=0)
        self._player.set_records(length, growing=self._computing, end=end)


def _settled(trajectory: Trajectory) -> int:
    """Return the record after which none of its runs moves visibly."""
    steps = [
        settled if outcome is Outcome.CONVERGED else last
        for outcome, settled, last in zip(
            trajectory.outcome, trajectory.outcome_step, trajectory.last_step, strict=True
        )
    ]
    return trajectory.record_at(max(steps))
