"""A landscape that gdviz brings along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gdviz.landscapes.domain import Domain, Interval
from gdviz.landscapes.formula import FormulaLandscape, Knob
from gdviz.landscapes.landscape import Landscape

__all__ = ["Preset", "formula_preset"]


@dataclass(frozen=True)
class Preset:
    """A landscape with a title and what makes a good first run on it.

    Attributes
    ----------
    name : str
        What the command line calls it.
    title : str
        What the window calls it.
    summary : str
        One sentence for a newcomer.
    build : callable
        Makes the landscape.
    start : tuple of float
        A start that shows a clear descent.
    learning_rate : float
        A rate with which gradient descent does well from there.
    group : str
        The heading under which it stands.
    reference : str
        Where it is published; empty if it is everyone's.
    """

    name: str
    title: str
    summary: str
    build: Callable[[], Landscape]
    start: tuple[float, ...]
    learning_rate: float
    group: str = "The lesson"
    reference: str = ""


def formula_preset(  # noqa: PLR0913 -- a row of the catalog
    group: str,
    name: str,
    title: str,
    text: str,
    domain: tuple[Interval, ...],
    minima: tuple[tuple[float, ...], ...],
    start: tuple[float, ...],
    learning_rate: float,
    summary: str,
    *,
    reference: str = "",
    knobs: tuple[Knob, ...] = (),
) -> Preset:
    """Return the preset of a formula; it is read when the preset is built.

    Parameters
    ----------
    text : str
        As a user would type it.
    domain : tuple of (float, float)
    minima : tuple of tuple of float
        All global minima in the domain.
    """

    def build() -> Landscape:
        return FormulaLandscape.of(
            text, name=name, knobs=knobs, domain=Domain.of(*domain), minima=minima
        )

    return Preset(name, title, summary, build, start, learning_rate, group, reference)
