"""What the user wants, as changes of the experiment."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
from PySide6.QtCore import QObject, Slot

from gdviz.app.conductor import Conductor, Playback
from gdviz.experiment import Experiment, Run, run_list
from gdviz.landscapes import Domain, Interval
from gdviz.optimizers import with_hyperparameters
from gdviz.session.player import Player
from gdviz.session.session import Session

__all__ = ["Editor"]

_ZOOM = 1.5
_NARROWEST, _WIDEST = 1e-5, 1e4


class Editor(QObject):
    """Turns intents of views, panels and menus into undoable edits.

    Parameters
    ----------
    session : Session
    conductor : Conductor
        Told what the playhead is to do after each edit.
    player : Player
    seed : int or None
        Of random starts; None for others at each launch.
    """

    def __init__(
        self,
        session: Session,
        conductor: Conductor,
        player: Player,
        seed: int | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._conductor = conductor
        self._player = player
        self._seed = seed
        self._dragged: tuple[tuple[float, ...], tuple[int, ...]] | None = None

    @cached_property
    def _rng(self) -> np.random.Generator:
        return np.random.default_rng(self._seed)

    @property
    def _experiment(self) -> Experiment:
        return self._session.experiment

    @Slot(object)
    def pick_start(self, start: tuple[float, ...]) -> None:
        """Start somewhere else and watch the descent from there."""
        after = run_list.picked(self._experiment, start)
        if after == self._experiment:
            self._player.restart()
            return
        self.edit("Move start", after, Playback.RESTART)

    @Slot(object, object)
    def drag_start(self, origin: tuple[float, ...], start: tuple[float, ...]) -> None:
        """Move a start under the mouse; every run through it follows at once.

        Parameters
        ----------
        origin : tuple of float
            Where the drag began; the same until `settle`.
        start : tuple of float
        """
        if self._dragged is None or self._dragged[0] != origin:
            self._dragged = (origin, run_list.starting_at(self._experiment, origin))
        after = run_list.starts_moved(self._experiment, self._dragged[1], start)
        stands = self._player.record == 0 and not self._player.playing
        playback = Playback.REWIND if stands else Playback.FOLLOW_END
        self.edit("Move start", after, playback, merge="drag start")

    @Slot(object, object)
    def drag_point(self, origin: tuple[float, ...], to: tuple[float, ...]) -> None:
        """Move the current run's point under the mouse: it becomes where the run starts.

        Parameters
        ----------
        origin : tuple of float
            Where the drag began; the same until `settle`.
        to : tuple of float
        """
        row = self._experiment.current_row
        if row is None:
            return
        if self._dragged is None or self._dragged[0] != origin:
            self._dragged = (origin, (row,))
        after = run_list.starts_moved(self._experiment, self._dragged[1], to)
        self.edit("Move start", after, Playback.REWIND, merge="drag start")

    def pick_rate(self, rate: float) -> None:
        """Give the selected runs another learning rate."""
        before = self._experiment.current
        optimizer = with_hyperparameters(before.optimizer, learning_rate=rate)
        self.edit_run("Change learning rate", replace(before, optimizer=optimizer))

    @Slot()
    def settle(self) -> None:
        """End a drag."""
        self._dragged = None
        self._session.settle()

    def start_at_zero(self) -> None:
        """Start where every parameter is 0."""
        self.pick_start((0.0,) * self._experiment.landscape.dimension)

    def start_at_random(self) -> None:
        """Start somewhere in view."""
        domain = self._experiment.view.domain
        start = self._rng.uniform(domain.low, domain.high)
        self.pick_start(tuple(float(f"{value:.4g}") for value in start.tolist()))

    @Slot(str, object)
    def edit_run(self, text: str, run: Run) -> None:
        """Change the start, or anything else of the selected runs."""
        before = self._experiment.current
        if run.start != before.start:
            moved = run_list.start_typed(self._experiment, run.start)
            self.edit("Move start", moved, Playback.RESTART)
            return
        self._session.edit(text, run_list.retuned(self._experiment, before, run), merge=text)

    def clear(self) -> None:
        """Take the run away."""
        self._session.edit("Clear run", self._experiment.cleared())

    def reset(self) -> None:
        """Go back to what this landscape began with."""
        fresh = self._experiment.fresh()
        tasks = [run.task for run in self._experiment.runs]
        self.edit("Reset experiment", fresh, Playback.RESTART)
        if [run.task for run in fresh.runs] == tasks:
            self._player.restart()

    @Slot(object)
    def pick_domain(self, domain: Domain) -> None:
        """Show what the user has zoomed or panned to."""
        self._session.edit("Change view", self._experiment.showing(domain), merge="view")

    def pick_interval(self, axis: int, interval: Interval, shown: Domain) -> None:
        """Show other values of a parameter.

        Parameters
        ----------
        axis : int
        interval : (float, float)
        shown : Domain
            What is in view now, of which the other parameter is kept; it is zoomed along
            where both are drawn with the same unit.
        """
        domain = shown
        if self._experiment.landscape.isotropic:
            domain = _zoomed(shown, (interval[1] - interval[0]) / float(shown.width[axis]))
        intervals = list(domain)
        intervals[axis] = interval
        self.pick_domain(Domain.of(*intervals))

    def zoom(self, factor: float) -> None:
        """Show `factor` times as much of each parameter, about the middle; not without end."""
        domain, landscape = self._experiment.view.domain, self._experiment.landscape
        widths = factor * domain.width / landscape.domain.width
        if widths.max() <= _WIDEST if factor > 1.0 else widths.min() >= _NARROWEST:
            self.pick_domain(_zoomed(domain, factor))

    def zoom_in(self) -> None:
        """Show less, larger."""
        self.zoom(1.0 / _ZOOM)

    def zoom_out(self) -> None:
        """Show more, smaller."""
        self.zoom(_ZOOM)

    def show_whole(self) -> None:
        """Show what the landscape began with."""
        self._session.edit(
            "Show whole landscape", self._experiment.showing(self._experiment.landscape.domain)
        )

    @Slot(str)
    def scale_colors(self, scaling: str) -> None:
        """Map losses to colors in another way."""
        self._session.edit("Change colors", self._experiment.scaled(scaling))

    @Slot(bool)
    def show_residuals(self, shown: bool) -> None:
        """Show what the model misses of each point, or not."""
        self._session.edit("Show residuals", self._experiment.with_residuals(shown))

    @Slot(int)
    def slice_along(self, axis: int) -> None:
        """Cut the loss curve along a parameter."""
        self._session.edit("Change slice", self._experiment.sliced(axis))

    @Slot(str)
    def cut(self, cut: str) -> None:
        """Cut the loss curves along each parameter, or along −∇f."""
        self._session.edit("Change slice", self._experiment.with_cut(cut))

    def slice_along_next(self) -> None:
        """Cut the loss curve along the next parameter, then along each, then along −∇f."""
        view, last = self._experiment.view, self._experiment.landscape.dimension - 1
        if view.cut == "both":
            self.cut("ray")
        elif view.cut == "ray" or last == 0:
            self.slice_along(0)
        elif view.slice_axis < last:
            self.slice_along(view.slice_axis + 1)
        else:
            self.cut("both")

    def edit(self, text: str, after: Experiment, playback: Playback, merge: str = "") -> None:
        """Edit, and do that to the playhead if the runs change by it."""
        self._conductor.expect(playback)
        self._session.edit(text, after, merge=merge)
        self._conductor.expect(Playback.STAY)


def _zoomed(domain: Domain, factor: float) -> Domain:
    half = 0.5 * factor * domain.width
    low, high = domain.center - half, domain.center + half
    return Domain.of(*np.stack([low, high], axis=1).tolist())
