"""The surface view's picture agrees with the numbers that it shows, and its mouse with the eye."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt

from gdviz.engine import contour_map, mapped, sample_field
from gdviz.experiment.camera import CAMERAS, HALF_SIDES, Camera
from gdviz.landscapes import PRESETS, Domain, preset
from gdviz.views.surface.axes import far_faces, sides
from gdviz.views.surface.mark_item import arrow_on_surface
from gdviz.views.surface.plane_item import tangent_patch
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.ticks import round_numbers
from gdviz.views.surface_view import SurfaceView
from gdviz.views.theme import DARK, LIGHT

SIZE = (480, 360)
SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture(scope="session")
def inputs(valley, valley_map, descend_valley):
    """Return what sets each of a view's inputs, by name."""
    trajectories = (
        descend_valley((-3.0, 4.0), (7.0, -3.0)),
        descend_valley((0.0, -4.5), name="momentum", rate=0.02),
    )
    return {
        "landscape": lambda view: view.set_landscape(valley),
        "field": lambda view: view.set_field(valley_map),
        "trajectories": lambda view: view.set_trajectories(trajectories),
        "step": lambda view: view.set_step(7),
        "ghost": lambda view: view.set_ghost((1, 3)),
        "camera": lambda view: view.set_camera(Camera(azimuth=-40.0, elevation=30.0)),
        "heights": lambda view: view.set_height_scale("colors"),
        "cut": lambda view: view.set_cut((0,), np.array([1.0, 2.0])),
        "tangent": lambda view: view.set_overlays({"tangent_plane", "slice_plane"}),
        "theme": lambda view: view.set_theme(LIGHT),
    }


def draw(images, inputs, order, *, interactive=False, size=SIZE):
    view = SurfaceView(interactive=interactive)
    scene = images.scene_of(view, size)
    for name in order:
        inputs[name](view)
    return images.rendered(view, (scene.width(), scene.height()))


@pytest.fixture
def shown(images, valley, valley_map):
    """Return what makes a view of the valley, or of another landscape."""

    def show(landscape=valley, *, interactive=False, camera=CAMERAS["corner"], theme=LIGHT):
        view = SurfaceView(interactive=interactive)
        images.scene_of(view, SIZE)
        view.set_theme(theme)
        view.set_landscape(landscape)
        field = valley_map if landscape is valley else map_of(landscape)
        view.set_field(field)
        view.set_camera(camera)
        return view

    return show


def map_of(landscape, shape=(90, 120)):
    return contour_map(landscape, landscape.domain, shape)


def place(view, *params):
    """Return the column and the row at which a view is to show the surface at parameters."""
    pixels, seen = view.sight.place(np.array([params], dtype=np.float64))
    return pixels[0, 0], pixels[0, 1], bool(seen[0])


# --- inputs in any order ---


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_inputs_in_any_order_give_the_same_picture(images, inputs, data):
    whole = draw(images, inputs, list(inputs), size=(240, 160))
    order = data.draw(st.permutations(list(inputs)))
    np.testing.assert_array_equal(draw(images, inputs, order, size=(240, 160)), whole)


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_inputs_alone_and_repeated_can_be_drawn(images, inputs, data):
    order = data.draw(st.lists(st.sampled_from(list(inputs)), max_size=6))
    for interactive in (False, True):
        draw(images, inputs, order, size=(160, 120), interactive=interactive)


@pytest.mark.parametrize("size", [(216, 132), (60, 40), (1, 1), (900, 100)])
def test_any_size_can_be_drawn(images, inputs, size):
    assert draw(images, inputs, list(inputs), size=size).shape == (size[1], size[0], 4)


@pytest.mark.parametrize("name", [known.name for known in PRESETS if known.build().dimension > 1])
def test_every_preset_is_drawn(images, name):
    landscape = preset(name).build()
    view = SurfaceView(interactive=False)
    images.scene_of(view, (160, 120))
    view.set_theme(LIGHT)
    view.set_landscape(landscape)
    view.set_field(map_of(landscape, (40, 50)))
    drawn = images.distance(images.rendered(view, (160, 120)), images.BACKGROUND) > 3
    assert drawn.mean() > 0.1


def test_an_empty_view_draws_nothing_and_says_nothing(images):
    view = SurfaceView()
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    picture = images.rendered(view, SIZE)
    assert (images.distance(picture, images.BACKGROUND) == 0).all()
    assert view.note == ""
    view.box.clicked.emit(QPointF(100.0, 100.0))
    view.box.hovered.emit(QPointF(100.0, 100.0))


# --- what is where ---


