"""Axes of curvature and the parts of a step point where they should, as long as they should."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from gdviz.landscapes import preset
from gdviz.views.component_item import ComponentArrow, magnification
from gdviz.views.contour_view import ContourView
from gdviz.views.eigen_item import EigenAxis, _free_plate, eigen_axes
from gdviz.views.pixel_map import PixelMap
from gdviz.views.theme import DARK, LIGHT
from gdviz.views.trace import RunLook

SIZE = (480, 360)
SQUARE = PixelMap((-4.0, 8.0), (-5.0, 5.0), 600.0, 500.0)
STRETCHED = PixelMap((0.0, 1.0), (0.0, 10.0), 600.0, 600.0)


def lengths(axes):
    return [math.hypot(*axis.reach) for axis in axes]


# --- the Hessian's axes ---


def test_the_larger_eigenvalue_comes_first_and_the_flat_direction_is_long():
    steep, flat = eigen_axes(np.diag([9.0, 1.0]), SQUARE)
    assert (steep.value, flat.value) == (9.0, 1.0)
    assert lengths([steep, flat]) == pytest.approx([30.0, 90.0])
    assert abs(steep.reach[1]) < 1e-9
    assert abs(flat.reach[0]) < 1e-9


def test_the_steep_direction_keeps_a_length_that_is_seen():
    assert lengths(eigen_axes(np.diag([1e6, 1.0]), SQUARE)) == pytest.approx([24.0, 90.0])


def test_a_negative_eigenvalue_counts_by_its_size():
    plus, minus = eigen_axes(np.diag([-9.0, 1.0]), SQUARE)
    assert (plus.value, minus.value) == (1.0, -9.0)
    assert lengths([plus, minus]) == pytest.approx([90.0, 30.0])


def test_on_stretched_axes_they_point_where_the_parameters_do():
    # (1, 1) in parameters leads 600 pixels across and 60 up.
    _, along = eigen_axes(np.array([[2.0, -1.0], [-1.0, 2.0]]), STRETCHED)
    assert along.value == pytest.approx(1.0)
    assert abs(along.reach[1] / along.reach[0]) == pytest.approx(0.1)
    assert along.reach[0] * along.reach[1] < 0.0  # rows of pixels are counted downward


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_an_undefined_hessian_has_no_axes(value):
    assert eigen_axes(np.array([[value, 0.0], [0.0, 1.0]]), SQUARE) == []


number = st.floats(-1e100, 1e100)


@given(a=number, b=number, c=number, stretched=st.booleans())
def test_any_hessian_has_axes_of_bounded_length(a, b, c, stretched):
    axes = eigen_axes(np.array([[a, b], [b, c]]), STRETCHED if stretched else SQUARE)
    assert axes[0].value >= axes[1].value
    assert max(lengths(axes)) == pytest.approx(90.0)
    assert min(lengths(axes)) >= 24.0 - 1e-9


# --- the magnification ---


@given(x=st.floats(-1e6, 1e6), y=st.floats(-1e6, 1e6), shorter=st.floats(0.0, 1.0))
def test_the_longest_arrow_is_neither_too_short_nor_too_long(x, y, shorter):
    longest = math.hypot(x, y)
    factor = magnification(np.array([[x * shorter, y * shorter], [x, y], [math.nan, 1.0]]))
    if longest < 1e-290:
        return
    assert 60.0 - 1e-9 <= factor * longest <= 110.0 + 1e-9
    assert (factor == 1.0) or not 60.0 <= longest <= 110.0
    assert len(f"{factor:.1e}".split("e")[0].rstrip("0").rstrip(".")) <= 3
    assert float(f"{factor:.1e}") == pytest.approx(factor)


def test_without_any_length_nothing_is_magnified():
    assert magnification(np.zeros((2, 2))) == 1.0
    assert magnification(np.empty((0, 2))) == 1.0
    assert magnification(np.array([[math.inf, 0.0]])) == 1.0


# --- pictures ---


@pytest.fixture
def shown(images, valley):
    def show(runs=(), looks=(), step=0, *, theme=LIGHT, landscape=valley):
        view = ContourView(interactive=False)
        images.scene_of(view, SIZE)
        view.set_theme(theme)
        view.set_landscape(landscape)
        view.set_domain(landscape.domain)
        view.set_trajectories(runs, looks)
        view.set_step(step)
        return view

    return show


def ink_of(images, view, color, by=25):
    """Return columns and rows, from the view's origin on, that have a color."""
    rows, columns = np.nonzero(images.distance(images.rendered(view), color) <= by)
    return columns + 0.5, rows + 0.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_axes_cross_in_the_selected_runs_current_point(images, shown, descend_valley, theme):
    run = descend_valley((-3.0, 4.0), (5.0, 1.0), rate=0.05)
    looks = [RunLook(0), RunLook(1, selected=True)]
    view = shown((run,), looks, 4, theme=theme)
    assert not ink_of(images, view, theme.curvature)[0].size
    view.set_overlays({"eigen_directions"})
    columns, rows = ink_of(images, view, theme.curvature)
    column, row = images.pixel_in_picture(view, *run.params[4, 1])
    # The valley curves by 2 along x and by 4 along y. The labels lie beyond.
    reach = 90.0 / math.sqrt(2.0)
    near = (np.abs(columns - column) < 95.0) & (np.abs(rows - row) < reach + 5.0)
    columns, rows = columns[near], rows[near]
    across, up = columns[np.abs(rows - row) < 1.0], rows[np.abs(columns - column) < 1.0]
    assert (across.min(), across.max()) == pytest.approx((column - 90.0, column + 90.0), abs=3.0)
    assert (up.min(), up.max()) == pytest.approx((row - reach, row + reach), abs=3.0)
    view.set_overlays(())
    assert not ink_of(images, view, theme.curvature)[0].size


