"""The loss curve's picture agrees with the numbers that it shows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import Descent, compute
from gdviz.landscapes import Domain, Landscape, preset
from gdviz.optimizers import optimizer
from gdviz.views.curve_view import CurveView
from gdviz.views.theme import DARK, LIGHT

SIZE = (480, 360)


@pytest.fixture(scope="session")
def inputs(valley, descend_valley):
    """Return what sets each of a view's inputs, by name."""
    trajectories = (
        descend_valley((-3.0, 4.0), (7.0, -3.0)),
        descend_valley((0.0, -4.5), name="momentum", rate=0.02),
    )
    return {
        "slice": lambda view: view.set_slice(valley, 0, np.array([-3.0, 4.0])),
        "interval": lambda view: view.set_interval(valley.domain[0]),
        "trajectories": lambda view: view.set_trajectories(trajectories),
        "step": lambda view: view.set_step(3),
        "theme": lambda view: view.set_theme(LIGHT),
    }


def draw(images, inputs, order, size=SIZE):
    view = CurveView(interactive=False)
    images.scene_of(view, size)
    for name in order:
        inputs[name](view)
    return images.rendered(view, size)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_inputs_in_any_order_give_the_same_picture(images, inputs, data):
    order = data.draw(st.permutations(list(inputs)))
    np.testing.assert_array_equal(draw(images, inputs, order), draw(images, inputs, list(inputs)))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_inputs_alone_and_repeated_can_be_drawn(images, inputs, data):
    draw(images, inputs, data.draw(st.lists(st.sampled_from(list(inputs)), max_size=6)))


@pytest.mark.parametrize("size", [(100, 100), (60, 40), (1, 1), (2000, 100)])
def test_any_size_can_be_drawn(images, inputs, size):
    draw(images, inputs, list(inputs), size)


def test_runs_of_another_landscape_are_no_reason_to_fail(images, inputs):
    # The runs of a new landscape arrive after the landscape itself.
    view = CurveView(interactive=False)
    images.scene_of(view, SIZE)
    for change in inputs.values():
        change(view)
    view.set_slice(preset("regression-w1").build(), 0, np.array([0.0]))
    images.rendered(view)


@pytest.fixture
def shown(images, valley):
    """Return what shows a slice of the valley along x, or another landscape's."""

    def show(trajectories=(), step=0, *, landscape=valley, axis=0, idle=(-3.0, 4.0), theme=LIGHT):
        view = CurveView(interactive=False)
        images.scene_of(view, SIZE)
        view.set_theme(theme)
        view.set_slice(landscape, axis, np.array(idle))
        view.set_interval(landscape.domain[axis])
        view.set_trajectories(trajectories)
        view.set_step(step)
        return view

    return show


def pixel_at(images, view, picture, value, loss):
    return images.at_pixel(picture, *images.pixel_in_picture(view, value, loss))


def test_the_curve_passes_through_its_losses(images, shown, valley):
    view = shown(idle=(-3.0, 1.0))
    picture = images.rendered(view)
    _, (low, high) = view.box.viewRange()
    seen = 0
    for x in np.linspace(-3.8, 7.8, 60):
        loss = float(valley.loss([[x, 1.0]])[0])
        if low < loss < high:
            pixel = pixel_at(images, view, picture, x, loss)
            assert np.abs(pixel - images.color(LIGHT.curve)).max() <= 60
            seen += 1
    assert seen > 40


def test_the_slice_goes_through_the_point_reached(images, shown, valley, descend_valley):
    trajectory = descend_valley((-3.0, 4.0))
    for step in (0, 2, 10):
        view = shown((trajectory,), step)
        np.testing.assert_array_equal(view.point, trajectory.params[step, 0])
        picture = images.rendered(view)
        y = trajectory.params[step, 0, 1]
        x = 6.0
        loss = float(valley.loss([[x, y]])[0])
        pixel = pixel_at(images, view, picture, x, loss)
        assert np.abs(pixel - images.color(LIGHT.curve)).max() <= 60


def test_without_runs_the_slice_goes_through_the_idle_point(shown):
    np.testing.assert_array_equal(shown(idle=(1.0, 2.0)).point, [1.0, 2.0])


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("step", [0, 1, 5, 50, 10_000])
def test_the_current_disc_has_the_runs_color_at_its_place(
    images, shown, descend_valley, axis, step
):
    trajectory = descend_valley((-3.0, 4.0))
    view = shown((trajectory,), step, axis=axis)
    picture = images.rendered(view)
    record = min(step, 50)
    value, loss = trajectory.params[record, 0, axis], trajectory.loss[record, 0]
    pixel = pixel_at(images, view, picture, value, loss)
    assert np.abs(pixel - images.color(LIGHT.run(0))).max() <= 2


def test_the_tangent_has_the_slope_of_the_gradient(images, shown, descend_valley):
    trajectory = descend_valley((-3.0, 4.0))
    view = shown((trajectory,), 1)
    picture = images.rendered(view)
    (x, _), loss = trajectory.params[1, 0], trajectory.loss[1, 0]
    slope = trajectory.gradient[1, 0, 0]
    assert slope == -8.0
    tangent = images.color(LIGHT.tangent)
    for away in (0.4, 0.5, 0.6):
        pixel = pixel_at(images, view, picture, x + away, loss + away * slope)
        assert np.abs(pixel - tangent).max() <= 60


