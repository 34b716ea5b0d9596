"""Curved valleys, plateaus and saddles."""

from __future__ import annotations

from gdviz.landscapes.formula import Knob
from gdviz.landscapes.preset import formula_preset

__all__ = ["SADDLES", "VALLEYS"]

_VALLEYS = "Valleys and plateaus"
_SADDLES = "Saddles"
_JAMIL = (
    "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global "
    "optimisation problems, IJMMNO 4 (2013), no. {}"
)

VALLEYS = (
    formula_preset(
        _VALLEYS,
        "rosenbrock",
        "Rosenbrock",
        "(a - x)^2 + b (y - x^2)^2",
        ((-2.0, 2.0), (-1.0, 3.0)),
        ((1.0, 1.0),),
        (-1.2, 1.0),
        0.002,
        "A banana-shaped valley: falling into it is easy, following it to the minimum is not.",
        reference=(
            "H. H. Rosenbrock, An automatic method for finding the greatest or least value of "
            "a function, The Computer Journal 3 (1960), 175–184"
        ),
        knobs=(Knob("a", 1.0, 0.0, 2.0), Knob("b", 100.0, 1.0, 200.0)),
    ),
    formula_preset(
        _VALLEYS,
        "beale",
        "Beale",
        "(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2",
        ((-4.5, 4.5), (-4.5, 4.5)),
        ((3.0, 0.5),),
        (1.0, 1.2),
        0.01,
        "A flat floor between steep corners, with the minimum at its end.",
        reference=_JAMIL.format(10),
    ),
    formula_preset(
        _VALLEYS,
        "goldstein-price",
        "Goldstein–Price",
        "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6x y + 3y^2)) "
        "(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
        ((-2.0, 2.0), (-2.0, 2.0)),
        ((0.0, -1.0),),
        (-0.5, -0.7),
        0.0001,
        "Four minima in a landscape of six decades; the lowest, 3, lies at (0, −1).",
        reference=_JAMIL.format(49),
    ),
    formula_preset(
        _VALLEYS,
        "plateau",
        "Plateau",
        "1 - e^(-(x^2 + y^2)/2)",
        ((-6.0, 6.0), (-6.0, 6.0)),
        ((0.0, 0.0),),
        (2.4, 1.4),
        0.8,
        "Flat far from the hole: where the slope is nearly 0, descent hardly moves.",
    ),
    formula_preset(
        _VALLEYS,
        "bukin",
        "Bukin no. 6",
        "100 sqrt|y - 0.01x^2| + 0.01|x + 10|",
        ((-15.0, -5.0), (-3.0, 3.0)),
        ((-10.0, 1.0),),
        (-8.0, 2.0),
        0.0005,
        "A knife-edged valley: the slope grows without bound towards its floor.",
        reference=_JAMIL.format(28),
    ),
)

SADDLES = (
    formula_preset(
        _SADDLES,
        "saddle",
        "Saddle",
        "x^2 - y^2",
        ((-3.0, 3.0), (-3.0, 3.0)),
        (),
        (2.5, 0.01),
        0.015,
        "Descent lingers where the slope is 0, though it is no minimum, and then falls off.",
    ),
    formula_preset(
        _SADDLES,
        "monkey-saddle",
        "Monkey saddle",
        "x^3 - 3x y^2",
        ((-2.0, 2.0), (-2.0, 2.0)),
        (),
        (1.5, 0.02),
        0.004,
        "Three ways down, three ways up, and a middle that is flat to second order.",
        reference="D. Hilbert and S. Cohn-Vossen, Anschauliche Geometrie (1932), §28",
    ),
    formula_preset(
        _SADDLES,
        "double-well",
        "Double well",
        "(x^2 - 1)^2 + y^2",
        ((-2.0, 2.0), (-1.5, 1.5)),
        ((-1.0, 0.0), (1.0, 0.0)),
        (0.02, 1.2),
        0.05,
        "Two equal minima with a saddle between them: the start decides.",
    ),
    formula_preset(
        _SADDLES,
        "three-hump-camel",
        "Three-hump camel",
        "2x^2 - 1.05x^4 + x^6/6 + x y + y^2",
        ((-2.2, 2.2), (-2.2, 2.2)),
        ((0.0, 0.0),),
        (-2.0, 1.5),
        0.05,
        "Three minima in a row; the middle one is the lowest.",
        reference=_JAMIL.format(29),
    ),
    formula_preset(
        _SADDLES,
        "six-hump-camel",
        "Six-hump camel",
        "(4 - 2.1x^2 + x^4/3) x^2 + x y + (4y^2 - 4) y^2",
        ((-2.0, 2.0), (-1.1, 1.1)),
        ((0.0898420131003, -0.7126564032704), (-0.0898420131003, 0.7126564032704)),
        (-1.6, -0.9),
        0.02,
        "Six minima, two of them the lowest.",
        reference=_JAMIL.format(30),
    ),
)
