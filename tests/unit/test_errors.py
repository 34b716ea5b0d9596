"""A user's mistake is told by one exception, with the nearest right word."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.errors import UserError, did_you_mean

KNOWN = ("valley", "regression", "regression-w1")


def test_a_user_error_is_a_value_error_with_its_message():
    with pytest.raises(ValueError, match=r"^the message$"):
        raise UserError("the message")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("vally", "; did you mean 'valley'?"),
        ("volley", "; did you mean 'valley'?"),
        ("regresion", "; did you mean 'regression'?"),
        ("regression_w1", "; did you mean 'regression-w1'?"),
        ("valley", "; did you mean 'valley'?"),
        ("quux", ""),
        ("", ""),
    ],
)
def test_only_a_near_word_is_suggested(word, hint):
    assert did_you_mean(word, KNOWN) == hint


def test_known_words_may_come_from_any_iterable():
    assert did_you_mean("momentun", iter(["gd", "momentum"])) == "; did you mean 'momentum'?"
    assert did_you_mean("momentun", {"momentum": 1}) == "; did you mean 'momentum'?"
    assert did_you_mean("momentun", []) == ""


@given(st.sampled_from(KNOWN), st.data())
def test_a_word_with_one_letter_missing_is_recognized(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    near = ("regression", "regression-w1") if word.startswith("regression") else (word,)
    hint = did_you_mean(word[:at] + word[at + 1 :], KNOWN)
    assert hint in [f"; did you mean '{name}'?" for name in near]


@given(st.text(alphabet=string.digits, min_size=2, max_size=50))
def test_a_word_without_a_letter_in_common_gets_no_suggestion(word):
    assert did_you_mean(word, ("valley", "momentum")) == ""


def test_a_very_long_word_is_compared_quickly():
    assert did_you_mean("valley" * 100_000, KNOWN) == ""
