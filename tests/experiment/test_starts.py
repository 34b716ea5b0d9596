"""Starts are read as they are written; what cannot be read is refused in one line."""

import math
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdviz.errors import UserError
from gdviz.experiment import MOST_STARTS, open_landscape, parse_starts
from gdviz.experiment.many_starts import ManyStarts
from gdviz.experiment.run_list import MOST_RUNS
from gdviz.experiment.starts import RING_RADIUS, grid_starts, random_starts, ring_starts
from gdviz.landscapes import Domain

VALLEY = open_landscape("valley")
WEIGHT = open_landscape("regression-w1")
LANDSCAPES = pytest.mark.parametrize("landscape", [VALLEY, WEIGHT], ids=lambda known: known.name)

coordinate = st.floats(-1e6, 1e6)


def parse(text, landscape=VALLEY, domain=None, seed=0):
    domain = landscape.domain if domain is None else domain
    return parse_starts(text, landscape, domain, np.random.default_rng(seed))


def refusal(text, landscape=VALLEY, domain=None):
    with pytest.raises(UserError) as caught:
        parse(text, landscape, domain)
    message = str(caught.value)
    assert message
    assert len(message.splitlines()) == 1
    return message


# Points


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("-3,4", (-3.0, 4.0)),
        (" -3 , 4.0 ", (-3.0, 4.0)),
        ("1e-3,+.5", (0.001, 0.5)),
        ("-4,-5", (-4.0, -5.0)),  # corners belong to the domain
        ("8,5", (8.0, 5.0)),
    ],
)
def test_numbers_separated_by_commas_are_one_start(text, start):
    assert parse(text) == [start]


def test_one_parameter_takes_one_number():
    assert parse("-150", WEIGHT) == [(-150.0,)]


@given(st.floats(-4, 8), st.floats(-5, 5))
def test_a_start_is_read_to_the_last_bit(x, y):
    assert parse(f"{x!r},{y!r}") == [(x, y)]


@pytest.mark.parametrize(
    "text", ["", " ", ",", "1,", "1;2", "1 2", "x,y", "(1,2)", "0x1,2", "--1,2"]
)
def test_what_is_no_number_is_refused_with_what_would_be_right(text):
    message = refusal(text)
    assert f"start '{text}' is not understood" in message
    assert "X,Y" in message
    assert "random:N" in message
    assert "grid:NxM" in message
    assert "ring:N" in message


@pytest.mark.parametrize("text", ["Random:3", "GRID:2x2", " random:3", "grids:2x2", "grid", "a:b"])
def test_another_word_before_a_colon_is_not_understood(text):
    assert "not understood" in refusal(text)


def test_the_hint_names_what_the_landscape_can_have():
    message = refusal("much", WEIGHT)
    assert "W1" in message
    assert "grid:N" in message
    assert "grid:NxM" not in message
    assert "ring" not in message


@pytest.mark.parametrize(("text", "count"), [("1", 1), ("1,2,3", 3)])
def test_another_number_of_coordinates_is_refused_with_the_parameters(text, count):
    message = refusal(text)
    assert f"{count} number" in message
    assert "valley has 2: x, y" in message


@pytest.mark.parametrize("text", ["nan,1", "1,inf", "-Infinity,0", "1e999,0"])
def test_a_start_must_be_finite(text):
    assert f"start '{text}' must be finite" in refusal(text)


@pytest.mark.parametrize("text", ["8.5,0", "0,-5.0000001", "1e300,0"])
def test_a_start_outside_the_domain_shown_is_refused_with_the_domain(text):
    message = refusal(text)
    assert "outside" in message
    assert "x from −4 to 8, y from −5 to 5" in message


def test_the_domain_shown_decides_and_not_the_landscapes_first_one():
    assert parse("100,100", domain=Domain.of((0, 200), (0, 200))) == [(100.0, 100.0)]
    assert "outside" in refusal("2,0", domain=Domain.of((0, 1), (0, 1)))


# Random starts


@LANDSCAPES
@pytest.mark.parametrize("count", [1, 20, MOST_STARTS])
def test_random_starts_lie_in_the_domain(landscape, count):
    starts = parse(f"random:{count}", landscape)
    assert len(starts) == len(set(starts)) == count
    assert all(len(start) == landscape.dimension for start in starts)
    assert all(type(value) is float for start in starts for value in start)
    points = np.array(starts)
    assert np.all((points >= landscape.domain.low) & (points <= landscape.domain.high))


def test_random_starts_are_the_same_for_the_same_seed():
    assert parse("random:5", seed=7) == parse("random:5", seed=7)
    assert parse("random:5", seed=7) != parse("random:5", seed=8)


