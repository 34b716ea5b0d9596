"""The list of runs in the window: what is selected is what everything shows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.app.conftest import CONTROL
from tests.app.run_hand import ALT, SHIFT, RunHand, with_three_runs

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    """Return a hand on a window with three runs: two of gradient descent, one of momentum."""
    return with_three_runs(RunHand(qtbot, workbench))


def test_a_click_selects_and_everything_shows_that_run(hand):
    count = hand.workbench.session.undo_stack.count()
    for row in (0, 2, 1):
        hand.click_run(row)
        assert hand.selection == (row,)
        hand.check_current(row)
    assert hand.workbench.session.undo_stack.count() == count


def test_arrows_select_in_the_list(hand):
    hand.click_run(0)
    for key, row in ((KEY.Key_Down, 1), (KEY.Key_Down, 2), (KEY.Key_Up, 1), (KEY.Key_Home, 0)):
        hand.key(key)
        hand.check_current(row)


def test_control_and_arrows_select_from_anywhere_and_go_round(hand):
    count = hand.workbench.session.undo_stack.count()
    hand.click_run(0)
    hand.focus_views()
    for key, row in (
        (KEY.Key_Down, 1),
        (KEY.Key_Down, 2),
        (KEY.Key_Down, 0),
        (KEY.Key_Up, 2),
        (KEY.Key_Up, 1),
    ):
        hand.key(key, CONTROL)
        hand.check_current(row)
    assert hand.workbench.session.undo_stack.count() == count


def test_control_and_shift_click_select_several(hand):
    hand.click_run(0)
    hand.click_run(2, keys=CONTROL)
    assert hand.selection == (2, 0)
    hand.check_current(2)
    hand.click_run(2, keys=CONTROL)
    assert hand.selection == (0,)
    hand.click_run(2, keys=SHIFT)
    assert set(hand.selection) == {0, 1, 2}


def test_selecting_does_not_move_the_playhead(hand):
    for row in (0, 1, 2):
        hand.player.jump(7)
        hand.click_run(row)
        QApplication.processEvents()
        assert hand.step_shown_everywhere() == 7
        hand.focus_views()
        hand.key(KEY.Key_H)
        assert hand.counter[0] == 7
        hand.undo()
        assert hand.step_shown_everywhere() == 7


@pytest.mark.parametrize("key", [KEY.Key_D, KEY.Key_Delete, KEY.Key_Down])
def test_what_needs_no_computing_leaves_the_playhead_alone(hand, key):
    keys = {KEY.Key_D: CONTROL, KEY.Key_Down: ALT}.get(key, Qt.KeyboardModifier.NoModifier)
    hand.click_run(1)
    hand.focus_views()
    hand.key(KEY.Key_Home)
    hand.key(KEY.Key_Space)
    assert hand.player.playing
    hand.key(key, keys)
    hand.wait_computed()
    assert hand.player.playing
    assert hand.player.record < hand.player.end
    hand.hold()
    record = hand.player.record
    hand.undo()
    hand.hold()
    assert hand.player.record == record


def test_a_setting_goes_to_the_selected_runs_of_the_same_optimizer(hand):
    hand.click_run(0)
    hand.click_run(1, keys=CONTROL)
    hand.click_run(2, keys=CONTROL)
    hand.click_run(0, keys=CONTROL)
    hand.click_run(0, keys=CONTROL)
    assert hand.selection == (0, 1, 2)
    before = hand.experiment
    hand.drag_slider(hand.rate.slider, 0.5, 0.3, 0.35)
    hand.focus_views()
    rates = [run.optimizer.learning_rate for run in hand.runs]
    assert rates[0] == rates[1] == hand.rate.value != before.runs[0].optimizer.learning_rate
    assert rates[2] == before.runs[2].optimizer.learning_rate
    hand.there_and_back(before)
    hand.check_current(0)


def test_what_is_not_selected_is_left_alone(hand):
    hand.click_run(0)
    before = hand.experiment
    hand.type(hand.rate.entry, "0.07")
    hand.focus_views()
    assert hand.runs[1:] == before.runs[1:]
    assert hand.runs[0].optimizer.learning_rate == 0.07
    hand.there_and_back(before)


def test_two_runs_slid_one_after_the_other_are_two_undo_steps(hand):
    first = hand.experiment
    hand.click_run(0)
    hand.drag_slider(hand.rate.slider, 0.4)
    hand.click_run(1)
    hand.drag_slider(hand.rate.slider, 0.3)
    hand.focus_views()
    hand.undo()
    assert hand.runs[0] != first.runs[0]
    assert hand.runs[1] == first.runs[1]
    hand.undo()
    assert hand.runs == first.runs


def test_keys_of_a_slider_pressed_for_two_runs_are_two_undo_steps(hand):
    """A slider moved by keys is never let go; another run is another edit all the same."""
    first = hand.experiment
    for row in (0, 1):
        hand.click_run(row)
        hand.rate.slider.setFocus()
        hand.key(KEY.Key_Left)
        hand.key(KEY.Key_Left)
    hand.focus_views()
    assert all(hand.runs[row] != first.runs[row] for row in (0, 1))
    hand.undo()
    assert hand.runs[0] != first.runs[0]
    assert hand.runs[1] == first.runs[1]


def test_home_and_end_lead_to_the_first_and_the_last_run(hand):
    record = hand.player.record
    hand.click_run(1)
    hand.key(KEY.Key_End)
    assert hand.selection == (2,)
    hand.key(KEY.Key_Home)
    assert hand.selection == (0,)
    hand.key(KEY.Key_End, SHIFT)
    assert set(hand.selection) == {0, 1, 2}
    assert hand.player.record == record
