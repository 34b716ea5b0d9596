"""The picture of points and model agrees with the numbers that it shows."""

from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from gdviz.engine import Descent, compute
from gdviz.errors import UserError
from gdviz.landscapes.fit import fit_landscape
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.optimizers import optimizer
from gdviz.tables import Dialect, Table, TableColumn
from gdviz.views.data_view import DataView
from gdviz.views.scatter_item import MOST_POINTS
from gdviz.views.theme import DARK, LIGHT

SIZE = (480, 360)
CENTER = 60  # by how much the middle of a smooth line may differ from its color
TICK = 8  # the axes reach into the plot by less
LINEAR = FitChoice("speed", "distance")
PROPORTIONAL = FitChoice("speed", "distance", bias=False)
STANDARDIZED = FitChoice("speed", "distance", standardize=True)
LOGISTIC = FitChoice("speed", "damaged", "logistic", "log")

SPEED = np.array(
    [4, 7, 7, 8, 9, 10, 10, 11, 12, 12, 13, 13, 14, 15, 15, 16, 17, 18, 19, 20, 22, 24]
)
DISTANCE = np.array(
    [2, 4, 22, 16, 10, 18, 26, 17, 14, 28, 26, 46, 36, 20, 54, 32, 40, 42, 46, 52, 66, 93]
)
DAMAGED = np.array([0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1])


def table_of(**columns):
    rows = len(next(iter(columns.values())))
    made = [TableColumn(name, np.array(values, float)) for name, values in columns.items()]
    return Table("cars.csv", Path("cars.csv"), Dialect(), tuple(made), np.arange(2, rows + 2))


def fit(choice):
    return fit_landscape(table_of(speed=SPEED, distance=DISTANCE, damaged=DAMAGED), choice)


def descend(landscape, *starts, rate=0.001, steps=40):
    return compute(Descent.of(landscape, optimizer("gd", learning_rate=rate), starts, steps))


def many_points(rows):
    rng = np.random.default_rng(20)
    x = rng.uniform(0.0, 10.0, rows)
    return fit_landscape(table_of(speed=x, distance=3.0 * x + rng.normal(0.0, 2.0, rows)), LINEAR)


@pytest.fixture(scope="session")
def landscapes():
    return {
        "linear": fit(LINEAR),
        "proportional": fit(PROPORTIONAL),
        "standardized": fit(STANDARDIZED),
        "logistic": fit(LOGISTIC),
    }


@pytest.fixture(scope="session")
def runs(landscapes):
    """Return a trajectory for each landscape."""
    return {
        "linear": descend(landscapes["linear"], (0.0, 40.0), (5.0, -10.0)),
        "proportional": descend(landscapes["proportional"], (0.5,), (5.0,)),
        "standardized": descend(landscapes["standardized"], (-5.0, 60.0), rate=0.1),
        "logistic": descend(landscapes["logistic"], (0.5, -3.0), (-0.2, 1.0), rate=0.01),
    }


@pytest.fixture
def shown(images):
    """Return what shows a regression in a picture's view or a screen's."""

    def show(landscape, trajectories=(), step=0, *, theme=LIGHT, residuals=False, retain=False):
        view = DataView(interactive=retain)
        images.scene_of(view, SIZE)
        view.set_theme(theme)
        view.set_data(landscape)
        view.set_trajectories(trajectories)
        view.set_step(step)
        view.set_residuals(residuals)
        return view

    return show


def pixel_at(images, view, picture, x, y):
    return images.at_pixel(picture, *images.pixel_in_picture(view, x, y))


def is_near(images, pixel, color, by=CENTER):
    return np.abs(pixel - images.color(color)).max() <= by


def tint(images, color, alpha, background=None):
    """Return what a translucent color looks like on a background."""
    behind = images.color(images.BACKGROUND if background is None else background)
    return alpha * images.color(color) + (1.0 - alpha) * behind


# --- its inputs ---


