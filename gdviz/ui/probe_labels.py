"""Numbers in the status bar that keep their places while they change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

__all__ = ["ProbeLabels"]

_MOST_PARTS = 4
_HIGHEST = "∇f (−1, 2⁻³)"


class ProbeLabels(QWidget):
    """A row of texts, each in a place as wide as the widest it has held."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        self._labels = [QLabel() for _ in range(_MOST_PARTS)]
        for label in self._labels:
            layout.addWidget(label)
            label.hide()
        # As high without texts as with the highest, so that nothing moves when the pointer
        # enters a view.
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        highest = QLabel(_HIGHEST)
        highest.setFont(self.font())
        self.setMinimumHeight(highest.sizeHint().height())
        for label in self._labels:
            label.setMinimumWidth(0)

    def show_parts(self, parts: Sequence[str]) -> None:
        """Show up to four texts; none clears them."""
        if parts and len(parts) != sum(not label.isHidden() for label in self._labels):
            for label in self._labels:
                label.setMinimumWidth(0)
        for number, label in enumerate(self._labels):
            text = parts[number] if number < len(parts) else ""
            label.setText(text)
            label.setVisible(bool(text))
            if text:
                label.setMinimumWidth(max(label.minimumWidth(), label.sizeHint().width()))

    @property
    def text(self) -> str:
        """All texts that are shown, joined by spaces."""
        return "  ".join(label.text() for label in self._labels if label.text())
