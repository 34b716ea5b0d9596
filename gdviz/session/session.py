"""The current experiment and the history of its changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from gdviz.experiment import Experiment

__all__ = ["Session"]


class Session(QObject):
    """Holds the one current Experiment; every change of it can be undone.

    Signals
    -------
    experiment_changed(before, after)
        After every edit, undo and redo. Observers compare the parts they draw.
    """

    experiment_changed = Signal(object, object)

    def __init__(self, experiment: Experiment, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._gesture = 0
        self.undo_stack = QUndoStack(self)

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
            Edits with the same name merge into one undo step until `settle`.
        """
        if after != self._experiment:
            gesture = (merge, self._gesture) if merge else None
            self.undo_stack.push(_Edit(self, text, self._experiment, after, gesture))

    def settle(self) -> None:
        """End a drag: the next edit is an undo step of its own."""
        self._gesture += 1

    def show(self, experiment: Experiment) -> None:
        """Make an experiment the current one; for the undo stack's commands alone."""
        before, self._experiment = self._experiment, experiment
        self.experiment_changed.emit(before, experiment)


class _Edit(QUndoCommand):
    """One change: the experiment before and after."""

    def __init__(
        self,
        session: Session,
        text: str,
        before: Experiment,
        after: Experiment,
        gesture: tuple[str, int] | None,
    ) -> None:
        super().__init__(text)
        self._session = session
        self.before = before
        self.after = after
        self.gesture = gesture

    def id(self) -> int:
        return -1 if self.gesture is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other.gesture != self.gesture:
            return False
        self.after = other.after
        return True

    def redo(self) -> None:
        self._session.show(self.after)

    def undo(self) -> None:
        self._session.show(self.before)
