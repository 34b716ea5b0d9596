"""Ten million steps: computed in the background, stopped at will, closed at once."""

import threading

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer

from gdviz.engine import Outcome

MANY = 10_000_000
TICK = 10
LONGEST_GAP = 250


@pytest.fixture
def slow(hand):
    """Return a hand on a window that is computing ten million steps that never converge."""
    hand.hold()
    hand.type(hand.rate.entry, "1e-9")
    hand.type(hand.steps.entry, "10_000_000")
    assert hand.experiment.runs[0].steps == MANY
    assert hand.workbench.conductor.computing
    return hand


class Pulse:
    """A timer that notes how long the window leaves it waiting."""

    def __init__(self):
        self.longest = 0
        self.beats = 0
        self._since = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self):
        self._since.start()
        self._timer.start(TICK)
        return self

    def __exit__(self, *_):
        self._timer.stop()

    def _beat(self):
        self.longest = max(self.longest, self._since.restart())
        self.beats += 1


def reached(hand):
    trajectories = hand.workbench.conductor.trajectories
    return int(trajectories[0].steps[-1]) if trajectories else 0


def test_the_window_stays_responsive(qtbot, slow):
    with Pulse() as pulse:
        qtbot.waitUntil(lambda: pulse.beats > 60 and reached(slow) > 100_000, timeout=20_000)
    assert slow.workbench.conductor.computing
    assert pulse.longest < LONGEST_GAP


def test_it_says_how_far_it_is_and_how_to_stop(qtbot, slow):
    qtbot.waitUntil(lambda: "of 10,000,000" in slow.outcome)
    assert slow.outcome.startswith("Computing: step ")
    assert "Esc" in slow.outcome
    assert slow.counter[1] == MANY


def test_everything_works_meanwhile(qtbot, slow):
    qtbot.waitUntil(lambda: reached(slow) > 10_000, timeout=20_000)
    slow.focus_views()
    slow.key(Qt.Key.Key_Home)
    assert slow.step_shown_everywhere() == 0
    slow.key(Qt.Key.Key_Right)
    assert slow.step_shown_everywhere() == 1
    slow.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: slow.player.record > 5)
    slow.key(Qt.Key.Key_Space)
    slow.key(Qt.Key.Key_S)
    assert slow.experiment.view.slice_axis == 1
    slow.step_shown_everywhere()
    assert slow.workbench.conductor.computing


def test_esc_stops_and_keeps(qtbot, slow):
    qtbot.waitUntil(lambda: reached(slow) > 50_000, timeout=20_000)
    slow.focus_views()
    slow.key(Qt.Key.Key_Escape)
    assert not slow.workbench.conductor.computing
    kept = reached(slow)
    assert 50_000 < kept < MANY
    assert slow.trajectory.outcome == (Outcome.RUNNING,)
    assert slow.outcome == f"Stopped at step {kept:,} of 10,000,000."
    slow.key(Qt.Key.Key_End)
    slow.step_shown_everywhere()
    assert slow.counter == (kept, kept)
    with Pulse() as pulse:
        qtbot.waitUntil(lambda: pulse.beats > 10)
    assert reached(slow) == kept


def test_esc_stops_from_within_a_field_too(qtbot, slow):
    assert slow.steps.entry.hasFocus()
    qtbot.waitUntil(lambda: reached(slow) > 0)
    slow.key(Qt.Key.Key_Escape)
    assert not slow.workbench.conductor.computing


def test_a_new_start_replaces_the_long_run(qtbot, slow):
    qtbot.waitUntil(lambda: reached(slow) > 10_000, timeout=20_000)
    slow.type(slow.steps.entry, "50")
    slow.click_contour((1.0, 1.0))
    slow.wait_computed()
    assert slow.trajectory.records == 51
    assert tuple(slow.trajectory.params[0, 0]) == slow.experiment.draft.start


def test_clearing_ends_the_long_run(qtbot, slow):
    qtbot.waitUntil(lambda: reached(slow) > 10_000, timeout=20_000)
    slow.focus_views()
    slow.key(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert not slow.workbench.conductor.computing
    assert slow.workbench.conductor.trajectories == ()


def test_closing_the_window_ends_promptly_and_leaves_no_thread(qtbot, slow):
    qtbot.waitUntil(lambda: reached(slow) > 10_000, timeout=20_000)
    clock = QElapsedTimer()
    clock.start()
    slow.workbench.door.close_unsaved()
    assert clock.elapsed() < 1_000
    workers = (slow.workbench.runner._worker, slow.workbench.surveyor._worker)
    assert not any(worker._thread.isRunning() for worker in workers)
    # A dummy stands for a thread that Qt has started and ended.
    python = [one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)]
    assert python == [threading.main_thread()]


def test_changing_the_rate_a_hundred_times_ends_with_the_last_one(qtbot, slow):
    """Each change outdates a run that takes seconds; none of them may be waited for."""
    slider = slow.rate.slider
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    slow.key(Qt.Key.Key_Home)
    clock = QElapsedTimer()
    clock.start()
    for _ in range(100):
        slow.key(Qt.Key.Key_Right)
    assert clock.elapsed() < 10_000
    rate = slow.rate.value
    assert slow.experiment.runs[0].optimizer.learning_rate == rate

    def runs_at_that_rate():
        taken = slow.trajectory.params[1, 0] - slow.trajectory.params[0, 0]
        assert taken == pytest.approx(-rate * slow.trajectory.gradient[0, 0])

    qtbot.waitUntil(runs_at_that_rate)
