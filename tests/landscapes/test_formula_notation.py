"""How formulas are typeset, and what numbers they show."""

import warnings

import pytest

from gdviz.landscapes import PRESETS, Valley
from gdviz.landscapes.formula import FormulaLandscape


def lines(landscape, params=None):
    notation = landscape.notation
    found = notation.general() if params is None else notation.at(params)
    return {line.kind: line.latex for line in found}


def test_the_lessons_partial_derivative():
    wave = FormulaLandscape.of("e^(2y) sin(x)")
    assert lines(wave)["partial0"] == (
        r"\frac{\partial f}{\partial x} = e^{2 y} \cos{\left(x \right)}"
    )
    assert lines(wave)["partial1"].endswith(r"2 e^{2 y} \sin{\left(x \right)}")
    told = lines(wave, (0.0, 1.0))["partial0"]
    assert told == (
        r"\frac{\partial f}{\partial x}(0, 1) = "
        r"e^{2 \cdot 1} \cdot \cos{\left(0 \right)} = e^{2} \approx 7.389"
    )


def test_the_valley_is_written_as_it_is_typed():
    assert lines(Valley())["loss"] == (r"f(x, y) = 4 + {\left(x - 2\right)}^{2} + 2 {y}^{2}")
    assert lines(Valley())["partial0"].endswith(r"= 2 \left(x - 2\right)")
    there = lines(Valley(), (-3.0, 4.0))
    assert there["loss"].endswith("= 61")
    assert there["partial0"].endswith("= -10")
    assert there["partial1"].endswith(r"4 \cdot 4 = 16")
    assert there["gradient"] == r"\nabla f(-3, 4) = \left(-10, 16\right)"


def test_one_parameter_has_a_plain_derivative():
    told = lines(FormulaLandscape.of("x^3 - 2x"), (2.0,))
    assert told["partial0"] == r"f'(2) = 3 \cdot 2^{2} - 2 = 10"
    assert "gradient" not in told


def test_knobs_stand_for_their_values():
    bowl = FormulaLandscape.of("a x^2 + y", {"a": 3.0})
    assert lines(bowl)["loss"] == "f(x, y) = a {x}^{2} + y"
    assert lines(bowl, (2.0, 1.0))["loss"].endswith("= 13")


def test_negative_numbers_are_fenced():
    told = lines(FormulaLandscape.of("x - y"), (-1.0, -2.0))["loss"]
    assert told == r"f(-1, -2) = -1 - \left(-2\right) = 1"


def test_where_there_is_no_value_it_says_so():
    told = lines(FormulaLandscape.of("ln x"), (-1.0,))
    assert told["loss"].endswith(r"= \text{undefined}")
    assert told["partial0"].endswith(r"= \text{undefined}")


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x/(1+y)", r"\frac{x}{1 + y}"),
        ("|x| + sqrt(y)", r"\left|x\right| + \sqrt{y}"),
        ("sin^2 x", r"\sin^{2}\left(x\right)"),
        ("w1^2 + θ", r"{w_{1}}^{2} + \theta"),
        ("2·3x", r"2 \cdot 3 x"),
        ("-(x+1)", r"-\left(x + 1\right)"),
        ("x - (y - 1)", r"x - \left(y - 1\right)"),
        ("(x+1)(y-1)", r"\left(x + 1\right) \left(y - 1\right)"),
        ("1e-3x", r"1 \times 10^{-3} x"),
        ("floor x + ceil x", r"\lfloor x\rfloor  + \lceil x\rceil "),
        ("exp(x)", "e^{x}"),
        ("max(x, y)", r"\max\left(x, y\right)"),
    ],
)
def test_each_kind_of_term(text, latex):
    assert lines(FormulaLandscape.of(text))["loss"].partition(" = ")[2] == latex


@pytest.mark.parametrize("known", PRESETS, ids=lambda known: known.name)
def test_a_typesetter_takes_every_line(known):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    notation = known.build().notation
    for line in (*notation.general(), *notation.at(known.start)):
        assert "<svg" in ziamath.Latex(line.latex).svg()


def test_what_is_too_long_is_not_typeset():
    long = FormulaLandscape.of("+".join(f"sin({k}x)cos({k}y)" for k in range(30)))
    assert "too long" in lines(long)["loss"]
    assert all(len(latex) < 2500 for latex in lines(long, (0.5, 0.25)).values())
