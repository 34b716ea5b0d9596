"""Facts with their values, in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gdviz.engine.verdict import Evidence
from gdviz.ui.tips import explain, wrapped
from gdviz.ui.value_label import ValueLabel

__all__ = ["EvidenceTable"]

_WIDEST = "−0.8888"
_MARGIN = 6


class EvidenceTable(QWidget):
    """A row for each fact; while the facts are the same ones, only values change."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_evidence(self, evidence: Sequence[Evidence]) -> None:
        """Show other facts."""
        while len(self._rows) < len(evidence):
            self._rows.append(_Row())
            self._column.addWidget(self._rows[-1])
        for known, row in zip(evidence, self._rows, strict=False):
            row.show_fact(known)
        for number, row in enumerate(self._rows):
            if row.isHidden() == (number < len(evidence)):
                row.setVisible(number < len(evidence))

    def texts(self) -> dict[str, str]:
        """Return the values that are shown, by their labels."""
        return {row.label.text(): row.value.text() for row in self._rows if not row.isHidden()}


class _Row(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel()
        self.label.setObjectName("muted")
        self.label.setWordWrap(True)
        self.value = ValueLabel("", _WIDEST, Qt.AlignmentFlag.AlignRight)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.value, 0, Qt.AlignmentFlag.AlignTop)
        self._width = 0
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._width = 0
            self._fit(self.value.text())

    def show_fact(self, fact: Evidence) -> None:
        """Show a fact; only one that is wider than any before asks for a new layout."""
        if self.label.text() != fact.label:
            self.label.setText(fact.label)
            self.value.setAccessibleName(fact.label)
        if self.value.accessibleDescription() != fact.help:
            self.setToolTip(wrapped(fact.help))
            explain(self.value, fact.help)
        self._fit(fact.value)
        self.value.show_text(fact.value)

    def _fit(self, text: str) -> None:
        advance = self.fontMetrics().horizontalAdvance
        needed = max(advance(text) + _MARGIN, advance(_WIDEST))
        if needed > self._width:
            self._width = needed
            self.value.setFixedWidth(needed)
