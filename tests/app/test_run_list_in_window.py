"""The list of runs in the window: selecting, renaming, hiding, moving and taking away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gdviz.ui.run_list_model import Column
from tests.app.conftest import CONTROL
from tests.app.run_hand import ALT, SHIFT, RunHand

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    """Return a hand on a window with three runs: two of gradient descent, one of momentum."""
    hand = RunHand(qtbot, workbench)
    hand.hold()
    hand.add_start((2.0, 2.0))
    hand.add_start((4.0, -2.0))
    hand.choose(hand.screen.run_panel.optimizer, "Momentum")
    hand.focus_views()
    hand.hold()
    hand.key(KEY.Key_End)
    assert [run.optimizer.key for run in hand.runs] == ["gd", "gd", "momentum"]
    assert [run.color for run in hand.runs] == [0, 1, 2]
    return hand


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


def test_duplicate(hand):
    hand.click_run(1)
    hand.focus_views()
    before = hand.experiment
    hand.key(KEY.Key_D, CONTROL)
    assert [run.optimizer.key for run in hand.runs] == ["gd", "gd", "gd", "momentum"]
    assert hand.runs[2].task == hand.runs[1].task
    assert hand.selection == (2,)
    assert [run.color for run in hand.runs] == [0, 1, 3, 2]
    assert hand.colors_shown() == [0, 1, 3, 2]
    hand.check_current(2)
    hand.there_and_back(before)
    hand.check_current(2)


def test_a_duplicate_of_several_by_the_button(hand):
    hand.click_run(0)
    hand.click_run(2, keys=CONTROL)
    before = hand.experiment
    hand.click(hand.screen.run_list.tools["duplicate"])
    assert [run.color for run in hand.runs] == [0, 3, 1, 2, 4]
    assert set(hand.selection) == {1, 4}
    hand.focus_views()
    hand.there_and_back(before)


def test_rename_by_key_typed_and_given_up(hand, qtbot):
    hand.click_run(1)
    hand.focus_views()
    before = hand.experiment
    hand.key(KEY.Key_F2)
    qtbot.waitUntil(lambda: hand.name_editor is not None and hand.name_editor.hasFocus())
    hand.keys("Slow")
    hand.key(KEY.Key_Escape)
    qtbot.waitUntil(lambda: hand.name_editor is None)
    assert hand.experiment == before
    hand.key(KEY.Key_F2)
    qtbot.waitUntil(lambda: hand.name_editor is not None and hand.name_editor.hasFocus())
    hand.keys("Slow one")
    hand.key(KEY.Key_Return)
    qtbot.waitUntil(lambda: hand.name_editor is None)
    assert hand.names == ["Gradient descent", "Slow one", "Momentum"]
    assert [trace.look.name for trace in hand.screen.contour._traces][1] == "Slow one"
    assert hand.undo_texts[-1] == "Rename run"
    hand.focus_views()
    hand.there_and_back(before)


def test_hide_leaves_a_run_out_of_all_views(hand):
    hand.click_run(1)
    hand.focus_views()
    before = hand.experiment
    hand.key(KEY.Key_H)
    assert [run.hidden for run in hand.runs] == [False, True, False]
    assert hand.colors_shown() == [0, 2]
    assert hand.undo_texts[-1] == "Hide run"
    hand.check_current(1)
    hand.there_and_back(before)
    assert hand.colors_shown() == [0, 2]
    hand.key(KEY.Key_H)
    assert hand.experiment == before
    assert hand.colors_shown() == [0, 1, 2]


def test_the_eye_hides_one_run_and_does_not_select_it(hand):
    hand.click_run(0)
    hand.click_run(2, Column.EYE)
    assert hand.selection == (0,)
    assert hand.colors_shown() == [0, 1]
    hand.click_run(2, Column.EYE)
    assert hand.colors_shown() == [0, 1, 2]


def test_the_playhead_counts_the_runs_that_are_shown(hand):
    hand.click_run(0)
    hand.type(hand.steps.entry, "900")
    hand.type(hand.rate.entry, "0.0001")
    hand.focus_views()
    hand.hold()
    assert hand.counter[1] == 900
    hand.key(KEY.Key_End)
    assert hand.counter[0] == 900
    hand.key(KEY.Key_H)
    others = max(int(one.steps[-1]) for one in hand.of_runs[1:])
    assert hand.counter[1] == others
    assert hand.player.record < hand.player.length
    hand.undo()
    assert hand.counter[1] == 900


def test_solo_shows_the_selected_runs_only_and_follows_the_selection(hand):
    hand.click_run(1)
    hand.focus_views()
    before = hand.experiment
    hand.key(KEY.Key_H, SHIFT)
    assert hand.workbench.actions["solo"].isChecked()
    assert hand.colors_shown() == [1]
    hand.key(KEY.Key_Down, CONTROL)
    assert hand.colors_shown() == [2]
    hand.check_current(2)
    hand.click_run(0, keys=CONTROL)
    assert hand.colors_shown() == [0, 2]
    hand.focus_views()
    hand.undo()
    assert hand.experiment == before
    assert not hand.workbench.actions["solo"].isChecked()
    assert hand.colors_shown() == [0, 1, 2]
    hand.click(hand.screen.run_list.tools["solo"])
    assert hand.colors_shown() == [1]


def test_all_runs_hidden_can_still_be_cleared_and_shown(hand):
    hand.click_run(0)
    hand.key(KEY.Key_A, CONTROL)
    hand.focus_views()
    hand.key(KEY.Key_H)
    assert hand.colors_shown() == []
    assert hand.counter_text == "no run"
    before = hand.experiment
    hand.key(KEY.Key_Delete, CONTROL)
    assert hand.runs == ()
    hand.undo()
    assert hand.experiment == before
    hand.key(KEY.Key_H)
    assert hand.colors_shown() == [0, 1, 2]


def test_move_up_and_down(hand):
    hand.click_run(2)
    hand.focus_views()
    before = hand.experiment
    hand.key(KEY.Key_Up, ALT)
    assert [run.color for run in hand.runs] == [0, 2, 1]
    assert hand.selection == (1,)
    assert hand.colors_shown() == [0, 2, 1]
    hand.check_current(1)
    hand.there_and_back(before)
    hand.key(KEY.Key_Up, ALT)
    hand.key(KEY.Key_Up, ALT)
    assert [run.color for run in hand.runs] == [2, 0, 1]
    hand.key(KEY.Key_Down, ALT)
    hand.check_current(1)


def test_delete(hand):
    hand.click_run(1)
    before = hand.experiment
    hand.key(KEY.Key_Delete)
    assert [run.color for run in hand.runs] == [0, 2]
    assert hand.colors_shown() == [0, 2]
    hand.check_current(1)
    hand.focus_views()
    hand.there_and_back(before)
    hand.key(KEY.Key_Delete)
    hand.key(KEY.Key_Delete)
    assert hand.runs == ()
    assert hand.colors_shown() == []
    assert hand.counter_text == "no run"
    for _ in range(3):
        hand.undo()
    assert hand.experiment == before
    hand.check_current(1)


def test_clear(hand):
    before = hand.experiment
    hand.key(KEY.Key_Delete, CONTROL)
    assert hand.runs == ()
    assert hand.colors_shown() == []
    assert hand.names == []
    hand.there_and_back(before)
    hand.undo()
    hand.check_current(2)


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
