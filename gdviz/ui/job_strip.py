"""What is being made in the background, in the status bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain, set_topic

__all__ = ["JobStrip"]

_BAR, _NAME, _TIME = 120, 200, 110
_PARTS = 1000


class JobStrip(QWidget):
    """A file's name, how much of it is made, how long it takes, and a button that stops it.

    When it is made, the strip leads to its folder until it is dismissed.

    Signals
    -------
    cancel_wanted()
    folder_wanted(Path)
        The folder in which a file lies is to be opened.
    """

    cancel_wanted = Signal()
    folder_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        set_topic(self, "export")
        self.setAccessibleName("Export in the background")
        self._path = Path()
        self.name = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the export")
        explain(self.bar, "How much of the file has been made so far.")
        self.time = QLabel()
        self.time.setObjectName("muted")
        self.cancel = _button("Cancel", "Stop making this file; nothing of it is left behind.")
        self.folder = _button("Open folder", "Show the folder in which the file lies.")
        self.close_button = _button("Close", "Take this message away; the file stays.")
        self.cancel.clicked.connect(self.cancel_wanted)
        self.folder.clicked.connect(lambda: self.folder_wanted.emit(self._path))
        self.close_button.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 0)
        layout.setSpacing(8)
        for part in (
            *(self.name, self.bar, self.time),
            *(self.cancel, self.folder, self.close_button),
        ):
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fit()
        self.hide()

    def show_job(self, path: Path, waiting: int) -> None:
        """Show that a file is being made, and how many are to be made after it."""
        if path != self._path or self.bar.isHidden():
            self.bar.setValue(0)
            self.time.setText("")
        self._path = path
        self._say(f" (+{waiting:,})" if waiting else "")
        self._show(running=True)

    def show_progress(self, share: float, time_left: str) -> None:
        """Show the share that is done, and in words how long the rest takes."""
        self.bar.setValue(round(_PARTS * share))
        self.time.setText(time_left)

    def show_done(self, path: Path) -> None:
        """Show that a file is there, and the way to it."""
        self._path = path
        self._say("")
        self._show(running=False)

    @Slot()
    def show_nothing(self) -> None:
        """Show that nothing is being made."""
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _say(self, more: str) -> None:
        name, room = self._path.name, scaled(self, _NAME)
        shown = self.name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        self.name.setText(f"{shown}{more}")
        self.name.setToolTip(str(self._path))
        self.setAccessibleDescription(f"{name}{more}")

    def _show(self, *, running: bool) -> None:
        for part in (self.bar, self.time, self.cancel):
            part.setVisible(running)
        for part in (self.folder, self.close_button):
            part.setVisible(not running)
        self.show()

    def _fit(self) -> None:
        self.bar.setFixedSize(scaled(self, _BAR), scaled(self, 8))
        self.time.setMinimumWidth(scaled(self, _TIME))


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("line")
    button.setText(text)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    explain(button, tip)
    return button
