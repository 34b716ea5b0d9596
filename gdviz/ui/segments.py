"""A row of buttons, one of them down."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.text_scale import text_scale
from gdviz.ui.tips import explain

__all__ = ["Segments"]

_LEAST_SHARE = 0.68


class Segments(QWidget):
    """Chooses one of a few things that stand side by side.

    Parameters
    ----------
    choices : mapping of str to (str, str)
        By key: what stands on the button, and its tooltip.
    name : str
        For screen readers.
    widest : int, optional
        Stand in several lines rather than need more room than this, and less of it where
        letters are large.

    Signals
    -------
    picked(str)
        A key, by the user's hand.
    """

    picked = Signal(str)

    def __init__(
        self, choices: Mapping[str, tuple[str, str]], name: str, *, widest: int | None = None
    ) -> None:
        super().__init__()
        self._widest = widest
        self.setAccessibleName(name)
        self._keys = tuple(choices)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout() if widest is None else FlowLayout(gap=4)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.setLayout(layout)
        for number, (text, tip) in enumerate(choices.values()):
            button = QToolButton()
            button.setText(text)
            explain(button, tip)
            button.setAccessibleName(text)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.idClicked.connect(self._on_clicked)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self._widest is None:
            return least
        # Large letters need the window's width for the panels beside it.
        most = max(self._widest / text_scale(self), _LEAST_SHARE * self._widest)
        wanted = min(self.sizeHint().width(), round(most))
        return QSize(max(least.width(), wanted), least.height())

    @property
    def current(self) -> str:
        """The key of the button that is down."""
        return self._keys[self._group.checkedId()]

    def button(self, key: str) -> QToolButton:
        """Return the button of a key."""
        found = self._group.button(self._keys.index(key))
        assert isinstance(found, QToolButton)
        return found

    def show_current(self, key: str) -> None:
        """Put a button down, without telling of it."""
        self.button(key).setChecked(True)

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        self.picked.emit(self._keys[number])
