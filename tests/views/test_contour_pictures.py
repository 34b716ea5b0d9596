"""The contour view's picture agrees with the numbers that it shows."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import contour_map
from gdviz.landscapes import Domain, preset
from gdviz.views.contour_view import ContourView
from gdviz.views.theme import DARK, LIGHT

SIZE = (480, 360)


@pytest.fixture(scope="session")
def inputs(valley, valley_map, descend_valley):
    """Return what sets each of a view's inputs, by name."""
    trajectories = (
        descend_valley((-3.0, 4.0), (7.0, -3.0)),
        descend_valley((0.0, -4.5), name="momentum", rate=0.02),
    )
    probe = np.array([5.0, 3.0])
    return {
        "landscape": lambda view: view.set_landscape(valley),
        "domain": lambda view: view.set_domain(valley.domain),
        "field": lambda view: view.set_field(valley_map),
        "trajectories": lambda view: view.set_trajectories(trajectories),
        "step": lambda view: view.set_step(7),
        "probe": lambda view: view.set_probe(probe, valley.gradient([probe])[0]),
        "theme": lambda view: view.set_theme(LIGHT),
    }


@pytest.fixture(scope="session")
def whole(images, inputs):
    """Return the picture that all inputs give, set in their natural order."""
    return draw(images, inputs, list(inputs))


def draw(images, inputs, order, *, interactive=False, size=SIZE):
    view = ContourView(interactive=interactive)
    scene = images.scene_of(view, size)
    for name in order:
        inputs[name](view)
    return images.rendered(view, (scene.width(), scene.height()))


@pytest.fixture
def shown(images, valley):
    """Return what shows the valley with some trajectories at a step."""

    def show(trajectories=(), step=0, *, theme=LIGHT, field=None, interactive=False, size=SIZE):
        view = ContourView(interactive=interactive)
        images.scene_of(view, size)
        view.set_theme(theme)
        view.set_landscape(valley)
        view.set_domain(valley.domain)
        view.set_field(field)
        view.set_trajectories(trajectories)
        view.set_step(step)
        return view

    return show


# --- inputs in any order ---


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_inputs_in_any_order_give_the_same_picture(images, inputs, whole, data):
    order = data.draw(st.permutations(list(inputs)))
    picture = draw(images, inputs, order)
    np.testing.assert_array_equal(picture, whole)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_inputs_alone_and_repeated_can_be_drawn(images, inputs, data):
    order = data.draw(st.lists(st.sampled_from(list(inputs)), max_size=6))
    draw(images, inputs, order)
    draw(images, inputs, order, interactive=True)


@pytest.mark.parametrize("size", [(100, 100), (60, 40), (1, 1), (2000, 100)])
def test_any_size_can_be_drawn(images, inputs, size):
    assert draw(images, inputs, list(inputs), size=size).shape == (size[1], size[0], 4)


def test_another_landscape_replaces_the_first(images, assert_alike):
    first, second = preset("valley").build(), preset("regression").build()
    fresh, used = ContourView(interactive=False), ContourView(interactive=False)
    for view, landscapes in ((fresh, [second]), (used, [first, second])):
        images.scene_of(view, SIZE)
        view.set_theme(LIGHT)
        for landscape in landscapes:
            view.set_landscape(landscape)
            view.set_domain(landscape.domain)
            view.set_field(contour_map(landscape, view.domain, (60, 80)))
    assert_alike(images.rendered(used), images.rendered(fresh))


# --- what is where ---


def test_the_domain_in_view_contains_the_one_that_was_set(images, valley):
    for size in (SIZE, (800, 200), (200, 800)):
        view = ContourView(interactive=False)
        images.scene_of(view, size)
        view.set_landscape(valley)
        view.set_domain(valley.domain)
        for (low, high), (wanted_low, wanted_high) in zip(view.domain, valley.domain, strict=True):
            assert low <= wanted_low + 1e-9
            assert high >= wanted_high - 1e-9


def test_an_isotropic_landscape_has_equal_units(images, valley):
    view = ContourView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_landscape(valley)
    view.set_domain(valley.domain)
    column, row = images.pixel_in_picture(view, 0.0, 0.0)
    right, top = images.pixel_in_picture(view, 1.0, 1.0)
    assert right - column == pytest.approx(row - top)