def test_negative_curvature_is_dashed_in_the_color_of_warnings(images, shown, descend_valley):
    saddle = preset("saddle").build()
    view = shown((descend_valley((0.0, 0.0)),), landscape=saddle)
    view.set_overlays({"eigen_directions"})
    columns, rows = ink_of(images, view, LIGHT.warning)
    assert columns.size
    assert ink_of(images, view, LIGHT.curvature)[0].size
    column, row = images.pixel_in_picture(view, 0.0, 0.0)
    values, vectors = np.linalg.eigh(saddle.hessian([(0.0, 0.0)])[0])
    assert values[0] < 0.0 < values[1]
    along = vectors[:, 0] * view._paths.pixel_map.scale
    along /= math.hypot(*along)
    aside = np.abs((columns - column) * -along[1] + (rows - row) * along[0])
    on_axis = aside < 1.0
    places = np.sort(np.abs((columns - column) * along[0] + (rows - row) * along[1])[on_axis])
    body = places[(places > 10.0) & (places < 75.0)]
    assert np.diff(body).max() > 2.5  # between dashes


def test_without_runs_or_off_the_picture_there_are_no_axes(images, shown, descend_valley):
    view = shown()
    view.set_overlays({"eigen_directions"})
    assert not ink_of(images, view, LIGHT.curvature)[0].size
    view.set_trajectories((descend_valley((500.0, 4.0)),))
    assert not ink_of(images, view, LIGHT.curvature)[0].size


BOUNDS = QRectF(0.0, 0.0, 500.0, 400.0)


@given(
    x=st.floats(0.0, 500.0),
    y=st.floats(0.0, 400.0),
    angle=st.floats(0.0, math.pi),
    reach=st.floats(24.0, 90.0),
)
def test_labels_stay_inside_and_apart(qapp, x, y, angle, reach):
    along, aside = math.cos(angle), math.sin(angle)
    axes = [
        EigenAxis(2.5, (reach * along, reach * aside)),
        EigenAxis(-0.001234, (-90.0 * aside, 90.0 * along)),
    ]
    taken = []
    for axis in axes:
        plate = _free_plate(QPointF(x, y), axis, f"λ₁ = {axis.value}", BOUNDS, taken)
        assert BOUNDS.contains(plate)
        taken.append(plate)
    inside = 110.0 < x < 390.0 and 110.0 < y < 290.0
    if inside:
        assert not taken[0].intersects(taken[1])
        for plate in taken:
            assert not plate.contains(QPointF(x, y))


PARTS = [
    ComponentArrow("gradient", "gradient", (0.3, 0.0)),
    ComponentArrow("momentum", "momentum", (0.0, -0.4)),
    ComponentArrow("scaling", "scaling", (-0.2, 0.2)),
    ComponentArrow("curvature", "curvature", (-0.3, -0.1)),
    ComponentArrow("the step", "update", (0.2, 0.5)),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.role)
def test_each_part_points_where_it_leads_in_the_common_magnification(
    images, shown, descend_valley, theme, part
):
    run = descend_valley((0.0, 0.0))
    view = shown((run,), theme=theme)
    view.set_components(PARTS)
    picture = images.rendered(view)
    scale = view._paths.pixel_map.scale
    factor = magnification(np.array([one.displacement for one in PARTS]) * scale)
    assert factor > 1.0
    for share in (0.5, 0.75):
        x, y = (factor * share * value for value in part.displacement)
        pixel = images.at_pixel(picture, *images.pixel_in_picture(view, x, y))
        assert np.abs(pixel - images.color(theme.role(part.role))).max() <= 40
    beyond = 1.0 + 4.0 / math.hypot(*(factor * np.array(part.displacement) * scale))
    x, y = (factor * beyond * value for value in part.displacement)
    pixel = images.at_pixel(picture, *images.pixel_in_picture(view, x, y))
    assert np.abs(pixel - images.color(theme.role(part.role))).max() > 40


