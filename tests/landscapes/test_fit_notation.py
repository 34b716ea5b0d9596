"""The equations of a regression can be typeset, and their numbers are its own."""

import itertools
import re

import numpy as np
import pytest

from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.notation import MathLine
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.summed import SummedRegression
from gdviz.numbers import format_number

EVERY = [
    pytest.param(
        (loss, bias, standardize), id=f"{loss}{'' if bias else ' w1'}{' std' * standardize}"
    )
    for loss, bias, standardize in itertools.product(
        ("mse", "mae", "huber", "log"), (True, False), (False, True)
    )
]
every_model = pytest.mark.parametrize("model", EVERY)


def make(model):
    loss, bias, standardize = model
    rng = np.random.default_rng(5)
    x = rng.normal(3.0, 2.0, 30)
    y = np.tile([0.0, 1.0], 15) if loss == "log" else 1.5 * x + rng.normal(size=30)
    kind = "logistic" if loss == "log" else "linear"
    choice = FitChoice("x", "y", kind, loss, bias=bias, standardize=standardize)
    data = FitData.of(x, y, "x", "y")
    if loss == "mse":
        return (LineRegression if bias else ProportionalRegression).of_data("made", choice, data)
    return SummedRegression.of_data("made", choice, data)


def plain(text):
    """Return a number as `format_number` has it, without LaTeX around it."""
    power = re.sub(r"\\(cdot|times)\s*10\^\{?(-?\d+)\}?", r"e\2", text)
    return float(re.sub(r"[{}\s\\,]", "", power).replace("\N{MINUS SIGN}", "-"))


@every_model
def test_there_is_a_line_for_the_loss_and_each_partial_derivative(model):
    landscape = make(model)
    lines = landscape.notation.general()
    assert all(isinstance(line, MathLine) for line in lines)
    kinds = [line.kind for line in lines]
    assert kinds[0] == "loss"
    for axis in range(landscape.dimension):
        assert kinds.count(f"partial{axis}") == 1
    assert ("partial1" in kinds) is (landscape.dimension > 1)
    together = " ".join(line.latex for line in lines)
    assert "x_i" in together
    assert "y_i" in together
    assert ("b" in lines[0].left) is (landscape.dimension > 1)


@every_model
@pytest.mark.parametrize("point", [(0.0, 0.0), (1.25, -0.5), (-1234.5, 6e7), (1e-9, 1e12)])
def test_the_numbers_at_a_point_are_the_landscapes(model, point):
    landscape = make(model)
    at = point[: landscape.dimension]
    lines = {line.kind: line for line in landscape.notation.at(at)}
    gradient = landscape.gradient([at])[0]
    wanted = {"loss": landscape.loss([at])[0]}
    wanted |= {f"partial{axis}": value for axis, value in enumerate(gradient.tolist())}
    for kind, value in wanted.items():
        shown = plain(lines[kind].right.rpartition("=")[2].rpartition(r"\approx")[2])
        told = format_number(float(value))
        assert shown == pytest.approx(value, rel=1e-3, abs=1e-12), told
    assert ("gradient" in lines) is (landscape.dimension > 1)


@every_model
@pytest.mark.parametrize("value", [1e300, np.inf, np.nan])
def test_what_is_undefined_is_said_and_raises_nothing(model, value):
    landscape = make(model)
    lines = landscape.notation.at((value,) * landscape.dimension)
    assert all("nan" not in line.latex and "inf" not in line.latex for line in lines)


@every_model
def test_every_line_can_be_typeset(model):
    ziamath = pytest.importorskip("ziamath")
    landscape = make(model)
    notation = landscape.notation
    for line in (*notation.general(), *notation.at((-1.5, 2e-7)[: landscape.dimension])):
        assert ziamath.Latex(line.latex).svg().startswith("<svg")


@every_model
def test_braces_and_fences_are_balanced(model):
    landscape = make(model)
    notation = landscape.notation
    for line in (*notation.general(), *notation.at((3.0, -2.0)[: landscape.dimension])):
        for side in (line.left, line.right):
            assert side.count("{") == side.count("}")
            assert side.count(r"\left") == side.count(r"\right")
            assert side.isascii()
