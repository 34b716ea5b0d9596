"""A lesson and its steps, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gdviz.landscapes import Interval
from gdviz.lessons.observed import Value
from gdviz.lessons.quantities import Quantity
from gdviz.lessons.question import Question
from gdviz.optimizers import Optimizer

__all__ = [
    "Clause",
    "Condition",
    "Lesson",
    "LessonStep",
    "LessonView",
    "Setup",
    "Watched",
]


@dataclass(frozen=True)
class Clause:
    """What is asked of one quantity; every bound that is given must hold.

    Attributes
    ----------
    quantity : Quantity
    equal : float, str, bool or None
        What it is to be.
    above, below : float or None
        Bounds that are themselves excluded.
    near : float or None
    within : float
        How far from `near` it may be.
    changed : bool or None
        Whether it is to differ from what it was when the step began.
    """

    quantity: Quantity
    equal: Value = None
    above: float | None = None
    below: float | None = None
    near: float | None = None
    within: float = 0.0
    changed: bool | None = None

    def holds(self, value: Value, first: Value) -> bool:
        """Tell whether a value fulfills it.

        Parameters
        ----------
        value : float, str, bool or None
            What the quantity is now; None, where it has no value, fulfills nothing.
        first : float, str, bool or None
            What it was when the step began.
        """
        if value is None:
            return False
        if self.equal is not None and value != self.equal:
            return False
        if self.changed is not None and (first is None or (value != first) is not self.changed):
            return False
        return self._is_inside(float(value)) if isinstance(value, (int, float)) else True

    def _is_inside(self, number: float) -> bool:
        if self.above is not None and not number > self.above:
            return False
        if self.below is not None and not number < self.below:
            return False
        return self.near is None or abs(number - self.near) <= self.within


@dataclass(frozen=True)
class Condition:
    """Something to do, in one of some ways: done once all clauses of a way hold at one moment.

    Attributes
    ----------
    words : str
        What the student reads.
    ways : tuple of tuple of Clause
    """

    words: str
    ways: tuple[tuple[Clause, ...], ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of all its ways."""
        return tuple(clause for way in self.ways for clause in way)

    def holds(self, now: Mapping[Quantity, Value], first: Mapping[Quantity, Value]) -> bool:
        """Tell whether it is done, by what quantities are and what they were at first."""
        return any(
            all(clause.holds(now[clause.quantity], first[clause.quantity]) for clause in way)
            for way in self.ways
        )


@dataclass(frozen=True)
class Watched:
    """A quantity whose change is shown.

    Attributes
    ----------
    quantity : Quantity
    label : str
    """

    quantity: Quantity
    label: str


@dataclass(frozen=True)
class LessonView:
    """How a step's experiment is looked at; None where that is left as it is.

    Attributes
    ----------
    x, y : (float, float) or None
        What is shown of the first and the second parameter.
    slice_axis : int or None
        The parameter along which the loss curve is cut.
    cut : str
        One of `gdviz.experiment.experiment.CUTS`.
    page : str or None
        One of `gdviz.lessons.PAGES`.
    overlays : tuple of str
        Of `gdviz.experiment.overlays.OVERLAYS`; those not named are hidden.
    """

    x: Interval | None = None
    y: Interval | None = None
    slice_axis: int | None = None
    cut: str = "one"
    page: str | None = None
    overlays: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setup:
    """The experiment with which a step begins.

    Attributes
    ----------
    source : str
        A preset's name, a formula, or the name of a file beside the lesson's.
    start : tuple of float or None
        None for one that suits the landscape.
    optimizer : Optimizer
    rate_named : bool
        Whether the optimizer's learning rate is the lesson's, not one that suits the landscape.
    steps : int
    at : int
        The step on which the playhead stands.
    view : LessonView
    """

    source: str
    start: tuple[float, ...] | None
    optimizer: Optimizer
    rate_named: bool
    steps: int = 200
    at: int = 0
    view: LessonView = LessonView()


@dataclass(frozen=True)
class LessonStep:
    """One thing to understand, with something to do.

    Attributes
    ----------
    title : str
    text : str
        Markdown, a few sentences.
    setup : Setup
    questions : tuple of Question
    watched : tuple of Watched
    conditions : tuple of Condition
    done : str
        What has been seen, told when everything is done.
    line : int
        Where it begins in its file, counted from 1.
    """

    title: str
    text: str
    setup: Setup
    questions: tuple[Question, ...] = ()
    watched: tuple[Watched, ...] = ()
    conditions: tuple[Condition, ...] = ()
    done: str = ""
    line: int = 1

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """All quantities that it asks for, each once."""
        asked = [clause.quantity for each in self.conditions for clause in each.clauses]
        return tuple(dict.fromkeys([*asked, *(each.quantity for each in self.watched)]))


@dataclass(frozen=True)
class Lesson:
    """Steps in their order.

    Attributes
    ----------
    title : str
    summary : str
        One sentence.
    steps : tuple of LessonStep
        At least one.
    path : Path
        The file that it was read from.
    closing : str
        Markdown, shown at the end.
    """

    title: str
    summary: str
    steps: tuple[LessonStep, ...] = field(repr=False)
    path: Path
    closing: str = ""

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem
