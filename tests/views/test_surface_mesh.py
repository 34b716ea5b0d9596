"""Heights of losses, and the triangles that are made of them."""

import math

import numpy as np
import pytest

from gdviz.engine import Field, cropped, mapped, sample_field
from gdviz.experiment.camera import HALF_SIDES
from gdviz.landscapes import Domain, Valley, preset
from gdviz.views.surface.heights import HEIGHTS, HeightScale, height_scale
from gdviz.views.surface.mesh import surface_mesh

TOP = HALF_SIDES[2]


def map_of(landscape, shape=(60, 80), domain=None):
    return mapped(landscape, sample_field(landscape, domain or landscape.domain, shape))


def map_with(loss, domain=((-1.0, 1.0), (-1.0, 1.0))):
    """Return a map of given losses; rows are y."""
    loss = np.array(loss, dtype=np.float64)
    box = Domain.of(*domain)
    finite = loss[np.isfinite(loss)]
    floor = float(finite.min()) if finite.size else math.nan
    x, y = (np.linspace(*side, count) for side, count in zip(box, loss.shape[::-1], strict=True))
    return mapped(Valley(), Field(box, x, y, loss, (), floor))


# --- heights ---


def test_linear_heights_are_even_in_the_loss():
    scale = HeightScale(4.0, 24.0)
    assert scale.height(np.array([4.0, 9.0, 14.0, 24.0, 1000.0])).tolist() == [0, 0.25, 0.5, 1, 1]
    assert scale.per_loss(np.array([5.0])).tolist() == [1.0 / 20.0]
    assert np.isnan(scale.height(np.array([math.nan, math.inf]))).all()


def test_a_bowl_is_not_cut_off():
    scale = height_scale(map_of(Valley()))
    assert not scale.cut
    assert scale.low == 4.0
    assert scale.high == pytest.approx(4.0 + 6.0**2 + 2.0 * 5.0**2)


def test_walls_far_above_the_rest_are_cut_off():
    contour_map = map_of(preset("rosenbrock").build())
    scale = height_scale(contour_map)
    loss = contour_map.field.loss
    assert scale.cut
    assert scale.high < 0.5 * loss.max()
    assert np.median(scale.height(loss)) > 0.15
    assert 0.0 < np.mean(loss > scale.high) < 0.25


def test_it_is_cut_off_above_a_start_that_is_within_reason():
    contour_map = map_of(preset("rosenbrock").build())
    low = height_scale(contour_map).high
    assert height_scale(contour_map, worth_seeing=[1.3 * low]).high >= 1.3 * low
    assert height_scale(contour_map, worth_seeing=[1e9, 0.5 * low]).high == low


def test_heights_as_colors_are_the_shades():
    contour_map = map_of(preset("rosenbrock").build())
    scale = height_scale(contour_map, "colors")
    loss = contour_map.field.loss
    np.testing.assert_array_equal(scale.height(loss), contour_map.scale.shade(loss))
    some = np.array([3.0, 40.0])
    little = 1e-6 * some
    steepness = (scale.height(some + little) - scale.height(some - little)) / (2.0 * little)
    np.testing.assert_allclose(scale.per_loss(some), steepness, rtol=1e-3)


def test_unknown_heights_are_refused():
    with pytest.raises(ValueError, match="linear, colors"):
        height_scale(map_of(Valley()), "log")


# --- the mesh ---


@pytest.fixture(scope="module")
def valley_mesh():
    contour_map = map_of(Valley(), (200, 200))
    return surface_mesh(contour_map, height_scale(contour_map))


def test_the_domain_and_the_heights_fill_the_box(valley_mesh):
    low, high = valley_mesh.vertices.min(axis=0), valley_mesh.vertices.max(axis=0)
    np.testing.assert_allclose(high, HALF_SIDES)
    np.testing.assert_allclose(low[:2], [-1.0, -1.0])
    assert low[2] == pytest.approx(-TOP, abs=1e-3)
    assert len(valley_mesh.triangles) == 2 * 199 * 199


def test_points_are_lifted_to_the_loss(valley_mesh):
    valley = Valley()
    points = np.array([[2.0, 0.0], [-3.0, 4.0], [7.9, -4.9]])
    height = (valley.loss(points) - 4.0) / 86.0
    expected = TOP * (2.0 * height - 1.0)
    np.testing.assert_allclose(valley_mesh.at(points)[:, 2], expected, atol=1e-3)
    np.testing.assert_allclose(valley_mesh.params(valley_mesh.at(points)), points)
    assert np.isnan(
        valley_mesh.at(np.array([[8.1, 0.0], [0.0, -5.1], [math.nan, 0.0]]))[:, 2]
    ).all()


def test_normals_are_those_of_the_landscape(valley_mesh):
    # Where the box's x and y are 0: x = 2 and y = 0, the minimum; and to its right.
    row, column = 100, 150
    at = row * 200 + column
    x, y = valley_mesh.x[column], valley_mesh.y[row]
    slope = valley_mesh.tangent(0.0, np.array([2.0 * (x - 2.0), 4.0 * y]))
    expected = np.array([-slope[0], -slope[1], 1.0])
    np.testing.assert_allclose(
        valley_mesh.normals[at], expected / np.linalg.norm(expected), atol=1e-2
    )
    assert (valley_mesh.normals[:, 2] > 0.0).all()


