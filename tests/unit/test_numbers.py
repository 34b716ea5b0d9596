"""Numbers on the screen say what they stand for, and are short."""

import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.numbers import format_number, format_point, format_signed

DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
SHAPE = re.compile(rf"−?[0-9]+(\.[0-9]+)?(×10⁻?[{DIGITS}]+)?")

finite = st.floats(allow_nan=False, allow_infinity=False)
# Hypothesis favors extremes; most numbers on the screen are ordinary ones.
ordinary = st.floats(-1e7, 1e7) | st.floats(-1.0, 1.0)


def read_back(text):
    """Return what a person reads, exactly."""
    mantissa, _, power = text.replace("−", "-").partition("×10")
    exponent = "".join("-" if sign == "⁻" else str(DIGITS.index(sign)) for sign in power)
    return Fraction(mantissa) * Fraction(10) ** int(exponent or "0")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (2.0, "2"),
        (-0.25, "−0.25"),
        (0.1, "0.1"),
        (1 / 3, "0.3333"),
        (-2 / 3, "−0.6667"),
        (50890.0, "50890"),
        (1234.5678, "1235"),
        (12.0, "12"),
        (1200.0, "1200"),
        (100000.0, "100000"),
        (1.5e-7, "1.5×10⁻⁷"),
        (-1.5e-7, "−1.5×10⁻⁷"),
        (6.02214076e23, "6.022×10²³"),
        (-1e22, "−1×10²²"),
        (5e-324, "4.941×10⁻³²⁴"),
        (1.7976931348623157e308, "1.798×10³⁰⁸"),
    ],
)
def test_numbers_read_as_people_write_them(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0001, "0.0001"),
        (0.00012345, "0.0001234"),
        (0.000099999, "0.0001"),
        (0.00009999, "9.999×10⁻⁵"),
        (999_999.0, "1×10⁶"),
        (999_499.0, "999499"),
        (1_000_000.0, "1×10⁶"),
        (9.9994e9, "9.999×10⁹"),
        (9.99951e9, "1×10¹⁰"),
        (9.9996, "10"),
        (99.996, "100"),
    ],
)
def test_notation_changes_where_the_rounded_number_says(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("digits", "text"), [(1, "3"), (2, "3.1"), (3, "3.14"), (6, "3.14159"), (9, "3.14159265")]
)
def test_the_number_of_digits_can_be_chosen(digits, text):
    assert format_number(math.pi, digits) == text


def test_a_whole_part_is_never_rounded_away():
    """123457 reads better than 123500, which would look exact."""
    assert format_number(123456.7) == "123457"
    assert format_number(-98765.4) == "−98765"


def test_numbers_that_are_none_are_named():
    assert format_number(math.nan) == "undefined"
    assert format_number(math.inf) == "∞"
    assert format_number(-math.inf) == "−∞"


@given(finite | ordinary)
@example(999_999.5)
@example(-0.00009999999)
@example(2.2250738585072014e-308)
def test_reading_a_number_back_loses_at_most_half_a_unit_of_the_fourth_digit(value):
    error = abs(read_back(format_number(value)) - Fraction(value))
    assert error <= Fraction(5, 10_000) * abs(Fraction(value))


@given(finite | ordinary, st.integers(1, 17))
def test_reading_back_is_as_good_as_the_digits_asked_for(value, digits):
    error = abs(read_back(format_number(value, digits)) - Fraction(value))
    assert error <= Fraction(5, 10**digits) * abs(Fraction(value))


@given(finite | ordinary, st.integers(1, 17))
def test_only_plain_digits_a_true_minus_and_superscripts_appear(value, digits):
    text = format_number(value, digits)
    assert SHAPE.fullmatch(text)
    assert ("−" in text.partition("×")[0]) == (value < 0)


@given(finite | ordinary)
def test_a_fraction_shows_at_most_four_digits_and_no_idle_zeros(value):
    mantissa = format_number(value).partition("×")[0].lstrip("−")
    if "." in mantissa:
        assert len(mantissa.replace(".", "").lstrip("0")) <= 4
        assert not mantissa.endswith("0")


@given(finite | ordinary)
def test_plain_notation_is_kept_to_between_a_ten_thousandth_and_a_million(value):
    text = format_number(value)
    if 1e-4 <= abs(value) < 999_500:
        assert "×" not in text
    elif value != 0 and (abs(value) >= 1e6 or abs(value) < 0.99995e-4):
        assert "×10" in text


@given(ordinary, ordinary)
def test_a_larger_number_never_reads_smaller(one, other):
    low, high = sorted((one, other))
    assert read_back(format_number(low)) <= read_back(format_number(high))


def test_numpy_scalars_read_like_floats():
    assert format_number(np.float64(-0.25)) == "−0.25"
    assert format_number(np.float64("nan")) == "undefined"
    assert format_number(np.int64(2500)) == "2500"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.5, "+2.5"),
        (-2.5, "−2.5"),
        (0.0, "0"),
        (-0.0, "0"),
        (1e-9, "+1×10⁻⁹"),
        (math.inf, "+∞"),
        (-math.inf, "−∞"),
        (math.nan, "undefined"),
    ],
)
def test_signed_numbers_show_a_plus_only_above_zero(value, text):
    assert format_signed(value) == text


def test_signed_numbers_take_digits():
    assert format_signed(math.pi, 2) == "+3.1"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((2.0, -0.5), "(2, −0.5)"),
        ((3.0,), "(3)"),
        (np.array([1e-9, math.nan]), "(1×10⁻⁹, undefined)"),
        (iter([math.inf, 0.0]), "(∞, 0)"),
    ],
)
def test_points_are_numbers_in_parentheses(values, text):
    assert format_point(values) == text


def test_points_take_digits():
    assert format_point((math.pi, math.e), 2) == "(3.1, 2.7)"
