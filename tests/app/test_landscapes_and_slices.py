"""Changing the landscape and the direction in which the loss curve is cut."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gdviz.experiment import open_experiment
from gdviz.landscapes import PRESETS
from gdviz.numbers import format_number

NAMES = [preset.name for preset in PRESETS]


def choose(hand, name):
    hand.choose_landscape(name)


def check_it_is_shown(qtbot, hand, name):
    preset = PRESETS[NAMES.index(name)]
    hand.hold()
    assert hand.experiment == open_experiment(name)
    assert hand.workbench.window.windowTitle() == f"{preset.title}[*] — gdviz"
    panel = hand.screen.landscape_panel
    assert panel.gallery.list.currentItem().text() == preset.title
    assert panel._about.text() == preset.summary
    assert panel.pages.current == "gallery"
    parameters = hand.experiment.landscape.parameters
    assert hand.screen.contour_canvas.isVisible() is (len(parameters) > 1)
    assert hand.screen.slice_switch.isVisible() is (len(parameters) > 1)
    starts = [key for key in hand.screen.run_panel.fields if key.startswith("start")]
    assert len(starts) == len(parameters)
    assert {name for _row, name in hand.numbers()} == {"", *parameters}
    hand.step_shown_everywhere()
    if len(parameters) > 1:
        qtbot.waitUntil(lambda: hand.screen.contour._field._map is not None)
        assert hand.screen.contour._starts._minima == hand.experiment.landscape.minima


def test_from_each_landscape_to_each_other_and_back(qtbot, hand):
    for name in ("regression", "regression-w1", "valley", "regression-w1", "regression", "valley"):
        choose(hand, name)
        qtbot.waitUntil(lambda: hand.player.playing)
        check_it_is_shown(qtbot, hand, name)
    assert hand.undo_texts == ["Change landscape"] * 6
    for _ in range(6):
        hand.undo()
    check_it_is_shown(qtbot, hand, "valley")


def test_by_the_arrow_keys_in_the_list(qtbot, hand):
    hand.hold()
    hand.screen.landscape_panel.gallery.list.setFocus(Qt.FocusReason.TabFocusReason)
    hand.key(Qt.Key.Key_Up)
    assert hand.experiment.landscape.name == "valley"  # moving is not choosing yet
    hand.key(Qt.Key.Key_Return)
    check_it_is_shown(qtbot, hand, "regression")
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Return)
    check_it_is_shown(qtbot, hand, "regression-w1")


def test_another_landscape_in_the_middle_of_playing(qtbot, hand):
    """At no moment may anything show one landscape's numbers as another's."""
    hand.workbench.player.record_changed.connect(lambda _: check_names(hand))
    for name in ("regression", "regression-w1", "valley"):
        qtbot.waitUntil(lambda: hand.player.playing and hand.player.record > 1)
        choose(hand, name)
    hand.hold()
    hand.step_shown_everywhere()


def check_names(hand):
    dimension = hand.experiment.landscape.dimension
    for trajectory in hand.workbench.conductor.trajectories:
        assert trajectory.params.shape[2] == dimension


def test_one_parameter_alone_fills_the_middle_with_its_curve(qtbot, hand):
    hand.hold()
    tall = hand.curve_area.height()
    choose(hand, "regression-w1")
    qtbot.waitUntil(lambda: hand.curve_area.height() > 1.5 * tall)
    assert "held constant" not in hand.screen.curve_canvas._title.text()
    before = hand.experiment
    hand.focus_views()
    hand.key(Qt.Key.Key_S)
    assert hand.experiment == before
    hand.click_curve(-100.0)
    assert abs(hand.experiment.draft.start[0] + 100.0) < hand.screen.curve.box.viewPixelSize()[0]


def test_keys_work_after_the_view_that_had_the_focus_is_gone(qtbot, hand):
    hand.hold()
    hand.focus_views()
    hand.workbench.opening.pick_preset("regression-w1")
    hand.hold()
    hand.key(Qt.Key.Key_Home)
    assert hand.step_shown_everywhere() == 0
    hand.key(Qt.Key.Key_Right)
    assert hand.step_shown_everywhere() == 1


def test_s_switches_the_slice_and_everything_follows(hand):
    hand.hold()
    hand.player.jump(4)
    for axis in (1, 0, 1):
        hand.key(Qt.Key.Key_S)
        check_slice(hand, axis)
        if axis == 1:  # then come both at a time and the ray
            hand.key(Qt.Key.Key_S)
            hand.key(Qt.Key.Key_S)


def test_the_buttons_switch_the_slice(hand):
    hand.hold()
    hand.player.jump(4)
    group = hand.screen.slice_switch._group
    for axis in (1, 0, 0):
        hand.click(group.button(axis))
        check_slice(hand, axis)
    assert hand.undo_texts == ["Change slice"] * 2


def check_slice(hand, axis):
    names = hand.experiment.landscape.parameters
    assert hand.experiment.view.slice_axis == axis
    title = hand.screen.curve_canvas._title.text()
    assert title == f"Loss along {names[axis]}, {names[1 - axis]} held constant"
    assert hand.screen.curve_canvas.plot_area.accessibleName() == title
    assert hand.screen.slice_switch._group.checkedId() == axis
    assert hand.screen.curve.plot.getAxis("bottom").labelText == names[axis]
    (low, high), _ = hand.screen.curve.box.viewRange()
    assert (low, high) == pytest.approx(hand.screen.contour.domain[axis])
    hand.step_shown_everywhere()
    params, loss = hand.trajectory.params[4, 0], float(hand.trajectory.loss[4, 0])
    assert hand.numbers()["value", names[axis]] == format_number(params[axis])
    color = hand.workbench.theming.theme.run(0)
    assert hand.color_at(hand.curve_area, hand.curve_pixel(params[axis], loss)) == color


def test_the_curve_is_the_slice_through_the_point_reached(hand):
    """The curve's color lies where the loss of the slice is, and moves with the step."""
    hand.hold()
    landscape, theme = hand.experiment.landscape, hand.workbench.theming.theme
    for record in (0, 3):
        hand.player.jump(record)
        y = hand.trajectory.params[record, 0, 1]
        picture = hand.curve_area.grab().toImage()
        for x in (5.0, 6.0):  # away from the run, which comes from the left
            loss = float(landscape.loss([[x, y]])[0])
            at = hand.curve_pixel(x, loss)
            near = {picture.pixelColor(at.x(), at.y() + offset).name() for offset in range(-2, 3)}
            assert theme.curve in near


def test_the_tangent_has_the_slope_that_the_panel_shows(hand):
    hand.hold()
    hand.player.jump(2)
    theme = hand.workbench.theming.theme
    params, gradient = hand.trajectory.params[2, 0], hand.trajectory.gradient[2, 0]
    loss = float(hand.trajectory.loss[2, 0])
    wide, high = hand.screen.curve.box.viewPixelSize()
    # 30 pixels along the tangent from the current point, clear of its disc
    across, up = 1.0 / wide, gradient[0] / high
    share = 30.0 / np.hypot(across, up)
    at = hand.curve_pixel(float(params[0] + share), loss + float(gradient[0]) * share)
    picture = hand.curve_area.grab().toImage()
    near = {
        picture.pixelColor(at.x() + right, at.y() + down).name()
        for right in range(-1, 2)
        for down in range(-1, 2)
    }
    assert theme.tangent in near
