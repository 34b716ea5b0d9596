"""The keys of presenting, over the picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from gdviz.ui.action_table import ACTIONS
from gdviz.ui.text_scale import letters, text_scale
from gdviz.views.fonts import BODY, HEADING

__all__ = ["KeyOverlay"]

_SHOWN = (
    *("play", "forward", "back", "first", "last", "slower", "faster", "loop"),
    *("next_run", "previous_run", "start_random", "zoom_in", "zoom_out", "zoom_reset"),
    *("enlarge_contour", "enlarge_curve", "enlarge_surface", "enlarge_history", "enlarge_data"),
    *("all_views", "laser", "mathematics", "numbers", "slice", "eigen_directions", "components"),
    *("text_larger", "text_smaller", "theme_toggle", "present"),
)
_SIZES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)
_CLOSING = "Esc leaves the presentation. Any key closes this list."


class KeyOverlay(QFrame):
    """A list of keys in letters as large as there is room for; any key or click closes it.

    Parameters
    ----------
    parent : QWidget
        Over whose middle it lies.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self.setAccessibleName("Keys of the presentation")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._before: QWidget | None = None
        grid = QGridLayout()
        self._keys: list[QLabel] = []
        self._words: list[QLabel] = []
        specs = {spec.key: spec for spec in ACTIONS}
        listed = [specs[key] for key in _SHOWN if key in specs]
        half = (len(listed) + 1) // 2
        native = QKeySequence.SequenceFormat.NativeText
        for number, spec in enumerate(listed):
            key = QLabel(QKeySequence(spec.shortcuts[0]).toString(native))
            words = QLabel(spec.text.replace("&", ""))
            column = 3 * (number // half)
            grid.addWidget(key, number % half, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(words, number % half, column + 1)
            self._keys.append(key)
            self._words.append(words)
        self._closing = QLabel(_CLOSING)
        self._grid = grid
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addWidget(self._closing, 0, Qt.AlignmentFlag.AlignHCenter)
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Lie over the picture and take the next key."""
        self._before = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go away, and give the keys back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # no shortcut gets the key that closes it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
        if event.key() not in modifiers:
            self.dismiss()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.dismiss()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Take the largest letters that the room allows, and the middle of it."""
        parent = self.parentWidget()
        assert parent is not None
        for size in _SIZES:
            self._set_size(size)
            wanted = self.sizeHint()
            if wanted.width() <= parent.width() and wanted.height() <= parent.height():
                break
        self.resize(wanted)
        self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)

    def _set_size(self, size: float) -> None:
        pixels = size * HEADING
        for labels, bold in ((self._keys, True), (self._words, False), ([self._closing], False)):
            for label in labels:
                label.setFont(letters(self, max(pixels, 0.6 * BODY), bold=bold))
        unit = round(4 * size * text_scale(self))
        self._grid.setHorizontalSpacing(3 * unit)
        self._grid.setVerticalSpacing(unit)
        self._grid.setColumnMinimumWidth(2, 6 * unit)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(8 * unit, 6 * unit, 8 * unit, 5 * unit)
        layout.setSpacing(4 * unit)
        layout.activate()
