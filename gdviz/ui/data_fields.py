"""What a file of numbers holds, as a form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from gdviz.export.material import DataSpec
from gdviz.export.order.fitting import SAMPLED
from gdviz.ui.segments import Segments
from gdviz.ui.size_fields import row_of
from gdviz.ui.spin_box import SpinBox

__all__ = ["DataFields"]

_CONTENTS = {
    "runs": ("Runs", "Every step of every run: parameters, loss and gradient."),
    "field": ("Field", "The loss on a grid of points over what is in view."),
    "swarm": ("Swarm", "Where every start of the swarm is at the step shown, and how it ended."),
    "basins": ("Basins", "Where the current run's optimizer leads from every point of a grid."),
    "sweep": ("Rates", "What becomes of the current run at every rate, or pair of numbers, tried."),
    "sensitivity": ("Sensitivity", "How sharp the landscape is around the current run's point."),
}
_WIDEST = 330


class DataFields(QObject):
    """Fields for a `DataSpec`.

    Parameters
    ----------
    dimension : int
        The landscape's number of parameters.
    parent : QObject, optional

    Signals
    -------
    changed()
        By the user's hand.
    """

    changed = Signal()

    def __init__(self, dimension: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.content = Segments(_CONTENTS, "Holds", widest=_WIDEST)
        self.wide = _count("Samples across", "How many points of the grid stand side by side.")
        self.high = _count("Samples upward", "How many points of the grid stand above each other.")
        self._times = QLabel("×")
        self._flat = dimension > 1
        self._wanted = "runs"
        self.samples = row_of(self.wide, self._times, self.high)
        self.high.setVisible(self._flat)
        self._times.setVisible(self._flat)
        self.rows: tuple[tuple[str, QWidget], ...] = (
            ("Holds", row_of(self.content)),
            ("Samples", self.samples),
        )
        self.content.picked.connect(self._tell)
        for box in (self.wide, self.high):
            box.valueChanged.connect(self._tell)

    def show_spec(self, spec: DataSpec) -> None:
        """Show what a file holds, without telling of it."""
        self._wanted = spec.content
        self.content.show_current(spec.content)
        self.wide.show_value(spec.samples[0])
        self.high.show_value(spec.samples[1])
        self._show_content()

    def set_runs(self, *, possible: bool) -> None:
        """Let the file hold runs and whatever else there is, or a field only."""
        for content in _CONTENTS:
            self.content.button(content).setEnabled(possible or content == "field")
        self.content.show_current(self._wanted if possible else "field")
        self._show_content()

    @property
    def spec(self) -> DataSpec:
        """What the file holds as the fields describe it.

        Raises
        ------
        UserError
            If there would be too many samples.
        """
        wide, high = round(self.wide.value()), round(self.high.value())
        return DataSpec(self.content.current, (wide, high))

    @Slot()
    def _tell(self, *_: object) -> None:
        if self.content.button("runs").isEnabled():
            self._wanted = self.content.current
        self._show_content()
        self.changed.emit()

    def _show_content(self) -> None:
        self.samples.setEnabled(self.content.current in SAMPLED)


def _count(name: str, tip: str) -> SpinBox:
    return SpinBox(name, tip, (2.0, 10_000.0), step=50.0)
