"""The run: its optimizer, hyperparameters, steps and start, and how it ended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QVBoxLayout

from gdviz.engine import MOST_STEPS, check_start, check_steps
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run
from gdviz.landscapes import Landscape
from gdviz.numbers import format_number
from gdviz.optimizers import OPTIMIZERS, Optimizer, with_hyperparameters
from gdviz.ui.number_field import NumberField, SliderScale

__all__ = ["RunPanel"]

_STEPS_TIP = (
    f"How many steps are taken at most, up to {MOST_STEPS:,}. Of very long runs, "
    "only some steps are kept."
)


class RunPanel(QFrame):
    """Fields for the run; each tells a whole new Run.

    Signals
    -------
    run_edited(str, Run)
        What changed, in words, and the run as it would be.
    settled()
        The end of a drag, or an edit that is one of its own.
    """

    run_edited = Signal(str, object)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._run: Run | None = None
        self._landscape: Landscape | None = None
        self._shape: object = None
        self.optimizer = QComboBox()
        self.optimizer.setAccessibleName("Optimizer")
        self.optimizer.setToolTip("The rule that turns gradients into steps.")
        for key, kind in OPTIMIZERS.items():
            self.optimizer.addItem(kind.title, key)
        self.optimizer.activated.connect(self._on_optimizer)
        self._equation = QLabel()
        self._equation.setObjectName("muted")
        self._equation.setWordWrap(True)
        self.fields: dict[str, NumberField] = {}
        self._outcome = QLabel()
        self._outcome.setWordWrap(True)
        self._note = QLabel()
        self._note.setObjectName("muted")
        self._note.setWordWrap(True)
        self._form = QVBoxLayout()
        self._form.setSpacing(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.optimizer)
        layout.addWidget(self._equation)
        layout.addLayout(self._form)
        layout.addWidget(self._outcome)
        layout.addWidget(self._note)
        layout.addStretch(1)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the experiment's run, without telling of it."""
        run, landscape = experiment.draft, experiment.landscape
        self._run = run
        self._landscape = landscape
        shape = (type(run.optimizer), landscape.parameters)
        if self._shape != shape:
            self._shape = shape
            self._build(run.optimizer, landscape)
        self.optimizer.setCurrentIndex(self.optimizer.findData(run.optimizer.key))
        self._equation.setText(run.optimizer.equation)
        for declared in run.optimizer.hyperparameters():
            self.fields[declared.name].set_value(getattr(run.optimizer, declared.name))
        self.fields["steps"].set_value(run.steps)
        for axis, value in enumerate(run.start):
            self.fields[f"start {axis}"].set_value(value)

    def set_outcome(self, sentence: str, note: str = "") -> None:
        """Say how the run ended, and what else is to be known of it."""
        self._outcome.setText(sentence)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def _build(self, optimizer: Optimizer, landscape: Landscape) -> None:
        for field in self.fields.values():
            self._form.removeWidget(field)
            field.deleteLater()
        self.fields = {}
        for declared in optimizer.hyperparameters():
            scale = SliderScale(*declared.slider, logarithmic=declared.logarithmic)
            name = declared.name
            spoken = replace(declared, name=_titled(name).lower())
            field = NumberField(_titled(name), declared.help, spoken.check, scale)
            field.edited.connect(lambda value, name=name: self._on_hyperparameter(name, value))
            self._add(name, field)
        steps = NumberField(
            "Steps", _STEPS_TIP, _check_steps, SliderScale(1, 10_000, logarithmic=True)
        )
        steps.edited.connect(self._on_steps)
        self._add("steps", steps)
        for axis, parameter in enumerate(landscape.parameters):
            tip = f"The value of {parameter} at which the run starts."
            start = NumberField(f"Start {parameter}", tip, partial(self._check_start, axis))
            start.edited.connect(lambda value, axis=axis: self._on_start(axis, value))
            self._add(f"start {axis}", start)

    def _add(self, key: str, field: NumberField) -> None:
        field.settled.connect(self.settled)
        self.fields[key] = field
        self._form.addWidget(field)

    def _on_optimizer(self, index: int) -> None:
        assert self._run is not None
        kind = OPTIMIZERS[self.optimizer.itemData(index)]
        if not isinstance(self._run.optimizer, kind):
            rate = {
                declared.name: getattr(self._run.optimizer, declared.name)
                for declared in kind.hyperparameters()
                if declared.name == "learning_rate"
            }
            changed = with_hyperparameters(kind(), **rate)
            self.run_edited.emit("Change optimizer", replace(self._run, optimizer=changed))
            self.settled.emit()

    def _on_hyperparameter(self, name: str, value: float) -> None:
        assert self._run is not None
        changed = with_hyperparameters(self._run.optimizer, **{name: value})
        title = _titled(name).lower()
        self.run_edited.emit(f"Change {title}", replace(self._run, optimizer=changed))

    def _on_steps(self, value: float) -> None:
        assert self._run is not None
        self.run_edited.emit("Change steps", replace(self._run, steps=round(value)))

    def _on_start(self, axis: int, value: float) -> None:
        assert self._run is not None
        start = (*self._run.start[:axis], value, *self._run.start[axis + 1 :])
        self.run_edited.emit("Move start", replace(self._run, start=start))

    def _check_start(self, axis: int, value: float) -> None:
        assert self._run is not None
        assert self._landscape is not None
        start = np.array(self._run.start)
        start[axis] = value
        check_start(self._landscape, start)


def _titled(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _check_steps(value: float) -> None:
    if not float(value).is_integer():
        raise UserError(f"steps must be a whole number, got {format_number(value)}")
    check_steps(round(value))
