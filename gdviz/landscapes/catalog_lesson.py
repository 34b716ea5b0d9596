"""The landscapes of the classic first lesson."""

from __future__ import annotations

from functools import partial

from gdviz.landscapes.datasets import galaxies
from gdviz.landscapes.preset import Preset, formula_preset
from gdviz.landscapes.valley import Valley

__all__ = ["LESSON"]

_GROUP = "The lesson"

LESSON = (
    Preset(
        "regression",
        "Regression: weight and bias",
        "A line through Hubble’s 24 galaxies: how fast they recede against how far they are.",
        partial(galaxies, "regression", bias=True),
        (-150.0, 550.0),
        0.1,
        _GROUP,
    ),
    Preset(
        "regression-w1",
        "Regression: weight only",
        "The same galaxies with a line through the origin: one weight, one convex loss curve.",
        partial(galaxies, "regression-w1", bias=False),
        (0.0,),
        0.1,
        _GROUP,
    ),
    Preset(
        "valley",
        "Valley",
        "A smooth valley whose only minimum, 4, lies at x = 2 and y = 0.",
        Valley,
        (-3.0, 4.0),
        0.1,
        _GROUP,
    ),
    formula_preset(
        _GROUP,
        "wave",
        "e^(2y) sin x",
        "e^(2y) sin(x)",
        ((-4.0, 4.0), (-2.0, 2.0)),
        (),
        (0.0, 1.0),
        0.0002,
        "For partial derivatives: at (0, 1), f grows by e² ≈ 7.39 for each unit of x.",
    ),
)
