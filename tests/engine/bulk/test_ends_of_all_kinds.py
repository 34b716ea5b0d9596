"""Each way to end, and what doesn't end: saddles, plateaus, gaps, edges, kinks."""

from pathlib import Path

import numpy as np
import pytest

from gdviz.engine import Descent, Outcome, compute
from gdviz.engine.bulk import Bulk, code_of
from gdviz.engine.bulk.in_place import InPlaceStepping
from gdviz.engine.bulk.pilot import SteppingPilot
from gdviz.engine.bulk.stepping import PlainStepping
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.optimizers import optimizer
from gdviz.optimizers.schedule import schedule
from gdviz.surfaces import SurfaceFile
from tests.engine.bulk.recorded_ends import compare, ended


def descent(text, starts, rate=0.1, name="gd", steps=200, **how):
    landscape = FormulaLandscape.of(text)
    return Descent.of(landscape, optimizer(name, learning_rate=rate), starts, steps, **how)


def test_runs_over_a_measured_surface_leave_it_or_come_to_rest():
    x, y = np.linspace(-1.0, 1.0, 9), np.linspace(-1.0, 1.0, 7)
    loss = (x - 0.3) ** 2 - 0.5 * y[:, np.newaxis] ** 2
    loss[3, 8] = np.nan
    surface = SampledLandscape.of(SurfaceFile.of(Path("s.h5"), x, y, {"loss": loss}))
    starts = np.random.default_rng(3).uniform(-0.9, 0.7, (12, 2))
    starts[:3] = (0.95, 0.1), (0.3, 0.0), (-0.5, 0.0)
    for name in ("gd", "adam"):
        made = Descent.of(surface, optimizer(name, learning_rate=0.3), starts, 80)
        outcomes = compare(made, block_rows=6)
        assert Outcome.LEFT_DOMAIN in outcomes
        assert Outcome.UNDEFINED in outcomes


def test_a_start_on_a_saddle_stays_open_to_the_last_step():
    made = descent("x^2 - y^2", [(0.0, 0.0), (1.0, 0.0), (1.0, 1e-90)])
    bulk = Bulk(made)
    bulk.advance(199)
    assert bulk.arrivals.outcome.tolist() == [0, 0, 0]
    bulk.advance(1)
    recorded = compute(made)
    np.testing.assert_array_equal(bulk.arrivals.step, recorded.outcome_step)
    compare(made)


def test_a_plateau_is_a_place_of_rest():
    starts = [(0.5, 0.5), (-2.0, 3.0), (2.0, 2.0)]
    assert compare(descent("max(x, 0)^2 + max(y, 0)^2", starts)) == {Outcome.CONVERGED}
    found = ended(descent("f(x, y) = 3", starts))
    assert found.step.tolist() == [0, 0, 0]


def test_runs_diverge_near_and_far():
    starts = np.random.default_rng(4).uniform(-3, 3, (30, 2))
    for rate in (0.99, 1.01, 1.5, 1e3, 1e200):
        compare(descent("x^2 + y^2", starts, rate, steps=100), block_rows=8)
        compare(descent("x^4 + y^4", starts, rate, steps=100), block_rows=8)


@pytest.mark.parametrize(
    "text", ["log(x) + y^2", "1/(x^2 + y^2)", "abs(x) + abs(y)", "sqrt(y - x) + 0"]
)
def test_starts_where_there_is_no_loss_end_at_once(text):
    starts = np.array([(-1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (2.0, 1.0), (0.5, -0.25)])
    compare(descent(text, starts))
    nowhere = ~np.isfinite(FormulaLandscape.of(text).loss(starts))
    found = ended(descent(text, starts))
    np.testing.assert_array_equal(found.params[:, nowhere], starts[nowhere].T)
    assert (found.outcome[nowhere] == code_of(Outcome.UNDEFINED)).all()


@pytest.mark.parametrize("tolerance", [0.0, 1e-12, 1e-3, 10.0])
def test_the_tolerance_tells_what_is_flat(tolerance):
    starts = np.random.default_rng(5).uniform(-4, 4, (15, 2))
    compare(descent("x^2 + x y + y^2", starts, 0.3, tolerance=tolerance, steps=150), block_rows=4)


@pytest.mark.parametrize("text", ["x^2", "x^4 - 3x^2 + x", "sqrt(x)"])
@pytest.mark.parametrize("decay", ["cosine", "step", "warmup"])
def test_schedules_and_one_parameter(text, decay):
    starts = np.linspace(-2.0, 3.0, 12)[:, np.newaxis]
    for name in ("gd", "adam", "radam"):
        compare(descent(text, starts, 0.1, name, 90, schedule=schedule(decay)), block_rows=5)


def test_a_run_of_fewer_steps_than_the_judge_waits_for():
    starts = np.random.default_rng(6).uniform(-3, 3, (10, 2))
    for steps in (1, 2, 15, 16, 17, 31):
        compare(descent("x^2 + y^2", starts, 0.4, steps=steps), block_rows=3)


@pytest.mark.parametrize("name", ["gd", "momentum", "adam", "radam", "nadam", "rprop"])
def test_bits_do_not_depend_on_who_takes_the_steps_or_where_one_stops(name):
    landscape = preset("himmelblau").build()
    starts = np.random.default_rng(8).uniform(-6, 6, (40, 2))
    made = Descent.of(landscape, optimizer(name, learning_rate=0.02), starts, 200)
    one = ended(made, threads=1)
    numbers = np.random.default_rng(9)
    for threads, rows in ((1, 1), (2, 7), (3, 33)):
        bulk = Bulk(made, threads=threads, block_rows=rows)
        pilots = [
            SteppingPilot(stepping(made), bulk.judge)
            for stepping in (PlainStepping, InPlaceStepping)
        ]
        while bulk.open:
            bulk.pilot = pilots[numbers.integers(2)]
            bulk.advance(int(numbers.integers(1, 60)))
        for part in ("params", "outcome", "step"):
            np.testing.assert_array_equal(getattr(bulk.arrivals, part), getattr(one, part))


def test_starts_among_others_have_their_own_bits():
    landscape = preset("ackley").build()
    starts = np.random.default_rng(8).uniform(-5, 5, (64, 2))
    whole = ended(Descent.of(landscape, optimizer("adam", learning_rate=0.1), starts, 150))
    for rows in (slice(0, 1), slice(5, 12), slice(None, None, 3)):
        few = ended(Descent.of(landscape, optimizer("adam", learning_rate=0.1), starts[rows], 150))
        np.testing.assert_array_equal(few.params, whole.params[:, rows])
        np.testing.assert_array_equal(few.step, whole.step[rows])
        np.testing.assert_array_equal(few.outcome, whole.outcome[rows])
