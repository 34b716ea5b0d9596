"""Loss curves along both parameters and along −∇f, dragged points, and what is drawn on demand."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from tests.app.conftest import CONTROL, Hand
from tests.app.run_hand import RunHand

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qtbot, workbench):
    hand = Hand(qtbot, workbench)
    hand.hold()
    return hand


def pixel_of(view, canvas, x, y):
    return Hand._pixel(view, canvas, view.box.viewRect().topLeft().__class__(x, y))


def shown(hand):
    screen = hand.screen
    return [
        name for name in ("curve", "beside", "ray") if getattr(screen, f"{name}_canvas").isVisible()
    ]


def test_s_goes_through_all_cuts_and_undo_comes_back(hand):
    seen = []
    for _ in range(4):
        hand.key(Qt.Key.Key_S)
        seen.append((hand.experiment.view.cut, hand.experiment.view.slice_axis, *shown(hand)))
    assert seen == [
        ("one", 1, "curve"),
        ("both", 1, "curve", "beside"),
        ("ray", 1, "ray"),
        ("one", 0, "curve"),
    ]
    for cut, *_ in reversed([("one", 0), *seen[:-1]]):
        hand.undo()
        assert hand.experiment.view.cut == cut


def test_keys_go_on_while_one_curve_takes_the_place_of_another(hand):
    hand.click_curve(1.0)
    hand.hold()
    hand.player.jump(5)
    screen = hand.screen
    assert screen.curve_canvas.plot_area.hasFocus()
    for _ in range(3):
        hand.key(Qt.Key.Key_S)
    assert shown(hand) == ["ray"]
    assert screen.ray_canvas.plot_area.hasFocus()
    hand.key(Qt.Key.Key_Home)
    assert hand.player.record == 0
    hand.key(Qt.Key.Key_S)
    assert screen.curve_canvas.plot_area.hasFocus()


def test_both_partial_derivatives_are_the_slopes_side_by_side(hand):
    hand.click(hand.screen.slice_switch.button("both"))
    hand.player.jump(2)
    screen = hand.screen
    assert shown(hand) == ["curve", "beside"]
    assert screen.slice_switch.button("both").isChecked()
    # From (−3, 4) at rate 0.1: x − 2 shrinks by 0.8 a step, y by 0.6.
    x, y = 2.0 - 5.0 * 0.8**2, 4.0 * 0.6**2
    for view, axis in ((screen.curve, 0), (screen.beside, 1)):
        assert view._axis == axis
        assert view.point == pytest.approx((x, y))
        trace = view._marks._traces[0]
        slope = (2.0 * (x - 2.0), 4.0 * y)[axis]
        assert trace.gradient[2, axis] == pytest.approx(slope)
        assert view._steps._rate == 0.1
    assert screen.contour._cut._axes == (0, 1)
    (low, high), _ = screen.beside.box.viewRange()
    assert (low, high) == pytest.approx(screen.contour.domain[1])


def test_the_window_stays_as_narrow_with_both_curves(hand):
    hand.workbench.window.resize(1280, 800)
    hand.key(Qt.Key.Key_S)
    hand.key(Qt.Key.Key_S)
    assert shown(hand) == ["curve", "beside"]
    assert hand.workbench.window.width() <= 1280
    assert hand.workbench.window.minimumSizeHint().width() <= 1280


def test_a_click_on_the_curve_beside_starts_at_that_value(hand):
    hand.click(hand.screen.slice_switch.button("both"))
    screen = hand.screen
    area = screen.beside_canvas.plot_area.viewport()
    (_, _), (low, high) = screen.beside.box.viewRange()
    at = pixel_of(screen.beside, screen.beside_canvas, -2.0, 0.5 * (low + high))
    hand.click(area, at)
    x, y = hand.experiment.current.start
    assert x == -3.0
    assert y == pytest.approx(-2.0, abs=0.1)


def test_shift_click_on_either_curve_adds_a_run_at_that_value(hand):
    hand.key(Qt.Key.Key_S)  # whichever parameter was cut along before
    hand.click(hand.screen.slice_switch.button("both"))
    screen = hand.screen
    for axis, name in enumerate(("curve", "beside")):
        view, canvas = getattr(screen, name), getattr(screen, f"{name}_canvas")
        before, area = hand.experiment, canvas.plot_area.viewport()
        (_, _), (low, high) = view.box.viewRange()
        pixel = pixel_of(view, canvas, -2.0, low + 0.9 * (high - low))
        RunHand.click_with(hand, SHIFT, area, pixel)
        assert len(hand.experiment.runs) == len(before.runs) + 1
        start, other = hand.experiment.current.start, before.current.start
        assert start[axis] == pytest.approx(-2.0, abs=0.2)
        assert start[1 - axis] == other[1 - axis]


def test_zooming_either_curve_shows_other_values_of_its_parameter(hand):
    hand.key(Qt.Key.Key_S)
    hand.click(hand.screen.slice_switch.button("both"))
    screen = hand.screen
    for axis, name in enumerate(("curve", "beside")):
        view, canvas = getattr(screen, name), getattr(screen, f"{name}_canvas")
        area = canvas.plot_area.viewport()
        before = hand.experiment.view.domain
        hand.wheel(area, area.rect().center(), 2)
        hand.qtbot.waitUntil(lambda before=before: hand.experiment.view.domain != before)
        (low, high), _ = view.box.viewRange()
        assert (low, high) == pytest.approx(hand.experiment.view.domain[axis])


def test_dragging_the_point_on_the_curve_moves_it_on_the_contour(hand, qtbot):
    hand.player.jump(2)
    screen, trajectory = hand.screen, hand.trajectory
    before = trajectory.params[2, 0].copy()
    at = hand.curve_pixel(before[0], trajectory.loss[2, 0])
    hand.drag(hand.curve_area, at, at + QPoint(20, -6), at + QPoint(40, -10))
    hand.wait_computed()
    qtbot.waitUntil(lambda: hand.player.record == 0)
    start = hand.experiment.current.start
    assert start[1] == before[1]  # held constant
    assert start[0] == pytest.approx(hand.curve_value(at + QPoint(40, 0)), abs=0.1)
    assert not hand.player.playing
    assert hand.step_shown_everywhere() == 0
    assert screen.curve.point == pytest.approx(start)
    assert hand.undo_texts == ["Move start"]
    hand.undo()
    assert hand.experiment.current.start == (-3.0, 4.0)


def test_dragging_the_point_on_the_contour_moves_it_on_the_curve(hand, qtbot):
    hand.player.jump(0)
    begin = hand.contour_pixel((-3.0, 4.0))
    hand.move(hand.contour_area, begin)
    hand.press(hand.contour_area, begin)
    for offset in (QPoint(30, 20), QPoint(60, 40)):
        hand.move(hand.contour_area, begin + offset)
        hand.wait_computed()
        qtbot.waitUntil(lambda: hand.player.record == 0)
        start = hand.experiment.current.start
        qtbot.waitUntil(
            lambda start=start: np.allclose(hand.screen.curve.point, start), timeout=2000
        )
        assert hand.numbers()["slope", "x"] == hand.expected_numbers(0)["slope", "x"]
        assert hand.trajectory.gradient[0, 0] == pytest.approx(
            (2.0 * (start[0] - 2.0), 4.0 * start[1])
        )
    hand.release(hand.contour_area, begin + QPoint(60, 40))
    assert hand.undo_texts == ["Move start"]


def test_dragging_the_current_point_on_the_contour_starts_there(hand, qtbot):
    hand.player.jump(3)
    here = hand.trajectory.params[3, 0]
    at = hand.contour_pixel(here)
    hand.drag(hand.contour_area, at, at + QPoint(15, 10), at + QPoint(40, 30))
    hand.wait_computed()
    qtbot.waitUntil(lambda: hand.player.record == 0)
    expected = hand.contour_params(at + QPoint(40, 30))
    assert hand.experiment.current.start == pytest.approx(expected, abs=0.1)


def test_the_ray_shows_the_line_that_a_line_search_sees(hand):
    hand.player.jump(0)
    hand.click(hand.screen.slice_switch.button("ray"))
    screen = hand.screen
    assert shown(hand) == ["ray"]
    # φ(η) = 4 + 25 (1 − 2η)² + 32 (1 − 4η)²
    rates = np.array([0.0, 0.1, 0.3])
    expected = 4.0 + 25.0 * (1.0 - 2.0 * rates) ** 2 + 32.0 * (1.0 - 4.0 * rates) ** 2
    assert screen.ray._item.losses(rates) == pytest.approx(expected)
    assert screen.contour._cut._reach == screen.ray.reach
    assert screen.ray.box.line == 0.1
    hand.click(screen.ray_switch.button(1))
    assert shown(hand) == ["curve"]
    assert hand.experiment.view.slice_axis == 1


def test_dragging_the_rate_on_the_ray_changes_the_learning_rate(hand):
    hand.player.jump(0)
    hand.click(hand.screen.slice_switch.button("ray"))
    screen = hand.screen
    area = screen.ray_canvas.plot_area.viewport()
    (_, _), (low, high) = screen.ray.box.viewRange()
    middle = low + 0.6 * (high - low)
    begin, *stops = (
        pixel_of(screen.ray, screen.ray_canvas, rate, middle) for rate in (0.1, 0.2, 0.3)
    )
    hand.drag(area, begin, *stops)
    hand.wait_computed()
    rate = hand.experiment.current.optimizer.learning_rate
    assert rate == pytest.approx(0.3, abs=0.01)
    assert hand.rate.value == rate
    assert screen.ray.box.line == rate
    assert hand.undo_texts[1:] == ["Change learning rate"]
    hand.undo()
    assert hand.experiment.current.optimizer.learning_rate == 0.1


def test_another_optimizers_step_is_no_rate_on_the_ray(open_workbench, hand_of):
    hand = hand_of(open_workbench("valley"))
    hand.hold()
    hand.choose(hand.screen.run_panel.optimizer, "Adam")
    hand.hold()
    hand.focus_views()
    assert hand.screen.curve._steps._rate is None
    hand.click(hand.screen.slice_switch.button("ray"))
    assert hand.screen.ray.box.line is None


KEYS = {
    "arrows": (Qt.Key.Key_G, Qt.KeyboardModifier.NoModifier),
    "level_line": (Qt.Key.Key_I, Qt.KeyboardModifier.NoModifier),
    "partials": (Qt.Key.Key_D, Qt.KeyboardModifier.NoModifier),
    "tangent_plane": (Qt.Key.Key_T, Qt.KeyboardModifier.NoModifier),
    "quadratic": (Qt.Key.Key_Q, Qt.KeyboardModifier.NoModifier),
    "eigen_directions": (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier),
    "components": (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
}


def test_every_overlay_has_a_key_and_a_place_in_the_menu(hand):
    menu = hand.screen.layers.menu()
    actions = hand.workbench.actions
    for name, (key, modifiers) in KEYS.items():
        before = hand.workbench.overlays.shown
        hand.key(key, modifiers)
        after = hand.workbench.overlays.shown
        assert (name in after) is (name not in before), name
        assert actions[name].isChecked() is (name in after)
        assert actions[name] in menu.actions()
        hand.key(key, modifiers)
        assert (name in hand.workbench.overlays.shown) is (name in before), name


def test_who_asks_for_downhill_or_equal_arrows_sees_them(hand):
    overlays = hand.workbench.overlays
    hand.key(Qt.Key.Key_G, SHIFT)
    assert {"arrows", "downhill_arrows"} <= overlays.shown
    hand.key(Qt.Key.Key_G, CONTROL)
    assert hand.screen.contour._arrows._equal
    hand.key(Qt.Key.Key_G)
    assert "arrows" not in overlays.shown
    assert not hand.screen.contour._arrows.isVisible()


def test_the_tangent_plane_and_the_quadratic_model_exclude_each_other(hand):
    overlays = hand.workbench.overlays
    hand.key(Qt.Key.Key_T)
    assert hand.screen.contour._model._curved is False
    hand.key(Qt.Key.Key_Q)
    assert "tangent_plane" not in overlays.shown
    assert hand.screen.contour._model._curved is True
    assert hand.screen.curve._model._curved is True
    hand.key(Qt.Key.Key_Q)
    assert hand.screen.contour._model._curved is None


def test_what_is_drawn_over_the_window_is_in_the_picture(hand):
    hand.key(Qt.Key.Key_D)
    hand.key(Qt.Key.Key_A)
    assert hand.workbench.exporting.look().overlays == ("partials", "components")
