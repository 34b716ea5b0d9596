"""The page of learning rates in the window: live, dragged, undone, kept."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from gdviz.engine import GradientNoise
from gdviz.experiment.whole_plane import SweepRange
from gdviz.optimizers import optimizer
from gdviz.ui.tips import topic_of
from tests.app.conftest import Hand
from tests.app.test_tooltips import complaints


class SweepHand(Hand):
    @property
    def display(self):
        return self.workbench.sweep.display

    @property
    def view(self):
        return self.display.view

    @property
    def area(self):
        return self.display.canvas.plot_area.viewport()

    @property
    def run(self):
        return self.experiment.current

    def pixel(self, x, y):
        return self._pixel(self.view, self.display.canvas, QPointF(x, y))

    def open(self):
        self.hold()
        self.click(self.screen.companions.button("sweep"))
        self.wait_map()

    def wait_map(self, check=lambda made: True):
        def ready():
            made = self.display._map
            return made is not None and made.done and check(made)

        self.qtbot.waitUntil(ready, timeout=20_000)

    def use(self, kind, **hyperparameters):
        run = replace(self.run, optimizer=optimizer(kind, **hyperparameters))
        self.workbench.editor.edit_run("Change optimizer", run)


@pytest.fixture
def hand(qtbot, workbench):
    return SweepHand(qtbot, workbench)


def test_the_page_is_made_when_it_is_first_wanted(workbench, hand):
    assert not workbench.sweep.made
    hand.open()
    assert workbench.sweep.made
    assert hand.screen.companions.page == "sweep"
    assert hand.view.map.axes[0].name == "learning_rate"
    assert hand.view.map.bounds.bound.tolist() == [[pytest.approx(0.5)]]
    assert hand.view._marks._current == (0.1,)
    hand.key(Qt.Key.Key_7)
    assert workbench.lectern.staging.stage.enlarged == "sweep"
    hand.key(Qt.Key.Key_7)
    assert workbench.lectern.staging.stage.enlarged is None
    hand.click(hand.screen.companions.button("history"))
    assert hand.screen.companions.page == "history"


def test_the_key_makes_it_and_gives_it_all_the_room(workbench, hand):
    hand.hold()
    hand.focus_views()
    hand.key(Qt.Key.Key_7)
    assert workbench.lectern.staging.stage.enlarged == "sweep"
    assert hand.display.canvas.isVisible()
    hand.wait_map()


def test_a_drag_sets_the_rate_live_and_is_one_undo_step(workbench, hand):
    hand.open()
    edits = len(hand.undo_texts)
    seen = []
    workbench.session.experiment_changed.connect(
        lambda _before, after: seen.append(after.current.optimizer.learning_rate)
    )
    computed = hand.display._map
    places = [hand.pixel(np.log10(rate), -4.0) for rate in (0.01, 0.02, 0.05, 0.2)]
    hand.drag(hand.area, *places)
    assert len(seen) >= 3
    assert hand.run.optimizer.learning_rate == seen[-1] == pytest.approx(0.2, rel=0.05)
    assert hand.number(hand.rate.entry) == seen[-1]
    assert len(hand.undo_texts) == edits + 1
    assert hand.undo_texts[-1] == "Change learning rate"
    assert hand.display._map is computed  # the map of all rates is the same
    hand.wait_computed()
    assert hand.trajectory.params[1, 0] == pytest.approx(
        np.array([-3.0, 4.0]) - seen[-1] * np.array([-10.0, 16.0])
    )
    hand.undo()
    assert hand.run.optimizer.learning_rate == 0.1
    assert hand.view._marks._current == (0.1,)


def test_a_click_on_a_map_of_two_sets_both(workbench, hand):
    hand.use("momentum", learning_rate=0.1, momentum=0.5)
    hand.open()
    hand.choose(hand.display.controls.upward, "momentum")
    hand.wait_map(lambda made: len(made.axes) == 2)
    assert not list(complaints(workbench.window))
    assert topic_of(hand.display.controls.more) == "learning-rate-maps"
    assert [one.name for one in hand.experiment.plane.sweep.ranges] == ["learning_rate", "momentum"]
    assert hand.undo_texts[-1] == "Change what is swept"
    hand.click(hand.area, hand.pixel(np.log10(0.05), 0.3))
    assert hand.undo_texts[-1] == "Change learning rate and momentum"
    assert hand.run.optimizer.learning_rate == pytest.approx(0.05, rel=0.1)
    assert hand.run.optimizer.momentum == pytest.approx(0.3, abs=0.05)
    hand.undo()
    assert hand.run.optimizer == optimizer("momentum", learning_rate=0.1, momentum=0.5)
    hand.undo()
    assert hand.experiment.plane.sweep.ranges == ()
    hand.wait_map(lambda made: len(made.axes) == 1)


def test_what_is_swept_across_cannot_be_swept_upward_too(workbench, hand):
    hand.open()
    upward = hand.display.controls.upward
    flags = {row: upward.model().index(row, 0).flags() for row in range(upward.count())}
    usable = {upward.itemData(row): Qt.ItemFlag.ItemIsEnabled in flags[row] for row in flags}
    assert not usable["learning_rate"]
    assert usable[""]
    assert usable["weight_decay"]


def test_the_map_follows_the_start_and_the_optimizer(workbench, hand):
    hand.open()
    hand.click_contour((0.0, 1.0))
    start = hand.run.start
    hand.wait_map(lambda made: made.start_loss == hand.experiment.landscape.loss([start])[0])
    hand.use("adam")
    hand.wait_map(lambda made: made.bounds is None)
    assert hand.display.controls.across.findText("beta1") > 0
    hand.use("nelder_mead")
    hand.wait_map(lambda made: made.axes[0].name == "initial_size")
    assert "Nelder" in hand.view.plot.getAxis("bottom").labelText
    assert "no learning rate" in hand.view.plot.getAxis("bottom").labelText


def test_measure_steps_and_range_are_edits(workbench, hand):
    hand.open()
    controls = hand.display.controls
    hand.choose(controls.measure, "steps to converge")
    assert hand.view.map.measure == "steps"
    controls.steps.setValue(50)
    controls.steps.editingFinished.emit()
    hand.wait_map(lambda made: made.steps == 50)
    assert hand.experiment.plane.sweep.steps == 50
    controls.more.range_picked.emit(SweepRange("learning_rate", 0.01, 0.3))
    hand.wait_map(lambda made: made.axes[0].values[0] == 0.01)
    assert hand.display.view.map.axes[0].values[-1] == 0.3
    field = controls.more.fields["learning_rate", "low"]
    field.entry.setText("-1")
    field._on_typed()
    assert "greater than 0" in field.error.text()
    controls.more.reset.click()
    assert hand.experiment.plane.sweep.ranges == ()
    assert hand.undo_texts[-4:] == [
        "Change what is measured",
        "Change steps of the sweep",
        "Change range",
        "Reset range",
    ]


def test_without_a_run_it_says_how_to_begin_and_noise_is_told(workbench, hand):
    hand.open()
    run = replace(hand.run, noise=GradientNoise(0.5, 1))
    workbench.editor.edit_run("Add noise", run)
    assert "without noise" in hand.view.plot.getAxis("bottom").labelText
    workbench.editor.clear()
    assert hand.view.notice == "No run yet. Click the landscape to start one."
    assert hand.view.map is None
    hand.click_contour((0.0, 1.0))
    hand.wait_map()
    assert hand.view.notice == ""


def test_nothing_is_computed_while_it_is_hidden(qtbot, workbench, hand):
    hand.open()
    before = hand.display._map
    hand.click(hand.screen.companions.button("history"))
    hand.click_contour((0.0, 1.0))
    hand.wait_computed()
    assert hand.display._map is before
    hand.click(hand.screen.companions.button("sweep"))
    hand.wait_map(lambda made: made is not before)


def test_hovering_over_it_marks_the_run_there(hand):
    hand.open()
    hand.move(hand.area, hand.pixel(np.log10(0.05), -4.0))
    assert hand.view._marks._hovered == hand.view.map.nearest(
        10.0
        ** hand.view.box.mapSceneToView(
            hand.display.canvas.plot_area.mapToScene(hand.pixel(np.log10(0.05), -4.0))
        ).x()
    )


@pytest.mark.parametrize("theme", ["theme_dark", "theme_light"])
def test_it_wears_the_theme(workbench, hand, theme):
    hand.open()
    workbench.actions[theme].trigger()
    assert hand.view._item._theme is workbench.theming.theme


def test_a_landscape_of_one_parameter_has_the_page_too(qtbot, open_workbench):
    workbench = open_workbench("parabola")
    hand = SweepHand(qtbot, workbench)
    hand.open()
    assert hand.view.map.bounds.bound.tolist() == [[pytest.approx(1.0)]]