@pytest.fixture(scope="session")
def inputs(landscapes, runs):
    """Return what sets each of a view's inputs, by name."""
    return {
        "data": lambda view: view.set_data(landscapes["linear"]),
        "trajectories": lambda view: view.set_trajectories((runs["linear"],)),
        "step": lambda view: view.set_step(3),
        "theme": lambda view: view.set_theme(LIGHT),
        "residuals": lambda view: view.set_residuals(True),
    }


def draw(images, inputs, order, size=SIZE, interactive=False):
    view = DataView(interactive=interactive)
    images.scene_of(view, size)
    for name in order:
        inputs[name](view)
    return images.rendered(view, size)


@settings(max_examples=30)
@given(data=st.data())
def test_inputs_in_any_order_give_the_same_picture(images, inputs, data):
    order = data.draw(st.permutations(list(inputs)))
    np.testing.assert_array_equal(draw(images, inputs, order), draw(images, inputs, list(inputs)))


@settings(max_examples=40)
@given(data=st.data())
def test_any_inputs_of_any_regressions_can_be_drawn(images, landscapes, runs, data):
    # What comes of one regression may arrive while another one is shown already.
    changes = {
        "data": (*landscapes.values(), None),
        "trajectories": ((), *((run,) for run in runs.values()), tuple(runs.values())),
        "step": (0, 5, 40, 10_000),
        "theme": (LIGHT, DARK),
        "residuals": (False, True),
    }
    view = DataView(interactive=data.draw(st.booleans()))
    images.scene_of(view, SIZE)
    for name in data.draw(st.lists(st.sampled_from(list(changes)), max_size=8)):
        getattr(view, f"set_{name}")(data.draw(st.sampled_from(changes[name])))
        images.rendered(view)


@pytest.mark.parametrize("size", [(100, 100), (60, 40), (1, 1), (2000, 100)])
@pytest.mark.parametrize("interactive", [False, True])
def test_any_size_can_be_drawn(images, inputs, size, interactive):
    draw(images, inputs, list(inputs), size, interactive)


def test_runs_of_another_dimension_draw_no_line(images, shown, landscapes, runs):
    early = shown(landscapes["linear"], (runs["proportional"],), residuals=True)
    none = shown(landscapes["linear"])
    np.testing.assert_array_equal(images.rendered(early), images.rendered(none))


def test_without_data_the_plot_is_empty(images, shown, landscapes, runs):
    view = shown(landscapes["linear"], (runs["linear"],), 3, residuals=True)
    view.set_data(None)
    inside = images.plot_box(view, images.rendered(view))[TICK:-TICK, TICK:-TICK]
    assert not images.distance(inside, images.BACKGROUND).any()
    assert view.note == ""


# --- the points ---


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["linear", "logistic"])
@pytest.mark.parametrize("retain", [False, True], ids=["picture", "screen"])
def test_every_point_is_where_its_row_says(images, shown, landscapes, theme, kind, retain):
    landscape = landscapes[kind]
    view = shown(None, theme=theme, retain=retain)
    view.set_data(landscape)
    picture = images.rendered(view)
    label = DISTANCE if kind == "linear" else DAMAGED
    for x, y in zip(SPEED, label, strict=True):
        # Only the dashed line, which lies above, may hide a point.
        pixel = pixel_at(images, view, picture, x, y)
        assert np.abs(pixel - tint(images, theme.curve, 0.85)).max() <= 45 or is_near(
            images, pixel, theme.muted
        )


@pytest.mark.parametrize("kind", ["linear", "logistic"])
def test_all_points_lie_well_inside(shown, landscapes, kind):
    view = shown(landscapes[kind])
    (left, right), (bottom, top) = view.box.viewRange()
    label = DISTANCE if kind == "linear" else DAMAGED
    for values, (low, high) in ((SPEED, (left, right)), (label, (bottom, top))):
        margin = 0.03 * (high - low)
        assert low + margin < values.min()
        assert values.max() < high - margin


def test_the_axes_bear_the_names_of_the_columns(shown, landscapes):
    view = shown(landscapes["logistic"])
    names = [view.plot.getAxis(side).label.toPlainText().strip() for side in ("bottom", "left")]
    assert names == ["speed", "damaged"]
    view.set_data(landscapes["linear"])
    assert view.plot.getAxis("left").label.toPlainText().strip() == "distance"


