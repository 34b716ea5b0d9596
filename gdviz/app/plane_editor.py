"""Changing what an experiment computes from everywhere at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.app.editor import Editor
from gdviz.session.session import Session

__all__ = ["PlaneEditor"]


class PlaneEditor(QObject):
    """Makes undoable edits of one part of `gdviz.experiment.whole_plane.WholePlane`.

    Parameters
    ----------
    part : str
        Its name.
    session : Session
    editor : Editor

    Signals
    -------
    refused(str)
        Something can't be done, and why.
    """

    refused = Signal(str)

    def __init__(
        self, part: str, session: Session, editor: Editor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._part = part
        self._session = session
        self._editor = editor

    @Slot()
    def settle(self) -> None:
        """End a drag."""
        self._editor.settle()

    def edit(self, text: str, spec: object, *, merge: bool = False) -> None:
        """Put another spec in the place of the part's.

        Parameters
        ----------
        text : str
            What undo calls it.
        spec
        merge : bool
            Whether it is one with an edit of the same text right before it.
        """
        experiment = self._session.experiment
        changed: dict[str, Any] = {self._part: spec}
        after = replace(experiment, plane=replace(experiment.plane, **changed))
        self._session.edit(text, after, merge=text if merge else "")
