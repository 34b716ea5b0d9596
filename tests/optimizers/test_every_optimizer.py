"""Every optimizer is pure, works row by row, and tells what it does."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gdviz.landscapes import Valley, preset
from gdviz.optimizers import OPTIMIZERS, FirstOrder

every_optimizer = pytest.mark.parametrize("kind", list(OPTIMIZERS.values()), ids=list(OPTIMIZERS))
first_order = pytest.mark.parametrize(
    "kind",
    [kind for kind in OPTIMIZERS.values() if issubclass(kind, FirstOrder)],
    ids=[name for name, kind in OPTIMIZERS.items() if issubclass(kind, FirstOrder)],
)
coordinate = st.floats(-1e3, 1e3)


def made(kind, **wanted):
    """Return an optimizer with those of the wanted hyperparameters that it has."""
    known = {declared.name for declared in kind.hyperparameters()}
    return kind(**{name: value for name, value in wanted.items() if name in known})


def step(chosen, state, params, gradient=None, objective=None):
    objective = Valley() if objective is None else objective
    gradient = objective.gradient(params) if gradient is None else gradient
    return chosen.advance(objective, gradient, state, params)


def run(chosen, landscape, start, steps, state=None):
    """Return the visited points (steps + 1, n, d) and the last state."""
    params = np.array(start, dtype=np.float64, ndmin=2, order="K")
    state = chosen.init(params) if state is None else state
    visited = [params]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            updates, state = step(chosen, state, params, objective=landscape)
            params = params + updates
            visited.append(params)
    return np.array(visited), state


def leaves(state):
    """Yield the arrays and numbers of a state."""
    if isinstance(state, tuple):
        for part in state:
            yield from leaves(part)
    else:
        assert state is None or isinstance(state, (np.ndarray, int, float))
        yield state


def bits(*values):
    """Return the bits of arrays and numbers; all NaN are alike."""
    found = []
    for value in values:
        for leaf in leaves(value):
            array = np.asarray(leaf)
            if array.dtype.kind == "f":
                array = np.where(np.isnan(array), np.nan, array)
            found.append((array.shape, array.dtype.str, array.tobytes()))
    return found


def freeze(state):
    for leaf in leaves(state):
        if isinstance(leaf, np.ndarray):
            leaf.flags.writeable = False


def drawn(kind, rng, rows):
    """Return a column of values for each hyperparameter that is a number, in its range."""
    columns = {}
    for declared in kind.hyperparameters():
        if declared.kind != "number":
            continue
        low, high = declared.slider
        if declared.name == "learning_rate":
            low, high = 0.01, 0.6
        if declared.name == "smallest_step":
            low, high = 1e-6, 1e-3  # below every largest step
        column = rng.uniform(low, high, (rows, 1))
        for row, end in ((0, declared.low), (1, declared.high), (2, declared.default)):
            try:
                declared.check(end)
            except ValueError:
                continue
            column[row] = end
        columns[declared.name] = column
    return columns


# Pure functions


@every_optimizer
def test_init_and_advance_leave_their_inputs_as_they_were(kind):
    chosen, objective = kind(), Valley()
    params = np.array([[1.0, -2.0], [3.0, 4.0]])
    state = chosen.init(params)
    for _ in range(6):  # writing to what is read-only would raise
        gradient = objective.gradient(params)
        freeze((params, gradient, state))
        before = bits(params, gradient, state)
        updates, following = chosen.advance(objective, gradient, state, params)
        chosen.explain(objective, gradient, state, params)
        assert bits(params, gradient, state) == before
        assert updates.shape == params.shape
        assert updates.dtype == np.float64
        for shared in (params, gradient):
            assert not np.shares_memory(updates, shared)
        params, state = params + updates, following


@every_optimizer
def test_nothing_handed_out_changes_later(kind):
    chosen, objective = kind(), Valley()
    params = np.array([[1.0, -2.0], [3.0, 4.0]])
    state = chosen.init(params)
    handed, seen = [], []
    for _ in range(12):
        handed.append((params, state))
        seen.append(bits(params, state))
        updates, state = step(chosen, state, params, objective=objective)
        params = params + updates
    assert [bits(*pair) for pair in handed] == seen


@every_optimizer
def test_the_same_inputs_give_the_same_outputs_in_any_order(kind):
    chosen = kind()
    params, gradient = np.ones((2, 2)), np.array([[0.5, 0.25], [-8.0, 1.0]])
    state = chosen.init(params)
    _, later = step(chosen, state, params, gradient)
    first = step(chosen, later, params, gradient)
    step(chosen, state, params, -3.0 * gradient)  # another run, in between
    assert bits(*step(chosen, later, params, gradient)) == bits(*first)


@every_optimizer
def test_a_run_can_be_resumed_from_its_state(kind):
    start = [[-3.0, 4.0], [1.0, 1.0]]
    whole, _ = run(made(kind, learning_rate=0.05), Valley(), start, 20)
    half, state = run(made(kind, learning_rate=0.05), Valley(), start, 8)
    rest, _ = run(made(kind, learning_rate=0.05), Valley(), half[-1], 12, state)
    assert bits(rest[-1]) == bits(whole[-1])


@first_order
def test_a_step_points_downhill_at_first(kind):
    chosen = kind()
    params = np.array([[-3.0, 4.0], [5.0, -1.0]])
    gradient = Valley().gradient(params)
    updates, _ = step(chosen, chosen.init(params), params)
    assert np.all(np.sum(updates * gradient, axis=1) < 0)


@first_order
def test_at_a_critical_point_nothing_moves(kind):
    visited, _ = run(made(kind, weight_decay=0.0), Valley(), (2.0, 0.0), 10)
    assert np.all(visited == [2.0, 0.0])


@first_order
def test_weight_decay_pulls_towards_zero(kind):
    if "weight_decay" not in {declared.name for declared in kind.hyperparameters()}:
        assert kind.key == "rprop"
        return
    params = np.array([[2.0, 0.0]])
    chosen = kind(weight_decay=0.5)
    updates, _ = step(chosen, chosen.init(params), params)
    assert updates[0, 0] < 0
    assert updates[0, 1] == 0


@every_optimizer
def test_a_scaled_rate_is_a_smaller_learning_rate(kind):
    if kind.has_learning_rate():
        scaled = kind(learning_rate=0.5).at_rate(0.25)
        start = [[-3.0, 4.0], [1.0, 1.0]]
        plain, _ = run(kind(learning_rate=0.125), Valley(), start, 20)
        assert bits(run(scaled, Valley(), start, 20)[0]) == bits(plain)
        per_row = kind(learning_rate=np.full((2, 1), 0.5)).at_rate(np.full((2, 1), 0.25))
        assert bits(run(per_row, Valley(), start, 20)[0]) == bits(plain)


@every_optimizer
def test_nothing_is_warned_of_on_an_ordinary_run(kind):
    """Warnings fail tests; nothing here is guarded against them."""
    for start in ([[-3.0, 4.0]], [[2.0, 0.0]], [[-3.0, 4.0], [2.0, 0.0]]):
        for settings_of in (everything_off, everything_on):
            chosen, params = settings_of(kind), np.array(start)
            state = chosen.init(params)
            for _ in range(20):
                told = chosen.explain(Valley(), Valley().gradient(params), state, params)
                updates, state = step(chosen, state, params)
                params = params + updates
            assert np.isfinite(params).all()
            assert np.isfinite(told.values["update"]).all()


# Batches


@every_optimizer
@pytest.mark.parametrize("name", ["valley", "regression-w1", "himmelblau"])
def test_hyperparameters_per_row_equal_separate_runs_to_the_last_bit(kind, name):
    landscape = preset(name).build()
    rng = np.random.default_rng(5)
    rows, steps = 13, 60
    starts = rng.uniform(landscape.domain.low, landscape.domain.high, (rows, landscape.dimension))
    columns = drawn(kind, rng, rows)
    flags = [declared.name for declared in kind.hyperparameters() if declared.kind == "flag"]
    for on in (False, True) if flags else (False,):
        given = dict.fromkeys(flags, on)
        together, _ = run(kind(**columns, **given), landscape, starts, steps)
        for row in range(rows):
            own = {name: float(column[row, 0]) for name, column in columns.items()}
            alone, _ = run(kind(**own, **given), landscape, starts[row], steps)
            assert bits(alone) == bits(together[:, row : row + 1])


@every_optimizer
def test_one_value_in_an_array_is_the_value_itself(kind):
    """Each hyperparameter by itself, so that floats and arrays meet."""
    start = [[-3.0, 4.0], [1.0, -2.0]]
    rng = np.random.default_rng(7)
    for declared in kind.hyperparameters():
        if declared.kind != "number":
            continue
        for value in drawn(kind, rng, 6)[declared.name][:, 0]:
            extra = {"largest_step": 50.0} if declared.name == "smallest_step" else {}
            plain, _ = run(kind(**{declared.name: float(value)}, **extra), Valley(), start, 60)
            column = np.full((2, 1), value)
            per_row, _ = run(kind(**{declared.name: column}, **extra), Valley(), start, 60)
            assert bits(plain) == bits(per_row), (declared.name, value)


@every_optimizer
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_rows_run_ignores_its_batch_and_the_layout_in_memory(kind, data):
    shape = st.tuples(st.integers(1, 12), st.just(2))
    starts = data.draw(arrays.arrays(np.float64, shape, elements=coordinate))
    order = data.draw(st.permutations(range(len(starts))))
    chosen = made(kind, learning_rate=0.1)
    together, _ = run(chosen, Valley(), starts, 15)
    assert bits(run(chosen, Valley(), starts[order], 15)[0]) == bits(together[:, order])
    fortran, _ = run(chosen, Valley(), np.asfortranarray(starts), 15)
    assert bits(fortran) == bits(together)
    alone, _ = run(chosen, Valley(), starts[:1], 15)
    assert bits(alone) == bits(together[:, :1])


@every_optimizer
def test_a_row_that_overflows_leaves_its_neighbors_alone(kind):
    params = np.array([[1.0, 2.0], [1.0, 2.0]])
    gradient = np.array([[0.5, 0.25], [math.inf, math.nan]])
    chosen = kind()
    with np.errstate(all="ignore"):
        updates, state = step(chosen, chosen.init(params), params, gradient)
        alone, alone_state = step(chosen, chosen.init(params[:1]), params[:1], gradient[:1])
        again, _ = step(chosen, state, params, np.zeros((2, 2)))
        alone_again, _ = step(chosen, alone_state, params[:1], np.zeros((1, 2)))
    assert bits(updates[:1]) == bits(alone)
    assert bits(again[:1]) == bits(alone_again)
    assert np.isfinite(again[0]).all()


@first_order
def test_a_gradient_that_is_nan_is_not_hidden(kind):
    params = np.array([[1.0, 2.0]])
    chosen = kind()
    with np.errstate(all="ignore"):
        updates, _ = step(chosen, chosen.init(params), params, np.array([[0.5, math.nan]]))
    assert np.isnan(updates).tolist() == [[False, True]]


# Variants that switch everything off and on


def everything_off(kind):
    return made(kind, weight_decay=0.0)


def everything_on(kind):
    return made(
        kind,
        learning_rate=0.01,
        weight_decay=0.1,
        momentum=0.5,
        centered=True,
        learning_rate_decay=0.1,
        initial_accumulator=0.5,
        nu1=0.4,
        nu2=0.6,
        eta_plus=1.1,
    )


@first_order
def test_everything_switched_on_makes_another_run(kind):
    assert everything_on(kind) != everything_off(kind)
    on, _ = run(everything_on(kind), Valley(), (-3.0, 4.0), 20)
    assert np.isfinite(on).all()
    off, _ = run(made(kind, learning_rate=0.01, weight_decay=0.0), Valley(), (-3.0, 4.0), 20)
    assert not np.array_equal(on, off)
