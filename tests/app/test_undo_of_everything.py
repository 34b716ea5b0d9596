"""Every edit can be undone and made again, whatever came before it."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolBar

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def move_start(hand):
    hand.click_contour((1.0, -1.0))


def drag_ring(hand):
    begin = hand.contour_pixel(hand.experiment.draft.start)
    hand.drag(hand.contour_area, begin, begin + QPoint(30, 5), begin + QPoint(60, 15))


def click_curve(hand):
    hand.click_curve(0.5)


def type_rate(hand):
    hand.type(hand.rate.entry, "0.07")
    hand.focus_views()


def slide_rate(hand):
    hand.drag_slider(hand.rate.slider, 0.5, 0.4)


def type_steps(hand):
    hand.type(hand.steps.entry, "77")
    hand.focus_views()


def type_start(hand):
    hand.type(hand.field("start 0").entry, "1.5")
    hand.focus_views()


def choose_optimizer(hand):
    hand.choose(hand.screen.run_panel.optimizer, "Momentum")
    hand.focus_views()


def start_at_zero(hand):
    hand.key(Qt.Key.Key_0)


def start_at_random(hand):
    hand.key(Qt.Key.Key_R)


def clear(hand):
    hand.key(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)


def choose_landscape(hand):
    hand.choose_landscape("regression")
    hand.focus_views()


def zoom_in(hand):
    hand.key(Qt.Key.Key_Plus, CONTROL)


def zoom_by_wheel(hand):
    hand.wheel(hand.contour_area, QPoint(300, 120), 1)


def pan(hand):
    hand.drag(hand.contour_area, QPoint(400, 200), QPoint(430, 210), QPoint(460, 220))


def slice_along_y(hand):
    hand.key(Qt.Key.Key_S)


EDITS = {
    move_start: "Move start",
    drag_ring: "Move start",
    click_curve: "Move start",
    type_start: "Move start",
    start_at_zero: "Move start",
    start_at_random: "Move start",
    type_rate: "Change learning rate",
    slide_rate: "Change learning rate",
    type_steps: "Change steps",
    choose_optimizer: "Change optimizer",
    clear: "Clear run",
    choose_landscape: "Change landscape",
    zoom_in: "Change view",
    zoom_by_wheel: "Change view",
    pan: "Change view",
    slice_along_y: "Change slice",
}


def check_the_screen_shows(hand, experiment):
    """Whatever led here, the panels and views are those of the experiment."""
    hand.hold()
    screen = hand.screen
    assert hand.experiment == experiment
    run = experiment.draft
    assert screen.run_panel.optimizer.currentData() == run.optimizer.key
    assert hand.rate.value == run.optimizer.learning_rate
    assert hand.number(hand.rate.entry) == run.optimizer.learning_rate
    assert hand.steps.value == run.steps
    values = [hand.field(f"start {axis}").value for axis in range(len(run.start))]
    assert values == list(run.start)
    assert screen.landscape_panel.gallery.list.currentItem().text() == experiment.title
    assert hand.workbench.window.windowTitle() == f"{experiment.title}[*] — gdviz"
    axis = experiment.view.slice_axis
    assert screen.slice_switch._group.checkedId() == axis
    assert experiment.landscape.parameters[axis] in screen.curve_canvas._title.text()
    if experiment.runs:
        assert tuple(hand.trajectory.params[0, 0]) == experiment.runs[0].start
        hand.step_shown_everywhere()
    else:
        assert hand.workbench.conductor.trajectories == ()
        assert screen.playback.counter == "no run"
    if experiment.landscape.dimension > 1:
        wanted, shown = experiment.view.domain, screen.contour.domain
        slack = 1e-9 * wanted.width
        assert np.all(shown.low <= wanted.low + slack)
        assert np.all(shown.high >= wanted.high - slack)


def test_each_edit_is_undone_and_redone(workbench, hand):
    hand.hold()
    first = hand.experiment
    undo, redo = workbench.actions["undo"], workbench.actions["redo"]
    for edit, text in EDITS.items():
        edit(hand)
        after = hand.experiment
        assert after != first, edit
        assert hand.undo_texts == [text]
        assert undo.isEnabled()
        assert not redo.isEnabled()
        assert undo.text() == f"&Undo {text.lower()}"
        hand.key(Qt.Key.Key_Z, CONTROL)
        check_the_screen_shows(hand, first)
        assert not undo.isEnabled()
        assert redo.isEnabled()
        assert undo.text() == "&Undo"
        assert redo.text() == f"&Redo {text.lower()}"
        hand.key(Qt.Key.Key_Z, CONTROL | SHIFT)
        check_the_screen_shows(hand, after)
        hand.key(Qt.Key.Key_Z, CONTROL)
        hand.key(Qt.Key.Key_Y, CONTROL)
        check_the_screen_shows(hand, after)
        hand.key(Qt.Key.Key_Z, CONTROL)
        check_the_screen_shows(hand, first)


def test_reset_is_undone_and_redone(hand):
    hand.hold()
    first = hand.experiment
    move_start(hand)
    type_rate(hand)
    zoom_in(hand)
    before = hand.experiment
    hand.key(Qt.Key.Key_R, CONTROL)
    assert hand.experiment == first
    assert hand.undo_texts[-1] == "Reset experiment"
    hand.undo()
    check_the_screen_shows(hand, before)


def test_undo_more_often_than_there_are_edits_does_nothing(hand):
    hand.hold()
    first = hand.experiment
    move_start(hand)
    for _ in range(4):
        hand.undo()
    assert hand.experiment == first
    for _ in range(4):
        hand.key(Qt.Key.Key_Y, CONTROL)
    assert hand.experiment != first


def test_the_tool_buttons_undo_and_redo(workbench, hand):
    hand.hold()
    bar = workbench.window.findChild(QToolBar)
    first = hand.experiment
    move_start(hand)
    after = hand.experiment
    hand.click(bar.widgetForAction(workbench.actions["undo"]))
    assert hand.experiment == first
    hand.click(bar.widgetForAction(workbench.actions["redo"]))
    assert hand.experiment == after


@pytest.mark.parametrize("seed", range(4))
def test_undo_all_leads_to_the_first_experiment_and_redo_all_to_the_last(workbench, hand, seed):
    """A random walk through all that a user can change, back, forth, and back in part."""
    rng = np.random.default_rng(seed)
    hand.hold()
    first = hand.experiment
    edits = list(EDITS)
    for _ in range(12):
        edit = edits[rng.integers(len(edits))]
        if hand.experiment.landscape.dimension < 2:
            continue
        edit(hand)
        if rng.random() < 0.2:
            hand.undo()
    last = hand.experiment
    stack = workbench.session.undo_stack
    passed = [hand.experiment]
    redone = 0
    while workbench.actions["undo"].isEnabled():
        hand.undo()
        passed.append(hand.experiment)
    assert hand.experiment == first
    assert all(before != after for before, after in itertools.pairwise(passed))
    check_the_screen_shows(hand, first)
    while redone < len(passed) - 1:
        hand.key(Qt.Key.Key_Y, CONTROL)
        redone += 1
        assert hand.experiment == passed[-1 - redone]
    assert hand.experiment == last
    check_the_screen_shows(hand, last)
    assert stack.count() >= len(passed) - 1


def test_an_edit_after_an_undo_forgets_what_was_undone(workbench, hand):
    hand.hold()
    move_start(hand)
    hand.undo()
    slice_along_y(hand)
    assert not workbench.actions["redo"].isEnabled()
    assert hand.undo_texts == ["Change slice"]


def test_a_rate_slid_after_an_undo_is_an_edit_of_its_own(hand):
    hand.hold()
    slide_rate(hand)
    once = hand.experiment
    hand.drag_slider(hand.rate.slider, 0.3)
    hand.focus_views()
    hand.undo()
    assert hand.experiment == once
    hand.drag_slider(hand.rate.slider, 0.6)
    hand.focus_views()
    hand.undo()
    assert hand.experiment == once


def test_undo_does_not_restart_the_animation(qtbot, hand):
    hand.hold()
    hand.player.jump(6)
    type_rate(hand)
    hand.undo()
    hand.wait_computed()
    assert not hand.player.playing
    assert hand.step_shown_everywhere() == 6
