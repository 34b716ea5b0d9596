"""Pictures that are known from geometry, drawn without OpenGL."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import Field, mapped
from gdviz.experiment.camera import CAMERAS, HALF_SIDES, Camera
from gdviz.landscapes import Domain, Valley
from gdviz.views.surface.heights import HeightScale
from gdviz.views.surface.mesh import surface_mesh
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.rasterizer import lit_colors, rasterize, render
from gdviz.views.surface.relief import DEEPEST, Lighting, Relief

SIZE = (300, 200)


def mesh_of(loss, low=0.0, high=1.0):
    loss = np.array(loss, dtype=np.float64)
    box = Domain.of((-1.0, 1.0), (-1.0, 1.0))
    x, y = (np.linspace(-1.0, 1.0, count) for count in loss.shape[::-1])
    contour_map = mapped(Valley(), Field(box, x, y, loss, (), float(np.nanmin(loss))))
    return surface_mesh(contour_map, HeightScale(low, high))


def gray(mesh):
    return np.full((len(mesh.vertices), 3), 0.5)


def pyramid(side=21):
    """Return a mesh with its peak in the middle, 1 high, and its edges at 0."""
    away = np.abs(np.linspace(-1.0, 1.0, side))
    return mesh_of(1.0 - np.maximum.outer(away, away))


# --- triangles ---


@given(
    corners=st.lists(
        st.tuples(st.floats(-20.0, 50.0), st.floats(-20.0, 50.0)), min_size=3, max_size=3
    )
)
@settings(max_examples=60, deadline=None)
def test_a_triangle_owns_the_pixels_whose_middles_are_within(corners):
    flat = np.array(corners)
    pixels = np.column_stack([flat, [0.1, 0.5, 0.9]])
    (ax, ay), (bx, by), (cx, cy) = corners
    area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    owner, depth = rasterize(pixels, np.array([[0, 1, 2]], dtype=np.int32), (24, 32))
    row, column = np.mgrid[:24, :32] + 0.5
    if abs(area) < 1e-3:
        return
    second = ((column - ax) * (cy - ay) - (row - ay) * (cx - ax)) / area
    third = ((bx - ax) * (row - ay) - (by - ay) * (column - ax)) / area
    least = np.minimum(np.minimum(second, third), 1.0 - second - third)
    assert (owner[least > 1e-6] == 0).all()
    assert (owner[least < -1e-6] == -1).all()
    inside = least > 1e-6
    expected = 0.1 + 0.4 * second + 0.8 * third
    np.testing.assert_allclose(depth[inside] / DEEPEST, expected[inside], atol=1e-6)


def test_the_nearer_triangle_wins_whatever_their_order():
    corners = np.array([[0, 0], [40, 0], [0, 40]], dtype=np.float64)
    near, far = (np.column_stack([corners, np.full(3, depth)]) for depth in (0.2, 0.6))
    triangles = np.array([[0, 1, 2], [3, 4, 5]], dtype=np.int32)
    for order, winner in ((np.concatenate([near, far]), 0), (np.concatenate([far, near]), 1)):
        owner, _depth = rasterize(order, triangles, (10, 10))
        assert (owner == winner).all()


def test_neighbors_leave_no_gap_between_them():
    rng = np.random.default_rng(1)
    mesh = mesh_of(rng.uniform(0.0, 1.0, (30, 30)))
    relief = render(mesh, gray(mesh), Projection.of(CAMERAS["above"], *SIZE), 1.0)
    drawn = relief.depths != 0
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    assert drawn[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].all()


# --- pictures ---


def test_a_plane_seen_from_above_is_a_square_at_one_depth():
    mesh = mesh_of(np.full((5, 5), 0.5))
    projection = Projection.of(CAMERAS["above"], *SIZE)
    relief = render(mesh, gray(mesh), projection, 2.0)
    assert relief.colors.shape == (400, 600)
    side = 2.0 * projection.unit
    assert np.count_nonzero(relief.colors) == pytest.approx((2.0 * side) ** 2, rel=0.02)
    assert len(np.unique(relief.colors)) == 2  # it and nothing
    middle = projection.pixels(np.zeros((1, 3)))
    depth = relief.depth_at(middle[:, :2])
    assert depth[0] == pytest.approx(middle[0, 2], abs=1e-6)
    assert math.isnan(relief.depth_at(np.array([[2.0, 2.0]]))[0])


@pytest.mark.parametrize(
    "camera", [Camera(), Camera(azimuth=100.0, elevation=15.0), CAMERAS["above"]]
)
def test_depths_lead_back_to_the_pyramid(camera):
    mesh = pyramid()
    projection = Projection.of(camera, *SIZE)
    relief = render(mesh, gray(mesh), projection, 1.0)
    row, column = np.nonzero(relief.depths)
    pixels = np.stack([column + 0.5, row + 0.5], axis=1)
    depth = relief.depth_at(pixels)
    x, y, z = projection.points(np.column_stack([pixels, depth])).T
    height = 1.0 - np.maximum(np.abs(x), np.abs(y))
    # Two of its edges run across the cells' diagonals and are cut off there.
    exact = (x * y > 0.0) | (np.abs(np.abs(x) - np.abs(y)) > 0.1)
    assert exact.mean() > 0.85
    expected = HALF_SIDES[2] * (2.0 * height - 1.0)
    np.testing.assert_allclose(z[exact], expected[exact], atol=1e-4)


def test_what_is_behind_a_peak_is_hidden_and_what_is_before_it_is_seen():
    mesh = pyramid()
    projection = Projection.of(Camera(azimuth=-90.0, elevation=5.0), *SIZE)  # from where y is low
    relief = render(mesh, gray(mesh), projection, 1.0)
    params = np.array([[0.0, -0.6], [0.0, 0.6], [0.0, -0.02], [0.9, 0.97]])
    seen = relief.shows(projection.pixels(mesh.at(params)))
    assert seen.tolist() == [True, False, True, False]
    nothing = np.full((1, 3), math.nan)
    assert relief.shows(nothing).tolist() == [False]


def test_lines_on_the_surface_are_seen_all_along():
    """No point of what faces the eye is lost to rounding, at whatever angle."""
    side = np.linspace(-1.0, 1.0, 60)
    mesh = mesh_of(0.5 + 0.2 * np.sin(3.0 * side)[:, np.newaxis] * side)
    places = np.random.default_rng(2).uniform(-0.97, 0.97, (2000, 2))
    for elevation in (35.0, 50.0, 90.0):
        projection = Projection.of(Camera(azimuth=-37.0, elevation=elevation), *SIZE)
        relief = render(mesh, gray(mesh), projection, 1.0)
        points = mesh.on_surface(places)
        assert relief.shows(projection.pixels(points)).all()


def test_outside_the_picture_nothing_is_hidden():
    relief = Relief(np.zeros((4, 4), np.uint32), np.full((4, 4), 0xFF000000, np.uint32), 1.0)
    pixels = np.array([[2.0, 2.0, 0.9], [40.0, 2.0, 0.9], [-5.0, -5.0, 0.9]])
    assert relief.shows(pixels).tolist() == [False, True, True]


# --- light ---


def test_what_faces_the_light_is_brighter():
    mesh = pyramid()
    camera = Camera(azimuth=-90.0, elevation=45.0)
    lit = lit_colors(mesh, gray(mesh), Projection.of(camera, *SIZE), Lighting())[:, 0]
    left, right = (lit[10 * 21 + column] for column in (5, 15))
    assert left > right  # it comes from above the left shoulder


def test_light_is_lambert_s_and_blinn_s():
    mesh = mesh_of(np.full((3, 3), 0.5))
    lighting = Lighting((0.0, 0.0, 1.0), ambient=0.2, diffuse=0.5, gloss=0.25, shine=2.0)
    camera = Camera(azimuth=-90.0, elevation=30.0)
    lit = lit_colors(mesh, gray(mesh), Projection.of(camera, *SIZE), lighting)
    # The light comes from the eye: both angles to the normal are 60 degrees.
    expected = 0.5 * (0.2 + 0.5 * 0.5) + 0.25 * 0.5**2
    np.testing.assert_allclose(lit, expected)


def test_the_side_that_is_seen_is_lit_from_below_too():
    mesh = mesh_of(np.full((3, 3), 0.5))
    above, below = (
        lit_colors(
            mesh, gray(mesh), Projection.of(Camera(-90.0, angle), *SIZE), Lighting((0, 0, 1.0))
        )
        for angle in (30.0, -30.0)
    )
    np.testing.assert_allclose(above, below)


def test_a_coarse_mesh_is_the_same_surface():
    mesh = pyramid(41)
    coarse = mesh.coarser(11)
    assert coarse.height.shape == (11, 11)
    places = np.array([[0.3, -0.2], [-0.5, 0.1]])
    np.testing.assert_allclose(coarse.on_surface(places), mesh.on_surface(places), atol=1e-9)
