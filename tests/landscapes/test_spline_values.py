"""NumPy's sums give the very numbers of SciPy's compiled splines, wherever those round alike."""

import platform

import numpy as np
import pytest

from gdviz.landscapes.spline_values import spline_values
from gdviz.landscapes.splines import GridSpline

ROUNDS_ALIKE = platform.machine().lower() in ("x86_64", "amd64")


def same(mine, theirs):
    """Tell whether numbers agree: to the last bit where compilers fuse no operations."""
    if ROUNDS_ALIKE:
        return mine.tobytes() == theirs.tobytes()
    return np.allclose(mine, theirs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("degree", [1, 2, 3])
@pytest.mark.parametrize("dimension", [1, 2])
def test_values_and_derivatives_agree(degree, dimension):
    rng = np.random.default_rng(degree)
    axes = tuple(np.sort(rng.normal(size=size)) for size in (9, 12)[:dimension])
    values = 100.0 * rng.normal(size=tuple(axis.size for axis in axes))
    spline = GridSpline(axes, values, degree)
    inside = [rng.uniform(axis[0], axis[-1], 2000) for axis in axes]
    on_knots = [rng.choice(axis, 200) for axis in axes]
    columns = tuple(np.concatenate(pair) for pair in zip(inside, on_knots, strict=True))
    for orders in np.ndindex((degree + 1,) * dimension):
        theirs = spline.derivative(columns, orders)
        mine = spline_values(spline.knots, spline.coefficients, degree, columns, orders)
        assert same(mine, theirs)


def test_a_point_has_the_same_bits_in_any_batch():
    axis = np.linspace(-1.0, 1.0, 8)
    spline = GridSpline((axis,), np.sin(3.0 * axis), 3)
    at = np.linspace(-1.0, 1.0, 41)
    whole = spline_values(spline.knots, spline.coefficients, 3, (at,), (1,))
    single = [
        spline_values(spline.knots, spline.coefficients, 3, (at[[place]],), (1,))[0]
        for place in range(at.size)
    ]
    assert np.array(single).tobytes() == whole.tobytes()


def test_no_points_give_no_values():
    axis = np.linspace(-1.0, 1.0, 8)
    spline = GridSpline((axis,), axis**2, 3)
    none = spline_values(spline.knots, spline.coefficients, 3, (np.empty(0),), (0,))
    assert none.shape == (0,)
