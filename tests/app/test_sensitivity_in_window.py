"""The Sensitivity panel and what is drawn of it, by mouse and keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QDockWidget

from gdviz.engine.sensitivity import sensitivity
from gdviz.experiment import open_experiment
from gdviz.experiment.document import Document
from gdviz.experiment.whole_plane import SensitivitySpec, WholePlane
from gdviz.numbers import format_number
from tests.app.conftest import Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qtbot, workbench):
    hand = Hand(qtbot, workbench)
    hand.hold()
    hand.focus_views()
    return hand


def settle(hand):
    """Wait until what is shown has been measured."""
    display = hand.workbench.sensitivity.display
    hand.qtbot.waitUntil(lambda: not display.assayer.busy, timeout=20_000)
    return display


def opened(hand):
    hand.key(Qt.Key.Key_K)
    display = settle(hand)
    assert display.panel.isVisible()
    return display


def point(hand):
    trajectory = hand.trajectory
    return trajectory.params[trajectory.record_at(hand.counter[0]), 0]


def drawn(hand):
    items = hand.screen.contour._sensitivity
    assert items[0]._found is items[1]._found
    return items[0]._found


def test_nothing_is_made_before_it_is_wanted(hand):
    assert not hand.workbench.sensitivity.made
    assert drawn(hand) is None


def test_k_opens_the_panel_and_closes_it(hand):
    display = opened(hand)
    assert hand.experiment.plane.sensitivity.shown
    assert not hand.undo_texts
    hand.key(Qt.Key.Key_K)
    assert not display.panel.isVisible()
    assert not hand.experiment.plane.sensitivity.shown
    assert drawn(hand) is None


def test_the_panel_tells_the_current_point_and_follows_the_playhead(hand):
    display = opened(hand)
    for step in (0, 3, 7):
        hand.player.jump(step)
        settle(hand)
        expected = sensitivity(hand.experiment.landscape, point(hand))
        assert display.panel.title.startswith(f"Step {step}: x\xa0=\xa0")
        texts = display.panel.table.texts()
        assert texts["Loss f"] == format_number(expected.loss)
        assert texts["Sharpest λ₁"] == "4"
        assert texts["Highest in the ball"] == format_number(expected.highest.loss)
        assert texts["Model right as far as"] == "everywhere"
    assert "everywhere in view" in display.panel.words
    assert "below 0.5" in display.panel.words


def test_the_overlays_are_measured_without_the_panel(hand):
    hand.key(Qt.Key.Key_E, SHIFT)
    settle(hand)
    assert np.array_equal(drawn(hand).point, point(hand))
    assert hand.workbench.sensitivity.display.panel is None
    hand.player.jump(4)
    settle(hand)
    assert np.array_equal(drawn(hand).point, point(hand))
    hand.key(Qt.Key.Key_E, SHIFT)
    assert drawn(hand) is None


def test_switches_in_the_panel_and_in_the_menu_are_one(hand):
    display = opened(hand)
    boxes = display.panel.overlays
    for name in ("ball", "trust_region"):
        hand.click(boxes[name], QPoint(9, boxes[name].height() // 2))
        assert name in hand.workbench.overlays.shown
        assert hand.workbench.actions[name].isChecked()
    hand.focus_views()
    hand.key(Qt.Key.Key_Q, SHIFT)
    assert not boxes["trust_region"].isChecked()


def test_the_radius_is_one_edit_while_it_is_dragged_and_can_be_undone(hand):
    display = opened(hand)
    field = display.panel.radius
    assert hand.number(field.entry) == 5.0
    hand.drag_slider(field.slider, 0.75, 0.8, 0.85)
    settle(hand)
    radius = hand.experiment.plane.sensitivity.radius
    assert radius > 0.1
    assert display._found.share == radius
    assert hand.undo_texts == ["Change radius"]
    hand.type(field.entry, "20")
    settle(hand)
    assert hand.experiment.plane.sensitivity.radius == 0.2
    assert display._found.share == 0.2
    assert hand.undo_texts == ["Change radius", "Change radius"]
    hand.focus_views()
    hand.undo()
    hand.undo()
    settle(hand)
    assert hand.experiment.plane.sensitivity.radius is None
    assert hand.number(field.entry) == 5.0
    assert display._found.share == 0.05


def test_a_radius_that_is_none_is_refused_beneath_its_field(hand):
    field = opened(hand).panel.radius
    hand.type(field.entry, "0")
    assert field.error.text() == "the radius must be greater than 0 and at most 100 %, got 0"
    assert not hand.undo_texts


def test_a_dragged_start_is_followed(hand):
    display = opened(hand)
    hand.player.jump(0)
    settle(hand)
    before = tuple(display._found.point)
    area = hand.contour_area
    places = [hand.contour_pixel(at) for at in ((-3.0, 4.0), (-2.0, 3.0), (0.0, 1.0))]
    hand.drag(area, *places)
    hand.wait_computed()
    settle(hand)
    assert tuple(display._found.point) != before
    assert tuple(display._found.point) == hand.experiment.current.start


def test_a_point_is_kept_and_compared_with_another_until_it_is_forgotten(hand):
    display = opened(hand)
    panel = display.panel
    assert panel.table.texts(kept=True) == {}
    assert not panel.clear.isEnabled()
    hand.player.jump(0)
    settle(hand)
    start = display._found
    hand.click(panel.keep)
    hand.player.jump(9)
    settle(hand)
    assert panel.table.texts(kept=True)["Loss"] == format_number(start.loss, 3)
    assert panel.table.texts()["Loss"] == format_number(display._found.loss, 3)
    assert display._found.loss < start.loss
    page = panel._area.widget()
    assert page.minimumSizeHint().width() <= panel._area.viewport().width(), "numbers are cut off"
    hand.type(panel.radius.entry, "10")
    settle(hand)
    kept = sensitivity(hand.experiment.landscape, hand.trajectory.params[0, 0], 0.1)
    assert panel.table.texts(kept=True)["Highest"] == format_number(kept.highest.loss, 3)
    hand.click(panel.clear)
    assert panel.table.texts(kept=True) == {}


def test_a_point_of_another_landscape_is_not_kept(hand):
    display = opened(hand)
    hand.click(display.panel.keep)
    hand.choose_landscape("himmelblau")
    hand.qtbot.waitUntil(lambda: hand.experiment.landscape.name == "himmelblau")
    hand.wait_computed()
    settle(hand)
    assert display.panel.table.texts(kept=True) == {}
    assert not display.panel.clear.isEnabled()


def test_without_a_run_the_minimum_is_looked_at(hand):
    display = opened(hand)
    hand.workbench.editor.clear()
    settle(hand)
    assert display.panel.title == "The landscape's minimum: x\xa0=\xa02, y\xa0=\xa00"
    assert display.panel.badge.accessibleName() == "minimum"


def test_without_a_run_and_a_minimum_the_panel_says_what_to_do(hand_of, open_workbench):
    hand = hand_of(open_workbench("x^2 y + y"))
    hand.hold()
    hand.focus_views()
    display = opened(hand)
    hand.workbench.editor.clear()
    assert display.panel.words == ("No point to look around yet. Click the landscape to start one.")
    assert not display.panel.keep.isEnabled()
    hand.click_contour((1.0, 1.0))
    hand.hold()
    settle(hand)
    assert display.panel.title.startswith("Step")


def test_a_run_that_is_hidden_has_no_ball_drawn(hand):
    hand.key(Qt.Key.Key_E, SHIFT)
    settle(hand)
    assert drawn(hand) is not None
    hand.key(Qt.Key.Key_H)
    settle(hand)
    assert drawn(hand) is None


def test_one_parameter_has_its_ball_on_the_curve(hand_of, open_workbench):
    hand = hand_of(open_workbench("x^2 + x^3"))
    hand.hold()
    hand.screen.curve_canvas.plot_area.setFocus()
    hand.key(Qt.Key.Key_E, SHIFT)
    display = opened(hand)
    found = hand.screen.curve._sensitivity._found
    assert np.array_equal(found.point, point(hand))
    texts = display.panel.table.texts()
    assert "Curvature λ" in texts
    assert "Determinant λ₁λ₂" not in texts


def test_the_surface_has_the_ball_too(hand):
    hand.workbench.actions["surface"].trigger()
    hand.key(Qt.Key.Key_E, SHIFT)
    settle(hand)
    item = hand.screen.surface._sensitivity
    assert item.moves
    assert item._found is drawn(hand)


def test_an_experiment_that_was_saved_with_the_panel_opens_it_with_its_radius(hand_of, workbench):
    made = open_experiment("himmelblau")
    spec = replace(made.plane.sensitivity, shown=True, radius=0.2)
    saved = replace(made, plane=replace(made.plane, sensitivity=spec))
    workbench.door.begin(Document(saved))
    hand = hand_of(workbench)
    hand.hold()
    display = settle(hand)
    assert display.panel.isVisible()
    assert display._found.share == 0.2


def test_a_window_that_opens_on_an_experiment_with_the_panel_has_it(hand_of, open_workbench):
    experiment = open_experiment("valley")
    plane = WholePlane(sensitivity=SensitivitySpec(shown=True))
    hand = hand_of(open_workbench(replace(experiment, plane=plane)))
    assert hand.screen.sensitivity.isVisible()


def test_the_docks_own_button_closes_it_for_the_experiment_too(hand):
    display = opened(hand)
    dock = hand.workbench.window.findChild(QDockWidget, "Sensitivity")
    hand.click(dock.findChild(QAbstractButton, "qt_dockwidget_closebutton"))
    assert not display.panel.isVisible()
    assert not hand.experiment.plane.sensitivity.shown
