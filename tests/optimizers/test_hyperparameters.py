"""Hyperparameters are checked, named, described and part of an optimizer's value."""

import math
from dataclasses import FrozenInstanceError, dataclass, fields
from decimal import Decimal
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.errors import UserError
from gdviz.optimizers import (
    OPTIMIZERS,
    Component,
    Explanation,
    FirstOrder,
    GradientDescent,
    Momentum,
    Optimizer,
    optimizer,
    with_hyperparameters,
)
from gdviz.optimizers.hyperparameter import hyperparameter

every_optimizer = pytest.mark.parametrize("kind", list(OPTIMIZERS.values()), ids=list(OPTIMIZERS))

NOT_NUMBERS = {
    "text": "fast",
    "digits": "0.1",
    "empty": "",
    "lines": "fast\nslow",
    "none": None,
    "complex": 1j,
    "list": [0.1],
    "mapping": {},
    "huge": 10**400,
}


def refusal(name, **values):
    with pytest.raises(UserError) as caught:
        optimizer(name, **values)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def one_step(chosen):
    params = np.ones((4, 2))
    updates, _ = chosen.update(np.ones((4, 2)), chosen.init(params), params)
    return updates


# By name


def test_optimizers_are_made_by_name_with_their_defaults():
    assert optimizer("gd") == GradientDescent(learning_rate=1e-3)
    assert optimizer("momentum") == Momentum(learning_rate=1e-3, momentum=0.9)


def test_optimizers_are_made_with_the_hyperparameters_given():
    assert optimizer("gd", learning_rate=0.5) == GradientDescent(0.5)
    assert optimizer("momentum", momentum=0.5) == Momentum(1e-3, 0.5)


@every_optimizer
def test_each_optimizer_has_its_names(kind):
    assert OPTIMIZERS[kind.key] is kind
    assert isinstance(optimizer(kind.key), kind)
    for words in (kind.title, kind.equation):
        assert words
        assert len(words.splitlines()) == 1


def test_titles_are_unique():
    assert len({kind.title for kind in OPTIMIZERS.values()}) == len(OPTIMIZERS)


@pytest.mark.parametrize(
    ("name", "near"), [("momentun", "momentum"), ("Momentum", "momentum"), ("dg", "gd")]
)
def test_a_misspelled_optimizer_gets_the_nearest_name(name, near):
    message = refusal(name)
    assert message.startswith(f"there is no optimizer '{name}'; did you mean '{near}'?")
    assert "(known: gd, momentum" in message


def test_an_unknown_optimizer_gets_the_list():
    message = refusal("quux")
    assert "did you mean" not in message
    assert all(name in message for name in OPTIMIZERS)


@pytest.mark.parametrize(
    ("given_name", "near"),
    [
        ("learning_rat", "learning_rate"),
        ("learningrate", "learning_rate"),
        ("momentun", "momentum"),
    ],
)
def test_a_misspelled_hyperparameter_gets_the_nearest_name(given_name, near):
    message = refusal("momentum", **{given_name: 0.1})
    assert message.startswith(
        f"'momentum' has no hyperparameter '{given_name}'; did you mean '{near}'?"
    )
    assert message.endswith("(known: learning_rate, momentum, weight_decay)")


def test_a_hyperparameter_of_another_optimizer_is_refused():
    assert refusal("gd", momentum=0.9) == (
        "'gd' has no hyperparameter 'momentum' (known: learning_rate, weight_decay)"
    )


@pytest.mark.parametrize("name", ["key", "title", "init", "__class__"])
def test_attributes_are_no_hyperparameters(name):
    assert f"no hyperparameter '{name}'" in refusal("gd", **{name: 1.0})


def test_an_optimizers_name_with_a_line_break_is_refused_in_one_line():
    refusal("momen\ntum")


def test_a_hyperparameters_name_with_a_line_break_is_refused_in_one_line():
    refusal("gd", **{"learning\nrate": 0.1})


