"""All optimizers on landscapes of all kinds: ends against those of recorded runs."""

import numpy as np
import pytest

from gdviz.engine import Descent, Outcome, compute
from gdviz.engine.bulk import CODES, Bulk, arrivals
from gdviz.engine.endings import REST_STEPS
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import OPTIMIZERS, optimizer

ROWS = 12
STEPS = 150


def landscape_of(place):
    return FormulaLandscape.of(place) if " " in place else preset(place).build()


def descent_of(place, name, rows=ROWS, steps=STEPS, **how):
    landscape = landscape_of(place)
    domain = landscape.domain
    numbers = np.random.default_rng(11)
    starts = numbers.uniform(domain.low, domain.high, (rows, landscape.dimension))
    return Descent.of(landscape, optimizer(name, **how), starts, steps)


def compare(descent, **how):
    """Check that all rows end as recorded runs do, and return the outcomes."""
    bulk, recorded = Bulk(descent, **how), compute(descent)
    for _ in arrivals(bulk):
        pass
    found = bulk.arrivals
    for row in range(descent.rows):
        here, step = found.params[:, row], int(found.step[row])
        told = (CODES[found.outcome[row]], step)
        if told != (recorded.outcome[row], recorded.outcome_step[row]):
            # A run that leaves its place after 16 steps at rest isn't waited for.
            assert told[0] is Outcome.CONVERGED, (row, told, recorded.outcome[row])
            norms = np.linalg.norm(recorded.gradient[:, row], axis=1)
            assert (norms[step : step + REST_STEPS] <= bulk.judge.flat).all(), row
            assert step == 0 or norms[step - 1] > bulk.judge.flat
        if told[0] is Outcome.CONVERGED:
            # It is let go at the first look behind 16 steps at rest, or with the last step.
            looked = min(-(-(step + REST_STEPS - 1) // REST_STEPS) * REST_STEPS, descent.steps)
            last = recorded.last_step[row]
            np.testing.assert_array_equal(here, recorded.params[min(looked, last), row])
        else:
            np.testing.assert_array_equal(here, recorded.params[recorded.last_step[row], row])
    return {CODES[code] for code in found.outcome}


@pytest.mark.parametrize("name", list(OPTIMIZERS))
@pytest.mark.parametrize(
    "place", ["himmelblau", "valley", "ackley", "1/x + y^2 + 0", "sqrt(x) + (y - 1)^2", "x^4 - 3x^2 + x"]
)
def test_ends_are_those_of_recorded_runs(name, place):
    rates = [None]
    if OPTIMIZERS[name].has_learning_rate():
        rates = [0.01, 0.3]
    for rate in rates:
        how = {} if rate is None else {"learning_rate": rate}
        compare(descent_of(place, name, **how), threads=1, block_rows=7)
