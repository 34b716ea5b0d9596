"""What a lesson can ask about: numbers and words, by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdviz.engine import Outcome
from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.experiment import cuts_of
from gdviz.experiment.overlays import OVERLAYS
from gdviz.landscapes import FloatArray
from gdviz.lessons.observed import Observed, Value
from gdviz.lessons.vocabulary import PAGES, USES
from gdviz.optimizers import OPTIMIZERS

__all__ = ["Quantity", "parse_quantity", "value_of"]

_PLACES = ("start", "probe")
_ANSWERS = ("right", "wrong")


@dataclass(frozen=True)
class Quantity:
    """Something that a condition or the watch table names.

    Attributes
    ----------
    kind : str
        What of it is asked: ``"value"``, ``"slope"`` or ``"loss"`` of a point, ``"overlay"``,
        ``"used"``, ``"answer"``, or the quantity's own name.
    name : str
        A parameter's, an overlay's or a use's name, or a question's number.
    place : str
        Of which point: ``"start"``, ``"probe"`` (under the pointer), or empty for the playhead.
    """

    kind: str
    name: str = ""
    place: str = ""

    @property
    def text(self) -> str:
        """How a lesson file writes it."""
        kind = "" if self.kind == "value" else self.kind
        return " ".join(filter(None, (self.place, kind, self.name)))

    @property
    def type(self) -> Literal["number", "word", "truth"]:
        """Whether its values are numbers, words, or true and false."""
        if self.kind in ("overlay", "playing", "used"):
            return "truth"
        return "word" if self.kind in _WORDS or self.kind in ("slice", "answer") else "number"

    def words(self, parameters: Sequence[str]) -> tuple[str, ...]:
        """Return the words that it can be; none where it is no word."""
        if self.kind == "slice":
            return cuts_of(parameters)
        if self.kind == "answer":
            return _ANSWERS
        return _WORDS.get(self.kind, ())


def parse_quantity(text: str, parameters: Sequence[str], questions: int = 1) -> Quantity:
    """Return the quantity that a text names.

    Parameters
    ----------
    text : str
        Such as ``"loss"``, ``"x"``, ``"start x"``, ``"slope x"`` or ``"probe slope x"``.
    parameters : sequence of str
        The landscape's.
    questions : int
        How many questions the step asks.

    Raises
    ------
    UserError
        If it names none; told with the nearest one.
    """
    known = _names(parameters, questions)
    found = known.get(" ".join(text.split()))
    if found is None:
        raise UserError(f"'{text}' is no quantity{did_you_mean(text, known)}")
    return found


def value_of(quantity: Quantity, observed: Observed) -> Value:
    """Return what a quantity is at a moment; None where it has no value.

    Parameters
    ----------
    quantity : Quantity
    observed : Observed

    Returns
    -------
    float, str, bool or None
    """
    if quantity.kind in _OF_A_POINT:
        return _of_point(quantity, observed)
    if quantity.kind == "overlay":
        return quantity.name in observed.overlays
    if quantity.kind == "used":
        return quantity.name in observed.used
    if quantity.kind == "answer":
        number = int(quantity.name or 1) - 1
        right = observed.right[number] if number < len(observed.right) else None
        return None if right is None else _ANSWERS[not right]
    value = _SIMPLE[quantity.kind](observed)
    return None if isinstance(value, float) and math.isnan(value) else value


def _of_point(quantity: Quantity, observed: Observed) -> float | None:
    landscape = observed.experiment.landscape
    point = _point_at(quantity.place, observed)
    if point is None or point.size != landscape.dimension or not np.isfinite(point).all():
        return None
    if quantity.kind == "value":
        number = float(point[landscape.parameters.index(quantity.name)])
    elif quantity.kind == "loss":
        number = float(landscape.loss(point[np.newaxis])[0])
    else:
        axis = landscape.parameters.index(quantity.name)
        number = float(landscape.gradient(point[np.newaxis])[0, axis])
    return number if math.isfinite(number) else None


def _point_at(place: str, observed: Observed) -> FloatArray | None:
    if place == "start":
        return np.array(observed.experiment.current.start) if observed.experiment.runs else None
    if place == "probe":
        return None if observed.probe is None else np.array(observed.probe)
    return observed.point


def _gradient_norm(observed: Observed) -> float | None:
    record, trajectory = observed.record, observed.trajectory
    if record is None or trajectory is None:
        return None
    return float(trajectory.gradient_norm[record, 0])


def _distance(observed: Observed) -> float | None:
    minima, point = observed.experiment.landscape.minima, observed.point
    if point is None or not minima:
        return None
    return min(math.dist(point.tolist(), minimum) for minimum in minima)


def _step(observed: Observed) -> float | None:
    return None if observed.trajectory is None else float(observed.step)


def _last_step(observed: Observed) -> float | None:
    return None if observed.trajectory is None else float(observed.trajectory.last_step[0])


def _final_loss(observed: Observed) -> float | None:
    trajectory = observed.trajectory
    if trajectory is None or not trajectory.records:
        return None
    loss = float(trajectory.loss[trajectory.record_at(trajectory.last_step[0]), 0])
    return loss if math.isfinite(loss) else None


def _outcome_step(observed: Observed) -> float | None:
    return None if observed.trajectory is None else float(observed.trajectory.outcome_step[0])


def _outcome(observed: Observed) -> str | None:
    return None if observed.trajectory is None else observed.trajectory.outcome[0].value


def _learning_rate(observed: Observed) -> float | None:
    return getattr(observed.experiment.current.optimizer, "learning_rate", None)


def _slice(observed: Observed) -> str:
    experiment = observed.experiment
    if experiment.view.cut != "one" and experiment.landscape.dimension > 1:
        return experiment.view.cut
    return experiment.landscape.parameters[experiment.view.slice_axis]


_SIMPLE: Mapping[str, Callable[[Observed], Value]] = {
    "gradient_norm": _gradient_norm,
    "distance": _distance,
    "step": _step,
    "last_step": _last_step,
    "learning_rate": _learning_rate,
    "steps": lambda observed: float(observed.experiment.current.steps),
    "final_loss": _final_loss,
    "outcome": _outcome,
    "outcome_step": _outcome_step,
    "optimizer": lambda observed: observed.experiment.current.optimizer.key,
    "slice": _slice,
    "runs": lambda observed: float(len(observed.experiment.runs)),
    "playing": lambda observed: observed.playing,
    "page": lambda observed: observed.page,
}

_OF_A_POINT = ("value", "loss", "slope")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "outcome": tuple(outcome.value for outcome in Outcome),
    "optimizer": tuple(OPTIMIZERS),
    "page": PAGES,
}


def _names(parameters: Sequence[str], questions: int) -> dict[str, Quantity]:
    """Return every quantity by what a lesson file calls it."""
    of_points = [
        Quantity(kind, name, place)
        for place in ("", *_PLACES)
        for kind in ("value", "slope")
        for name in parameters
    ]
    quantities = [
        *of_points,
        *(Quantity("loss", place=place) for place in ("", *_PLACES)),
        *(Quantity(kind) for kind in _SIMPLE),
        *(Quantity("overlay", name) for name in OVERLAYS),
        *(Quantity("used", name) for name in USES),
        Quantity("answer"),
        *(Quantity("answer", str(number + 1)) for number in range(questions)),
    ]
    return {quantity.text: quantity for quantity in quantities}
