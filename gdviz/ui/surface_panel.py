"""What is shown of a measured surface."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from gdviz.landscapes import Landscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.ui.tips import explain

__all__ = ["SurfacePanel"]


class SurfacePanel(QWidget):
    """A measured surface's file, its metrics, and what was noticed about it.

    Signals
    -------
    metric_picked(str)
    """

    metric_picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setObjectName("title")
        self._title.setWordWrap(True)
        label = QLabel("Metric")
        self.metrics = QComboBox()
        self.metrics.setAccessibleName("Metric")
        explain(
            self.metrics, "Which of the measured values is the loss that is descended.", "surfaces"
        )
        self.metrics.setMinimumContentsLength(8)
        self.metrics.activated.connect(self._on_activated)
        label.setBuddy(self.metrics)
        self._notes = QLabel()
        self._notes.setObjectName("muted")
        self._notes.setWordWrap(True)
        choice = QGridLayout()
        choice.setHorizontalSpacing(8)
        choice.addWidget(label, 0, 0)
        choice.addWidget(self.metrics, 0, 1)
        choice.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addLayout(choice)
        layout.addWidget(self._notes)
        layout.addStretch(1)

    def set_landscape(self, landscape: Landscape) -> None:
        """Show a surface, without telling of it; hidden for other landscapes."""
        self.setVisible(isinstance(landscape, SampledLandscape))
        if not isinstance(landscape, SampledLandscape):
            return
        self._title.setText(landscape.surface.name)
        self._notes.setText("\n".join(landscape.surface.notes))
        self.metrics.blockSignals(True)
        self.metrics.clear()
        self.metrics.addItems(list(landscape.surface.metrics))
        self.metrics.setCurrentText(landscape.metric)
        self.metrics.blockSignals(False)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        self.metric_picked.emit(self.metrics.itemText(index))
