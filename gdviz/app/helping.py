"""What the Help menu opens, made when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from gdviz import __version__
from gdviz.app.screen import Screen
from gdviz.app.theming import Theming
from gdviz.app.topics import tie_topics
from gdviz.ui.actions import Actions
from gdviz.ui.panel_tips import PanelTips
from gdviz.ui.tips import topic_of
from gdviz.views.theme import Theme

if TYPE_CHECKING:
    from gdviz.help import Library
    from gdviz.ui.help_window import HelpWindow
    from gdviz.ui.whats_this import WhatsThis

__all__ = ["Helping"]


class Helping(QObject):
    """Opens the help, at a topic or where it was left.

    Attributes
    ----------
    window : HelpWindow or None
        None until somebody has asked for it.
    """

    def __init__(
        self,
        screen: Screen,
        actions: Actions,
        theming: Theming,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._main = screen.window
        self._actions = actions
        self._theming = theming
        tie_topics(screen)
        PanelTips(screen.window)
        self.window: HelpWindow | None = None
        theming.theme_changed.connect(self._on_theme_changed)
        screen.window.closing.connect(self._close)
        for key, act in (
            ("help", self._on_help),
            ("whats_this", self._on_whats_this),
            ("about", self._on_about),
        ):
            actions[key].triggered.connect(act)

    @cached_property
    def library(self) -> Library:
        """All topics."""
        from gdviz.help import load_library
        from gdviz.help.optimizers_page import optimizers_topic
        from gdviz.ui.keys_topic import keys_topic

        return load_library([keys_topic(), optimizers_topic()], self._actions)

    @cached_property
    def whats_this(self) -> WhatsThis:
        """The mode in which a click explains."""
        from gdviz.ui.whats_this import WhatsThis

        made = WhatsThis(self.library, self._main)
        made.topic_wanted.connect(self.open)
        return made

    @Slot(str)
    def open(self, topic: str = "") -> None:
        """Open the help at a topic; without one, where it was left."""
        if self.window is None:
            from gdviz.ui.help_window import HelpWindow

            self.window = HelpWindow(self.library)
            self.window.set_theme(self._theming.theme)
        if topic:
            self.window.show_topic(topic)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.window.search.setFocus()

    @Slot()
    def _on_help(self) -> None:
        """Open the help where it was left, or in a dialog at what that is about."""
        dialog = QApplication.activeModalWidget()
        self.open(topic_of(QApplication.focusWidget() or dialog) if dialog is not None else "")

    @Slot()
    def _on_whats_this(self) -> None:
        self.whats_this.enter()

    @Slot()
    def _on_about(self) -> None:
        QMessageBox.about(
            self._main,
            "About gdviz",
            f"<b>gdviz {__version__}</b><p>Explore loss landscapes and the optimizers that "
            "descend them.</p><p>MIT license. Font: Inter (OFL). Icons: Lucide (ISC).</p>",
        )

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        if self.window is not None:
            self.window.set_theme(theme)

    @Slot()
    def _close(self) -> None:
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
