"""The swarm in the window: its panel, its brush, and the playhead that is its, too."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from gdviz.engine.swarm import Swarm, picture_of
from gdviz.experiment.swarm import swarm_descent
from gdviz.help import load_library
from gdviz.ui.tips import topic_of
from tests.app.test_tooltips import complaints, controls_of

LIMIT = 10_000


@pytest.fixture
def swarmed(workbench, hand):
    """Return a hand on a window whose swarm has been shown by its key."""
    hand.hold()
    hand.focus_views()
    hand.key(Qt.Key.Key_W)
    wait_for_picture(hand)
    hand.hold()
    return hand


def wait_for_picture(hand):
    """Wait until the swarm is drawn at the step on which the playhead stands."""
    shown, conductor = hand.screen.contour.swarm, hand.workbench.conductor

    def right():
        step = conductor.step_at(hand.player.record)
        busy = hand.workbench.swarm.display.swarmer.busy
        return shown.picture is not None and shown.picture.step == step and not busy

    hand.qtbot.waitUntil(right, timeout=LIMIT)
    return shown.picture


def spec_of(hand):
    return hand.experiment.plane.swarm


def check_right(hand):
    picture = wait_for_picture(hand)
    swarm = Swarm(swarm_descent(hand.experiment))
    view = hand.screen.contour
    expected = picture_of(swarm, picture.step, view.domain, picture.levels.shape)
    assert np.array_equal(picture.levels, expected.levels)
    assert picture.levels.any()
    return picture


def test_a_window_without_a_swarm_makes_nothing_of_it(workbench):
    assert not workbench.swarm.made
    assert workbench.screen.contour.swarm.picture is None


@pytest.mark.parametrize("name", ["swarm", "swarm_brush"])
def test_the_landscape_comes_back_when_another_view_has_its_room(workbench, hand, name):
    hand.hold()
    workbench.actions["enlarge_history"].trigger()
    assert not hand.screen.contour_canvas.isVisible()
    workbench.actions[name].trigger()
    assert hand.screen.contour_canvas.isVisible()


def test_the_landscape_stays_large_when_its_swarm_is_shown(workbench, hand):
    hand.hold()
    workbench.actions["enlarge_contour"].trigger()
    workbench.actions["swarm"].trigger()
    assert workbench.lectern.staging.stage.enlarged == "contour"


def test_a_key_shows_the_swarm_and_its_panel_and_plays_from_the_starts(qtbot, workbench, hand):
    hand.wait_still()
    hand.focus_views()
    hand.key(Qt.Key.Key_W)
    assert spec_of(hand).shown
    assert hand.player.playing
    assert hand.screen.swarm.isVisible()
    hand.hold()
    check_right(hand)
    hand.undo()
    assert not spec_of(hand).shown
    assert hand.screen.contour.swarm.picture is None
    assert not workbench.actions["swarm"].isChecked()


def test_the_swarm_follows_the_playhead_the_zoom_and_the_rate(swarmed):
    hand = swarmed
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Left):
        hand.key(key)
        check_right(hand)
    hand.key(Qt.Key.Key_Home)
    hand.key(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    check_right(hand)
    before = check_right(hand)
    hand.workbench.editor.pick_rate(0.02)
    hand.workbench.player.jump(3)
    after = check_right(hand)
    assert not np.array_equal(before.levels, after.levels)
    panel = hand.workbench.swarm.editor.panel
    assert "learning rate 0.02" in panel.follows
    assert panel.counts.texts()["Going on"] == "10,000"
    assert panel.kept.startswith("Of 10,000 runs, every 16th step is kept")


def test_playing_foresees_the_next_record_and_does_not_run_away_from_the_swarm(swarmed, qtbot):
    hand, swarmer = swarmed, swarmed.workbench.swarm.display.swarmer
    wishes, leads = [], []
    request = swarmer.request

    def note(wish):
        wishes.append(wish)
        request(wish)
        leads.append(wish.step - swarmer.step)

    swarmer.request = note
    hand.player.speed = 20.0
    hand.player.restart()
    qtbot.waitUntil(lambda: hand.player.record > 150, timeout=LIMIT)
    hand.hold()
    assert {wish.ahead for wish in wishes if wish.ahead} == {1}
    assert max(leads) <= 90  # 0.15 seconds at 600 steps a second
    assert hand.player.leash is None or hand.player.leash >= hand.player.record
    wait_for_picture(hand)
    assert hand.player.leash is None


def test_without_runs_the_playhead_is_the_swarms(swarmed):
    hand = swarmed
    hand.workbench.editor.clear()
    assert hand.counter[1] == hand.experiment.draft.steps
    hand.workbench.player.jump(7)
    assert check_right(hand).step == 7
    hand.focus_views()
    hand.key(Qt.Key.Key_W)
    assert hand.player.length == 0


def test_fields_of_the_panel_are_edits_that_can_be_undone(swarmed):
    hand = swarmed
    panel = hand.workbench.swarm.editor.panel
    hand.type(panel.count.entry, "400")
    assert spec_of(hand).count == 400
    hand.click(panel.kind.button("random"))
    hand.click(panel.again)
    assert (spec_of(hand).kind, spec_of(hand).seed) == ("random", 1)
    hand.choose(panel.drawn, "Density")
    assert not wait_for_picture(hand).dots
    hand.click(panel.over_view)
    assert spec_of(hand).domain == hand.screen.contour.domain
    hand.click(panel.over_whole)
    assert spec_of(hand).domain is None
    hand.type(panel.count.entry, "0")
    assert spec_of(hand).count == 400
    assert panel.count.error.text() == "runs must be a whole number from 1 to 1,000,000"
    hand.focus_views()
    for _ in range(5):
        hand.undo()
    assert (spec_of(hand).kind, spec_of(hand).count) == ("grid", 400)


def test_the_brush_leaves_starts_along_a_drag_which_is_one_step_to_undo(workbench, hand):
    hand.hold()
    hand.focus_views()
    hand.key(Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    panel = workbench.swarm.editor.panel
    assert panel.brush.isChecked()
    assert panel.hint.startswith("Nothing is brushed yet")
    start, domain = hand.experiment.current.start, hand.screen.contour.domain
    places = [hand.contour_area.rect().center() + QPoint(dx, dx // 3) for dx in range(0, 120, 10)]
    hand.drag(hand.contour_area, *places)
    strokes = spec_of(hand).strokes
    assert 5 <= len(strokes) <= 10
    assert all(stroke.count == 200 for stroke in strokes)
    assert hand.experiment.current.start == start
    assert hand.screen.contour.domain == domain
    first = np.array(hand.contour_params(places[0]))
    assert np.hypot(*(np.array(strokes[0].center) - first)) < 0.2
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    check_right(hand)
    assert hand.undo_texts[-1] == "Brush swarm"
    hand.undo()
    assert spec_of(hand).strokes == ()
    hand.key(Qt.Key.Key_Escape)
    assert not panel.brush.isChecked()
    hand.click_contour((1.0, 1.0))
    assert spec_of(hand).strokes == ()
    assert hand.experiment.current.start != start


def test_the_brushs_circle_goes_with_the_pointer(workbench, hand):
    hand.hold()
    hand.focus_views()
    hand.key(Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    circle, at = hand.screen.contour._brush, hand.contour_area.rect().center()
    hand.move(hand.contour_area, at)
    assert circle.place == pytest.approx(hand.contour_params(at), abs=0.1)
    hand.key(Qt.Key.Key_Escape)
    assert circle.place is None


def test_a_landscape_of_one_parameter_says_that_a_swarm_needs_two(open_workbench, hand_of):
    workbench = open_workbench("regression-w1")
    hand = hand_of(workbench)
    hand.hold()
    hand.focus_views()
    hand.key(Qt.Key.Key_W)
    panel = workbench.swarm.editor.panel
    assert panel.hint == "A swarm is drawn over two parameters; this landscape has one."
    assert hand.screen.contour.swarm.picture is None


def test_every_control_of_the_panel_teaches_and_has_a_topic(workbench):
    workbench.window.raise_dock("Swarm")
    panel = workbench.swarm.editor.panel
    QApplication.processEvents()  # tabs are told anew
    found = list(complaints(workbench.window))
    assert not found, "\n".join(found)
    topics = {topic_of(control) for control in controls_of(panel.window())}
    assert "swarm" in topics
    assert "swarm" in load_library([])
