"""What a text means: values at points against the same thing written in NumPy."""

import numpy as np
import pytest

from gdviz.formulas import FormulaError, compiled, parse
from gdviz.formulas.tree import nodes

X, Y = np.array([0.5, 1.25, 2.0]), np.array([1.5, 0.75, 3.0])

READINGS = [
    ("4 + (x-2)^2 + 2y^2", lambda x, y: 4 + (x - 2) ** 2 + 2 * y**2),
    ("e^(2y) sin(x)", lambda x, y: np.exp(2 * y) * np.sin(x)),
    ("|x| + sqrt(y)", lambda x, y: abs(x) + np.sqrt(y)),
    ("(1-x)²+100(y-x²)²", lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2),
    ("ln x + y", lambda x, y: np.log(x) + y),
    ("log x + y", lambda x, y: np.log(x) + y),
    ("2 sin x cos y", lambda x, y: 2 * np.sin(x) * np.cos(y)),
    ("sin 2x + y", lambda x, y: np.sin(2 * x) + y),
    ("sin x y", lambda x, y: np.sin(x * y)),
    ("sin(x) y", lambda x, y: np.sin(x) * y),
    ("sin x/2 + y", lambda x, y: np.sin(x) / 2 + y),
    ("sin x^2 + y", lambda x, y: np.sin(x**2) + y),
    ("sin^2 x + y", lambda x, y: np.sin(x) ** 2 + y),
    ("sin²x + y", lambda x, y: np.sin(x) ** 2 + y),
    ("sin -x + y", lambda x, y: np.sin(-x) + y),
    ("pi x + π y", lambda x, y: np.pi * (x + y)),
    ("-x^2 + y", lambda x, y: -(x**2) + y),
    ("2^-x + y", lambda x, y: 2.0**-x + y),
    ("2^x^2 + y", lambda x, y: 2.0 ** (x**2) + y),
    ("x**2 + y", lambda x, y: x**2 + y),
    ("x/2 y", lambda x, y: x / 2 * y),
    ("1/2x + y", lambda x, y: 0.5 * x + y),
    ("x−y·2×x÷y", lambda x, y: x - y * 2 * x / y),
    ("xy", lambda x, y: x * y),
    ("x(y+1)(y-2)", lambda x, y: x * (y + 1) * (y - 2)),
    ("2(x)(y)", lambda x, y: 2 * x * y),
    ("|x-1||y-2|", lambda x, y: abs(x - 1) * abs(y - 2)),
    ("||x|-1| + y", lambda x, y: abs(abs(x) - 1) + y),
    ("|x(1-|y|)|", lambda x, y: abs(x * (1 - abs(y)))),
    ("e²ˣ + y⁻¹", lambda x, y: np.exp(2 * x) + 1 / y),
    ("√x + √(y+1)", lambda x, y: np.sqrt(x) + np.sqrt(y + 1)),
    ("1.5x + .5y", lambda x, y: 1.5 * x + 0.5 * y),
    ("1e-3x + 2·10^3y", lambda x, y: 1e-3 * x + 2000 * y),
    ("3! x + y", lambda x, y: 6 * x + y),
    ("max(x, y, 1) + min(x, y)", lambda x, y: np.maximum(np.maximum(x, y), 1) + np.minimum(x, y)),
    ("floor x + ceil y + round(x)", lambda x, y: np.floor(x) + np.ceil(y) + np.floor(x + 0.5)),
    ("mod(x, 2) + y", lambda x, y: np.mod(x, 2) + y),
    ("arctan x + atan2(y, x)", lambda x, y: np.arctan(x) + np.arctan2(y, x)),
    ("sigmoid x + softplus y", lambda x, y: 1 / (1 + np.exp(-x)) + np.log1p(np.exp(y))),
    ("relu(x-1) + sign(y)", lambda x, y: np.maximum(x - 1, 0) + 1),
    ("cbrt x + tanh y + sinh x", lambda x, y: np.cbrt(x) + np.tanh(y) + np.sinh(x)),
    ("log2 x + log10 y", lambda x, y: np.log2(x) + np.log10(y)),
    ("sec x + csc y + cot x", lambda x, y: 1 / np.cos(x) + 1 / np.sin(y) + 1 / np.tan(x)),
    ("f(x, y) = x - y", lambda x, y: x - y),
    ("f(y, x) = x - y", lambda y, x: x - y),
    ("z = x y", lambda x, y: x * y),
    ("[x + {y}]^2", lambda x, y: (x + y) ** 2),
]


