"""What the user wants of the list of runs, as changes of the experiment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.app.conductor import Playback
from gdviz.app.editor import Editor
from gdviz.engine.verdict import Remedy
from gdviz.errors import UserError
from gdviz.experiment import Experiment, run_list
from gdviz.experiment.many_starts import ManyStarts
from gdviz.experiment.suggest import suggested_optimizer
from gdviz.optimizers import OPTIMIZERS, Optimizer, with_hyperparameters
from gdviz.session.opener import Opener
from gdviz.session.session import Session

__all__ = ["RunEditor"]


class RunEditor(QObject):
    """Turns intents of the list of runs into undoable edits.

    Parameters
    ----------
    session : Session
    editor : Editor
    racer : Opener
        In whose thread learning rates for a race are tried.

    Signals
    -------
    refused(str)
        Something can't be done, and why.
    """

    refused = Signal(str)

    def __init__(
        self, session: Session, editor: Editor, racer: Opener, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._editor = editor
        self._racer = racer
        racer.opened.connect(self._on_made)
        racer.failed.connect(self._on_failed)

    @property
    def _experiment(self) -> Experiment:
        return self._session.experiment

    @Slot(object)
    def select(self, rows: Sequence[int]) -> None:
        """Select runs; the first one's numbers are shown.

        What is changed of them is an undo step of its own, also by keys of a slider.
        """
        self._session.settle()
        self._session.adjust(run_list.selected(self._experiment, rows))

    def select_next(self, by: int) -> None:
        """Select the run that is so many places further down; from the end, the first again."""
        row, count = self._experiment.current_row, len(self._experiment.runs)
        if row is not None:
            self.select(((row + by) % count,))

    @Slot(object, bool)
    def show(self, rows: Sequence[int], visible: bool) -> None:
        """Show some runs in the views, or leave them out."""
        text = "Show run" if visible else "Hide run"
        self._session.edit(text, run_list.shown(self._experiment, rows, visible))

    @Slot(bool)
    def solo(self, on: bool) -> None:
        """Show nothing but the selected runs, or all again."""
        self._session.edit("Show only selected", run_list.soloed(self._experiment, on))

    @Slot(int, str)
    def rename(self, row: int, name: str) -> None:
        """Call a run otherwise."""
        if row < len(self._experiment.runs):
            self._session.edit("Rename run", run_list.renamed(self._experiment, row, name))

    @Slot(int)
    def move(self, by: int) -> None:
        """Move the selected runs down the list, or up."""
        self._session.edit("Move run", run_list.reordered(self._experiment, by))

    def duplicate(self) -> None:
        """Make each selected run once more."""
        self._edit("Duplicate run", run_list.duplicated)

    def remove(self) -> None:
        """Take the selected runs away."""
        self._edit("Delete run", run_list.removed)

    @Slot(object)
    def add_start(self, start: tuple[float, ...]) -> None:
        """Start one more run like the current one, somewhere else."""
        self._edit("Add start", lambda old: run_list.added(old, start), Playback.RESTART)

    def spread(self, wanted: ManyStarts) -> None:
        """Start runs like the current one from many places.

        Raises
        ------
        UserError
            If there can't be such runs.
        """
        before = self._experiment
        after = run_list.spread(before, wanted.starts(before.view.domain), keep=wanted.keep)
        self._editor.edit("Add many starts", after, Playback.RESTART)

    @Slot(object)
    def race(self, keys: Sequence[str]) -> None:
        """Start these optimizers where the current run starts, each with a rate that does well."""
        experiment = self._experiment
        landscape, start = experiment.landscape, experiment.current.start
        kinds = [OPTIMIZERS[key]() for key in keys]

        def make(told: Callable[[float], None]) -> tuple[Optimizer, ...]:
            made = []
            for number, kind in enumerate(kinds):
                told(number / len(kinds))
                made.append(suggested_optimizer(kind, landscape, start))
            return tuple(made)

        self._racer.request(make, experiment)

    @Slot(object)
    def apply(self, remedy: Remedy) -> None:
        """Give the current run the hyperparameters that the verdict recommends."""
        experiment = self._experiment
        row = experiment.current_row
        if row is None:
            return
        alone = run_list.selected(experiment, (row,))
        before = alone.current
        optimizer = with_hyperparameters(before.optimizer, **dict(remedy.hyperparameters))
        after = run_list.retuned(alone, before, replace(before, optimizer=optimizer))
        self._editor.edit(
            remedy.title, run_list.selected(after, experiment.selection), Playback.RESTART
        )

    @Slot(object, object)
    def _on_made(self, made: Sequence[Optimizer], asked: Experiment) -> None:
        now = self._experiment
        if (now.landscape, now.current.start) == (asked.landscape, asked.current.start):
            self._edit("Race optimizers", lambda old: run_list.raced(old, made), Playback.RESTART)

    @Slot(str, object)
    def _on_failed(self, reason: str, _asked: object) -> None:
        self.refused.emit(reason)

    def _edit(
        self,
        text: str,
        change: Callable[[Experiment], Experiment],
        playback: Playback = Playback.STAY,
    ) -> None:
        try:
            after = change(self._experiment)
        except UserError as error:
            self.refused.emit(str(error))
            return
        self._editor.edit(text, after, playback)
