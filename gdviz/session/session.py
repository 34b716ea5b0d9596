"""The current experiment and the history of its changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.experiment import Experiment
from gdviz.session.undo_stack import Edit, UndoStack

__all__ = ["Session"]


class Session(QObject):
    """Holds the one current Experiment; every change of it can be undone.

    Signals
    -------
    experiment_changed(before, after)
        After every edit, undo and redo, and where another begins. Observers compare the parts
        they draw.
    """

    experiment_changed = Signal(object, object)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._gesture = 0
        self.undo_stack = UndoStack(self)
        self.undo_stack.experiment_wanted.connect(self._show)

    @property
    def experiment(self) -> Experiment:
        """The current experiment, a frozen value."""
        return self._experiment

    def edit(self, text: str, after: Experiment, *, merge: str = "") -> None:
        """Replace the experiment, undoably.

        Parameters
        ----------
        text : str
            What the change is called in the Edit menu, such as ``"Move start"``.
        after : Experiment
        merge : str
            Edits with the same name, one after the other, merge into one undo step
            until `settle`, an undo or a redo.
        """
        if after != self._experiment:
            gesture = (merge, self._gesture) if merge else None
            self.undo_stack.push(Edit(text, self._experiment, after, gesture))

    def adjust(self, after: Experiment) -> None:
        """Change what is no edit, such as what is selected: nobody wants to undo that."""
        if after != self._experiment:
            self._show(after)

    def begin(self, experiment: Experiment) -> None:
        """Replace the experiment and its history: what was before can't be undone."""
        self._gesture += 1
        self.undo_stack.clear()
        if experiment is not self._experiment:
            self._show(experiment)

    def settle(self) -> None:
        """End a drag: the next edit is an undo step of its own."""
        self._gesture += 1

    @Slot(object)
    def _show(self, experiment: Experiment) -> None:
        before, self._experiment = self._experiment, experiment
        self.experiment_changed.emit(before, experiment)