def test_the_axes_stand_still_while_the_model_moves(shown, landscapes, runs):
    view = shown(landscapes["linear"])
    before = view.box.viewRange()
    view.set_trajectories((runs["linear"],))
    for step in (0, 1, 7, 40):
        view.set_step(step)
    view.set_residuals(True)
    assert view.box.viewRange() == before


def test_another_model_of_the_same_points_keeps_what_the_user_zoomed_to(shown, landscapes):
    view = shown(landscapes["linear"])
    view.box.setRange(xRange=(5.0, 10.0), yRange=(0.0, 30.0), padding=0.0)
    view.set_data(fit(FitChoice("speed", "distance", loss="mae", standardize=True)))
    assert view.box.viewRange() == [[5.0, 10.0], [0.0, 30.0]]
    view.set_data(landscapes["logistic"])
    assert view.box.viewRange()[1] == pytest.approx([-0.18, 1.18])


def test_of_very_many_points_an_even_choice_is_drawn_and_said(images, shown):
    landscape = many_points(100_000)
    view = shown(landscape)
    assert view.note == "5,000 of 100,000 points drawn"
    points = view._points._points
    places = np.searchsorted(np.sort(landscape.data.feature), np.sort(points[:, 0]))
    assert len(points) == MOST_POINTS
    # An even choice of independent rows covers every part of the feature alike.
    counts, _ = np.histogram(places, bins=10, range=(0, 100_000))
    assert counts.min() > 400
    for row in (0, -1):
        data = landscape.data
        assert points[row].tolist() == [data.feature[row], data.label[row]]
    words = images.plot_box(view, images.rendered(view))[-26:, -200:]
    assert (images.distance(words, LIGHT.muted) <= 20).any()


@pytest.mark.parametrize("rows", [2, 24, MOST_POINTS])
def test_if_all_points_are_drawn_there_is_nothing_to_say(shown, rows):
    view = shown(many_points(rows))
    assert view.note == ""
    assert len(view._points._points) == rows


def test_points_over_one_another_are_darker(images, shown):
    crowd = table_of(speed=[1.0] * 200 + [2.0, 3.0] + [4.0] * 200, distance=[1.0] * 200 + [9] * 202)
    view = shown(fit_landscape(crowd, LINEAR))
    picture = images.rendered(view)
    many, one = (
        images.distance(pixel_at(images, view, picture, x, y), LIGHT.curve).max()
        for x, y in ((1.0, 1.0), (2.0, 9.0))
    )
    assert many <= 20
    assert one > 2 * many


number = st.floats(-1e150, 1e150)


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(number, number), min_size=2, max_size=12), bias=st.booleans())
def test_any_points_that_can_be_fitted_can_be_shown(images, rows, bias):
    x, y = np.array(rows).T
    try:
        landscape = fit_landscape(
            table_of(speed=x, distance=y), FitChoice("speed", "distance", bias=bias)
        )
    except UserError:
        assume(False)
    view = DataView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    view.set_data(landscape)
    images.rendered(view)
    (left, right), (bottom, top) = view.box.viewRange()
    assert left <= x.min() <= x.max() <= right
    assert bottom <= y.min() <= y.max() <= top


# --- the model ---


def straight(landscape, params, x):
    """Return the line by the definition of its parameters."""
    if landscape.choice.standardize:
        x = (x - SPEED.mean()) / SPEED.std()
    weight, bias = (*params, 0.0)[:2]
    return weight * x + bias


