"""A run's records have the same bits in any batch, and whatever the number of steps."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import Descent, Outcome, descend, iterate
from gdviz.landscapes import Domain, Landscape, Valley, preset
from gdviz.optimizers import GradientDescent, Momentum, optimizer

PRESETS = tuple(preset(name) for name in ("regression", "regression-w1", "valley"))


@dataclass(frozen=True)
class Hills(Landscape):
    """Rough ground with an edge, a hole where nothing is defined, and flats to rest on.

    Its kernels use functions that NumPy computes in blocks.
    """

    @property
    def name(self):
        return "hills"

    @property
    def parameters(self):
        return ("x", "y")

    @property
    def domain(self):
        return Domain.of((-4, 4), (-4, 4))

    @property
    def limits(self):
        return Domain.of((-6, 6), (-6, 6))

    @property
    def expression(self):
        return "hills"

    def loss_at(self, x, y):
        hills = np.sin(3.0 * x) * np.exp(-(y**2) / 4.0) + np.tanh(y) ** 2
        hole = np.sqrt((x - 2.0) ** 2 + (y - 2.0) ** 2 - 0.25)
        return np.where(x < -3.0, 0.0, hills + 0.0 * hole)

    def gradient_at(self, x, y):
        bell = np.exp(-(y**2) / 4.0)
        across = 3.0 * np.cos(3.0 * x) * bell
        along = -y / 2.0 * np.sin(3.0 * x) * bell + 2.0 * np.tanh(y) / np.cosh(y) ** 2
        flat = x < -3.0
        return np.where(flat, 0.0, across), np.where(flat, 0.0, along)

    def hessian_at(self, x, y):
        return np.full_like(x, np.nan), np.full_like(x, np.nan), np.full_like(x, np.nan)


coordinate = st.floats(-6.0, 6.0, allow_nan=False)
row = st.fixed_dictionaries(
    {
        "start": st.one_of(
            st.tuples(coordinate, coordinate),
            # Flat ground, the rim of the hole, the edge.
            st.sampled_from([(-3.5, 1.0), (2.6, 2.0), (2.0, 2.0), (6.0, 6.0), (5.9, 0.1)]),
        ),
        "learning_rate": st.floats(1e-3, 8.0),
        "momentum": st.floats(0.0, 0.99),
    }
)
batches = st.lists(row, min_size=2, max_size=9)


def the_optimizer(name, rows):
    columns = {key: np.array([[row[key]] for row in rows]) for key in ("learning_rate", "momentum")}
    if name == "gd":
        return GradientDescent(learning_rate=columns["learning_rate"])
    return Momentum(**columns)


def scalar_optimizer(name, row):
    if name == "gd":
        return GradientDescent(learning_rate=row["learning_rate"])
    return Momentum(learning_rate=row["learning_rate"], momentum=row["momentum"])


def run_of(trajectory, number):
    """All there is to one run, as bits."""
    return (
        trajectory.params[:, number].tobytes(),
        trajectory.loss[:, number].tobytes(),
        trajectory.gradient[:, number].tobytes(),
        trajectory.outcome[number],
        trajectory.outcome_step[number],
        trajectory.last_step[number],
    )


@pytest.mark.parametrize("name", ["gd", "momentum"])
@settings(max_examples=40, deadline=None)
@given(rows=batches, steps=st.integers(1, 140), data=st.data())
def test_a_run_has_the_same_bits_alone_and_in_any_batch_in_any_order(name, rows, steps, data):
    def computed(chosen):
        return descend(
            Hills(), the_optimizer(name, chosen), [row["start"] for row in chosen], steps=steps
        )

    together = computed(rows)
    alone = [
        descend(Hills(), scalar_optimizer(name, row), row["start"], steps=steps) for row in rows
    ]
    for number, trajectory in enumerate(alone):
        assert run_of(together, number) == run_of(trajectory, 0)
    order = data.draw(st.permutations(range(len(rows))))
    part = order[: data.draw(st.integers(1, len(rows)))]
    some = computed([rows[number] for number in part])
    for place, number in enumerate(part):
        assert run_of(some, place) == run_of(alone[number], 0)


def test_a_large_batch_holds_many_outcomes_and_the_bits_of_each_run_alone():
    rng = np.random.default_rng(5)
    starts = rng.uniform(-6.0, 6.0, (257, 2))
    together = descend(Hills(), optimizer("gd", learning_rate=0.3), starts, steps=100)
    assert set(together.outcome) == {
        Outcome.CONVERGED,
        Outcome.LAST_STEP,
        Outcome.UNDEFINED,
        Outcome.LEFT_DOMAIN,
    }
    for number in range(0, 257, 8):
        alone = descend(Hills(), optimizer("gd", learning_rate=0.3), starts[number], steps=100)
        assert run_of(together, number) == run_of(alone, 0)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
@pytest.mark.parametrize("name", ["gd", "momentum"])
def test_presets_compute_a_run_alike_in_batches_of_any_size(preset, name):
    landscape = preset.build()
    low, high = landscape.domain.low, landscape.domain.high
    starts = np.random.default_rng(7).uniform(low, high, (65, landscape.dimension))
    update = optimizer(name, learning_rate=preset.learning_rate)
    together = descend(landscape, update, starts, steps=130)
    for size in (1, 2, 3, 8, 31):
        part = descend(landscape, update, starts[:size], steps=130)
        for number in range(size):
            assert run_of(part, number) == run_of(together, number)


LONG = 200


@pytest.mark.parametrize("steps", [1, 2, 62, 63, 64, 65, 127, 128, 129, 192])
@pytest.mark.parametrize(
    ("landscape", "starts"),
    [
        (Valley(), [(-3.0, 4.0), (2.0, 0.0), (8.0, -5.0)]),
        (Hills(), [(0.3, 0.2), (-3.5, 0.0), (3.3, 2.9), (-1.0, -2.0), (5.0, -5.0)]),
    ],
    ids=["valley", "hills"],
)
@pytest.mark.parametrize("name", ["gd", "momentum"])
def test_a_shorter_run_has_the_first_records_of_a_longer_one(landscape, starts, name, steps):
    update = optimizer(name, learning_rate=0.1)
    shorter = descend(landscape, update, starts, steps=steps)
    longer = descend(landscape, update, starts, steps=LONG)
    assert shorter.records == steps + 1
    for array in ("steps", "params", "loss", "gradient"):
        whole = getattr(longer, array)[: steps + 1]
        assert getattr(shorter, array).tobytes() == whole.tobytes()


@pytest.mark.parametrize("steps", [1, 62, 63, 64, 65, 127, 128, 129])
def test_chunks_count_every_step_once(steps):
    descent = Descent.of(Valley(), optimizer("gd", learning_rate=0.01), [(-3, 4), (8, 5)], steps)
    chunks = list(iterate(descent))
    counted = [step for chunk in chunks for step in chunk.steps.tolist()]
    assert counted == list(range(steps + 1))
    assert [chunk.reached for chunk in chunks] == [*range(63, steps, 64), steps]
    assert all(chunk.outcome == (Outcome.RUNNING,) * 2 for chunk in chunks[:-1])
    assert chunks[-1].outcome == (Outcome.LAST_STEP,) * 2


def test_computing_the_same_descent_twice_gives_the_same_bits():
    descent = Descent.of(Hills(), optimizer("momentum", learning_rate=0.2), (0.3, 0.2), 150)
    first, second = ([chunk.params.tobytes() for chunk in iterate(descent)] for _ in range(2))
    assert first == second


@dataclass(frozen=True)
class ContiguousHills(Hills):
    """Hills whose kernels insist on what they are promised.

    NumPy may compute a function of a strided array with other code, and other bits.
    """

    def loss_at(self, x, y):
        require_contiguous(x, y)
        return super().loss_at(x, y)

    def gradient_at(self, x, y):
        require_contiguous(x, y)
        return super().gradient_at(x, y)


def require_contiguous(*columns):
    for column in columns:
        assert column.ndim == 1
        assert column.flags.c_contiguous


@pytest.mark.parametrize("rows", [1, 2, 7])
@pytest.mark.parametrize("name", ["gd", "momentum"])
@pytest.mark.parametrize("by_row", [False, True], ids=["one-rate", "a-rate-per-row"])
def test_kernels_are_given_contiguous_columns(name, rows, by_row):
    rate = np.linspace(0.01, 0.2, rows)[:, np.newaxis] if by_row else 0.1
    starts = np.random.default_rng(3).uniform(-5.0, 5.0, (rows, 2))
    trajectory = descend(ContiguousHills(), optimizer(name, learning_rate=rate), starts, steps=130)
    assert trajectory.records == 131
