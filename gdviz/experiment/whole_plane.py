"""What is computed from everywhere at once, as it is asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from gdviz.errors import UserError, did_you_mean
from gdviz.landscapes import Domain
from gdviz.optimizers import CONSTANT, Optimizer, Schedule

__all__ = [
    "BASIN_MODES",
    "MOST_MAP_STEPS",
    "MOST_STROKES",
    "MOST_SWARM",
    "SWARM_DRAWN",
    "SWARM_STARTS",
    "SWEEP_MEASURES",
    "BasinSpec",
    "SensitivitySpec",
    "Stroke",
    "SwarmSpec",
    "SweepRange",
    "SweepSpec",
    "WholePlane",
]

SWARM_STARTS = ("grid", "random", "brush")
"""Where a swarm begins: evenly spread, at random, or where it was brushed."""
SWARM_DRAWN = ("auto", "points", "density")
"""How a swarm is drawn; ``"auto"`` is points while there are few."""
BASIN_MODES = ("one", "side", "difference")
"""One map, two beside each other, or where two differ."""
SWEEP_MEASURES = ("loss", "steps")
"""What a sweep tells of each rate: the loss after its steps, or how many it takes to converge."""
MOST_SWARM = 1_000_000
MOST_MAP_STEPS = 100_000
"""Of each start of a basin map, of each run of a sweep."""
MOST_STROKES = 10_000


def _check_known(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise UserError(
            f"there is no {what} '{value}'{did_you_mean(value, known)} (known: {', '.join(known)})"
        )


def _check_count(what: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise UserError(f"{what} must be from 1 to {most:,}, got {value:,}")


@dataclass(frozen=True)
class Stroke:
    """One touch of the brush.

    Attributes
    ----------
    center : tuple of float
        One number per parameter.
    radius : tuple of float
        Along each parameter.
    count : int
        How many starts it leaves, spread evenly over its disk at random.
    """

    center: tuple[float, ...]
    radius: tuple[float, ...]
    count: int

    def __post_init__(self) -> None:
        if len(self.center) != len(self.radius):
            raise UserError("a stroke's center and radius must have as many numbers")
        if not all(map(math.isfinite, self.center)):
            raise UserError("a stroke's center must be finite")
        if not all(0.0 < radius < math.inf for radius in self.radius):
            raise UserError("a stroke's radius must be greater than 0")
        _check_count("a stroke's count", self.count, MOST_SWARM)


@dataclass(frozen=True)
class SwarmSpec:
    """Very many starts that descend at once, with the current run's optimizer and steps.

    Attributes
    ----------
    shown : bool
    kind : str
        One of `SWARM_STARTS`.
    count : int
        Of a grid, about as many; of brushed starts, `strokes` tells.
    seed : int
        Of random and of brushed starts.
    domain : Domain or None
        Where a grid or random starts lie; None for the landscape's own domain.
    strokes : tuple of Stroke
    drawn : str
        One of `SWARM_DRAWN`.
    """

    shown: bool = False
    kind: Literal["grid", "random", "brush"] = "grid"
    count: int = 10_000
    seed: int = 0
    domain: Domain | None = None
    strokes: tuple[Stroke, ...] = ()
    drawn: Literal["auto", "points", "density"] = "auto"

    def __post_init__(self) -> None:
        _check_known("kind of swarm", self.kind, SWARM_STARTS)
        _check_known("way to draw a swarm", self.drawn, SWARM_DRAWN)
        _check_count("the count of a swarm", self.count, MOST_SWARM)
        if self.seed < 0:
            raise UserError(f"seed must be at least 0, got {self.seed}")
        if len(self.strokes) > MOST_STROKES:
            raise UserError(f"a swarm has at most {MOST_STROKES:,} strokes")
        if sum(stroke.count for stroke in self.strokes) > MOST_SWARM:
            raise UserError(f"a swarm has at most {MOST_SWARM:,} starts")


@dataclass(frozen=True)
class BasinSpec:
    """Where the current run's optimizer leads from every point in view.

    Attributes
    ----------
    mode : str
        One of `BASIN_MODES`.
    steps : int
        How many steps each start is given to converge.
    shade : bool
        Whether it is shaded by how many it takes.
    other : Optimizer or None
        The second map's; needed by the modes that have one.
    other_schedule : Schedule
    """

    mode: Literal["one", "side", "difference"] = "one"
    steps: int = 1000
    shade: bool = True
    other: Optimizer | None = None
    other_schedule: Schedule = CONSTANT

    def __post_init__(self) -> None:
        _check_known("mode of a basin map", self.mode, BASIN_MODES)
        _check_count("the steps of a basin map", self.steps, MOST_MAP_STEPS)


@dataclass(frozen=True)
class SweepRange:
    """A hyperparameter and the range over which it is swept.

    Attributes
    ----------
    name : str
    low, high : float
    """

    name: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low < self.high):
            raise UserError(
                f"the range of {self.name} must go up, got {self.low:g} to {self.high:g}"
            )


@dataclass(frozen=True)
class SweepSpec:
    """What becomes of the current run over a range of one or two hyperparameters.

    Attributes
    ----------
    ranges : tuple of SweepRange
        One or two; none for the learning rate over a range that suits the landscape.
    measure : str
        One of `SWEEP_MEASURES`.
    steps : int
        How many steps each run takes.
    """

    ranges: tuple[SweepRange, ...] = ()
    measure: Literal["loss", "steps"] = "loss"
    steps: int = 200

    def __post_init__(self) -> None:
        _check_known("measure of a sweep", self.measure, SWEEP_MEASURES)
        _check_count("the steps of a sweep", self.steps, MOST_MAP_STEPS)
        names = [one.name for one in self.ranges]
        if len(names) > 2 or len(set(names)) != len(names):
            raise UserError(f"a sweep has one or two hyperparameters, got {', '.join(names)}")


@dataclass(frozen=True)
class SensitivitySpec:
    """How sharp the landscape is around the current point.

    Attributes
    ----------
    shown : bool
        Whether the panel that tells of it is open.
    radius : float or None
        ε, the radius of the ball in which the loss is looked at, as a share of the domain's
        width along each parameter, or of the narrowest where a unit of each is drawn with the
        same length; None for one that suits.
    """

    shown: bool = False
    radius: float | None = None

    def __post_init__(self) -> None:
        if self.radius is not None and not 0.0 < self.radius <= 1.0:
            raise UserError(f"the radius must be greater than 0 and at most 1, got {self.radius:g}")


@dataclass(frozen=True)
class WholePlane:
    """All that an experiment computes from everywhere at once.

    Attributes
    ----------
    swarm : SwarmSpec
    basins : BasinSpec
    sweep : SweepSpec
    sensitivity : SensitivitySpec
    """

    swarm: SwarmSpec = SwarmSpec()
    basins: BasinSpec = BasinSpec()
    sweep: SweepSpec = SweepSpec()
    sensitivity: SensitivitySpec = SensitivitySpec()
