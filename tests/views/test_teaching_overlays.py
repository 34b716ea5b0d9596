"""What is drawn over the contour view to be understood, against closed forms."""

import math

import numpy as np
import pytest

from gdviz.engine import contour_map
from gdviz.landscapes import Valley, preset
from gdviz.views.arrow_field_item import field_arrows
from gdviz.views.contour_view import ContourView
from gdviz.views.mark_item import arrow_tip
from gdviz.views.pixel_map import PixelMap
from gdviz.views.theme import DARK, LIGHT

SIZE = (720, 600)
MAP = PixelMap((-4.0, 8.0), (-5.0, 5.0), 600.0, 500.0)  # 50 pixels a unit


@pytest.fixture
def shown(images, descend_valley):
    """Call with overlays to get a contour view of the valley with a run at a step."""

    def show(names=(), step=2, theme=LIGHT, landscape=None, field=True):
        landscape = landscape or Valley()
        view = ContourView(interactive=False)
        images.scene_of(view, SIZE)
        view.set_theme(theme)
        view.set_landscape(landscape)
        view.set_domain(landscape.domain)
        if field:
            view.set_field(contour_map(landscape, view.domain, (240, 288)))
        view.set_trajectories((descend_valley((-3.0, 4.0)),))
        view.set_step(step)
        view.set_overlays(names)
        return view

    return show


def ink(images, view, color, by=25):
    rows, columns = np.nonzero(images.distance(images.rendered(view, SIZE), color) <= by)
    return columns + 0.5, rows + 0.5


def test_honest_arrows_are_as_long_as_they_say():
    gradients = np.array([(2.0, 0.0), (0.0, -4.0), (-10.0, 20.0), (0.0, 0.0)])
    arrows, factor = field_arrows(gradients, MAP, equal=False)
    assert arrows == pytest.approx(factor * gradients * (50.0, -50.0))
    longest = np.hypot(*arrows.T).max()
    assert 0.6 * 54.0 <= longest <= 1.6 * 54.0  # 54 pixels, rounded to one digit
    assert factor == float(f"{factor:.0e}")


def test_equal_arrows_have_one_length_and_the_gradients_direction():
    gradients = np.array([(2.0, 0.0), (0.0, -4.0), (-10.0, 20.0), (0.0, 0.0)])
    arrows, factor = field_arrows(gradients, MAP, equal=True)
    assert factor is None
    lengths = np.hypot(*arrows.T)
    assert lengths[:3] == pytest.approx(lengths[0])
    assert lengths[0] > 20.0
    assert lengths[3] == 0.0
    assert arrows[2] / lengths[2] == pytest.approx(np.array([-1.0, -2.0]) / math.sqrt(5.0))


def test_without_any_slope_there_are_no_arrows():
    for equal in (False, True):
        arrows, factor = field_arrows(np.array([(0.0, 0.0), (np.nan, 1.0)]), MAP, equal=equal)
        assert not arrows.any()
        assert factor is None


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_arrows_are_drawn_uphill_or_downhill_in_their_colors(images, shown, theme):
    view = shown(theme=theme)
    bare = {color: ink(images, view, color)[0].size for color in (theme.gradient, theme.descent)}
    view.set_overlays({"arrows"})
    uphill = {color: ink(images, view, color)[0].size for color in bare}
    assert uphill[theme.gradient] > bare[theme.gradient] + 1000
    assert uphill[theme.descent] == pytest.approx(bare[theme.descent], abs=100)
    view.set_overlays({"arrows", "downhill_arrows"})
    downhill = {color: ink(images, view, color)[0].size for color in bare}
    assert downhill[theme.descent] > bare[theme.descent] + 1000
    view.set_overlays({"downhill_arrows", "equal_arrows"})
    assert {color: ink(images, view, color)[0].size for color in bare} == bare


def test_arrows_stay_at_their_points_while_one_zooms_their_density_follows(images, shown):
    view = shown({"arrows"})
    wide = view._arrows.pixel_map
    view.set_domain(Valley().domain)
    view.box.setRange(xRange=(0.0, 3.0), yRange=(0.0, 2.5), padding=0.0)
    near = view._arrows.pixel_map
    assert near.scale[0] > 3.0 * wide.scale[0]
    before = ink(images, view, LIGHT.gradient)[0].size
    assert before > 500  # there are arrows, though no farther point of the wide grid is in view


def test_gradient_and_descent_are_drawn_at_the_point_and_under_the_pointer(images, shown):
    view = shown()
    view.set_probe(np.array([6.0, -3.0]), np.array([8.0, -12.0]))
    pixel_map = view._marks.pixel_map
    steepest = view._marks._steepest
    for point, gradient in (
        ((6.0, -3.0), (8.0, -12.0)),
        ((-1.2, 1.44), (-6.4, 5.76)),  # after two steps of rate 0.1 from (−3, 4)
    ):
        tail = pixel_map.pixel(*point)
        for sign, color in ((1.0, LIGHT.gradient), (-1.0, LIGHT.descent)):
            direction = sign * np.array(gradient)
            tip = arrow_tip(tail, direction, pixel_map, steepest)
            length = 64.0 * math.sqrt(math.hypot(*gradient) / steepest)
            assert math.hypot(tip.x() - tail.x(), tip.y() - tail.y()) == pytest.approx(length)
            x, y = point + 0.6 * length / 50.0 * direction / math.hypot(*direction)
            scale = pixel_map.scale / (50.0, -50.0)
            x, y = point + (np.array([x, y]) - point) / scale[0]
            column, row = images.pixel_in_picture(view, x, y)
            columns, rows = ink(images, view, color)
            assert np.hypot(columns - column, rows - row).min() < 2.0


