"""A lesson in the window: beginning its steps, noticing what is done, remembering it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.app.lesson_stage import LessonStage
from gdviz.app.observer import Observer
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.lessons import (
    Attempt,
    Lesson,
    Observed,
    prepared,
    read_lesson,
    shipped_lessons,
)
from gdviz.session.opener import Opener
from gdviz.ui.learn_panel import LearnPanel
from gdviz.ui.settings import Settings

__all__ = ["Learning"]

_ELSEWHERE = (
    "Another landscape is in view. The round arrow below brings this step's experiment back."
)
_NOT_BEGUN = "The round arrow below brings this step's experiment into the window."


class Learning(QObject):
    """Leads through a lesson in the Learn panel.

    Every step's experiment is prepared in a thread, and comes into the window as one edit
    that can be undone; what has been seen ahead is at once there.

    Signals
    -------
    lesson_shown(Lesson)
        Another lesson is in the panel, or the same one read anew.
    """

    lesson_shown = Signal(object)

    def __init__(
        self,
        panel: LearnPanel,
        stage: LessonStage,
        observer: Observer,
        opener: Opener,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._stage = stage
        self._observer = observer
        self._opener = opener
        self._settings = settings
        self._lesson: Lesson | None = None
        self._at = 0
        self._done: frozenset[int] = frozenset()
        self._begun: Experiment | None = None
        self._attempt: Attempt | None = None
        self._ready: dict[int, Experiment] = {}
        self._wanted: int | None = None
        self._elsewhere = False
        self._panel.step_picked.connect(self.begin)
        self._panel.again_wanted.connect(self.begin_again)
        self._panel.answered.connect(self.answer)
        self._panel.came_into_view.connect(self._on_came_into_view)
        self._panel.went_out_of_view.connect(lambda: observer.watch(False))
        observer.seen.connect(self._on_seen)
        opener.opened.connect(self._on_opened)
        opener.failed.connect(self._on_failed)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is shown."""
        return self._lesson

    @property
    def at(self) -> int:
        """The place of the step that is shown; the number of steps at the lesson's end."""
        return self._at

    @property
    def done(self) -> frozenset[int]:
        """The places of the steps that are done."""
        return self._done

    @property
    def attempt(self) -> Attempt | None:
        """What has been done of the step that is shown; None if it has not begun."""
        return self._attempt

    def open(self, lesson: Lesson, *, begin: bool = True) -> None:
        """Show a lesson where one was in it last, and begin that step."""
        self._lesson = lesson
        self._ready, self._wanted = {}, None
        steps = len(lesson.steps)
        at, done = self._settings.learned(_key_of(lesson.path))
        self._at, self._done = min(at, steps), frozenset(each for each in done if each < steps)
        self._settings.lesson = str(lesson.path)
        self._show()
        self.lesson_shown.emit(lesson)
        if begin:
            self.begin(self._at)

    def open_last(self, *, begin: bool) -> None:
        """Open the lesson that was open last, or the first one there is."""
        path = Path(self._settings.lesson)
        try:
            lesson = read_lesson(path if self._settings.lesson and path.is_file() else _first())
        except UserError as error:
            lesson = read_lesson(_first())
            self.open(lesson, begin=begin)
            self._panel.show_message(str(error), mistake=True)
            return
        self.open(lesson, begin=begin)

    @Slot(int)
    def begin(self, number: int) -> None:
        """Show a step and bring its experiment into the window."""
        lesson = self._lesson
        if lesson is None:
            return
        self._at = min(max(number, 0), len(lesson.steps))
        self._wanted = None
        self._show()
        self._keep()
        if self._at == len(lesson.steps):
            return
        experiment = self._ready.get(self._at)
        if experiment is not None:
            self._start(experiment)
            return
        self._panel.show_message("Preparing this step…")
        self._prepare(self._at)
        self._wanted = self._at

    @Slot()
    def begin_again(self) -> None:
        """Begin the step that is shown anew."""
        self.begin(self._at)

    @Slot(int, str)
    def answer(self, number: int, text: str) -> None:
        """Take an answer to one of the step's questions."""
        lesson = self._lesson
        if lesson is None or self._at >= len(lesson.steps):
            return
        step = lesson.steps[self._at]
        question = step.questions[number]
        try:
            right = question.is_right(text)
        except UserError as error:
            self._panel.show_reply(number, "unclear", str(error))
            return
        if right:
            self._panel.show_reply(number, "right", question.right or "Right.")
        else:
            self._panel.show_reply(number, "wrong", f"Not quite. {question.hint}".strip())
        self._attempt = (self._attempt or Attempt.of(step)).answered(number, right=right)
        self._look()

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        self._observer.watch(False)
        self._opener.stop()

    def _show(self) -> None:
        """Show a step of which nothing has been done in this window yet."""
        assert self._lesson is not None
        self._begun = self._attempt = None
        self._stage.leave()
        self._elsewhere = False
        self._observer.watch(False)
        self._panel.show_step(self._lesson, self._at, self._done)
        self._panel.show_begun(False)
        if self._at < len(self._lesson.steps):
            self._panel.show_message(_NOT_BEGUN)

    def _prepare(self, number: int) -> None:
        lesson = self._lesson
        assert lesson is not None
        self._opener.request(lambda _told: prepared(lesson, number), (lesson, number))

    def _start(self, experiment: Experiment) -> None:
        """Bring a prepared experiment into the window, with the playhead where it is to be."""
        lesson = self._lesson
        assert lesson is not None
        step = lesson.steps[self._at]
        self._begun, self._attempt = experiment, Attempt.of(step)
        self._stage.show(experiment, step)
        self._panel.show_begun(True)
        self._panel.show_message("")
        self._observer.begin()
        self._look()
        self._observer.watch(self._panel.isVisible())
        if self._at + 1 < len(lesson.steps) and self._at + 1 not in self._ready:
            self._prepare(self._at + 1)

    def _look(self) -> None:
        self._on_seen(self._observer.snapshot())

    @Slot(object)
    def _on_seen(self, observed: Observed) -> None:
        begun, attempt = self._begun, self._attempt
        if attempt is None or not self._stage.settled:
            return
        if begun is not None:
            elsewhere = not _is_of(observed.experiment, begun)
            if elsewhere != self._elsewhere:
                self._elsewhere = elsewhere
                self._panel.show_message(_ELSEWHERE if elsewhere else "")
            if not elsewhere:
                attempt = attempt.observed(observed)
        self._attempt = attempt
        self._panel.show_attempt(attempt)
        if attempt.done and self._at not in self._done:
            self._done |= {self._at}
            self._keep()
            self._panel.show_done(self._done)

    def _keep(self) -> None:
        if self._lesson is not None:
            self._settings.keep_learned(_key_of(self._lesson.path), self._at, self._done)

    @Slot(object, object)
    def _on_opened(self, experiment: Experiment, note: tuple[Lesson, int]) -> None:
        lesson, number = note
        if lesson is not self._lesson:
            return
        self._ready[number] = experiment
        if number == self._wanted:
            self._start(experiment)

    @Slot(str, object)
    def _on_failed(self, reason: str, note: tuple[Lesson, int]) -> None:
        lesson, number = note
        if lesson is self._lesson and number == self._wanted:
            self._wanted = None
            self._panel.show_message(reason, mistake=True)

    @Slot()
    def _on_came_into_view(self) -> None:
        if self._lesson is None:
            self.open_last(begin=False)
        self._observer.watch(self._attempt is not None)


def _first() -> Path:
    return shipped_lessons()[0]


def _key_of(path: Path) -> str:
    """Return by what a lesson's progress is remembered."""
    if path in shipped_lessons():
        return path.stem
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]


def _is_of(experiment: Experiment, begun: Experiment) -> bool:
    """Tell whether an experiment is on the landscape with which the step began."""
    one, other = experiment.landscape, begun.landscape
    return type(one) is type(other) and (one.name, one.parameters) == (other.name, other.parameters)
