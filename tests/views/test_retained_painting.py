"""What is kept as pixels on a screen looks like what would be painted from scratch."""

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from gdviz.engine import Outcome
from gdviz.landscapes import Domain, preset
from gdviz.views.component_item import ComponentArrow
from gdviz.views.contour_view import ContourView
from gdviz.views.curve_view import CurveView
from gdviz.views.history_view import HistoryView
from gdviz.views.theme import DARK, LIGHT
from gdviz.views.trace import RunLook

SIZE = (480, 360)
# Where increments meet, round ends lie over each other, and smooth edges add up.
SEAMS = {"by": 48, "share": 0.004}


def contour(images, valley, trajectories, *, retain, field=None):
    view = ContourView(interactive=retain)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    view.set_landscape(valley)
    view.set_domain(valley.domain)
    view.set_field(field)
    view.set_trajectories(trajectories)
    return view


RUNS = {
    "long steps": {"rate": 0.1},
    "short steps": {"rate": 0.004, "steps": 300},
    "creeping": {"rate": 0.0002, "steps": 2_000},
    "zigzag": {"rate": 0.48, "steps": 60},
    "diverging": {"rate": 0.52, "steps": 100},
    "momentum": {"name": "momentum", "rate": 0.03, "steps": 150},
}


@pytest.fixture(params=RUNS, ids=lambda name: name.replace(" ", "-"))
def trajectories(request, descend_valley):
    return (
        descend_valley((-3.0, 4.0), (6.0, -4.0), **RUNS[request.param]),
        descend_valley((0.0, 4.5), rate=0.05),
    )


