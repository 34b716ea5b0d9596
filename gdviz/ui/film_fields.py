"""How a film runs, as a form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from gdviz.export.film_spec import STEPS_PER_SECOND, FilmSpec
from gdviz.ui.choice_box import ChoiceBox
from gdviz.ui.size_fields import row_of
from gdviz.ui.spin_box import SpinBox
from gdviz.ui.tips import explain

__all__ = ["FilmFields"]

_EASINGS = {
    "linear": ("Evenly", "Every step takes the same time, as in the window."),
    "in": ("Slow at first", "It begins gently, so that the first steps can be followed."),
    "out": ("Slow at last", "It ends gently, so that the way into the minimum can be followed."),
    "in-out": ("Slow at both ends", "It begins and ends gently and is quick in between."),
}
_SECONDS, _SPEED = "seconds", "speed"


class FilmFields(QObject):
    """Fields for a `FilmSpec`.

    Parameters
    ----------
    last : int
        The last step there is.
    parent : QObject, optional

    Signals
    -------
    changed()
        By the user's hand.
    """

    changed = Signal()

    def __init__(self, last: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = last
        self.mode = ChoiceBox("Length by", "What decides how long the descent takes in the film.")
        self.mode.add_choice("Takes", _SECONDS, "So many seconds, however many steps there are.")
        self.mode.add_choice(
            "Speed", _SPEED, "Times the window's usual speed of 30 steps a second."
        )
        self.mode.setMinimumContentsLength(6)
        self.seconds = SpinBox(
            "Seconds",
            "How long the descent takes, without the rest at its end.",
            (0.1, 3600.0),
            decimals=1,
            step=1.0,
            suffix="s",
        )
        self.speed = SpinBox(
            "Speed",
            f"Times the window's usual speed: at 1, {STEPS_PER_SECOND:g} steps a second.",
            (0.01, 1000.0),
            decimals=2,
            step=0.0,
            suffix="×",
        )
        self.hold = SpinBox(
            "Rest at the end",
            "How long the last picture stands still, so that it can be looked at.",
            (0.0, 600.0),
            decimals=1,
            step=0.5,
            suffix="s",
        )
        self.fps = SpinBox(
            "Frames per second",
            "Pictures per second: 30 is smooth, 15 makes a smaller file.",
            (1.0, 120.0),
            step=5.0,
            suffix="fps",
        )
        self.easing = ChoiceBox("Pace", "How the steps are spread over the time.")
        for key, (title, tip) in _EASINGS.items():
            self.easing.add_choice(title, key, tip)
        self.first = _step("First step", "The step with which the film begins.", last)
        self.last = _step("Last step", "The step with which the film ends.", last)
        self.loop = QCheckBox("Again and again")
        explain(self.loop, "Whether players begin again at the end; video files can't say so.")
        self.rows: tuple[tuple[str, QWidget], ...] = (
            ("Length", row_of(self.mode, self.seconds, self.speed)),
            ("Steps", row_of(self.first, QLabel("to"), self.last)),
            ("Pace", row_of(self.easing)),
            ("Rest", row_of(self.hold, self.loop)),
            ("Frames", row_of(self.fps)),
        )
        self.mode.activated.connect(self._tell)
        self.easing.activated.connect(self._tell)
        self.loop.clicked.connect(self._tell)
        for box in (self.seconds, self.speed, self.hold, self.fps, self.first, self.last):
            box.valueChanged.connect(self._tell)

    def show_spec(self, spec: FilmSpec) -> None:
        """Show how a film runs, without telling of it."""
        self.mode.show_choice(_SPEED if spec.seconds is None else _SECONDS)
        if spec.seconds is not None:
            self.seconds.show_value(spec.seconds)
        self.speed.show_value(spec.speed)
        self.hold.show_value(spec.hold)
        self.fps.show_value(spec.fps)
        self.easing.show_choice(spec.easing)
        self.first.show_value(spec.first)
        self.last.show_value(self._last if spec.last is None else spec.last)
        self.loop.setChecked(spec.loop)
        self._show_mode()

    def set_loops(self, *, possible: bool) -> None:
        """Let a film begin again, or not: a video file can't say so."""
        self.loop.setEnabled(possible)

    @property
    def spec(self) -> FilmSpec:
        """The film as the fields describe it.

        Raises
        ------
        UserError
            If it would end before it begins.
        """
        last = round(self.last.value())
        return FilmSpec(
            fps=self.fps.value(),
            seconds=self.seconds.value() if self.mode.currentData() == _SECONDS else None,
            speed=self.speed.value(),
            easing=self.easing.currentData(),
            hold=self.hold.value(),
            loop=self.loop.isChecked(),
            first=round(self.first.value()),
            last=None if last == self._last else last,
        )

    @Slot()
    def _tell(self, *_: object) -> None:
        self._show_mode()
        self.changed.emit()

    def _show_mode(self) -> None:
        by_seconds = self.mode.currentData() == _SECONDS
        self.seconds.setVisible(by_seconds)
        self.speed.setVisible(not by_seconds)


def _step(name: str, tip: str, last: int) -> SpinBox:
    return SpinBox(name, tip, (0.0, float(last)))
