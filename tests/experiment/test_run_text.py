"""A run in one text, both ways."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import GradientNoise, MiniBatch
from gdviz.errors import UserError
from gdviz.experiment import Run
from gdviz.experiment.run_text import RunWish, read_run, run_words
from gdviz.experiment.words import number_words, optimizer_words, schedule_words
from gdviz.optimizers import OPTIMIZERS, SCHEDULES, optimizer, schedule


def made(text: str, place: int) -> Run:
    """Return the run of a text that says all of it."""
    wish = read_run(text)
    assert wish.optimizer
    assert wish.start
    assert wish.steps is not None
    name, values = wish.optimizer
    noise: GradientNoise | MiniBatch | None = None
    if wish.noise is not None:
        noise = GradientNoise(wish.noise, wish.seed or 0)
    elif wish.batch is not None:
        noise = MiniBatch(wish.batch, wish.seed or 0)
    return Run(
        optimizer(name, **values),
        wish.start,
        wish.steps,
        wish.schedule or schedule("constant"),
        noise,
        wish.name,
        place if wish.color is None else wish.color,
        wish.hidden,
    )


numbers = st.floats(allow_nan=False, allow_infinity=False)
noises = st.one_of(
    st.none(),
    st.builds(GradientNoise, st.floats(0.0, 1e9), st.integers(0, 2**63 - 1)),
    st.builds(MiniBatch, st.integers(1, 10**9), st.integers(0, 2**63 - 1)),
)


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(list(OPTIMIZERS)),
    start=st.one_of(st.tuples(numbers), st.tuples(numbers, numbers)),
    steps=st.integers(1, 10**9),
    rates=st.sampled_from(list(SCHEDULES)),
    noise=noises,
    name=st.text(),
    color=st.integers(0, 50),
    hidden=st.booleans(),
)
def test_any_run_is_read_as_it_was_written(kind, start, steps, rates, noise, name, color, hidden):
    run = Run(optimizer(kind), start, steps, schedule(rates), noise, name, color, hidden)
    assert made(run_words(run, 3), 3) == run


@settings(max_examples=40, deadline=None)
@given(st.one_of(numbers, st.integers(-(2**53), 2**53), st.booleans()))
def test_numbers_read_back_bit_for_bit(value):
    text = number_words(value)
    assert (text == "true") if value is True else text == "false" or float(text) == value


def test_only_what_is_not_as_usual_is_written():
    adam = optimizer("adam", learning_rate=0.1, beta1=0.5)
    assert optimizer_words(adam) == "adam:learning_rate=0.1,beta1=0.5"
    assert optimizer_words(optimizer("nelder_mead")) == "nelder_mead"
    assert schedule_words(schedule("step", gamma=0.25)) == "step:gamma=0.25"
    run = Run(adam, (-3.0, 0.1), name="a;b")
    assert run_words(run, 0) == (
        "adam:learning_rate=0.1,beta1=0.5;start=-3,0.1;steps=200;name=a\\;b"
    )
    assert run_words(run, 1).endswith(";color=1")


def test_what_a_text_leaves_out_is_left_open():
    assert read_run("adam") == RunWish(optimizer=("adam", {}))
    assert read_run(";steps=5;") == RunWish(steps=5)
    assert read_run("gd;noise=none").noiseless


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("gd;strat=1,2", "a run has no 'strat'; did you mean 'start'"),
        ("gd;start=1,b", "start '1,b' is not understood"),
        ("gd;start=random:3", "a run has one, written X,Y"),
        ("gd;steps=1.5", "steps must be a whole number of at least 0"),
        ("gd;color=0", "color must be a whole number of at least 1"),
        ("gd;batch=0", "batch must be a whole number of at least 1"),
        ("gd;seed=nan", "seed must be a whole number"),
        ("gd;noise=loud", "noise must be a number, or 'none'"),
        ("gd;noise=1;batch=2", "either noise or a batch size"),
        ("gd;steps=1;steps=2", "gives steps twice"),
        ("gd;hidden=yes", "'hidden=yes' must be hidden"),
        ("gd;steps", "'steps' must be steps=N"),
        ("gd:learning_rate", "must be key=number"),
        ("gd;schedule=cosin", "did you mean 'cosine'"),
    ],
)
def test_a_malformed_run_is_refused(text, told):
    with pytest.raises(UserError, match=told.replace("+", r"\+")):
        read_run(text)
