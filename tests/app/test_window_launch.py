"""What a user sees who has just started gdviz and touched nothing."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gdviz.engine import Outcome, descend
from gdviz.landscapes import PRESETS
from gdviz.numbers import format_number
from gdviz.optimizers import optimizer


@pytest.fixture
def workbench(open_workbench):
    return open_workbench("regression")


def test_the_regression_is_shown_with_a_contour_map(qtbot, workbench, hand):
    shown = hand.screen.contour._field
    qtbot.waitUntil(lambda: shown._map is not None)
    assert hand.screen.contour_canvas.isVisible()
    assert hand.screen.curve_canvas.isVisible()
    field = shown._map.field
    assert field.domain == hand.screen.contour.domain
    assert len(shown._map.lines) > 5
    assert workbench.window.windowTitle() == "Regression: weight and bias[*] — gdviz"


def test_the_window_opens_at_1280_by_800_and_nothing_is_cut_off(qtbot, workbench, hand):
    window = workbench.window
    assert (window.width(), window.height()) == (1280, 800)
    hand.hold()
    for panel in (hand.screen.landscape_panel, hand.screen.run_panel, hand.screen.step_panel):
        assert panel.isVisible()
        wanted = panel.minimumSizeHint()
        assert panel.width() >= wanted.width()
        assert panel.height() >= wanted.height()
        place = panel.rect().translated(panel.mapTo(window, panel.rect().topLeft()))
        assert window.rect().contains(place)


def test_the_descent_plays_by_itself_from_the_start(qtbot, workbench, hand):
    seen = []
    workbench.player.record_changed.connect(seen.append)
    qtbot.waitUntil(lambda: len(seen) >= 5)
    assert seen == sorted(seen)
    assert seen[0] < hand.player.end // 2
    assert workbench.player.playing
    assert workbench.actions["play"].text() == "&Pause"


def test_the_first_run_is_the_one_the_engine_computes(workbench, hand):
    hand.hold()
    landscape = hand.experiment.landscape
    expected = descend(
        landscape, optimizer("gd", learning_rate=0.1), hand.experiment.draft.start, steps=200
    )
    records = hand.trajectory.records
    assert hand.trajectory.outcome == expected.outcome
    np.testing.assert_array_equal(hand.trajectory.params, expected.params[:records])
    np.testing.assert_array_equal(hand.trajectory.loss, expected.loss[:records])


def test_playing_stops_where_nothing_moves_any_more(workbench, hand):
    hand.keys("]]]]")
    hand.wait_still()
    trajectory = hand.trajectory
    assert trajectory.outcome[0] in (Outcome.CONVERGED, Outcome.LAST_STEP)
    step = hand.step_shown_everywhere()
    assert step == min(trajectory.outcome_step[0], trajectory.last_step[0])
    assert workbench.actions["play"].text() == "&Play"
    assert hand.outcome == trajectory.sentence()


def test_all_panels_are_filled(workbench, hand):
    hand.hold()
    panel = hand.screen.landscape_panel
    assert panel.gallery.names() == [preset.name for preset in PRESETS]
    assert panel.gallery.list.currentItem().text() == "Regression: weight and bias"
    assert panel._about.text() == PRESETS[0].summary
    run = hand.experiment.draft
    assert hand.screen.run_panel.optimizer.currentText() == "Gradient descent"
    assert hand.rate.entry.text() == "0.1"
    assert hand.steps.entry.text() == "200"
    starts = [hand.number(hand.field(f"start {axis}").entry) for axis in (0, 1)]
    assert starts == list(run.start)
    hand.step_shown_everywhere()
    assert hand.outcome == hand.trajectory.sentence()


def test_nothing_can_be_undone_yet(workbench):
    assert not workbench.actions["undo"].isEnabled()
    assert not workbench.actions["redo"].isEnabled()


def test_the_status_bar_says_what_to_do_first(workbench):
    assert "Click" in workbench.window.statusBar().currentMessage()


def test_the_current_point_is_painted_where_the_numbers_say(qtbot, workbench, hand):
    hand.hold()
    qtbot.waitUntil(lambda: hand.screen.contour._field._map is not None)
    hand.player.jump(8)
    color = workbench.theming.theme.run(0)
    params, loss = hand.trajectory.params[8, 0], float(hand.trajectory.loss[8, 0])
    assert hand.color_at(hand.contour_area, hand.contour_pixel(params.tolist())) == color
    assert hand.color_at(hand.curve_area, hand.curve_pixel(float(params[0]), loss)) == color


@pytest.mark.parametrize("source", [preset.name for preset in PRESETS])
def test_every_preset_opens(qtbot, open_workbench, hand_of, source):
    workbench = open_workbench(source)
    hand = hand_of(workbench)
    hand.hold()
    hand.step_shown_everywhere()
    flat = hand.experiment.landscape.dimension > 1
    assert hand.screen.contour_canvas.isVisible() is flat
    if flat:
        qtbot.waitUntil(lambda: hand.screen.contour._field._map is not None)
    loss = hand.expected_numbers(hand.player.record)["loss", ""]
    assert loss == format_number(hand.trajectory.loss[hand.player.record, 0])


def test_the_window_closes_at_once_after_opening(open_workbench):
    workbench = open_workbench("regression", begun=False)
    workbench.door.close_unsaved()
    assert not workbench.window.isVisible()
    assert not workbench.player.playing


def test_keys_pressed_before_anything_has_been_computed(qtbot, open_workbench, hand_of):
    workbench = open_workbench("valley", begun=False)
    hand = hand_of(workbench)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_End, Qt.Key.Key_S, Qt.Key.Key_0):
        hand.key(key)
    qtbot.waitUntil(lambda: workbench.player.length > 0)
    hand.hold()
    assert tuple(hand.trajectory.params[0, 0]) == hand.experiment.draft.start == (0.0, 0.0)
    hand.step_shown_everywhere()