def test_another_landscape_fills_the_box(images):
    regression = preset("regression").build()
    view = ContourView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_landscape(regression)
    view.set_domain(regression.domain)
    for shown_interval, wanted in zip(view.domain, regression.domain, strict=True):
        assert shown_interval == pytest.approx(wanted)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_star_stands_on_the_minimum(images, shown, valley_map, theme):
    view = shown(field=valley_map, theme=theme)
    picture = images.rendered(view)
    column, row = images.pixel_in_picture(view, 2.0, 0.0)
    for across, down in itertools.product((-2, 0, 2), (-2, 0, 2)):
        pixel = images.at_pixel(picture, column + across, row + down)
        assert np.abs(pixel - images.color(theme.minimum)).max() <= 2


def test_there_is_no_star_elsewhere(images, shown, valley_map):
    view = shown(field=valley_map)
    picture = images.rendered(view)
    like_a_star = images.distance(picture, LIGHT.minimum) <= 2
    rows, columns = np.nonzero(like_a_star)
    column, row = images.pixel_in_picture(view, 2.0, 0.0)
    assert rows.size
    assert np.hypot(columns + 0.5 - column, rows + 0.5 - row).max() <= 10.0


@pytest.mark.parametrize("step", [0, 1, 5, 50, 1000])
def test_the_current_disc_has_the_runs_color_at_its_place(images, shown, descend_valley, step):
    trajectory = descend_valley((-3.0, 4.0))
    other = descend_valley((7.0, -3.0))
    view = shown((trajectory, other), step)
    picture = images.rendered(view)
    for number, run in enumerate((trajectory, other)):
        params = run.params[min(step, 50), 0]
        column, row = images.pixel_in_picture(view, *params)
        pixel = images.at_pixel(picture, column, row)
        # Both have come to the minimum at the end, the selected one, the first, on top.
        expected = LIGHT.run(0 if step >= 50 else number)
        assert np.abs(pixel - images.color(expected)).max() <= 2


def test_the_ring_marks_the_start_and_is_open_in_the_middle(images, shown, descend_valley):
    trajectory = descend_valley((-3.0, 4.0))
    view = shown((trajectory,), 10)
    picture = images.rendered(view)
    column, row = images.pixel_in_picture(view, -3.0, 4.0)
    ring = images.color(LIGHT.run(0))
    # The path leaves to the lower right; the ring is looked at on its other side.
    for across, down in ((-6.5, 0.0), (0.0, -6.5)):
        pixel = images.at_pixel(picture, column + across, row + down)
        assert np.abs(pixel - ring).max() <= 40
    inside = images.at_pixel(picture, column - 2.0, row - 2.0)
    assert np.abs(inside - ring).max() > 60


@pytest.mark.parametrize("interactive", [False, True])
def test_the_path_passes_through_its_points(images, shown, descend_valley, interactive):
    trajectory = descend_valley((-3.0, 4.0), rate=0.02, steps=40)
    view = shown((trajectory,), 40, interactive=interactive)
    picture = images.rendered(view)
    ink = images.color(LIGHT.run(0))
    points = trajectory.params[:, 0]
    middles = 0.5 * (points[1:] + points[:-1])
    far_from_marks = [
        (x, y)
        for x, y in np.concatenate([points, middles])
        if np.hypot(*(points[0] - (x, y))) > 0.6 and np.hypot(*(points[-1] - (x, y))) > 1.8
    ]
    assert len(far_from_marks) > 20
    for x, y in far_from_marks:
        column, row = images.pixel_in_picture(view, x, y)
        assert np.abs(images.at_pixel(picture, column, row) - ink).max() <= 50


def test_the_path_ends_at_the_current_step(images, shown, descend_valley):
    trajectory = descend_valley((-3.0, 4.0), rate=0.02, steps=100)
    view = shown((trajectory,), 10)
    picture = images.rendered(view)
    ink = images.distance(picture, LIGHT.run(0)) <= 30
    for record in range(20, 40):
        column, row = images.pixel_in_picture(view, *trajectory.params[record, 0])
        assert not ink[int(row), int(column)]


