"""What the runs of a picture are called in its legend, so that each is told from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gdviz.engine import GradientNoise, MiniBatch, Noise
from gdviz.experiment import Experiment, Run
from gdviz.numbers import format_number, format_point
from gdviz.optimizers import CONSTANT

__all__ = ["MOST_ENTRIES", "Entry", "legend_entries"]

MOST_ENTRIES = 12
"""Of more names than these, a legend would hide more than it tells."""


_Key = tuple[int, str]
_Facts = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """A line of a legend.

    Attributes
    ----------
    color : int
        Its place in the theme's palette.
    name : str
    """

    color: int
    name: str


def legend_entries(
    experiment: Experiment, rows: Sequence[int], *, starts_seen: bool = False
) -> tuple[Entry, ...]:
    """Return the legend of the runs that are shown: none of a single one, or of too many.

    Runs of one color and one name share an entry. Where entries would have the same name, what
    tells them apart is added: the hyperparameters that differ, the schedule, the noise, the
    start, as far as it takes. A name that all have is left out.

    Parameters
    ----------
    experiment : Experiment
    rows : sequence of int
        Places in the list of runs; recorded runs count on behind it.
    starts_seen : bool
        Whether the picture itself shows where runs start: there is no legend then if nothing
        but the start tells them apart.
    """
    groups = _groups(experiment, rows)
    if not 2 <= len(groups) <= MOST_ENTRIES:
        return ()
    shared = {key: _shared(facts) for key, facts in groups.items()}
    telling = {key: dict(_telling(shared, key)) for key in groups}
    one_label = len({label for _, label in groups}) == 1
    if one_label and starts_seen and all(list(told) == ["start"] for told in telling.values()):
        return ()
    return tuple(
        Entry(color, _name(label, list(told.values()), alone=one_label))
        for (color, label), told in telling.items()
    )


def _groups(experiment: Experiment, rows: Sequence[int]) -> dict[_Key, list[_Facts]]:
    groups: dict[_Key, list[_Facts]] = {}
    next_color = max((run.color for run in experiment.runs), default=-1) + 1
    for row in rows:
        if row < len(experiment.runs):
            run = experiment.runs[row]
            groups.setdefault((run.color, run.label), []).append(dict(_facts(run)))
        else:
            number = row - len(experiment.runs)
            groups[(next_color + number, experiment.tracks[number].name)] = [{}]
    return groups


def _name(label: str, told: Sequence[str], *, alone: bool) -> str:
    """Return an entry's name: the label and what is told, or what is told alone."""
    if alone and told:
        words = ", ".join(told)
        return words[0].upper() + words[1:]
    return ", ".join([label, *told])


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    """Yield what there is to know of a run, the more telling things first."""
    for declared in run.optimizer.hyperparameters():
        value, words = getattr(run.optimizer, declared.name), declared.name.replace("_", " ")
        if declared.kind == "flag":
            yield declared.name, words if value else f"not {words}"
        else:
            yield declared.name, f"{words} {format_number(float(value))}"
    constant = run.schedule == CONSTANT
    yield "schedule", "constant rate" if constant else run.schedule.title.lower()
    yield "noise", _noise_words(run.noise)
    yield "start", f"from {_point(run.start)}"
    yield "steps", f"{run.steps:,} steps"
    yield "seed", "" if run.noise is None else f"seed {run.noise.seed}"


def _noise_words(noise: Noise | None) -> str:
    if isinstance(noise, GradientNoise):
        return f"noise {format_number(noise.scale)}"
    if isinstance(noise, MiniBatch):
        return f"batches of {noise.size:,}"
    return "whole gradient"


def _point(start: Sequence[float]) -> str:
    return format_point(start) if len(start) > 1 else format_number(start[0])


def _shared(facts: Sequence[_Facts]) -> _Facts:
    """Return what is true of all runs of an entry."""
    return {
        name: words
        for name, words in facts[0].items()
        if all(other.get(name) == words for other in facts)
    }


def _telling(shared: dict[_Key, _Facts], key: _Key) -> Iterator[tuple[str, str]]:
    """Yield what tells an entry from those of the same name, as far as it takes."""
    mine = shared[key]
    alike = [facts for other, facts in shared.items() if other[1] == key[1] and other != key]
    for name, words in mine.items():
        if words and any(facts.get(name) != words for facts in alike):
            yield name, words
            alike = [facts for facts in alike if facts.get(name) == words]
