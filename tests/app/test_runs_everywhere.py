"""Many runs with one parameter, on tables, beside recorded runs, and by keys alone."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from gdviz.ui.run_list_model import Column
from tests.app.conftest import CONTROL
from tests.app.run_hand import ALT, SHIFT, RunHand

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    hand = RunHand(qtbot, workbench)
    hand.hold()
    return hand


@pytest.mark.parametrize("source", ["parabola", "regression-w1", "regression", "o-rings"])
def test_a_race_with_everything_shown(qtbot, open_workbench, source):
    """With one parameter there is no contour; arrows and directions then have no place."""
    hand = RunHand(qtbot, open_workbench(source))
    hand.hold()
    hand.race()
    hand.hold()
    for key in (KEY.Key_E, KEY.Key_A, KEY.Key_N):
        hand.key(key)
    hand.workbench.window.raise_dock("Update")
    hand.workbench.window.raise_dock("Verdict")
    for _run in hand.runs:
        hand.key(KEY.Key_Down, CONTROL)
        for key in (KEY.Key_Home, KEY.Key_Right, KEY.Key_End):
            hand.key(key)
            QApplication.processEvents()
            hand.step_shown_everywhere()
        hand.wait_verdict()
    hand.key(KEY.Key_T, CONTROL)
    hand.workbench.window.grab()
    hand.key(KEY.Key_Delete)
    hand.key(KEY.Key_H)
    hand.key(KEY.Key_H, SHIFT)
    hand.workbench.window.grab()
    hand.key(KEY.Key_Delete, CONTROL)
    hand.workbench.window.grab()
    assert hand.colors_shown() == []


def test_a_recorded_run_stays_beneath_the_runs(hand, tmp_path, qtbot):
    path = tmp_path / "run.csv"
    rows = "\n".join(f"{x},{x / 2}" for x in np.linspace(3.0, 0.0, 12).tolist())
    path.write_text(f"x,y\n{rows}\n")
    hand.workbench.opening.open_track(path)
    qtbot.waitUntil(lambda: len(hand.experiment.tracks) == 1)
    hand.add_start((2.0, 2.0))
    hand.hold()
    assert len(hand.names) == 3
    assert len(hand.colors_shown()) == 3
    before = hand.experiment
    hand.click_run(2)  # it can't be selected
    assert hand.experiment == before
    hand.focus_views()
    hand.key(KEY.Key_Down, CONTROL)
    hand.key(KEY.Key_Down, CONTROL)
    assert hand.selection == before.selection
    hand.key(KEY.Key_Delete)
    hand.key(KEY.Key_Delete)
    assert hand.runs == ()
    assert len(hand.colors_shown()) == 1
    assert hand.counter[1] == 11
    hand.key(KEY.Key_Delete, CONTROL)
    assert hand.names == []
    for _ in range(3):
        hand.undo()
    assert hand.experiment == before
    hand.check_current(hand.experiment.current_row)


def test_by_keys_alone(hand, qtbot):
    """Race, walk, hide, rename, move, duplicate and delete without a mouse."""
    hand.race()
    first = hand.experiment
    hand.key(KEY.Key_Down, CONTROL)
    hand.key(KEY.Key_H)
    hand.key(KEY.Key_Down, CONTROL)
    hand.key(KEY.Key_F2)
    qtbot.waitUntil(lambda: hand.name_editor is not None and hand.name_editor.hasFocus())
    hand.keys("fast")
    hand.key(KEY.Key_Return)
    qtbot.waitUntil(lambda: hand.name_editor is None)
    assert hand.table.hasFocus()
    hand.key(KEY.Key_Down, ALT)
    hand.key(KEY.Key_D, CONTROL)
    hand.key(KEY.Key_Up, SHIFT)
    assert len(hand.selection) == 2
    hand.key(KEY.Key_Delete)
    assert len(hand.runs) == len(first.runs) - 1
    assert hand.undo_texts[-5:] == [
        *("Hide run", "Rename run", "Move run", "Duplicate run", "Delete run")
    ]
    for _ in range(5):
        hand.undo()
    assert hand.runs == first.runs
    for _ in range(5):
        hand.redo()
    assert len(hand.runs) == len(first.runs) - 1


def test_the_context_menu_does_what_the_keys_do(hand, qtbot):
    hand.add_start((2.0, 2.0))
    hand.hold()
    area = hand.table.viewport()
    at = hand.table.visualRect(hand.table.model().index(1, Column.NAME)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, area.mapToGlobal(at))
    QApplication.sendEvent(area, event)
    (menu,) = [one for one in hand.screen.run_list.findChildren(QMenu) if one.isVisible()]
    entry = next(one for one in menu.actions() if "uplicate" in one.text())
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    assert len(hand.runs) == 3
    assert not menu.isVisible()


def test_a_name_that_is_being_typed_survives_a_change_of_the_list(hand, qtbot):
    hand.add_start((2.0, 2.0))
    hand.hold()
    hand.click_run(0)
    hand.key(KEY.Key_F2)
    qtbot.waitUntil(lambda: hand.name_editor is not None and hand.name_editor.hasFocus())
    hand.keys("half")
    hand.add_start((4.0, 1.0))
    qtbot.waitUntil(lambda: hand.name_editor is None)
    assert hand.names[0] in ("half", "Gradient descent")
    assert hand.table.selection[0] == hand.experiment.current_row
    hand.check_current(hand.experiment.current_row)


def test_letters_typed_as_a_name_start_nothing(hand, qtbot):
    hand.click_run(0)
    hand.key(KEY.Key_F2)
    qtbot.waitUntil(lambda: hand.name_editor is not None and hand.name_editor.hasFocus())
    before = hand.experiment
    hand.keys("hrmnaesl 0")
    assert hand.experiment == before
    assert not hand.screen.numbers.grid.isVisible()
    hand.key(KEY.Key_Return)
    qtbot.waitUntil(lambda: hand.name_editor is None)
    assert hand.names == ["hrmnaesl 0"]


def test_an_edit_of_a_hidden_run_computes_it_all_the_same(hand):
    hand.add_start((2.0, 2.0))
    hand.hold()
    hand.key(KEY.Key_H)
    hand.type(hand.rate.entry, "0.03")
    hand.focus_views()
    hand.check_current(1)
    hand.key(KEY.Key_H)
    assert hand.colors_shown() == [0, 1]
    assert hand.screen.contour._traces[1].trajectory is hand.of_runs[1]


def test_a_click_while_solo_starts_the_current_run_elsewhere(hand):
    hand.add_start((2.0, 2.0))
    hand.key(KEY.Key_H, SHIFT)
    before = hand.experiment
    hand.click_contour((5.0, -2.0))
    assert hand.runs[0] == before.runs[0]
    hand.hold()
    assert hand.colors_shown() == [1]
    hand.add_start((1.0, -1.0))
    hand.hold()
    assert hand.colors_shown() == [2]
    hand.check_current(2)


def test_stopping_a_race_keeps_what_there_is(hand, qtbot):
    hand.race()
    hand.click_run(0)
    hand.key(KEY.Key_A, CONTROL)
    hand.type(hand.rate.entry, "1e-9")
    hand.type(hand.steps.entry, "50000000")
    hand.focus_views()
    qtbot.waitUntil(lambda: hand.player.length > 1000, timeout=20_000)
    hand.key(KEY.Key_Escape)
    hand.wait_computed()
    told = []
    for row in range(len(hand.runs)):
        hand.click_run(row)
        QApplication.processEvents()
        told.append(hand.outcome)
        if hand.trajectory is None:
            assert hand.outcome == ""  # its turn had not come
            assert set(hand.numbers().values()) == {""}
        else:
            hand.step_shown_everywhere()
            hand.wait_verdict()
    assert any(one.startswith("Stopped at step") for one in told)
    hand.workbench.window.grab()


def test_the_panel_tells_that_changes_go_to_several(hand):
    hand.add_start((2.0, 2.0))
    hand.click_run(0, keys=CONTROL)
    assert "2 selected runs" in hand.screen.run_panel._several.text()
    assert hand.screen.run_panel._several.isVisible()
    hand.click_run(0)
    assert not hand.screen.run_panel._several.isVisible()


def test_dragging_the_ring_where_many_hidden_runs_start_is_possible_only_by_those_shown(hand):
    hand.key(KEY.Key_H)
    before = hand.experiment
    hand.drag_start(before.runs[0].start, QPoint(10, 5), QPoint(30, 15))
    assert hand.runs == before.runs


def test_a_formula_of_one_parameter_keeps_the_race(hand, qtbot):
    hand.race()
    before = hand.experiment
    hand.key(KEY.Key_L, CONTROL)
    hand.key(KEY.Key_A, CONTROL)
    QApplication.clipboard().setText("x^2 + 1")  # at once: who pauses makes two undo steps
    hand.key(KEY.Key_V, CONTROL)
    hand.key(KEY.Key_Return)
    hand.focus_views()
    qtbot.waitUntil(lambda: not hand.workbench.opener.busy, timeout=20_000)
    hand.hold()
    assert hand.experiment.landscape.dimension == 1
    assert [run.label for run in hand.runs] == [run.label for run in before.runs]
    for key in (KEY.Key_Home, KEY.Key_Right, KEY.Key_End):
        hand.key(key)
        hand.step_shown_everywhere()
    hand.undo()
    assert hand.experiment == before
    hand.check_current(0)


def test_a_formulas_slider_moves_all_runs_of_a_race(qtbot, open_workbench):
    hand = RunHand(qtbot, open_workbench("a*x^2 + y^2"))
    hand.hold()
    hand.race()
    before, first = hand.experiment, [one.loss[0, 0] for one in hand.of_runs]
    hand.workbench.opening.move_knob("a", 2.5)
    hand.hold()
    assert hand.runs == before.runs
    assert all(one.loss[0, 0] != old for one, old in zip(hand.of_runs, first, strict=True))
    hand.check_current(0)
    hand.there_and_back(before)


def test_the_table_of_numbers_shows_the_current_run_when_it_is_opened_again(hand):
    hand.key(KEY.Key_N)
    hand.key(KEY.Key_N)
    hand.race()
    hand.click_run(2)
    hand.focus_views()
    hand.hold()
    hand.player.jump(9)
    hand.key(KEY.Key_N)
    hand.qtbot.waitUntil(hand.screen.numbers.grid.isVisible)
    hand.check_current(2)
    assert hand.screen.numbers.grid.model().current == min(9, hand.trajectory.last_step[0])