def test_one_generator_gives_other_starts_the_next_time():
    rng = np.random.default_rng(7)
    first, second = (parse_starts("random:5", VALLEY, VALLEY.domain, rng) for _ in range(2))
    assert not set(first) & set(second)


def test_random_starts_fill_the_domain_evenly():
    points = np.array(parse(f"random:{MOST_STARTS}"))
    middle, spread = VALLEY.domain.center, VALLEY.domain.width / math.sqrt(12)
    error = spread / math.sqrt(MOST_STARTS)
    assert np.all(np.abs(points.mean(axis=0) - middle) < 5 * error)
    assert np.all(np.abs(points.std(axis=0) - spread) < 0.05 * spread)
    assert abs(np.corrcoef(points.T)[0, 1]) < 0.05
    assert np.all(points.min(axis=0) < VALLEY.domain.low + 0.01 * VALLEY.domain.width)
    assert np.all(points.max(axis=0) > VALLEY.domain.high - 0.01 * VALLEY.domain.width)


# Grids


def test_a_grid_has_its_starts_at_the_centers_of_equal_cells():
    assert parse("grid:3x2") == [
        (-2.0, -2.5), (2.0, -2.5), (6.0, -2.5),
        (-2.0, 2.5), (2.0, 2.5), (6.0, 2.5),
    ]  # fmt: skip


def test_a_grid_of_one_start_is_the_center():
    assert parse("grid:1x1") == [(2.0, 0.0)]


def test_a_grid_along_one_parameter_takes_one_number():
    assert parse("grid:4", WEIGHT, Domain.of((0, 8))) == [(1.0,), (3.0,), (5.0,), (7.0,)]


@settings(deadline=None, max_examples=40)
@given(coordinate, st.floats(1e-2, 1e6), st.integers(1, 25), st.integers(1, 25))
def test_a_grids_positions_are_those_of_exact_arithmetic(low, width, columns, rows):
    domain = Domain.of((low, low + width), (0, 1))
    starts = parse(f"grid:{columns}x{rows}", domain=domain)
    assert len(starts) == columns * rows
    xs = [start[0] for start in starts[:columns]]
    ys = [start[1] for start in starts[::columns]]
    assert starts == [(x, y) for y in ys for x in xs]
    for (first, last), values in zip(domain, (xs, ys), strict=True):
        cell = (Fraction(last) - Fraction(first)) / len(values)
        slack = 4 * math.ulp(max(abs(first), abs(last)))
        for number, value in enumerate(values):
            exact = Fraction(first) + cell * (number + Fraction(1, 2))
            assert abs(Fraction(value) - exact) <= slack
    assert all(domain.contains(start) for start in starts)


@pytest.mark.parametrize("text", ["grid:4", "grid:2x2x2"])
def test_a_grid_needs_a_number_for_each_parameter(text):
    assert "grid:NxM" in refusal(text)


def test_a_grid_with_too_many_numbers_for_one_parameter_is_refused():
    message = refusal("grid:3x2", WEIGHT)
    assert "grid:N " in message
    assert "grid:NxM" not in message


@pytest.mark.parametrize(
    "count", ["", "0", "-1", "+3", "1.5", "1e3", "x", "٣", "³", "3 ", " 3", "1_0"]
)
def test_a_count_is_a_whole_number_of_at_least_one(count):
    assert "whole number" in refusal(f"random:{count}")
    assert "whole number" in refusal(f"grid:{count}", WEIGHT)
    assert "whole number" in refusal(f"grid:2x{count}")
    assert "whole number" in refusal(f"ring:{count}")


def test_the_largest_number_of_starts_is_allowed_and_one_more_is_not():
    assert len(parse("grid:100x100")) == MOST_STARTS == 10_000
    assert len(parse("grid:10000", WEIGHT)) == MOST_STARTS
    for text in ("random:10001", "ring:10001", "grid:101x100", "grid:1x10001"):
        assert "more than 10,000 starts" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "random:999999999",
        "random:" + "9" * 5000,
        "grid:999999999x999999999",
        "grid:10000x10000",
        "grid:" + "x".join(["9999"] * 500),
    ],
    ids=["random", "digits", "grid", "square", "axes"],
)
def test_a_huge_request_is_refused_without_using_memory(text):
    tracemalloc.start()
    try:
        with pytest.raises(UserError):
            parse(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize("counts", [(4,), (2, 2, 2), (0, 3)])
def test_a_grid_of_another_shape_is_a_programmers_mistake(counts):
    with pytest.raises(ValueError, match="2 counts"):
        grid_starts(VALLEY.domain, counts)


# Rings


def test_a_ring_lies_around_the_center_in_the_domains_proportions():
    assert RING_RADIUS == 0.4
    right, top, left, bottom = parse("ring:4")
    assert right == pytest.approx((6.8, 0.0))
    assert top == pytest.approx((2.0, 4.0))
    assert left == pytest.approx((-2.8, 0.0))
    assert bottom == pytest.approx((2.0, -4.0))
    assert right[1] == left[1] == 0.0
    assert top[0] == bottom[0] == 2.0


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 200), st.floats(0.01, 0.5), coordinate, coordinate)
def test_starts_on_a_ring_stand_at_equal_angles_and_distances(count, radius, x, y):
    domain = Domain.of((x - 3.0, x + 3.0), (y - 50.0, y + 50.0))
    starts = ring_starts((x, y), domain, radius, count)
    shares = (np.array(starts) - (x, y)) / domain.width
    turned = shares[:, 0] + 1j * shares[:, 1]
    expected = radius * np.exp(2j * np.pi * np.arange(count) / count)
    assert np.allclose(turned, expected, atol=1e-9)