def test_the_tangent_is_the_slope_of_the_drawn_surface(valley_mesh):
    point, step = np.array([5.0, -2.0]), 1e-4
    gradient = Valley().gradient([point])[0]
    slope = valley_mesh.tangent(float(Valley().loss([point])[0]), gradient)
    for axis in (0, 1):
        moved = np.array([point, point])
        moved[:, axis] += (-1e-2, 1e-2)
        height = (Valley().loss(moved) - 4.0) / 86.0
        rise = np.diff(TOP * 2.0 * height)[0]
        along = np.diff(valley_mesh.in_box(moved)[:, axis])[0]
        assert slope[axis] == pytest.approx(rise / along, rel=step)


def test_cells_that_are_undefined_are_holes():
    loss = np.add.outer(np.linspace(0.0, 1.0, 9), np.linspace(0.0, 2.0, 9))
    loss[4, 4] = math.nan
    contour_map = map_with(loss)
    mesh = surface_mesh(contour_map, height_scale(contour_map))
    assert len(mesh.triangles) == 2 * 64 - 6
    assert 4 * 9 + 4 not in mesh.triangles
    assert np.isfinite(mesh.vertices).all()
    heights = mesh.on_surface(np.array([[0.0, 0.0], [-0.1, -0.05], [0.6, 0.6]]))[:, 2]
    assert np.isnan(heights).tolist() == [True, True, False]


def test_a_ceiling_cuts_triangles_sharply():
    contour_map = map_with([[0.0, 2.0, 4.0, 6.0]] * 4)
    mesh = surface_mesh(contour_map, HeightScale(0.0, 3.0, cut=True))
    assert mesh.vertices[:, 2].max() == TOP
    corners = mesh.vertices[mesh.triangles]
    # Every triangle is a slope below the ceiling, or lies flat upon it.
    flat = np.ptp(corners[..., 2], axis=1) == 0.0
    assert (corners[flat][..., 2] == TOP).all()
    edge = 2.0 * (3.0 / 6.0) - 1.0
    assert corners[~flat][..., 0].max() == pytest.approx(edge)
    assert corners[flat][..., 0].min() == pytest.approx(edge)
    (ax, ay), (bx, by) = ((corners[:, number] - corners[:, 0]).T[:2] for number in (1, 2))
    area = ax * by - ay * bx
    assert (area > 0.0).all()
    assert 0.5 * area.sum() == pytest.approx(4.0)  # of the whole domain
    places = mesh.on_surface(np.array([[-0.5, 0.1], [edge, 0.3], [0.7, -0.2]]))
    np.testing.assert_allclose(places[:, 2], [TOP * (2.0 * 0.5 - 1.0), TOP, TOP])


@pytest.mark.parametrize("kind", HEIGHTS)
@pytest.mark.parametrize(
    "loss",
    [
        np.full((8, 8), 3.0),
        np.full((8, 8), math.nan),
        np.full((8, 8), 0.0),
        1e300 * np.arange(64.0).reshape(8, 8),
        1.7e308 * np.linspace(-1.0, 1.0, 64).reshape(8, 8),
        1e-300 * np.arange(64.0).reshape(8, 8),
        np.where(np.eye(8) > 0, math.inf, 1.0),
        np.where(np.eye(8) > 0, 1e9, -1e-9),
    ],
)
def test_any_losses_make_a_mesh(loss, kind):
    contour_map = map_with(loss)
    mesh = surface_mesh(contour_map, height_scale(contour_map, kind))
    for array in (mesh.vertices, mesh.normals, mesh.shades):
        assert np.isfinite(array).all()
    assert (np.abs(mesh.vertices) <= np.array(HALF_SIDES) * (1.0 + 1e-12)).all()
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1.0)
    places = mesh.on_surface(np.random.default_rng(0).uniform(-1.0, 1.0, (50, 2)))
    if np.isfinite(loss).all():
        assert len(mesh.triangles) >= 2 * 49
        assert np.isfinite(places).all()


def test_a_map_is_cropped_to_a_domain():
    valley = Valley()
    whole = map_of(valley, (101, 121))
    part = cropped(whole, Domain.of((0.0, 4.0), (-5.0, 0.0)))
    assert part.field.loss.shape == (51, 41)
    assert part.field.domain[0] == pytest.approx((0.0, 4.0))
    np.testing.assert_array_equal(part.field.loss, whole.field.loss[:51, 40:81])
    assert part.scale == whole.scale
    assert part.field.minima == ((2.0, 0.0),)
    assert part.field.floor == 4.0
    beside = cropped(whole, Domain.of((4.0, 8.0), (1.0, 5.0)))
    assert beside.field.minima == ()
    assert beside.field.floor == pytest.approx(float(valley.loss([(4.0, 1.0)])[0]))
    assert cropped(whole, valley.domain) is whole
    assert cropped(whole, Domain.of((0.0, 0.1), (0.0, 5.0))) is whole  # hardly a sample in it
