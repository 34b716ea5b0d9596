"""What the pointer is over is told in the status bar, and nothing moves for that."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from gdviz.numbers import format_number, format_point

PLACES = (QPoint(120, 60), QPoint(300, 150), QPoint(600, 250))


def expected(landscape, point):
    names = [
        f"{name} = {format_number(value)}"
        for name, value in zip(landscape.parameters, point, strict=True)
    ]
    loss = format_number(landscape.loss([point])[0])
    gradient = landscape.gradient([point])[0]
    slope = format_point(gradient) if len(point) > 1 else format_number(gradient[0])
    return "  ".join([*names, f"loss {loss}", f"∇f {slope}"])


@pytest.mark.parametrize("source", ["valley", "regression"])
def test_over_the_contour(open_workbench, hand_of, source):
    hand = hand_of(open_workbench(source))
    hand.hold()
    for place in PLACES:
        hand.move(hand.contour_area, place)
        point = hand.contour_params(place)
        assert hand.probe == expected(hand.experiment.landscape, point)


def test_the_last_one_of_a_quick_movement_counts(hand):
    hand.hold()
    for x in range(100, 400, 5):
        hand.move(hand.contour_area, QPoint(x, 100))
    point = hand.contour_params(QPoint(395, 100))
    assert hand.probe == expected(hand.experiment.landscape, point)


@pytest.mark.parametrize("axis", [0, 1])
def test_over_the_curve_the_other_parameter_is_that_of_the_step_shown(hand, axis):
    hand.hold()
    hand.workbench.editor.slice_along(axis)
    hand.player.jump(5)
    for x in (150, 300):
        place = QPoint(x, 80)
        hand.move(hand.curve_area, place)
        point = hand.trajectory.params[5, 0].copy()
        point[axis] = hand.curve_value(place)
        assert hand.probe == expected(hand.experiment.landscape, point)


def test_over_the_curve_of_one_parameter(open_workbench, hand_of):
    hand = hand_of(open_workbench("regression-w1"))
    hand.hold()
    hand.move(hand.curve_area, QPoint(200, 80))
    value = hand.curve_value(QPoint(200, 80))
    assert hand.probe == expected(hand.experiment.landscape, [value])


def test_leaving_clears(qtbot, hand):
    hand.hold()
    hand.move(hand.contour_area, PLACES[1])
    assert hand.probe
    assert hand.screen.contour._marks._probe is not None
    hand.move(hand.screen.playback, QPoint(3, 3))
    qtbot.waitUntil(lambda: not hand.probe)
    assert hand.screen.contour._marks._probe is None


def test_over_an_axis_there_is_nothing_to_tell(hand):
    hand.hold()
    hand.move(hand.contour_area, PLACES[1])
    hand.move(hand.contour_area, QPoint(20, 100))
    assert not hand.probe


def test_the_gradient_is_drawn_at_the_pointer(qtbot, hand):
    hand.hold()
    qtbot.waitUntil(lambda: hand.screen.contour._field._map is not None)
    place = PLACES[2]
    before = hand.contour_area.grab().toImage()
    hand.move(hand.contour_area, place)
    after = hand.contour_area.grab().toImage()
    point, gradient = hand.screen.contour._marks._probe
    np.testing.assert_allclose(point, hand.contour_params(place))
    np.testing.assert_array_equal(gradient, hand.experiment.landscape.gradient([point])[0])
    # At (11, −2.6) the slope rises to the right: an arrow of up to 64 pixels.
    along = place + QPoint(20, 12)
    assert before.pixel(place + QPoint(-20, -12)) == after.pixel(place + QPoint(-20, -12))
    near = [along + QPoint(0, offset) for offset in range(-14, 15)]
    assert any(before.pixel(at) != after.pixel(at) for at in near)


def test_nothing_moves_when_the_pointer_enters_a_view(hand):
    """A status bar that grows with its text would shift the pixels one is aiming at."""
    hand.hold()
    window = hand.workbench.window
    parts = (
        window.statusBar(),
        hand.screen.contour_canvas,
        hand.screen.curve_canvas,
        hand.screen.playback,
    )

    def places():
        return [(part.mapTo(window, QPoint(0, 0)), part.size()) for part in parts]

    shown, before = hand.screen.contour.domain, places()
    hand.move(hand.contour_area, PLACES[1])
    assert hand.probe
    hand.workbench.window.layout().activate()
    assert places() == before
    assert hand.screen.contour.domain == shown


def test_following_the_pointer_does_not_resample_the_landscape(qtbot, hand):
    hand.hold()
    qtbot.waitUntil(lambda: hand.screen.contour._field._map is not None)
    known = hand.screen.contour._field._map
    for x in range(100, 500, 40):
        hand.move(hand.contour_area, QPoint(x, 100))
    assert hand.screen.contour._field._map is known


def test_hovering_while_the_descent_plays_keeps_the_same_step_everywhere(qtbot, workbench, hand):
    seen = []
    workbench.player.record_changed.connect(lambda _: seen.append(hand.step_shown_everywhere()))
    for x in range(100, 500, 40):
        hand.move(hand.contour_area, QPoint(x, 100))
    qtbot.waitUntil(lambda: len(seen) > 5)