def test_the_minimum_is_a_star_where_the_projection_says(shown, images):
    view = shown()
    picture = images.rendered(view, SIZE)
    scale = 2.0 * (4.0 - 4.0) / 86.0 - 1.0  # the loss at the minimum is the lowest one
    point = np.array([[0.0, 0.0, HALF_SIDES[2] * scale]])  # in the middle of the domain
    column, row, _depth = Projection.of(CAMERAS["corner"], *SIZE).pixels(point)[0]
    star = images.distance(picture, LIGHT.minimum) < 12
    rows, columns = np.nonzero(star)
    assert columns.mean() == pytest.approx(column, abs=1.0)
    assert rows.mean() == pytest.approx(row, abs=1.5)


def test_a_run_is_a_line_from_its_ring_to_its_disc(shown, images, descend_valley):
    trajectory = descend_valley((-3.0, 4.0))
    view = shown()
    view.set_trajectories((trajectory,))
    view.set_step(9)
    picture = images.rendered(view, SIZE)
    color = LIGHT.run(0)
    column, row, seen = place(view, *trajectory.params[9, 0])
    assert seen
    assert images.distance(picture, color)[int(row), int(column)] < 12
    ring = place(view, -3.0, 4.0)
    assert images.distance(picture, color)[int(ring[1]), int(ring[0] + 6.5)] < 30
    half = place(view, *(0.5 * (trajectory.params[1, 0] + trajectory.params[2, 0])))
    near = images.distance(picture, color)[int(half[1]) - 1 : int(half[1]) + 2, int(half[0])]
    assert near.min() < 60


def test_a_run_is_drawn_up_to_the_step_only(shown, images, descend_valley):
    trajectory = descend_valley((-3.0, 4.0), rate=0.02)
    view = shown()
    view.set_trajectories((trajectory,))
    view.set_step(5)
    before = images.rendered(view, SIZE)
    column, row, _seen = place(view, *trajectory.params[20, 0])
    view.set_step(40)
    after = images.rendered(view, SIZE)
    color = LIGHT.run(0)
    window = np.s_[int(row) - 1 : int(row) + 2, int(column) - 1 : int(column) + 2]
    assert images.distance(before, color)[window].min() > 60
    assert images.distance(after, color)[window].min() < 20


@pytest.mark.parametrize("runs", [1, 2, 20])
def test_retained_pixels_are_those_of_a_picture(images, valley_map, valley, descend_valley, runs):
    rng = np.random.default_rng(3)
    starts = [tuple(start) for start in rng.uniform((-4, -5), (8, 5), (runs, 2)).tolist()]
    trajectory = descend_valley(*starts, rate=0.05)
    pictures = []
    for steps in (range(20), (19,), (40, 19)):
        view = SurfaceView()
        images.scene_of(view, SIZE)
        view.set_theme(LIGHT)
        view.set_landscape(valley)
        view.set_field(valley_map)
        view.set_trajectories((trajectory,))
        for step in steps:
            view.set_step(step)
            pictures.append(images.rendered(view, SIZE))
        pictures = [*pictures[: -len(steps)], pictures[-1]]
    for other in pictures[1:]:
        different = np.abs(other - pictures[0]).max(axis=-1) > 40
        assert different.mean() < 0.005


def test_the_field_has_the_contour_view_s_colors_in_the_light(shown, images):
    view = shown(camera=CAMERAS["above"])
    picture = images.rendered(view, SIZE)
    low = images.at_pixel(picture, *place(view, 2.4, 0.3)[:2])
    high = images.at_pixel(picture, *place(view, 7.7, 4.6)[:2])
    assert low[2] > low[1]  # violet
    assert min(high[:2]) > 1.5 * high[2]  # yellow


def test_contour_lines_are_drawn_where_their_level_is(shown, images, valley, valley_map):
    view = shown(camera=CAMERAS["above"])
    with_lines = images.rendered(view, SIZE)
    bare = mapped(valley, sample_field(valley, valley.domain, (180, 240)))
    view.set_field(type(bare)(bare.field, bare.scale, (), bare.steepest))
    without = images.rendered(view, SIZE)
    changed = np.abs(with_lines - without).max(axis=-1) > 25
    rows, columns = np.nonzero(changed)
    losses, levels = [], np.array([line.level for line in valley_map.lines])
    for row, column in zip(rows[::17].tolist(), columns[::17].tolist(), strict=True):
        params = view.sight.params_at(column + 0.5, row + 0.5)
        if params is not None:
            losses.append(float(valley.loss([params])[0]))
    assert len(losses) > 50
    away = np.abs(np.sqrt(np.array(losses) - 4.0)[:, np.newaxis] - np.sqrt(levels - 4.0))
    assert np.quantile(away.min(axis=1), 0.95) < 0.12