def test_the_level_line_is_perpendicular_to_the_gradient(shown):
    view = shown({"level_line"})
    point = np.array([-1.2, 1.44])
    line = view._level.line_through(point)
    assert Valley().loss(line) == pytest.approx(Valley().loss([point])[0], abs=0.01)
    near = np.argsort(np.hypot(*(line - point).T))[:2]
    along = np.diff(line[np.sort(near)], axis=0)[0]
    gradient = Valley().gradient([point])[0]
    cosine = along @ gradient / math.hypot(*along) / math.hypot(*gradient)
    assert abs(cosine) < 0.03


def test_level_lines_are_drawn_when_asked_for(images, shown):
    view = shown()
    bare = ink(images, view, "#ffffff")[0].size
    view.set_overlays({"level_line"})
    drawn = ink(images, view, "#ffffff")[0].size
    assert drawn > bare + 800
    view.set_probe(np.array([6.0, -3.0]), np.array([8.0, -12.0]))
    assert ink(images, view, "#ffffff")[0].size > drawn + 200


def test_partial_derivatives_are_the_sides_of_the_gradients_rectangle(images, shown):
    view = shown({"partials"}, step=0)
    point, gradient = (-3.0, 4.0), np.array([-10.0, 16.0])
    pixel_map = view._partials.pixel_map
    at = pixel_map.pixel(*point)
    tip = arrow_tip(at, gradient, pixel_map, view._marks._steepest)
    ratio = (tip.y() - at.y()) / (tip.x() - at.x())
    assert ratio == pytest.approx(16.0 / 10.0)  # up the screen is −y, and −10 is to the left
    for color in LIGHT.partials:
        assert ink(images, view, color)[0].size > 60
    bare = {color: ink(images, view, color)[0].size for color in LIGHT.partials}
    view.set_overlays(())
    assert all(ink(images, view, color)[0].size < bare[color] for color in LIGHT.partials)


def test_the_quadratic_model_of_the_valley_lies_on_its_lines(images, shown):
    view = shown({"quadratic"})
    model = view._model.model
    assert model.minimum == pytest.approx((2.0, 0.0))
    assert ink(images, view, LIGHT.curvature)[0].size > 300
    view.set_overlays({"tangent_plane"})
    plane = view._model.model
    assert not plane.hessian.any()
    assert plane.gradient == pytest.approx((-6.4, 5.76))
    assert plane.loss == pytest.approx(4.0 + 3.2**2 + 2.0 * 1.44**2)
    view.set_overlays({"tangent_plane", "quadratic"})
    assert view._model.model.hessian.any()


def test_cuts_are_drawn_through_the_current_point(images, shown):
    view = shown()
    view.set_cut((0,), np.zeros(2))
    columns, rows = ink(images, view, LIGHT.partials[0])
    _, row = images.pixel_in_picture(view, -1.2, 1.44)
    on_line = np.abs(rows - row) < 2.0
    assert np.ptp(columns[on_line]) > 550
    view.set_cut((0, 1), np.zeros(2))
    columns, rows = ink(images, view, LIGHT.partials[1])
    column, _ = images.pixel_in_picture(view, -1.2, 1.44)
    on_line = np.abs(columns - column) < 2.0
    assert np.ptp(rows[on_line]) > 450
    view.set_trajectories(())
    columns, rows = ink(images, view, LIGHT.partials[1])
    column, _ = images.pixel_in_picture(view, 0.0, 0.0)
    assert (np.abs(columns - column) < 2.0).sum() > 200


def test_the_ray_goes_from_the_point_as_far_as_the_rates(images, shown):
    view = shown(step=0)
    view.set_cut((), np.zeros(2), (0.0, 0.25))
    # (−3, 4) − 0.25 (−10, 16) = (−0.5, 0)
    column, row = images.pixel_in_picture(view, -0.5, 0.0)
    columns, rows = ink(images, view, LIGHT.descent)
    assert np.hypot(columns - column, rows - row).min() < 8.0
    beyond = images.pixel_in_picture(view, 0.3, -1.28)
    assert np.hypot(columns - beyond[0], rows - beyond[1]).min() > 15.0


def test_overlays_survive_a_landscape_of_another_kind(images, shown):
    view = shown({"arrows", "level_line", "partials", "quadratic"}, field=False)
    images.rendered(view, SIZE)
    ravine = preset("rosenbrock").build()
    view.set_landscape(ravine)
    view.set_domain(ravine.domain)
    images.rendered(view, SIZE)
    view.set_field(contour_map(ravine, view.domain, (120, 160)))
    view.set_trajectories(())
    images.rendered(view, SIZE)
