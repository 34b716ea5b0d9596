"""A hand for windows with several runs: what it does to the list, and what it reads off it."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit

from gdviz.engine.diagnosis import diagnose
from gdviz.optimizers import CONSTANT
from gdviz.ui.run_list_model import Column
from tests.app.conftest import CONTROL, LEFT, NO_KEYS, Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class RunHand(Hand):
    """What a user does with a list of runs."""

    # --- what is there ---

    @property
    def runs(self):
        return self.experiment.runs

    @property
    def selection(self):
        return self.experiment.selection

    @property
    def starts(self):
        return [run.start for run in self.runs]

    @property
    def of_runs(self):
        return self.workbench.conductor.of_runs

    @property
    def trajectory(self):
        """The current run's."""
        return self.of_runs[self.experiment.current_row]

    @property
    def table(self):
        return self.screen.run_list.table

    @property
    def names(self):
        """What the list calls its rows."""
        model = self.table.model()
        return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]

    @property
    def name_editor(self):
        return self.table.viewport().findChild(QLineEdit)

    @property
    def counter_text(self):
        return self.screen.playback.counter

    def dock(self, title):
        return self.workbench.window.findChild(QDockWidget, title)

    # --- what is done ---

    def click_with(self, keys, widget, at):
        """Click a place of a widget while keys are held."""
        window = widget.window()
        pixel = widget.mapTo(window, at)
        QTest.mouseMove(window.windowHandle(), pixel)
        QTest.mouseClick(window.windowHandle(), LEFT, keys, pixel)

    def add_start(self, params):
        """Shift+click the landscape."""
        self.click_with(SHIFT, self.contour_area, self.contour_pixel(params))

    def click_run(self, row, column=Column.NAME, keys=NO_KEYS):
        QApplication.processEvents()
        index = self.table.model().index(row, column)
        self.table.scrollTo(index)
        at = self.table.visualRect(index).center()
        self.click_with(keys, self.table.viewport(), at)

    def drag_start(self, start, *offsets):
        """Drag what starts at `start` through pixels away from there."""
        begin = self.contour_pixel(start)
        self.drag(self.contour_area, begin, *(begin + offset for offset in offsets))
        return self.contour_params(begin + offsets[-1])

    def race(self):
        """Press the race key and wait until they have started."""
        before = self.experiment
        self.key(Qt.Key.Key_R, CONTROL | SHIFT)
        self.qtbot.waitUntil(lambda: self.experiment != before, timeout=20_000)
        self.wait_computed()

    def redo(self):
        self.key(Qt.Key.Key_Z, CONTROL | SHIFT)

    def there_and_back(self, before):
        """Undo what was done since `before` in one step, and redo it."""
        after = self.experiment
        assert after != before
        self.undo()
        assert self.experiment == before
        self.redo()
        assert self.experiment == after

    def activate(self):
        """Give the keys back to the window after a menu or a dialog, as window managers do."""
        window = self.workbench.window
        with self.qtbot.waitActive(window):
            window.activateWindow()

    def leave(self):
        """Move the mouse to where nothing is hovered."""
        self.move(self.screen.playback, QPoint(3, 3))
        QApplication.processEvents()

    # --- what is shown ---

    def _traces(self):
        screen = self.screen
        return (
            screen.contour._traces,
            screen.curve._traces,
            screen.data._model._traces,
            screen.history._traces,
        )

    def colors_shown(self):
        """Return the colors of the runs that all views draw, in the list's order."""

        def told():
            return {tuple(t.look.color for t in traces) for traces in self._traces()}

        # While runs arrive one by one, views may agree on some of them.
        conductor = self.workbench.conductor
        self.qtbot.waitUntil(lambda: not conductor.computing and len(told()) == 1)
        (colors,) = told()
        return list(colors)

    def step_shown_everywhere(self):
        """Return the step on the screen; fails unless everything shows the same one."""
        step, _total = self.counter
        assert step == self.workbench.conductor.step_at(self.player.record)
        assert self.screen.playback.slider.value() == self.player.record
        screen = self.screen
        shown = (
            screen.contour._marks._step,
            screen.contour._paths._step,
            screen.curve._item._step,
            screen.data._model._step,
            screen.history._step,
            screen.numbers._step,
        )
        assert set(shown) == {step}
        at = self.trajectory.record_at(min(step, self.trajectory.last_step[0]))
        assert self.numbers() == self.expected_numbers(at)
        return step

    def verdict_of(self, row):
        run = self.runs[row]
        return diagnose(
            self.experiment.landscape,
            run.optimizer,
            self.of_runs[row],
            noisy=run.noise is not None,
            scheduled=run.schedule != CONSTANT,
        )

    def wait_verdict(self):
        """Wait until the verdict is the current run's; return it."""
        self.wait_computed()
        verdict = self.verdict_of(self.experiment.current_row)
        self.qtbot.waitUntil(lambda: self.screen.verdict._verdict == verdict)
        return verdict

    def check_current(self, row):
        """Fail unless all panels show the run of a row."""
        self.hold()
        run, screen = self.runs[row], self.screen
        assert self.experiment.current_row == row
        assert self.table.selection[0] == row
        assert screen.run_panel.optimizer.currentData() == run.optimizer.key
        if run.optimizer.has_learning_rate():
            assert self.rate.value == run.optimizer.learning_rate
        assert self.steps.value == run.steps
        assert [self.field(f"start {axis}").value for axis in range(2)] == list(run.start)
        assert self.outcome == self.trajectory.sentence()
        step = self.step_shown_everywhere()
        at = self.trajectory.record_at(min(step, self.trajectory.last_step[0]))
        if self.experiment.is_shown(row):
            assert np.array_equal(screen.curve.point, self.trajectory.params[at, 0])
        model = screen.numbers.grid.model()
        self.qtbot.waitUntil(lambda: model._trajectory is self.trajectory)
        assert model.rowCount() == self.trajectory.last_step[0] + 1
        self.wait_verdict()
        if self.dock("Update").widget().isVisible() and step < self.trajectory.last_step[0]:
            assert screen.update.title == f"Step {step:,} → {step + 1:,}"


def with_three_runs(hand):
    """Give a hand two runs of gradient descent and one of momentum, the last one selected."""
    hand.hold()
    hand.add_start((2.0, 2.0))
    hand.add_start((4.0, -2.0))
    hand.choose(hand.screen.run_panel.optimizer, "Momentum")
    hand.focus_views()
    hand.hold()
    hand.key(Qt.Key.Key_End)
    assert [run.optimizer.key for run in hand.runs] == ["gd", "gd", "momentum"]
    assert [run.color for run in hand.runs] == [0, 1, 2]
    return hand