def test_a_ring_of_the_command_line_lies_in_any_domain():
    domain = Domain.of((-1e-3, 1e-3), (1e5, 2e5))
    assert all(domain.contains(start) for start in parse("ring:99", domain=domain))


def test_a_ring_needs_two_parameters():
    message = refusal("ring:5", WEIGHT)
    assert "two parameters" in message
    assert "regression-w1 has 1" in message
    with pytest.raises(UserError, match="two parameters"):
        ring_starts((0.0,), WEIGHT.domain, 0.4, 5)


# Many starts at once


@pytest.mark.parametrize(
    ("wish", "starts"),
    [
        (ManyStarts("grid", columns=3, rows=2), grid_starts(VALLEY.domain, (3, 2))),
        (
            ManyStarts("ring", count=7, radius=0.2),
            ring_starts((2.0, 0.0), VALLEY.domain, 0.2, 7),
        ),
        (
            ManyStarts("random", count=9, seed=4),
            random_starts(VALLEY.domain, 9, np.random.default_rng(4)),
        ),
    ],
    ids=lambda known: getattr(known, "kind", ""),
)
def test_many_starts_are_what_they_say(wish, starts):
    assert wish.starts(VALLEY.domain) == starts
    assert wish.number(2) == len(starts)


def test_many_starts_with_one_parameter_have_columns_only():
    wish = ManyStarts("grid", columns=6, rows=5)
    assert wish.starts(WEIGHT.domain) == parse("grid:6", WEIGHT)
    assert wish.number(1) == 6


def test_the_list_of_runs_holds_so_many_and_no_more():
    wish = ManyStarts("random", count=400)
    assert wish.total(2, MOST_RUNS - 400) == MOST_RUNS
    with pytest.raises(UserError, match="1,001 runs are too many"):
        wish.total(2, MOST_RUNS - 399)
    assert ManyStarts("random", count=400, keep=False).total(2, MOST_RUNS) == 400


# Hostile text

piece = st.sampled_from(
    [
        *":x,-+.e07_ \t\0’'\"\\",
        "random:",
        "grid:",
        "ring:",
        "99999",
        "nan",
        "inf",
        "1e999",
        "%s",
        "{0}",
        "٣",
        "\x1b[2J",
    ]
)
hostile = st.text(st.characters(exclude_categories=["Cs", "Zl", "Zp"])) | st.lists(piece).map(
    "".join
)
line_break = st.sampled_from(["\n", "\r", "\r\n", "\v", "\x85", "\u2028"])


def starts_or_message(text, landscape=VALLEY):
    """Return the starts and the message that a text leads to, one of them empty."""
    try:
        return parse(text, landscape), ""
    except UserError as error:
        return [], str(error)


@LANDSCAPES
@settings(deadline=None)
@given(text=hostile)
@example(text="grid:999999999x999999999")
@example(text="random:٣")
@example(text="1" * 10_000)
def test_any_text_is_starts_in_the_domain_or_a_user_error(landscape, text):
    starts, message = starts_or_message(text, landscape)
    assert bool(starts) != bool(message)
    assert len(starts) <= MOST_STARTS
    assert all(len(start) == landscape.dimension for start in starts)
    assert all(landscape.domain.contains(start) for start in starts)


@settings(deadline=None)
@given(hostile, line_break, hostile)
@example("1", "\n", "2")
@example("random:3", "\n", "")
def test_a_text_with_line_breaks_is_refused_in_one_line(before, line_break, after):
    starts, message = starts_or_message(f"{before}{line_break}{after}")
    assert len(message.splitlines()) <= 1
    assert len(starts) <= 1  # blanks around a number are allowed


@pytest.mark.parametrize("text", ["\udce4,1", "random:\ud800"], ids=["point", "count"])
def test_a_refusal_can_be_printed_whatever_bytes_were_typed(text):
    """An argument that is no UTF-8 reaches Python as a lone surrogate."""
    refusal(text).encode("utf-8")
