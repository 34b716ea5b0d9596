"""Taking the run away, and going back to the beginning."""

from PySide6.QtCore import Qt

from gdviz.experiment import open_experiment

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAYBACK = ("play", "forward", "back", "first", "last")


def test_clear_leaves_the_bare_landscape_and_says_what_to_do(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert hand.experiment.runs == ()
    panel = hand.screen.step_panel
    assert panel._empty.isVisible()
    assert "Click the landscape" in panel._empty.text()
    assert set(hand.numbers().values()) == {""}
    assert hand.screen.playback.counter == "no run"
    assert not hand.screen.playback.slider.isEnabled()
    for key in PLAYBACK:
        assert not workbench.actions[key].isEnabled(), key
    assert hand.outcome == ""
    assert hand.screen.contour._marks._traces == ()
    assert not hand.screen.contour.box.grips


def test_clearing_twice_is_one_edit(hand):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert hand.undo_texts == ["Clear run"]


def test_keys_do_nothing_while_there_is_no_run(qtbot, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    cleared = hand.experiment
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        hand.key(key)
    hand.key(Qt.Key.Key_Escape)
    assert hand.experiment == cleared
    assert not hand.player.playing
    assert hand.screen.playback.counter == "no run"


def test_a_click_then_starts_anew(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    hand.click_contour((3.0, 2.0))
    qtbot.waitUntil(lambda: hand.player.playing)
    hand.hold()
    hand.step_shown_everywhere()
    assert hand.screen.playback.slider.isEnabled()
    for key in PLAYBACK:
        assert workbench.actions[key].isEnabled(), key
    assert not hand.screen.step_panel._empty.isVisible()


def test_the_rate_can_be_chosen_before_the_first_click(hand):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    hand.type(hand.rate.entry, "0.02")
    assert hand.experiment.runs == ()
    hand.click_contour((3.0, 2.0))
    (run,) = hand.experiment.runs
    assert run.optimizer.learning_rate == 0.02


def test_clear_while_it_plays(qtbot, hand):
    qtbot.waitUntil(lambda: hand.player.playing and hand.player.record > 2)
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert not hand.player.playing
    assert hand.player.length == 0
    hand.undo()
    hand.wait_computed()
    hand.step_shown_everywhere()


def test_the_curve_goes_through_the_last_start_while_there_is_no_run(hand):
    hand.hold()
    hand.click_contour((3.0, 2.0))
    hand.hold()
    start = hand.experiment.draft.start
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert tuple(hand.screen.curve.point) == start
    hand.curve_area.grab()
    hand.contour_area.grab()


def test_reset_goes_back_to_what_the_landscape_began_with(qtbot, hand):
    hand.hold()
    hand.click_contour((3.0, 2.0))
    hand.type(hand.rate.entry, "0.02")
    hand.focus_views()
    hand.key(Qt.Key.Key_S)
    hand.key(Qt.Key.Key_Plus, CONTROL)
    hand.key(Qt.Key.Key_R, CONTROL)
    assert hand.experiment == open_experiment("valley")
    qtbot.waitUntil(lambda: hand.player.playing)
    hand.hold()
    assert tuple(hand.trajectory.params[0, 0]) == (-3.0, 4.0)
    assert hand.rate.entry.text() == "0.1"
    hand.step_shown_everywhere()


def test_reset_when_nothing_has_changed_plays_again(qtbot, hand):
    hand.hold()
    hand.key(Qt.Key.Key_End)
    hand.key(Qt.Key.Key_R, CONTROL)
    assert hand.player.playing
    assert hand.player.record < 5
    assert hand.undo_texts == []


def test_after_a_reset_of_the_view_alone_a_change_keeps_the_step(hand):
    """What an edit was to do to the playhead must not be done by a later one."""
    hand.hold()
    hand.key(Qt.Key.Key_Plus, CONTROL)
    hand.key(Qt.Key.Key_R, CONTROL)
    hand.hold()
    hand.player.jump(5)
    hand.type(hand.rate.entry, "0.15")
    hand.wait_computed()
    assert not hand.player.playing
    assert hand.step_shown_everywhere() == 5


def test_after_a_drag_without_a_move_a_change_keeps_the_step(hand):
    hand.hold()
    ring = hand.contour_pixel(hand.experiment.draft.start)
    start = hand.experiment.draft.start
    hand.workbench.editor.drag_start(start, start)
    hand.workbench.editor.settle()
    assert hand.contour_pixel(hand.experiment.draft.start) == ring
    hand.player.jump(5)
    hand.type(hand.rate.entry, "0.15")
    hand.wait_computed()
    assert hand.step_shown_everywhere() == 5
