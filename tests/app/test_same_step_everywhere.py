"""Panel, counter, slider, contour and curve show the same step of the same run."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

NAMES = ("regression", "regression-w1", "valley", "wave", "cars", "o-rings")


@pytest.fixture
def workbench(open_workbench, request):
    return open_workbench(getattr(request, "param", "valley"))


@pytest.mark.parametrize("workbench", NAMES, indirect=True)
def test_while_playing(qtbot, workbench, hand):
    """At every single record that the playhead passes."""
    seen = []
    workbench.player.record_changed.connect(lambda _: seen.append(hand.step_shown_everywhere()))
    hand.keys("]]")
    qtbot.waitUntil(lambda: len(seen) > 8)
    assert seen == sorted(seen)


def test_steps_forward_and_back(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    assert hand.step_shown_everywhere() == 0
    for step in (1, 2, 3):
        hand.key(Qt.Key.Key_Right)
        assert hand.step_shown_everywhere() == step
    for step in (2, 1, 0, 0):
        hand.key(Qt.Key.Key_Left)
        assert hand.step_shown_everywhere() == step


@pytest.mark.parametrize("workbench", NAMES, indirect=True)
def test_the_last_step_is_the_difference_of_the_parameters(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    name = hand.experiment.landscape.parameters[0]
    assert hand.numbers()["last step", name] == ""
    assert hand.numbers()["|step|", ""] == ""
    hand.key(Qt.Key.Key_Right)
    params = hand.trajectory.params[:, 0, 0]
    shown = hand.numbers()["last step", name]
    assert shown.startswith("+" if params[1] > params[0] else "−")
    plain = shown.replace("−", "-").replace("×10", "e")
    assert float(plain) == pytest.approx(params[1] - params[0], rel=1e-3)


@pytest.mark.parametrize("workbench", NAMES, indirect=True)
def test_home_and_end(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_End)
    assert hand.step_shown_everywhere() == hand.trajectory.steps[hand.player.end] > 5
    hand.key(Qt.Key.Key_Home)
    assert hand.step_shown_everywhere() == 0
    hand.key(Qt.Key.Key_End)
    hand.key(Qt.Key.Key_Left)
    assert hand.step_shown_everywhere() == hand.trajectory.steps[hand.player.end - 1]


@pytest.mark.parametrize("workbench", NAMES, indirect=True)
def test_dragging_the_slider(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    seen = []
    workbench.player.record_changed.connect(lambda _: seen.append(hand.step_shown_everywhere()))
    hand.drag_slider(hand.screen.playback.slider, 0.1, 0.3, 0.6, 0.4)
    assert len(set(seen)) >= 3
    assert max(seen) > seen[-1] > seen[0]
    assert hand.step_shown_everywhere() == seen[-1]
    last = hand.trajectory.records - 1
    assert hand.player.record == pytest.approx(0.4 * last, abs=max(0.03 * last, 1.0))


def test_taking_hold_of_the_slider_stops_playing(qtbot, workbench, hand):
    hand.wait_computed()
    hand.key(Qt.Key.Key_Home)
    hand.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: hand.player.playing and hand.player.record > 1)
    hand.drag_slider(hand.screen.playback.slider, 0.7)
    assert not hand.player.playing
    hand.step_shown_everywhere()


def test_space_plays_and_holds(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    hand.key(Qt.Key.Key_Space)
    assert hand.player.playing
    assert workbench.actions["play"].text() == "&Pause"
    qtbot.waitUntil(lambda: hand.player.record > 2)
    hand.key(Qt.Key.Key_Space)
    assert not hand.player.playing
    assert workbench.actions["play"].text() == "&Play"
    held = hand.step_shown_everywhere()
    assert held > 2
    hand.key(Qt.Key.Key_Right)
    assert hand.step_shown_everywhere() == held + 1


def test_space_at_the_end_plays_from_the_start(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_End)
    end = hand.step_shown_everywhere()
    hand.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: 0 < hand.player.record < end)
    hand.key(Qt.Key.Key_Space)
    assert hand.step_shown_everywhere() < end


def test_the_buttons_do_what_the_keys_do(workbench, hand):
    hand.hold()
    buttons = {
        button.defaultAction(): button for button in hand.screen.playback.findChildren(QToolButton)
    }

    def press(key):
        hand.click(buttons[workbench.actions[key]])
        return hand.step_shown_everywhere()

    assert press("first") == 0
    assert press("forward") == 1
    assert press("forward") == 2
    assert press("back") == 1
    assert press("last") == hand.trajectory.steps[hand.player.end]
    hand.click(buttons[workbench.actions["play"]])
    assert hand.player.playing
    hand.click(buttons[workbench.actions["play"]])
    assert not hand.player.playing


def test_the_loop_begins_again(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_L)
    assert workbench.actions["loop"].isChecked()
    hand.key(Qt.Key.Key_End)
    hand.key(Qt.Key.Key_Left)
    hand.key(Qt.Key.Key_Space)
    seen = []
    workbench.player.record_changed.connect(seen.append)
    qtbot.waitUntil(lambda: 0 in seen)
    assert hand.player.playing
    hand.key(Qt.Key.Key_L)
    assert not workbench.player.loop


def test_speed_by_keys_and_by_its_box(workbench, hand):
    hand.keys("]")
    assert (workbench.player.speed, hand.screen.playback.speed.currentText()) == (2.0, "×2")
    hand.keys("[[[")
    assert (workbench.player.speed, hand.screen.playback.speed.currentText()) == (0.25, "×¼")
    hand.keys("[" * 20)
    assert workbench.player.speed == 0.125
    hand.choose(hand.screen.playback.speed, "×8")
    assert workbench.player.speed == 8.0
    hand.focus_views()
    hand.keys("]" * 20)
    assert workbench.player.speed == 1024.0
