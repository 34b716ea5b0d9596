"""Clicks, drags, wheel and hovering on a shown plot say what the user wants."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.trace import RunLook

RIGHT, SHIFT = Qt.MouseButton.RightButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def contour(hand_over, valley, valley_map):
    hand = hand_over(ContourView())
    hand.view.set_landscape(valley)
    hand.view.set_domain(valley.domain)
    hand.view.set_field(valley_map)
    return hand


@pytest.fixture
def with_run(contour, descend_valley):
    contour.view.set_trajectories((descend_valley((-3.0, 4.0)),))
    return contour


@pytest.fixture
def curve(hand_over, valley):
    hand = hand_over(CurveView())
    hand.view.set_slice(valley, 0, np.array([-3.0, 4.0]))
    hand.view.set_interval(valley.domain[0])
    return hand


# --- clicks ---


@pytest.mark.parametrize("point", [(-3.0, 4.0), (2.0, 0.0), (7.5, -4.5), (-3.9, -4.9)])
def test_a_click_picks_the_start_under_the_pointer(contour, point, told):
    picked = told(contour.view.start_picked)
    contour.click(*point)
    (start,) = picked
    assert np.all(np.abs(np.subtract(start, point)) <= contour.unit())


def test_a_picked_start_has_no_digits_that_no_pixel_shows(contour, told):
    picked = told(contour.view.start_picked)
    contour.click(1.2345678, -2.3456789)
    for value, unit in zip(picked[0], contour.unit().tolist(), strict=True):
        enough = math.ceil(-math.log10(unit))
        assert value == round(value, enough)


def test_a_click_on_the_run_still_picks_a_start(with_run, told):
    picked = told(with_run.view.start_picked)
    with_run.click(2.0, 0.0)
    assert len(picked) == 1


def test_a_click_of_the_right_button_picks_nothing(contour, told):
    picked = told(contour.view.start_picked)
    contour.click(0.0, 0.0, RIGHT)
    assert picked == []


def test_a_click_beside_the_plot_picks_nothing(contour, told):
    picked = told(contour.view.start_picked)
    contour.click_pixel(QPoint(20, 20))
    assert picked == []


def test_a_click_on_the_curve_picks_a_value(curve, told):
    picked = told(curve.view.value_picked)
    curve.click(5.0, 40.0)
    (value,) = picked
    assert abs(value - 5.0) <= curve.unit()[0]


def test_a_view_for_pictures_takes_no_mouse(hand_over, valley):
    hand = hand_over(ContourView(interactive=False))
    hand.view.set_landscape(valley)
    hand.view.set_domain(valley.domain)
    before = hand.view.domain
    hand.drag((0.0, 0.0), (3.0, 0.0), (3.0, 2.0))
    assert hand.view.domain == before


# --- dragging the start ---


def test_dragging_the_ring_moves_the_start_and_drops_it(with_run, told):
    dragged, dropped = told(with_run.view.start_dragged), told(with_run.view.start_dropped)
    picked, panned = told(with_run.view.start_picked), told(with_run.view.domain_picked)
    stops = [(-2.0, 3.0), (0.0, 1.0), (5.0, -2.0)]
    with_run.drag((-3.0, 4.0), *stops)
    for (origin, to), stop in zip(dragged, [*stops, stops[-1]], strict=True):
        assert origin == (-3.0, 4.0)
        assert np.all(np.abs(np.subtract(to, stop)) <= with_run.unit())
    assert len(dropped) == 1
    assert picked == panned == []


def test_the_ring_can_be_gripped_a_little_beside_it(with_run, told):
    dragged = told(with_run.view.start_dragged)
    across, up = with_run.unit()
    with_run.drag((-3.0 + 9 * across, 4.0 - 9 * up), (0.0, 0.0), (1.0, 1.0))
    assert dragged


def test_while_it_is_dragged_the_start_is_not_dropped(with_run, told):
    dropped = told(with_run.view.start_dropped)
    with_run.drag((-3.0, 4.0), (0.0, 0.0), (1.0, 1.0), release=False)
    assert dropped == []
    with_run.release(1.0, 1.0)
    assert len(dropped) == 1


def test_the_right_button_does_not_drag_the_start(with_run, told):
    dragged = told(with_run.view.start_dragged)
    with_run.drag((-3.0, 4.0), (0.0, 0.0), (1.0, 1.0), button=RIGHT)
    assert dragged == []


def test_without_a_run_there_is_nothing_to_grip(contour, descend_valley, told):
    contour.view.set_trajectories((descend_valley((-3.0, 4.0)),))
    contour.view.set_trajectories(())
    dragged, panned = told(contour.view.start_dragged), told(contour.view.domain_picked)
    contour.drag((-3.0, 4.0), (-2.0, 3.0), (0.0, 1.0))
    assert dragged == []
    assert panned


# --- panning and zooming ---


def test_dragging_elsewhere_pans_by_as_much(with_run, told):
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


def test_the_wheel_zooms_about_the_pointer(contour, told):
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
def test_zooming_has_an_end_at_which_everything_still_works(contour, images, notches, told):
    for _ in range(200):
        contour.turn_wheel(2.0, 0.0, notches)
    domain = contour.view.domain
    assert np.all(np.isfinite(domain.width))
    assert np.all(domain.width > 0.0)
    picked = told(contour.view.start_picked)
    contour.click(*domain.center.tolist())
    assert domain.contains(picked[0])
    QApplication.processEvents()


def test_zooming_the_curve_picks_an_interval(curve, told):
    picked = told(curve.view.interval_picked)
    curve.turn_wheel(2.0, 20.0, 2)
    low, high = picked[-1]
    assert -4.0 < low < 2.0 < high < 8.0


def test_setting_a_domain_is_no_picking(contour, valley, told):
    picked, shown = told(contour.view.domain_picked), told(contour.view.domain_shown)
    contour.view.set_domain(type(valley.domain).of((0.0, 3.0), (-1.0, 1.0)))
    assert picked == []
    assert shown


# --- hovering ---


def test_hovering_tells_where_the_pointer_is(contour, told):
    hovered = told(contour.view.hovered)
    contour.move(0.0, 0.0)
    contour.move(3.0, -2.0)
    assert np.all(np.abs(np.subtract(hovered[-1], (3.0, -2.0))) <= contour.unit())


def test_leaving_the_plot_ends_hovering(contour, told):
    hovered = told(contour.view.hovered)
    contour.move(3.0, -2.0)
    contour.move_to_pixel(QPoint(5, 5))
    assert hovered[-1] is None


def test_the_cursor_says_where_the_start_can_be_gripped(with_run):
    with_run.move(-3.0, 4.0)
    assert with_run.view.box.cursor().shape() is Qt.CursorShape.SizeAllCursor
    with_run.move(3.0, -2.0)
    assert with_run.view.box.cursor().shape() is Qt.CursorShape.CrossCursor


def test_hovering_over_the_curve_tells_the_value(curve, told):
    hovered = told(curve.view.hovered)
    curve.move(0.0, 40.0)
    curve.move(5.0, 40.0)
    assert abs(hovered[-1] - 5.0) <= curve.unit()[0]
    curve.move_to_pixel(QPoint(5, 5))
    assert hovered[-1] is None


# --- many runs ---


STARTS = ((-3.0, 4.0), (6.0, -4.0), (-3.0, -2.0), (6.0, 3.0))


@pytest.fixture
def runs(descend_valley, single_runs):
    return single_runs(descend_valley(*STARTS, rate=0.02, steps=40))


@pytest.mark.parametrize("grabbed", range(4))
@pytest.mark.parametrize("selected", [0, 2])
def test_of_several_starts_the_one_under_the_pointer_is_dragged(
    contour, told, runs, grabbed, selected
):
    looks = [RunLook(number, selected=number == selected) for number in range(4)]
    contour.view.set_trajectories(runs, looks)
    dragged = told(contour.view.start_dragged)
    contour.drag(STARTS[grabbed], (1.0, 1.0), (2.0, 1.0))
    assert {origin for origin, _ in dragged} == {STARTS[grabbed]}
    assert np.all(np.abs(np.subtract(dragged[-1][1], (2.0, 1.0))) <= contour.unit())


def test_of_two_rings_side_by_side_the_nearer_one_is_dragged(contour, told, descend_valley):
    across, _ = contour.unit()
    near, far = (0.0, 2.0), (12 * across, 2.0)
    contour.view.set_trajectories((descend_valley(far, near),))
    dragged = told(contour.view.start_dragged)
    contour.drag((4 * across, 2.0), (1.0, 1.0), (2.0, 1.0))
    contour.drag((9 * across, 2.0), (1.0, 1.0), (2.0, 1.0))
    assert {origin for origin, _ in dragged} == {near, far}


def test_the_dragged_start_has_the_bits_of_the_runs_start(contour, told, descend_valley):
    start = (-1.0 / 3.0, 0.1 + 0.2)
    contour.view.set_trajectories((descend_valley(start),))
    dragged = told(contour.view.start_dragged)
    contour.drag(start, (1.0, 1.0), (2.0, 1.0))
    assert dragged[0][0] == start


def test_a_drag_goes_on_while_its_runs_are_replaced(contour, told, descend_valley):
    view = contour.view
    view.set_trajectories((descend_valley(*STARTS),))
    dragged, dropped = told(view.start_dragged), told(view.start_dropped)
    stops = [(1.0, 1.0), (5.9, -3.9), (2.0, 2.0)]  # across another start
    view.start_dragged.connect(
        lambda _, to: view.set_trajectories((descend_valley(to, *STARTS[1:]),))
    )
    contour.drag(STARTS[0], *stops)
    assert [origin for origin, _ in dragged] == [STARTS[0]] * 4
    assert np.all(np.abs(np.subtract(dragged[-1][1], stops[-1])) <= contour.unit())
    assert len(dropped) == 1
    # The next drag begins at the new place.
    contour.drag(stops[-1], (0.0, 0.0), (1.0, 0.0))
    assert np.all(np.abs(np.subtract(dragged[-1][0], stops[-1])) <= contour.unit())


def test_the_drag_of_runs_that_vanish_goes_on(contour, told, runs):
    contour.view.set_trajectories(runs)
    dragged = told(contour.view.start_dragged)
    contour.view.start_dragged.connect(lambda *_: contour.view.set_trajectories(()))
    contour.drag(STARTS[1], (1.0, 1.0), (2.0, 2.0))
    assert len(dragged) == 3
    assert not contour.view.box.grips


def test_the_cursor_says_that_each_start_can_be_gripped(contour, runs):
    contour.view.set_trajectories(runs)
    for start in STARTS:
        contour.move(*start)
        assert contour.view.box.cursor().shape() is Qt.CursorShape.SizeAllCursor
        contour.move(1.0, 0.0)
        assert contour.view.box.cursor().shape() is Qt.CursorShape.CrossCursor


def test_hidden_runs_have_no_grip(contour, told, runs):
    contour.view.set_trajectories(runs)
    contour.view.set_trajectories(runs[:1])
    dragged = told(contour.view.start_dragged)
    contour.drag(STARTS[1], (1.0, 1.0), (2.0, 2.0))
    assert dragged == []


def test_a_click_with_the_shift_key_adds_a_start(contour, told, runs):
    contour.view.set_trajectories(runs)
    picked, added = told(contour.view.start_picked), told(contour.view.start_added)
    contour.click(2.0, -1.0, keys=SHIFT)
    assert picked == []
    (start,) = added
    assert np.all(np.abs(np.subtract(start, (2.0, -1.0))) <= contour.unit())
    contour.click(2.0, -1.0)
    assert picked == added


def test_a_click_with_the_shift_key_on_the_curve_adds_a_value(curve, told):
    picked, added = told(curve.view.value_picked), told(curve.view.value_added)
    curve.click(5.0, 40.0, keys=SHIFT)
    assert picked == []
    assert abs(added[0] - 5.0) <= curve.unit()[0]


# --- hovering over records ---


def test_hovering_over_a_path_tells_the_run_and_the_step(contour, told, runs):
    contour.view.set_trajectories(runs)
    contour.view.set_step(40)
    hovered = told(contour.view.record_hovered)
    for run, step in ((0, 3), (1, 1), (3, 7), (2, 0)):
        contour.move(*runs[run].params[step, 0])
        assert hovered[-1] == (run, step)
    contour.move(-1.0, 4.9)
    assert hovered[-1] is None


def test_what_is_not_drawn_yet_is_not_hovered_over(contour, told, runs):
    contour.view.set_trajectories(runs)
    contour.view.set_step(2)
    hovered = told(contour.view.record_hovered)
    contour.move(*runs[0].params[8, 0])
    assert hovered == []
    contour.view.set_step(8)
    across, up = contour.unit()
    contour.move(runs[0].params[8, 0, 0] + across, runs[0].params[8, 0, 1] + up)
    assert hovered == [(0, 8)]


def test_the_same_record_is_told_once_and_leaving_once(contour, told, runs):
    contour.view.set_trajectories(runs)
    hovered = told(contour.view.record_hovered)
    across, up = contour.unit()
    x, y = STARTS[1]
    for away in (0, 1, 2, 3):
        contour.move(x + away * across, y + away * up)
    contour.move_to_pixel(QPoint(5, 5))
    contour.move_to_pixel(QPoint(8, 5))
    assert hovered == [(1, 0), None]


def test_of_runs_from_one_start_the_selected_one_is_hovered_over(contour, told, runs):
    looks = [RunLook(number, selected=number == 1) for number in range(3)]
    contour.view.set_trajectories((runs[0], runs[0], runs[0]), looks)
    hovered = told(contour.view.record_hovered)
    contour.move(*STARTS[0])
    assert hovered == [(1, 0)]


def test_the_mouse_finds_records_in_their_new_place_after_a_zoom(contour, told, runs, valley):
    contour.view.set_trajectories(runs)
    contour.view.set_step(40)
    hovered = told(contour.view.record_hovered)
    contour.move(*STARTS[0])
    contour.view.set_domain(type(valley.domain).of((-3.5, 0.0), (1.0, 4.5)))
    for step in (6, 2):
        contour.move(*runs[0].params[step, 0])
        assert hovered[-1] == (0, step)


def test_of_a_thinned_run_the_step_is_told_not_the_record(contour, told, runs):
    thinned = replace(runs[0], steps=3 * runs[0].steps, last_step=(120,))
    contour.view.set_trajectories((thinned,))
    contour.view.set_step(120)
    hovered = told(contour.view.record_hovered)
    contour.move(*thinned.params[4, 0])
    assert hovered == [(0, 12)]


def test_hovering_over_the_selected_runs_hops_tells_the_step(curve, told, runs):
    looks = [RunLook(number, selected=number == 2) for number in range(4)]
    curve.view.set_trajectories(runs, looks)
    curve.view.set_step(40)
    hovered = told(curve.view.record_hovered)
    curve.move(runs[2].params[3, 0, 0], runs[2].loss[3, 0])
    assert hovered == [(2, 3)]
    curve.move(runs[0].params[1, 0, 0], runs[0].loss[1, 0])
    assert hovered == [(2, 3), None]
