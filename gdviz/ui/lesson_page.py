"""What the Learn panel shows of one step, or at the end of a lesson."""

from __future__ import annotations

import re
from collections.abc import Collection

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from gdviz.lessons import Attempt, Lesson, LessonStep
from gdviz.ui.condition_list import ConditionList
from gdviz.ui.lesson_text import LessonText
from gdviz.ui.question_box import QuestionBox
from gdviz.ui.watch_table import WatchTable
from gdviz.views.theme import LIGHT, Theme

__all__ = ["LessonPage"]


class LessonPage(QScrollArea):
    """Title, text, questions, things to do, watched numbers, and what has been seen.

    Signals
    -------
    answered(int, str)
        The question's place, and what was typed or chosen.
    """

    answered = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self.heading = _wrapped("heading")
        self.prose = LessonText()
        self.questions: list[QuestionBox] = []
        self.conditions = ConditionList()
        self.watch = WatchTable()
        self.seen = _wrapped("seen")
        self._told = ""
        self._revealing = False
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(12)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.prose)
        column.addLayout(self._asked)
        for part in (self.conditions, self.watch, self.seen):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self._clear()

    def show_step(self, step: LessonStep, number: int) -> None:
        """Show a step of which nothing has been done yet."""
        self._clear()
        self.heading.setText(f"{number + 1}. {step.title}")
        self.prose.show_markdown(step.text)
        self._told = step.done
        for place, question in enumerate(step.questions):
            box = QuestionBox(question)
            box.set_theme(self._theme)
            box.answered.connect(lambda text, at=place: self.answered.emit(at, text))
            self._asked.addWidget(box)
            self.questions.append(box)
        self.conditions.set_conditions([each.words for each in step.conditions])
        self.watch.set_watched(step.watched)
        self.verticalScrollBar().setValue(0)

    def show_end(self, lesson: Lesson, done: Collection[int]) -> None:
        """Show what there is to say at the end, and what has been seen in the steps."""
        self._clear()
        left = len(lesson.steps) - len(done)
        self.heading.setText("The end" if left else "That is the whole lesson")
        parts = [lesson.closing or lesson.summary]
        if left:
            parts.append(f"{len(done)} of {len(lesson.steps)} steps are done; the others wait.")
        seen = [step for number, step in enumerate(lesson.steps) if number in done and step.done]
        if seen:
            parts.append("What you have seen:")
            parts.append(
                "\n".join(f"- **{_sentence(one.title)}** {_plain(one.done)}" for one in seen)
            )
        self.prose.show_markdown("\n\n".join(parts))
        self.verticalScrollBar().setValue(0)

    def show_attempt(self, attempt: Attempt) -> None:
        """Show what has been done, the watched numbers, and at the end what has been seen."""
        self.conditions.show_held(attempt.held)
        self.watch.show_attempt(attempt)
        if attempt.done and self._told and self.seen.isHidden():
            self.seen.setText(self._told)
            self.seen.show()
            self._revealing = True  # when its room has been found, for it has none yet

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.conditions.set_theme(theme)
        for box in self.questions:
            box.set_theme(theme)

    @Slot()
    def _on_range_changed(self, *_: object) -> None:
        if self._revealing:
            self.ensureWidgetVisible(self.seen, 0, 8)

    def _clear(self) -> None:
        self._revealing = False
        for box in self.questions:
            self._asked.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.questions = []
        self.conditions.set_conditions([])
        self.watch.set_watched(())
        self.seen.hide()


def _sentence(title: str) -> str:
    """Return a title that more words may follow."""
    return _plain(title if title.endswith((".", "?", "!")) else f"{title}.")


def _plain(text: str) -> str:
    """Return a text such that Markdown leaves it alone."""
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)


def _wrapped(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
