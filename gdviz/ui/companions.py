"""Some plots in one place: the runs' history, the surface, a regression's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QToolButton

from gdviz.ui.canvas import Canvas
from gdviz.ui.segments import Segments
from gdviz.ui.tips import explain

__all__ = ["Companions"]

_WIDEST = 250
_PAGES = {
    "history": ("History", "How loss, distance or slope of the runs change with their steps."),
    "surface": (
        "3D",
        "The landscape as a surface: how steep it is along a path, and what lies between minima.",
    ),
    "data": ("Data", "The table's points, and the line that the current parameters make."),
    "basins": (
        "Basins",
        "Where the current run's optimizer leads from every point in view.",
    ),
    "sweep": (
        "Rates",
        "What becomes of the current run at every learning rate: which crawl, which diverge.",
    ),
}
_TOPICS = {
    "data": "data-and-fit",
    "history": "history",
    "surface": "surface-3d",
    "basins": "basins",
    "sweep": "learning-rate-maps",
}


class Companions(QStackedWidget):
    """Shows one of its pages; buttons at the beginning of the title line lead to the others.

    Parameters
    ----------
    pages : mapping of str to Canvas
        By key: ``"history"``, ``"surface"`` and ``"data"``. The history is always offered.
    later : sequence of str
        The keys of pages that are made when they are first wanted; they are always offered.

    Signals
    -------
    page_wanted(str)
        A page is to be shown that has yet to be made and added.
    page_shown(str)
        Another page is shown now.
    """

    page_wanted = Signal(str)
    page_shown = Signal(str)

    def __init__(self, pages: Mapping[str, Canvas], later: Sequence[str] = ()) -> None:
        super().__init__()
        self._keys = (*pages, *later)
        self._pages: dict[str, Canvas] = {}
        self._rows: dict[str, Segments] = {}
        for key, canvas in pages.items():
            self._adopt(key, canvas)
        self.currentChanged.connect(self._mark)
        self._wanted = "data"
        self._offered = {"history", *later}
        self._shown = ""
        self._show()

    @property
    def page(self) -> str:
        """The key of the page that is shown."""
        return self._wanted if self._wanted in self._offered else "history"

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that there are."""
        return self._keys

    def add(self, key: str, canvas: Canvas) -> None:
        """Add a page that has been wanted, and show it."""
        self._adopt(key, canvas)
        self.show_page(key)

    def _adopt(self, key: str, canvas: Canvas) -> None:
        self._pages[key] = canvas
        self.addWidget(canvas)
        choices = {page: _PAGES[page] for page in self._keys}
        row = Segments(choices, "What is shown here", widest=_WIDEST)
        for page in self._keys:
            explain(row.button(page), _PAGES[page][1], _TOPICS[page])
            row.button(page).setAccessibleName(f"Show {page}")
            row.button(page).setProperty("narrow", True)
        row.picked.connect(self.show_page)
        canvas.add_leading(row)
        self._rows[key] = row

    def button(self, key: str) -> QToolButton:
        """Return the button, on the page that is shown, that leads to a page."""
        return self._rows[self.page].button(key)

    def offer(self, key: str, *, offered: bool) -> None:
        """Offer a page besides the history, or don't; the user's choice is kept."""
        if offered:
            self._offered.add(key)
        else:
            self._offered.discard(key)
        self._show()

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page, as soon as it is offered."""
        if key in self._keys and key not in self._pages:
            self.page_wanted.emit(key)  # whoever makes it comes back to here
            return
        focused = self.button(self.page).hasFocus() or self.button(key).hasFocus()
        self._wanted = key
        self._show()
        if focused:
            self.button(self.page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        page = self.page
        for key, row in self._rows.items():
            row.setVisible(len(self._offered) > 1)
            for other in self._keys:
                row.button(other).setVisible(other in self._offered)
            # The buttons say what the page is, and the axes what is drawn.
            self._pages[key].show_title(len(self._offered) == 1)
        self.setCurrentWidget(self._pages[page])
        self._mark()
        if page != self._shown:
            self._shown = page
            self.page_shown.emit(page)

    @Slot()
    def _mark(self, *_: object) -> None:
        """Put down the buttons of the page in view, which may be enlarged for a while."""
        for key, canvas in self._pages.items():
            if canvas is self.currentWidget():
                for row in self._rows.values():
                    row.show_current(key)
