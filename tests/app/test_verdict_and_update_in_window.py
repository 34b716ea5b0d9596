"""What is told of the current run, one step taken apart, and all its numbers."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar

from gdviz.engine import descend
from gdviz.engine.diagnosis import VerdictKind
from gdviz.experiment import Run, open_experiment
from gdviz.experiment.experiment import Experiment
from gdviz.optimizers import optimizer
from tests.app.conftest import CONTROL, LEFT, NO_KEYS
from tests.app.run_hand import RunHand

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    hand = RunHand(qtbot, workbench)
    hand.hold()
    return hand


def raise_tab(hand, title):
    """Click a dock's tab."""
    (bar, number) = next(
        (bar, number)
        for bar in hand.workbench.window.findChildren(QTabBar)
        for number in range(bar.count())
        if bar.tabText(number) == title
    )
    hand.click(bar, bar.tabRect(number).center())
    hand.qtbot.waitUntil(hand.dock(title).widget().isVisible)


# --- the verdict ---


def test_the_verdict_follows_the_selection(hand):
    hand.race()
    raise_tab(hand, "Verdict")
    panel = hand.screen.verdict
    for row in (0, 3, 1):
        hand.click_run(row)
        verdict = hand.wait_verdict()
        assert panel.sentence == verdict.sentence
        assert panel.badge.isVisible()
    hand.key(KEY.Key_Delete, CONTROL)
    hand.qtbot.waitUntil(lambda: panel._verdict is None)
    assert not panel.badge.isVisible()


def test_the_verdict_of_a_long_run_comes_when_it_is_complete(hand):
    hand.type(hand.rate.entry, "1e-7")
    hand.type(hand.steps.entry, "300000")
    hand.wait_computed()
    assert hand.wait_verdict().kind not in (VerdictKind.RUNNING, VerdictKind.UNSURE)


@pytest.mark.parametrize(
    ("source", "rate"), [("valley", 0.7), ("ravine", 0.11), ("ravine", 0.002), ("sphere", 0.001)]
)
def test_the_remedy_is_one_undo_step_and_helps(qtbot, open_workbench, source, rate):
    known = open_experiment(source)
    run = Run(optimizer("gd", learning_rate=rate), known.current.start)
    hand = RunHand(qtbot, open_workbench(Experiment.on(known.landscape, known.title, run)))
    hand.hold()
    raise_tab(hand, "Verdict")
    panel = hand.screen.verdict
    verdict = hand.wait_verdict()
    assert verdict.remedy is not None
    assert panel.remedy.isVisible()
    before, first = hand.experiment, hand.trajectory
    hand.click(panel.remedy)
    assert len(hand.runs) == 1
    for name, value in verdict.remedy.hyperparameters:
        assert getattr(hand.runs[0].optimizer, name) == value
    hand.qtbot.waitUntil(lambda: hand.player.playing)
    hand.hold()
    after = hand.wait_verdict()
    assert after != verdict
    assert after.kind in (VerdictKind.CONVERGED, VerdictKind.CONVERGING)
    ends = [float(one.loss[one.last_step[0], 0]) for one in (first, hand.trajectory)]
    assert ends[1] < ends[0]
    hand.focus_views()
    hand.there_and_back(before)


def test_a_remedy_changes_the_current_run_alone(hand):
    hand.type(hand.rate.entry, "0.7")
    hand.focus_views()
    hand.key(KEY.Key_D, CONTROL)
    hand.click_run(0, keys=CONTROL)
    hand.hold()
    row = hand.experiment.current_row
    others = [run for number, run in enumerate(hand.runs) if number != row]
    raise_tab(hand, "Verdict")
    hand.wait_verdict()
    selection = hand.selection
    hand.click(hand.screen.verdict.remedy)
    assert hand.runs[row].optimizer.learning_rate < 0.7
    assert [run for number, run in enumerate(hand.runs) if number != row] == others
    assert hand.selection == selection


# --- drawn on demand ---


