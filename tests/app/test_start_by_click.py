"""A click or a drag sets the start, and the descent begins anew from there."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gdviz.engine import descend

CHECKED = (1.0, -2.5)


def one_pixel(view):
    return view.box.viewPixelSize()


def test_a_click_on_the_contour_starts_there(hand):
    hand.hold()
    hand.click_contour(CHECKED)
    start = hand.experiment.draft.start
    assert np.all(np.abs(np.subtract(start, CHECKED)) <= one_pixel(hand.screen.contour))
    (run,) = hand.experiment.runs
    assert run.start == start
    hand.hold()
    expected = descend(hand.experiment.landscape, run.optimizer, start, run.steps)
    np.testing.assert_array_equal(
        hand.trajectory.params, expected.params[: hand.trajectory.records]
    )


def test_the_start_is_the_clicked_pixel_itself(hand):
    hand.hold()
    for pixel in (QPoint(200, 90), QPoint(333, 201), QPoint(450, 57)):
        hand.click(hand.contour_area, pixel)
        difference = hand.contour_pixel(hand.experiment.draft.start) - pixel
        assert abs(difference.x()) <= 1
        assert abs(difference.y()) <= 1


def test_the_descent_restarts_from_step_0_and_moves(qtbot, workbench, hand):
    hand.wait_computed()
    hand.key(Qt.Key.Key_End)
    assert hand.player.record > 10
    seen = []
    workbench.player.record_changed.connect(seen.append)
    hand.click_contour(CHECKED)
    qtbot.waitUntil(lambda: 0 in seen and len(seen) > 5)
    since = seen[seen.index(0) :]
    assert since == sorted(set(since))
    assert since[1] < 5
    assert hand.player.playing


def test_a_click_anew_at_the_same_place_plays_again(qtbot, hand):
    hand.hold()
    hand.click_contour(CHECKED)
    hand.hold()
    hand.key(Qt.Key.Key_End)
    count = hand.workbench.session.undo_stack.count()
    hand.click_contour(CHECKED)
    assert hand.player.playing
    assert hand.player.record < 5
    assert hand.workbench.session.undo_stack.count() == count


def test_the_ring_and_the_start_fields_follow_a_click(qtbot, hand):
    hand.hold()
    hand.click_contour(CHECKED)
    hand.hold()
    start = hand.experiment.draft.start
    grip, *_ = hand.screen.contour.box.grips
    assert grip == start
    for axis, value in enumerate(start):
        assert hand.number(hand.field(f"start {axis}").entry) == value


def test_a_click_outside_the_plots_box_starts_nothing(hand):
    hand.hold()
    before = hand.experiment
    hand.click(hand.contour_area, QPoint(8, hand.contour_area.height() // 2))  # on the axis
    hand.click(
        hand.contour_area, QPoint(hand.contour_area.width() // 2, hand.contour_area.height() - 6)
    )
    assert hand.experiment is before


def test_other_mouse_buttons_start_nothing(hand, qtbot):
    hand.hold()
    before = hand.experiment
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        qtbot.mouseClick(hand.contour_area, button, pos=hand.contour_pixel(CHECKED))
    assert hand.experiment == before


@pytest.mark.parametrize(("axis", "kept"), [(0, 1), (1, 0)])
def test_a_click_on_the_curve_sets_that_parameter_alone(hand, axis, kept):
    hand.hold()
    if axis:
        hand.key(Qt.Key.Key_S)
    before = hand.experiment.draft.start
    hand.click_curve(1.25)
    after = hand.experiment.draft.start
    assert after[kept] == before[kept]
    assert abs(after[axis] - 1.25) <= one_pixel(hand.screen.curve)[0]
    assert after[axis] != before[axis]
    hand.hold()
    assert tuple(hand.trajectory.params[0, 0]) == after


def test_a_click_on_the_curve_keeps_the_start_and_not_the_point_reached(hand):
    hand.hold()
    hand.key(Qt.Key.Key_End)
    start, reached = hand.experiment.draft.start, hand.trajectory.params[-1, 0]
    assert abs(reached[1] - start[1]) > 1.0
    hand.click_curve(5.0)
    assert hand.experiment.draft.start[1] == start[1]


def test_dragging_the_ring_moves_the_start_live_as_one_undo_step(hand):
    hand.hold()
    begin = hand.contour_pixel(hand.experiment.draft.start)
    first = hand.experiment
    seen = []
    hand.workbench.session.experiment_changed.connect(
        lambda _before, after: seen.append(after.draft.start)
    )
    places = [begin + QPoint(20 * step, 6 * step) for step in range(1, 8)]
    hand.drag(hand.contour_area, begin, *places)
    assert len(set(seen)) >= 5
    end = hand.experiment.draft.start
    assert np.all(
        np.abs(np.subtract(end, hand.contour_params(places[-1]))) <= one_pixel(hand.screen.contour)
    )
    assert hand.undo_texts == ["Move start"]
    hand.undo()
    assert hand.experiment == first


def test_two_drags_are_two_undo_steps(hand):
    hand.hold()
    for offset in (QPoint(60, 10), QPoint(10, 60)):
        begin = hand.contour_pixel(hand.experiment.draft.start)
        hand.drag(hand.contour_area, begin, begin + offset / 2, begin + offset)
        hand.wait_computed()
    assert hand.undo_texts == ["Move start", "Move start"]


def test_the_whole_run_is_shown_while_the_ring_is_dragged(qtbot, hand):
    hand.hold()
    hand.key(Qt.Key.Key_End)
    begin = hand.contour_pixel(hand.experiment.draft.start)
    hand.move(hand.contour_area, begin)
    hand.press(hand.contour_area, begin)
    try:
        for step in range(1, 5):
            hand.move(hand.contour_area, begin + QPoint(15 * step, 0))
        hand.wait_computed()
        assert tuple(hand.trajectory.params[0, 0]) == hand.experiment.draft.start
        # Other plots follow the paths a moment later while the mouse is held down.
        qtbot.waitUntil(lambda: hand.step_shown_everywhere() is not None)
        assert hand.step_shown_everywhere() == hand.trajectory.steps[hand.player.end] > 10
    finally:
        hand.release(hand.contour_area, begin + QPoint(60, 0))


def test_a_drag_that_ends_where_it_began_changes_nothing(hand):
    hand.hold()
    first = hand.experiment
    begin = hand.contour_pixel(first.draft.start)
    hand.drag(hand.contour_area, begin, begin + QPoint(40, 0), begin)
    moved = np.subtract(hand.experiment.draft.start, first.draft.start)
    assert np.all(np.abs(moved) <= one_pixel(hand.screen.contour))


def test_the_pointer_tells_that_the_ring_can_be_taken(hand):
    hand.hold()
    ring = hand.contour_pixel(hand.experiment.draft.start)
    hand.move(hand.contour_area, ring)
    assert hand.screen.contour.box.cursor().shape() == Qt.CursorShape.SizeAllCursor
    hand.move(hand.contour_area, ring + QPoint(50, 0))
    assert hand.screen.contour.box.cursor().shape() == Qt.CursorShape.CrossCursor


def test_start_at_zero_and_at_random(hand, open_workbench, hand_of):
    hand.hold()
    hand.key(Qt.Key.Key_0)
    assert hand.experiment.draft.start == (0.0, 0.0)
    starts = []
    for _ in range(3):
        hand.key(Qt.Key.Key_R)
        starts.append(hand.experiment.draft.start)
        assert hand.experiment.view.domain.contains(starts[-1])
    assert len(set(starts)) == 3
    again = hand_of(open_workbench("valley", seed=7))
    again.hold()
    for start in starts:
        again.key(Qt.Key.Key_R)
        assert again.experiment.draft.start == start
