"""Clicks, drags, wheel and hovering on a shown plot say what the user wants."""

import math

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.theme import LIGHT

SIZE = (640, 480)
LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton


class Hand:
    """A mouse over a window that shows a view."""

    def __init__(self, qtbot, view):
        self.view = view
        self.window = pg.GraphicsView()
        qtbot.addWidget(self.window)
        self.window.setCentralItem(view.plot)
        self.window.resize(*SIZE)
        view.set_theme(LIGHT)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def pixel(self, x, y):
        """Return the pixel of the viewport that shows a point, as a whole one."""
        scene = self.view.box.mapViewToScene(QPointF(x, y))
        return self.window.mapFromScene(scene)

    def unit(self):
        """Return how much one pixel is, along x and y."""
        return np.array(self.view.box.viewPixelSize())

    def click(self, x, y, button=LEFT):
        self.click_pixel(self.pixel(x, y), button)

    def click_pixel(self, pixel, button=LEFT):
        self.move_to_pixel(pixel)
        self.send(QEvent.Type.MouseButtonPress, pixel, button, button)
        self.send(QEvent.Type.MouseButtonRelease, pixel, button, NONE)

    def move(self, x, y):
        self.move_to_pixel(self.pixel(x, y))

    def move_to_pixel(self, pixel):
        self.send(QEvent.Type.MouseMove, pixel, NONE, NONE)

    def drag(self, begin, *stops, button=LEFT, release=True):
        """Press at a point, move over others, and let go at the last."""
        begin_pixel = self.pixel(*begin)
        pixels = [self.pixel(*stop) for stop in stops]
        self.move_to_pixel(begin_pixel)
        self.send(QEvent.Type.MouseButtonPress, begin_pixel, button, button)
        for pixel in pixels:
            self.send(QEvent.Type.MouseMove, pixel, NONE, button)
        if release:
            self.send(QEvent.Type.MouseButtonRelease, pixels[-1], button, NONE)

    def release(self, x, y, button=LEFT):
        self.send(QEvent.Type.MouseButtonRelease, self.pixel(x, y), button, NONE)

    def send(self, kind, pixel, button, buttons):
        viewport = self.window.viewport()
        everywhere = QPointF(viewport.mapToGlobal(pixel))
        event = QMouseEvent(
            kind, QPointF(pixel), everywhere, button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(viewport, event)
        QApplication.processEvents()

    def turn_wheel(self, x, y, notches):
        viewport, pixel = self.window.viewport(), self.pixel(x, y)
        event = QWheelEvent(
            QPointF(pixel),
            QPointF(viewport.mapToGlobal(pixel)),
            QPoint(0, 0),
            QPoint(0, 120 * notches),
            NONE,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(viewport, event)


@pytest.fixture(autouse=True)
def _no_move_is_too_soon(monkeypatch):
    """Let every move count, where pyqtgraph leaves out those within 10 ms of another."""
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)


@pytest.fixture
def contour(qtbot, valley, valley_map):
    hand = Hand(qtbot, ContourView())
    hand.view.set_landscape(valley)
    hand.view.set_domain(valley.domain)
    hand.view.set_field(valley_map)
    return hand


@pytest.fixture
def with_run(contour, descend_valley):
    contour.view.set_trajectories((descend_valley((-3.0, 4.0)),))
    return contour


@pytest.fixture
def curve(qtbot, valley):
    hand = Hand(qtbot, CurveView())
    hand.view.set_slice(valley, 0, np.array([-3.0, 4.0]))
    hand.view.set_interval(valley.domain[0])
    return hand


def told(signal):
    """Return the list that collects what a signal tells."""
    heard = []
    signal.connect(lambda *values: heard.append(values[0] if len(values) == 1 else values))
    return heard


# --- clicks ---


@pytest.mark.parametrize("point", [(-3.0, 4.0), (2.0, 0.0), (7.5, -4.5), (-3.9, -4.9)])
def test_a_click_picks_the_start_under_the_pointer(contour, point):
    picked = told(contour.view.start_picked)
    contour.click(*point)
    (start,) = picked
    assert np.all(np.abs(np.subtract(start, point)) <= contour.unit())


def test_a_picked_start_has_no_digits_that_no_pixel_shows(contour):
    picked = told(contour.view.start_picked)
    contour.click(1.2345678, -2.3456789)
    for value, unit in zip(picked[0], contour.unit().tolist(), strict=True):
        enough = math.ceil(-math.log10(unit))
        assert value == round(value, enough)


def test_a_click_on_the_run_still_picks_a_start(with_run):
    picked = told(with_run.view.start_picked)
    with_run.click(2.0, 0.0)
    assert len(picked) == 1


def test_a_click_of_the_right_button_picks_nothing(contour):
    picked = told(contour.view.start_picked)
    contour.click(0.0, 0.0, RIGHT)
    assert picked == []


def test_a_click_beside_the_plot_picks_nothing(contour):
    picked = told(contour.view.start_picked)
    contour.click_pixel(QPoint(20, 20))
    assert picked == []


def test_a_click_on_the_curve_picks_a_value(curve):
    picked = told(curve.view.value_picked)
    curve.click(5.0, 40.0)
    (value,) = picked
    assert abs(value - 5.0) <= curve.unit()[0]


def test_a_view_for_pictures_takes_no_mouse(qtbot, valley):
    hand = Hand(qtbot, ContourView(interactive=False))
    hand.view.set_landscape(valley)
    hand.view.set_domain(valley.domain)
    before = hand.view.domain
    hand.drag((0.0, 0.0), (3.0, 0.0), (3.0, 2.0))
    assert hand.view.domain == before


# --- dragging the start ---


def test_dragging_the_ring_moves_the_start_and_drops_it(with_run):
    dragged, dropped = told(with_run.view.start_dragged), told(with_run.view.start_dropped)
    picked, panned = told(with_run.view.start_picked), told(with_run.view.domain_picked)
    stops = [(-2.0, 3.0), (0.0, 1.0), (5.0, -2.0)]
    with_run.drag((-3.0, 4.0), *stops)
    for start, stop in zip(dragged, [*stops, stops[-1]], strict=True):
        assert np.all(np.abs(np.subtract(start, stop)) <= with_run.unit())
    assert len(dropped) == 1
    assert picked == panned == []


def test_the_ring_can_be_gripped_a_little_beside_it(with_run):
    dragged = told(with_run.view.start_dragged)
    across, up = with_run.unit()
    with_run.drag((-3.0 + 9 * across, 4.0 - 9 * up), (0.0, 0.0), (1.0, 1.0))
    assert dragged


def test_while_it_is_dragged_the_start_is_not_dropped(with_run):
    dropped = told(with_run.view.start_dropped)
    with_run.drag((-3.0, 4.0), (0.0, 0.0), (1.0, 1.0), release=False)
    assert dropped == []
    with_run.release(1.0, 1.0)
    assert len(dropped) == 1


def test_the_right_button_does_not_drag_the_start(with_run):
    dragged = told(with_run.view.start_dragged)
    with_run.drag((-3.0, 4.0), (0.0, 0.0), (1.0, 1.0), button=RIGHT)
    assert dragged == []


def test_without_a_run_there_is_nothing_to_grip(contour, descend_valley):
    contour.view.set_trajectories((descend_valley((-3.0, 4.0)),))
    contour.view.set_trajectories(())
    dragged, panned = told(contour.view.start_dragged), told(contour.view.domain_picked)
    contour.drag((-3.0, 4.0), (-2.0, 3.0), (0.0, 1.0))
    assert dragged == []
    assert panned


# --- panning and zooming ---


def test_dragging_elsewhere_pans_by_as_much(with_run):
    panned, dragged = told(with_run.view.domain_picked), told(with_run.view.start_dragged)
    before = with_run.view.domain
    begin, stops = (4.0, -2.0), [(4.5, -2.0), (5.0, -1.0), (6.0, 0.0)]
    begin_pixel, end_pixel = with_run.pixel(*begin), with_run.pixel(*stops[-1])
    across, up = with_run.unit()
    with_run.drag(begin, *stops)
    moved = (
        -(end_pixel.x() - begin_pixel.x()) * across,
        (end_pixel.y() - begin_pixel.y()) * up,
    )
    after = with_run.view.domain
    # pyqtgraph starts panning where it has told a drag from a click: a few pixels later.
    slack = 10.0 * with_run.unit()
    assert np.all(np.abs(after.low - before.low - moved) <= slack)
    np.testing.assert_allclose(after.width, before.width)
    assert panned[-1] == after
    assert dragged == []


def test_the_wheel_zooms_about_the_pointer(contour):
    panned = told(contour.view.domain_picked)
    before = contour.view.domain
    place = contour.pixel(5.0, 2.0)
    contour.turn_wheel(5.0, 2.0, 1)
    inward = contour.view.domain
    assert np.all(inward.width < before.width)
    assert panned[-1] == inward
    still = contour.pixel(5.0, 2.0)
    assert (still - place).manhattanLength() <= 3
    contour.turn_wheel(5.0, 2.0, -3)
    assert np.all(contour.view.domain.width > before.width)


@pytest.mark.parametrize("notches", [10, -10])
def test_zooming_has_an_end_at_which_everything_still_works(contour, images, notches):
    for _ in range(200):
        contour.turn_wheel(2.0, 0.0, notches)
    domain = contour.view.domain
    assert np.all(np.isfinite(domain.width))
    assert np.all(domain.width > 0.0)
    picked = told(contour.view.start_picked)
    contour.click(*domain.center.tolist())
    assert domain.contains(picked[0])
    QApplication.processEvents()


def test_zooming_the_curve_picks_an_interval(curve):
    picked = told(curve.view.interval_picked)
    curve.turn_wheel(2.0, 20.0, 2)
    low, high = picked[-1]
    assert -4.0 < low < 2.0 < high < 8.0


def test_setting_a_domain_is_no_picking(contour, valley):
    picked, shown = told(contour.view.domain_picked), told(contour.view.domain_shown)
    contour.view.set_domain(type(valley.domain).of((0.0, 3.0), (-1.0, 1.0)))
    assert picked == []
    assert shown


# --- hovering ---


def test_hovering_tells_where_the_pointer_is(contour):
    hovered = told(contour.view.hovered)
    contour.move(0.0, 0.0)
    contour.move(3.0, -2.0)
    assert np.all(np.abs(np.subtract(hovered[-1], (3.0, -2.0))) <= contour.unit())


def test_leaving_the_plot_ends_hovering(contour):
    hovered = told(contour.view.hovered)
    contour.move(3.0, -2.0)
    contour.move_to_pixel(QPoint(5, 5))
    assert hovered[-1] is None


def test_the_cursor_says_where_the_start_can_be_gripped(with_run):
    with_run.move(-3.0, 4.0)
    assert with_run.view.box.cursor().shape() is Qt.CursorShape.SizeAllCursor
    with_run.move(3.0, -2.0)
    assert with_run.view.box.cursor().shape() is Qt.CursorShape.CrossCursor


def test_hovering_over_the_curve_tells_the_value(curve):
    hovered = told(curve.view.hovered)
    curve.move(0.0, 40.0)
    curve.move(5.0, 40.0)
    assert abs(hovered[-1] - 5.0) <= curve.unit()[0]
    curve.move_to_pixel(QPoint(5, 5))
    assert hovered[-1] is None
