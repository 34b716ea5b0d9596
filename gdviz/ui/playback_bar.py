"""Play, pause, step, scrub."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSlider, QToolButton

from gdviz.ui.actions import Actions
from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain
from gdviz.ui.value_label import ValueLabel

__all__ = ["SPEEDS", "PlaybackBar"]

_USUAL_COUNTER = "step 888 / 888"
_SHORTEST_SLIDER = 64
SPEEDS = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 256.0, 1024.0)


class PlaybackBar(QFrame):
    """Buttons, a slider over all records, and the step counter.

    Signals
    -------
    record_picked(int)
        The slider was moved.
    speed_picked(float)
    """

    record_picked = Signal(int)
    speed_picked = Signal(float)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("card")
        layout = FlowLayout(QMargins(8, 4, 12, 4))
        self.setLayout(layout)
        for key in ("first", "back", "play", "forward", "last"):
            layout.add(_button(actions, key))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Step")
        explain(
            self.slider, "Drag to any step: everything is computed already, and every view follows."
        )
        self.slider.setRange(0, 0)
        self.slider.valueChanged.connect(self.record_picked)
        layout.add(self.slider, stretch=True)
        self._counter = ValueLabel("Step", _USUAL_COUNTER, Qt.AlignmentFlag.AlignHCenter)
        explain(self._counter, "The step that all views show, and how many the longest run has.")
        layout.add(self._counter)
        self.speed = QComboBox()
        self.speed.setAccessibleName("Speed")
        explain(self.speed, "How fast to play: ×1 is 30 steps a second. ([ and ])")
        for speed in SPEEDS:
            self.speed.addItem(_speed_text(speed), speed)
        self.speed.activated.connect(lambda index: self.speed_picked.emit(SPEEDS[index]))
        self.show_speed(1.0)
        layout.add(self.speed)
        layout.add(_button(actions, "loop"))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Take over the size of the letters."""
        self.slider.setMinimumWidth(scaled(self, _SHORTEST_SLIDER))
        self._counter.setFixedWidth(self.fontMetrics().horizontalAdvance(_USUAL_COUNTER))
        self.show_counter(self._counter.text())

    def show_record(self, record: int) -> None:
        """Put the slider on a record, without telling of it."""
        self.slider.blockSignals(True)
        self.slider.setValue(record)
        self.slider.blockSignals(False)

    def show_length(self, records: int) -> None:
        """Let the slider span so many records, without telling of it."""
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(records - 1, 0))
        self.slider.blockSignals(False)
        self.slider.setEnabled(records > 1)

    def show_counter(self, text: str) -> None:
        """Show which step it is."""
        needed = self._counter.fontMetrics().horizontalAdvance(text) + 12
        if needed > self._counter.width():
            self._counter.setFixedWidth(needed)
        self._counter.show_text(text)

    @property
    def counter(self) -> str:
        """What the step counter shows."""
        return self._counter.text()

    def show_speed(self, speed: float) -> None:
        """Show how fast it plays."""
        self.speed.setCurrentIndex(SPEEDS.index(speed))


def _button(actions: Actions, key: str) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[key])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _speed_text(speed: float) -> str:
    return {0.125: "×⅛", 0.25: "×¼", 0.5: "×½"}.get(speed, f"×{speed:g}")
