"""The page on which files are opened and read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gdviz.experiment import Experiment
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.ui.empty_state import EmptyState
from gdviz.ui.surface_panel import SurfacePanel
from gdviz.ui.table_panel import TablePanel
from gdviz.ui.tips import explain

__all__ = ["DataPage"]

_HINT = (
    "Open one, or drop it on the window. A table (CSV, TSV) becomes a regression. A measured loss "
    "surface (.h5, .npz, .npy, .csv, .json) is opened as it is; a recorded training run is laid "
    "over the landscape in view; a lesson (.yaml) opens in the Learn panel."
)


class DataPage(QWidget):
    """Opening files, and how what they hold becomes a landscape.

    Signals
    -------
    open_wanted()
    cancel_wanted()
    """

    open_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.open_button = QPushButton("Open a file…")
        explain(self.open_button, "Open a table, a measured surface or a recorded run. (Ctrl+O)")
        self.open_button.clicked.connect(self.open_wanted)
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setAccessibleName("Reading the file")
        explain(self.progress, "How much of the file has been read so far.")
        self.cancel_button = QPushButton("Cancel")
        explain(self.cancel_button, "Stop reading the file; the landscape stays as it is.")
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self._reading = QWidget()
        reading = QHBoxLayout(self._reading)
        reading.setContentsMargins(0, 0, 0, 0)
        reading.setSpacing(8)
        reading.addWidget(self.progress, 1)
        reading.addWidget(self.cancel_button)
        self._reading.hide()
        self._error = QLabel()
        self._error.setObjectName("error")
        self._error.setWordWrap(True)
        self._error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._error.hide()
        self._hint = EmptyState("No file is open.", _HINT)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.table = TablePanel()
        self.surface = SurfacePanel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(12)
        for part in (self.open_button, self._reading, self._error, self.table, self.surface):
            layout.addWidget(part)
        layout.addWidget(self._hint)
        layout.addStretch(1)

    @property
    def error(self) -> str:
        """What is wrong with the file; empty if nothing is."""
        return "" if self._error.isHidden() else self._error.text()

    def set_experiment(self, experiment: Experiment) -> None:
        """Show what the landscape was read from, without telling of it."""
        landscape = experiment.landscape
        if isinstance(landscape, FitLandscape) and experiment.table is not None:
            self.table.set_table(experiment.table, landscape.choice, landscape.data.report)
        else:
            self.table.set_table(None)
        self.surface.set_landscape(landscape)
        from_file = experiment.table is not None or isinstance(landscape, SampledLandscape)
        self._hint.setVisible(not from_file)
        self.show_error("")

    def show_error(self, message: str) -> None:
        """Say why a file could not be opened, or nothing."""
        self._error.setText(message)
        self._error.setVisible(bool(message))

    def show_progress(self, share: float | None) -> None:
        """Show how much of a file is read, from 0 to 1; None when nothing is being read."""
        self._reading.setVisible(share is not None)
        if share is not None:
            self.progress.setValue(round(100 * share))