def test_step_by_step_looks_like_all_at_once(images, assert_alike, valley, trajectories):
    stepping = contour(images, valley, trajectories, retain=True)
    last = trajectories[0].records - 1
    for step in range(0, last + 1, max(last // 100, 1)):
        stepping.set_step(step)
        images.painted(stepping._paths, SIZE)
    stepping.set_step(last)
    fresh = contour(images, valley, trajectories, retain=True)
    fresh.set_step(last)
    assert_alike(images.rendered(stepping), images.rendered(fresh), **SEAMS)


def test_all_at_once_looks_like_the_shapes_of_a_picture(
    images, assert_alike, valley, valley_map, trajectories
):
    kept, shapes = (
        contour(images, valley, trajectories, retain=retain, field=valley_map)
        for retain in (True, False)
    )
    for view in (kept, shapes):
        view.set_step(40)
    assert_alike(images.rendered(kept), images.rendered(shapes), by=24, share=0.003)


@pytest.mark.parametrize("scale", [1.1, 1.5, 2.0])
def test_at_every_text_size_it_is_as_sharp_as_the_shapes(
    images, assert_alike, valley, valley_map, trajectories, scale
):
    kept, shapes = (
        contour(images, valley, trajectories, retain=retain, field=valley_map)
        for retain in (True, False)
    )
    for step in (3, 40):
        for view in (kept, shapes):
            view.set_step(step)
        pictures = [images.rendered(view, SIZE, scale) for view in (kept, shapes)]
        assert_alike(*pictures, by=24, share=0.003)


def test_going_back_and_forth_leaves_no_traces(images, assert_alike, valley, trajectories):
    wandering = contour(images, valley, trajectories, retain=True)
    for step in (3, 30, 12, 50, 0, 7):
        wandering.set_step(step)
        images.rendered(wandering)
    fresh = contour(images, valley, trajectories, retain=True)
    fresh.set_step(7)
    assert_alike(images.rendered(wandering), images.rendered(fresh), **SEAMS)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_changes_in_between_leave_no_traces(images, valley, valley_map, descend_valley, data):
    one = (descend_valley((-3.0, 4.0)),)
    two = (descend_valley((6.0, -4.0), (0.0, 3.0), rate=0.02), *one)
    near, far = Domain.of((-4.0, 2.0), (0.0, 5.0)), valley.domain
    changes = {
        "step": lambda view, at: view.set_step((0, 3, 10, 50, 999)[at]),
        "runs": lambda view, at: view.set_trajectories((one, two, (), one, two)[at]),
        "theme": lambda view, at: view.set_theme((LIGHT, DARK)[at % 2]),
        "domain": lambda view, at: view.set_domain((near, far)[at % 2]),
        "field": lambda view, at: view.set_field((valley_map, None)[at % 2]),
    }
    sequence = data.draw(
        st.lists(st.tuples(st.sampled_from(list(changes)), st.integers(0, 4)), max_size=8)
    )
    used = contour(images, valley, one, retain=True)
    fresh = contour(images, valley, one, retain=True)
    for name, at in sequence:
        changes[name](used, at)
        images.rendered(used)
        changes[name](fresh, at)
    difference = np.abs(images.rendered(used) - images.rendered(fresh)).max(axis=-1)
    assert np.mean(difference > SEAMS["by"]) <= SEAMS["share"]


def test_a_growing_run_looks_like_the_grown_one(images, assert_alike, valley, descend_valley):
    whole = descend_valley((-3.0, 4.0), rate=0.01, steps=200)
    growing = contour(images, valley, (), retain=True)
    for records in (1, 40, 41, 120, 201):
        part = type(whole)(
            whole.steps[:records],
            whole.params[:records],
            whole.loss[:records],
            whole.gradient[:records],
            (Outcome.RUNNING,) if records < 201 else whole.outcome,
            (records - 1,),
            (records - 1,),
        )
        growing.set_trajectories((part,))
        growing.set_step(records - 1)
        images.rendered(growing)
    fresh = contour(images, valley, (whole,), retain=True)
    fresh.set_step(200)
    assert_alike(images.rendered(growing), images.rendered(fresh), **SEAMS)


# --- many runs ---

CROWDS = {"some": 8, "many": 40}


@pytest.fixture(params=CROWDS)
def crowd(request, descend_valley, single_runs):
    """Return runs of their own from all over, and looks for them."""
    count = CROWDS[request.param]
    starts = np.random.default_rng(5).uniform((-4.0, -5.0), (8.0, 5.0), (count, 2)).tolist()
    runs = single_runs(descend_valley(*starts, name="momentum", rate=0.03, steps=60))
    return runs, looks_of(range(count), 3)


def looks_of(colors, selected):
    return [RunLook(color, f"run {at}", at == selected) for at, color in enumerate(colors)]


def crowd_view(images, kind, valley, crowd, retain):
    view = kind(interactive=retain)
    images.scene_of(view, SIZE)
    view.set_theme(LIGHT)
    if kind is ContourView:
        view.set_landscape(valley)
        view.set_domain(valley.domain)
    elif kind is CurveView:
        view.set_slice(valley, 0, np.array([-3.0, 4.0]))
        view.set_interval(valley.domain[0])
    else:
        view.set_log(False, True)
    view.set_trajectories(*crowd)
    return view


KINDS = [ContourView, CurveView, HistoryView]


@pytest.mark.parametrize("kind", KINDS)
def test_many_runs_step_by_step_look_like_all_at_once(images, assert_alike, valley, crowd, kind):
    stepping = crowd_view(images, kind, valley, crowd, retain=True)
    for step in range(61):
        stepping.set_step(step)
        images.rendered(stepping)
    fresh = crowd_view(images, kind, valley, crowd, retain=True)
    fresh.set_step(60)
    # Of forty runs each of 60 increments leaves its seams.
    share = SEAMS["share"] if len(crowd[0]) < 12 else 0.02
    assert_alike(images.rendered(stepping), images.rendered(fresh), by=SEAMS["by"], share=share)


@pytest.mark.parametrize("kind", KINDS)
def test_many_runs_on_a_screen_look_like_the_shapes_of_a_picture(
    images, assert_alike, valley, crowd, kind
):
    kept, shapes = (
        crowd_view(images, kind, valley, crowd, retain=retain) for retain in (True, False)
    )
    for view in (kept, shapes):
        view.set_step(40)
    # Between square and round ends, and with coarser lines, the difference is in smooth edges.
    share = 0.004 if len(crowd[0]) < 12 else 0.03
    assert_alike(images.rendered(kept), images.rendered(shapes), by=SEAMS["by"], share=share)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=10)
@given(data=st.data())
def test_runs_hidden_reordered_and_recolored_leave_no_traces(
    images, valley, descend_valley, single_runs, kind, data
):
    starts = [(-3.0, 4.0), (6.0, -4.0), (0.0, 3.0), (7.0, 2.0)]
    runs = single_runs(descend_valley(*starts, rate=0.02, steps=40))
    used = crowd_view(images, kind, valley, (runs, looks_of(range(4), 0)), retain=True)
    used.set_step(30)
    images.rendered(used)
    fewest = 1 if kind is HistoryView else 0  # without runs its axes stay as they are
    for _ in range(3):
        order = data.draw(st.lists(st.sampled_from(range(4)), min_size=fewest, unique=True))
        colors = data.draw(st.permutations(range(4)))[: len(order)]
        selected = data.draw(st.integers(0, 3))
        shown = [runs[at] for at in order], looks_of(colors, selected)
        used.set_trajectories(*shown)
        images.rendered(used)
    fresh = crowd_view(images, kind, valley, shown, retain=True)
    if kind is HistoryView:
        used.reset()  # else the axes stay where they still fit
    fresh.set_step(30)
    difference = np.abs(images.rendered(used) - images.rendered(fresh)).max(axis=-1)
    assert np.mean(difference > SEAMS["by"]) <= SEAMS["share"]


def test_runs_that_grow_in_one_buffer_are_painted_only_where_they_grow(
    images, assert_alike, valley, descend_valley, single_runs
):
    starts = np.random.default_rng(6).uniform((-4.0, -5.0), (8.0, 5.0), (20, 2)).tolist()
    whole = descend_valley(*starts, rate=0.02, steps=60)
    looks = looks_of(range(20), 7)
    growing = crowd_view(images, ContourView, valley, ((), ()), retain=True)
    for records in (1, 20, 21, 61):
        part = type(whole)(
            whole.steps[:records],
            whole.params[:records],
            whole.loss[:records],
            whole.gradient[:records],
            (Outcome.RUNNING,) * 20,
            (records - 1,) * 20,
            (records - 1,) * 20,
        )
        growing.set_trajectories(single_runs(part), looks)
        growing.set_step(records - 1)
        layers = growing._paths._layers._layers
        images.rendered(growing)
        if records > 1:
            assert growing._paths._layers._layers is layers  # painted on, not painted anew
    fresh = crowd_view(images, ContourView, valley, (single_runs(whole), looks), retain=True)
    fresh.set_step(60)
    assert_alike(images.rendered(growing), images.rendered(fresh), **SEAMS)


# --- on a screen, where only what has changed is painted ---


class Screen:
    """A window that shows a view, and what can be seen of it."""

    def __init__(self, images, view):
        self._images = images
        self.window = pg.GraphicsView()
        self.window.setBackground(LIGHT.panel)
        self.window.setCentralItem(view.plot)
        self.window.resize(960, 720)  # so large that a path leads far beyond its marks

    def seen(self):
        """Return the pixels on the screen, once everything asked for has been painted."""
        QCoreApplication.processEvents()
        shot = self.window.screen().grabWindow(self.window.winId())
        return self._images.array(shot.toImage())

    def repainted(self):
        """Return the pixels after everything has been painted anew."""
        self.window.viewport().update()
        return self.seen()


@pytest.fixture
def on_screen(qtbot, images, valley, valley_map):
    """Return what opens a window in which a new view shows the valley."""

    def open_window(kind):
        view = kind()
        screen = Screen(images, view)
        qtbot.addWidget(screen.window)
        view.set_theme(LIGHT)
        with qtbot.waitExposed(screen.window):
            screen.window.show()
        if isinstance(view, ContourView):
            view.set_landscape(valley)
            view.set_domain(valley.domain)
            view.set_field(valley_map)
        elif isinstance(view, CurveView):
            view.set_slice(valley, 0, np.array([-3.0, 4.0]))
            view.set_interval(valley.domain[0])
        return view, screen

    return open_window


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("steps", [range(60), (0, 50, 3, 20, 0), (5, 5, 4), (59,)])
def test_what_is_on_the_screen_is_all_there_is(
    assert_alike, on_screen, descend_valley, kind, steps
):
    runs = (
        descend_valley((-3.0, 4.0), (7.0, -4.0), rate=0.03, steps=60),
        descend_valley((7.0, 4.0), name="momentum", rate=0.02, steps=60),
    )
    view, screen = on_screen(kind)
    clean = screen.seen()
    view.set_trajectories(runs)
    for step in steps:
        view.set_step(step)
        shown = screen.seen()
    assert np.any(shown != clean)
    assert_alike(shown, screen.repainted(), **SEAMS)


def test_the_probe_leaves_nothing_behind_on_the_screen(assert_alike, on_screen, valley):
    view, screen = on_screen(ContourView)
    clean = screen.seen()
    for point in np.array([(-3.0, 4.0), (7.9, 4.9), (-3.9, -4.9), (0.0, 0.0), (5.0, -2.0)]):
        view.set_probe(point, valley.gradient([point])[0])
        assert np.any(screen.seen() != clean)
    view.set_probe(None, None)
    assert_alike(screen.seen(), clean)


@pytest.mark.parametrize("kind", KINDS)
def test_the_ghost_leaves_nothing_behind_on_the_screen(
    assert_alike, on_screen, descend_valley, kind
):
    view, screen = on_screen(kind)
    view.set_trajectories((descend_valley((-3.0, 4.0), (7.0, -4.0), rate=0.03, steps=60),))
    view.set_step(20)
    clean = screen.seen()
    for ghost in ((0, 0), (1, 3), (0, 59), (1, 20), (7, 1)):
        view.set_ghost(ghost)
        assert np.any(screen.seen() != clean) == (ghost[0] < 2)
        assert_alike(screen.seen(), screen.repainted())
    view.set_ghost(None)
    assert_alike(screen.seen(), clean)


def test_the_playhead_repaints_thin_strips_only(on_screen, descend_valley):
    view, screen = on_screen(HistoryView)
    view.set_trajectories((descend_valley((-3.0, 4.0), rate=0.03, steps=60),))
    screen.seen()
    watch = PaintWatch(screen.window.viewport())
    for step in (1, 2, 3):
        view.set_step(step)
        screen.seen()
    assert len(watch.widths) == 3
    assert max(watch.widths) <= 60.0


class PaintWatch(QObject):
    """Notes how wide the parts of a widget are that are painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.widths = []
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.widths.append(event.region().boundingRect().width())
        return False


@pytest.mark.parametrize("negative", [False, True], ids=["bowl", "saddle"])
def test_axes_and_arrows_leave_nothing_behind_on_the_screen(
    assert_alike, on_screen, descend_valley, negative
):
    view, screen = on_screen(ContourView)
    landscape = preset("rosenbrock" if negative else "valley").build()
    view.set_landscape(landscape)
    view.set_trajectories((descend_valley((-3.0, 4.0), rate=0.03, steps=60),))
    clean = screen.seen()
    view.set_overlays({"eigen_directions"})
    for step in (0, 1, 30, 2, 60, 0):
        view.set_step(step)
        parts = [
            ComponentArrow("the step", "update", (0.01 * step, -0.3)),
            ComponentArrow("momentum", "momentum", (0.2, 0.1 * step)),
        ]
        view.set_components(parts if step != 2 else None)
        shown = screen.seen()
        assert np.any(shown != clean)
        assert_alike(shown, screen.repainted(), **SEAMS)
    view.set_overlays(())
    view.set_components(None)
    assert_alike(screen.seen(), clean, **SEAMS)