def inside(view, x, y, margin=0.03):
    """Tell whether a point is seen, and none of the words."""
    (left, right), (bottom, top) = view.box.viewRange()
    across, up = (x - left) / (right - left), (y - bottom) / (top - bottom)
    return margin < across < 1.0 - margin and margin < up < 1.0 - margin


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("step", [0, 1, 5, 40, 10_000])
@pytest.mark.parametrize("kind", ["linear", "proportional", "standardized"])
def test_the_line_goes_where_its_parameters_say(images, shown, landscapes, runs, kind, step, theme):
    landscape, run = landscapes[kind], runs[kind]
    view = shown(landscape, (run,), step, theme=theme)
    picture = images.rendered(view)
    params = run.params[min(step, 40), 0]
    seen = 0
    for x in np.linspace(4.5, 23.5, 40):
        y = straight(landscape, params, x)
        if inside(view, x, y):
            assert is_near(images, pixel_at(images, view, picture, x, y), theme.run(0))
            seen += 1
    assert seen >= 8


@pytest.mark.parametrize("step", [0, 3, 40])
def test_the_curve_of_the_logistic_model_goes_where_its_parameters_say(
    images, shown, landscapes, runs, step
):
    view = shown(landscapes["logistic"], (runs["logistic"],), step)
    picture = images.rendered(view)
    weight, bias = runs["logistic"].params[step, 0]
    for x in np.linspace(4.5, 23.5, 40):
        share = 1.0 / (1.0 + np.exp(-(weight * x + bias)))
        assert is_near(images, pixel_at(images, view, picture, x, share), LIGHT.run(0))


def test_each_run_has_its_own_color(images, shown, landscapes, runs):
    levels = [float(level) for level in range(10, 90, 10)]
    flat = descend(landscapes["linear"], *((0.0, level) for level in levels), steps=1)
    view = shown(landscapes["linear"], (flat, runs["linear"]))
    picture = images.rendered(view)
    for number_, level in enumerate(levels):
        pixel = pixel_at(images, view, picture, 5.5, level)
        assert is_near(images, pixel, LIGHT.run(number_))


def test_the_first_run_lies_above_the_others(images, shown, landscapes):
    run = descend(landscapes["linear"], (0.0, 40.0), (3.0, 1.0), (-3.0, 79.0), steps=1)
    view = shown(landscapes["linear"], (run,))
    picture = images.rendered(view)
    assert is_near(images, pixel_at(images, view, picture, 13.0, 40.0), LIGHT.run(0), by=4)


def test_of_very_many_runs_a_hundred_are_drawn(images, shown, landscapes):
    starts = [(0.0, 20.0)] * 100 + [(0.0, 80.0)]
    run = descend(landscapes["linear"], *starts, steps=1)
    view = shown(landscapes["linear"], (run,))
    picture = images.rendered(view)
    assert is_near(images, pixel_at(images, view, picture, 5.5, 20.0), LIGHT.run(0))
    beyond = pixel_at(images, view, picture, 5.5, 80.0)
    assert is_near(images, beyond, images.BACKGROUND, by=0)


@pytest.mark.parametrize("kind", ["linear", "standardized"])
def test_the_best_line_is_dashed(images, shown, landscapes, kind):
    view = shown(landscapes[kind])
    picture = images.rendered(view)
    weight, bias = np.polyfit(SPEED, DISTANCE, 1)
    alike = []
    for x in np.linspace(*view.box.viewRange()[0], 402)[1:-1]:
        if inside(view, x, weight * x + bias, margin=0.01):
            pixel = pixel_at(images, view, picture, x, weight * x + bias)
            alike.append(is_near(images, pixel, LIGHT.muted, by=25))
    assert 0.3 < np.mean(alike) < 0.95
    assert np.count_nonzero(np.diff(alike)) > 20


def test_where_no_minimum_is_known_no_best_curve_is_drawn(images, shown):
    table = table_of(speed=[1, 2, 3, 4, 7, 8, 9], damaged=[0, 0, 0, 0, 1, 1, 1])
    landscape = fit_landscape(table, LOGISTIC)
    assert not landscape.minima
    view = shown(landscape)
    (left, right), _ = view.box.viewRange()
    picture = images.rendered(view)
    (first, top), (last, bottom) = (
        images.pixel_in_picture(view, x, y) for x, y in ((left, 0.9), (right, 0.25))
    )
    part = picture[int(top) : int(bottom), int(first) + TICK : int(last) - 80]
    assert not (images.distance(part, images.BACKGROUND) > 2).any()


