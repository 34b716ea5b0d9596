"""The ball, its worst point and the region of trust, as they are drawn."""

import numpy as np
import pytest

from gdviz.engine import Descent, compute
from gdviz.engine.sensitivity import sensitivity
from gdviz.experiment.source import open_landscape
from gdviz.landscapes import Domain, Valley, preset
from gdviz.optimizers import optimizer
from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.sensitivity_item import highest_words, trust_label
from gdviz.views.theme import DARK, LIGHT

SIZE = (720, 600)


@pytest.fixture
def shown(images):
    """Call with overlays to get a contour view of what was measured about a point."""

    def show(names, landscape=None, point=(0.0, 1.0), theme=LIGHT, radius=0.1):
        landscape = landscape or Valley()
        view = ContourView(interactive=False)
        images.scene_of(view, SIZE)
        view.set_theme(theme)
        view.set_landscape(landscape)
        view.set_domain(landscape.domain)
        view.set_sensitivity(sensitivity(landscape, point, radius))
        view.set_overlays(names)
        return view

    return show


def ink(images, view, color, by=25):
    """Return the plot's pixels of a color, as (columns, rows)."""
    plot = images.plot_box(view, images.rendered(view, SIZE))
    rows, columns = np.nonzero(images.distance(plot, color) <= by)
    return columns + 0.5, rows + 0.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ball_is_a_circle_about_the_point_and_its_worst_point_is_marked(images, shown, theme):
    view = shown({"ball"}, theme=theme)
    found = sensitivity(Valley(), (0.0, 1.0), 0.1)
    pixel_map = view._marks.pixel_map
    ((across, down),) = pixel_map.pixels(np.array([(0.0, 1.0)]))
    reach = abs(pixel_map.scale[0]) * found.radii[0]
    columns, rows = ink(images, view, theme.text)
    away = np.hypot(columns - across, rows - down)
    assert np.sum(np.abs(away - reach) < 2.0) > 2.0 * reach
    ((x, y),) = pixel_map.pixels(found.highest.point[np.newaxis])
    columns, rows = ink(images, view, theme.warning, 4)
    beside = np.hypot(columns - x, rows - y) < 7.0
    assert beside.sum() > 40


def test_nothing_is_drawn_unless_it_is_asked_for(images, shown):
    bare, asked = shown(()), shown({"ball"})
    assert not ink(images, bare, LIGHT.warning, 4)[0].size
    asked.set_sensitivity(None)
    assert np.array_equal(images.rendered(asked, SIZE), images.rendered(bare, SIZE))
    assert not any(item.moves for item in bare._sensitivity)


def test_the_region_of_trust_is_filled_where_the_model_is_right(images, shown):
    landscape = preset("himmelblau").build()
    view, bare = shown({"trust_region"}, landscape, (0.0, 0.0)), shown((), landscape)
    trust = sensitivity(landscape, (0.0, 0.0), 0.1).trust
    drawn, empty = (images.plot_box(v, images.rendered(v, SIZE)) for v in (view, bare))
    pixel_map = view._marks.pixel_map
    inside = trust.outline * 0.8
    outside = trust.outline * 1.2
    for points, filled in ((inside, True), (outside, False)):
        pixels = np.floor(pixel_map.pixels(points)).astype(int)
        rows, columns = pixels[:, 1], pixels[:, 0]
        seen = (rows >= 0) & (rows < drawn.shape[0]) & (columns >= 0) & (columns < drawn.shape[1])
        changed = np.any(
            drawn[rows[seen], columns[seen]] != empty[rows[seen], columns[seen]], axis=-1
        )
        assert np.mean(changed) > 0.95 if filled else np.mean(changed) < 0.25


def test_a_quadratics_region_has_words_and_no_edge(images, shown):
    assert trust_label(sensitivity(Valley(), (0.0, 1.0))) == (
        "quadratic model right everywhere in view"
    )
    columns, rows = ink(images, shown({"trust_region"}), LIGHT.curvature, 4)
    assert columns.size  # the words
    assert np.ptp(rows) < 22.0


def test_a_pole_is_called_one():
    assert highest_words(sensitivity(open_landscape("1/x^2 + y^2"), (0.2, 0.0))) == "pole"


def test_on_a_curve_the_ball_is_a_band_with_its_worst_point(images):
    landscape = open_landscape("x^2 + x^3")
    view = CurveView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    view.set_slice(landscape, 0, np.array([0.5]))
    view.set_interval((-2.0, 2.0))
    descent = Descent(landscape, optimizer("gd", learning_rate=0.01), np.array([[0.5]]), 2)
    view.set_trajectories((compute(descent),))
    found = sensitivity(landscape, (0.5,), 0.05)
    view.set_sensitivity(found)
    view.set_overlays({"ball", "trust_region"})
    pixel_map = view._sensitivity.pixel_map
    columns, rows = ink(images, view, LIGHT.text, 12)
    for end in (0.0, 1.0):
        assert np.sum(np.abs(columns - pixel_map.pixel(end, 0.0).x()) < 2.0) > 200
    at = pixel_map.pixel(1.0, found.highest.loss)
    columns, rows = ink(images, view, LIGHT.warning, 4)
    assert np.sum(np.hypot(columns - at.x(), rows - at.y()) < 7.0) > 40


def test_a_point_of_another_landscape_draws_nothing_on_this_one(images, shown):
    view, bare = shown({"ball", "trust_region"}), shown(())
    view.set_sensitivity(sensitivity(open_landscape("x^2"), (0.5,)))
    assert np.array_equal(images.rendered(view, SIZE), images.rendered(bare, SIZE))


def test_where_the_region_never_ends_no_edge_is_drawn(images, shown):
    # Along y the model of x² + y² + x⁴ is right however far one goes.
    view = shown({"trust_region"}, open_landscape("x^2 + y^2 + x^4"), (0.0, 0.0))
    view.set_domain(Domain.of((-20.0, 20.0), (-20.0, 20.0)))
    at = view._marks.pixel_map.pixel(0.0, 10.0)  # where looking ended
    columns, rows = ink(images, view, LIGHT.curvature, 12)
    assert not np.any((np.abs(columns - at.x()) < 2.0) & (np.abs(rows - at.y()) < 3.0))
