"""A hand for the Learn panel: what a student does in a lesson, and reads off it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget

from gdviz.ui.question_box import QuestionBox
from tests.app.conftest import CONTROL, Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class LessonHand(Hand):
    """What a student does."""

    @property
    def learning(self):
        return self.workbench.lessons.files.learning

    @property
    def panel(self):
        return self.workbench.lessons.files.panel

    @property
    def page(self):
        return self.panel.page

    @property
    def dock(self):
        return self.workbench.window.findChild(QDockWidget, "Learn")

    @property
    def trajectory(self):
        """The current run's."""
        return self.workbench.conductor.of_runs[self.experiment.current_row]

    def open_panel(self):
        """Press the key for the Learn panel, and wait until a step has begun."""
        self.wait_computed()
        self.key(Qt.Key.Key_L, CONTROL | SHIFT)
        self.wait_begun(self.learning.at)

    def wait_begun(self, number):
        """Wait until a step's experiment is in the window and its playhead stands."""
        self.qtbot.waitUntil(
            lambda: self.learning.at == number and self.learning.attempt is not None,
            timeout=20_000,
        )
        self.wait_computed()
        self.qtbot.waitUntil(lambda: self.learning._stage.settled)

    def begin(self, number):
        """Click a step's number, counted from 1, and wait until it has begun."""
        self.click(self.panel.dots.buttons[number - 1])
        self.wait_begun(number - 1)

    def is_done(self):
        return self.learning.at in self.learning.done

    def wait_ticked(self, *rows):
        """Wait until these conditions, and no others, have their ticks."""
        ticked = [number in rows for number in range(len(self.page.conditions.done))]
        self.qtbot.waitUntil(lambda: self.page.conditions.done == ticked, timeout=20_000)

    def wait_done(self):
        self.qtbot.waitUntil(self.is_done, timeout=20_000)
        told = self.learning.lesson.steps[self.learning.at].done
        assert self.page.seen.isVisible() is bool(told)
        assert not told or self.page.seen.text() == told
        assert self.panel.next.objectName() == "accent"

    def question(self, number=0) -> QuestionBox:
        return self.page.questions[number]

    def answer(self, text, number=0):
        """Type an answer and press Enter."""
        self.type(self.question(number).entry, text)
        return self.question(number).reply.text()

    def watched(self, row, column):
        return self.page.watch.text(row, column)
