"""How far someone has come with a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from gdviz.lessons.lesson import LessonStep
from gdviz.lessons.observed import Observed, Value
from gdviz.lessons.quantities import Quantity, value_of

__all__ = ["Attempt"]


@dataclass(frozen=True)
class Attempt:
    """A step, what has been done of it, and what is watched; a frozen value.

    Attributes
    ----------
    step : LessonStep
    held : frozenset of int
        Places of the conditions that have held once: they stay done.
    right : tuple of (bool or None)
        For each question whether the last answer was right; None while there is none.
    first, now : mapping of Quantity to value
        What the step's quantities were when it began, as soon as they had a value, and what
        they are; while runs are being computed, what they were before.
    """

    step: LessonStep
    held: frozenset[int] = frozenset()
    right: tuple[bool | None, ...] = ()
    first: Mapping[Quantity, Value] = field(default_factory=dict, compare=False)
    now: Mapping[Quantity, Value] = field(default_factory=dict)

    @classmethod
    def of(cls, step: LessonStep) -> Self:
        """Begin a step."""
        return cls(step, right=(None,) * len(step.questions))

    @property
    def done(self) -> bool:
        """Whether all has been done and answered that the step asks for."""
        return len(self.held) == len(self.step.conditions) and all(self.right)

    def observed(self, observed: Observed) -> Self:
        """Return what has become of it after something was seen."""
        seen = replace(observed, right=self.right)
        values = {quantity: value_of(quantity, seen) for quantity in self.step.quantities}
        first = dict(self.first)
        for quantity, value in values.items():
            if first.get(quantity) is None:
                first[quantity] = value
        holding = {
            number
            for number, condition in enumerate(self.step.conditions)
            if condition.holds(values, first)
        }
        kept = self._kept(observed)
        now = {
            quantity: kept.get(quantity) if one is None else one for quantity, one in values.items()
        }
        return replace(self, held=self.held | holding, first=first, now=now)

    def _kept(self, observed: Observed) -> Mapping[Quantity, Value]:
        """Return what is still shown while runs are being computed, so that nothing flickers."""
        if observed.trajectory is not None or not observed.experiment.runs:
            return {}
        return {each: value for each, value in self.now.items() if each.place != "probe"}

    def answered(self, number: int, *, right: bool) -> Self:
        """Return it with a question answered; a right answer stays right."""
        answers = list(self.right)
        answers[number] = right or bool(answers[number])
        return replace(self, right=tuple(answers))

    def change(self, quantity: Quantity) -> float | None:
        """Return by how much a number has changed since the step began; None for no number."""
        first, now = self.first.get(quantity), self.now.get(quantity)
        if isinstance(first, bool) or isinstance(now, bool):
            return None
        if not isinstance(first, float) or not isinstance(now, float):
            return None
        return now - first

    @property
    def ratio(self) -> float | None:
        """The second watched quantity's change over the first one's; None where there is none."""
        if len(self.step.watched) != 2:
            return None
        below, above = (self.change(each.quantity) for each in self.step.watched)
        return None if above is None or not below else above / below
