"""The step drawn to scale on the loss curve, and the loss against the learning rate."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gdviz.engine import Descent, compute
from gdviz.landscapes import Valley, preset
from gdviz.optimizers import optimizer
from gdviz.views.curve_step_item import slope_arrow
from gdviz.views.curve_view import CurveView
from gdviz.views.plates import clear_of, fitting, plate_size
from gdviz.views.ray_view import RayView
from gdviz.views.theme import LIGHT

SIZE = (640, 480)
PARABOLA = preset("parabola")


def run_on(landscape, start, rate=0.1, steps=20):
    return compute(Descent.of(landscape, optimizer("gd", learning_rate=rate), [start], steps))


@pytest.fixture
def curve(images):
    """Call to get the parabola's curve with a run of gradient descent at a step."""

    def show(start=(-1.0,), step=0, rate=0.1, landscape=None, axis=0):
        landscape = landscape or PARABOLA.build()
        view = CurveView(interactive=False)
        images.scene_of(view, SIZE)
        view.set_theme(LIGHT)
        view.set_slice(landscape, axis, np.array(start))
        view.set_interval(landscape.domain[axis])
        view.set_trajectories((run_on(landscape, start, rate),))
        view.set_rate(rate)
        view.set_step(step)
        return view

    return show


def ink(images, view, color, by=25):
    rows, columns = np.nonzero(images.distance(images.rendered(view, SIZE), color) <= by)
    return columns + 0.5, rows + 0.5


def test_the_step_is_drawn_as_long_as_it_is(images, curve):
    landscape = PARABOLA.build()
    for step in (0, 1, 3):
        view = curve(step=step)
        run = run_on(landscape, (-1.0,))
        here, there = run.params[step, 0, 0], run.params[step + 1, 0, 0]
        slope = run.gradient[step, 0, 0]
        assert there - here == pytest.approx(-0.1 * slope, rel=1e-12)
        tail = images.pixel_in_picture(view, here, run.loss[step, 0])
        tip = images.pixel_in_picture(view, there, run.loss[step, 0])
        columns, rows = ink(images, view, LIGHT.update)
        on_arrow = (np.abs(rows - tail[1]) < 1.5) & (columns > tail[0]) & (columns < tip[0] + 3.0)
        assert columns[on_arrow].max() == pytest.approx(tip[0], abs=2.5)


def test_the_arrow_of_the_slope_points_downhill_along_the_axis(images, curve):
    for start, side in (((-1.0,), 1.0), ((6.0,), -1.0)):
        view = curve(start)
        columns, rows = ink(images, view, LIGHT.descent)
        column, _ = images.pixel_in_picture(view, start[0], 0.0)
        bottom = rows > rows.max() - 8.0
        assert bottom.sum() > 20
        assert np.median(columns[bottom] - column) * side > 0.0


@pytest.mark.parametrize(
    ("slope", "length"),
    [(16.0, 64.0), (-16.0, -64.0), (4.0, 32.0), (-1.0, -16.0), (99.0, 64.0)],
)
def test_slopes_have_arrows_that_grow_with_their_root(slope, length):
    assert slope_arrow(slope, 16.0) == pytest.approx(length)


@pytest.mark.parametrize("slope", [0.0, 0.01, math.nan, math.inf])
def test_no_arrow_stands_for_a_slope_of_nothing(slope):
    assert slope_arrow(slope, 16.0) is None
    assert slope_arrow(1.0, 0.0) is None


def test_models_are_cut_as_the_curve_is(images, curve):
    view = curve((0.0, 1.0), landscape=preset("wave").build())
    assert not ink(images, view, LIGHT.curvature)[0].size
    view.set_overlays({"tangent_plane"})
    model = view._model.model
    assert model.gradient[0] == pytest.approx(math.exp(2.0), rel=1e-12)
    assert ink(images, view, LIGHT.curvature)[0].size > 200
    view.set_overlays({"quadratic"})
    assert view._model.model.hessian[0, 0] == pytest.approx(0.0, abs=1e-12)
    assert view._model.model.hessian[0, 1] == pytest.approx(2.0 * math.exp(2.0))


def test_the_point_of_a_curve_can_be_dragged(hand_over, told):
    view = CurveView()
    valley = Valley()
    view.set_slice(valley, 1, np.array([-3.0, 4.0]))
    hand = hand_over(view)
    view.set_interval((-5.0, 5.0))
    run = run_on(valley, (-3.0, 4.0))
    view.set_trajectories((run,))
    view.set_step(2)
    dragged, dropped, picked = (
        told(view.point_dragged),
        told(view.point_dropped),
        told(view.value_picked),
    )
    point = run.params[2, 0]
    hand.drag((point[1], run.loss[2, 0]), (1.0, 20.0), (-2.0, 30.0))
    assert len(dropped) == 1
    assert not picked
    assert {origin for origin, _ in dragged} == {tuple(point.tolist())}
    (_, (x, y)) = dragged[-1]
    assert x == point[0]  # held constant, to the last bit
    assert y == pytest.approx(-2.0, abs=2.0 * hand.unit()[0])


