"""The page of basin maps in the window, by mouse and keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from gdviz.engine import Descent, Outcome, compute
from gdviz.experiment.basin_tasks import other_optimizer
from gdviz.experiment.whole_plane import WholePlane
from gdviz.optimizers import optimizer

LIMIT = 30_000
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot, open_workbench):
    """Open the page on Himmelblau's function, and wait for its whole map."""
    workbench = open_workbench("himmelblau")
    workbench.screen.companions.show_page("basins")
    display = workbench.basins.display
    qtbot.waitUntil(lambda: whole(display), timeout=LIMIT)
    return workbench, display


def whole(display, count=1):
    maps = display.view.maps
    settled = len(maps) == count and all(one.complete for one in maps)
    return settled and display.controls.cancel.isHidden()


def pixel_of(display, x, y):
    """Return where a point is on the view's viewport."""
    area = display.canvas.plot_area
    box = display.view.box
    return area.mapFromScene(box.mapViewToScene(QPointF(x, y)))


def click(display, x, y, keys=NO_KEYS):
    viewport = display.canvas.plot_area.viewport()
    at = pixel_of(display, x, y)
    QTest.mouseMove(viewport, at)
    QTest.mouseClick(viewport, LEFT, keys, at)


def test_the_map_is_of_the_current_runs_optimizer(page):
    workbench, display = page
    (found,) = display.view.maps
    run = workbench.session.experiment.current
    rng = np.random.default_rng(0)
    for _ in range(4):
        row, column = int(rng.integers(found.shape[0])), int(rng.integers(found.shape[1]))
        start = found.start_of(row, column)
        alone = compute(
            Descent.of(workbench.session.experiment.landscape, run.optimizer, start, 1000)
        )
        assert alone.outcome_step[0] == found.step[row, column]
        code = found.basin[row, column]
        assert (code >= 0) == (alone.outcome[0] is Outcome.CONVERGED)
        if code >= 0:
            assert np.allclose(alone.params[-1, 0], found.rests[code].point, atol=1e-4)


def test_a_click_runs_from_the_pixels_center_and_shift_adds_a_run(qtbot, page):
    workbench, display = page
    (found,) = display.view.maps
    click(display, -2.0, -2.0)
    start = workbench.session.experiment.current.start
    assert start == found.start_of(*found.place_of(start))
    assert np.hypot(start[0] + 2.0, start[1] + 2.0) < 0.2
    click(display, 2.0, 2.0, Qt.KeyboardModifier.ShiftModifier)
    assert len(workbench.session.experiment.runs) == 2


def test_the_pointer_is_told_where_it_leads(page):
    workbench, display = page
    viewport = display.canvas.plot_area.viewport()
    QTest.mouseMove(viewport, pixel_of(display, 2.9, 2.1))
    QTest.mouseMove(viewport, pixel_of(display, 3.0, 2.0))
    assert "reaches the minimum (3, 2)" in workbench.window.statusBar().currentMessage()


def test_another_learning_rate_makes_another_map_and_undoing_brings_the_first_back(qtbot, page):
    workbench, display = page
    (first,) = display.view.maps
    run = workbench.session.experiment.current
    faster = replace(run, optimizer=optimizer("gd", learning_rate=0.02))
    workbench.editor.edit_run("Change learning rate", faster)
    qtbot.waitUntil(lambda: whole(display) and display.view.maps[0] is not first, timeout=LIMIT)
    assert not np.array_equal(display.view.maps[0].step, first.step)
    workbench.session.undo_stack.undo()
    assert display.view.maps[0] is first


