"""A sweep as a curve or as a map: what is where, what a mouse picks, and what is told."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gdviz.engine.sweep import Sweep, axis_of, sweep_map
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer
from gdviz.views.field_item import palette
from gdviz.views.sweep_item import failed_color, missing_color, spans
from gdviz.views.sweep_scale import interval_of, measured, place_of, value_at
from gdviz.views.sweep_view import SweepView
from gdviz.views.sweep_words import ending_of, short_values, values_of
from gdviz.views.theme import DARK, LIGHT
from tests.views.hand import Hand, told

SIZE = (640, 480)
START = (-3.0, 4.0)
MOMENTUM = optimizer("momentum")
RATES = axis_of(MOMENTUM, "learning_rate", 0.01, 2.0, 33)
KEPT = axis_of(MOMENTUM, "momentum", 0.0, 0.9, 33)


@pytest.fixture(scope="module")
def curve():
    plain = optimizer("gd")
    rates = axis_of(plain, "learning_rate", 0.001, 2.0, 65)
    return sweep_map(Sweep(Valley(), plain, START, (rates,), steps=300))


@pytest.fixture(scope="module")
def plane():
    return sweep_map(Sweep(Valley(), MOMENTUM, START, (RATES, KEPT), steps=100))


def shown(view, sweep):
    """Show a sweep on the screen, with room for its colors."""
    view.set_map(sweep)
    QApplication.processEvents()


def scene(images, view, theme=LIGHT):
    images.scene_of(view, SIZE)
    view.set_theme(theme)
    return view


def inside(images, view, x, y):
    """Return the color in the middle of a pixel of the plot."""
    picture = images.rendered(view, SIZE)
    across, down = images.pixel_in_picture(view, x, y)
    return QColor(*(int(part) for part in picture[int(down), int(across)][:3])).name()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_cell_of_a_map_has_its_color(images, plane, theme):
    view = scene(images, SweepView(interactive=False), theme)
    view.set_map(replace(plane, bounds=None))
    shade = measured(plane).shade
    for place in ((4, 4), (30, 3), (16, 31), (28, 24)):
        rate, kept = plane.at(place)
        color = inside(images, view, place_of(RATES, rate), kept)
        if plane.failed[place]:
            assert color == failed_color(theme)
        else:
            assert color == QColor(int(palette(theme.colormap)[int(shade[place] * 255.0)])).name()
    assert plane.failed[16, 31]
    assert not plane.failed[4, 4]


def test_steps_to_converge_leave_what_still_goes_on_without_a_color(images, plane):
    view = scene(images, SweepView(interactive=False))
    view.set_map(replace(plane, measure="steps", bounds=None))
    place = (1, 1)
    assert not plane.converged[place]
    rate, kept = plane.at(place)
    assert inside(images, view, place_of(RATES, rate), kept) == missing_color(LIGHT)


def test_no_color_of_a_scale_is_like_that_of_what_diverged():
    for theme in (LIGHT, DARK):
        colors = palette(theme.colormap)
        scale = np.stack([(colors >> shift) & 255 for shift in (16, 8, 0)], axis=1).astype(int)
        for other in (failed_color(theme), missing_color(theme)):
            rgb = np.array(QColor(other).getRgb()[:3])
            assert np.abs(scale - rgb).sum(axis=1).min() > 60


def test_the_curve_is_the_loss_above_the_lowest_and_gaps_are_what_diverged(curve):
    view = SweepView(interactive=False)
    view.set_map(curve)
    drawn = view._item.curve
    assert np.array_equal(np.isnan(drawn[:, 1]), curve.failed)
    finite = ~curve.failed
    above = np.maximum(curve.loss[finite] - 4.0, 1e-15)
    assert drawn[finite, 1][:20] == pytest.approx(np.log10(above)[:20], abs=1e-9)
    assert drawn[:, 0] == pytest.approx(np.log10(curve.axes[0].values))
    (low, high), (bottom, top) = view.box.viewRange()
    assert (low, high) == pytest.approx(interval_of(curve.axes[0]))
    assert bottom < np.nanmin(drawn[:, 1])
    assert top > np.log10(curve.start_loss - 4.0)


def test_a_click_picks_the_values_there_and_a_drag_from_anywhere_goes_on(qtbot, plane):
    view = SweepView()
    hand = Hand(qtbot, view)
    shown(view, plane)
    picked, dropped = told(view.values_picked), []
    view.values_dropped.connect(lambda: dropped.append(True))
    hand.click(np.log10(0.1), 0.5)
    assert picked[-1]["learning_rate"] == pytest.approx(0.1, rel=0.02)
    assert picked[-1]["momentum"] == pytest.approx(0.5, abs=0.01)
    assert len(dropped) == 1
    before = view.box.viewRange()
    hand.drag((np.log10(0.05), 0.2), (np.log10(0.2), 0.4), (np.log10(0.4), 0.6), (9.0, 3.0))
    assert len(dropped) == 2
    assert picked[1]["learning_rate"] == pytest.approx(0.2, rel=0.02)
    assert picked[1]["momentum"] == pytest.approx(0.4, abs=0.01)
    assert picked[-1] == {"learning_rate": 2.0, "momentum": 0.9}  # not beyond the ends
    assert view.box.viewRange() == before


def test_the_wheel_zooms_and_a_double_click_shows_all(qtbot, plane):
    view = SweepView()
    hand = Hand(qtbot, view)
    shown(view, plane)
    whole = view.box.viewRange()
    hand.turn_wheel(np.log10(0.1), 0.5, 3)
    zoomed = view.box.viewRange()
    assert zoomed != whole
    view.set_map(replace(plane, steps=99))
    assert view.box.viewRange() == zoomed
    hand.double_click(np.log10(0.1), 0.5)
    assert np.ravel(view.box.viewRange()) == pytest.approx(np.ravel(whole))


def test_hovering_tells_the_numbers_of_the_run(qtbot, plane):
    view = SweepView()
    hand = Hand(qtbot, view)
    shown(view, plane)
    hand.move(np.log10(1.9), 0.2)
    place = view._marks._hovered
    assert place == plane.nearest(1.9, 0.2)
    assert ending_of(plane, place) == f"diverged at step {plane.step[place]}"
    words = values_of(plane.axes, plane.at(place))
    assert words.startswith("learning rate 2")
    assert ", momentum 0.1" in words
    assert short_values(plane.axes, (0.5, 0.25)) == "η = 0.5, μ = 0.25"
    slow = plane.nearest(0.01, 0.0)
    assert ending_of(plane, slow).endswith("after 100 steps")
    quick = plane.nearest(0.33, 0.03)
    assert ending_of(plane, quick).startswith(f"converged at step {plane.step[quick]}, loss 4")


def test_values_that_are_picked_have_three_digits_or_a_thousandth_of_the_axis():
    assert value_at(RATES, np.log10(0.123456)) == 0.123
    assert value_at(KEPT, 0.123456) == pytest.approx(0.1235, abs=2e-4)
    assert value_at(KEPT, 1.7) == 0.9
    assert value_at(RATES, -300.0) == 0.01


def test_the_handle_the_star_and_the_bound_are_drawn_where_they_are(images, curve):
    view = scene(images, SweepView(interactive=False))
    view.set_map(replace(curve, bounds=None))
    without = images.rendered(view, SIZE).astype(int)
    view.set_map(curve)
    view.set_current((0.01,), 0)
    changed = np.abs(images.rendered(view, SIZE).astype(int) - without).sum(axis=2) > 60
    for value in (0.01, 0.5, 1.0 / 3.0):  # in use, the bound, the best in theory
        across, _ = images.pixel_in_picture(view, np.log10(value), 0.0)
        columns = changed[:, int(across) - 1 : int(across) + 2].any(axis=1)
        assert columns.sum() > 100
    across, _ = images.pixel_in_picture(view, np.log10(0.05), 0.0)
    assert changed[:, int(across)].sum() < 60  # but for words


def test_the_word_for_what_diverges_keeps_clear_of_a_bound_and_of_the_curves_foot(images, curve):
    view = scene(images, SweepView(interactive=False))
    bounds = replace(curve.bounds, bound=np.array([[0.7]]))  # in the midst of what diverges
    view.set_map(replace(curve, bounds=bounds))
    picture = images.rendered(view, SIZE)[..., :3].astype(int)
    ink = np.array(QColor(LIGHT.warning).getRgb()[:3])
    rows, columns = np.nonzero(np.abs(picture - ink).sum(axis=2) < 40)
    line, _ = images.pixel_in_picture(view, np.log10(0.7), 0.0)
    assert columns.size
    assert columns.max() < line or columns.min() > line
    assert SIZE[1] * 0.3 < rows.min() < rows.max() < SIZE[1] * 0.7


def test_spans_are_the_stretches_of_true_values():
    assert spans(np.array([True, False, True, True])) == [(0, 1), (2, 4)]
    assert spans(np.zeros(3, dtype=bool)) == []


def test_without_a_map_there_are_no_axes_and_a_notice_can_be_read():
    view = SweepView(interactive=False)
    view.set_map(None)
    view.set_notice("No run yet.", "Click.")
    assert view.notice == "No run yet. Click."
    assert not view._axes[0].isVisible()
