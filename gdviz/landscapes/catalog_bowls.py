"""Bowls: one minimum, and slopes that lead to it."""

from __future__ import annotations

from gdviz.landscapes.formula import Knob
from gdviz.landscapes.preset import formula_preset

__all__ = ["BOWLS"]

_GROUP = "Bowls"
_JAMIL = (
    "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global "
    "optimisation problems, IJMMNO 4 (2013), no. {}"
)

BOWLS = (
    formula_preset(
        _GROUP,
        "sphere",
        "Sphere",
        "x^2 + y^2",
        ((-5.0, 5.0), (-5.0, 5.0)),
        ((0.0, 0.0),),
        (4.0, 3.0),
        0.1,
        "The roundest bowl: every gradient points straight away from the minimum.",
        reference=_JAMIL.format(137),
    ),
    formula_preset(
        _GROUP,
        "ravine",
        "Ill-conditioned bowl",
        "(x^2 + k y^2)/2",
        ((-10.0, 10.0), (-10.0, 10.0)),
        ((0.0, 0.0),),
        (9.0, 2.0),
        0.09,
        "The larger the condition number k, the more descent zigzags between the walls.",
        knobs=(Knob("k", 20.0, 1.0, 1000.0),),
    ),
    formula_preset(
        _GROUP,
        "booth",
        "Booth",
        "(x + 2y - 7)^2 + (2x + y - 5)^2",
        ((-10.0, 10.0), (-10.0, 10.0)),
        ((1.0, 3.0),),
        (-8.0, -5.0),
        0.05,
        "A tilted elliptic bowl: the axes are not its own.",
        reference=_JAMIL.format(17),
    ),
    formula_preset(
        _GROUP,
        "matyas",
        "Matyas",
        "0.26(x^2 + y^2) - 0.48x y",
        ((-10.0, 10.0), (-10.0, 10.0)),
        ((0.0, 0.0),),
        (9.0, 3.0),
        0.9,
        "A long, flat-bottomed bowl along the diagonal.",
        reference=_JAMIL.format(71),
    ),
    formula_preset(
        _GROUP,
        "diamond",
        "Diamond with edges",
        "|x| + 2|y|",
        ((-4.0, 4.0), (-3.0, 3.0)),
        ((0.0, 0.0),),
        (3.3, 2.2),
        0.05,
        "On an edge there is no gradient; near it, steps of fixed length jump to and fro.",
    ),
)