def test_two_optimizers_are_compared(qtbot, page):
    workbench, display = page
    display.controls.mode_picked.emit("difference")
    qtbot.waitUntil(lambda: whole(display, 2), timeout=LIMIT)
    first, second = display.view.maps
    assert second.rests[: len(first.rests)] == first.rests
    assert workbench.session.experiment.plane.basins.other == optimizer(
        "momentum", learning_rate=0.01
    )
    assert "; the second " in display.view.sentence(3.0, 2.0)
    display.controls.other_picked.emit("adam")
    assert workbench.session.experiment.plane.basins.other.key == "adam"
    display.controls.other_edited.emit("learning_rate", 0.5)
    assert workbench.session.experiment.plane.basins.other.learning_rate == 0.5
    workbench.session.undo_stack.undo()
    workbench.session.undo_stack.undo()
    workbench.session.undo_stack.undo()
    assert workbench.session.experiment.plane == WholePlane()
    qtbot.waitUntil(lambda: whole(display), timeout=LIMIT)


def test_zooming_the_map_zooms_the_landscape_and_redoes_it(qtbot, page):
    workbench, display = page
    (first,) = display.view.maps
    workbench.editor.zoom_in()
    qtbot.waitUntil(lambda: whole(display) and display.view.maps[0] is not first, timeout=LIMIT)
    (part,) = display.view.maps
    assert part.domain.width[0] < first.domain.width[0]
    assert part.rests[: len(first.rests)] == first.rests


def test_computing_can_be_stopped(qtbot, open_workbench):
    workbench = open_workbench("rosenbrock")
    workbench.screen.companions.show_page("basins")
    display = workbench.basins.display
    qtbot.waitUntil(lambda: bool(display.view.maps), timeout=LIMIT)
    QTest.mouseClick(display.controls.cancel, LEFT)
    assert display.controls.cancel.isHidden()
    assert not display.view.maps[0].complete


def test_nothing_is_computed_while_the_page_is_hidden(qtbot, page):
    workbench, display = page
    workbench.screen.companions.show_page("history")
    (first,) = display.view.maps
    run = workbench.session.experiment.current
    workbench.editor.edit_run(
        "Change learning rate", replace(run, optimizer=optimizer("gd", learning_rate=0.02))
    )
    assert display.view.maps == (first,)
    workbench.screen.companions.show_page("basins")
    qtbot.waitUntil(lambda: whole(display) and display.view.maps[0] is not first, timeout=LIMIT)


def test_one_parameter_has_a_band(qtbot, open_workbench):
    workbench = open_workbench("wiggle")
    workbench.screen.companions.show_page("basins")
    display = workbench.basins.display
    qtbot.waitUntil(lambda: whole(display), timeout=LIMIT)
    (found,) = display.view.maps
    assert found.shape[0] == 1
    assert len(found.rests) > 1
    assert display.view.sentence(found.x[3], 0.5).startswith("From ")


def test_the_second_map_has_the_optimizer_that_is_worth_comparing(open_workbench):
    experiment = open_workbench("valley").session.experiment
    assert other_optimizer(experiment)[0].key == "momentum"
    run = replace(experiment.current, optimizer=optimizer("adam", learning_rate=0.3))
    other = replace(experiment, draft=run, runs=(run,))
    assert other_optimizer(other)[0] == optimizer("gd", learning_rate=0.3)


def test_a_dragged_start_leaves_the_map_as_it_is_drawn(page, monkeypatch):
    workbench, display = page
    drawn = []
    monkeypatch.setattr(display.view, "set_maps", lambda *maps, **_how: drawn.append(maps))
    for x in (0.1, 0.2, 0.3):
        workbench.editor.drag_start(workbench.session.experiment.current.start, (x, 0.5))
    workbench.editor.settle()
    assert workbench.session.experiment.current.start == (0.3, 0.5)
    assert drawn == []


def test_what_could_not_be_computed_is_forgotten_with_the_next_map(qtbot, page):
    workbench, display = page
    display.mapper.failed.emit("there is not enough memory for this")
    assert display.view.notice
    run = workbench.session.experiment.current
    faster = replace(run, optimizer=optimizer("gd", learning_rate=0.02))
    workbench.editor.edit_run("Change learning rate", faster)
    qtbot.waitUntil(lambda: whole(display), timeout=LIMIT)
    assert not display.view.notice
