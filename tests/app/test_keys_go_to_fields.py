"""What is typed into a field goes there, and starts nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_digits_letters_and_spaces_are_typed(hand):
    hand.hold()
    hand.player.jump(3)
    experiment = hand.experiment
    hand.type(hand.rate.entry, "0 r s l [ ] 0", enter=False)
    assert hand.rate.entry.text() == "0 r s l [ ] 0"
    assert hand.experiment is experiment
    assert not hand.player.playing
    assert not hand.workbench.actions["loop"].isChecked()
    assert hand.player.speed == 1.0
    assert hand.step_shown_everywhere() == 3


def test_moves_and_delete_stay_in_the_field(hand):
    hand.hold()
    hand.player.jump(3)
    experiment = hand.experiment
    entry = hand.rate.entry
    hand.click(entry)
    hand.key(Qt.Key.Key_Home)
    assert entry.cursorPosition() == 0
    hand.key(Qt.Key.Key_Right)
    assert entry.cursorPosition() == 1
    hand.key(Qt.Key.Key_End)
    assert entry.cursorPosition() == len(entry.text())
    hand.key(Qt.Key.Key_Left)
    hand.key(Qt.Key.Key_Delete)
    assert entry.text() == "0."
    assert hand.experiment is experiment
    assert hand.step_shown_everywhere() == 3


def test_ctrl_z_in_a_field_takes_back_what_was_typed_there(hand):
    hand.hold()
    hand.click_contour((1.0, 1.0))
    hand.hold()
    moved = hand.experiment
    hand.type(hand.rate.entry, "0.7", enter=False)
    hand.key(Qt.Key.Key_Z, CONTROL)
    assert hand.experiment == moved
    assert hand.rate.entry.text() != "0.7"


def test_enter_does_not_leave_the_field(hand):
    hand.hold()
    hand.type(hand.rate.entry, "0.2")
    assert hand.rate.entry.hasFocus()
    hand.type(hand.rate.entry, "0.3")
    assert hand.experiment.draft.optimizer.learning_rate == 0.3


def test_a_click_on_a_plot_gives_the_keys_back_to_the_window(hand):
    hand.hold()
    hand.type(hand.rate.entry, "0.2")
    hand.click_contour((1.0, 1.0))
    assert not hand.rate.entry.hasFocus()
    hand.hold()
    hand.key(Qt.Key.Key_0)
    assert hand.experiment.draft.start == (0.0, 0.0)
    assert hand.rate.entry.text() == "0.2"


def test_what_was_typed_half_counts_when_a_click_leaves_the_field(hand):
    hand.hold()
    hand.type(hand.rate.entry, "0.25", enter=False)
    hand.click_contour((1.0, 1.0))
    (run,) = hand.experiment.runs
    assert run.optimizer.learning_rate == 0.25


def test_what_is_being_typed_survives_a_playing_descent(qtbot, hand):
    hand.wait_computed()
    hand.key(Qt.Key.Key_Home)
    hand.key(Qt.Key.Key_Space)
    hand.type(hand.rate.entry, "0.12345", enter=False)
    record = hand.player.record
    qtbot.waitUntil(lambda: hand.player.record > record + 3)
    assert hand.rate.entry.text() == "0.12345"


def test_arrows_in_the_step_slider_move_the_playhead_by_one(hand):
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    slider = hand.screen.playback.slider
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    hand.key(Qt.Key.Key_Right)
    assert hand.step_shown_everywhere() == 1
    hand.key(Qt.Key.Key_PageUp)
    assert hand.step_shown_everywhere() > 2
    hand.key(Qt.Key.Key_Home)
    assert hand.step_shown_everywhere() == 0
    hand.key(Qt.Key.Key_Space)
    assert hand.player.playing


@pytest.mark.parametrize("key", ["forward", "last", "loop"])
def test_space_on_a_focused_button_presses_it(workbench, hand, key):
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    action = workbench.actions[key]
    button = next(
        button
        for button in hand.screen.playback.findChildren(QToolButton)
        if button.defaultAction() is action
    )
    button.setFocus(Qt.FocusReason.TabFocusReason)
    hand.key(Qt.Key.Key_Space)
    assert not hand.player.playing
    if key == "loop":
        assert action.isChecked()
    else:
        expected = {"forward": 1, "last": hand.player.end}
        assert hand.player.record == expected[key]


def test_a_click_on_a_button_leaves_the_keys_where_they_were(workbench, hand):
    """Or else Space would press that button again, where it is to play."""
    hand.hold()
    hand.focus_views()
    for button in hand.screen.playback.findChildren(QToolButton):
        if button.defaultAction() is workbench.actions["forward"]:
            hand.click(button)
    assert hand.screen.contour_canvas.plot_area.hasFocus()
    hand.key(Qt.Key.Key_Space)
    assert hand.player.playing


def test_a_click_on_a_number_of_the_step_leaves_the_keys_to_the_window(hand):
    """The numbers can be selected and copied, but nothing can be typed there."""
    hand.hold()
    hand.player.jump(3)
    for cell in hand.screen.step_panel._cells.values():
        hand.click(cell)
        hand.key(Qt.Key.Key_Right)
    assert hand.step_shown_everywhere() == 3 + len(hand.screen.step_panel._cells)
    hand.key(Qt.Key.Key_Space)
    assert hand.player.playing
    hand.key(Qt.Key.Key_0)
    assert hand.experiment.draft.start == (0.0, 0.0)


def test_letters_work_after_choosing_a_landscape_with_the_mouse(hand):
    hand.hold()
    hand.choose_landscape("regression")
    hand.hold()
    hand.key(Qt.Key.Key_0)
    assert hand.experiment.draft.start == (0.0, 0.0)
    hand.key(Qt.Key.Key_S)
    assert hand.experiment.view.slice_axis == 1
    hand.key(Qt.Key.Key_Space)
    assert hand.experiment.landscape.name == "regression"


def test_steps_by_arrow_keys_work_after_choosing_a_landscape_with_the_mouse(hand):
    hand.hold()
    hand.choose_landscape("regression")
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    assert hand.experiment.landscape.name == "regression"
    assert hand.step_shown_everywhere() == 0
    hand.key(Qt.Key.Key_Right)
    assert hand.step_shown_everywhere() == 1
    hand.key(Qt.Key.Key_End)
    assert hand.experiment.landscape.name == "regression"
    assert hand.step_shown_everywhere() == hand.trajectory.steps[hand.player.end]
