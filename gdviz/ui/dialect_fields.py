"""How a table's file is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QToolButton, QWidget

from gdviz.errors import UserError
from gdviz.tables import DELIMITERS, ENCODINGS, Dialect
from gdviz.ui.tips import explain

__all__ = ["DialectFields"]

_TIPS = {
    "Columns by": "The sign between two columns of the file.",
    "Decimals": "The sign between whole and decimal part: 0.5, or 0,5 as many countries write it.",
    "Encoding": "How letters are stored. Change it if names of columns look wrong.",
}
_HEADER_TIP = "Whether the first row holds the columns' names; otherwise it is read as numbers."


class DialectFields(QWidget):
    """Delimiter, decimal sign, encoding and header, folded away at first.

    Signals
    -------
    dialect_picked(Dialect)
    """

    dialect_picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._dialect = Dialect()
        self.fold = QToolButton()
        self.fold.setText("How the file is read")
        explain(self.fold, "Delimiter, decimal sign, encoding and header, as they were detected.")
        self.fold.setCheckable(True)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.toggled.connect(self._on_folded)
        self.delimiter, self.decimal, self.encoding = QComboBox(), QComboBox(), QComboBox()
        for sign, title in DELIMITERS.items():
            self.delimiter.addItem(title.capitalize(), sign)
        for sign, title in ((".", "Point"), (",", "Comma")):
            self.decimal.addItem(title, sign)
        for name in ENCODINGS:
            self.encoding.addItem(name, name)
        self.header = QCheckBox("First row holds names")
        self._fields = QWidget()
        form = QGridLayout(self._fields)
        form.setContentsMargins(8, 0, 0, 0)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setColumnStretch(1, 1)
        titled = (
            ("Columns by", self.delimiter),
            ("Decimals", self.decimal),
            ("Encoding", self.encoding),
        )
        for row, (title, box) in enumerate(titled):
            label = QLabel(title)
            label.setBuddy(box)
            box.setAccessibleName(title)
            explain(box, _TIPS[title])
            box.activated.connect(self._on_edited)
            form.addWidget(label, row, 0)
            form.addWidget(box, row, 1)
        explain(self.header, _HEADER_TIP)
        form.addWidget(self.header, len(titled), 0, 1, 2)
        self.header.clicked.connect(self._on_edited)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(6)
        layout.addWidget(self.fold, 0, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._fields, 1, 0)
        self._fields.hide()

    def show_dialect(self, dialect: Dialect) -> None:
        """Show how a file is read, without telling of it."""
        self._dialect = dialect
        for box, value in (
            (self.delimiter, dialect.delimiter),
            (self.decimal, dialect.decimal),
            (self.encoding, dialect.encoding),
        ):
            box.setCurrentIndex(box.findData(value))
        self.header.setChecked(dialect.header)

    @Slot(bool)
    def _on_folded(self, open_: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
        self._fields.setVisible(open_)

    @Slot()
    def _on_edited(self, *_: object) -> None:
        delimiter, decimal = self.delimiter.currentData(), self.decimal.currentData()
        if delimiter == decimal:  # what was chosen last wins
            decimal = "."
        try:
            dialect = Dialect(
                self.encoding.currentData(),
                delimiter,
                decimal,
                self.header.isChecked(),
                self._dialect.skipped,
            )
        except UserError:
            return
        if dialect != self._dialect:
            self.dialect_picked.emit(dialect)
