"""Samples of several subjects side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

__all__ = ["Samples", "Subject", "Table", "interleaved"]

Samples = dict[str, list[float]]
Subject = Callable[[], Samples]

_NAME, _CELL, _RATIO = 42, 26, 8
_ACROSS = 4  # more subjects than so many are told in lines below each other


@dataclass
class Table:
    """A figure: quantities as rows, subjects as columns.

    Attributes
    ----------
    title : str
    columns : dict of dict of list of float
        For each subject, the samples of each quantity; the first subject is ours.
    note : str
        What a reader has to know; empty if nothing.
    ratio : bool
        Whether subjects are compared.
    """

    title: str
    columns: dict[str, Samples]
    note: str = ""
    ratio: bool = True
    quantities: list[str] = field(init=False)

    def __post_init__(self) -> None:
        known = [name for samples in self.columns.values() for name in samples]
        self.quantities = list(dict.fromkeys(known))

    def text(self) -> str:
        """Return the table as lines of text: median (min to max), and ours over the second's.

        Many subjects are told below each other, with ours over each of them.
        """
        subjects = list(self.columns)
        if len(subjects) > _ACROSS:
            return self._downward()
        compared = self.ratio and len(subjects) > 1
        head = "".join(f"{subject:>{_CELL}}" for subject in subjects)
        lines = [f"{self.title:<{_NAME}}{head}{'ratio' if compared else '':>{_RATIO}}"]
        for name in self.quantities:
            cells = [_cell(self.columns[subject].get(name, [])) for subject in subjects]
            line = f"  {name:<{_NAME - 2}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)
            lines.append(line + (f"{self._ratio(name):>{_RATIO}}" if compared else ""))
        return "\n".join([*lines, *([f"  {self.note}"] if self.note else [])])

    def _downward(self) -> str:
        """Return a line for each subject, with ours over each of the others'."""
        lines = [self.title]
        for name in self.quantities:
            lines.append(f"  {name:<{_NAME - 2}}{'':>{_CELL}}{'ratio':>{_RATIO}}")
            for number, (subject, samples) in enumerate(self.columns.items()):
                cell, ratio = _cell(samples.get(name, [])), self._ratio(name, number)
                shown = ratio if number else ""
                lines.append(f"    {subject:<{_NAME - 4}}{cell:>{_CELL}}{shown:>{_RATIO}}")
        return "\n".join([*lines, *([f"  {self.note}"] if self.note else [])])

    def json(self) -> dict[str, Any]:
        """Return the table as plain values, every sample included."""
        columns = {
            subject: {name: _summary(values) for name, values in samples.items()}
            for subject, samples in self.columns.items()
        }
        return {"title": self.title, "note": self.note, "subjects": columns}

    def _ratio(self, name: str, number: int = 1) -> str:
        ours, other = (list(self.columns.values())[place].get(name) for place in (0, number))
        return f"{median(ours) / median(other):.2f}" if ours and other and median(other) else ""


def interleaved(subjects: Mapping[str, Subject], runs: int) -> dict[str, Samples]:
    """Measure every subject `runs` times in turn: A B A B, so that a busy spell hits all.

    Parameters
    ----------
    subjects : mapping of str to callable
        Each returns samples by quantity; those of all its calls are pooled.
    runs : int
    """
    pooled: dict[str, Samples] = {name: {} for name in subjects}
    for _ in range(runs):
        for name, measure in subjects.items():
            for quantity, values in measure().items():
                pooled[name].setdefault(quantity, []).extend(values)
    return pooled


def _cell(values: list[float]) -> str:
    if not values:
        return ""
    middle, low, high = (_short(value) for value in (median(values), min(values), max(values)))
    return middle if low == high else f"{middle} ({low}–{high})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.3g}"


def _summary(values: list[float]) -> dict[str, Any]:
    return {"median": median(values), "min": min(values), "max": max(values), "samples": values}
