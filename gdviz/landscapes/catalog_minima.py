"""Landscapes with many minima."""

from __future__ import annotations

from gdviz.landscapes.preset import formula_preset

__all__ = ["MANY_MINIMA"]

_GROUP = "Many minima"
_JAMIL = (
    "M. Jamil and X.-S. Yang, A literature survey of benchmark functions for global "
    "optimisation problems, IJMMNO 4 (2013), no. {}"
)

MANY_MINIMA = (
    formula_preset(
        _GROUP,
        "himmelblau",
        "Himmelblau",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        ((-5.0, 5.0), (-5.0, 5.0)),
        (
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ),
        (0.5, -1.0),
        0.01,
        "Four minima of the same depth: which one is reached depends on the start.",
        reference="D. M. Himmelblau, Applied Nonlinear Programming (1972)",
    ),
    formula_preset(
        _GROUP,
        "styblinski-tang",
        "Styblinski–Tang",
        "(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2",
        ((-5.0, 5.0), (-5.0, 5.0)),
        ((-2.903534027771177, -2.903534027771177),),
        (-0.2, 0.4),
        0.01,
        "Four minima, only one of them the lowest.",
        reference=_JAMIL.format(144),
    ),
    formula_preset(
        _GROUP,
        "rastrigin",
        "Rastrigin",
        "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)",
        ((-5.12, 5.12), (-5.12, 5.12)),
        ((0.0, 0.0),),
        (3.3, -2.4),
        0.002,
        "A bowl full of egg cups: descent ends in the nearest one.",
        reference=(
            "L. A. Rastrigin, Systems of Extremal Control (1974); "
            "H. Mühlenbein et al., Parallel Computing 17 (1991), 619–632"
        ),
    ),
    formula_preset(
        _GROUP,
        "ackley",
        "Ackley",
        "20 + e - 20e^(-0.2sqrt((x^2 + y^2)/2)) - e^((cos(2pi x) + cos(2pi y))/2)",
        ((-5.0, 5.0), (-5.0, 5.0)),
        ((0.0, 0.0),),
        (2.6, 1.7),
        0.01,
        "A funnel with ripples and a sharp tip, on which there is no gradient.",
        reference="D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    ),
    formula_preset(
        _GROUP,
        "mccormick",
        "McCormick",
        "sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1",
        ((-1.5, 4.0), (-3.0, 4.0)),
        ((-0.5471975511965977, -1.5471975511965977),),
        (3.0, 3.5),
        0.05,
        "Waves on a slanted valley floor.",
        reference=_JAMIL.format(72),
    ),
    formula_preset(
        _GROUP,
        "eggholder",
        "Eggholder",
        "-(y + 47) sin(sqrt|x/2 + y + 47|) - x sin(sqrt|x - (y + 47)|)",
        ((-512.0, 512.0), (-512.0, 512.0)),
        ((512.0, 404.2318058008512),),
        (200.0, 420.0),
        1.0,
        "Ridges and pits everywhere; the lowest point lies on the border.",
        reference=_JAMIL.format(53),
    ),
    formula_preset(
        _GROUP,
        "levy",
        "Lévy no. 13",
        "sin(3pi x)^2 + (x - 1)^2 (1 + sin(3pi y)^2) + (y - 1)^2 (1 + sin(2pi y)^2)",
        ((-4.0, 6.0), (-4.0, 6.0)),
        ((1.0, 1.0),),
        (-3.2, 5.2),
        0.002,
        "A bowl with standing waves on its slopes.",
        reference="A. V. Levy and A. Montalvo, SIAM J. Sci. Stat. Comput. 6 (1985), 15–29",
    ),
    formula_preset(
        _GROUP,
        "easom",
        "Easom",
        "-cos(x) cos(y) e^(-(x - pi)^2 - (y - pi)^2)",
        ((0.0, 6.0), (0.0, 6.0)),
        ((3.141592653589793, 3.141592653589793),),
        (2.2, 4.2),
        0.2,
        "One narrow hole in a flat plane: far from it, the slope tells nothing.",
        reference=_JAMIL.format(50),
    ),
    formula_preset(
        _GROUP,
        "griewank",
        "Griewank",
        "1 + (x^2 + y^2)/4000 - cos(x) cos(y/sqrt 2)",
        ((-10.0, 10.0), (-10.0, 10.0)),
        ((0.0, 0.0),),
        (4.5, 3.0),
        0.4,
        "Regular dimples on a bowl so wide that it hardly shows.",
        reference="A. O. Griewank, J. Optim. Theory Appl. 34 (1981), 11–39",
    ),
    formula_preset(
        _GROUP,
        "bohachevsky",
        "Bohachevsky no. 1",
        "x^2 + 2y^2 - 0.3cos(3pi x) - 0.4cos(4pi y) + 0.7",
        ((-2.0, 2.0), (-2.0, 2.0)),
        ((0.0, 0.0),),
        (1.7, -1.4),
        0.01,
        "A valley with shallow dimples, each of which can hold a slow descent.",
        reference=_JAMIL.format(18),
    ),
)