def test_eigen_directions_by_check_box_and_by_key_stay_in_step(hand):
    raise_tab(hand, "Verdict")
    box, item = hand.screen.verdict.directions, hand.screen.contour._eigen
    action = hand.workbench.actions["eigen_directions"]
    hand.focus_views()
    for shown in (True, False):
        hand.key(KEY.Key_E)
        assert (box.isChecked(), action.isChecked(), item._shown) == (shown,) * 3
    for shown in (True, False):
        hand.click(box, QPoint(8, box.height() // 2))
        assert (box.isChecked(), action.isChecked(), item._shown) == (shown,) * 3
    assert hand.undo_texts == []


def test_parts_by_check_box_and_by_key_stay_in_step(hand):
    raise_tab(hand, "Update")
    box, item = hand.screen.update.arrows, hand.screen.contour._components
    action = hand.workbench.actions["components"]
    hand.player.jump(3)
    hand.focus_views()
    for shown in (True, False):
        hand.key(KEY.Key_A)
        assert (box.isChecked(), action.isChecked(), bool(item._components)) == (shown,) * 3
    for shown in (True, False):
        hand.click(box, QPoint(8, box.height() // 2))
        assert (box.isChecked(), action.isChecked(), bool(item._components)) == (shown,) * 3


def test_the_parts_are_drawn_though_the_panel_is_not_in_view(hand):
    assert not hand.dock("Update").widget().isVisible()
    hand.player.jump(2)
    hand.key(KEY.Key_A)
    arrows = hand.screen.contour._components._components
    assert arrows
    step = hand.trajectory.params[3, 0] - hand.trajectory.params[2, 0]
    assert any(np.allclose(arrow.displacement, step) for arrow in arrows)
    hand.key(KEY.Key_End)
    hand.key(KEY.Key_End)
    hand.qtbot.waitUntil(lambda: not hand.screen.contour._components._components)


def test_the_parts_are_taken_away_though_the_panel_is_not_in_view(hand):
    item = hand.screen.contour._components
    hand.player.jump(2)
    for shown in (True, False, True, False):
        hand.key(KEY.Key_A)
        assert bool(item._components) == shown


def test_the_parts_of_a_hidden_run_are_not_drawn_at_another_run(hand):
    hand.add_start((2.0, 2.0))
    hand.hold()
    hand.player.jump(2)
    hand.key(KEY.Key_A)
    assert hand.screen.contour._components._components
    hand.key(KEY.Key_H)
    assert not hand.screen.contour._components._components
    hand.key(KEY.Key_H)
    assert hand.screen.contour._components._components


# --- the update ---


def test_the_update_shows_the_step_of_the_playhead(hand):
    hand.choose(hand.screen.run_panel.optimizer, "Momentum")
    hand.focus_views()
    hand.hold()
    raise_tab(hand, "Update")
    hand.focus_views()
    for step in (0, 1, 17):
        hand.player.jump(step)
        assert hand.screen.update.title == f"Step {step} → {step + 1}"
        detail = hand.screen.update.equations._detail
        trajectory = hand.trajectory
        assert detail.step == step
        np.testing.assert_array_equal(detail.values["g"], trajectory.gradient[step, 0])
        np.testing.assert_array_equal(detail.values["x"], trajectory.params[step, 0])
        np.testing.assert_array_equal(detail.values["x'"], trajectory.params[step + 1, 0])


def test_a_panel_that_is_raised_shows_the_step_at_once(hand):
    hand.player.jump(6)
    raise_tab(hand, "Update")
    assert hand.screen.update.title == "Step 6 → 7"
    raise_tab(hand, "This step")
    hand.player.jump(9)
    raise_tab(hand, "Update")
    assert hand.screen.update.title == "Step 9 → 10"


def test_the_update_says_when_the_run_ends(hand):
    raise_tab(hand, "Update")
    hand.focus_views()
    hand.key(KEY.Key_End)
    hand.key(KEY.Key_End)
    assert hand.counter[0] == hand.trajectory.last_step[0]
    assert hand.screen.update.told.startswith("The run ends here")
    hand.key(KEY.Key_Left)
    assert hand.screen.update.told == ""
    hand.key(KEY.Key_Delete, CONTROL)
    assert hand.screen.update.told.startswith("No run is selected")


def test_the_update_follows_the_selection(hand):
    hand.race()
    raise_tab(hand, "Update")
    hand.focus_views()
    hand.player.jump(4)
    for _ in range(len(hand.runs)):
        hand.key(KEY.Key_Down, CONTROL)
        detail = hand.screen.update.equations._detail
        if hand.trajectory.last_step[0] > 4:
            np.testing.assert_array_equal(detail.values["x"], hand.trajectory.params[4, 0])


# --- the table of numbers ---


@pytest.fixture
def numbers(hand):
    hand.key(KEY.Key_N)
    hand.qtbot.waitUntil(hand.screen.numbers.grid.isVisible)
    return hand.screen.numbers.grid


def cell(grid, row, column=0):
    index = grid.model().index(row, column)
    grid.scrollTo(index)
    return grid.visualRect(index).center()


def test_the_numbers_key_opens_and_closes(hand, numbers):
    hand.focus_views()
    hand.key(KEY.Key_N)
    assert not numbers.isVisible()
    hand.key(KEY.Key_N)
    assert numbers.isVisible()


def test_there_is_a_row_for_every_step(hand, numbers):
    model = numbers.model()
    assert model.rowCount() == hand.trajectory.last_step[0] + 1
    hand.type(hand.steps.entry, "37")
    hand.type(hand.rate.entry, "0.01")
    hand.wait_computed()
    hand.qtbot.waitUntil(lambda: model.rowCount() == 38)
    hand.race()
    hand.click_run(2)
    hand.qtbot.waitUntil(lambda: model._trajectory is hand.trajectory)
    assert model.rowCount() == hand.trajectory.last_step[0] + 1


def test_a_double_click_on_a_row_moves_the_playhead(hand, numbers):
    hand.player.jump(0)
    place = cell(numbers, 3)
    hand.click(numbers.viewport(), place)
    window = hand.workbench.window
    pixel = numbers.viewport().mapTo(window, place)
    QTest.mouseDClick(window.windowHandle(), LEFT, NO_KEYS, pixel)
    assert hand.step_shown_everywhere() == 3
    assert numbers.model().current == 3


def test_control_c_copies_what_is_selected(hand, numbers):
    QApplication.clipboard().clear()
    hand.click(numbers.viewport(), cell(numbers, 2))
    hand.click_with(Qt.KeyboardModifier.ShiftModifier, numbers.viewport(), cell(numbers, 3, 2))
    hand.key(KEY.Key_C, CONTROL)
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    values = [[float(text) for text in line.split("\t")] for line in lines[1:]]
    expected = [[step, *hand.trajectory.params[step, 0]] for step in (2, 3)]
    assert values == expected


def test_the_table_highlights_the_playheads_row_and_keeps_it_in_view(hand, numbers):
    for step in (0, 25, 60):
        hand.player.jump(step)
        assert numbers.model().current == step
        assert numbers.rowAt(0) <= step
        bottom = numbers.rowAt(numbers.viewport().height() - 1)
        assert bottom == -1 or step <= bottom


def test_the_numbers_are_those_of_the_run(hand, numbers):
    run = hand.runs[0]
    expected = descend(hand.experiment.landscape, run.optimizer, run.start, run.steps)
    rows = np.array([0, 1, 9])
    texts = numbers.model().texts(1, rows)
    assert [float(text) for text in texts] == expected.params[rows, 0, 0].tolist()
