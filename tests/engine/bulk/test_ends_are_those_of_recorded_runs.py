"""Many runs of which only the ends are kept, against runs that are recorded step by step."""

import numpy as np
import pytest

from gdviz.engine import Descent, compute
from gdviz.engine.bulk import CODES, Bulk, arrivals
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer

CASES = (
    ("himmelblau", "gd", {"learning_rate": 0.01}),
    ("himmelblau", "gd", {"learning_rate": 0.03}),
    ("rosenbrock", "adam", {"learning_rate": 0.1}),
    ("rosenbrock", "newton", {}),
    ("valley", "momentum", {"learning_rate": 0.05}),
    ("valley", "rprop", {"learning_rate": 0.05}),
)


def starts_of(landscape, rows):
    domain = landscape.domain
    return np.random.default_rng(7).uniform(domain.low, domain.high, (rows, 2))


def ended(descent, **how):
    bulk = Bulk(descent, **how)
    *_, made = arrivals(bulk)
    return made


@pytest.mark.parametrize(("place", "name", "settings"), CASES)
def test_outcome_step_and_place_are_those_of_a_recorded_run(place, name, settings):
    landscape = preset(place).build()
    descent = Descent.of(landscape, optimizer(name, **settings), starts_of(landscape, 40), 400)
    found = ended(descent)
    recorded = compute(descent)
    for row in range(40):
        assert CODES[found.outcome[row]] is recorded.outcome[row]
        assert found.step[row] == recorded.outcome_step[row]
        settled = np.nonzero(np.all(recorded.params[:, row] == found.params[:, row], axis=1))[0]
        assert settled.size


def test_bits_do_not_depend_on_blocks_threads_or_stops():
    landscape = preset("himmelblau").build()
    descent = Descent.of(landscape, optimizer("adam", learning_rate=0.1), starts_of(landscape, 301))
    one = ended(descent, threads=1)
    for how in ({"threads": 2, "block_rows": 7}, {"threads": 3, "block_rows": 100}):
        other = ended(descent, **how)
        np.testing.assert_array_equal(other.params, one.params)
        np.testing.assert_array_equal(other.outcome, one.outcome)
        np.testing.assert_array_equal(other.step, one.step)
    bulk = Bulk(descent, block_rows=50)
    while bulk.open:
        bulk.advance(3)
    np.testing.assert_array_equal(bulk.arrivals.params, one.params)
    np.testing.assert_array_equal(bulk.arrivals.step, one.step)


def test_places_on_the_way_are_those_of_a_recorded_run():
    landscape = preset("valley").build()
    descent = Descent.of(landscape, optimizer("nadam", learning_rate=0.1), starts_of(landscape, 20))
    recorded, bulk = compute(descent), Bulk(descent, block_rows=8)
    for step in range(1, 60):
        bulk.advance(1)
        np.testing.assert_array_equal(bulk.params(), recorded.params[step].T)


def test_hyperparameters_may_differ_per_row():
    landscape = preset("valley").build()
    rates = np.geomspace(1e-3, 2.0, 30)[:, np.newaxis]
    starts = np.tile([[-3.0, 4.0]], (30, 1))
    descent = Descent.of(landscape, optimizer("momentum", learning_rate=rates), starts, 300)
    found, recorded = ended(descent, block_rows=11), compute(descent)
    assert [CODES[code] for code in found.outcome] == list(recorded.outcome)
    np.testing.assert_array_equal(found.step, recorded.outcome_step)
