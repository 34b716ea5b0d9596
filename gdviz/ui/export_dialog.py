"""Choosing what to save, how it looks, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.errors import UserError
from gdviz.export.formats import FORMATS, Format, format_of
from gdviz.export.material import ExportSpec, Material
from gdviz.ui.buttons import plain_buttons
from gdviz.ui.export_facts import facts, planned
from gdviz.ui.export_form import ExportForm
from gdviz.ui.export_wish import ExportWish, last_step
from gdviz.ui.film_scrubber import FilmScrubber
from gdviz.ui.format_box import FormatBox, note_on
from gdviz.ui.preview import Preview
from gdviz.ui.preview_maker import PreviewMaker
from gdviz.ui.previewed import Previewed
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain, set_topic
from gdviz.views.theme import LIGHT, Theme

__all__ = ["ExportDialog"]

_PATH_TIP = "Where the file goes. Its ending and the format below it always say the same."
_SAVE_TIP = "Write the file; a run that is still being computed is saved as far as it has come."
_BROWSE_TIP = "Choose the folder and the name in the system's own dialog."
_CANCEL_TIP = "Close this without writing a file."
_COPY_TIP = "Put this picture onto the clipboard, to be pasted into a document or a chat."
_COMMAND_TIP = "Put the shell command onto the clipboard that makes this file again."
_FIRST_SIZE = QSize(1080, 680)
_SHARE_OF_SCREEN, _SHARE_OF_FORM = 0.94, 0.6


class ExportDialog(QDialog):
    """Asks for a file and what is in it, and shows what will be.

    Parameters
    ----------
    parent : QWidget or None
    material : callable
        Returns what there is to export now, as a `Material`.
    wish : ExportWish
        What the fields show at first.
    path : Path
        Where the file goes if nothing is changed.
    theme : Theme
        Of the dialog itself.

    Signals
    -------
    export_requested(Path, ExportSpec)
        The user pressed Save; answer with `accept` or `show_error`.
    copy_requested(ExportSpec)
        The picture is wanted on the clipboard.
    command_requested(Path, ExportSpec)
        The command is wanted on the clipboard.
    """

    export_requested = Signal(object, object)
    copy_requested = Signal(object)
    command_requested = Signal(object, object)

    def __init__(
        self,
        parent: QWidget | None,
        *,
        material: Callable[[], Material],
        wish: ExportWish,
        path: Path,
        theme: Theme = LIGHT,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        set_topic(self, "export")
        self._material = material
        self._may_replace: Path | None = None
        self._shown: Format | None = None
        shown = material()
        self._wish = wish.fitted(shown)
        self.path = QLineEdit(str(path))
        self.path.setAccessibleName("File")
        explain(self.path, _PATH_TIP)
        self.browse = _button("Browse…", _BROWSE_TIP)
        self.format = FormatBox()
        self.note, self.facts, self.error = _line("muted"), _line("muted"), _line("error")
        self.form = ExportForm(shown)
        self.form.show_wish(self._wish)
        self.preview, self.scrubber = Preview(), FilmScrubber(last_step(shown))
        self.preview.set_theme(theme)
        self.copy = _button("Copy picture", _COPY_TIP)
        self.command = _button("Copy command", _COMMAND_TIP)
        self._labels: list[QLabel] = []
        self._lay_out()
        self.maker = PreviewMaker(self.preview, self._previewed)
        self._connect()
        self._on_path_changed(self.path.text())
        self._fit()
        self.path.selectAll()  # so that what is typed takes its place
        self.path.setFocus()

    @property
    def wish(self) -> ExportWish:
        """What is asked for, to be remembered.

        Raises
        ------
        UserError
            If there is something wrong with it.
        """
        chosen, size = self.chosen.ending, self.form.size_wish
        return replace(self._wish, ending=chosen, size=size, spec=self.spec)

    @property
    def chosen(self) -> Format:
        """The format that is chosen."""
        return self.format.format

    @property
    def spec(self) -> ExportSpec:
        """How the file is written.

        Raises
        ------
        UserError
            If there is something wrong with it.
        """
        return self._spec_of(self._material())

    def show_error(self, message: str) -> None:
        """Say why nothing was saved; the dialog stays open."""
        self.error.setText(message)

    def show_note(self, message: str) -> None:
        """Say what has been done; the dialog stays open."""
        self.note.setText(message)

    def _spec_of(self, material: Material) -> ExportSpec:
        spec = self.form.spec(material)
        if self.chosen.kind == "film":
            planned(self.chosen, spec.film, last_step(material))  # whose refusal comes at once
        return spec

    def _previewed(self) -> Previewed:
        material, chosen = self._material(), self.chosen
        spec = self._spec_of(material)
        self.facts.setText(facts(chosen, material, spec))
        if chosen.kind == "film":
            self.scrubber.show_film(spec.film, last_step(material))
            spec = replace(spec, figure=replace(spec.figure, step=self.scrubber.step))
        return Previewed(chosen, material, spec)

    def _connect(self) -> None:
        self.path.textChanged.connect(self._on_path_changed)
        self.browse.clicked.connect(self._browse)
        self.format.activated.connect(self._on_format_picked)
        self.form.changed.connect(self._on_changed)
        self.scrubber.moved.connect(self.maker.make_soon)
        self.copy.clicked.connect(self._on_copy)
        self.command.clicked.connect(self._on_command)

    @Slot(str)
    def _on_path_changed(self, text: str) -> None:
        self.error.setText("")
        try:
            chosen = format_of(Path(text.strip()).suffix)
        except UserError:
            chosen = self.chosen
        self.format.show_choice(chosen.ending)
        self._show_format()

    @Slot()
    def _on_format_picked(self) -> None:
        path = Path(self.path.text().strip() or "descent")
        known = path.suffix.lower().removeprefix(".") in FORMATS
        stem = path.stem if known else path.name
        self.path.setText(str(path.with_name(f"{stem}.{self.chosen.ending}")))
        self._show_format()

    def _show_format(self) -> None:
        """Show the fields that concern the format, if it is another one than before."""
        chosen = self.chosen
        if chosen is self._shown:
            return
        self._shown = chosen
        self.note.setText(note_on(chosen))
        self.form.show_format(chosen)
        self.scrubber.setVisible(chosen.kind == "film")
        self.copy.setEnabled(chosen.picture)
        self.maker.make_soon()

    @Slot()
    def _on_changed(self) -> None:
        self._ask(lambda: self.spec)
        self.maker.make_soon()

    @Slot()
    def _on_save(self) -> None:
        self._ask(self._save)

    @Slot()
    def _on_copy(self) -> None:
        self._ask(lambda: self.copy_requested.emit(self.spec))

    @Slot()
    def _on_command(self) -> None:
        self._ask(lambda: self.command_requested.emit(self._path(), self.spec))

    def _ask(self, ask: Callable[[], object]) -> None:
        """Do something, or say what is wrong with what is asked for."""
        self.error.setText("")
        try:
            ask()
        except UserError as error:
            self.show_error(str(error))

    def _save(self) -> None:
        path = self._path()
        format_of(path.suffix)
        spec = self.spec
        if path.is_file() and path != self._may_replace:
            self._may_replace = path
            self.show_error(f"'{path.name}' is there already. Save once more to replace it.")
            return
        self.export_requested.emit(path, spec)

    def _path(self) -> Path:
        return Path(self.path.text().strip()).expanduser()

    @Slot()
    def _browse(self) -> None:
        titles = {known.ending: f"{known.title} (*.{known.ending})" for known in FORMATS.values()}
        name, _ = QFileDialog.getSaveFileName(
            self, "Export", self.path.text(), ";;".join(titles.values()), titles[self.chosen.ending]
        )
        if name:
            path = Path(name)
            if not path.suffix:
                path = path.with_name(f"{path.name}.{self.chosen.ending}")
            self._may_replace = Path(name)
            self.path.setText(str(path))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()  # only now it has its style
        super().showEvent(event)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(self._laid_out_file())
        left.addWidget(self.form, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.preview, 1)
        right.addWidget(self.facts)
        right.addWidget(self.scrubber)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(self.error)
        layout.addLayout(self._laid_out_buttons())

    def _laid_out_file(self) -> QGridLayout:
        self._top = top = QGridLayout()
        top.setHorizontalSpacing(16)
        top.setVerticalSpacing(8)
        path = QHBoxLayout()
        path.setSpacing(8)
        path.addWidget(self.path, 1)
        path.addWidget(self.browse)
        for row, (name, field) in enumerate((("File", self.path), ("Format", self.format))):
            label = QLabel(name)
            label.setBuddy(field)
            self._labels.append(label)
            top.addWidget(label, row, 0)
        top.addLayout(path, 0, 1)
        top.addWidget(self.format, 1, 1)
        top.addWidget(self.note, 2, 1)
        top.setColumnStretch(1, 1)
        return top

    def _laid_out_buttons(self) -> QHBoxLayout:
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        plain_buttons(buttons)
        for kind, tip in ((kinds.Save, _SAVE_TIP), (kinds.Cancel, _CANCEL_TIP)):
            explain(buttons.button(kind), tip)
        buttons.button(kinds.Save).setDefault(True)
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.copy)
        bottom.addWidget(self.command)
        bottom.addStretch(1)
        bottom.addWidget(buttons)
        return bottom

    def _fit(self) -> None:
        """Be as large as the letters ask for, and no larger than the screen."""
        self._top.setContentsMargins(0, 0, self.form.bar_width, 0)
        self.form.keep_width()
        labels = [*self._labels, *self.form.labels()]
        width = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(width)  # one column, though there are two forms
        wanted = QSize(scaled(self, _FIRST_SIZE.width()), scaled(self, _FIRST_SIZE.height()))
        size = wanted.boundedTo(self.screen().availableSize() * _SHARE_OF_SCREEN)
        self.form.setMinimumWidth(self.form.width_in(round(_SHARE_OF_FORM * size.width())))
        self.resize(size)


def _button(text: str, tip: str) -> QPushButton:
    """Return a button that Enter doesn't press unless it has the focus."""
    button = QPushButton(text)
    explain(button, tip)
    button.setAutoDefault(False)
    return button


def _line(name: str) -> QLabel:
    """Return words that wrap and keep the room of one line when there are none."""
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setMinimumHeight(label.fontMetrics().height())
    return label
