"""Filling the screen for an audience, and coming back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.text_size import TextSize
from gdviz.app.theming import Theming
from gdviz.ui.actions import Actions
from gdviz.ui.caption import Caption
from gdviz.ui.key_overlay import KeyOverlay
from gdviz.ui.keys_dialog import KeysDialog
from gdviz.ui.main_window import MainWindow
from gdviz.ui.settings import Layout
from gdviz.ui.stage import Stage

__all__ = ["Presentation"]

_EVERY_MS, _PATIENCE_MS = 40, 1500


class Presentation(QObject):
    """A mode in which the views fill the screen, in large letters and strong colors.

    Menus, toolbar, panels and status bar are away, and exactly where they were afterwards.
    Everything stays on its key.

    Parameters
    ----------
    window : MainWindow
    actions : Actions
    caption : Caption
        The line that is shown in the mode only.
    theming : Theming
    text_size : TextSize
    stage : Stage
    conductor : Conductor
    parent : QObject, optional

    Signals
    -------
    changed(bool)
        The mode has begun, or ended.
    """

    changed = Signal(bool)

    def __init__(
        self,
        window: MainWindow,
        actions: Actions,
        caption: Caption,
        theming: Theming,
        text_size: TextSize,
        stage: Stage,
        conductor: Conductor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._action = actions["present"]
        self._caption = caption
        self._theming = theming
        self._text_size = text_size
        self._stage = stage
        self._conductor = conductor
        self._kept: _Kept | None = None
        self._coming_back: _Kept | None = None
        self._later_once = False
        center = window.centralWidget()
        assert center is not None
        self.overlay = KeyOverlay(center)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_EVERY_MS)
        self._later.timeout.connect(self._put_back)
        self._given_up = QTimer(self)
        self._given_up.setSingleShot(True)
        self._given_up.setInterval(_PATIENCE_MS)
        self._given_up.timeout.connect(self._forget)
        self._action.triggered.connect(self.toggle)
        window.installEventFilter(self)
        center.installEventFilter(self)

    @property
    def on(self) -> bool:
        """Whether the mode is on."""
        return self._kept is not None

    @property
    def layout(self) -> Layout:
        """The window's layout outside the mode, which is to be remembered."""
        kept = self._kept or self._coming_back
        return Layout.of(self._window) if kept is None else kept.layout

    @Slot()
    def toggle(self) -> None:
        """Begin to present, or end it."""
        if self.on:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Fill the screen."""
        if self.on:
            return
        self._forget()
        self._window.setAnimated(False)  # what moves has no size to be remembered
        self._kept = _Kept(self._window, self._stage.enlarged)
        self._window.show_alone(True)
        self._caption.show()
        self._theming.set_contrast(True)
        self._text_size.present(True, self._window.screen().size().height())
        self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowFullScreen)
        self._action.setChecked(True)
        self.changed.emit(True)

    def leave(self) -> None:
        """Go back to the window as it was."""
        kept = self._kept
        if kept is None:
            return
        self.overlay.dismiss()
        self._kept = None
        self._caption.hide()
        self._text_size.present(False)
        self._theming.set_contrast(False)
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowFullScreen)
        if not self._window.isMaximized():
            self._window.setGeometry(kept.place)  # where no window manager does that
        self._window.show_alone(False)
        self._stage.enlarge(kept.enlarged)
        self._coming_back = kept
        self._later_once = False
        self._given_up.start()
        self._put_back()
        self._action.setChecked(False)
        self.changed.emit(False)

    def escape(self) -> None:
        """Stop what is being computed; else leave the mode; else show all views."""
        if self._conductor.computing:
            self._conductor.cancel()
        elif self.on:
            self.leave()
        else:
            self._stage.enlarge(None)

    def show_keys(self) -> None:
        """List the keys, over the picture when presenting."""
        if self.on:
            self.overlay.open()
        else:
            KeysDialog(self._window).exec()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self._coming_back is not None:
            self._later.start()  # a window manager takes its time
        return super().eventFilter(watched, event)

    @Slot()
    def _put_back(self) -> None:
        """Put panels and views back, until they stay: panels learn of smaller letters later."""
        kept = self._coming_back
        if kept is None:
            return
        if self._later_once and self._shares() == (kept.place.size(), kept.docks, kept.sizes):
            self._forget()
        else:
            kept.layout.restore_panels(self._window)
            self._window.set_split_sizes(kept.sizes)
            self._later_once = True
            self._later.start()

    def _shares(self) -> tuple[QSize, list[QSize], list[list[int]]]:
        window = self._window
        return window.size(), window.dock_sizes(), window.split_sizes()

    @Slot()
    def _forget(self) -> None:
        """Leave what the user does with the window from now on alone."""
        self._given_up.stop()
        self._later.stop()
        self._coming_back = None
        self._window.setAnimated(True)


class _Kept:
    """A window as it was before."""

    def __init__(self, window: MainWindow, enlarged: str | None) -> None:
        self.layout = Layout.of(window)
        self.place: QRect = window.geometry()
        self.docks, self.sizes = window.dock_sizes(), window.split_sizes()
        self.enlarged = enlarged
