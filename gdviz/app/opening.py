"""What the user opens, types or chooses, as landscapes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.app.conductor import Playback
from gdviz.app.editor import Editor
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Reading, TableWish, moved, open_experiment, retyped
from gdviz.experiment.document import Document
from gdviz.landscapes import preset
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.session.opener import Opener, Told
from gdviz.session.session import Session
from gdviz.surfaces import Track
from gdviz.tables import Dialect

if TYPE_CHECKING:
    from gdviz.lessons import Lesson

__all__ = ["Opening"]


@dataclass(frozen=True)
class _Read:
    """What was read from a file.

    Attributes
    ----------
    path : Path
    content : Experiment or Document
    """

    path: Path
    content: Experiment | Document


class Opening(QObject):
    """Makes landscapes in the background and puts them on the screen when they are good.

    While one is being made, and if it can't be, the last good one stays.

    Signals
    -------
    refused(str, object)
        Whose mistake it is: ``"formula"``, ``"file"``, ``"table"`` or ``"preset"``; and the
        error, a UserError or its words.
    accepted(str)
        Something was opened; the same words.
    lesson_opened(gdviz.lessons.Lesson)
        A lesson's file was read.
    document_opened(Document, Path)
        A saved experiment was read; nothing in the window has changed yet.
    file_opened(Path)
        A landscape was made from a file.
    """

    refused = Signal(str, object)
    accepted = Signal(str)
    lesson_opened = Signal(object)
    document_opened = Signal(object, object)
    file_opened = Signal(object)

    def __init__(
        self, session: Session, editor: Editor, opener: Opener, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._editor = editor
        self._opener = opener
        self._typed_from: Experiment | None = None
        opener.opened.connect(self._on_opened)
        opener.failed.connect(self._on_failed)

    @property
    def _experiment(self) -> Experiment:
        return self._session.experiment

    @Slot(str)
    def pick_preset(self, name: str) -> None:
        """Change to a landscape of the gallery."""
        self._opener.cancel()
        chosen = preset(name)
        if isinstance(chosen.build(), FormulaLandscape):
            self._opener.request(lambda _told: _ready(Experiment.of(chosen)), "preset")
        else:
            self._show(Experiment.of(chosen), "preset")

    @Slot(str)
    def type_formula(self, text: str) -> None:
        """Change to the landscape of a good formula."""
        if text.strip() == self._experiment.landscape.formula.strip():
            self._opener.cancel()
            return
        if self._typed_from is None:
            self._typed_from = self._experiment
        # Typing x^2 + y^2 passes x^2, which has another start than the landscape before it.
        before = self._typed_from
        self._opener.request(lambda _told: _ready(retyped(before, text)), "formula")

    @Slot()
    def end_typing(self) -> None:
        """Take what is shown now for what the next formula changes."""
        self._typed_from = None

    @Slot(str, float)
    def move_knob(self, name: str, value: float) -> None:
        """Move a slider of the formula; runs keep their starts and follow."""
        landscape = self._experiment.landscape
        if isinstance(landscape, FormulaLandscape):
            after = self._experiment.shaped(landscape.with_knob(name, value))
            self._editor.edit(f"Change {name}", after, Playback.STAY, merge=f"knob {name}")

    def open_path(self, path: Path) -> None:
        """Open a document, a table, a surface or a lesson, or lay a recorded run over the view."""

        def make(told: Told) -> _Read | Track | Lesson:
            from gdviz.experiment.file import looks_like_document, read_document
            from gdviz.lessons import looks_like_lesson, read_lesson
            from gdviz.surfaces import looks_like_track, read_track

            _check_file(path)
            if looks_like_lesson(path):
                return read_lesson(path)
            if looks_like_track(path):
                return read_track(path)
            if looks_like_document(path):
                document = read_document(path)
                _ready(document.experiment)
                return _Read(path, document)
            return _Read(path, _ready(open_experiment(str(path), None, told)))

        self._opener.request(make, "file")

    def open_track(self, path: Path) -> None:
        """Lay a file's points over the landscape in view, whatever else they could be."""

        def make(_told: Told) -> Track:
            from gdviz.surfaces import read_track

            return read_track(path)

        self._opener.request(make, "file")

    @Slot(object)
    def choose_fit(self, choice: FitChoice) -> None:
        """Make another regression of the table."""
        table, title = self._experiment.table, self._experiment.title
        if table is None:
            return

        def make(_told: Told) -> Experiment:
            from gdviz.landscapes.fit import fit_landscape

            return Experiment.on(fit_landscape(table, choice), title, table=table)

        self._opener.request(make, "table")

    @Slot(object)
    def choose_dialect(self, dialect: Dialect) -> None:
        """Read the table's file in another way."""
        table = self._experiment.table
        if table is None or table.path is None:
            return
        source = str(table.path)
        reading = Reading(kind="table", table=TableWish(dialect=dialect))
        self._opener.request(lambda told: open_experiment(source, reading, told), "table")

    @Slot(str)
    def choose_metric(self, metric: str) -> None:
        """Show another metric of the measured surface."""
        before = self._experiment
        landscape = before.landscape
        if not isinstance(landscape, SampledLandscape):
            return
        surface = landscape.surface

        def make(_told: Told) -> Experiment:
            return moved(before, SampledLandscape.of(surface, metric), before.title)

        self._opener.request(make, "file")

    @Slot()
    def cancel(self) -> None:
        """Stop opening."""
        self._opener.cancel()

    @Slot(object, object)
    def _on_opened(self, made: Experiment | _Read | Track | Lesson, whose: str) -> None:
        if isinstance(made, _Read):
            if isinstance(made.content, Document):
                self.document_opened.emit(made.content, made.path)
                self.accepted.emit(whose)
                return
            self.file_opened.emit(made.path)
            made = made.content
        if isinstance(made, Track):
            try:
                experiment = self._experiment.recorded(made)
            except UserError as error:
                self.refused.emit(whose, error)
                return
            self._editor.edit("Open recorded run", experiment, Playback.STAY)
            self.accepted.emit(whose)
            return
        if isinstance(made, Experiment):
            self._show(made, whose)
            return
        self.lesson_opened.emit(made)
        self.accepted.emit(whose)

    def _show(self, experiment: Experiment, whose: str) -> None:
        text = {"formula": "Change formula", "table": "Change regression"}.get(
            whose, "Change landscape"
        )
        merge = "formula" if whose == "formula" else ""
        if not merge:
            self._session.settle()
        if whose == "table":
            view = replace(experiment.view, residuals=self._experiment.view.residuals)
            experiment = replace(experiment, view=view)
        self._editor.edit(text, experiment, Playback.RESTART, merge=merge)
        self.accepted.emit(whose)

    @Slot(str, object)
    def _on_failed(self, reason: str, whose: str) -> None:
        self.refused.emit(whose, reason)


def _ready(experiment: Experiment) -> Experiment:
    """Have everything compiled that the window is going to ask for."""
    start = [experiment.draft.start]
    landscape = experiment.landscape
    landscape.loss(start)
    landscape.gradient(start)
    landscape.hessian(start)
    return experiment


def _check_file(path: Path) -> None:
    """Refuse what is no file; its kind is told by content."""
    if path.is_file():
        return
    if path.is_dir():
        raise UserError(f"'{path.name}' is a folder; open a file in it")
    raise UserError(f"there is no file '{path}'")
