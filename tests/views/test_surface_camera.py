"""Where a camera draws the points of the surface's box, against closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdviz.experiment.camera import CAMERAS, HALF_SIDES, Camera, camera_named
from gdviz.views.surface.projection import Projection

SIZE = (640.0, 420.0)
CORNERS = np.array(
    [[x, y, z * HALF_SIDES[2]] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)]
)
ANGLES = {
    "azimuth": st.floats(-180.0, 180.0),
    "elevation": st.floats(-30.0, 90.0),
}


def test_from_above_x_grows_to_the_right_and_y_upward_on_one_scale():
    projection = Projection.of(CAMERAS["above"], *SIZE)
    pixels = projection.pixels(np.array([[0.0, 0, 0], [1.0, 0, 0], [0, 1.0, 0], [0, 0, 0.5]]))
    unit = projection.unit
    np.testing.assert_allclose(pixels[1] - pixels[0], [unit, 0.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(pixels[2] - pixels[0], [0.0, -unit, 0.0], atol=1e-9)
    assert pixels[3, :2] == pytest.approx(pixels[0, :2])
    assert pixels[3, 2] < pixels[0, 2]  # what is higher is nearer


@pytest.mark.parametrize(("name", "across"), [("x", 0), ("y", 1)])
def test_along_one_parameter_the_other_grows_to_the_right(name, across):
    projection = Projection.of(CAMERAS[name], *SIZE)
    points = np.zeros((3, 3))
    points[1, across], points[2, 2] = 0.5, 0.5
    middle, beside, above = projection.pixels(points)[:, :2]
    assert beside[0] > middle[0]
    assert beside[1] == pytest.approx(middle[1])
    assert above[0] == pytest.approx(middle[0])
    assert above[1] < middle[1]


@given(**ANGLES)
def test_a_point_appears_where_the_formula_says(azimuth, elevation):
    camera = Camera(azimuth=azimuth, elevation=elevation, perspective=0.2)
    projection = Projection.of(camera, *SIZE)
    point = np.array([0.7, -0.4, 0.3])
    a, e = math.radians(azimuth), math.radians(elevation)
    eye = np.array([math.cos(e) * math.cos(a), math.cos(e) * math.sin(a), math.sin(e)])
    right = np.array([-math.sin(a), math.cos(a), 0.0])
    away = 1.0 - 0.2 * (point @ eye)
    origin, found = projection.pixels(np.array([[0.0, 0.0, 0.0], point]))
    assert found[0] - origin[0] == pytest.approx(projection.unit * (point @ right) / away)
    upward = np.cross(eye, right)
    assert origin[1] - found[1] == pytest.approx(projection.unit * (point @ upward) / away)


@given(**ANGLES, zoom=st.floats(0.4, 12.0), perspective=st.floats(0.0, 0.6))
def test_pixels_and_depths_lead_back_to_the_points(azimuth, elevation, zoom, perspective):
    projection = Projection.of(Camera(azimuth, elevation, zoom, perspective=perspective), *SIZE)
    pixels = projection.pixels(CORNERS)
    np.testing.assert_allclose(projection.points(pixels), CORNERS, atol=1e-7)
    assert ((pixels[:, 2] >= 0.0) & (pixels[:, 2] <= 1.0)).all()


@given(**ANGLES, width=st.floats(216.0, 2000.0), height=st.floats(132.0, 1500.0))
def test_the_box_fits_however_it_is_turned(azimuth, elevation, width, height):
    pixels = Projection.of(Camera(azimuth, elevation), width, height).pixels(CORNERS)
    assert (pixels[:, :2] >= 0.0).all()
    assert (pixels[:, :2] <= (width, height)).all()


def test_turning_does_not_change_the_scale():
    units = {Projection.of(Camera(azimuth=turn), *SIZE).unit for turn in range(-180, 180, 15)}
    assert len(units) == 1


def test_the_nearer_of_two_points_on_a_line_of_sight_has_the_smaller_depth():
    projection = Projection.of(CAMERAS["corner"], *SIZE)
    middle = projection.pixels(np.zeros((1, 3)))[0]
    line = projection.points(np.array([[*middle[:2], depth] for depth in (0.2, 0.5, 0.8)]))
    toward = line @ CAMERAS["corner"].axes[2]
    assert toward[0] > toward[1] > toward[2]


def test_depth_changes_evenly_across_the_picture_of_a_plane():
    projection = Projection.of(Camera(perspective=0.3), *SIZE)
    ends = projection.pixels(np.array([[-1.0, -1.0, 0.2], [1.0, 1.0, -0.3]]))
    middle = 0.5 * (ends[0] + ends[1])
    point = projection.points(middle[np.newaxis])[0]
    direction = np.array([2.0, 2.0, -0.5])
    share = (point - [-1.0, -1.0, 0.2]) / direction
    assert share == pytest.approx(share[0])


def test_zooming_keeps_what_is_under_the_pointer():
    camera = Camera()
    column, row = 420.0, 150.0
    less = min(SIZE)
    about = ((column - 0.5 * SIZE[0]) / less, (0.5 * SIZE[1] - row) / less)
    before = Projection.of(camera, *SIZE).points(np.array([[column, row, 0.4]]))
    after = Projection.of(camera.zoomed(1.5, about), *SIZE).pixels(before)
    # The box is not in the middle of a picture: what fits leaves more room for words beneath.
    np.testing.assert_allclose(after[0, 0], column, atol=1e-6)
    np.testing.assert_allclose(after[0, 1], row, atol=1e-6)


def test_a_camera_stays_within_its_limits():
    camera = Camera().orbited(1000.0, 500.0)
    assert camera.elevation == 90.0
    assert -180.0 <= camera.azimuth < 180.0
    assert camera.orbited(0.0, -500.0).elevation == -30.0
    assert Camera().zoomed(1e9).zoom == 12.0
    assert Camera().zoomed(1e-9).zoom == 0.4
    assert Camera().panned(-9.0, 9.0).pan == (-2.0, 2.0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"elevation": 91.0},
        {"elevation": -31.0},
        {"zoom": 0.0},
        {"azimuth": math.nan},
        {"pan": (math.inf, 0.0)},
        {"perspective": 1.0},
        {"perspective": -0.1},
    ],
)
def test_a_camera_that_sees_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=r"must be|finite"):
        Camera(**wrong)


def test_cameras_have_names_and_numbers():
    assert camera_named("above") == CAMERAS["above"]
    assert camera_named("-30, 20.5") == Camera(azimuth=-30.0, elevation=20.5)
    assert camera_named("-30,20,1.5") == Camera(-30.0, 20.0, 1.5)
    assert camera_named("-30,20,1.5,0.1,-0.2") == Camera(-30.0, 20.0, 1.5, (0.1, -0.2))
    for text in ("below", "1,2,3,4", "12", "nan,0", "0,95", ""):
        with pytest.raises(ValueError, match=r"camera|elevation"):
            camera_named(text)
