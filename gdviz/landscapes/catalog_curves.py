"""Landscapes of one parameter."""

from __future__ import annotations

from gdviz.landscapes.preset import formula_preset

__all__ = ["CURVES"]

_GROUP = "Curves"

CURVES = (
    formula_preset(
        _GROUP,
        "parabola",
        "Parabola",
        "(x - 3)^2 + 1",
        ((-2.0, 8.0),),
        ((3.0,),),
        (-1.0,),
        0.1,
        "The simplest convex curve: its slope is 2(x − 3), and 0 at the minimum.",
    ),
    formula_preset(
        _GROUP,
        "quartic",
        "Two wells",
        "x^4 - 3x^2 + x + 4",
        ((-2.2, 2.2),),
        ((-1.3008395659415772,),),
        (0.3,),
        0.05,
        "From the right of the hill, descent ends in the well that is not the lowest.",
    ),
    formula_preset(
        _GROUP,
        "wiggle",
        "Wiggles",
        "sin(10pi x)/(2x) + (x - 1)^4",
        ((0.5, 2.5),),
        ((0.5485634445096064,),),
        (2.5,),
        0.0005,
        "Many wells on one curve: a small step is caught, a large one leaps out.",
        reference="R. B. Gramacy and H. K. H. Lee, Statistics and Computing 22 (2012), 713–722",
    ),
    formula_preset(
        _GROUP,
        "kink",
        "Kink",
        "|x|",
        ((-2.0, 2.0),),
        ((0.0,),),
        (1.63,),
        0.05,
        "The slope is 1 or −1, never small: a fixed rate steps to and fro across the minimum.",
    ),
)