@pytest.mark.parametrize(("text", "meaning"), READINGS, ids=[text for text, _ in READINGS])
def test_a_text_means_what_a_maths_book_means(text, meaning):
    formula = parse(text)
    assert len(formula.variables) == 2
    assert formula.knobs == ()
    (values,) = compiled(formula).loss(X, Y)
    np.testing.assert_allclose(values, meaning(X, Y), rtol=1e-14)


@pytest.mark.parametrize(
    ("text", "variables", "knobs"),
    [
        ("x^2", ("x",), ()),
        ("a x^2 + b y^2", ("x", "y"), ("a", "b")),
        ("a x^2", ("x",), ("a",)),
        ("w1^2 + b^2", ("w1", "b"), ()),
        ("w_1^2 + w₂^2", ("w1", "w2"), ()),
        ("θ^2 + α", ("theta",), ("alpha",)),
        ("a^2 + b^2 + c", ("a", "b"), ("c",)),
        ("f(a, x) = a x^2", ("a", "x"), ()),
        ("f(x) = x y", ("x",), ("y",)),
        ("u^2 v", ("u", "v"), ()),
        ("t^2 + k", ("t",), ("k",)),
        ("y + x + z", ("x", "y"), ("z",)),
        ("z = x + y", ("x", "y"), ()),
        ("y = x^2", ("x",), ()),
        ("2pi x", ("x",), ()),
    ],
)
def test_names_become_variables_and_knobs(text, variables, knobs):
    formula = parse(text)
    assert (formula.variables, formula.knobs) == (variables, knobs)


MISTAKES = [
    ("sin(", 0, "'sin(': a closing parenthesis is missing"),
    ("foo(x)", 0, "'foo' is not a function; did you mean 'floor'?"),
    ("x + * y", 4, "'*'"),
    ("2 +", 3, "missing"),
    (")", 0, "closes nothing"),
    ("(x))", 3, "closes nothing"),
    ("x @ y", 2, "'@'"),
    ("", 0, "missing"),
    ("   ", 0, "missing"),
    ("sin", 0, "needs an argument"),
    ("sin() x", 0, "needs an argument"),
    ("max(x)", 0, "two arguments or more"),
    ("sin(x, y)", 0, "one argument"),
    ("|x", 0, "a closing bar is missing"),
    ("x,y", 1, "comma"),
    ("3+4", 0, "variable"),
    ("x!", 0, "whole numbers"),
    ("99! x", 0, "20!"),
    ("x = y = z", 6, "one '='"),
    ("x = x + 1", 4, "both sides"),
    ("f(x, x) = x", 5, "twice"),
    ("2 = x", 0, "left of '='"),
    ("1/0 x", 0, "no real value"),
    ("sin^-1 x", 3, "asin"),
    ("valley", 0, "no name that is known"),
    ("x^(10^10)", 3, "1,000"),
    ("9^9^9^9 x", 0, "too large"),
    ("((x^99)^99)^99", 8, "1,000"),
    ("(" * 100 + "x" + ")" * 100, None, "deep"),
    ("+".join(["x"] * 300), 0, "terms"),
    ("x" * 100_000, None, "characters"),
    ("9" * 50 + "x", 0, "digits"),
    ("1e999999999 x", 0, "digits"),
]


@pytest.mark.parametrize(("text", "position", "words"), MISTAKES, ids=lambda given: str(given)[:20])
def test_a_mistake_is_told_and_pointed_at(text, position, words):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
    assert 0 <= caught.value.position <= caught.value.end <= max(len(text), 1)
    if position is not None:
        assert caught.value.position == position


def test_spans_of_the_tree_are_places_of_the_text():
    text = "4 + sin(x-2)^2 - 2 y"
    for node in nodes(parse(text).tree):
        start, end = node.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("text", "continuous"),
    [("x^2 + y", True), ("1/x", False), ("x/2", True), ("tan x", False), ("x^-2", False),
     ("floor x", False), ("|x|", True), ("2^-x", True), ("ln x", True)],
)  # fmt: skip
def test_poles_and_jumps_are_known_from_the_text(text, continuous):
    assert parse(text).continuous is continuous
