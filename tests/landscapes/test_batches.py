"""Every landscape takes batches of points, and a point's result ignores its batch."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gdviz.landscapes import Landscape, LineRegression, ProportionalRegression, Valley, preset

PRESETS = tuple(preset(name) for name in ("regression", "regression-w1", "valley"))

LANDSCAPES = [
    *(pytest.param(known.build(), id=known.name) for known in PRESETS),
    pytest.param(LineRegression.from_columns([1e6, 1e6 + 1, 1e6 + 3], [7, 5, 9]), id="far off"),
]
KINDS = ("loss", "gradient", "hessian")

every_landscape = pytest.mark.parametrize("landscape", LANDSCAPES)
every_kind = pytest.mark.parametrize("kind", KINDS)
fuzzed = settings(deadline=None, max_examples=25)

anything = st.floats() | st.floats(-1e3, 1e3) | st.sampled_from((0.0, -0.0, 1e200, -1e308, 5e-324))


def batches(landscape, max_rows=20):
    shape = st.tuples(st.integers(1, max_rows), st.just(landscape.dimension))
    return shape.flatmap(lambda found: arrays.arrays(np.float64, found, elements=anything))


def computations(landscape):
    return [getattr(landscape, kind) for kind in KINDS]


def same_bits(one, other):
    """Tell whether two arrays agree to the last bit; all NaNs are one."""
    undefined = np.isnan(one)
    return (
        one.shape == other.shape
        and np.array_equal(undefined, np.isnan(other))
        and one[~undefined].tobytes() == other[~undefined].tobytes()
    )


@every_landscape
@pytest.mark.parametrize("rows", [0, 1, 7])
def test_results_have_a_row_for_each_point(landscape, rows):
    params = np.full((rows, landscape.dimension), 0.5)
    size = landscape.dimension
    assert landscape.loss(params).shape == (rows,)
    assert landscape.gradient(params).shape == (rows, size)
    assert landscape.hessian(params).shape == (rows, size, size)
    for kind in KINDS:
        assert getattr(landscape, kind)(params).dtype == np.float64


@every_landscape
@every_kind
def test_a_wrong_shape_is_refused_by_an_error_that_states_it(landscape, kind):
    size = landscape.dimension
    for shape in ((), (size,), (3, size + 1), (3, 0), (1, 3, size), (0,)):
        with pytest.raises(ValueError, match="shape") as caught:
            getattr(landscape, kind)(np.zeros(shape))
        message = str(caught.value)
        assert message.endswith(f"got shape {shape}")
        assert f"(n, {size})" in message
        assert ", ".join(landscape.parameters) in message
        assert len(message.splitlines()) == 1


@every_landscape
@every_kind
def test_lists_and_whole_numbers_are_points_too(landscape, kind):
    whole = np.arange(3 * landscape.dimension).reshape(3, -1)
    compute = getattr(landscape, kind)
    expected = compute(whole.astype(np.float64))
    for params in (whole, whole.tolist(), whole.astype(np.float32), whole.astype(np.uint8)):
        assert same_bits(compute(params), expected)


@every_landscape
@every_kind
def test_points_are_left_as_they_were_and_results_are_the_callers_own(landscape, kind):
    params = np.linspace(-3.0, 4.0, 5 * landscape.dimension).reshape(5, -1)
    before = params.copy()
    params.flags.writeable = False
    first = getattr(landscape, kind)(params)
    second = getattr(landscape, kind)(params)
    assert params.tobytes() == before.tobytes()
    assert not np.shares_memory(first, params)
    kept = second.copy()
    first[...] = 99.0  # raises if read-only
    assert same_bits(second, kept)


@every_landscape
@fuzzed
@given(data=st.data())
def test_each_row_alone_gives_the_bits_it_has_in_the_batch(landscape, data):
    params = data.draw(batches(landscape))
    for compute in computations(landscape):
        alone = np.concatenate([compute(row[np.newaxis]) for row in params])
        assert same_bits(alone, compute(params))


@every_landscape
@fuzzed
@given(data=st.data())
def test_permuting_and_repeating_rows_does_so_to_the_results(landscape, data):
    params = data.draw(batches(landscape))
    order = data.draw(arrays.arrays(np.intp, st.integers(1, 30), elements=st.integers(0, 2**31)))
    order %= len(params)
    for compute in computations(landscape):
        assert same_bits(compute(params[order]), compute(params)[order])


@every_landscape
@fuzzed
@given(data=st.data())
def test_the_layout_in_memory_does_not_matter(landscape, data):
    params = data.draw(batches(landscape))
    rows, size = params.shape
    offset = data.draw(st.integers(0, 7))
    spaced = np.zeros((2 * rows, 3 * size))
    spaced[::2, ::3] = params
    shifted = np.zeros(rows * size + offset)[offset:].reshape(rows, size)
    shifted[:] = params
    layouts = (
        np.asfortranarray(params),
        spaced[::2, ::3],
        params[::-1].copy()[::-1],
        shifted,
        params.astype(">f8"),
    )
    for compute in computations(landscape):
        expected = compute(params)
        assert all(same_bits(compute(layout), expected) for layout in layouts)


@every_landscape
@every_kind
def test_a_large_batch_gives_the_bits_of_small_ones(landscape, kind):
    """Long enough for vectorized loops, their remainders and buffering."""
    rng = np.random.default_rng(3)
    params = rng.normal(scale=300.0, size=(20_011, landscape.dimension))
    compute = getattr(landscape, kind)
    together = compute(params)
    parts = np.concatenate([compute(part) for part in np.array_split(params, 997)])
    assert same_bits(parts, together)


@every_landscape
@fuzzed
@given(data=st.data())
def test_the_engines_columns_are_the_same_numbers(landscape, data):
    params = data.draw(batches(landscape))
    columns = np.ascontiguousarray(params.T)
    with np.errstate(all="ignore"):
        loss = landscape.loss_columns(columns)
        gradient = landscape.gradient_columns(columns)
    assert same_bits(loss, landscape.loss(params))
    assert same_bits(gradient.T, landscape.gradient(params))


@every_landscape
@every_kind
@pytest.mark.parametrize("value", [1e200, -1e308, np.inf, -np.inf, np.nan, 5e-324])
def test_overflow_and_undefined_numbers_raise_no_warning(landscape, kind, value):
    params = np.full((3, landscape.dimension), value)
    with warnings.catch_warnings(), np.errstate(all="raise"):
        warnings.simplefilter("error")
        getattr(landscape, kind)(params)


@every_landscape
def test_losses_too_large_for_a_float_are_infinite_and_not_wrong(landscape):
    params = np.zeros((1, landscape.dimension))
    params[0, 0] = -1e200
    assert landscape.loss(params).tolist() == [np.inf]


@every_landscape
def test_an_undefined_point_does_not_spoil_its_neighbors(landscape):
    good = np.full((1, landscape.dimension), 0.5)
    params = np.concatenate([good, np.full_like(good, np.nan), good])
    loss = landscape.loss(params)
    assert np.isnan(loss[1])
    assert loss[0] == loss[2] == landscape.loss(good)[0]
    assert np.isnan(landscape.gradient(params)[1]).all()


@every_landscape
def test_the_hessian_is_symmetric(landscape):
    params = np.linspace(-100.0, 100.0, 8 * landscape.dimension).reshape(8, -1)
    hessian = landscape.hessian(params)
    assert same_bits(hessian, hessian.transpose(0, 2, 1).copy())


class Saddle(Landscape):
    """f(u, v) = u² v, written by someone else: curved everywhere, no minimum."""

    name = "saddle"
    parameters = ("u", "v")
    expression = "u² v"
    domain = Valley().domain

    def loss_at(self, *columns):
        u, v = columns
        return u**2 * v

    def gradient_at(self, *columns):
        u, v = columns
        return 2 * u * v, u**2

    def hessian_at(self, *columns):
        u, v = columns
        return 2 * v, 2 * u, 0.0


def test_three_kernels_make_a_landscape():
    saddle = Saddle()
    points = [[1.0, 2.0], [3.0, 5.0]]
    assert saddle.dimension == 2
    assert saddle.minima == ()
    assert saddle.limits is None
    assert not saddle.isotropic
    assert saddle.loss(points).tolist() == [2.0, 45.0]
    assert saddle.gradient(points).tolist() == [[4.0, 1.0], [30.0, 9.0]]
    assert saddle.hessian(points).tolist() == [[[4.0, 2.0], [2.0, 0.0]], [[10.0, 6.0], [6.0, 0.0]]]


@pytest.mark.parametrize("layout", [np.ascontiguousarray, np.asfortranarray])
def test_kernels_are_given_contiguous_columns(layout):
    """What SIMD loops and the guarantee of equal bits rest on."""

    class Careful(Saddle):
        def loss_at(self, *columns):
            assert all(column.flags.c_contiguous for column in columns)
            assert all(column.dtype == np.float64 for column in columns)
            return super().loss_at(*columns)

    points = layout(np.arange(10.0).reshape(5, 2))
    assert Careful().loss(points).tolist() == Saddle().loss(points).tolist()
    assert Careful().loss(points[::2]).tolist() == Saddle().loss(points[::2]).tolist()
    assert Careful().loss(points[:, ::-1]).shape == (5,)


def test_a_landscape_without_its_kernels_cannot_be_made():
    with pytest.raises(TypeError, match="abstract"):
        Landscape()


@pytest.mark.parametrize("size", [1, 3])
def test_a_kernel_with_too_few_or_too_many_derivatives_is_an_error(size):
    class Broken(Saddle):
        def gradient_at(self, *columns):
            return (columns[0],) * size

        def hessian_at(self, *columns):
            return (columns[0],) * (size + 1)

    with pytest.raises(ValueError, match=f"gradient_at must return 2, got {size}"):
        Broken().gradient([[1.0, 2.0]])
    with pytest.raises(ValueError, match="zip"):
        Broken().hessian([[1.0, 2.0]])


def test_one_parameter_takes_a_single_column():
    line = ProportionalRegression.from_columns([1.0, 2.0], [2.0, 4.0])
    assert line.loss([[2.0], [3.0]]).tolist() == [0.0, 2.5]
    assert line.gradient([[2.0], [3.0]]).tolist() == [[0.0], [5.0]]
    assert line.hessian([[2.0], [3.0]]).tolist() == [[[5.0]], [[5.0]]]
