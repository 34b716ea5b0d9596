"""The Learn panel: a lesson, step by step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.lessons import Attempt, Lesson
from gdviz.ui.choice_box import ChoiceBox
from gdviz.ui.icons import icon
from gdviz.ui.lesson_dots import LessonDots
from gdviz.ui.lesson_page import LessonPage
from gdviz.views.theme import LIGHT, Theme

__all__ = ["LearnPanel"]

_AGAIN = "Bring back this step's experiment as it was prepared, and begin it anew."
_MENU = (
    ("open", "Open lesson…", "Open a lesson file (.yaml), your own or a colleague's."),
    ("reread", "Read the file again", "Show what has been changed in the lesson's file since."),
    ("copy", "Save a copy…", "Save this lesson's file, to edit it into a lesson of your own."),
)


class LearnPanel(QFrame):
    """Shows a lesson and tells what the student wants; it changes nothing itself.

    Attributes
    ----------
    chooser : ChoiceBox
    menu_actions : dict of str to QAction
        ``"open"``, ``"reread"`` and ``"copy"``.
    dots : LessonDots
    page : LessonPage
    back, next : QPushButton
    again : QToolButton

    Signals
    -------
    step_picked(int)
        Go to a step and begin it; the number of steps for the lesson's end.
    again_wanted()
        Begin the step that is shown.
    answered(int, str)
    lesson_picked(str)
        The path of a lesson of the chooser.
    came_into_view()
    went_out_of_view()
    """

    step_picked = Signal(int)
    again_wanted = Signal()
    answered = Signal(int, str)
    lesson_picked = Signal(str)
    came_into_view = Signal()
    went_out_of_view = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._steps = 0
        self._at = 0
        self._done: frozenset[int] = frozenset()
        self._theme = LIGHT
        self.chooser = ChoiceBox("Lesson", "Which lesson is shown.")
        self.chooser.activated.connect(self._on_chosen)
        self.menu_actions: dict[str, QAction] = {}
        self.more = self._menu_button()
        self.dots = LessonDots()
        self.page = LessonPage()
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.hide()
        self.back = QPushButton("&Back")
        self.back.setToolTip("Go to the step before and begin it.")
        self.again = QToolButton()
        self.again.setIconSize(QSize(18, 18))
        self.next = QPushButton("&Next")
        for button in (self.back, self.again, self.next, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # or Space would press them again
        self.back.clicked.connect(lambda: self.step_picked.emit(self._at - 1))
        self.next.clicked.connect(self._on_next)
        self.again.clicked.connect(self.again_wanted)
        self.dots.step_picked.connect(self.step_picked)
        self.page.answered.connect(self.answered)
        self._lay_out()
        self.show_begun(False)

    def set_lessons(self, titles: Mapping[str, str], current: str) -> None:
        """Offer lessons by the paths of their files."""
        self.chooser.clear()
        for path, title in titles.items():
            self.chooser.add_choice(title, path, path)
        self.chooser.show_choice(current)

    def show_step(self, lesson: Lesson, at: int, done: Collection[int]) -> None:
        """Show a step, or the lesson's end where there is no such step."""
        self._steps, self._at, self._done = len(lesson.steps), at, frozenset(done)
        self.dots.set_steps([step.title for step in lesson.steps])
        self.show_message("")
        if at < self._steps:
            self.page.show_step(lesson.steps[at], at)
        else:
            self.page.show_end(lesson, self._done)
        self.again.setEnabled(at < self._steps)
        self._order_tabs()
        self._show_progress()

    def show_done(self, done: Collection[int]) -> None:
        """Show which steps are done."""
        if frozenset(done) != self._done:
            self._done = frozenset(done)
            self._show_progress()

    def show_begun(self, begun: bool) -> None:
        """Show whether this step's experiment is in the window."""
        words = "Start again" if begun else "Start"
        self.again.setToolTip(_AGAIN)
        self.again.setAccessibleName(f"{words}: this step")

    def show_attempt(self, attempt: Attempt) -> None:
        """Show what has been done of the step."""
        self.page.show_attempt(attempt)

    def show_reply(self, number: int, kind: str, words: str) -> None:
        """Tell what is said to a question's answer; see `QuestionBox.show_reply`."""
        if number < len(self.page.questions):
            self.page.questions[number].show_reply(kind, words)

    def show_message(self, words: str, *, mistake: bool = False) -> None:
        """Say something between the step and the buttons, or nothing."""
        name = "error" if mistake else "muted"
        if self.message.objectName() != name:
            self.message.setObjectName(name)
            self.message.style().unpolish(self.message)
            self.message.style().polish(self.message)
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.page.set_theme(theme)
        self.again.setIcon(icon("rotate-ccw", theme))
        self.more.setIcon(icon("ellipsis", theme))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.came_into_view.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.went_out_of_view.emit()

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom, though some of it was made only now."""
        answers = [each for box in self.page.questions for each in box.focus_chain()]
        chain = [self.chooser, self.more, *self.dots.buttons, *answers]
        for one, other in pairwise([*chain, self.back, self.again, self.next]):
            QWidget.setTabOrder(one, other)

    def _show_progress(self) -> None:
        at, steps = self._at, self._steps
        self.dots.show_progress(at, self._done)
        self.back.setEnabled(at > 0)
        self.next.setEnabled(at < steps)
        self.next.setText("Fi&nish" if at == steps - 1 else "&Next")
        done = at in self._done
        self.next.setToolTip(
            "Go to the next step and begin it."
            if done
            else "Go on, though there is something left to do here; you can come back."
        )
        name = "accent" if done and at < steps else ""
        if self.next.objectName() != name:
            self.next.setObjectName(name)
            self.next.style().unpolish(self.next)
            self.next.style().polish(self.next)

    @Slot()
    def _on_next(self) -> None:
        self.step_picked.emit(self._at + 1)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self.lesson_picked.emit(str(self.chooser.itemData(row)))

    def _menu_button(self) -> QToolButton:
        button = QToolButton()
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName("More about lessons")
        button.setToolTip("Open a lesson file, or save a copy of this one to edit.")
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for key, text, tip in _MENU:
            action = menu.addAction(text)
            action.setToolTip(tip)
            self.menu_actions[key] = action
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(12, 12, 8, 8)
        top.setSpacing(4)
        top.addWidget(self.chooser, 1)
        top.addWidget(self.more)
        middle = QHBoxLayout()
        middle.setContentsMargins(12, 0, 12, 4)
        middle.addWidget(self.dots)
        told = QHBoxLayout()
        told.setContentsMargins(12, 0, 12, 0)
        told.addWidget(self.message)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.setSpacing(4)
        foot.addWidget(self.back)
        foot.addWidget(self.again)
        foot.addWidget(self.next, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(middle)
        layout.addWidget(self.page, 1)
        layout.addLayout(told)
        layout.addLayout(foot)
