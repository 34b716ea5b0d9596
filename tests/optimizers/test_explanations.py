"""Equations are complete, true of the numbers that are told with them, and can be typeset."""

import re
import warnings
from functools import cache

import numpy as np
import pytest

from gdviz.landscapes import Valley
from gdviz.optimizers import OPTIMIZERS, FirstOrder
from gdviz.optimizers.symbols import names_in, substituted, symbols_of

SWITCHED_ON = {
    "learning_rate": 0.05,
    "weight_decay": 0.1,
    "momentum": 0.5,
    "centered": True,
    "learning_rate_decay": 0.1,
    "initial_accumulator": 0.5,
    "beta2": 0.9,
    "nu1": 0.4,
    "nu2": 0.6,
}
ALWAYS = {"x", "x'", "g"}


def variants():
    for name, kind in OPTIMIZERS.items():
        known = {declared.name for declared in kind.hyperparameters()}
        yield pytest.param(kind(), id=f"{name}-default")
        given = {key: value for key, value in SWITCHED_ON.items() if key in known}
        yield pytest.param(kind(**given), id=f"{name}-on")
        if "weight_decay" in known:
            yield pytest.param(kind(weight_decay=0.0), id=f"{name}-off")
        columns = {
            key: np.array([[value], [value / 2]])
            for key, value in given.items()
            if key != "centered"
        }
        if columns:
            yield pytest.param(kind(**columns), id=f"{name}-rows")


VARIANTS = list(variants())
FIRST_ORDER = [variant for variant in VARIANTS if isinstance(variant.values[0], FirstOrder)]
every_variant = pytest.mark.parametrize("chosen", VARIANTS)
START = np.array([[-3.0, 4.0], [1.5, -0.5]])


def steps_of(chosen, steps=12):
    """Yield the point, gradient, explanation, and update of each step."""
    objective, params = Valley(), START
    state = chosen.init(params)
    for _ in range(steps):
        gradient = objective.gradient(params)
        explanation = chosen.explain(objective, gradient, state, params)
        updates, state = chosen.advance(objective, gradient, state, params)
        yield params, gradient, explanation, updates
        params = params + updates


def hyperparameters(chosen):
    return {known.name: getattr(chosen, known.name) for known in chosen.hyperparameters()}


@every_variant
def test_the_update_explained_is_the_one_taken_to_the_last_bit(chosen):
    for _, _, explanation, updates in steps_of(chosen):
        assert explanation.values["update"].tobytes() == updates.tobytes()
        assert explanation.components[-1].displacement.tobytes() == updates.tobytes()
        assert explanation.components[-1].role == "update"


@every_variant
def test_components_are_arrows_with_titles(chosen):
    for _, _, explanation, _ in steps_of(chosen):
        titles = [component.title for component in explanation.components]
        assert len(set(titles)) == len(titles)
        for component in explanation.components:
            assert component.title
            assert component.displacement.shape == START.shape
            assert np.isfinite(component.displacement).all()


@every_variant
def test_every_name_has_a_value_and_a_symbol(chosen):
    for _, _, explanation, _ in steps_of(chosen, 3):
        known = ALWAYS | set(hyperparameters(chosen)) | set(explanation.values)
        symbols = symbols_of(chosen.symbols)
        for line in chosen.equations:
            assert names_in(line)
            for name in names_in(line):
                assert name in known
                assert symbols[name]


@every_variant
def test_values_have_a_shape_that_can_be_shown(chosen):
    rows, dimension = START.shape
    shapes = {(), (rows, dimension), (rows, 1), (rows, dimension, dimension)}
    for _, _, explanation, _ in steps_of(chosen, 3):
        for name, value in explanation.values.items():
            assert np.shape(value) in shapes, name


@pytest.mark.parametrize("chosen", FIRST_ORDER)
def test_nothing_is_named_that_is_not_defined_before(chosen):
    given = ALWAYS | set(hyperparameters(chosen))
    defined = [names_in(line)[0] for line in chosen.equations]
    assert "x'" in defined
    assert len(set(defined)) == len(defined)
    for position, line in enumerate(chosen.equations):
        for name in names_in(line)[1:]:
            if name in defined and name not in given:
                assert defined.index(name) < position, line


@pytest.mark.parametrize("kind", list(OPTIMIZERS.values()), ids=list(OPTIMIZERS))
def test_what_is_switched_off_is_not_in_the_equations(kind):
    known = {declared.name for declared in kind.hyperparameters()}
    if "weight_decay" not in known:
        return
    assert "<weight_decay>" not in "".join(kind(weight_decay=0.0).equations)
    assert "<weight_decay>" in "".join(kind(weight_decay=0.1).equations)


