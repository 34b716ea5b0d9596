"""Where a formula is typed, with its mistake pointed at beneath it."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from gdviz.errors import UserError
from gdviz.formulas import FormulaError, parse
from gdviz.ui.tips import explain

__all__ = ["FormulaEntry"]

_AROUND = 14


class FormulaEntry(QWidget):
    """A line for a formula; every good text is told while typing.

    Signals
    -------
    formula_edited(str)
        The text is a formula.
    settled()
        Enter was pressed, or the focus has gone elsewhere.
    """

    formula_edited = Signal(str)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.entry = QLineEdit()
        self.entry.setPlaceholderText("x^2 + 3y^2")
        self.entry.setAccessibleName("Formula")
        self.entry.setClearButtonEnabled(False)
        tip = (
            "Type as in a maths book: 4 + (x-2)^2 + 2y^2, e^(2y) sin x, |x| + sqrt y. "
            "Other letters become sliders: a x^2 + b y^2."
        )
        explain(self.entry, tip)
        self.entry.textEdited.connect(self._on_edited)
        self.entry.editingFinished.connect(self.settled)
        self._error = QLabel()
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.RichText)
        self._error.setObjectName("error")
        self._error.setAccessibleName("What is wrong with the formula")
        self._error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.entry)
        layout.addWidget(self._error)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.entry.text()

    @property
    def error(self) -> str:
        """What is wrong with it, as rich text; empty if nothing is."""
        return self._error.text() if not self._error.isHidden() else ""

    def show_formula(self, text: str) -> None:
        """Show a formula without telling of it; the same one as typed keeps the cursor."""
        if text.strip() != self.entry.text().strip():
            self.entry.setText(text)
            self.entry.setCursorPosition(0)
        self.show_error(None)

    def show_error(self, error: UserError | str | None) -> None:
        """Tell what is wrong with what is typed, and where; None for nothing."""
        told = "" if error is None else html.escape(str(error))
        if isinstance(error, FormulaError):
            told = f"{self._pointed(error)}<br>{told}"
        self._error.setText(told)
        self._error.setVisible(bool(told))
        self.entry.setProperty("invalid", bool(told))
        self.entry.style().unpolish(self.entry)
        self.entry.style().polish(self.entry)

    def _pointed(self, error: FormulaError) -> str:
        """Return the neighborhood of a mistake with the mistake underlined."""
        text = self.entry.text()
        start = min(max(error.position, 0), len(text))
        end = min(max(error.end, start + 1), len(text))
        first, last = max(start - _AROUND, 0), min(end + _AROUND, len(text))
        before = ("…" if first else "") + html.escape(text[first:start])
        after = html.escape(text[end:last]) + ("…" if last < len(text) else "")
        wrong = html.escape(text[start:end]) or "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
        ink = self.palette().color(QPalette.ColorRole.WindowText).name()
        return (
            f'<span style="color:{ink}">{before}</span>'
            f"<u><b>{wrong}</b></u>"
            f'<span style="color:{ink}">{after}</span>'
        )

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        try:
            parse(text)
        except UserError as error:
            self.show_error(error if text.strip() else None)
            return
        self.show_error(None)
        self.formula_edited.emit(text)
