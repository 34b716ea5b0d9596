"""The history of the experiment's changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from gdviz.experiment import Experiment

__all__ = ["Edit", "UndoStack"]


@dataclass(frozen=True)
class Edit:
    """One undoable change.

    Attributes
    ----------
    text : str
        What it is called in the Edit menu.
    before, after : Experiment
    gesture : object
        Edits of one gesture merge; None for an edit of its own.
    """

    text: str
    before: Experiment
    after: Experiment
    gesture: object = None


class UndoStack(QObject):
    """Edits in order, and how many of them are in force.

    It has the signals and methods of a ``QUndoStack`` that a menu needs. That class
    itself deletes commands which Python's garbage collector may have deleted before,
    which ends the process, and never frees those that were merged.

    Signals
    -------
    experiment_wanted(Experiment)
        An edit, undo or redo leads here.
    canUndoChanged(bool), canRedoChanged(bool), undoTextChanged(str), redoTextChanged(str)
        For the entries of a menu.
    cleanChanged(bool)
        The experiment has come to what was saved, or has gone from it.
    """

    experiment_wanted = Signal(object)
    canUndoChanged = Signal(bool)  # noqa: N815 -- as Qt calls it
    canRedoChanged = Signal(bool)  # noqa: N815
    undoTextChanged = Signal(str)  # noqa: N815
    redoTextChanged = Signal(str)  # noqa: N815
    cleanChanged = Signal(bool)  # noqa: N815

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits: list[Edit] = []
        self._index = 0
        self._mergeable = False
        self._base = object()
        self._clean: object = self._base
        self._told: tuple[bool, bool, str, str, bool] = (False, False, "", "", True)

    def count(self) -> int:
        """Return the number of edits, undone ones included."""
        return len(self._edits)

    def index(self) -> int:
        """Return the number of edits in force."""
        return self._index

    def text(self, number: int) -> str:
        """Return what an edit is called, counted from 0."""
        return self._edits[number].text

    def canUndo(self) -> bool:
        """Return whether any edit is in force."""
        return self._index > 0

    def canRedo(self) -> bool:
        """Return whether any edit has been undone."""
        return self._index < len(self._edits)

    def undoText(self) -> str:
        """Return what would be undone, or nothing."""
        return self._edits[self._index - 1].text if self.canUndo() else ""

    def redoText(self) -> str:
        """Return what would be done again, or nothing."""
        return self._edits[self._index].text if self.canRedo() else ""

    def isClean(self) -> bool:
        """Return whether what is in force is what was saved last."""
        return self._newest is self._clean

    def mark(self) -> object:
        """Return a mark for what is in force; no later edit merges into it."""
        self._mergeable = False
        return self._newest

    def setClean(self, mark: object) -> None:
        """Take what was in force at a mark for saved."""
        self._clean = mark
        self._tell()

    def resetClean(self) -> None:
        """Take nothing for saved."""
        self.setClean(None)

    def clear(self) -> None:
        """Forget all edits; what is in force now is taken for saved."""
        self._edits, self._index, self._mergeable = [], 0, False
        self._base = object()
        self.setClean(self._base)

    def push(self, edit: Edit) -> None:
        """Put an edit in force; those that were undone are forgotten."""
        kept = self._edits[: self._index]
        newest = kept[-1] if kept and self._mergeable else None
        if newest is not None and newest.gesture is not None and newest.gesture == edit.gesture:
            merged = replace(newest, text=edit.text, after=edit.after)
            kept[-1:] = [merged] if merged.before != merged.after else []
        else:
            kept.append(edit)
        self._edits, self._mergeable = kept, True
        self._move(len(kept), edit.after)

    def undo(self) -> None:
        """Take the newest edit back."""
        if self.canUndo():
            self._mergeable = False
            self._move(self._index - 1, self._edits[self._index - 1].before)

    def redo(self) -> None:
        """Put the edit that was undone last in force again."""
        if self.canRedo():
            self._mergeable = False
            self._move(self._index + 1, self._edits[self._index].after)

    def _move(self, index: int, experiment: Experiment) -> None:
        self._index = index
        self.experiment_wanted.emit(experiment)
        self._tell()

    @property
    def _newest(self) -> object:
        return self._edits[self._index - 1] if self._index else self._base

    def _tell(self) -> None:
        now = (
            *(self.canUndo(), self.canRedo(), self.undoText(), self.redoText()),
            self.isClean(),
        )
        signals = (
            self.canUndoChanged,
            self.canRedoChanged,
            self.undoTextChanged,
            self.redoTextChanged,
            self.cleanChanged,
        )
        before, self._told = self._told, now
        for signal, old, new in zip(signals, before, now, strict=True):
            if old != new:
                signal.emit(new)
