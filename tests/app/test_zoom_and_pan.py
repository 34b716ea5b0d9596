"""Wheel, drag and keys change what is in view, and the map is sampled for it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

CONTROL = Qt.KeyboardModifier.ControlModifier
PLACE = QPoint(300, 120)


BOTH = pytest.mark.parametrize("workbench", ["valley", "regression"], indirect=True)


@pytest.fixture
def workbench(open_workbench, request):
    return open_workbench(getattr(request, "param", "valley"))


@pytest.fixture
def hand(qtbot, hand):
    hand.hold()
    qtbot.waitUntil(lambda: hand.screen.contour._field._map is not None)
    return hand


def shown_map(hand):
    return hand.screen.contour._field._map


def waits_for_map_of_the_view(qtbot, hand):
    def is_of_the_view():
        assert shown_map(hand).field.domain == hand.screen.contour.domain

    qtbot.waitUntil(is_of_the_view)


def by_wheel(hand):
    hand.wheel(hand.contour_area, PLACE, 3)


def by_wheel_back(hand):
    hand.wheel(hand.contour_area, PLACE, -3)


def by_drag(hand):
    hand.drag(hand.contour_area, PLACE, PLACE + QPoint(40, 20), PLACE + QPoint(80, 50))


def by_plus(hand):
    hand.key(Qt.Key.Key_Plus, CONTROL)


def by_equals(hand):
    hand.key(Qt.Key.Key_Equal, CONTROL)


def by_minus(hand):
    hand.key(Qt.Key.Key_Minus, CONTROL)


MOVES = (by_wheel, by_wheel_back, by_drag, by_plus, by_equals, by_minus)


@BOTH
def test_the_map_is_sampled_for_the_new_view_and_the_old_one_kept_till_then(qtbot, hand):
    whole = hand.screen.contour.domain
    maps = []
    hand.workbench.surveyor.map_ready.connect(maps.append)
    for move in MOVES:
        old = shown_map(hand)
        maps.clear()
        move(hand)
        domain = hand.screen.contour.domain
        assert domain != old.field.domain, move
        assert shown_map(hand) is old or maps
        waits_for_map_of_the_view(qtbot, hand)
        assert maps[-1].field.domain == domain
        assert hand.experiment.view.domain != hand.experiment.landscape.domain
        hand.key(Qt.Key.Key_0, CONTROL)
        assert hand.experiment.view.domain == hand.experiment.landscape.domain
        assert hand.experiment.draft.start != (0.0, 0.0)  # 0 without Ctrl is another thing
        np.testing.assert_allclose(hand.screen.contour.domain.low, whole.low)
        np.testing.assert_allclose(hand.screen.contour.domain.high, whole.high)
        waits_for_map_of_the_view(qtbot, hand)


def test_the_point_under_the_wheel_stays_where_it_is(hand):
    before = hand.contour_params(PLACE)
    by_wheel(hand)
    after = hand.contour_params(PLACE)
    width, height = hand.screen.contour.box.viewPixelSize()
    assert abs(before[0] - after[0]) < width
    assert abs(before[1] - after[1]) < height


def test_a_drag_takes_the_landscape_along(hand):
    target = PLACE + QPoint(80, 50)
    before = hand.contour_params(PLACE)
    by_drag(hand)
    after = hand.contour_params(target)
    width, height = hand.screen.contour.box.viewPixelSize()
    assert abs(before[0] - after[0]) <= 1.01 * width
    assert abs(before[1] - after[1]) <= 1.01 * height


def test_a_drag_starts_no_descent(hand):
    start = hand.experiment.draft.start
    by_drag(hand)
    assert hand.experiment.draft.start == start


@BOTH
def test_the_curve_shows_the_same_values_of_the_parameter_as_the_contour(hand):
    for move in (by_wheel, by_drag, by_minus, by_plus):
        move(hand)
        (low, high), _ = hand.screen.curve.box.viewRange()
        assert (low, high) == pytest.approx(hand.screen.contour.domain[0])


@BOTH
def test_a_click_after_zooming_means_what_is_seen(hand):
    by_wheel(hand)
    by_wheel(hand)
    hand.click(hand.contour_area, PLACE)
    difference = hand.contour_pixel(hand.experiment.draft.start) - PLACE
    assert abs(difference.x()) <= 1
    assert abs(difference.y()) <= 1


def test_zooming_keeps_the_playhead_and_the_run(hand):
    hand.player.jump(5)
    params = hand.trajectory.params
    for move in MOVES:
        move(hand)
    assert hand.step_shown_everywhere() == 5
    assert np.array_equal(hand.trajectory.params, params)
    assert not hand.player.playing


@pytest.mark.parametrize("key", [Qt.Key.Key_Plus, Qt.Key.Key_Minus])
def test_a_zoom_key_held_down_comes_to_an_end_and_back(qtbot, hand, key):
    """As far as numbers go, and no error on the way."""
    for _ in range(150):
        hand.key(key, CONTROL)
    shown = hand.screen.contour.domain
    hand.key(key, CONTROL)
    assert hand.screen.contour.domain == shown
    back = Qt.Key.Key_Minus if key == Qt.Key.Key_Plus else Qt.Key.Key_Plus
    hand.key(back, CONTROL)
    changed = hand.screen.contour.domain.width / shown.width
    assert np.all(changed > 1.2) if key == Qt.Key.Key_Plus else np.all(changed < 0.8)
    waits_for_map_of_the_view(qtbot, hand)
    hand.key(Qt.Key.Key_0, CONTROL)
    assert hand.experiment.view.domain == hand.experiment.landscape.domain


FAR = 20  # notches at once: a zoom by 375


@pytest.mark.parametrize("notches", [FAR, -FAR])
def test_the_wheel_turned_for_long_comes_to_an_end_and_back(qtbot, hand, notches):
    for _ in range(8):
        hand.wheel(hand.contour_area, PLACE, notches)
    hand.contour_area.grab()
    hand.curve_area.grab()
    waits_for_map_of_the_view(qtbot, hand)
    hand.key(Qt.Key.Key_0, CONTROL)
    assert hand.experiment.view.domain == hand.experiment.landscape.domain


def test_the_wheel_turned_out_for_long_and_in_again_elsewhere(qtbot, hand):
    corner = QPoint(hand.contour_area.width() - 20, 15)
    for notches in [-FAR] * 4 + [FAR] * 8:
        hand.wheel(hand.contour_area, corner, notches)
    waits_for_map_of_the_view(qtbot, hand)
    hand.click(hand.contour_area, corner)
    hand.hold()
    hand.step_shown_everywhere()
    hand.key(Qt.Key.Key_0, CONTROL)
    assert hand.experiment.view.domain == hand.experiment.landscape.domain


@pytest.mark.parametrize("notches", [FAR, -FAR])
@pytest.mark.parametrize("place", [QPoint(300, 80), QPoint(20, 80)], ids=["box", "axis"])
def test_the_wheel_over_the_curve_turned_for_long(qtbot, hand, notches, place):
    for _ in range(8):
        hand.wheel(hand.curve_area, place, notches)
        hand.curve_area.grab()
    hand.key(Qt.Key.Key_0, CONTROL)
    (low, high), losses = hand.screen.curve.box.viewRange()
    assert (low, high) == pytest.approx(hand.screen.contour.domain[0])
    assert losses[0] < hand.trajectory.loss[0, 0] < losses[1]


@BOTH
def test_zooming_the_curve_zooms_the_contour_along(qtbot, hand):
    before = hand.screen.contour.domain
    hand.wheel(hand.curve_area, QPoint(300, 80), 4)
    (low, high), _ = hand.screen.curve.box.viewRange()
    assert high - low < 0.9 * before.width[0]
    assert hand.experiment.view.domain[0] == pytest.approx((low, high))
    assert hand.screen.contour.domain[0] == pytest.approx((low, high))
    shrunk = hand.screen.contour.domain.width / before.width
    if hand.experiment.landscape.isotropic:
        assert shrunk[1] == pytest.approx(shrunk[0])
    else:
        assert shrunk[1] == pytest.approx(1.0)


@BOTH
def test_panning_the_curve_pans_the_contour_along(hand):
    before = hand.screen.contour.domain
    hand.drag(hand.curve_area, QPoint(250, 60), QPoint(220, 60), QPoint(190, 60))
    (low, high), _ = hand.screen.curve.box.viewRange()
    assert low > before[0][0]
    assert hand.screen.contour.domain[0] == pytest.approx((low, high))
    assert hand.screen.contour.domain[1] == pytest.approx(before[1])
    assert hand.experiment.draft.start == hand.experiment.runs[0].start


@BOTH
def test_resizing_the_window_samples_anew(qtbot, hand):
    old = shown_map(hand)
    hand.workbench.window.resize(1500, 950)
    qtbot.waitUntil(lambda: shown_map(hand).field.loss.shape != old.field.loss.shape)
    waits_for_map_of_the_view(qtbot, hand)
    shown, wanted = hand.screen.contour.domain, hand.experiment.view.domain
    assert np.all(shown.low <= wanted.low + 1e-9 * wanted.width)
    assert np.all(shown.high >= wanted.high - 1e-9 * wanted.width)


def test_circles_stay_circles_on_the_valley(qtbot, hand):
    for move in (by_wheel, by_drag, by_minus):
        move(hand)
        width, height = hand.screen.contour.box.viewPixelSize()
        assert width == pytest.approx(height)


@pytest.fixture
def narrow(open_workbench, hand_of):
    """Return a hand on a landscape of one parameter, which has no contour view."""
    hand = hand_of(open_workbench("regression-w1"))
    hand.hold()
    return hand


def test_with_one_parameter_the_curve_is_zoomed_and_comes_back(narrow):
    whole = narrow.screen.curve.box.viewRange()[0]
    for change in (
        lambda: narrow.key(Qt.Key.Key_Plus, CONTROL),
        lambda: narrow.wheel(narrow.curve_area, PLACE, 2),
        lambda: narrow.drag(narrow.curve_area, PLACE, PLACE + QPoint(40, 0), PLACE + QPoint(80, 0)),
    ):
        change()
        shown = narrow.screen.curve.box.viewRange()[0]
        assert shown != whole
        assert narrow.experiment.view.domain[0] == pytest.approx(shown)
        narrow.key(Qt.Key.Key_0, CONTROL)
        assert narrow.screen.curve.box.viewRange()[0] == pytest.approx(whole)
    narrow.undo()
    assert narrow.screen.curve.box.viewRange()[0] == pytest.approx(shown)


def test_with_one_parameter_zooming_comes_to_an_end_too(narrow):
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        for _ in range(100):
            narrow.key(key, CONTROL)
        narrow.curve_area.grab()
    for notches in (FAR, -FAR):
        for _ in range(8):
            narrow.wheel(narrow.curve_area, PLACE, notches)
        narrow.curve_area.grab()
    narrow.key(Qt.Key.Key_0, CONTROL)
    assert narrow.experiment.view.domain == narrow.experiment.landscape.domain
