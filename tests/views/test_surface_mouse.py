"""Turning, zooming, clicking and hovering a shown surface."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt

from gdviz.experiment.camera import CAMERAS
from gdviz.views.surface_view import SurfaceView
from gdviz.views.trace import RunLook

SHIFT = Qt.KeyboardModifier.ShiftModifier
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def hand(hand_over, valley, valley_map):
    hand = hand_over(SurfaceView())
    hand.view.set_landscape(valley)
    hand.view.set_field(valley_map)
    return hand


def pixel(hand, *params):
    pixels, _seen = hand.view.sight.place(np.array([params], dtype=np.float64))
    return hand.window.mapFromScene(hand.view.box.mapToScene(QPointF(*pixels[0, :2].tolist())))


def drag(hand, begin, end, button=Qt.MouseButton.LeftButton, keys=Qt.KeyboardModifier.NoModifier):
    none = Qt.MouseButton.NoButton
    hand.move_to_pixel(begin)
    hand.send(QEvent.Type.MouseButtonPress, begin, button, button, keys)
    for share in (0.25, 0.5, 0.75, 1.0):
        on = QPoint(
            round(begin.x() + share * (end.x() - begin.x())),
            round(begin.y() + share * (end.y() - begin.y())),
        )
        hand.send(QEvent.Type.MouseMove, on, none, button, keys)
    hand.send(QEvent.Type.MouseButtonRelease, end, button, none, keys)


@pytest.mark.parametrize("params", [(2.0, 0.0), (0.0, 3.0), (6.0, 2.0)])
def test_a_click_picks_the_start_under_the_pointer(hand, told, params):
    picked, added = told(hand.view.start_picked), told(hand.view.start_added)
    hand.click_pixel(pixel(hand, *params))
    (start,) = picked
    assert start == pytest.approx(params, abs=0.15)
    assert all(len(repr(value)) < 8 for value in start)  # no digits that no pixel shows
    hand.click_pixel(pixel(hand, *params), keys=SHIFT)
    assert added == [start]
    assert len(picked) == 1


def test_a_click_beside_the_surface_or_of_another_button_picks_nothing(hand, told):
    picked = told(hand.view.start_picked)
    hand.click_pixel(QPoint(5, 5))
    hand.click_pixel(pixel(hand, 2.0, 0.0), button=RIGHT)
    assert picked == []


def test_a_drag_orbits_and_a_double_click_beside_resets(hand, told):
    moved, picked = told(hand.view.camera_changed), told(hand.view.start_picked)
    drag(hand, QPoint(300, 200), QPoint(400, 230))
    camera = hand.view.camera
    assert moved[-1] == camera
    assert camera.azimuth == pytest.approx(CAMERAS["corner"].azimuth - 40.0, abs=1.0)
    assert camera.elevation == pytest.approx(CAMERAS["corner"].elevation + 12.0, abs=1.0)
    assert picked == []
    corner = QPoint(4, 4)
    hand.click_pixel(corner)
    hand.send(
        QEvent.Type.MouseButtonDblClick,
        corner,
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
    )
    hand.send(
        QEvent.Type.MouseButtonRelease, corner, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    )
    assert hand.view.camera == moved[-1] == CAMERAS["corner"]


@pytest.mark.parametrize(("button", "keys"), [(RIGHT, None), (Qt.MouseButton.LeftButton, SHIFT)])
def test_a_drag_with_shift_or_the_right_button_moves_the_picture(hand, button, keys):
    before = pixel(hand, 2.0, 0.0)
    drag(hand, QPoint(300, 200), QPoint(360, 180), button, keys or Qt.KeyboardModifier.NoModifier)
    after = pixel(hand, 2.0, 0.0)
    assert after.x() - before.x() == pytest.approx(60, abs=2)
    assert after.y() - before.y() == pytest.approx(-20, abs=2)
    assert hand.view.camera.azimuth == CAMERAS["corner"].azimuth


def test_the_wheel_zooms_about_the_pointer(hand, told):
    moved = told(hand.view.camera_changed)
    at = pixel(hand, 5.0, 2.0)
    hand.pixel = lambda *_: at
    hand.turn_wheel(0.0, 0.0, 3)
    assert hand.view.camera.zoom == pytest.approx(1.15**3)
    assert moved[-1] == hand.view.camera
    after = pixel(hand, 5.0, 2.0)
    assert abs(after.x() - at.x()) <= 2
    assert abs(after.y() - at.y()) <= 2
    hand.turn_wheel(0.0, 0.0, -3)
    assert hand.view.camera.zoom == pytest.approx(1.0)


def test_while_it_is_turned_a_coarser_picture_will_do(hand):
    fine = hand.view.sight.relief.factor
    begin = QPoint(300, 200)
    hand.move_to_pixel(begin)
    left = Qt.MouseButton.LeftButton
    hand.send(QEvent.Type.MouseButtonPress, begin, left, left)
    for column in (320, 340):
        hand.send(QEvent.Type.MouseMove, QPoint(column, 200), Qt.MouseButton.NoButton, left)
    hand.window.viewport().repaint()
    assert hand.view.sight.relief.factor < fine
    hand.send(QEvent.Type.MouseButtonRelease, QPoint(340, 200), left, Qt.MouseButton.NoButton)
    hand.window.viewport().repaint()
    assert hand.view.sight.relief.factor == fine


def test_hovering_tells_parameters_and_records(hand, told, descend_valley):
    trajectory = descend_valley((-3.0, 4.0), (7.0, 3.0))
    looks = (RunLook(0), RunLook(1, selected=True))
    hand.view.set_trajectories((trajectory,), looks)
    hand.view.set_step(20)
    places, records = told(hand.view.hovered), told(hand.view.record_hovered)
    hand.move_to_pixel(pixel(hand, *trajectory.params[2, 0]))
    assert places[-1] == pytest.approx(tuple(trajectory.params[2, 0]), abs=0.15)
    assert records == [(0, 2)]
    hand.move_to_pixel(pixel(hand, *trajectory.params[1, 1]))
    assert records[-1] == (1, 1)
    hand.move_to_pixel(QPoint(3, 3))
    assert places[-1] is None
    assert records[-1] is None
