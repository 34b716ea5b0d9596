"""Lessons as files: choosing, opening, reading again, saving a copy; and room for the panel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDockWidget, QFileDialog

from gdviz.app.learning import Learning
from gdviz.app.opening import Opening
from gdviz.errors import UserError
from gdviz.lessons import Lesson, shipped_lessons
from gdviz.ui.learn_panel import LearnPanel
from gdviz.ui.main_window import MainWindow
from gdviz.ui.settings import Settings
from gdviz.whole_file import whole_file

__all__ = ["LessonFiles"]

_FILTERS = "Lessons (*.yaml *.yml);;All files (*)"
_ENOUGH = 1600
_WIDTH, _WIDE = 320, 400
_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea


class LessonFiles(QObject):
    """Opens and closes the Learn panel, and says which lesson is in it.

    In a window that is too narrow for one more column, the panels at the left make room while
    the lesson is open, and come back when it is closed.

    Attributes
    ----------
    panel : LearnPanel
    learning : Learning
    """

    def __init__(
        self,
        window: MainWindow,
        panel: LearnPanel,
        learning: Learning,
        opening: Opening,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self.panel = panel
        self.learning = learning
        self._opening = opening
        self._settings = settings
        dock = window.findChild(QDockWidget, "Learn")
        assert isinstance(dock, QDockWidget)
        self._dock = dock
        dock.visibilityChanged.connect(self._on_visibility_changed)
        opening.refused.connect(self._on_refused)
        learning.lesson_shown.connect(self._on_lesson_shown)
        panel.lesson_picked.connect(self._on_picked)
        panel.menu_actions["open"].triggered.connect(self.choose_file)
        panel.menu_actions["reread"].triggered.connect(self.read_again)
        panel.menu_actions["copy"].triggered.connect(self.save_copy)

    def toggle(self) -> None:
        """Open the panel and begin where one was last, or close it."""
        if not self._dock.isHidden():
            self._dock.hide()
            return
        if self.learning.lesson is None:
            self.learning.open_last(begin=False)
        self.make_room()
        if self.learning.attempt is None:
            self.learning.begin_again()

    def make_room(self) -> None:
        """Show the panel; in a narrow window, the others at its side make room for it."""
        narrow = self._window.width() < _ENOUGH
        aside = [dock for dock in self._window.docks_at(_LEFT) if dock is not self._dock]
        if narrow and aside:
            aside.sort(key=lambda dock: dock.widget().isVisible())  # the front tabs last
            self._settings.aside = [dock.windowTitle() for dock in aside]
            for dock in aside:
                dock.hide()
        self._dock.show()
        width = _WIDTH if narrow else _WIDE
        self._window.resizeDocks([self._dock], [width], Qt.Orientation.Horizontal)
        self._dock.raise_()

    def show_lesson(self, lesson: Lesson) -> None:
        """Open the panel with a lesson."""
        if self._dock.isHidden():
            self.make_room()
        self.learning.open(lesson)

    def choose_file(self) -> None:
        """Ask which lesson to open, and open it."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window, "Open lesson", self._settings.folder, _FILTERS
        )
        if chosen:
            self._settings.folder = str(Path(chosen).parent)
            self._opening.open_path(Path(chosen))

    def read_again(self) -> None:
        """Read the lesson's file again."""
        lesson = self.learning.lesson
        if lesson is not None:
            self._opening.open_path(lesson.path)

    def save_copy(self) -> None:
        """Ask where to save a copy of the lesson's file, and save it."""
        lesson = self.learning.lesson
        if lesson is None:
            return
        suggested = Path(self._settings.folder) / f"my-{lesson.path.name}"
        chosen, _filter = QFileDialog.getSaveFileName(
            self._window, "Save a copy of the lesson", str(suggested), _FILTERS
        )
        if chosen:
            self._settings.folder = str(Path(chosen).parent)
            self._write_copy(lesson.path, Path(chosen))

    def _write_copy(self, source: Path, to: Path) -> None:
        try:
            with whole_file(to) as file:
                file.write(source.read_bytes())
        except (OSError, UserError) as error:
            self.panel.show_message(str(error), mistake=True)
            return
        self._window.show_message(f"Saved {to.name}. Edit it in any text editor, and open it here.")

    @Slot(str)
    def _on_picked(self, path: str) -> None:
        lesson = self.learning.lesson
        if lesson is None or path != str(lesson.path):
            self._opening.open_path(Path(path))

    @Slot(bool)
    def _on_visibility_changed(self, _visible: bool) -> None:
        if self._dock.isHidden() and self._settings.aside:
            titles, self._settings.aside = self._settings.aside, ()
            for title in titles:
                dock = self._window.findChild(QDockWidget, title)
                if isinstance(dock, QDockWidget):
                    dock.show()
                    dock.raise_()

    @Slot(object)
    def _on_lesson_shown(self, lesson: Lesson) -> None:
        titles = {str(path): path.stem.replace("-", " ").capitalize() for path in shipped_lessons()}
        titles[str(lesson.path)] = lesson.title
        self.panel.set_lessons(titles, str(lesson.path))

    @Slot(str, object)
    def _on_refused(self, whose: str, error: UserError | str) -> None:
        if whose == "file" and not self._dock.isHidden():
            self.panel.show_message(str(error), mistake=True)