def test_a_run_that_diverged_can_be_shown(images, shown, landscapes):
    run = descend(landscapes["linear"], (0.0, 0.0), rate=10.0, steps=500)
    view = shown(landscapes["linear"], (run,), residuals=True)
    for step in (1, 2, 3, 500):
        view.set_step(step)
        images.rendered(view)


# --- residuals ---


def test_residuals_lead_from_the_points_to_the_line(images, shown, landscapes, runs):
    run = runs["linear"]
    weight, bias = run.params[0, 0]
    pictures, view = [], None
    for residuals in (False, True):
        view = shown(landscapes["linear"], (run,), residuals=residuals)
        pictures.append(images.rendered(view))
    without, with_them = pictures
    seen = 0
    for x, y in zip(SPEED, DISTANCE, strict=True):
        column, row = images.pixel_in_picture(view, x, 0.5 * (y + weight * x + bias))
        if abs(y - weight * x - bias) < 12.0:
            continue  # too short to tell it from point and line
        around = slice(int(column) - 1, int(column) + 2)
        red = images.distance(with_them[int(row), around], LIGHT.warning)
        assert red.min() <= 90
        assert np.any(with_them[int(row), around] != without[int(row), around])
        seen += 1
    assert seen > 10


@pytest.mark.parametrize("step", [0, 10])
def test_residuals_of_the_logistic_model_lead_to_its_curve(images, shown, landscapes, runs, step):
    view = shown(landscapes["logistic"], (runs["logistic"],), step, residuals=True)
    picture = images.rendered(view)
    weight, bias = runs["logistic"].params[step, 0]
    share = 1.0 / (1.0 + np.exp(-(weight * 4.0 + bias)))
    (column, near), (_, far), (_, beyond) = (
        images.pixel_in_picture(view, 4.0, y) for y in (0.03, share, share + 0.1)
    )
    # The residual of the slowest car, away from its point and from the curve's halo.
    rows = slice(int(far) + 5, int(near) - 5)
    around = slice(int(column) - 1, int(column) + 2)
    if step == 0:
        assert (images.distance(picture[rows, around], LIGHT.warning).min(axis=1) <= 90).all()
    assert images.distance(picture[int(beyond), around], LIGHT.warning).min() > 60


def test_residuals_are_those_of_the_first_run(images, shown, landscapes, runs):
    alone = shown(landscapes["linear"], (runs["linear"],), 2, residuals=True)
    view = shown(landscapes["linear"], (), 2, residuals=True)
    none = images.rendered(shown(landscapes["linear"], (), 2))
    np.testing.assert_array_equal(images.rendered(view), none)
    view.set_trajectories((runs["linear"],))
    np.testing.assert_array_equal(images.rendered(view), images.rendered(alone))


def test_residuals_can_be_taken_away_again(images, shown, landscapes, runs):
    view = shown(landscapes["linear"], (runs["linear"],), 2, residuals=True)
    images.rendered(view)
    view.set_residuals(False)
    never = shown(landscapes["linear"], (runs["linear"],), 2)
    np.testing.assert_array_equal(images.rendered(view), images.rendered(never))


def test_of_very_many_residuals_some_are_drawn(images, shown):
    landscape = many_points(50_000)
    run = descend(landscape, (0.0, 0.0), steps=1)
    view = shown(landscape, (run,))
    before = images.rendered(view)
    view.set_residuals(True)
    assert np.mean(images.rendered(view) != before) > 0.05


# --- on a screen ---


@pytest.mark.parametrize("kind", ["linear", "logistic"])
def test_what_is_kept_as_pixels_looks_like_the_shapes_of_a_picture(
    images, assert_alike, shown, landscapes, runs, kind
):
    pictures = [
        images.rendered(shown(landscapes[kind], (runs[kind],), 5, residuals=True, retain=retain))
        for retain in (False, True)
    ]
    assert_alike(*pictures, by=24, share=0.004)


