"""Choosing a landscape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout

from gdviz.landscapes import Landscape, Preset

__all__ = ["LandscapePanel"]


class LandscapePanel(QFrame):
    """The landscapes that gdviz brings along, and what the current one is.

    Signals
    -------
    preset_picked(str)
        A preset's name.
    """

    preset_picked = Signal(str)

    def __init__(self, presets: Sequence[Preset]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._presets = {preset.name: preset for preset in presets}
        self.list = QListWidget()
        self.list.setAccessibleName("Landscapes")
        self.list.setToolTip("What is descended. Choose one, and a first descent begins.")
        # A click leaves the keys to the playhead: Home would choose the first landscape.
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for preset in presets:
            item = QListWidgetItem(preset.title)
            item.setData(Qt.ItemDataRole.UserRole, preset.name)
            item.setToolTip(preset.summary)
            self.list.addItem(item)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self._expression = QLabel()
        self._expression.setWordWrap(True)
        self._expression.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._summary = QLabel()
        self._summary.setObjectName("muted")
        self._summary.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 12)
        layout.setSpacing(8)
        self.list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout.addWidget(self.list)
        for label in (self._expression, self._summary):
            label.setContentsMargins(8, 0, 8, 0)
            layout.addWidget(label)
        layout.addStretch(1)

    def set_landscape(self, landscape: Landscape) -> None:
        """Show which landscape is the current one, without telling of it."""
        self._expression.setText(f"loss = {landscape.expression}")
        preset = self._presets.get(landscape.name)
        self._summary.setText(preset.summary if preset else "")
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == landscape.name:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _on_current_changed(self, current: QListWidgetItem | None) -> None:
        if current is not None:
            self.preset_picked.emit(current.data(Qt.ItemDataRole.UserRole))