# Ranges


@pytest.mark.parametrize("name", ["gd", "momentum"])
@pytest.mark.parametrize("value", [0.0, -0.0, 0, -1e-300, -0.1, -5])
def test_a_learning_rate_must_be_positive(name, value):
    message = refusal(name, learning_rate=value)
    assert message == f"learning_rate must be greater than 0, got {value:g}"


@pytest.mark.parametrize("value", [1.0, 1, 1.5, -0.1, -1e-300, 1e300])
def test_momentum_must_be_at_least_0_and_less_than_1(value):
    message = refusal("momentum", momentum=value)
    assert message == f"momentum must be at least 0 and less than 1, got {value:g}"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float32("inf")])
@pytest.mark.parametrize("name", ["learning_rate", "momentum"])
def test_a_value_that_is_not_finite_is_refused(name, value):
    message = refusal("momentum", **{name: value})
    assert message.startswith(f"{name} must be a finite number")
    assert message.endswith(f"got {value:g}")


@pytest.mark.parametrize("value", list(NOT_NUMBERS.values()), ids=list(NOT_NUMBERS))
@pytest.mark.parametrize("name", ["learning_rate", "momentum"])
def test_what_is_no_number_is_refused(name, value):
    """What reads like a number but is none would fail in the middle of a run."""
    assert refusal("momentum", **{name: value}).startswith(f"{name} must be")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("learning_rate", 5e-324),
        ("learning_rate", 1e308),
        ("learning_rate", 1),
        ("learning_rate", np.float64(0.1)),
        ("learning_rate", np.int64(2)),
        ("momentum", 0.0),
        ("momentum", 0),
        ("momentum", math.nextafter(1.0, 0.0)),
    ],
)
def test_values_in_range_are_kept_as_given(name, value):
    chosen = optimizer("momentum", **{name: value})
    assert getattr(chosen, name) == value
    assert np.isfinite(one_step(chosen)).all()


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.longdouble, np.int8])
def test_numbers_of_any_width_make_steps_of_float64(kind):
    for value in (kind(1), np.full((4, 1), 1, dtype=kind)):
        updates = one_step(optimizer("momentum", learning_rate=value))
        assert updates.dtype == np.float64
        assert updates.tolist() == [[-1.0, -1.0]] * 4


@given(st.floats() | st.integers(-(10**300), 10**300) | st.text() | st.none())
@example("0.5")
def test_whatever_is_given_makes_a_step_or_is_refused_in_one_line(value):
    try:
        chosen = optimizer("momentum", momentum=value)
    except UserError as error:
        message = str(error)
    else:
        message = ""
        assert 0 <= value < 1
        assert one_step(chosen).shape == (4, 2)
    assert len(message.splitlines()) <= 1


def test_a_decimal_makes_a_step_or_is_refused():
    try:
        chosen = optimizer("gd", learning_rate=Decimal("0.1"))
    except UserError:
        return
    assert one_step(chosen) == pytest.approx(np.full((4, 2), -0.1))


@pytest.mark.parametrize("bad", [0.0, -1.0, math.nan, math.inf])
def test_one_bad_row_is_refused_and_told(bad):
    rates = np.full((5, 1), 0.1)
    rates[3] = bad
    message = refusal("gd", learning_rate=rates)
    assert message.startswith("learning_rate must be")
    assert message.endswith(f"got {bad:g}")


@pytest.mark.parametrize("shape", [(4,), (0,), (2, 2)])
def test_values_per_row_must_be_a_column(shape):
    """Any other shape would pair values with the wrong parameters, or with none."""
    assert "learning_rate" in refusal("gd", learning_rate=np.full(shape, 0.1))


@every_optimizer
def test_the_defaults_and_the_sliders_ends_are_in_range(kind):
    for declared in kind.hyperparameters():
        low, high = declared.slider
        assert low < high
        for value in (declared.default, low, high):
            declared.check(value)
        assert low <= declared.default <= high
        assert not declared.logarithmic or low > 0