def test_points_are_painted_once_however_the_model_moves(images, shown, landscapes, runs):
    view = shown(landscapes["linear"], (runs["linear"],), retain=True)
    images.rendered(view)
    (_, kept) = view._points._kept._kept
    for step in range(20):
        view.set_step(step)
        view.set_residuals(step % 2 == 0)
        images.rendered(view)
    assert view._points._kept._kept[1] is kept
    view.box.setRange(xRange=(0.0, 50.0), padding=0.0)
    images.rendered(view)
    assert view._points._kept._kept[1] is not kept


def test_nothing_of_earlier_data_themes_and_ranges_is_left(
    images, assert_alike, shown, landscapes, runs
):
    used = shown(landscapes["logistic"], (runs["logistic"],), 5, theme=DARK, retain=True)
    images.rendered(used)
    used.box.setRange(xRange=(-3.0, 50.0), padding=0.0)
    images.rendered(used)
    used.set_theme(LIGHT)
    used.set_trajectories((runs["linear"],))
    used.set_data(landscapes["linear"])
    fresh = shown(landscapes["linear"], (runs["linear"],), 5, retain=True)
    assert_alike(images.rendered(used), images.rendered(fresh))


@pytest.mark.parametrize("scale", [1.0, 2.0, 1.5])
def test_points_are_as_sharp_as_the_picture(images, shown, landscapes, scale):
    view = shown(landscapes["linear"])
    picture = images.rendered(view, scale=scale)
    for x, y in ((4, 2), (12, 14), (24, 93)):
        column, row = images.pixel_in_picture(view, x, y)
        pixel = images.at_pixel(picture, scale * column, scale * row)
        assert np.abs(pixel - tint(images, LIGHT.curve, 0.85)).max() <= 4


def test_a_vector_picture_holds_shapes_only(images, shown, landscapes, runs):
    view = shown(landscapes["linear"], (runs["linear"],), 3, residuals=True)
    scene = images.scene_of(view, SIZE)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(*SIZE))
    generator.setViewBox(QRectF(0.0, 0.0, *SIZE))
    with QPainter(generator) as painter:
        scene.render(painter, QRectF(0.0, 0.0, *SIZE), scene.sceneRect())
    text = bytes(buffer.data().data()).decode()
    assert "<image" not in text
    assert LIGHT.run(0) in text
    assert LIGHT.run(1) in text


@pytest.fixture
def on_screen(qtbot, monkeypatch, landscapes, runs):
    """Return a view in a window, and that window."""
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)
    view, window = DataView(), pg.GraphicsView()
    qtbot.addWidget(window)
    window.setBackground(LIGHT.panel)
    window.setCentralItem(view.plot)
    window.resize(640, 480)
    view.set_theme(LIGHT)
    with qtbot.waitExposed(window):
        window.show()
    view.set_data(landscapes["linear"])
    view.set_trajectories((runs["linear"],))
    return view, window


def test_what_is_on_the_screen_is_all_there_is(images, assert_alike, on_screen, landscapes):
    view, window = on_screen

    def seen():
        QCoreApplication.processEvents()
        return images.array(window.screen().grabWindow(window.winId()).toImage())

    view.set_residuals(True)
    for step in (0, 40, 3, 7, 20):
        view.set_step(step)
        shown = seen()
    window.viewport().update()
    assert_alike(shown, seen())
    view.set_data(None)
    assert np.any(seen() != shown)
    view.set_data(landscapes["linear"])
    assert_alike(shown, seen())


def move(window, pixel):
    viewport = window.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(pixel),
        QPointF(viewport.mapToGlobal(pixel)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)
    QApplication.processEvents()


def test_hovering_tells_feature_and_label(on_screen):
    view, window = on_screen
    heard = []
    view.hovered.connect(heard.append)
    for point in ((10.0, 20.0), (23.5, 90.0), (5.0, 1.0)):
        move(window, window.mapFromScene(view.box.mapViewToScene(QPointF(*point))))
        assert np.all(np.abs(np.subtract(heard[-1], point)) <= view.box.viewPixelSize())
    move(window, window.mapFromScene(QPointF(3.0, 3.0)))
    assert heard[-1] is None
