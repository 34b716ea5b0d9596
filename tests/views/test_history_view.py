"""The history's picture agrees with the numbers that it shows, and its mouse with the steps."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from gdviz.engine import Outcome
from gdviz.experiment.look import QUANTITIES
from gdviz.landscapes import preset
from gdviz.views.history_item import decimated
from gdviz.views.history_view import HistoryView
from gdviz.views.theme import DARK, LIGHT
from gdviz.views.trace import RunLook

SIZE = (480, 360)


@pytest.fixture(scope="session")
def runs(descend_valley, single_runs):
    starts = ((-3.0, 4.0), (6.0, -4.0), (0.0, 2.0))
    return single_runs(descend_valley(*starts, rate=0.04, steps=60))


@pytest.fixture
def shown(images):
    def show(
        runs=(), looks=(), *, key="loss", log=(False, False), step=0, theme=LIGHT, retain=False
    ):
        view = HistoryView(interactive=retain)
        images.scene_of(view, SIZE)
        view.set_theme(theme)
        view.set_quantity(key)
        view.set_log(*log)
        view.set_trajectories(runs, looks)
        view.set_step(step)
        return view

    return show


def in_plot(view, x, y):
    """Return where the plot shows a step and a value."""
    x_log, y_log = view._log
    return np.log10(x) if x_log else x, np.log10(y) if y_log else y


def pixel_at(images, view, picture, x, y):
    return images.at_pixel(picture, *images.pixel_in_picture(view, *in_plot(view, x, y)))


def changed(run, records=slice(None), **arrays):
    """Return a run with some arrays replaced, all cut to some records."""
    made = {
        name: arrays.get(name, getattr(run, name))[records]
        for name in ("steps", "params", "loss", "gradient")
    }
    last = int(made["steps"][-1])
    return replace(run, **made, last_step=(last,), outcome_step=(last,))


# --- inputs ---


@pytest.fixture(scope="session")
def inputs(valley, runs):
    looks = [RunLook(4, "a"), RunLook(1, "b", selected=True), RunLook(2, "c")]
    return {
        "trajectories": lambda view: view.set_trajectories(runs, looks),
        "landscape": lambda view: view.set_landscape(valley),
        "quantity": lambda view: view.set_quantity("distance"),
        "log": lambda view: view.set_log(True, True),
        "step": lambda view: view.set_step(7),
        "ghost": lambda view: view.set_ghost((2, 5)),
        "theme": lambda view: view.set_theme(DARK),
    }


def draw(images, inputs, order, *, interactive=False, size=SIZE):
    view = HistoryView(interactive=interactive)
    images.scene_of(view, size)
    for name in order:
        inputs[name](view)
    return images.rendered(view, size)


@settings(max_examples=40)
@given(data=st.data())
def test_inputs_in_any_order_give_the_same_picture(images, inputs, data):
    order = data.draw(st.permutations(list(inputs)))
    np.testing.assert_array_equal(draw(images, inputs, order), draw(images, inputs, list(inputs)))


@settings(max_examples=40)
@given(data=st.data(), interactive=st.booleans())
def test_any_inputs_alone_and_repeated_can_be_drawn(images, inputs, data, interactive):
    order = data.draw(st.lists(st.sampled_from(list(inputs)), max_size=6))
    draw(images, inputs, order, interactive=interactive)


@pytest.mark.parametrize("size", [(100, 100), (60, 40), (1, 1), (2000, 100)])
@pytest.mark.parametrize("interactive", [False, True])
def test_any_size_can_be_drawn(images, inputs, size, interactive):
    draw(images, inputs, list(inputs), interactive=interactive, size=size)


def test_an_unknown_quantity_is_refused(shown):
    with pytest.raises(ValueError, match="one of loss, distance"):
        shown().set_quantity("speed")


def test_a_landscape_of_other_parameters_may_come_before_its_runs(images, shown, runs):
    view = shown(runs, key="distance")
    view.set_landscape(preset("regression-w1").build())
    images.rendered(view)


# --- curves ---


@pytest.mark.parametrize("log", [(False, False), (False, True), (True, False), (True, True)])
@pytest.mark.parametrize("key", QUANTITIES)
@pytest.mark.parametrize("retain", [False, True], ids=["picture", "screen"])
def test_every_curve_goes_through_its_values(images, shown, runs, key, log, retain):
    view = shown(runs, key=key, log=log, retain=retain)
    picture = images.rendered(view)
    for run, (steps, values) in enumerate(
        zip(view._history.steps, view._history.values, strict=True)
    ):
        hits = seen = 0
        for step, value in list(zip(steps, values, strict=True))[2:25]:
            pixel = pixel_at(images, view, picture, step, value)
            near = np.abs(pixel - images.color(LIGHT.run(run))).max() <= 60
            hits, seen = hits + near, seen + 1
        # Curves that lie over each other hide the lower ones.
        assert hits >= (0.9 if run == 0 else 0.5) * seen


def test_colors_come_from_the_looks_and_the_selected_curve_lies_on_top(images, shown, runs):
    looks = [RunLook(5), RunLook(3, selected=True), RunLook(5)]
    view = shown((runs[0],) * 3, looks, step=60)
    ink = images.plot_box(view, images.rendered(view))
    assert np.any(images.distance(ink, LIGHT.run(3)) <= 2)
    assert not np.any(images.distance(ink, LIGHT.run(5)) <= 2)


def test_the_legend_of_the_axis_names_the_quantity(shown, runs, valley):
    view = shown(runs)
    names = {}
    for key in QUANTITIES:
        view.set_quantity(key)
        names[key] = view.plot.getAxis("left").label.toPlainText().strip()
    assert names == {
        "loss": "loss",
        "distance": "distance to the lowest point",
        "gradient": "gradient norm",
        "step": "length of the step",
    }
    assert view.plot.getAxis("bottom").label.toPlainText().strip() == "step"
    view.set_quantity("distance")
    view.set_landscape(valley)
    assert view.plot.getAxis("left").label.toPlainText().strip() == "distance to the minimum"
    view.set_quantity("loss")
    view.set_trajectories((changed(runs[0], loss=runs[0].loss - 20.0),))
    assert view.plot.getAxis("left").label.toPlainText().strip() == "loss"
    view.set_log(False, True)
    assert view.plot.getAxis("left").label.toPlainText().strip() == "loss − lowest"


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 0.0, -3.0])
@pytest.mark.parametrize("log", [False, True])
def test_values_that_cannot_be_drawn_are_gaps(images, shown, runs, bad, log):
    if not log and np.isfinite(bad):
        bad = np.nan
    gradient = runs[0].gradient.copy()
    gradient[20:41] = (bad, 0.0) if not np.isfinite(bad) else (0.0, 0.0)
    view = shown((changed(runs[0], gradient=gradient),), key="gradient", log=(False, log))
    picture = images.plot_box(view, images.rendered(view))
    (left, right), _ = view.box.viewRange()
    columns = np.arange(picture.shape[1])
    steps = left + (columns + 0.5) / picture.shape[1] * (right - left)
    ink = (images.distance(picture, LIGHT.run(0)) <= 40).any(axis=0)
    assert not ink[(steps > 21) & (steps < 39)].any()
    assert ink[(steps > 1) & (steps < 18)].all()
    assert ink[(steps > 42) & (steps < 59)].all()


def test_over_logarithms_the_start_is_left_out_but_the_rest_is_drawn(images, shown, runs):
    view = shown(runs[:1], log=(True, False), step=0)
    ink = images.distance(images.plot_box(view, images.rendered(view)), LIGHT.run(0)) <= 40
    first = np.flatnonzero(ink.any(axis=0))[0]
    column, _ = images.pixel_in_picture(view, 0.0, 1.0)
    corner = view.box.mapToScene(view.box.boundingRect().topLeft()).x()
    assert abs(first - (column - corner)) <= 4.0


def test_a_single_value_between_gaps_is_a_dot(images, shown, runs):
    loss = np.full_like(runs[0].loss, np.nan)
    loss[30] = 5.0
    view = shown((changed(runs[0], loss=loss),))
    picture = images.rendered(view)
    assert np.abs(pixel_at(images, view, picture, 30, 5.0) - images.color(LIGHT.run(0))).max() <= 2


@given(
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=60),
    gaps=st.sets(st.integers(0, 59)),
    seed=st.integers(0, 99),
)
def test_a_decimated_curve_reaches_as_high_and_as_low_in_every_column(lengths, gaps, seed):
    x = np.concatenate(
        [
            column + np.sort(np.random.default_rng(seed).random(n))
            for column, n in enumerate(lengths)
        ]
    )
    y = np.random.default_rng(seed + 1).uniform(0.0, 300.0, x.size)
    y[[gap for gap in gaps if gap < x.size]] = np.nan
    pixels = np.stack([x, y], axis=1)
    fewer = decimated(pixels)
    assert np.all(np.diff(fewer[np.isfinite(fewer[:, 0]), 0]) >= 0.0)
    for column in range(len(lengths)):
        mine = [points[np.floor(points[:, 0]) == column, 1] for points in (pixels, fewer)]
        before, after = (values[np.isfinite(values)] for values in mine)
        if before.size:
            assert (after.min(), after.max()) == (before.min(), before.max())


def test_of_a_hundred_thousand_points_few_are_drawn_with_the_same_extremes():
    rng = np.random.default_rng(8)
    loss = 5.0 + np.cumsum(rng.normal(0.0, 0.01, 100_000))
    loss[40_000:50_000] = np.nan
    pixels = np.stack([np.linspace(0.0, 400.0, loss.size), 40.0 * loss], axis=1)
    fewer = decimated(pixels)
    assert len(fewer) <= 4 * 403
    assert not np.isfinite(fewer).all()
    heights = fewer[np.isfinite(fewer[:, 1]), 1]
    assert heights.min() == np.nanmin(pixels[:, 1])
    assert heights.max() == np.nanmax(pixels[:, 1])


def test_a_vector_picture_has_whole_lines_and_no_pixels(images, shown, runs, tmp_path):
    view = shown(runs, step=5)
    view.set_ghost((0, 3))
    generator, path = QSvgGenerator(), tmp_path / "history.svg"
    generator.setFileName(str(path))
    generator.setSize(QSize(*SIZE))
    scene = images.scene_of(view, SIZE)
    with QPainter(generator) as painter:
        scene.render(painter, scene.sceneRect(), scene.sceneRect())
    text = path.read_text(encoding="utf-8")
    assert "<image" not in text
    assert text.count("<polyline") >= 3
    assert "step 3" in text


# --- what is in view ---


def test_everything_is_in_view(shown, runs):
    for log in (False, True):
        view = shown(runs, log=(False, log))
        (left, right), (bottom, top) = view.box.viewRange()
        losses = np.concatenate([run.loss[:, 0] for run in runs])
        low, high = np.log10([losses.min(), losses.max()]) if log else (losses.min(), losses.max())
        assert bottom < low < high < top
        assert left < 0.0
        assert right > 60.0
    (left, right), _ = shown(runs, log=(True, False)).box.viewRange()
    assert left < 0.0 < np.log10(60.0) < right


def grown(run, records, outcome=Outcome.RUNNING):
    return replace(changed(run, slice(records)), outcome=(outcome,))


def test_while_a_run_grows_the_axes_move_seldom(shown, runs):
    view = shown((grown(runs[0], 2),))
    seen = []
    for records in range(2, 61):
        view.set_trajectories((grown(runs[0], records),))
        seen.append(str(view.box.viewRange()))
        assert view.box.viewRange()[0][1] >= records - 1
    assert len(set(seen)) <= 16
    view.set_trajectories((runs[0],))
    assert view.box.viewRange()[0] == pytest.approx([-1.2, 61.2])


def test_while_a_start_is_dragged_a_little_the_heights_stay(shown, descend_valley):
    view = shown((descend_valley((-3.0, 4.0)),))
    before = view.box.viewRange()
    for x in np.arange(-3.0, -2.0, 0.1).tolist():
        view.set_trajectories((descend_valley((x, 3.9)),))
        assert view.box.viewRange() == before
    view.set_trajectories((descend_valley((-3.9, 4.9)),))
    assert view.box.viewRange()[1][1] > before[1][1]
    view.set_trajectories((descend_valley((1.5, 0.1)),))
    assert view.box.viewRange()[1][1] < before[1][1]


def test_a_run_that_diverged_does_not_flatten_the_others(shown, runs, descend_valley):
    wild = descend_valley((-3.0, 4.0), rate=0.6, steps=400)
    assert wild.outcome == (Outcome.DIVERGED,)
    view = shown((runs[0], wild))
    assert view.box.viewRange()[1][1] < 100.0
    alone = shown((wild,))
    assert alone.box.viewRange()[1][1] > 1e9
    logs = shown((runs[0], wild), log=(False, True))
    assert logs.box.viewRange()[1][1] > 9.0


def test_no_more_than_sixteen_decades_are_in_view(shown, descend_valley, valley):
    view = shown((descend_valley((-3.0, 4.0), steps=400),), key="gradient", log=(False, True))
    bottom, top = view.box.viewRange()[1]
    assert top - bottom < 18.0


def test_what_the_user_zoomed_to_stays_until_it_is_reset(shown, runs):
    view = shown(runs[:1])
    whole = view.box.viewRange()
    view.box.setRange(xRange=(10.0, 20.0), yRange=(4.0, 6.0), padding=0.0)
    view.box.sigRangeChangedManually.emit([True, True])
    view.set_trajectories(runs)
    view.set_step(12)
    assert view.box.viewRange() == [[10.0, 20.0], [4.0, 6.0]]
    view.reset()
    assert view.box.viewRange()[0] == whole[0]


def test_another_quantity_is_shown_whole(shown, runs):
    view = shown(runs)
    view.box.sigRangeChangedManually.emit([True, True])
    view.set_quantity("gradient")
    norms = np.concatenate([np.linalg.norm(run.gradient[:, 0], axis=1) for run in runs])
    bottom, top = view.box.viewRange()[1]
    assert bottom < norms.min() < norms.max() < top
    assert top - bottom < 1.2 * np.ptp(norms)


# --- playhead and ghost ---


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("step", [1, 10, 60])
def test_the_playhead_stands_at_its_step_with_the_selected_runs_disc(
    images, shown, runs, step, log
):
    looks = [RunLook(0), RunLook(1, selected=True), RunLook(2)]
    view = shown(runs, looks, step=step, log=(log, log))
    picture = images.rendered(view)
    loss = runs[1].loss[step, 0]
    disc = pixel_at(images, view, picture, step, loss)
    assert np.abs(disc - images.color(LIGHT.run(1))).max() <= 2
    column, _ = images.pixel_in_picture(view, *in_plot(view, step, 1.0))
    top = images.plot_box(view, picture)[20]
    corner = view.box.mapToScene(view.box.boundingRect().topLeft()).x()
    accent = np.flatnonzero(images.distance(top, LIGHT.accent) <= 60)
    assert accent.size
    assert abs(accent.mean() + 0.5 - (column - corner)) <= 1.0


def test_runs_that_ended_before_have_no_disc(images, shown, runs):
    short = changed(runs[0], slice(10))
    view = shown((short, runs[1]), [RunLook(0), RunLook(1, selected=True)], step=30)
    assert view._marks._marks == ((runs[1].loss[30, 0], 1, 0),)


def test_the_ghost_is_an_open_circle_with_its_value(images, shown, runs):
    looks = [RunLook(0, "Fast", selected=True), RunLook(1, "Slow"), RunLook(2, "Third")]
    view = shown(runs, looks, step=60)
    clean = images.rendered(view)
    view.set_ghost((1, 12))
    picture = images.rendered(view)
    column, row = images.pixel_in_picture(view, 12.0, runs[1].loss[12, 0])
    near = images.at_pixel(picture, column - 4.5, row)
    assert np.abs(near - images.color(LIGHT.run(1))).max() <= 60
    assert view._marks._ghost[1] == f"Slow, step 12: {runs[1].loss[12, 0]:.4g}"
    view.set_ghost(None)
    np.testing.assert_array_equal(images.rendered(view), clean)


@pytest.mark.parametrize("ghost", [(3, 1), (-1, 1), (99, 0)])
def test_a_ghost_of_a_run_that_is_not_there_is_not_drawn(images, shown, runs, ghost):
    view = shown(runs)
    clean = images.rendered(view)
    view.set_ghost(ghost)
    np.testing.assert_array_equal(images.rendered(view), clean)


def test_a_ghost_keeps_its_words_inside(images, shown, runs):
    view = shown(runs, [RunLook(n, "A name of some length", n == 0) for n in range(3)])
    for step in (0, 30, 60):
        view.set_ghost((0, step))
        _, plate = view._marks._ghost_place(view._marks.pixel_map)
        assert view._marks.boundingRect().contains(plate)


# --- the mouse ---


@pytest.fixture
def hand(hand_over, runs):
    hand = hand_over(HistoryView())
    hand.view.set_trajectories(runs)
    return hand


def middle(hand):
    return float(np.mean(hand.view.box.viewRange()[1]))


@pytest.mark.parametrize("step", [0, 1, 17, 60])
def test_a_click_picks_the_step(hand, told, step):
    picked = told(hand.view.step_picked)
    hand.click(step, middle(hand))
    assert picked == [step]


@pytest.mark.parametrize("x", [-1.0, 60.9])
def test_a_click_beside_the_steps_picks_the_nearest(hand, told, x):
    picked = told(hand.view.step_picked)
    hand.click(x, middle(hand))
    assert picked == [0 if x < 0 else 60]


@pytest.mark.parametrize("step", [1, 9, 50])
def test_a_click_over_logarithms_picks_the_step(hand, told, step):
    hand.view.set_log(True, True)
    picked = told(hand.view.step_picked)
    hand.click(np.log10(step), middle(hand))
    assert picked == [step]


def test_without_runs_no_step_is_picked(hand, told):
    hand.view.set_trajectories(())
    picked = told(hand.view.step_picked)
    hand.click(0.5, 0.5)
    assert picked == []


def test_the_playhead_is_dragged_and_nothing_is_panned(hand, told):
    hand.view.set_step(20)
    picked, before = told(hand.view.step_picked), hand.view.box.viewRange()
    hand.view.step_picked.connect(hand.view.set_step)
    y = middle(hand)
    hand.drag((20.0, y), (25.0, y), (33.0, y), (-9.0, y), (40.0, y))
    assert picked == [25, 33, 0, 40, 40]
    assert hand.view.box.viewRange() == before


def test_dragging_elsewhere_pans_and_double_clicking_shows_all_again(hand, told):
    hand.view.set_step(20)
    picked, before = told(hand.view.step_picked), hand.view.box.viewRange()
    y = middle(hand)
    hand.drag((40.0, y), (45.0, y), (50.0, y), (52.0, y))
    assert picked == []
    assert hand.view.box.viewRange() != before
    hand.double_click(30.0, y)
    assert hand.view.box.viewRange() == before


def test_the_cursor_says_that_the_playhead_can_be_dragged(hand):
    hand.view.set_step(20)
    hand.move(20.0, middle(hand))
    assert hand.view.box.cursor().shape() is Qt.CursorShape.SizeHorCursor
    hand.move(40.0, middle(hand))
    assert hand.view.box.cursor().shape() is Qt.CursorShape.CrossCursor


@pytest.mark.parametrize("log", [False, True])
def test_hovering_over_a_curve_tells_the_run_and_the_step(hand, told, runs, log):
    hand.view.set_log(log, log)
    hovered = told(hand.view.record_hovered)
    for run, step in ((0, 1), (1, 4), (2, 2)):
        x, y = in_plot(hand.view, step, runs[run].loss[step, 0])
        hand.move(x, y)
        assert hovered[-1] == (run, step)
    (_, right), (_, top) = hand.view.box.viewRange()
    hand.move(0.9 * right, 0.9 * top)
    assert hovered[-1] is None
