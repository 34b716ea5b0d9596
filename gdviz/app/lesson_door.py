"""Making everything of lessons when a lesson is first wanted, and not when the window opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget

from gdviz.app.opening import Opening
from gdviz.ui.learn_slot import LearnSlot
from gdviz.ui.main_window import MainWindow
from gdviz.views.theme import Theme

if TYPE_CHECKING:
    from gdviz.app.lesson_files import LessonFiles

__all__ = ["LessonDoor"]


class LessonDoor(QObject):
    """Leads to the lessons: by the action, by a file, or because the panel was left open.

    Parameters
    ----------
    window : MainWindow
    slot : LearnSlot
    action : QAction
        That opens and closes the panel.
    opening : Opening
    make : callable
        Makes the panel and all that leads through it.
    """

    def __init__(
        self,
        window: MainWindow,
        slot: LearnSlot,
        action: QAction,
        opening: Opening,
        make: Callable[[], LessonFiles],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = make
        self._files: LessonFiles | None = None
        slot.came_into_view.connect(self._on_came_into_view)
        action.triggered.connect(self._on_triggered)
        dock = window.findChild(QDockWidget, "Learn")
        assert isinstance(dock, QDockWidget)
        dock.toggleViewAction().triggered.connect(self._on_toggled)
        opening.lesson_opened.connect(self._on_lesson_opened)

    @property
    def made(self) -> bool:
        """Whether a lesson has been wanted yet."""
        return self._files is not None

    @property
    def files(self) -> LessonFiles:
        """The lessons; they are made by asking for them."""
        if self._files is None:
            self._files = self._make()
        return self._files

    def set_theme(self, theme: Theme) -> None:
        """Change the panel's colors."""
        if self._files is not None:
            self._files.panel.set_theme(theme)

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        if self._files is not None:
            self._files.learning.stop()

    @Slot()
    def _on_came_into_view(self) -> None:
        self.files.panel.show()

    @Slot()
    def _on_triggered(self) -> None:
        self.files.toggle()

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        if shown:
            self.files.make_room()

    @Slot(object)
    def _on_lesson_opened(self, lesson: object) -> None:
        from gdviz.lessons import Lesson

        assert isinstance(lesson, Lesson)
        self.files.show_lesson(lesson)
