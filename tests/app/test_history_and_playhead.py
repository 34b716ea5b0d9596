"""The history's playhead, its axes and quantities, and what is hovered in any view."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from tests.app.run_hand import RunHand

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    """Return a hand on a window with a race that is over."""
    hand = RunHand(qtbot, workbench)
    hand.hold()
    hand.race()
    hand.hold()
    hand.key(KEY.Key_Home)
    hand.colors_shown()
    return hand


def area(hand):
    return hand.screen.history_canvas.plot_area.viewport()


def pixel(hand, step, height=None):
    """Return where a step is in the history."""
    view = hand.screen.history
    low, high = view.box.viewRange()[1]
    height = 0.5 * (low + high) if height is None else height
    return hand._pixel(view, hand.screen.history_canvas, QPointF(step, height))


def step_at(hand, at):
    canvas = hand.screen.history_canvas
    return hand.screen.history.box.mapSceneToView(canvas.plot_area.mapToScene(at)).x()


def test_a_click_moves_the_playhead_there(hand):
    last = hand.counter[1]
    for step in (last // 2, last // 4, 3):
        at = pixel(hand, step)
        hand.click(area(hand), at)
        assert hand.step_shown_everywhere() == round(step_at(hand, at))
        assert not hand.player.playing


def test_a_click_holds_what_plays(hand):
    hand.key(KEY.Key_Space)
    assert hand.player.playing
    hand.click(area(hand), pixel(hand, 40))
    assert not hand.player.playing
    assert abs(hand.step_shown_everywhere() - 40) <= 1


def test_the_playhead_is_dragged(hand):
    hand.player.jump(20)
    seen = []
    hand.player.record_changed.connect(seen.append)
    places = [pixel(hand, step) for step in (20, 30, 50, 80, 60)]
    before = hand.experiment, hand.screen.history.box.viewRange()
    hand.drag(area(hand), *places)
    assert hand.step_shown_everywhere() == round(step_at(hand, places[-1]))
    assert len(seen) >= 3
    assert (hand.experiment, hand.screen.history.box.viewRange()) == before


def test_the_playhead_stays_within_the_steps(hand):
    last = hand.counter[1]
    hand.player.jump(10)
    hand.drag(area(hand), pixel(hand, 10), pixel(hand, 2), pixel(hand, -2))
    assert hand.step_shown_everywhere() == 0
    hand.drag(area(hand), pixel(hand, 0), pixel(hand, last // 2), pixel(hand, last + 2))
    assert hand.step_shown_everywhere() == last


def test_the_pointer_tells_that_the_playhead_can_be_taken(hand):
    hand.player.jump(50)
    hand.move(area(hand), pixel(hand, 50) + QPoint(2, 0))
    assert hand.screen.history.box.cursor().shape() is Qt.CursorShape.SizeHorCursor


def test_keys_and_bar_move_the_historys_playhead(hand):
    hand.focus_views()
    hand.key(KEY.Key_Right)
    assert hand.step_shown_everywhere() == 1
    assert hand.screen.history.box.line == 1.0
    hand.key(KEY.Key_End)
    assert hand.screen.history.box.line == hand.step_shown_everywhere()


@pytest.mark.parametrize("away", [KEY.Key_Home, KEY.Key_Space])
def test_a_playhead_that_is_taken_while_a_run_is_computed_is_not_torn_away(qtbot, hand, away):
    hand.key(KEY.Key_End)
    hand.click_run(0)
    hand.type(hand.rate.entry, "1e-9")
    hand.type(hand.steps.entry, "50000000")
    hand.focus_views()
    qtbot.waitUntil(lambda: hand.player.record > 1000, timeout=20_000)  # it follows the end
    hand.key(KEY.Key_Home)
    hand.key(away)
    length = hand.player.length
    qtbot.waitUntil(lambda: hand.player.length > length + 1000, timeout=20_000)
    assert hand.player.playing is (away is KEY.Key_Space)
    assert hand.player.record < 1000
    hand.key(KEY.Key_Escape)
    hand.hold()
    hand.step_shown_everywhere()


def test_a_drag_shows_the_end_and_a_playhead_that_is_moved_then_stays(hand):
    hand.player.jump(5)
    hand.drag_slider(hand.rate.slider, 0.4, 0.3)
    hand.focus_views()
    hand.hold()
    assert hand.step_shown_everywhere() == 5
    hand.drag_start(hand.starts[0], QPoint(10, 0), QPoint(30, -10))
    hand.hold()
    assert hand.step_shown_everywhere() == hand.workbench.conductor.step_at(hand.player.end)
    hand.player.jump(3)
    hand.key(KEY.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert hand.step_shown_everywhere() == 3


def test_the_switches_make_axes_logarithmic(hand):
    controls, view = hand.screen.history_controls, hand.screen.history
    loss = hand.of_runs[0].loss[:, 0]
    assert controls.log_y.isChecked()
    np.testing.assert_allclose(10.0 ** view._points[0][: loss.size, 1], loss)
    hand.click(controls.log_y)
    np.testing.assert_array_equal(view._points[0][: loss.size, 1], loss)
    hand.click(controls.log_x)
    last = hand.counter[1]
    at = pixel(hand, np.log10(last / 3))
    hand.click(area(hand), at)
    step = hand.step_shown_everywhere()
    assert step == round(10 ** step_at(hand, at))
    assert view.box.line == pytest.approx(np.log10(step))
    hand.click(controls.log_x)
    assert view.box.line == step
    assert hand.experiment.view == hand.workbench.session.experiment.view


def test_the_quantity_is_chosen(hand):
    controls, view = hand.screen.history_controls, hand.screen.history
    if controls.log_y.isChecked():
        hand.click(controls.log_y)
    one = hand.of_runs[0]
    minimum = hand.experiment.landscape.minima[0]
    away = np.hypot(*(one.params[:, 0] - np.asarray(minimum)).T)
    for title, label, expected in (
        ("gradient norm", "gradient", one.gradient_norm[:, 0]),
        ("distance to minimum", "distance", away),
        ("loss", "loss", one.loss[:, 0]),
    ):
        hand.choose(controls.quantity, title)
        assert label in view._labels[0]
        count = one.last_step[0] + 1
        np.testing.assert_allclose(view._points[0][:count, 1], expected[:count])
    hand.choose(controls.quantity, "step size")
    assert "step" in view._labels[0]


def test_data_and_history_take_turns_on_a_regression(qtbot, open_workbench):
    hand = RunHand(qtbot, open_workbench("regression"))
    hand.hold()
    screen = hand.screen
    assert screen.data_canvas.isVisible()
    hand.click(screen.companions.button("history"))
    assert screen.history_canvas.isVisible()
    assert not screen.data_canvas.isVisible()
    hand.key(KEY.Key_Home)
    hand.colors_shown()
    at = pixel(hand, 5)
    hand.click(area(hand), at)
    step = hand.step_shown_everywhere()
    assert step == round(step_at(hand, at))
    hand.click(screen.companions.button("data"))
    assert screen.data_canvas.isVisible()
    assert screen.data._model._step == step
    hand.choose_landscape("valley")
    assert screen.history_canvas.isVisible()
    assert not screen.companions.button("data").isVisible()
    hand.choose_landscape("regression")
    assert screen.data_canvas.isVisible()


# --- hovering ---


def ghosts(hand):
    screen = hand.screen
    history = screen.history._ghost
    return {screen.contour._marks._ghost, screen.curve._marks._ghost, history}


def path_pixel(hand, row, step):
    return hand.contour_pixel(hand.of_runs[row].params[step, 0])


def test_a_path_that_is_hovered_shows_a_ghost_in_all_views(hand):
    hand.key(KEY.Key_End)
    before = hand.counter
    hand.move(hand.contour_area, path_pixel(hand, 0, 2) + QPoint(2, 1))
    (ghost,) = ghosts(hand)
    assert ghost is not None
    run, step = ghost
    found = hand.of_runs[run].params[step, 0]
    away = path_pixel(hand, 0, 2) + QPoint(2, 1) - hand.contour_pixel(found)
    assert abs(away.x()) <= 10
    assert abs(away.y()) <= 10
    (_x, _y, _color), words = hand.screen.history._marks._ghost
    assert f"step {step:,}" in words
    assert hand.counter == before
    hand.leave()
    assert ghosts(hand) == {None}
    assert hand.screen.history._marks._ghost is None


def test_the_history_and_the_curve_that_are_hovered_do_the_same(hand):
    hand.key(KEY.Key_End)
    points = hand.screen.history._points[0]
    at = pixel(hand, float(points[6, 0]), float(points[6, 1]))
    hand.move(area(hand), at)
    (ghost,) = ghosts(hand)
    assert ghost is not None
    hand.leave()
    assert ghosts(hand) == {None}
    first = hand.of_runs[0]
    hand.move(hand.curve_area, hand.curve_pixel(first.params[0, 0, 0], first.loss[0, 0]))
    (ghost,) = ghosts(hand)
    assert ghost is not None
    assert ghost[1] == 0
    hand.leave()
    assert ghosts(hand) == {None}


def test_the_data_show_the_ghosts_line_too(qtbot, open_workbench):
    hand = RunHand(qtbot, open_workbench("regression"))
    hand.hold()
    hand.key(KEY.Key_End)
    hand.move(hand.contour_area, path_pixel(hand, 0, 2))
    (ghost,) = ghosts(hand)
    assert ghost is not None
    assert hand.screen.data._model._ghost == ghost
    hand.leave()
    assert hand.screen.data._model._ghost is None


def test_nothing_is_a_ghost_of_another_run_when_the_list_changes(hand):
    """A ghost is told by its run's place: hiding one before it must not leave it to another."""
    hand.key(KEY.Key_End)
    hand.move(hand.contour_area, path_pixel(hand, 1, 20))
    (ghost,) = ghosts(hand)
    assert ghost is not None
    hand.click_run(0)
    hand.leave()
    hand.focus_views()
    hand.move(hand.contour_area, path_pixel(hand, 1, 20))
    (ghost,) = ghosts(hand)
    assert ghost[0] > 0
    hand.key(KEY.Key_H)
    QApplication.processEvents()
    assert ghosts(hand) == {None}
    hand.move(hand.contour_area, path_pixel(hand, 1, 20) + QPoint(1, 0))
    (after,) = ghosts(hand)
    assert after is not None
    shown = hand.screen.contour._traces[after[0]]
    assert shown.look.color == hand.runs[after[0] + 1].color


def test_a_ghost_stays_while_the_descent_plays(qtbot, hand):
    hand.player.jump(30)
    hand.move(hand.contour_area, path_pixel(hand, 0, 3))
    (ghost,) = ghosts(hand)
    assert ghost is not None
    hand.key(KEY.Key_Space)
    qtbot.waitUntil(lambda: hand.player.record > 35)
    assert ghosts(hand) == {ghost}
