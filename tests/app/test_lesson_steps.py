"""Every step of the first lesson, done with mouse and keys in the whole window."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gdviz.engine import Outcome
from gdviz.lessons import prepared
from gdviz.numbers import format_number
from tests.app.lesson_hand import LessonHand


@pytest.fixture
def hand(qtbot, workbench):
    made = LessonHand(qtbot, workbench)
    made.open_panel()
    return made


def test_it_has_nine_steps_and_begins_with_the_first(hand):
    assert len(hand.panel.dots.buttons) == 9
    assert hand.learning.at == 0
    assert hand.page.heading.text() == "1. Why compute every loss?"
    assert hand.experiment == prepared(hand.learning.lesson, 0)
    assert not hand.page.seen.isVisible()


def test_each_step_begins_undone_with_its_experiment_and_a_playhead_that_stands(hand):
    for number, step in enumerate(hand.learning.lesson.steps, start=1):
        hand.begin(number)
        assert hand.experiment == prepared(hand.learning.lesson, number - 1)
        assert hand.workbench.conductor.step_at(hand.player.record) == step.setup.at
        assert not hand.player.playing
        if number > 1:  # in the first step, everything waits for the pointer
            hand.qtbot.waitUntil(lambda: None not in hand.learning.attempt.now.values())
        assert not hand.is_done(), step.title
        assert not any(hand.page.conditions.done), step.title
        assert not hand.page.seen.isVisible()
    assert hand.learning.done == frozenset()


def test_1_the_pointer_finds_the_minimum_where_the_slope_is_0(hand):
    hand.begin(1)
    (minimum,) = hand.experiment.landscape.minima[0]
    pixel = hand.curve_pixel(minimum, 60_000.0)
    hand.move(hand.curve_area, pixel + QPoint(60, 0))
    hand.qtbot.waitUntil(lambda: hand.watched("slope", "now") != "")
    assert not hand.is_done()
    hand.move(hand.curve_area, pixel)
    hand.wait_done()
    hand.wait_ticked(0)
    x, y = galaxies(hand)
    assert minimum == pytest.approx(float(x @ y / (x @ x)), rel=1e-12)
    assert float(hand.watched("slope", "now").replace("−", "-")) == pytest.approx(0.0, abs=40.0)


def galaxies(hand):
    data = hand.experiment.landscape.data
    return np.asarray(data.feature), np.asarray(data.label)


def test_1_a_start_that_is_typed_there_does_as_well(hand):
    hand.begin(1)
    hand.type(hand.field("start 0").entry, "423.94")
    hand.wait_done()


def test_2_starts_at_zero_at_random_and_by_a_click(hand):
    hand.begin(2)
    hand.key(Qt.Key.Key_0)
    hand.wait_ticked(0)
    assert hand.experiment.current.start == (0.0,)
    hand.key(Qt.Key.Key_R)
    hand.wait_ticked(0, 1)
    assert hand.experiment.current.start != (0.0,)
    assert not hand.is_done()
    hand.click_curve(200.0)
    hand.wait_done()
    assert hand.experiment.current.start[0] == pytest.approx(200.0, abs=5.0)


def test_3_the_sign_is_predicted_and_one_step_follows_it(hand):
    hand.begin(3)
    assert hand.trajectory.gradient[0, 0, 0] == pytest.approx(1171.0, abs=0.1)  # as the text says
    larger, smaller = hand.question().choices[1], hand.question().choices[0]
    hand.click(larger)
    assert hand.question().reply.text().startswith("Not quite.")
    hand.click(smaller)
    assert hand.question().reply.text().startswith("Yes")
    assert hand.question().mark.done
    assert not hand.is_done()
    hand.key(Qt.Key.Key_Right)
    hand.wait_done()
    start, after = 900.0, 900.0 - 0.1 * hand.trajectory.gradient[0, 0, 0]
    assert hand.watched("w1", "at first") == "900"
    assert hand.watched("w1", "now") == format_number(after) == "782.9"
    losses = hand.experiment.landscape.loss([[start], [after]])
    assert hand.page.watch.text("ratio", "change") == format_number(
        float((losses[1] - losses[0]) / (after - start))
    )
    assert "1027" in hand.page.seen.text()
    assert hand.page.watch.text("ratio", "change") == "1027"


def test_4_partial_derivatives_are_predicted_and_seen(hand):
    hand.begin(4)
    assert hand.answer("2").startswith("Not quite.")
    assert not hand.question(0).mark.done
    hand.answer("7,39")
    assert hand.question(0).mark.done
    assert not hand.is_done()
    landscape = hand.experiment.landscape
    assert landscape.gradient([[0.0, 1.0]])[0].tolist() == pytest.approx([math.e**2, 0.0])
    assert format_number(math.e**2) == "7.389"
    hand.click(hand.screen.slice_switch.findChildren(type(hand.panel.again))[0])
    hand.wait_ticked(0)
    hand.click_curve(0.08)
    hand.wait_done()
    x, y = hand.experiment.current.start
    assert y == 1.0
    assert 0.0 < abs(x) < 0.2
    assert hand.watched("x", "now") == format_number(x)
    assert hand.watched("f", "now") == format_number(math.e**2 * math.sin(x))
    ratio = float(hand.page.watch.text("ratio", "change"))
    assert ratio == pytest.approx(math.e**2 * math.sin(x) / x, abs=1e-3)
    assert ratio == pytest.approx(7.39, abs=0.06)


def test_5_the_gradient_is_predicted_and_vanishes_at_the_minimum(hand):
    hand.begin(5)
    assert hand.answer("4, 4").startswith("Not quite.")
    assert hand.answer("four").startswith("Write two numbers")
    hand.answer("-4; 4")
    assert hand.question().mark.done
    assert hand.watched("∂f/∂x", "now") == "−4"
    assert hand.watched("∂f/∂y", "now") == "4"
    assert hand.experiment.landscape.gradient([[0.0, 1.0]])[0].tolist() == [-4.0, 4.0]
    assert not hand.is_done()
    start, star = hand.contour_pixel((0.0, 1.0)), hand.contour_pixel((2.0, 0.0))
    hand.drag(hand.contour_area, start, (start + star) / 2, star)
    hand.wait_done()
    assert hand.experiment.landscape.minima == ((2.0, 0.0),)
    assert hand.experiment.landscape.loss([[2.0, 0.0]])[0] == 4.0
    assert float(hand.watched("f", "now")) == pytest.approx(4.0, abs=0.1)


def test_6_the_next_point_is_predicted_and_reached(hand):
    hand.begin(6)
    hand.answer("(−2, 2.4)")
    assert hand.question().mark.done
    assert not hand.is_done()
    hand.key(Qt.Key.Key_Right)
    hand.wait_done()
    assert hand.watched("x", "now") == "−2"
    assert hand.watched("y", "now") == "2.4"
    assert hand.watched("loss", "now") == "31.52" == format_number(4 + 4**2 + 2 * 2.4**2)


def test_7_playing_comes_ever_closer(hand):
    hand.begin(7)
    hand.keys("]]")
    hand.key(Qt.Key.Key_Space)
    assert hand.player.playing
    hand.wait_done()
    hand.wait_still()
    assert hand.trajectory.outcome == (Outcome.CONVERGED,)
    hand.qtbot.waitUntil(lambda: hand.watched("loss", "now") == "4")


def test_8_the_line_settles_where_least_squares_puts_it(hand):
    hand.begin(8)
    assert hand.screen.data_canvas.isVisible()
    hand.keys("]]")
    hand.key(Qt.Key.Key_Space)
    hand.wait_ticked(0)
    hand.wait_still()
    hand.learning._look()
    feature, label = galaxies(hand)
    matrix = np.stack([feature, np.ones_like(feature)], axis=1)
    best, *_ = np.linalg.lstsq(matrix, label, rcond=None)
    for name, value in zip(("w1", "b"), best.tolist(), strict=True):
        shown = float(hand.watched(name, "now").replace("−", "-"))
        assert shown == pytest.approx(value, abs=0.05)
    assert f"w1 = {best[0]:.0f} and b = {best[1]:.0f}".replace("-", "−") in (
        hand.learning.lesson.steps[7].done
    )
    assert not hand.is_done()
    hand.click_contour((900.0, -500.0))
    hand.wait_done()


def test_9_three_ways_to_end_in_any_order(hand):
    hand.begin(9)
    assert hand.trajectory.outcome == (Outcome.LAST_STEP,)
    np.testing.assert_array_equal(hand.trajectory.loss[1:, 0], 36.0)  # from wall to wall
    hand.type(hand.rate.entry, "0.55")
    hand.wait_ticked(1)
    hand.type(hand.rate.entry, "0.3")
    hand.wait_ticked(1, 2)
    assert not hand.is_done()
    hand.type(hand.rate.entry, "0.01")
    hand.wait_done()
    assert hand.page.conditions.done == [True, True, True]
    hand.qtbot.waitUntil(lambda: hand.watched("learning rate", "now") == "0.01")
    hand.wait_computed()
    hand.learning._look()
    x, y = 2 - 5 * 0.98**100, 4 * 0.96**100
    assert hand.watched("final loss", "now") == format_number(4 + (x - 2) ** 2 + 2 * y**2)


def test_at_the_end_there_is_a_closing_word_and_what_has_been_seen(hand):
    hand.begin(6)
    hand.answer("-2, 2.4")
    hand.key(Qt.Key.Key_Right)
    hand.wait_done()
    hand.begin(9)
    hand.click(hand.panel.next)
    assert hand.learning.at == 9
    told = hand.page.prose.toPlainText()
    assert "1 of 9 steps" in told
    assert f"One step. {hand.learning.lesson.steps[5].done}" in told
    assert not hand.panel.next.isEnabled()
    hand.click(hand.panel.back)
    hand.wait_begun(8)