def test_what_a_wall_hides_is_drawn_faintly(shown, images, descend_valley):
    trajectory = descend_valley((7.9, -4.9))
    view = shown(camera=Camera(azimuth=140.0, elevation=5.0))
    view.set_trajectories((trajectory,))
    view.set_step(0)
    behind = [
        params for params in ((-3.9, 4.6), (7.8, -4.8), (2.0, 0.0)) if not place(view, *params)[2]
    ]
    assert behind
    picture = images.rendered(view, SIZE)
    column, row, seen = place(view, 2.0, 0.0)
    assert not seen
    star = images.distance(picture, LIGHT.minimum)[int(row) - 4 : int(row) + 5, int(column)]
    assert star.min() > 25  # not as it is where it is seen …
    view.set_landscape(preset("saddle").build())
    without = images.rendered(view, SIZE)
    window = np.s_[int(row) - 3 : int(row) + 4, int(column) - 3 : int(column) + 4]
    assert np.abs(picture - without)[window].max() > 20  # … but there


def test_the_arrow_points_down_the_surface(shown, valley):
    view = shown(camera=CAMERAS["above"])
    point = np.array([6.0, -3.0])
    gradient = valley.gradient([point])[0]
    loss = float(valley.loss([point])[0])
    tail, tip = arrow_on_surface(view.sight, point, loss, gradient, downhill=True)
    column, row, _seen = place(view, 6.0, -3.0)
    assert (tail.x(), tail.y()) == pytest.approx((column, row))
    along = np.array([tip.x() - tail.x(), tail.y() - tip.y()])
    step = -gradient / np.array([12.0, 10.0])  # as the square box shows it from above
    assert along @ step == pytest.approx(np.hypot(*along) * np.hypot(*step))
    back, up = arrow_on_surface(view.sight, point, loss, gradient, downhill=False)
    assert (up.x() - back.x(), up.y() - back.y()) == pytest.approx(
        (tail.x() - tip.x(), tail.y() - tip.y())
    )
    flat = arrow_on_surface(view.sight, point, loss, np.zeros(2), downhill=True)
    assert flat is None


def test_the_tangent_plane_touches_the_surface(shown, valley):
    view = shown()
    point = np.array([5.0, 2.0])
    at = (point, float(valley.loss([point])[0]), valley.gradient([point])[0])
    patch = tangent_patch(view.sight, at)
    mesh = view.sight.mesh
    base = mesh.at(point[np.newaxis])[0]
    slope = mesh.tangent(at[1], at[2])
    for corner in patch:
        rise = slope @ (corner[:2] - base[:2])
        assert corner[2] - base[2] == pytest.approx(rise, abs=1e-9)
        assert (np.abs(corner) <= np.array(HALF_SIDES) + 1e-9).all()
    # A convex surface lies above its tangent plane.
    inner = base + 0.3 * (patch - base)
    assert (mesh.on_surface(inner[:, :2])[:, 2] > inner[:, 2]).all()


def test_planes_are_drawn_when_asked_for(shown, images, descend_valley):
    view = shown()
    view.set_trajectories((descend_valley((-3.0, 4.0)),))
    view.set_step(2)
    bare = images.rendered(view, SIZE)
    view.set_cut((0,), np.array([0.0, 1.0]))
    view.set_overlays({"slice_plane"})
    cut = images.rendered(view, SIZE)
    assert (np.abs(cut - bare).max(axis=-1) > 8).mean() > 0.05
    # After two steps of rate 0.1 the run is at y = 1.44.
    column, row, _seen = place(view, 4.0, 1.44)
    near = images.distance(cut, LIGHT.partials[0])[int(row) - 1 : int(row) + 2, int(column)]
    assert near.min() < 20
    view.set_cut((0, 1), np.array([0.0, 1.0]))
    both = images.rendered(view, SIZE)
    assert (images.distance(both, LIGHT.partials[1]) < 20).sum() > 60
    view.set_cut((), np.array([0.0, 1.0]))
    along = images.rendered(view, SIZE)
    assert (images.distance(along, LIGHT.descent) < 20).sum() > (
        60 + (images.distance(bare, LIGHT.descent) < 20).sum()
    )
    view.set_overlays(())
    np.testing.assert_array_equal(images.rendered(view, SIZE), bare)
    view.set_overlays({"tangent_plane"})
    assert (np.abs(images.rendered(view, SIZE) - bare).max(axis=-1) > 8).mean() > 0.01
    view.set_overlays(())
    np.testing.assert_array_equal(images.rendered(view, SIZE), bare)