def test_runs_have_their_own_colors_across_trajectories(images, shown, descend_valley):
    batch = descend_valley((-3.0, 4.0), (-3.0, 2.0))
    single = descend_valley((6.0, 4.0))
    view = shown((batch, single), 0)
    picture = images.rendered(view)
    for number, start in enumerate([(-3.0, 4.0), (-3.0, 2.0), (6.0, 4.0)]):
        pixel = images.at_pixel(picture, *images.pixel_in_picture(view, *start))
        assert np.abs(pixel - images.color(LIGHT.run(number))).max() <= 2


def test_the_descent_arrow_points_downhill(images, shown, valley_map, descend_valley):
    view = shown((descend_valley((-3.0, 0.0)),), 0, field=valley_map)
    ink = images.distance(images.rendered(view), LIGHT.descent) <= 20
    rows, columns = np.nonzero(ink)
    column, row = images.pixel_in_picture(view, -3.0, 0.0)
    assert rows.size > 20
    # At (-3, 0) the valley descends along x alone.
    assert columns.min() >= column
    assert np.abs(rows + 0.5 - row).max() <= 6.0


def test_the_probes_arrow_points_uphill(images, shown, valley, valley_map):
    view = shown(field=valley_map)
    point = np.array([2.0, -3.0])
    view.set_probe(point, valley.gradient([point])[0])
    ink = images.distance(images.rendered(view), LIGHT.gradient) <= 20
    rows, columns = np.nonzero(ink)
    column, row = images.pixel_in_picture(view, *point)
    assert rows.size > 20
    assert rows.min() >= row - 1.0  # uphill is down, away from the minimum
    assert np.abs(columns + 0.5 - column).max() <= 6.0
    view.set_probe(None, None)
    assert not np.any(images.distance(images.rendered(view), LIGHT.gradient) <= 20)


def test_the_field_has_the_shade_of_its_loss(images, shown, valley, valley_map):
    view = shown(field=valley_map)
    picture = images.rendered(view)
    rng = np.random.default_rng(0)
    good = 0
    points = rng.uniform((-3.9, -4.9), (7.9, 4.9), size=(200, 2))
    shades = valley_map.scale.shade(valley.loss(points))
    for (x, y), shade in zip(points.tolist(), shades.tolist(), strict=True):
        pixel = images.at_pixel(picture, *images.pixel_in_picture(view, x, y))
        expected = viridis(shade)
        good += np.abs(pixel - expected).max() <= 12
    # The rest lies under contour lines, labels and the star.
    assert good >= 150


def viridis(shade):
    import pyqtgraph as pg

    return pg.colormap.get("viridis").map(shade, mode="byte")[:3].astype(int)


def test_there_are_bright_lines_at_the_levels(images, shown, valley_map):
    with_lines = images.rendered(shown(field=valley_map))
    view = shown(field=valley_map)
    line = next(line for line in valley_map.lines if line.pieces and line.level > 20.0)
    brighter = 0
    for x, y in line.pieces[0][::5].tolist():
        if not (-3.8 < x < 7.8 and -4.8 < y < 4.8):
            continue
        column, row = images.pixel_in_picture(view, x, y)
        around = with_lines[int(row) - 4 : int(row) + 5, int(column) - 4 : int(column) + 5, :3]
        brighter += (
            with_lines[int(row), int(column), :3].sum() > np.median(around.sum(axis=-1)) + 40
        )
    assert brighter > 10


def test_outside_of_the_map_nothing_is_drawn(images, valley):
    view = ContourView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    view.set_landscape(valley)
    view.set_domain(Domain.of((-40.0, 80.0), (-50.0, 50.0)))
    view.set_field(contour_map(valley, valley.domain, (60, 80)))
    picture = images.rendered(view)
    for x, y in ((-30.0, 0.0), (70.0, 30.0), (0.0, -40.0)):
        pixel = images.at_pixel(picture, *images.pixel_in_picture(view, x, y))
        assert pixel.tolist() == images.color(images.BACKGROUND).tolist()


def test_dark_and_light_differ_where_they_should(images, shown, valley_map, descend_valley):
    light, dark = (
        images.rendered(shown((descend_valley((-3.0, 4.0)),), 3, theme=theme, field=valley_map))
        for theme in (LIGHT, DARK)
    )
    assert np.any(images.distance(light, LIGHT.halo) <= 2)
    assert np.any(images.distance(dark, DARK.halo) <= 2)
    assert np.any(images.distance(dark, DARK.run(0)) <= 2)
    assert not np.any(images.distance(dark, LIGHT.run(0)) <= 2)