@cache
def typeset(line):
    """Return a line of LaTeX as SVG; many variants share their lines."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath

    return ziamath.Latex(line).svg()


@every_variant
def test_equations_can_be_typeset(chosen):
    symbols = symbols_of(chosen.symbols)
    for line in chosen.equations:
        drawing = typeset(substituted(line, symbols.__getitem__))
        assert drawing.startswith("<svg")
        assert "\\" not in re.sub("<[^>]*>", "", drawing)


# The numbers fulfill the equations: what little LaTeX they hold is computed here.

TOKEN = re.compile(r"\s*(<[A-Za-z_0-9]+'?>|\d+(?:\.\d+)?|\\[a-zA-Z]+|\\\\|.)")
FUNCTIONS = {"sign": np.sign, "max": np.maximum, "min": np.minimum}


class Evaluator:
    """Computes a formula's value, elementwise, from those of its names."""

    def __init__(self, text, values):
        self.tokens = TOKEN.findall(text.strip())
        self.values = values

    def next(self):
        return self.tokens[0] if self.tokens else None

    def take(self, *expected):
        for token in expected:
            assert self.tokens[0] == token, (token, self.tokens)
            del self.tokens[0]

    def taken(self, token):
        if self.next() == token:
            self.take(token)
            return True
        return False

    def braced(self):
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def sum(self):
        value = -self.product() if self.taken("-") else self.product()
        while self.next() in ("+", "-"):
            sign = 1 if self.tokens.pop(0) == "+" else -1
            value = value + sign * self.product()
        return value

    def product(self):
        value = self.power()
        ends = (None, "+", "-", "}", ")", ",", "|", "&", "\\\\", "\\end", "\\gt", "\\lt", "\\right")
        while self.next() not in ends:
            value = value * self.power()
        return value

    def power(self):
        value = self.atom()
        if not self.taken("^"):
            return value
        if self.next() == "{":
            return value ** self.braced()
        return value ** float(self.tokens.pop(0))

    def atom(self):
        token = self.tokens.pop(0)
        if token.startswith("<"):
            return self.values[token[1:-1]]
        if token[0].isdigit():
            return float(token)
        if token == "(":
            value = self.sum()
            self.take(")")
            return value
        if token == "|":
            value = np.abs(self.sum())
            self.take("|")
            return value
        return getattr(self, f"at_{token[1:]}")()

    def at_frac(self):
        above = self.braced()
        return above / self.braced()

    def at_sqrt(self):
        return np.sqrt(self.braced())

    def at_left(self):
        self.take("(")
        value = self.sum()
        self.take("\\right", ")")
        return value

    def at_max(self):
        return self.called(np.maximum)

    def at_min(self):
        return self.called(np.minimum)

    def at_operatorname(self):
        self.take("{", *"sign", "}")
        return self.called(np.sign)

    def called(self, function):
        self.take("(")
        arguments = [self.sum()]
        while self.taken(","):
            arguments.append(self.sum())
        self.take(")")
        return function(*arguments)

    def at_begin(self):
        self.take("{", *"cases", "}")
        values, conditions = [], []
        while True:
            values.append(self.sum())
            self.take("&")
            if self.taken("\\text"):
                self.take("{", *"otherwise", "}")
                break
            left = self.sum()
            greater = self.tokens.pop(0) == "\\gt"
            right = self.sum()
            conditions.append(left > right if greater else left < right)
            self.take("\\\\")
        self.take("\\end", "{", *"cases", "}")
        return np.select(np.broadcast_arrays(*conditions), values[:-1], values[-1])


def test_the_evaluator_computes():
    values = {"a": np.array([[1.0, -4.0]]), "b": 2.0}
    for text, expected in (
        (r"1 - <b> (<a> + 3)^2", [[-31.0, -1.0]]),
        (r"\frac{<b>^{<b> + 1}}{\sqrt{16}} <a>", [[2.0, -8.0]]),
        (r"\max(|<a>|, <b>) - \operatorname{sign}(<a>)", [[1.0, 5.0]]),
        (r"\begin{cases} <b> & <a> \gt 0 \\ 7 & \text{otherwise} \end{cases}", [[2.0, 7.0]]),
        (r"<b> \left(<a> + 1\right)", [[4.0, -6.0]]),
    ):
        evaluator = Evaluator(text, values)
        assert evaluator.sum().tolist() == expected
        assert not evaluator.tokens


@pytest.mark.parametrize("chosen", FIRST_ORDER)
def test_the_numbers_fulfill_the_equations(chosen):
    for params, gradient, explanation, updates in steps_of(chosen):
        values = {
            **hyperparameters(chosen),
            **explanation.values,
            "x": params,
            "x'": params + updates,
            "g": gradient,
        }
        for line in chosen.equations:
            name, _, formula = line.partition(" = ")
            with np.errstate(invalid="ignore"):  # roots that a case excludes
                evaluator = Evaluator(formula, values)
                found = evaluator.sum()
            assert not evaluator.tokens
            expected = np.broadcast_to(values[name[1:-1]], np.shape(found))
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12, err_msg=line)
