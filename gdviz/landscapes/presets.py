"""The landscapes that gdviz brings along, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdviz.errors import UserError, did_you_mean
from gdviz.landscapes.landscape import FloatArray, Landscape
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.valley import Valley
from gdviz.resource_files import resource_path

__all__ = ["PRESETS", "Preset", "preset"]


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
    """

    name: str
    title: str
    summary: str
    build: Callable[[], Landscape]
    start: tuple[float, ...]
    learning_rate: float


def _galaxies() -> tuple[FloatArray, FloatArray]:
    table = np.loadtxt(resource_path("datasets", "galaxies.csv"), delimiter=",", skiprows=1)
    return table[:, 0], table[:, 1]


def _regression() -> Landscape:
    return LineRegression.from_columns(*_galaxies(), feature_name="distance", label_name="velocity")


def _regression_w1() -> Landscape:
    return ProportionalRegression.from_columns(
        *_galaxies(), feature_name="distance", label_name="velocity"
    )


PRESETS = (
    Preset(
        "regression",
        "Regression: weight and bias",
        "A line through Hubble’s 24 galaxies: how fast they recede against how far they are.",
        _regression,
        (-150.0, 550.0),
        0.1,
    ),
    Preset(
        "regression-w1",
        "Regression: weight only",
        "The same galaxies with a line through the origin: one weight, one convex loss curve.",
        _regression_w1,
        (0.0,),
        0.1,
    ),
    Preset(
        "valley",
        "Valley",
        "A smooth valley whose only minimum, 4, lies at x = 2 and y = 0.",
        Valley,
        (-3.0, 4.0),
        0.1,
    ),
)


def preset(name: str) -> Preset:
    """Return the preset called `name`.

    Raises
    ------
    UserError
        If there is none, with the nearest name.
    """
    for candidate in PRESETS:
        if candidate.name == name:
            return candidate
    names = [candidate.name for candidate in PRESETS]
    raise UserError(
        f"there is no landscape '{name}'{did_you_mean(name, names)} (known: {', '.join(names)})"
    )
