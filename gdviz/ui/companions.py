"""Two plots in one place: the runs' history, and a regression's data where there is one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QToolButton

from gdviz.ui.canvas import Canvas

__all__ = ["Companions"]

_TIPS = {
    "data": "The table's points, and the line that the current parameters make.",
    "history": "How the runs go on with their steps.",
}


class Companions(QStackedWidget):
    """Shows the history or the data; a button at the end of each title line leads to the other.

    Parameters
    ----------
    history, data : Canvas
    """

    def __init__(self, history: Canvas, data: Canvas) -> None:
        super().__init__()
        self._pages = {"history": history, "data": data}
        self._buttons: dict[str, QToolButton] = {}
        for key, canvas in self._pages.items():
            self.addWidget(canvas)
            other = "data" if key == "history" else "history"
            button = QToolButton()
            button.setText(other.capitalize())
            button.setToolTip(_TIPS[other])
            button.setAccessibleName(f"Show {other}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, page=other: self.show_page(page))
            canvas.add_tool(button)
            self._buttons[other] = button
        self._wanted = "data"
        self._has_data = True
        self.offer_data(False)

    @property
    def page(self) -> str:
        """``"history"`` or ``"data"``."""
        return self._wanted if self._has_data else "history"

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that there are."""
        return tuple(self._pages)

    def button(self, key: str) -> QToolButton:
        """Return the button that leads to a page."""
        return self._buttons[key]

    def offer_data(self, offered: bool) -> None:
        """Offer the data, or show nothing but the history; the user's choice is kept."""
        self._has_data = offered
        self._buttons["data"].setVisible(offered)
        self._pages["history"].show_title(not offered)
        self._show()

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show the history or the data."""
        self._wanted = key
        self._show()

    def _show(self) -> None:
        self.setCurrentWidget(self._pages[self.page])
