"""What is done to runs in their list, what the views make of it, and how it is undone."""

import pytest
from PySide6.QtCore import Qt

from gdviz.ui.run_list_model import Column
from tests.app.conftest import CONTROL
from tests.app.run_hand import ALT, SHIFT, RunHand, with_three_runs

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    """Return a hand on a window with three runs: two of gradient descent, one of momentum."""
    return with_three_runs(RunHand(qtbot, workbench))


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
