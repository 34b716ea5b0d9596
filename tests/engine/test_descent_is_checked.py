"""What can be asked of the engine, and how it refuses the rest: in one line."""

import numpy as np
import pytest

from gdviz.engine import MOST_STEPS, Descent, check_start, check_steps, descend
from gdviz.errors import UserError
from gdviz.landscapes import Domain, Valley, preset
from gdviz.optimizers import optimizer

GD = optimizer("gd", learning_rate=0.1)
LINE = preset("regression-w1").build()


class FencedValley(Valley):
    """A valley that is defined between fences only."""

    @property
    def limits(self):
        return Domain.of((-4.0, 8.0), (-5.0, 5.0))


def refusal(call):
    with pytest.raises(UserError) as caught:
        call()
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert message == message.strip()
    assert len(message) < 200
    return message


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (0, "from 1 to 1,000,000,000, got 0"),
        (-1, "got -1"),
        (10**9 + 1, "got 1,000,000,001"),
        (10**30, "from 1 to 1,000,000,000"),
        (2.5, "whole number, got 2.5"),
        ("3", "whole number, got '3'"),
        (float("nan"), "whole number, got nan"),
        (float("inf"), "whole number, got inf"),
        (None, "whole number, got None"),
        ([3], "whole number"),
    ],
)
def test_steps_out_of_range_are_refused(steps, said):
    assert said in refusal(lambda: Descent.of(Valley(), GD, (-3, 4), steps))
    assert said in refusal(lambda: descend(Valley(), GD, (-3, 4), steps=steps))
    assert said in refusal(lambda: check_steps(steps))


def test_an_integer_too_long_to_print_is_refused_in_one_line():
    refusal(lambda: check_steps(10**5000))


@pytest.mark.parametrize("steps", [1, 2, 200, MOST_STEPS, np.int32(7), np.int64(MOST_STEPS)])
def test_any_whole_number_of_steps_in_range_is_taken(steps):
    descent = Descent.of(Valley(), GD, (-3, 4), steps)
    assert descent.steps == int(steps)
    assert type(descent.steps) is int


@pytest.mark.parametrize(
    "start",
    [
        3.0,
        (1.0,),
        (1.0, 2.0, 3.0),
        [(1.0,), (2.0,)],
        [(1.0, 2.0, 3.0)],
        [[(1.0, 2.0)]],
        np.zeros((2, 2, 2)),
        np.zeros((0,)),
        np.zeros((3, 0)),
    ],
    ids=lambda start: f"shape {np.shape(start)}",
)
def test_a_start_of_the_wrong_shape_is_refused_with_its_shape(start):
    message = refusal(lambda: Descent.of(Valley(), GD, start))
    assert str(np.shape(start)) in message
    assert "(2,) or (n, 2)" in message
    assert "x, y" in message


@pytest.mark.parametrize("start", [(1.0, 2.0), [(1.0, 2.0)], np.zeros((1, 1, 1))])
def test_a_landscape_of_one_parameter_takes_one_number(start):
    message = refusal(lambda: Descent.of(LINE, GD, start))
    assert str(np.shape(start)) in message
    assert "(1,) or (n, 1)" in message


def test_no_starts_at_all_are_refused():
    message = refusal(lambda: descend(Valley(), GD, np.zeros((0, 2))))
    assert "(0, 2)" in message


@pytest.mark.parametrize("start", ["here", ("a", "b"), [(1.0, 2.0), (3.0,)], {"x": 1.0}], ids=repr)
def test_a_start_that_is_no_array_of_numbers_is_refused(start):
    refusal(lambda: Descent.of(Valley(), GD, start))


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("place", [0, 1])
def test_a_start_that_is_not_finite_is_refused(bad, place):
    start = [1.0, 2.0]
    start[place] = bad
    assert "finite" in refusal(lambda: Descent.of(Valley(), GD, start))
    assert "finite" in refusal(lambda: Descent.of(Valley(), GD, [(0.0, 0.0), start]))
    assert "finite" in refusal(lambda: check_start(Valley(), np.array(start)))


@pytest.mark.parametrize("start", [(-4.5, 0.0), (0.0, 5.0001), (8.5, -6.0)])
def test_a_start_beyond_the_limits_is_refused_and_told_where_they_are(start):
    for starts in (start, [(0.0, 0.0), start]):
        message = refusal(lambda starts=starts: Descent.of(FencedValley(), GD, starts))
        assert "x from −4 to 8, y from −5 to 5" in message
    assert Descent.of(Valley(), GD, start).rows == 1  # no fences there


@pytest.mark.parametrize("start", [(-4.0, 5.0), (8.0, -5.0), (0.0, 0.0)])
def test_a_start_on_the_edge_or_inside_is_taken(start):
    assert Descent.of(FencedValley(), GD, start).rows == 1


@pytest.mark.parametrize(
    ("start", "rows"),
    [((-3, 4), 1), ([-3, 4], 1), ([(-3, 4), (8, 5), (0, 0)], 3), (np.zeros((5, 2)), 5)],
)
def test_one_start_or_many_become_rows_of_floats(start, rows):
    descent = Descent.of(Valley(), GD, start)
    assert descent.starts.shape == (rows, 2)
    assert descent.starts.dtype == np.float64
    assert descent.rows == rows


def test_starts_are_copied_and_read_only():
    given = np.array([[-3.0, 4.0]])
    descent = Descent.of(Valley(), GD, given)
    given[:] = 99.0
    assert descent.starts.tolist() == [[-3.0, 4.0]]
    with pytest.raises(ValueError, match="read-only"):
        descent.starts[0, 0] = 1.0


def test_a_single_number_starts_a_run_of_one_parameter():
    assert Descent.of(LINE, GD, 3.0).starts.tolist() == [[3.0]]


def test_computing_leaves_the_starts_alone():
    starts = np.array([[-3.0, 4.0], [8.0, -5.0]])
    trajectory = descend(Valley(), GD, starts, steps=70)
    assert starts.tolist() == [[-3.0, 4.0], [8.0, -5.0]]
    assert trajectory.params[0].tolist() == starts.tolist()
