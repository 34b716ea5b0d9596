"""All optimizers on landscapes of many kinds: ends against those of recorded runs."""

import numpy as np
import pytest

from gdviz.engine import Descent
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import OPTIMIZERS, FirstOrder, optimizer
from tests.engine.bulk.recorded_ends import compare

POLE, EDGE, LINE = "1/x + y^2 + 0", "sqrt(x) + (y - 1)^2", "x^4 - 3x^2 + x"
PLACES = ("himmelblau", "ackley", POLE, EDGE, LINE)
WIDER = [name for name, kind in OPTIMIZERS.items() if not issubclass(kind, FirstOrder)]


def descent_of(place, name, rows, steps, **how):
    landscape = FormulaLandscape.of(place) if " " in place else preset(place).build()
    domain = landscape.domain
    numbers = np.random.default_rng(11)
    starts = numbers.uniform(domain.low, domain.high, (rows, landscape.dimension))
    return Descent.of(landscape, optimizer(name, **how), starts, steps)


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name not in WIDER])
@pytest.mark.parametrize("place", PLACES)
def test_first_order_runs_end_as_recorded_ones(name, place):
    rates = np.array([0.01, 0.3])[np.arange(10) % 2, np.newaxis]
    compare(descent_of(place, name, 10, 120, learning_rate=rates), threads=1, block_rows=6)


@pytest.mark.parametrize("name", WIDER)
@pytest.mark.parametrize("place", ["himmelblau", POLE, LINE])
def test_runs_that_ask_for_more_than_gradients_end_as_recorded_ones(name, place):
    compare(descent_of(place, name, 5, 50), threads=1, block_rows=4)
