"""What programs get of the whole plane: arrays that agree with single runs."""

from __future__ import annotations

import numpy as np
import pytest

import gdviz
from gdviz.engine.bulk import CODES
from gdviz.landscapes import Domain

HIMMELBLAU = gdviz.landscape("himmelblau")
GD = gdviz.optimizer("gd", learning_rate=0.01)


def test_a_map_is_of_the_box_that_is_asked_for():
    box = [(2.0, 4.0), (1.0, 3.0)]
    found = gdviz.basins(HIMMELBLAU, GD, domain=box, shape=(4, 6), steps=300)
    assert found.basin.shape == (4, 6)
    assert found.domain == Domain.of(*box)
    assert [rest.point for rest in found.rests] == [(3.0, 2.0)]
    assert found.basin.tolist() == [[0] * 6] * 4
    again = gdviz.basins(HIMMELBLAU, GD, domain=found.domain, shape=(4, 6), steps=300)
    assert again.step.tolist() == found.step.tolist()
    whole = gdviz.basins(HIMMELBLAU, GD, shape=(8, 8), steps=300, known=found.rests)
    assert whole.domain == HIMMELBLAU.domain
    assert whole.rests[0] == found.rests[0]
    assert len(whole.rests) == 4


def test_a_swarm_is_where_descend_is():
    starts = np.random.default_rng(1).uniform(-4.0, 4.0, (40, 2))
    swarm = gdviz.swarm(HIMMELBLAU, GD, starts, 30)
    alone = gdviz.descend(HIMMELBLAU, GD, starts, steps=30)
    for step in (30, 7, 0):
        frame = swarm.frame(step)
        going = frame.outcome == 0
        assert np.array_equal(frame.params.T[going], alone.params[step][going])
    assert [CODES[code] for code in swarm.frame(30).outcome] == list(alone.outcome)
    one = gdviz.swarm(gdviz.landscape("quartic"), GD, [0.5, 1.0, 2.0], 5)
    assert one.frame(5).params.shape == (1, 3)


def test_a_sweep_has_the_range_that_is_asked_for_or_one_that_suits():
    valley = gdviz.landscape("valley")
    found = gdviz.sweep(valley, GD, (-3, 4))
    (axis,) = found.axes
    assert axis.name == "learning_rate"
    assert axis.values[0] < 0.5 < axis.values[-1]
    assert found.bounds.bound.tolist() == [[0.5]]
    kind = gdviz.optimizer("momentum", learning_rate=0.1)
    ranges = {"momentum": (0.0, 0.9), "learning_rate": (0.01, 1.0)}
    both = gdviz.sweep(valley, kind, (-3, 4), ranges, counts=(5, 9), steps=40, measure="steps")
    assert both.loss.shape == (9, 5)
    assert [axis.name for axis in both.axes] == list(ranges)
    rate, momentum = both.axes[1].values[4], both.axes[0].values[2]
    own = gdviz.optimizer("momentum", learning_rate=rate, momentum=momentum)
    alone = gdviz.descend(valley, own, (-3, 4), steps=40)
    assert CODES[both.outcome[4, 2]] == alone.outcome[0]
    assert both.step[4, 2] == alone.outcome_step[0]
    curve = gdviz.sweep(gdviz.landscape("quartic"), GD, 1.5, counts=[3])
    assert curve.loss.shape == (3,)


def test_sensitivity_is_there_too():
    found = gdviz.sensitivity(gdviz.landscape("valley"), (2, 0), radius=0.1)
    assert found.kind == "minimum"
    assert found.eigenvalues.tolist() == [4.0, 2.0]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (lambda: gdviz.basins(HIMMELBLAU, GD, domain=[(0, 1)]), "an interval for each of x, y"),
        (lambda: gdviz.basins(HIMMELBLAU, GD, domain=[(1, 0), (0, 1)]), "from a low"),
        (lambda: gdviz.basins(HIMMELBLAU, GD, shape=(0, 5)), "at least one row and one column"),
        (lambda: gdviz.swarm(HIMMELBLAU, GD, [(1.0, 2.0, 3.0)]), "start must have shape"),
        (lambda: gdviz.sweep(HIMMELBLAU, GD, (0, 1), {"rate": (1, 2)}), "no number called 'rate'"),
        (lambda: gdviz.sweep(HIMMELBLAU, GD, (0, 1), {"learning_rate": (2, 1)}), "must go up"),
        (lambda: gdviz.sweep(HIMMELBLAU, GD, (0, 1), counts=[1]), "a count of at least 2"),
        (lambda: gdviz.sweep(HIMMELBLAU, GD, (0, 1), measure="time"), "by loss or steps"),
        (
            lambda: gdviz.sweep(HIMMELBLAU, gdviz.optimizer("nelder_mead"), (0, 1)),
            "no learning rate",
        ),
        (lambda: gdviz.sensitivity(HIMMELBLAU, (1,)), "a point has 2 numbers"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(asked, told):
    with pytest.raises(gdviz.UserError, match=told) as error:
        asked()
    assert "\n" not in str(error.value)
