"""How the learning rate changes with the step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdviz.optimizers import SCHEDULES, Optimizer, Schedule
from gdviz.ui.choice_box import ChoiceBox, labeled
from gdviz.ui.hyperparameter_fields import HyperparameterFields, spoken_name

__all__ = ["ScheduleFields"]

_TIP = (
    "How the learning rate changes while the run goes on: large steps first, small ones at the "
    "end to settle."
)


class ScheduleFields(QWidget):
    """A schedule and its settings.

    Attributes
    ----------
    kind : ChoiceBox
    settings : HyperparameterFields

    Signals
    -------
    edited(str, Schedule)
        What changed, in words, and the whole schedule.
    settled()
    """

    edited = Signal(str, object)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._schedule: Schedule | None = None
        self.kind = ChoiceBox("Learning-rate schedule", _TIP)
        for key, kind in SCHEDULES.items():
            self.kind.add_choice(kind.title, key, kind.help)
        self.kind.activated.connect(self._on_kind)
        self.settings = HyperparameterFields()
        self.settings.edited.connect(self._on_setting)
        self.settings.settled.connect(self.settled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(labeled("Schedule", self.kind))
        layout.addWidget(self.settings)

    def set_schedule(self, schedule: Schedule, optimizer: Optimizer) -> None:
        """Show a schedule, without telling of it; it can't be used without a learning rate."""
        self._schedule = schedule
        declared = schedule.hyperparameters()
        self.kind.show_choice(schedule.key)
        why_not = ""
        if not optimizer.has_learning_rate():
            why_not = f"{optimizer.title} has no learning rate."
        elif not optimizer.can_be_scheduled():
            why_not = f"{optimizer.title} finds its own rates after the first step."
        self.kind.set_usable(why_not)
        self.settings.declare(declared)
        self.settings.set_values({one.name: getattr(schedule, one.name) for one in declared})

    @Slot(int)
    def _on_kind(self, row: int) -> None:
        kind = SCHEDULES[self.kind.itemData(row)]
        if isinstance(self._schedule, kind):
            return
        made = kind()
        warmup = getattr(self._schedule, "warmup", 0)
        if warmup and hasattr(made, "warmup"):
            made = _changed(made, warmup=warmup)
        self.settled.emit()
        self.edited.emit("Change schedule", made)
        self.settled.emit()

    @Slot(str, object)
    def _on_setting(self, name: str, value: float) -> None:
        assert self._schedule is not None
        changed = _changed(self._schedule, **{name: value})
        self.edited.emit(f"Change {spoken_name(name).lower()}", changed)


def _changed(schedule: Schedule, **settings: Any) -> Schedule:
    return replace(schedule, **settings)
