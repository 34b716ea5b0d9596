"""What a sweep covers: one or two hyperparameters, their ranges, what is measured, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from gdviz.experiment.whole_plane import SweepRange, SweepSpec
from gdviz.optimizers import Hyperparameter
from gdviz.ui.choice_box import NarrowBox
from gdviz.ui.number_field import NumberField
from gdviz.ui.spin_box import SpinBox
from gdviz.ui.tips import explain

__all__ = ["SweepControls"]

_ACROSS = "The hyperparameter whose values lie side by side: each is a run of its own."
_UPWARD = "A second hyperparameter, upward: a map of colors in the place of a curve."
_TAKEN = "This one is swept across already."
_MEASURE = "What is told of each run: the loss after its steps, or how many it takes to converge."
_STEPS = "How many steps each run of the map takes; more steps tell slow runs from those that rest."
_MORE = "How many steps each run takes, and between which values the hyperparameters are tried."
_RESET = "Try the values that suit this landscape and this optimizer again."
_MEASURES = {
    "loss": ("loss", "How low each run is after its steps."),
    "steps": ("steps to converge", "After how many steps each run rests at the bottom."),
}
_MOST_STEPS = 100_000


class SweepControls(QObject):
    """The choices of a sweep, for a line that they share with others.

    Signals
    -------
    axes_picked(str, str)
        Other hyperparameters are to be swept; the second name is empty for one alone.
    measure_picked(str)
        ``"loss"`` or ``"steps"``.
    steps_picked(int)
    range_picked(object)
        A `SweepRange` was typed.
    reset_wanted()
        The usual ranges are to be swept.
    settled()
        What was changed is a step of its own.
    """

    axes_picked = Signal(str, str)
    measure_picked = Signal(str)
    steps_picked = Signal(int)
    range_picked = Signal(object)
    reset_wanted = Signal()
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.across, self.upward = NarrowBox("Swept", _ACROSS), NarrowBox("Swept upward", _UPWARD)
        self.measure = NarrowBox("Measure", _MEASURE)
        for key, (title, tip) in _MEASURES.items():
            self.measure.add_choice(title, key, tip)
        self.more = _MoreButton()
        self.steps = self.more.steps
        self._names: tuple[str, ...] = ()
        self.across.activated.connect(self._on_axes)
        self.upward.activated.connect(self._on_axes)
        self.measure.activated.connect(self._on_measure)
        self.steps.valueChanged.connect(self._on_steps)
        self.steps.editingFinished.connect(self.settled)
        self.more.range_picked.connect(self.range_picked)
        self.more.reset_wanted.connect(self.reset_wanted)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The boxes and the button."""
        return self.across, self.upward, self.measure, self.more

    def show_state(
        self, spec: SweepSpec, known: Sequence[Hyperparameter], names: tuple[str, ...]
    ) -> None:
        """Show what is chosen, without telling of it.

        Parameters
        ----------
        spec : SweepSpec
        known : sequence of Hyperparameter
            Those of the current optimizer that can be swept.
        names : tuple of str
            Those that are swept.
        """
        offered = tuple(one.name for one in known)
        if offered != self._names:
            self._names = offered
            for box in (self.across, self.upward):
                box.clear()
            self.upward.add_choice("alone", "", "One hyperparameter: a curve.")
            for one in known:
                for box in (self.across, self.upward):
                    box.add_choice(one.name.replace("_", " "), one.name, one.help)
        for part in self.parts:
            part.setEnabled(bool(names))
        self.upward.setEnabled(len(offered) > 1)
        for one in known:
            taken = _TAKEN if one.name in names[:1] else ""
            self.upward.set_choice_usable(one.name, one.help, taken)
        self.across.show_choice(names[0] if names else "")
        self.upward.show_choice(names[1] if len(names) > 1 else "")
        self.measure.show_choice(spec.measure)
        if not self.steps.hasFocus() or self.steps.value() != spec.steps:
            self.steps.show_value(spec.steps)

    @Slot()
    def _on_axes(self, *_: object) -> None:
        across, upward = self.across.currentData(), self.upward.currentData()
        if across == upward:  # the other one gives way
            upward = ""
        self.axes_picked.emit(across, upward or "")

    @Slot(int)
    def _on_measure(self, row: int) -> None:
        self.measure_picked.emit(self.measure.itemData(row))

    @Slot(float)
    def _on_steps(self, value: float) -> None:
        self.steps_picked.emit(round(value))


class _MoreButton(QToolButton):
    """Opens a list of fields: steps, the lowest and the highest value of each hyperparameter."""

    range_picked = Signal(object)
    reset_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setText("Range")
        self.setAccessibleName("Steps and range of the sweep")
        explain(self, _MORE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.fields: dict[tuple[str, str], NumberField] = {}
        self._ranges: tuple[SweepRange, ...] = ()
        self._menu = QMenu(self)
        self._form = QWidget()
        self._column = QVBoxLayout()
        self.steps = SpinBox("Steps of each run", _STEPS, (1, _MOST_STEPS), step=0.0)
        self.steps.setKeyboardTracking(False)
        label = QLabel("Steps of each run")
        label.setBuddy(self.steps)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(self.steps, 1)
        column = QVBoxLayout(self._form)
        column.addLayout(row)
        column.addLayout(self._column)
        self.reset = QPushButton("Usual range")
        explain(self.reset, _RESET)
        self.reset.clicked.connect(self._on_reset)
        column.addWidget(self.reset)
        action = QWidgetAction(self._menu)
        action.setDefaultWidget(self._form)
        self._menu.addAction(action)
        self.setMenu(self._menu)

    def show_ranges(
        self, ranges: tuple[SweepRange, ...], check: Callable[[str, float], object]
    ) -> None:
        """Show the ranges of a sweep.

        Parameters
        ----------
        ranges : tuple of SweepRange
        check : callable
            Raises a `UserError` if the hyperparameter of a name can't be a value.
        """
        if [one.name for one in ranges] != [one.name for one in self._ranges]:
            self._fill(ranges, check)
        self._ranges = ranges
        for one in ranges:
            self.fields[one.name, "low"].set_value(one.low)
            self.fields[one.name, "high"].set_value(one.high)

    def _fill(self, ranges: tuple[SweepRange, ...], check: Callable[[str, float], object]) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.deleteLater()
        self.fields = {}
        for one in ranges:
            words = one.name.replace("_", " ")
            for end in ("low", "high"):
                field = NumberField(
                    f"{words}, {'from' if end == 'low' else 'to'}",
                    f"The {end}est value of {words} that is tried.",
                    lambda value, name=one.name, end=end: self._check(name, end, value, check),  # type: ignore[misc]
                )
                field.edited.connect(
                    lambda value, name=one.name, end=end: self._on_edited(name, end, value)
                )
                self.fields[one.name, end] = field
                self._column.addWidget(field)

    def _check(
        self, name: str, end: str, value: float, check: Callable[[str, float], object]
    ) -> None:
        check(name, value)
        self._with(name, end, value)

    def _with(self, name: str, end: str, value: float) -> SweepRange:
        known = next(one for one in self._ranges if one.name == name)
        low, high = (value, known.high) if end == "low" else (known.low, value)
        return SweepRange(name, low, high)

    def _on_edited(self, name: str, end: str, value: float) -> None:
        self.range_picked.emit(self._with(name, end, value))

    @Slot()
    def _on_reset(self) -> None:
        self.reset_wanted.emit()
        self._menu.close()
