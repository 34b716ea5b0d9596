"""The selected run: its optimizer, schedule, noise, steps and start, and how it ended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gdviz.engine import MOST_STEPS, Noise, check_start, check_steps
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run
from gdviz.landscapes import Landscape
from gdviz.numbers import format_number
from gdviz.optimizers import (
    CONSTANT,
    OPTIMIZERS,
    FirstOrder,
    Optimizer,
    Schedule,
    with_hyperparameters,
)
from gdviz.optimizers.families import family_of
from gdviz.ui.hyperparameter_fields import HyperparameterFields, spoken_name
from gdviz.ui.noise_fields import NoiseFields
from gdviz.ui.number_field import NumberField, SliderScale
from gdviz.ui.optimizer_box import OptimizerBox
from gdviz.ui.rule_view import RuleView
from gdviz.ui.schedule_fields import ScheduleFields
from gdviz.ui.tips import set_topic
from gdviz.views.theme import Theme

__all__ = ["RunPanel"]

_STEPS_TIP = (
    f"How many steps are taken at most, up to {MOST_STEPS:,}. A run ends earlier if it diverges; "
    "of very long ones, only some steps are kept."
)


class RunPanel(QFrame):
    """Fields for the selected run; each tells a whole new Run.

    Attributes
    ----------
    optimizer : OptimizerBox
    rule : RuleView
    hyperparameters : HyperparameterFields
    schedule : ScheduleFields
    noise : NoiseFields

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
        self._several = _words("muted")
        self.optimizer = OptimizerBox()
        self.optimizer.activated.connect(self._on_optimizer)
        self.rule = RuleView()
        self.hyperparameters = HyperparameterFields()
        self.hyperparameters.edited.connect(self._on_hyperparameter)
        self.schedule = ScheduleFields()
        self.schedule.edited.connect(self._on_schedule)
        self.noise = NoiseFields()
        self.noise.edited.connect(self._on_noise)
        scale = SliderScale(1, 10_000, logarithmic=True, whole=True)
        self._steps = NumberField("Steps", _STEPS_TIP, _check_steps, scale)
        set_topic(self._steps, "steps")
        self._steps.edited.connect(self._on_steps)
        self._starts: dict[str, NumberField] = {}
        for part in (self.hyperparameters, self.schedule, self.noise, self._steps):
            part.settled.connect(self.settled)
        self._chain: list[QWidget] = []
        self._outcome, self._note = _words(""), _words("muted")
        self._form = QVBoxLayout()
        self._lay_out()

    @property
    def fields(self) -> dict[str, NumberField | QCheckBox]:
        """All fields by name: ``"beta1"``, ``"noise scale"``, ``"steps"``, ``"start 0"``."""
        schedule = {
            f"schedule {key}": field for key, field in self.schedule.settings.fields.items()
        }
        noise = {f"noise {key}": field for key, field in self.noise.settings.fields.items()}
        own = {**self.hyperparameters.fields, **schedule, **noise}
        return {**own, "steps": self._steps, **self._starts}

    def set_theme(self, theme: Theme) -> None:
        """Change the colors of the update rule."""
        self.rule.set_theme(theme)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show the experiment's selected run, without telling of it."""
        run, landscape = experiment.current, experiment.landscape
        if self._landscape is None or self._landscape.parameters != landscape.parameters:
            self._make_starts(landscape.parameters)
        self._run, self._landscape = run, landscape
        count = len(experiment.selection) if experiment.runs else 0
        self._several.setText(f"Changes go to {count} selected runs.")
        self._several.setVisible(count > 1)
        optimizer = run.optimizer
        declared = optimizer.hyperparameters()
        self.optimizer.show_optimizer(type(optimizer))
        self.rule.set_optimizer(optimizer)
        family = family_of(optimizer.key)
        set_topic(self.rule, family)
        set_topic(self.hyperparameters, family)
        self.hyperparameters.declare(declared)
        self.hyperparameters.set_values(
            {one.name: getattr(optimizer, one.name) for one in declared}
        )
        self.schedule.set_schedule(run.schedule, optimizer)
        self.noise.set_noise(run.noise, optimizer, landscape, run.start)
        self._steps.set_value(run.steps)
        for field, value in zip(self._starts.values(), run.start, strict=True):
            field.set_value(value)
        self._order_focus()

    def set_outcome(self, sentence: str, note: str = "") -> None:
        """Say how the run ended, and what else is to be known of it."""
        for label, text in ((self._outcome, sentence), (self._note, note)):
            label.setText(text)
            label.setVisible(bool(text))

    def _lay_out(self) -> None:
        page = QWidget()
        column = _column(page, 16)
        first = (self._several, self.optimizer, self.rule, self.hyperparameters, self._steps)
        for part in first:
            column.addWidget(part)
        self._form.setSpacing(12)
        column.addLayout(self._form)
        column.addWidget(self.schedule)
        column.addWidget(self.noise)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        foot = QWidget()
        beneath = _column(foot, 16)
        beneath.addWidget(self._outcome)
        beneath.addWidget(self._note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(foot)
        self.set_outcome("")

    def _make_starts(self, parameters: tuple[str, ...]) -> None:
        for field in self._starts.values():
            field.blockSignals(True)
            field.hide()
            field.deleteLater()
        self._starts = {}
        for axis, parameter in enumerate(parameters):
            tip = (
                f"The value of {parameter} at which the run starts. Where it starts decides which "
                "minimum it finds, and how long it takes."
            )
            start = NumberField(f"Start {parameter}", tip, partial(self._check_start, axis))
            set_topic(start, "starts")
            start.edited.connect(partial(self._on_start, axis))
            start.settled.connect(self.settled)
            self._starts[f"start {axis}"] = start
            self._form.addWidget(start)

    def _order_focus(self) -> None:
        """Have the Tab key walk from top to bottom, whenever there are new fields."""
        starts = [entry for field in self._starts.values() for entry in field.focus_chain()]
        chain = [
            self.optimizer,
            self.rule.equations.sheet,
            *self.hyperparameters.focus_chain(),
            *self._steps.focus_chain(),
            *starts,
            self.schedule.kind,
            *self.schedule.settings.focus_chain(),
            self.noise.kind,
            *self.noise.settings.focus_chain(),
        ]
        if chain != self._chain:
            self._chain = chain
            for first, second in pairwise(chain):
                QWidget.setTabOrder(first, second)

    def _tell(self, text: str, run: Run) -> None:
        self.run_edited.emit(text, run)

    @Slot(int)
    def _on_optimizer(self, row: int) -> None:
        assert self._run is not None
        kind = OPTIMIZERS[self.optimizer.itemData(row)]
        if type(self._run.optimizer) is kind:
            return
        made = kind()
        if kind.has_learning_rate() and self._run.optimizer.has_learning_rate():
            rate = getattr(self._run.optimizer, "learning_rate")  # noqa: B009 -- of some only
            made = with_hyperparameters(made, learning_rate=rate)
        self.settled.emit()
        self._tell("Change optimizer", _fit(replace(self._run, optimizer=made)))
        self.settled.emit()

    @Slot(str, object)
    def _on_hyperparameter(self, name: str, value: float) -> None:
        assert self._run is not None
        changed = with_hyperparameters(self._run.optimizer, **{name: value})
        self._tell(f"Change {spoken_name(name).lower()}", replace(self._run, optimizer=changed))

    @Slot(str, object)
    def _on_schedule(self, text: str, schedule: Schedule) -> None:
        assert self._run is not None
        self._tell(text, replace(self._run, schedule=schedule))

    @Slot(str, object)
    def _on_noise(self, text: str, noise: Noise | None) -> None:
        assert self._run is not None
        self._tell(text, replace(self._run, noise=noise))

    @Slot(float)
    def _on_steps(self, value: float) -> None:
        assert self._run is not None
        self._tell("Change steps", replace(self._run, steps=round(value)))

    def _on_start(self, axis: int, value: float) -> None:
        assert self._run is not None
        start = (*self._run.start[:axis], value, *self._run.start[axis + 1 :])
        self._tell("Move start", replace(self._run, start=start))

    def _check_start(self, axis: int, value: float) -> None:
        assert self._run is not None
        assert self._landscape is not None
        start = np.array(self._run.start)
        start[axis] = value
        check_start(self._landscape, start)


def _fit(run: Run) -> Run:
    """Return a run without the schedule or noise that its optimizer can't use."""
    usable: Optimizer = run.optimizer
    schedule = run.schedule if usable.can_be_scheduled() else CONSTANT
    return replace(
        run, schedule=schedule, noise=run.noise if isinstance(usable, FirstOrder) else None
    )


def _column(page: QWidget, side: int) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(side, 12, side, 12)
    column.setSpacing(12)
    return column


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _check_steps(value: float) -> None:
    if not float(value).is_integer():
        raise UserError(f"steps must be a whole number, got {format_number(value)}")
    check_steps(round(value))
