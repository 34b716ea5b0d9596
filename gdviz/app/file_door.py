"""Files into the window: chosen, dropped, or out of the list of recent ones."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from gdviz.app.opening import Opening
from gdviz.ui.actions import Actions
from gdviz.ui.landscape_panel import LandscapePanel
from gdviz.ui.main_window import MainWindow
from gdviz.ui.recent_menu import RecentMenu
from gdviz.ui.settings import Settings

__all__ = ["FileDoor"]

_MOST_RECENT = 10
_TRACK_FILTERS = "Recorded runs (*.h5 *.hdf5 *.csv *.tsv *.txt *.npy);;All files (*)"
_FILTERS = (
    "All that can be opened "
    "(*.gdviz *.csv *.tsv *.txt *.h5 *.hdf5 *.npz *.npy *.json *.yaml *.yml);;"
    "Experiments (*.gdviz);;"
    "Tables (*.csv *.tsv *.txt);;Measured surfaces and recorded runs "
    "(*.h5 *.hdf5 *.npz *.npy *.csv *.json);;Lessons (*.yaml *.yml);;All files (*)"
)


class FileDoor(QObject):
    """Asks which file to open, has it opened, and remembers it.

    Attributes
    ----------
    recent : RecentMenu
    """

    def __init__(
        self,
        window: MainWindow,
        panel: LandscapePanel,
        actions: Actions,
        opening: Opening,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._panel = panel
        self._opening = opening
        self._settings = settings
        self.recent = RecentMenu(
            *(window.submenu("Open re&cent"), actions["clear_recent"]),
            *(lambda: settings.recent, self),
        )
        self.recent.picked.connect(self.open_path)
        actions["open"].triggered.connect(self.choose_file)
        actions["open_track"].triggered.connect(self.choose_track)
        actions["clear_recent"].triggered.connect(self._forget)
        panel.data.open_wanted.connect(self.choose_file)
        window.file_dropped.connect(self.open_path)
        opening.file_opened.connect(self.remember)

    @Slot()
    def choose_file(self) -> None:
        """Ask which file to open, and open it."""
        folder = self._settings.folder
        chosen, _filter = QFileDialog.getOpenFileName(self._window, "Open", folder, _FILTERS)
        if chosen:
            self.open_path(chosen)

    @Slot()
    def choose_track(self) -> None:
        """Ask which recorded run to lay over the landscape, and do it."""
        folder = self._settings.folder
        chosen, _filter = QFileDialog.getOpenFileName(
            self._window, "Open recorded run", folder, _TRACK_FILTERS
        )
        if chosen:
            self._settings.folder = str(Path(chosen).parent)
            self._opening.open_track(Path(chosen))

    @Slot(str)
    def open_path(self, path: str) -> None:
        """Open a file as what it holds."""
        self._settings.folder = str(Path(path).parent)
        from gdviz.experiment.file import looks_like_document
        from gdviz.lessons import looks_like_lesson

        if not looks_like_lesson(path) and not looks_like_document(Path(path)):
            self._panel.show_page("data")
        self._opening.open_path(Path(path))

    @Slot(object)
    def remember(self, path: Path) -> None:
        """Put a file first in the list of recent ones."""
        known = str(path.absolute())
        others = [other for other in self._settings.recent if other != known]
        self._settings.recent = (known, *others)[:_MOST_RECENT]

    @Slot()
    def _forget(self) -> None:
        self._settings.recent = ()
