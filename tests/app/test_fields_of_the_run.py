"""Learning rate, steps and start: typed exactly, slid live, refused beside the field."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gdviz.engine import Outcome
from gdviz.optimizers import GradientDescent, Momentum


def rate_of(hand):
    (run,) = hand.experiment.runs
    return run.optimizer.learning_rate


# --- typing ---


def test_a_learning_rate_is_taken_as_typed(hand):
    hand.hold()
    for typed, value in (
        ("0.05", 0.05),
        ("1e-3", 1e-3),
        ("0.3123456789", 0.3123456789),
        ("1e-300", 1e-300),
        ("0,25", 0.25),
        ("  0.2  ", 0.2),
        ("7", 7.0),
    ):
        hand.type(hand.rate.entry, typed)
        assert rate_of(hand) == value
        assert hand.number(hand.rate.entry) == value
        assert not hand.rate.error.isVisible()
        hand.hold()
        taken = hand.trajectory.params[1, 0] - hand.trajectory.params[0, 0]
        assert taken == pytest.approx(-value * hand.trajectory.gradient[0, 0], rel=1e-9)


def test_leaving_the_field_takes_what_was_typed(hand):
    hand.hold()
    hand.type(hand.rate.entry, "0.07", enter=False)
    assert rate_of(hand) == 0.1
    hand.key(Qt.Key.Key_Tab)
    assert rate_of(hand) == 0.07


def test_the_slider_follows_what_is_typed(hand):
    hand.hold()
    before = hand.rate.slider.value()
    hand.type(hand.rate.entry, "1")
    assert hand.rate.slider.value() > before
    hand.type(hand.rate.entry, "500")
    assert hand.rate.slider.value() == hand.rate.slider.maximum()
    assert rate_of(hand) == 500.0


def test_a_bad_learning_rate_says_so_and_keeps_the_last_good_run(hand):
    hand.hold()
    bad = ("0", "-1", "nan", "1e400", "inf", "quick", "", "0.1.2", "--1", "1e-400")
    for typed, good in zip(bad, np.linspace(0.2, 0.3, len(bad)).round(3).tolist(), strict=True):
        experiment, trajectory = hand.experiment, hand.trajectory
        hand.type(hand.rate.entry, typed)
        error = hand.rate.error
        assert error.isVisible(), typed
        assert error.text(), typed
        assert "\n" not in error.text()
        assert hand.rate.entry.text() == typed  # to be mended, not typed again
        assert hand.experiment is experiment
        assert np.array_equal(hand.trajectory.params, trajectory.params)
        hand.step_shown_everywhere()
        hand.type(hand.rate.entry, str(good))
        assert not error.isVisible()
        assert rate_of(hand) == good
        hand.hold()


def test_the_line_of_a_mistake_stands_below_its_field_and_within_the_window(hand):
    hand.hold()
    hand.type(hand.rate.entry, "-1")
    window = hand.workbench.window
    error, entry = hand.rate.error, hand.rate.entry
    top = error.mapTo(window, error.rect().topLeft())
    assert top.y() > entry.mapTo(window, entry.rect().bottomLeft()).y()
    assert window.rect().contains(error.rect().translated(top))
    assert error.height() >= error.heightForWidth(error.width())


def test_a_mistake_keeps_the_window_as_usable_as_before(hand):
    hand.hold()
    hand.type(hand.rate.entry, "quick")
    hand.click_contour((1.0, 1.0))
    hand.hold()
    (run,) = hand.experiment.runs
    assert run.optimizer.learning_rate == 0.1
    assert run.start == tuple(hand.trajectory.params[0, 0])


def test_a_huge_learning_rate_diverges_at_step_1_and_says_so(hand):
    hand.hold()
    hand.type(hand.rate.entry, "1e308")
    hand.wait_still()
    assert hand.trajectory.outcome == (Outcome.DIVERGED,)
    assert hand.outcome.startswith("Diverged at step 1:")
    assert "smaller learning rate" in hand.outcome
    hand.key(Qt.Key.Key_Tab)
    hand.focus_views()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Space):
        hand.key(key)
        hand.step_shown_everywhere()
    hand.contour_area.grab()
    hand.curve_area.grab()


def test_a_rate_at_the_edge_of_stability_swings_between_two_points(hand):
    """The Hessian of the valley is diag(2, 4): at 0.5, y changes sign for ever."""
    hand.hold()
    hand.type(hand.rate.entry, "0.5")
    hand.hold()
    y = hand.trajectory.params[:, 0, 1]
    assert set(y.tolist()) == {4.0, -4.0}
    assert hand.outcome == hand.trajectory.sentence()


# --- the slider ---


def test_dragging_the_slider_is_live_and_one_undo_step(hand):
    hand.hold()
    first = hand.experiment
    seen = []
    hand.workbench.session.experiment_changed.connect(
        lambda _before, after: seen.append(after.draft.optimizer.learning_rate)
    )
    hand.drag_slider(hand.rate.slider, 0.65, 0.7, 0.5, 0.2)
    assert len(set(seen)) >= 4
    assert rate_of(hand) == seen[-1] < 0.1 < max(seen)
    assert hand.number(hand.rate.entry) == rate_of(hand)
    assert hand.undo_texts == ["Change learning rate"]
    hand.drag_slider(hand.rate.slider, 0.4)
    assert hand.undo_texts == ["Change learning rate"] * 2
    hand.focus_views()
    hand.undo()
    hand.undo()
    assert hand.experiment == first
    assert hand.rate.entry.text() == "0.1"


def test_the_whole_run_is_shown_while_the_slider_is_dragged(hand):
    hand.hold()
    hand.key(Qt.Key.Key_End)
    hand.drag_slider(hand.rate.slider, 0.65, 0.5)
    hand.wait_computed()
    assert hand.step_shown_everywhere() == hand.trajectory.steps[hand.player.end]


def test_changing_the_rate_keeps_the_step_one_has_scrubbed_to(hand):
    hand.hold()
    hand.player.jump(7)
    hand.type(hand.rate.entry, "0.15")
    hand.hold()
    assert hand.step_shown_everywhere() == 7


def test_arrows_on_the_slider_move_the_slider(hand):
    hand.hold()
    hand.player.jump(7)
    slider = hand.rate.slider
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    before, at = rate_of(hand), slider.value()
    hand.key(Qt.Key.Key_Right)
    assert slider.value() == at + 1
    assert rate_of(hand) > before
    hand.key(Qt.Key.Key_PageUp)
    assert slider.value() > at + 20
    hand.key(Qt.Key.Key_Home)
    assert rate_of(hand) == 1e-4
    hand.key(Qt.Key.Key_End)
    assert rate_of(hand) == 10.0
    hand.hold()
    assert hand.player.record in (7, hand.player.end)


# --- steps ---


def test_bad_steps_are_refused_beside_the_field(hand):
    hand.hold()
    experiment = hand.experiment
    for typed in ("0", "2.5", "1000000001", "-3", "nan", "inf", "many", ""):
        hand.type(hand.steps.entry, typed)
        assert hand.steps.error.isVisible(), typed
        assert "\n" not in hand.steps.error.text()
        assert hand.experiment is experiment
        hand.step_shown_everywhere()


def test_steps_are_taken_as_typed(hand):
    hand.hold()
    hand.type(hand.rate.entry, "1e-6")  # so slow that it never converges
    for typed, steps in (("1", 1), ("37", 37), ("1e3", 1000), ("1_001", 1001)):
        hand.type(hand.steps.entry, typed)
        hand.hold()
        (run,) = hand.experiment.runs
        assert run.steps == steps
        assert hand.trajectory.records == steps + 1
        assert hand.counter[1] == steps
        assert hand.outcome.startswith(f"Reached its last step, {steps:,}")


# --- start ---


@pytest.mark.parametrize(("axis", "typed"), [(0, "5"), (1, "-0.125"), (0, "\N{MINUS SIGN}1.5")])
def test_a_start_is_taken_as_typed_and_played(hand, axis, typed):
    hand.hold()
    kept = hand.experiment.draft.start[1 - axis]
    hand.type(hand.field(f"start {axis}").entry, typed)
    start = hand.experiment.draft.start
    assert start[axis] == float(typed.replace("\N{MINUS SIGN}", "-"))
    assert start[1 - axis] == kept
    assert hand.undo_texts == ["Move start"]
    hand.qtbot.waitUntil(lambda: hand.player.playing)
    hand.hold()
    assert tuple(hand.trajectory.params[0, 0]) == start


def test_a_bad_start_is_refused_beside_the_field(hand):
    hand.hold()
    experiment, field = hand.experiment, hand.field("start 0")
    for typed in ("nan", "1e400", "left", ""):
        hand.type(field.entry, typed)
        assert field.error.isVisible(), typed
        assert "\n" not in field.error.text()
        assert hand.experiment is experiment


@pytest.mark.parametrize("typed", ["1e200", "1e154", "-1e308", "5e-324"])
def test_an_extreme_start_is_refused_or_run_and_nothing_breaks(hand, typed):
    hand.hold()
    field = hand.field("start 0")
    hand.type(field.entry, typed)
    if field.error.isVisible():
        assert hand.undo_texts == []
    else:
        assert hand.experiment.draft.start[0] == float(typed)
    hand.hold()
    hand.step_shown_everywhere()
    hand.focus_views()
    hand.key(Qt.Key.Key_End)
    hand.step_shown_everywhere()
    hand.contour_area.grab()
    hand.curve_area.grab()


# --- the optimizer ---


def test_another_optimizer_keeps_the_rate_and_brings_its_fields(hand):
    hand.hold()
    hand.type(hand.rate.entry, "0.03")
    hand.choose(hand.screen.run_panel.optimizer, "Momentum")
    assert hand.experiment.draft.optimizer == Momentum(learning_rate=0.03)
    assert "momentum" in hand.screen.run_panel.fields
    hand.hold()
    hand.step_shown_everywhere()
    hand.type(hand.field("momentum").entry, "1")
    assert hand.field("momentum").error.isVisible()
    hand.type(hand.field("momentum").entry, "0.5")
    assert hand.experiment.draft.optimizer == Momentum(learning_rate=0.03, momentum=0.5)
    hand.choose(hand.screen.run_panel.optimizer, "Gradient descent")
    assert hand.experiment.draft.optimizer == GradientDescent(learning_rate=0.03)
    assert "momentum" not in hand.screen.run_panel.fields


def test_changing_the_optimizer_twice_is_two_undo_steps(hand):
    hand.hold()
    hand.choose(hand.screen.run_panel.optimizer, "Momentum")
    hand.choose(hand.screen.run_panel.optimizer, "Gradient descent")
    hand.focus_views()
    hand.undo()
    assert hand.experiment.draft.optimizer.key == "momentum"
    assert hand.screen.run_panel.optimizer.currentText() == "Momentum"
    hand.undo()
    assert hand.experiment.draft.optimizer.key == "gd"