@pytest.fixture
def ray(images):
    """Call to get the ray view of the valley from a run's point."""

    def show(step=0, rate=0.1, landscape=None, start=(-3.0, 4.0)):
        landscape = landscape or Valley()
        view = RayView(interactive=False)
        images.scene_of(view, SIZE)
        view.set_theme(LIGHT)
        view.set_landscape(landscape)
        view.set_rate(rate)
        view.set_trajectories((run_on(landscape, start, rate),))
        view.set_step(step)
        return view

    return show


def test_the_ray_is_framed_about_the_best_rate_and_the_one_in_use(ray):
    view = ray()
    gradient = np.array([-10.0, 16.0])
    best = gradient @ gradient / (2.0 * 100.0 + 4.0 * 256.0)
    assert view._item.best() == pytest.approx(best)
    low, high = view.reach
    assert high == pytest.approx(2.6 * best)
    assert low == pytest.approx(-0.12 * high)
    assert ray(rate=2.0).reach[1] == pytest.approx(2.5)


def test_the_ray_tells_what_one_step_makes_of_the_loss(images, ray):
    view = ray()
    run = run_on(Valley(), (-3.0, 4.0))
    assert view._item.losses(np.array([0.0, 0.1])) == pytest.approx(run.loss[:2, 0])
    column, row = images.pixel_in_picture(view, 0.1, run.loss[1, 0])
    columns, rows = ink(images, view, LIGHT.run(0))
    assert np.hypot(columns - column, rows - row).min() < 6.0
    line, _ = ink(images, view, LIGHT.accent)
    assert np.median(line) == pytest.approx(column, abs=3.0)


def test_a_step_on_frames_the_lower_losses(ray):
    view = ray()
    _, (_, before) = view.box.viewRange()
    view.set_step(5)
    _, (_, after) = view.box.viewRange()
    assert after < before
    low, high = view.reach
    view.set_step(19)
    assert view.reach == (low, high)  # rates stay where they are


def test_rates_are_picked_by_click_and_by_dragging_the_line(hand_over, told):
    view = RayView()
    hand = hand_over(view)
    view.set_landscape(Valley())
    view.set_rate(0.1)
    view.set_trajectories((run_on(Valley(), (-3.0, 4.0)),))
    picked, dropped = told(view.rate_picked), told(view.rate_dropped)
    hand.click(0.3, 30.0)
    assert picked == [(pytest.approx(0.3, abs=2.0 * hand.unit()[0]),)] or picked == [
        pytest.approx(0.3, abs=2.0 * hand.unit()[0])
    ]
    assert len(dropped) == 1
    view.set_rate(0.3)
    hand.drag((0.3, 30.0), (0.35, 30.0), (0.4, 35.0))
    last = picked[-1][0] if isinstance(picked[-1], tuple) else picked[-1]
    assert last == pytest.approx(0.4, abs=3.0 * hand.unit()[0])
    assert len(dropped) == 2
    count = len(picked)
    hand.click(-0.02, 30.0)  # uphill is no rate
    view.set_rate(None)
    hand.click(0.2, 30.0)  # nothing is there that has a rate
    assert len(picked) == count


def test_without_runs_the_ray_is_empty(images, ray):
    view = ray()
    drawn = ink(images, view, LIGHT.run(0))[0].size
    assert drawn > 50
    view.set_trajectories(())
    assert not ink(images, view, LIGHT.run(0))[0].size
    assert not ink(images, view, LIGHT.accent)[0].size


BOUNDS = QRectF(0.0, 0.0, 300.0, 200.0)


def test_plates_move_no_farther_than_they_must_to_lie_beside_others():
    plate = QRectF(10.0, 90.0, 100.0, 22.0)
    assert clear_of(plate, [], BOUNDS) == plate
    beneath = clear_of(plate, [QRectF(60.0, 80.0, 100.0, 22.0)], BOUNDS)
    assert beneath == QRectF(10.0, 104.0, 100.0, 22.0)
    low = QRectF(10.0, 176.0, 100.0, 22.0)
    above = clear_of(low, [QRectF(60.0, 170.0, 100.0, 22.0)], BOUNDS)
    assert above == QRectF(10.0, 146.0, 100.0, 22.0)
    full = [QRectF(0.0, top, 300.0, 22.0) for top in range(0, 200, 20)]
    assert clear_of(plate, full, BOUNDS) == plate


def test_a_slope_is_shortened_to_its_number_before_it_is_cut_off(qapp):
    long, short = "∂f/∂x −8.425×10⁻⁷", "−8.425×10⁻⁷"
    assert fitting((long, short), 400.0) == long
    assert fitting((long, short), plate_size(long).width() - 1.0) == short
    assert fitting((long, short), 1.0) == short


def test_words_of_a_ray_that_is_flat_lie_beside_one_another(ray, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "gdviz.views.ray_item.draw_plate", lambda _on, plate, text, *_: drawn.append((text, plate))
    )
    view = ray(step=19)
    picture = QImage(*SIZE, QImage.Format.Format_ARGB32)
    with QPainter(picture) as painter:
        view._item.draw(painter, view._item.pixel_map)
    plates = [plate for _text, plate in drawn]
    assert len(plates) == 3
    for number, plate in enumerate(plates):
        assert not any(plate.intersects(other) for other in plates[:number])