@every_optimizer
def test_the_hyperparameters_are_the_fields_in_order(kind):
    assert [declared.name for declared in kind.hyperparameters()] == [
        field.name for field in fields(kind)
    ]
    for declared in kind.hyperparameters():
        assert declared.default == getattr(kind(), declared.name)
        assert declared.help.endswith(".")


def test_ranges_are_told_in_words():
    rate, momentum, decay = Momentum.hyperparameters()
    assert rate.range == "greater than 0"
    assert momentum.range == "at least 0 and less than 1"
    assert decay.range == "at least 0"
    centered = next(
        known for known in OPTIMIZERS["rmsprop"].hyperparameters() if known.name == "centered"
    )
    assert centered.range == "0 or 1"


@dataclass(frozen=True)
class Shrinking(FirstOrder):
    """Moves toward the origin, for the kinds of ranges that no other has."""

    key: ClassVar[str] = "shrinking"
    title: ClassVar[str] = "Shrinking"
    equation: ClassVar[str] = "step = −x / divisor"

    divisor: float = hyperparameter(2.0, "What to divide by.", low=1, slider=(1, 9))
    share: float = hyperparameter(
        1.0, "How much.", low=-0.5, high=1.0, low_open=True, slider=(0, 1)
    )

    @property
    def equations(self):
        return (r"<x'> = <x> - <share> <x> / <divisor>",)

    def init(self, params):
        return None

    def update(self, gradient, state, params):
        return -self.share * params / self.divisor, None

    def explain(self, objective, gradient, state, params):
        update, _ = self.update(gradient, state, params)
        return Explanation({"update": update}, (Component("the step", "update", update),))


def test_closed_and_half_open_ranges_hold_at_their_ends():
    divisor, share = Shrinking.hyperparameters()
    assert divisor.range == "at least 1"
    assert share.range == "greater than -0.5 and at most 1"
    assert Shrinking(divisor=1.0, share=1.0) == Shrinking(1, 1)
    for bad in ({"divisor": 0.999}, {"share": -0.5}, {"share": 1.001}):
        with pytest.raises(UserError):
            Shrinking(**bad)


# Values


@every_optimizer
def test_an_optimizer_cannot_be_changed(kind):
    chosen = kind()
    with pytest.raises(FrozenInstanceError):
        setattr(chosen, kind.hyperparameters()[0].name, 0.5)
    assert chosen == kind()


def test_equal_hyperparameters_make_equal_optimizers():
    assert optimizer("momentum", momentum=0.5) == Momentum(momentum=0.5)
    assert hash(optimizer("momentum", momentum=0.5)) == hash(Momentum(momentum=0.5))
    assert optimizer("gd", learning_rate=1) == optimizer("gd", learning_rate=1.0)
    assert optimizer("gd", learning_rate=0.1) != optimizer("gd", learning_rate=0.2)
    assert Momentum(0.1, 0.5) != Momentum(0.5, 0.1)
    assert GradientDescent(0.1) != Momentum(0.1, 0.0)


def test_hyperparameters_are_changed_in_a_copy():
    before = Momentum(0.1, 0.5)
    after = with_hyperparameters(before, learning_rate=0.2)
    assert after == Momentum(0.2, 0.5)
    assert before == Momentum(0.1, 0.5)
    assert with_hyperparameters(before) == before


def test_a_change_is_checked_like_a_new_optimizer():
    with pytest.raises(UserError, match="momentum must be at least 0 and less than 1, got 1"):
        with_hyperparameters(Momentum(), momentum=1.0)
    with pytest.raises(UserError, match="did you mean 'learning_rate'"):
        with_hyperparameters(Momentum(), learning_rte=1.0)


def test_an_optimizer_without_its_rule_cannot_be_made():
    with pytest.raises(TypeError, match="abstract"):
        Optimizer()