def test_the_star_stands_on_a_known_minimum_of_one_parameter(images, shown):
    landscape = preset("regression-w1").build()
    view = shown(landscape=landscape, idle=(0.0,))
    picture = images.rendered(view)
    ((weight,),) = landscape.minima
    pixel = pixel_at(images, view, picture, weight, landscape.statistics.residual)
    assert np.abs(pixel - images.color(LIGHT.minimum)).max() <= 2


def test_with_two_parameters_there_is_no_star(images, shown):
    picture = images.rendered(shown(idle=(2.0, 0.0)))
    assert not np.any(images.distance(picture, LIGHT.minimum) <= 2)


def test_a_descent_of_one_parameter_is_drawn_on_its_curve(images, shown):
    landscape = preset("regression-w1").build()
    kind = optimizer("gd", learning_rate=0.1)
    trajectory = compute(Descent.of(landscape, kind, [(0.0,)], 20))
    view = shown((trajectory,), 20, landscape=landscape, idle=(0.0,), theme=DARK)
    picture = images.rendered(view)
    pixel = pixel_at(images, view, picture, trajectory.params[20, 0, 0], trajectory.loss[20, 0])
    assert np.abs(pixel - images.color(DARK.run(0))).max() <= 2


# --- what is in view ---


def test_the_start_is_in_view_and_stays_where_it_is_while_stepping(shown, descend_valley):
    view = shown((descend_valley((-3.0, 4.0)),))
    before = view.box.viewRange()
    (_, (low, high)) = before
    assert low < 61.0 < high
    view.set_step(30)
    assert view.box.viewRange() == before


def test_another_start_is_brought_into_view(shown, valley, descend_valley):
    view = shown((descend_valley((1.0, 0.5)),))
    start = (7.0, -4.0)
    view.set_trajectories((descend_valley(start),))
    (_, (low, high)) = view.box.viewRange()
    assert low < float(valley.loss([start])[0]) < high


def test_the_height_that_the_user_chose_is_kept_until_the_start_moves(shown, descend_valley):
    run = descend_valley((-3.0, 4.0))
    view = shown((run,))
    whole = view.box.viewRange()[1]
    view.box.setYRange(0.0, 10.0, padding=0.0)
    view.box.sigRangeChangedManually.emit([True, True])
    view.set_interval((-3.0, 6.0))
    view.set_trajectories((run,))
    view.set_step(5)
    assert view.box.viewRange()[1] == [0.0, 10.0]
    view.reset()
    assert view.box.viewRange()[1] != [0.0, 10.0]
    view.set_interval((-4.0, 8.0))
    assert view.box.viewRange()[1] == whole


def test_the_interval_is_what_the_box_shows(shown, valley):
    view = shown()
    assert view.box.viewRange()[0] == pytest.approx(list(valley.domain[0]))
    view.set_interval((-1.0, 3.5))
    assert view.box.viewRange()[0] == pytest.approx([-1.0, 3.5])


class Cliff(Landscape):
    """Undefined left of 0 and infinite at 3."""

    name = "cliff"
    parameters = ("x",)
    domain = Domain.of((-4.0, 4.0))
    expression = "a cliff"

    def loss_at(self, *columns):
        (x,) = columns
        return np.sqrt(x) + np.where(x == 3.0, np.inf, 0.0)

    def gradient_at(self, *columns):
        (x,) = columns
        return (0.5 / np.sqrt(x),)

    def hessian_at(self, *columns):
        (x,) = columns
        return (-0.25 * x**-1.5,)


def test_where_the_landscape_is_undefined_there_is_no_curve(images):
    view = CurveView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    view.set_slice(Cliff(), 0, np.array([1.0]))
    view.set_interval((-4.0, 4.0))
    picture = images.rendered(view)
    ink = images.distance(images.plot_box(view, picture), LIGHT.curve) <= 60
    middle = ink.shape[1] // 2
    assert not ink[:, : middle - 3].any()
    assert ink[:, middle + 5 :].any()


def test_a_landscape_that_is_nowhere_defined_can_be_shown(images):
    view = CurveView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    view.set_slice(Cliff(), 0, np.array([-1.0]))
    view.set_interval((-4.0, -1.0))
    images.rendered(view)
    assert view.box.viewRange()[1] == [0.0, 1.0]


def test_the_frame_reaches_down_to_the_lowest_loss_of_the_selected_run(images):
    """Along the flat parameter, the slice of the start lies far above where the run goes."""
    landscape = preset("ravine").build()
    start = (0.6 * landscape.domain.low + 0.4 * landscape.domain.high).tolist()
    trajectory = compute(Descent.of(landscape, optimizer("gd", learning_rate=1e-3), start, 100))
    view = CurveView(interactive=False)
    images.scene_of(view, SIZE)
    view.set_slice(landscape, 0, np.array(start))
    view.set_interval((start[0] - 0.01, start[0] + 0.01))
    view.set_trajectories([trajectory])
    _, (low, high) = view.box.viewRange()
    assert low < trajectory.loss.min()
    assert high > trajectory.loss[0, 0]
