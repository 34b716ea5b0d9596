"""Schedules and noise that are set in the panel are what the engine computes, bit for bit."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gdviz.engine import GradientNoise, MiniBatch, descend
from gdviz.optimizers import CONSTANT, SCHEDULES, schedule
from tests.app.run_hand import RunHand

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    hand = RunHand(qtbot, workbench)
    hand.hold()
    return hand


def check_computed(hand):
    """Every run is what the engine computes of it alone."""
    hand.wait_computed()
    for run, one in zip(hand.runs, hand.of_runs, strict=True):
        expected = descend(
            hand.experiment.landscape,
            run.optimizer,
            run.start,
            run.steps,
            schedule=run.schedule,
            noise=run.noise,
        )
        np.testing.assert_array_equal(one.params, expected.params[: one.records])
        np.testing.assert_array_equal(one.loss, expected.loss[: one.records])


@pytest.mark.parametrize("key", [key for key in SCHEDULES if key != CONSTANT.key])
def test_a_schedule_is_chosen_and_computed(hand, key):
    before = hand.experiment
    hand.choose(hand.screen.run_panel.schedule.kind, SCHEDULES[key].title)
    hand.focus_views()
    assert hand.runs[0].schedule == schedule(key)
    assert hand.undo_texts == ["Change schedule"]
    check_computed(hand)
    hand.there_and_back(before)
    check_computed(hand)


def test_a_schedules_settings_are_typed(hand):
    panel = hand.screen.run_panel
    hand.choose(panel.schedule.kind, SCHEDULES["step"].title)
    if not panel.schedule.settings.unfolded and panel.schedule.settings.more.isVisible():
        hand.click(panel.schedule.settings.more)
    hand.type(hand.field("schedule period").entry, "15")
    hand.type(hand.field("schedule gamma").entry, "0.7")
    hand.type(hand.field("schedule warmup").entry, "5")
    hand.focus_views()
    assert hand.runs[0].schedule == schedule("step", period=15, gamma=0.7, warmup=5)
    assert hand.undo_texts == ["Change schedule", "Change period", "Change gamma", "Change warmup"]
    check_computed(hand)


def test_gradient_noise_is_chosen_set_and_computed(hand):
    before = hand.experiment
    hand.choose(hand.screen.run_panel.noise.kind, "Gradient noise")
    assert isinstance(hand.runs[0].noise, GradientNoise)
    hand.wait_computed()
    hand.type(hand.field("noise scale").entry, "0.25")
    hand.wait_computed()  # the outcome beneath the fields changes their place
    hand.type(hand.field("noise seed").entry, "11")
    hand.focus_views()
    assert hand.runs[0].noise == GradientNoise(0.25, 11)
    check_computed(hand)
    for _ in range(3):
        hand.undo()
    assert hand.experiment == before
    check_computed(hand)


def test_mini_batches_are_offered_for_tables_only(hand, qtbot, open_workbench):
    box = hand.screen.run_panel.noise.kind
    place = box.findText("Mini-batches")
    assert not box.model().item(place).isEnabled()
    hand.choose_landscape("regression")
    hand.hold()
    assert box.model().item(place).isEnabled()
    hand.choose(box, "Mini-batches")
    assert isinstance(hand.runs[0].noise, MiniBatch)
    hand.type(hand.field("noise size").entry, "2")
    hand.wait_computed()  # the outcome beneath the fields changes their place
    hand.type(hand.field("noise seed").entry, "3")
    hand.focus_views()
    assert hand.runs[0].noise == MiniBatch(2, 3)
    check_computed(hand)


def test_noise_and_schedule_go_to_all_that_are_selected(hand):
    hand.add_start((2.0, 2.0))
    hand.click_run(0, keys=Qt.KeyboardModifier.ControlModifier)
    assert len(hand.selection) == 2
    hand.choose(hand.screen.run_panel.noise.kind, "Gradient noise")
    hand.choose(hand.screen.run_panel.schedule.kind, SCHEDULES["cosine"].title)
    hand.focus_views()
    assert hand.runs[0].noise == hand.runs[1].noise is not None
    assert hand.runs[0].schedule == hand.runs[1].schedule == schedule("cosine")
    check_computed(hand)


def test_an_optimizer_that_needs_exact_gradients_loses_noise_and_gets_it_back_by_undo(hand):
    panel = hand.screen.run_panel
    hand.choose(panel.noise.kind, "Gradient noise")
    hand.choose(panel.schedule.kind, SCHEDULES["cosine"].title)
    hand.focus_views()
    before = hand.experiment
    hand.choose(panel.optimizer, "Nelder–Mead")
    hand.focus_views()
    assert hand.runs[0].noise is None
    assert hand.runs[0].schedule == CONSTANT
    assert not panel.noise.kind.isEnabled()
    assert not panel.schedule.kind.isEnabled()
    check_computed(hand)
    hand.there_and_back(before)


def test_a_race_takes_the_schedule_and_the_noise_along_where_they_make_sense(hand):
    panel = hand.screen.run_panel
    hand.choose(panel.noise.kind, "Gradient noise")
    hand.choose(panel.schedule.kind, SCHEDULES["exponential"].title)
    hand.focus_views()
    hand.race()
    noise = hand.runs[0].noise
    for run in hand.runs:
        if run.optimizer.key == "newton":
            assert run.noise is None
        else:
            assert (run.noise, run.schedule) == (noise, schedule("exponential"))
    check_computed(hand)


def test_noise_keeps_the_same_step_everywhere(hand):
    hand.choose(hand.screen.run_panel.noise.kind, "Gradient noise")
    hand.focus_views()
    hand.hold()
    for key in (KEY.Key_Home, KEY.Key_Right, KEY.Key_End):
        hand.key(key)
        hand.step_shown_everywhere()


# --- other landscapes ---


def test_another_formula_keeps_a_race(hand, qtbot):
    hand.race()
    keys = [run.optimizer.key for run in hand.runs]
    hand.key(KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    formula = hand.screen.landscape_panel.formula.formula
    assert formula.entry.hasFocus()
    hand.key(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.keys("(x - 1)^2 + 3*y^2 + x*y")
    qtbot.waitUntil(lambda: "3" in hand.experiment.landscape.formula, timeout=20_000)
    hand.key(KEY.Key_Return)
    hand.focus_views()
    qtbot.waitUntil(lambda: not hand.workbench.opener.busy)
    assert [run.optimizer.key for run in hand.runs] == keys
    hand.hold()
    assert hand.colors_shown() == [run.color for run in hand.runs]
    check_computed(hand)
    for one in hand.of_runs:
        assert one.loss[one.last_step[0], 0] < one.loss[0, 0]
    hand.check_current(hand.experiment.current_row)


@pytest.mark.parametrize("name", ["himmelblau", "parabola", "regression", "regression-w1"])
def test_the_gallery_begins_afresh(hand, qtbot, name):
    hand.race()
    hand.add_start((2.0, 2.0))
    hand.hold()
    before = hand.experiment
    hand.choose_landscape(name)
    hand.focus_views()
    qtbot.waitUntil(lambda: hand.experiment != before, timeout=20_000)
    (run,) = hand.runs
    assert run.optimizer.key == "gd"
    hand.hold()
    assert len(hand.names) == 1
    check_computed(hand)
    hand.undo()
    assert hand.experiment == before
    hand.hold()
    assert hand.colors_shown() == [one.color for one in hand.runs]
    check_computed(hand)
