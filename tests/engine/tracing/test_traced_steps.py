"""Steps that are written down, done again with NumPy one operation at a time."""

import numpy as np
import pytest

from gdviz.engine import Descent, compute
from gdviz.engine.state import taken_apart
from gdviz.engine.tracing import StepTracer, Untraceable, slope_program
from gdviz.landscapes import PRESETS, preset
from gdviz.optimizers import OPTIMIZERS, optimizer
from gdviz.optimizers.optimizer import FirstOrder
from gdviz.optimizers.schedule import schedule

FIRST_ORDER = [name for name, kind in OPTIMIZERS.items() if issubclass(kind, FirstOrder)]


def done(program, uniforms, params, arrays=(), hypers=()):
    """Do a program's operations with NumPy."""
    inputs = {"params": [params], "state": arrays, "hyper": hypers, "uniform": uniforms}
    values = []
    for node in program.nodes:
        args = [values[arg] for arg in node.args]
        if node.op in inputs:
            values.append(inputs[node.op][node.index])
        elif node.op == "component":
            values.append(args[0][node.index])
        elif node.op == "stack":
            values.append(np.stack([np.broadcast_to(arg, params.shape[1:]) for arg in args]))
        elif node.op == "where":
            values.append(np.where(*args))
        else:
            values.append(getattr(np, node.op)(*args))
    return [values[place] for place in program.outputs]


@pytest.mark.parametrize("name", FIRST_ORDER)
@pytest.mark.parametrize("place", ["valley", "himmelblau", "ackley"])
@pytest.mark.parametrize("decay", ["constant", "cosine"])
def test_written_steps_have_the_bits_of_the_optimizers_own(name, place, decay):
    if decay != "constant" and not OPTIMIZERS[name].can_be_scheduled():
        pytest.skip("finds its own rates")
    landscape = preset(place).build()
    starts = np.random.default_rng(3).uniform(*landscape.domain.intervals[0], (6, 2))
    rates = np.geomspace(1e-4, 2e-3, 6)[:, np.newaxis]
    chosen = optimizer(name, learning_rate=rates)
    descent = Descent.of(landscape, chosen, starts, 12, schedule=schedule(decay))
    recorded, tracer = compute(descent), StepTracer(descent)
    params = np.ascontiguousarray(starts.T)
    _, arrays, _ = taken_apart(chosen.init(params.T), 6)
    hypers = [getattr(chosen, one)[:, 0] for one in tracer.hyper_names]
    for step in range(12):
        with np.errstate(all="ignore"):
            params, *arrays = done(*tracer.step(step), params, arrays, hypers)
        np.testing.assert_array_equal(params, recorded.params[step + 1].T)


def test_every_landscape_but_sums_over_rows_can_be_written_down():
    untraced = []
    for known in PRESETS:
        landscape = known.build()
        points = np.random.default_rng(1).uniform(
            landscape.domain.low, landscape.domain.high, (9, landscape.dimension)
        )
        try:
            program, uniforms = slope_program(landscape)
        except Untraceable:
            untraced.append(known.name)
            continue
        with np.errstate(all="ignore"):
            *slopes, loss = done(program, uniforms, np.ascontiguousarray(points.T))
        np.testing.assert_array_equal(loss, landscape.loss(points))
        for slope, expected in zip(slopes, landscape.gradient(points).T, strict=True):
            np.testing.assert_array_equal(np.broadcast_to(slope, expected.shape), expected)
    assert sorted(untraced) == ["o-rings", "outlier"]


def test_what_asks_for_more_than_gradients_is_refused():
    with pytest.raises(Untraceable):
        StepTracer(Descent.of(preset("valley").build(), optimizer("newton"), (1.0, 1.0)))
