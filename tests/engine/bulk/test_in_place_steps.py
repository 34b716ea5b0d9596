"""Steps that are taken in place have the bits of the optimizer's own, on whatever rows."""

import numpy as np
import pytest

from gdviz.engine import Descent
from gdviz.engine.bulk.in_place import InPlaceStepping
from gdviz.engine.bulk.stepping import PlainStepping, begin
from gdviz.landscapes import PRESETS, preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import OPTIMIZERS, FirstOrder, optimizer
from gdviz.optimizers.schedule import schedule

FIRST_ORDER = [name for name, kind in OPTIMIZERS.items() if issubclass(kind, FirstOrder)]
PRESET_NAMES = [one.name for one in PRESETS]
FORMULAS = (
    "abs(x) + sign(y) * y^3 + max(x, y)",
    "sqrt(x) + log(y) + x^1.5",
    "1/x + (y - 1)^4 + 2^x",
    "x",
    "x + y",
    "f(x, y) = 3",
    "y^2/2 + x",
)


def landscape_of(text):
    return FormulaLandscape.of(text)


def same(one, other):
    assert one.dtype == other.dtype
    np.testing.assert_array_equal(one, other)


def check(descent, counts=(1, 3, 9)):
    """Compare both ways of taking steps, stopping here and there."""
    in_place, plain = InPlaceStepping(descent), PlainStepping(descent)
    rows = np.arange(descent.rows)
    one, other = begin(descent, rows), begin(descent, rows)
    first = 0
    for count in counts:
        in_place.advance(one, first, count)
        plain.advance(other, first, count)
        first += count
        same(one.params, other.params)
        for mine, its in zip(one.arrays, other.arrays, strict=True):
            same(mine, np.broadcast_to(its, mine.shape))
        assert one.others == other.others


def starts_on(landscape, rows):
    domain = landscape.domain
    numbers = np.random.default_rng(5)
    starts = numbers.uniform(domain.low, domain.high, (rows, landscape.dimension))
    starts[: rows // 8] = np.round(starts[: rows // 8])
    return starts


@pytest.mark.parametrize("name", FIRST_ORDER)
@pytest.mark.parametrize("place", ["first", "valley", "himmelblau", "ackley", "eggholder"])
def test_bits_on_presets(name, place):
    if place == "first":
        place = next(one for one in PRESET_NAMES if preset(one).build().dimension == 1)
    landscape = preset(place).build()
    for rows in (1, 7, 4096) if place == "himmelblau" else (30,):
        check(Descent.of(landscape, optimizer(name), starts_on(landscape, rows), 40))


@pytest.mark.parametrize("name", FIRST_ORDER)
@pytest.mark.parametrize("text", FORMULAS)
def test_bits_where_there_are_gaps_poles_and_kinks(name, text):
    landscape = landscape_of(text)
    check(Descent.of(landscape, optimizer(name), starts_on(landscape, 60), 40))


@pytest.mark.parametrize("name", FIRST_ORDER)
def test_bits_with_hyperparameters_per_row_and_schedules(name):
    landscape = preset("himmelblau").build()
    starts = starts_on(landscape, 24)
    for one in OPTIMIZERS[name].hyperparameters():
        if one.kind == "number":
            values = np.linspace(one.default, 1.01 * one.default, 24)[:, np.newaxis]
            if not one.low_open:
                values[0] = one.low
            values = np.minimum(values, 0.9999 * one.high)
            chosen = optimizer(name, **{one.name: values})
            check(Descent.of(landscape, chosen, starts, 40))
    if OPTIMIZERS[name].can_be_scheduled():
        rates = np.geomspace(1e-4, 1e-2, 24)[:, np.newaxis]
        for chosen in (optimizer(name), optimizer(name, learning_rate=rates)):
            check(Descent.of(landscape, chosen, starts, 13, schedule=schedule("cosine")))
