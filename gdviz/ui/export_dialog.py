"""Choosing what to save, how large, and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.errors import UserError
from gdviz.export.formats import FORMATS, format_of
from gdviz.ui.buttons import plain_buttons
from gdviz.ui.picture_fields import PictureFields
from gdviz.ui.tips import explain, set_topic

__all__ = ["ExportDialog"]

_PATH_TIP = (
    "Where the file goes. The ending chooses what it is: .png is pixels, .svg lines that stay "
    "sharp at every size, .csv a table of all steps."
)
_SAVE_TIP = "Write the file; a run that is still being computed is saved as far as it has come."


class ExportDialog(QDialog):
    """Asks for a file and, for a picture, its content and size.

    Signals
    -------
    export_requested(Path, FigureSpec)
        The user pressed Save; answer with `accept` or `show_error`.
    """

    export_requested = Signal(object, object)

    def __init__(self, parent: QWidget, *, dimension: int, theme: str, step: int) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self._step = step
        self._may_replace: Path | None = None
        self.path = QLineEdit(str(Path.cwd() / "descent.png"))
        self.path.setMinimumWidth(360)
        self.path.setAccessibleName("File")
        explain(self.path, _PATH_TIP)
        self.path.textChanged.connect(self._on_path_changed)
        browse = QPushButton("Browse…")
        explain(browse, "Choose the folder and the name in the system's own dialog.")
        browse.clicked.connect(self._browse)
        file_row = QHBoxLayout()
        file_row.addWidget(self.path, 1)
        file_row.addWidget(browse)
        self.picture = PictureFields(dimension, theme, step)
        self._explanation = QLabel()
        self._explanation.setObjectName("muted")
        self._explanation.setWordWrap(True)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        plain_buttons(buttons)
        for kind, tip in (("Save", _SAVE_TIP), ("Cancel", "Close this without writing a file.")):
            explain(buttons.button(QDialogButtonBox.StandardButton[kind]), tip)
        set_topic(self, "export")
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow("File", file_row)
        self.picture.add_to(form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._explanation)
        layout.addWidget(self.error)
        layout.addWidget(buttons)
        self._on_path_changed(self.path.text())
        self.path.selectAll()  # so that what is typed takes its place

    def show_error(self, message: str) -> None:
        """Say why nothing was saved; the dialog stays open."""
        self.error.setText(message)

    def _on_path_changed(self, text: str) -> None:
        self.error.setText("")
        try:
            picture = format_of(Path(text).suffix).picture
        except UserError:
            picture = True
        self.picture.set_enabled(picture)
        self._explanation.setText(
            f"The picture shows step {self._step:,}, where the playhead stands. "
            "The ending chooses the format: .png, .svg or .csv."
            if picture
            else "The table has one row for each run and step, with parameters, loss and gradient."
        )

    def _on_save(self) -> None:
        try:
            path = Path(self.path.text().strip()).expanduser()
            format_of(path.suffix)
            spec = self.picture.spec
            if path.is_file() and path != self._may_replace:
                self._may_replace = path
                self.show_error(f"'{path.name}' is there already. Save once more to replace it.")
                return
            self.export_requested.emit(path, spec)
        except UserError as error:
            self.show_error(str(error))

    def _browse(self) -> None:
        filters = ";;".join(f"{known.title} (*.{known.ending})" for known in FORMATS.values())
        name, _ = QFileDialog.getSaveFileName(self, "Export", self.path.text(), filters)
        if name:
            self._may_replace = Path(name)
            self.path.setText(name)