def test_starts_and_discs_outside_the_domain_are_left_out(shown, images, descend_valley):
    view = shown()
    bare = images.rendered(view, SIZE)
    view.set_trajectories((descend_valley((40.0, 40.0), rate=1e-6),))
    np.testing.assert_array_equal(images.rendered(view, SIZE), bare)


def test_a_run_that_diverges_can_be_drawn(shown, images, descend_valley):
    view = shown()
    view.set_trajectories((descend_valley((-3.0, 4.0), rate=1.5, steps=900),))
    view.set_step(900)
    images.rendered(view, SIZE)


def test_holes_show_what_is_behind_them(images, valley):
    box = Domain.of((-4.0, 8.0), (-5.0, 5.0))
    field = sample_field(valley, box, (60, 60))
    loss = field.loss.copy()
    loss[20:40, 20:40] = math.nan
    pierced = mapped(valley, type(field)(box, field.x, field.y, loss, (), field.floor))
    view = SurfaceView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    view.set_field(pierced)
    view.set_camera(CAMERAS["above"])
    picture = images.rendered(view, SIZE)
    middle = images.at_pixel(picture, SIZE[0] / 2 + 9, SIZE[1] / 2 + 9)
    assert np.abs(middle - images.color(LIGHT.field)).max() <= 12


# --- box and words ---


@given(azimuth=st.floats(-180.0, 180.0), elevation=st.floats(-30.0, 90.0))
def test_the_faces_behind_are_those_that_turn_away(azimuth, elevation):
    camera = Camera(azimuth=azimuth, elevation=elevation)
    toward = camera.axes[2]
    for face, part in zip(far_faces(camera), toward, strict=True):
        assert face * part <= 1e-9


@given(
    corner=st.sampled_from([0.0, 90.0, -90.0, -180.0]),
    turn=st.floats(25.0, 65.0),
    elevation=st.floats(15.0, 60.0),
)
def test_numbers_stand_outside_the_box(corner, turn, elevation):
    projection = Projection.of(Camera(azimuth=corner + turn, elevation=elevation), *SIZE)
    corners = np.array(np.meshgrid(*[(-half, half) for half in HALF_SIDES])).reshape(3, -1).T
    pixels = projection.pixels(corners)[:, :2]
    for side in sides(projection):
        if side.length > 40.0:
            beyond = (pixels - np.array(side.begin)) @ np.array(side.outward)
            assert beyond.max() < 5.0


@given(low=st.floats(-1e9, 1e9), span=st.floats(1e-6, 1e9), most=st.integers(1, 12))
def test_ticks_are_round_and_few(low, span, most):
    assume(span > 1e-6 * abs(low))  # or floats hardly tell them apart
    values, spacing = round_numbers(low, low + span, most)
    assert len(values) <= most
    assert all(low - 1e-6 * spacing <= value <= low + span + 1e-6 * spacing for value in values)
    digits = f"{spacing:.6e}".split("e")[0].rstrip("0").rstrip(".")
    assert digits in {"1", "2", "5"}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("azimuth", range(-180, 180, 45))
def test_words_stay_within_the_picture(images, shown, azimuth, theme):
    """A frame of two pixels about the picture stays empty."""
    view = shown(camera=Camera(azimuth=float(azimuth), elevation=20.0), theme=theme)
    drawn = images.distance(images.rendered(view, SIZE), images.BACKGROUND) > 3
    frame = np.ones_like(drawn)
    frame[1:-1, 1:-1] = False
    assert not (drawn & frame).any()
    assert drawn.any()


# --- without OpenGL ---


def test_without_opengl_the_view_says_so_and_is_drawn(shown, images):
    """The platform of these tests has none, unless there is an X server at hand."""
    on_screen, picture = shown(interactive=True), shown()
    theirs, ours = (images.rendered(view, SIZE) for view in (on_screen, picture))
    if not on_screen.note:
        pytest.skip("there is OpenGL here")
    assert on_screen.note == "No OpenGL here: drawn without it, more slowly"
    assert picture.note == ""
    away = np.abs(theirs - ours).max(axis=-1)
    away[:24] = 0  # the note itself
    assert (away > 60).mean() < 0.02


def test_a_surface_that_is_cut_off_says_where(shown, images):
    view = shown(preset("rosenbrock").build())
    images.rendered(view, SIZE)
    assert view.note.startswith("cut off at loss ")
    view.set_height_scale("colors")
    assert view.note == ""


def test_unknown_heights_are_refused(shown):
    with pytest.raises(ValueError, match="linear, colors"):
        shown().set_height_scale("steep")
