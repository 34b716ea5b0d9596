"""Going through a film's steps before it is made."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from gdviz.export.film_spec import FilmSpec
from gdviz.ui.tips import explain

__all__ = ["FilmScrubber"]


class FilmScrubber(QWidget):
    """A slider from the film's first step to its last.

    Parameters
    ----------
    last : int
        The last step there is.

    Signals
    -------
    moved()
        Another step is to be seen.
    """

    moved = Signal()

    def __init__(self, last: int) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Step of the film")
        explain(self.slider, "Look at any step of the film before it is made.")
        self.label = QLabel(f"step {last:,}")
        self._touched = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.label)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.slider.valueChanged.connect(self._on_moved)

    @property
    def step(self) -> int:
        """The step that is looked at."""
        return self.slider.value()

    def show_film(self, film: FilmSpec, last: int) -> None:
        """Take a film's steps; it stands at the end until it is moved."""
        end = last if film.last is None else min(film.last, last)
        self.slider.blockSignals(True)
        self.slider.setRange(min(film.first, end), end)
        self.slider.setPageStep(max((end - film.first) // 10, 1))
        if not self._touched:
            self.slider.setValue(end)
        self.slider.blockSignals(False)
        self.label.setMinimumWidth(self.label.fontMetrics().horizontalAdvance(f"step {end:,} "))
        self._show()

    @Slot()
    def _on_moved(self) -> None:
        self._touched = True
        self._show()
        self.moved.emit()

    def _show(self) -> None:
        self.label.setText(f"step {self.slider.value():,}")