def test_the_parts_take_the_place_of_the_selected_runs_gradient_only(
    images, shown, descend_valley, valley_map
):
    view = shown((descend_valley((-3.0, 0.0), (7.0, 0.0)),))
    view.set_field(valley_map)

    def arrows():
        columns, _ = ink_of(images, view, LIGHT.descent)
        middle, _ = images.pixel_in_picture(view, 2.0, 0.0)
        return bool((columns < middle).any()), bool((columns > middle).any())

    assert arrows() == (True, True)
    view.set_components([ComponentArrow("the step", "update", (0.3, 0.0))])
    assert arrows() == (False, True)
    view.set_components(None)
    assert arrows() == (True, True)


def test_the_legend_keeps_clear_of_the_arrows(images, shown, descend_valley):
    for start in ((-3.5, 4.5), (7.5, 4.5), (2.0, 0.0)):
        view = shown((descend_valley(start),))
        view.set_components([ComponentArrow("the step", "update", (-0.1, -0.3))])
        picture = images.rendered(view)
        disc = images.at_pixel(picture, *images.pixel_in_picture(view, *start))
        assert np.abs(disc - images.color(LIGHT.run(0))).max() <= 2


@pytest.mark.parametrize("value", [0.0, math.nan, math.inf, 1e-320, 1e308])
def test_parts_of_any_size_can_be_drawn(images, shown, descend_valley, value):
    view = shown((descend_valley((0.0, 0.0)),))
    view.set_components([ComponentArrow("the step", "update", (value, -value))])
    images.rendered(view)


# --- many runs ---


@pytest.mark.parametrize(("count", "all_arrows"), [(8, True), (9, False)])
def test_of_many_runs_only_the_selected_one_has_its_gradient(
    images, shown, descend_valley, valley_map, count, all_arrows
):
    starts = [(x, -3.0) for x in np.linspace(-3.5, 7.5, count)]
    looks = [RunLook(0, selected=number == count - 1) for number in range(count)]
    view = shown((descend_valley(*starts),), looks)
    view.set_field(valley_map)
    columns, _ = ink_of(images, view, LIGHT.descent)
    first, _ = images.pixel_in_picture(view, *starts[0])
    last, _ = images.pixel_in_picture(view, *starts[-1])
    assert np.any(np.abs(columns - last) < 30.0)
    assert np.any(np.abs(columns - first) < 30.0) == all_arrows


def test_the_selected_run_lies_on_top_wherever_it_is_in_the_list(images, shown, descend_valley):
    run = descend_valley((-3.0, 4.0), rate=0.05, steps=20)
    for selected in range(3):
        looks = [RunLook(number, selected=number == selected) for number in range(3)]
        view = shown((run, run, run), looks, 20)
        picture = images.rendered(view)
        for x, y in (run.params[20, 0], 0.5 * (run.params[1, 0] + run.params[2, 0])):
            pixel = images.at_pixel(picture, *images.pixel_in_picture(view, x, y))
            assert np.abs(pixel - images.color(LIGHT.run(selected))).max() <= 30


def test_the_selected_run_is_thicker_among_others(images, shown, descend_valley):
    runs = [descend_valley((-3.0, y), rate=0.02, steps=40) for y in (4.0, -4.0)]
    inks = {}
    for selected in range(2):
        looks = [RunLook(number, selected=number == selected) for number in range(2)]
        view = shown(runs, looks, 40)
        inks[selected] = [ink_of(images, view, LIGHT.run(number))[0].size for number in range(2)]
    assert inks[0][0] > 1.1 * inks[1][0]
    assert inks[1][1] > 1.1 * inks[0][1]


@pytest.mark.parametrize("step", [0, 3, 50])
def test_the_ghost_is_an_open_circle_at_its_record(images, shown, descend_valley, step):
    run = descend_valley((-3.0, 4.0), (6.0, -4.0), rate=0.03)
    view = shown((run,), step=8)
    clean = images.rendered(view)
    view.set_ghost((1, step))
    picture = images.rendered(view)
    rows, columns = np.nonzero(np.abs(picture - clean).max(axis=-1) > 8)
    column, row = images.pixel_in_picture(view, *run.params[step, 1])
    assert rows.size
    assert np.hypot(columns + 0.5 - column, rows + 0.5 - row).max() <= 8.5
    view.set_ghost(None)
    np.testing.assert_array_equal(images.rendered(view), clean)
    for ghost in ((2, 0), (-1, 3)):
        view.set_ghost(ghost)
        np.testing.assert_array_equal(images.rendered(view), clean)
