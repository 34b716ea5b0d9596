"""What a basin map shows: one optimizer or two, how, and with how many steps."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from gdviz.experiment.whole_plane import BasinSpec
from gdviz.optimizers import Optimizer
from gdviz.ui.choice_box import NarrowBox
from gdviz.ui.hyperparameter_fields import HyperparameterFields
from gdviz.ui.optimizer_box import OptimizerBox
from gdviz.ui.spin_box import SpinBox
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain

__all__ = ["BasinControls"]

_MODE = "One optimizer's map, two beside each other, or where two optimizers end up elsewhere."
_MODES = {
    "one": ("one map", "Where the current run's optimizer leads from every point in view."),
    "side": ("side by side", "The current run's optimizer, and another one beside it."),
    "difference": ("difference", "From where two optimizers reach different places."),
}
_OTHER = "The optimizer of the second map, to compare with the current run's."
_STEPS = "How many steps each start is given to come to rest."
_SHADE = "Whether starts that take more steps are darker."
_MORE = "Steps, shades, and the second optimizer's hyperparameters."
_CANCEL = "Stop computing the map; what is there stays."
_MOST_STEPS = 100_000
_SHEET = 250


class BasinControls(QObject):
    """The choices of a basin map, for a line that they share with others.

    Signals
    -------
    mode_picked(str)
    other_picked(str)
        Another optimizer for the second map, by its key.
    other_edited(str, object)
        A hyperparameter of the second map's optimizer, and its new value.
    steps_picked(int)
    shade_picked(bool)
    cancel_wanted()
        Nothing finer is to be computed.
    settled()
        What was changed is a step of its own.
    """

    mode_picked = Signal(str)
    other_picked = Signal(str)
    other_edited = Signal(str, object)
    steps_picked = Signal(int)
    shade_picked = Signal(bool)
    cancel_wanted = Signal()
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = NarrowBox("Maps", _MODE)
        for key, (title, tip) in _MODES.items():
            self.mode.add_choice(title, key, tip)
        self.other = OptimizerBox()
        self.other.setAccessibleName("Second optimizer")
        explain(self.other, _OTHER)
        self.more = _MoreButton()
        self.cancel = QToolButton()
        self.cancel.setText("Stop")
        self.cancel.setAccessibleName("Stop computing the map")
        explain(self.cancel, _CANCEL)
        self.cancel.hide()
        self.mode.activated.connect(self._on_mode)
        self.other.activated.connect(self._on_other)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.more.steps.valueChanged.connect(self._on_steps)
        self.more.steps.editingFinished.connect(self.settled)
        self.more.shade.clicked.connect(self.shade_picked)
        self.more.fields.edited.connect(self.other_edited)
        self.more.fields.settled.connect(self.settled)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The boxes and the buttons."""
        return self.mode, self.other, self.more, self.cancel

    def show_state(self, spec: BasinSpec, other: Optimizer) -> None:
        """Show what is chosen, without telling of it.

        Parameters
        ----------
        spec : BasinSpec
        other : Optimizer
            The second map's, if there is one.
        """
        two = spec.mode != "one"
        self.mode.show_choice(spec.mode)
        self.other.show_optimizer(type(other))
        self.other.setVisible(two)
        self.more.shade.setChecked(spec.shade)
        self.more.shade.setEnabled(spec.mode != "difference")
        if not self.more.steps.hasFocus() or self.more.steps.value() != spec.steps:
            self.more.steps.show_value(spec.steps)
        self.more.show_other(other if two else None)

    def show_busy(self, *, busy: bool) -> None:
        """Offer to stop while something is computed."""
        self.cancel.setVisible(busy)

    @Slot(int)
    def _on_mode(self, row: int) -> None:
        self.mode_picked.emit(self.mode.itemData(row))

    @Slot(int)
    def _on_other(self, row: int) -> None:
        self.other_picked.emit(self.other.itemData(row))

    @Slot(float)
    def _on_steps(self, value: float) -> None:
        self.steps_picked.emit(round(value))


class _MoreButton(QToolButton):
    """Opens a sheet: steps, shades, and the second optimizer's hyperparameters."""

    def __init__(self) -> None:
        super().__init__()
        self.setText("More")
        self.setAccessibleName("More about the basin map")
        explain(self, _MORE)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.steps = SpinBox("Steps of each start", _STEPS, (1, _MOST_STEPS), step=0.0)
        self.steps.setKeyboardTracking(False)
        self.shade = QCheckBox("Darker where it takes more steps")
        explain(self.shade, _SHADE)
        self.fields = HyperparameterFields()
        self._heading = QLabel()
        self._heading.setObjectName("muted")
        label = QLabel("Steps of each start")
        label.setBuddy(self.steps)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(self.steps, 1)
        self._sheet = QWidget()
        column = QVBoxLayout(self._sheet)
        column.addLayout(row)
        column.addWidget(self.shade)
        column.addWidget(self._heading)
        column.addWidget(self.fields)
        action = QWidgetAction(self)
        action.setDefaultWidget(self._sheet)
        menu = QMenu(self)
        menu.addAction(action)
        self.setMenu(menu)

    def show_other(self, other: Optimizer | None) -> None:
        """Show a second optimizer's hyperparameters, or none."""
        self._heading.setVisible(other is not None)
        self._sheet.setMinimumWidth(scaled(self, _SHEET))
        declared = () if other is None else other.hyperparameters()
        self.fields.declare(declared)
        if other is not None:
            self._heading.setText(f"Second map: {other.title}")
            values: dict[str, Any] = {one.name: getattr(other, one.name) for one in declared}
            self.fields.set_values(values)
