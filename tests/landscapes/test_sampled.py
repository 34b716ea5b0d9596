"""The spline through a measured surface."""

from pathlib import Path

import numpy as np
import pytest

from gdviz.engine import Outcome, descend
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.optimizers import optimizer
from gdviz.surfaces import SurfaceFile

X, Y = np.linspace(-2.0, 2.0, 17), np.array([-1.0, -0.6, -0.1, 0.3, 0.5, 1.2])
SMOOTH = np.cos(X) + 0.5 * Y[:, np.newaxis] ** 2 + 3.0


def landscape_of(loss, x=X, y=Y):
    return SampledLandscape.of(SurfaceFile.of(Path("a.npz"), x, y, {"loss": loss}))


SURFACES = {
    "smooth": landscape_of(SMOOTH),
    "negative": landscape_of(SMOOTH - 2000.0),
    "decades": landscape_of(10.0 ** (3.0 * SMOOTH - 9.0)),
    "two-rows": landscape_of(SMOOTH[:2], y=Y[:2]),
    "three-rows": landscape_of(SMOOTH[:3], y=Y[:3]),
    "curve": SampledLandscape.of(SurfaceFile.of(Path("c"), X, None, {"loss": SMOOTH[0]})),
}
each = pytest.mark.parametrize("landscape", SURFACES.values(), ids=SURFACES)


def points_in(landscape, count=400):
    rng = np.random.default_rng(3)
    low, width = landscape.domain.low, landscape.domain.width
    return low + width * rng.uniform(0.01, 0.99, (count, landscape.dimension))


@each
def test_it_goes_through_every_sample(landscape):
    axes = [axis for axis in (landscape.surface.x, landscape.surface.y) if axis is not None]
    places = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, landscape.dimension)
    measured = landscape.surface.metrics["loss"].ravel()
    np.testing.assert_allclose(landscape.loss(places), measured, rtol=1e-12)


@each
def test_derivatives_are_those_of_the_spline(landscape):
    points = points_in(landscape)
    for exact, function in (
        (landscape.gradient(points), landscape.loss),
        (landscape.hessian(points), landscape.gradient),
    ):
        for axis in range(landscape.dimension):
            step = 1e-6 * np.eye(landscape.dimension)[axis]
            near = (function(points + step) - function(points - step)) / 2e-6
            scale = max(np.abs(exact).max(), 1e-2 * np.abs(function(points)).max())
            far = np.abs(near - exact[:, axis]) > 1e-5 * scale
            assert far.mean() < 0.01  # a knot may lie between, where the third derivative jumps


@each
def test_a_point_has_the_same_bits_in_any_batch(landscape):
    points = points_in(landscape)
    loss, gradient, hessian = (
        function(points) for function in (landscape.loss, landscape.gradient, landscape.hessian)
    )
    for size in (*range(1, 18), 100):
        part = slice(7, 7 + size)
        np.testing.assert_array_equal(landscape.loss(points[part]), loss[part])
        np.testing.assert_array_equal(landscape.gradient(points[part]), gradient[part])
        np.testing.assert_array_equal(landscape.hessian(points[part]), hessian[part])


def test_a_surface_over_decades_never_rings_below_zero():
    landscape = SURFACES["decades"]
    assert "logarithms" in landscape.remark
    assert np.all(landscape.loss(points_in(landscape, 5000)) > 0.0)


def test_cells_at_a_gap_are_undefined_and_their_neighbors_are_not():
    loss = SMOOTH.copy()
    loss[2, 5], loss[4, 12] = np.nan, np.inf
    landscape = landscape_of(loss)
    whole = SURFACES["smooth"]
    assert np.isnan(landscape.loss([[X[5] + 0.01, Y[2] + 0.01], [X[12] - 0.1, Y[4]]])).all()
    assert np.isnan(landscape.gradient([[X[5], Y[2]]])).all()
    assert np.isnan(landscape.hessian([[X[5], Y[2]]])).all()
    beside = [[X[7] + 0.05, Y[2]], [X[6], Y[3]], [-2.0, -1.0]]
    np.testing.assert_allclose(landscape.loss(beside), whole.loss(beside), atol=0.02)
    assert "2 of 102 values are missing or infinite" in landscape.remark


def test_a_run_ends_at_a_gap_and_at_the_border_with_an_outcome_each():
    loss = np.broadcast_to(X, (Y.size, X.size)).copy()
    to_the_border = descend(landscape_of(loss), optimizer("gd", learning_rate=0.3), (0.0, 0.0))
    assert to_the_border.outcome == (Outcome.LEFT_DOMAIN,)
    loss[:, 6] = np.nan
    to_the_gap = descend(landscape_of(loss), optimizer("gd", learning_rate=0.1), (0.0, 0.0))
    assert to_the_gap.outcome == (Outcome.UNDEFINED,)


def test_the_star_marks_the_lowest_point_of_the_spline():
    landscape = landscape_of((X - 0.13) ** 2 + (Y[:, np.newaxis] - 0.07) ** 2)
    np.testing.assert_allclose(landscape.minima, [(0.13, 0.07)], atol=1e-5)
    assert "lowest point" in landscape.remark


def test_two_are_equal_if_their_values_are():
    one, other = landscape_of(SMOOTH), landscape_of(SMOOTH.copy())
    assert one == other
    assert hash(one) == hash(other)
    assert one != landscape_of(SMOOTH + 1.0)
