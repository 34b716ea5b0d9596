"""A red light where the mouse is, and the numbers there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from gdviz.numbers import format_number, format_point
from gdviz.ui.laser import LASER_RED


@pytest.fixture
def pointing(workbench, hand):
    """Return a hand that points with the laser."""
    hand.wait_still()
    hand.focus_views()
    hand.key(Qt.Key.Key_P)
    assert workbench.actions["laser"].isChecked()
    yield hand
    workbench.lectern.pointing.turn(False)


def laser(hand):
    return hand.workbench.lectern.pointing.laser


def center_of(hand, widget, pixel):
    return widget.mapTo(hand.workbench.window.centralWidget(), pixel)


def red_at(hand, place):
    """Tell whether the window shows the laser's red at a place of its middle."""
    picture = hand.workbench.window.centralWidget().grab().toImage()
    color, red = picture.pixelColor(place), QColor(LASER_RED)
    return max(abs(a - b) for a, b in zip(color.getRgb(), red.getRgb(), strict=True)) < 40


def expected_lines(x, y):
    """Return what the plate tells of a point of the valley, 4 + (x − 2)² + 2y²."""
    loss, gradient = 4.0 + (x - 2.0) ** 2 + 2.0 * y**2, (2.0 * (x - 2.0), 4.0 * y)
    numbers = (f"x = {format_number(x)}", f"y = {format_number(y)}")
    return (*numbers, f"loss {format_number(loss)}", f"∇f {format_point(gradient)}")


def test_the_light_is_where_the_mouse_is_and_tells_the_numbers(pointing):
    pixel = pointing.contour_pixel((-2.0, 3.0))
    pointing.move(pointing.contour_area, pixel)
    place = center_of(pointing, pointing.contour_area, pixel)
    assert laser(pointing).spot.toPoint() == place
    assert red_at(pointing, place)
    assert not red_at(pointing, place + QPoint(40, 40))
    assert laser(pointing).lines == expected_lines(*pointing.contour_params(pixel))
    assert not laser(pointing).plate().contains(place)
    assert laser(pointing).rect().contains(laser(pointing).plate())


def test_the_same_point_is_ringed_in_the_other_view(pointing):
    pixel = pointing.contour_pixel((1.0, 0.5))
    pointing.move(pointing.contour_area, pixel)
    x, y = pointing.contour_params(pixel)
    (echo,) = laser(pointing).echoes
    on_curve = pointing.curve_pixel(x, 4.0 + (x - 2.0) ** 2 + 2.0 * y**2)
    place = center_of(pointing, pointing.curve_area, on_curve)
    assert (echo.toPoint() - place).manhattanLength() <= 2
    ring = [echo.toPoint() + QPoint(8 + aside, 0) for aside in range(3)]
    assert any(red_at(pointing, place) for place in ring)


def test_on_the_curve_the_contour_has_the_ring(pointing):
    box = pointing.screen.curve.box
    (_, _), (low, high) = box.viewRange()
    pixel = pointing.curve_pixel(3.0, 0.5 * (low + high))
    pointing.move(pointing.curve_area, pixel)
    x = pointing.curve_value(pixel)
    y = float(pointing.screen.curve.point[1])
    assert laser(pointing).lines == expected_lines(x, y)
    on_curve, echo = laser(pointing).echoes
    lies = pointing.curve_pixel(x, 4.0 + (x - 2.0) ** 2 + 2.0 * y**2)
    place = center_of(pointing, pointing.curve_area, lies)
    assert (on_curve.toPoint() - place).manhattanLength() <= 2
    place = center_of(pointing, pointing.contour_area, pointing.contour_pixel((x, y)))
    assert (echo.toPoint() - place).manhattanLength() <= 2


def test_it_moves_along_and_leaves_nothing_behind(qtbot, pointing):
    first = pointing.contour_pixel((-3.0, 2.0))
    second = pointing.contour_pixel((3.0, -2.0))
    pointing.move(pointing.contour_area, first)
    pointing.move(pointing.contour_area, second)
    qtbot.waitUntil(lambda: not laser(pointing)._fading.isActive())
    assert not laser(pointing)._trail
    assert not red_at(pointing, center_of(pointing, pointing.contour_area, first))
    assert red_at(pointing, center_of(pointing, pointing.contour_area, second))


def test_it_repaints_only_around_itself(qtbot, pointing):
    pointing.move(pointing.contour_area, pointing.contour_pixel((-3.0, 2.0)))
    qtbot.waitUntil(lambda: not laser(pointing)._fading.isActive())
    pointing.move(pointing.contour_area, pointing.contour_pixel((-2.9, 2.0)))
    region = laser(pointing)._painted
    area = sum(part.width() * part.height() for part in region)
    assert area < 0.15 * laser(pointing).width() * laser(pointing).height()


def test_a_view_that_moves_away_takes_the_light_along(pointing):
    pointing.move(pointing.contour_area, pointing.contour_pixel((2.0, 1.0)))
    assert laser(pointing).lines
    pointing.key(Qt.Key.Key_1)
    QApplication.processEvents()
    assert laser(pointing).spot is None
    assert laser(pointing).lines == ()
    pointing.move(pointing.contour_area, pointing.contour_pixel((1.0, 1.0)))
    assert laser(pointing).lines[0].startswith("x = ")
    pointing.key(Qt.Key.Key_1)


def test_clicks_go_through_it(pointing):
    pixel = pointing.contour_pixel((5.0, 1.0))
    pointing.click(pointing.contour_area, pixel)
    assert pointing.experiment.current.start == pytest.approx(
        pointing.contour_params(pixel), abs=0.05
    )


def test_the_cursor_is_away_over_plots_only(pointing):
    assert QGuiApplication.overrideCursor() is None
    pointing.move(pointing.contour_area, pointing.contour_pixel((0.0, 0.0)))
    assert QGuiApplication.overrideCursor().shape() is Qt.CursorShape.BlankCursor
    button = pointing.screen.playback.speed
    pointing.move(button, button.rect().center())
    assert QGuiApplication.overrideCursor() is None
    assert laser(pointing).spot is None
    assert laser(pointing).lines == ()


def test_the_key_turns_it_off_again(workbench, pointing):
    pointing.move(pointing.contour_area, pointing.contour_pixel((0.0, 0.0)))
    pointing.key(Qt.Key.Key_P)
    assert not laser(pointing).isVisible()
    assert QGuiApplication.overrideCursor() is None
    pointing.move(pointing.contour_area, pointing.contour_pixel((1.0, 0.0)))
    assert laser(pointing).spot is None
    pointing.key(Qt.Key.Key_P)
    assert laser(pointing).isVisible()


def test_it_works_while_presenting_in_letters_twice_as_large(workbench, pointing):
    pointing.key(Qt.Key.Key_F11)
    QApplication.processEvents()
    pixel = pointing.contour_pixel((-2.0, 1.0))
    pointing.move(pointing.contour_area, pixel)
    place = center_of(pointing, pointing.contour_area, pixel)
    assert red_at(pointing, place)
    assert laser(pointing).lines == expected_lines(*pointing.contour_params(pixel))
    assert laser(pointing).rect().contains(laser(pointing).plate())
    pointing.key(Qt.Key.Key_F11)


def test_a_closed_window_gives_the_cursor_back(workbench, pointing):
    pointing.move(pointing.contour_area, pointing.contour_pixel((0.0, 0.0)))
    assert QGuiApplication.overrideCursor() is not None
    workbench.door.close_unsaved()
    assert QGuiApplication.overrideCursor() is None
