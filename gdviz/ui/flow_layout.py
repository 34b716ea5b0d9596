"""A row that becomes several where there is no room for one."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

__all__ = ["FlowLayout"]


class FlowLayout(QLayout):
    """Puts widgets side by side as a box does, and breaks the line rather than cut them short.

    Parameters
    ----------
    margins : QMargins
    gap : int
        Between neighbors, and half of it between lines.
    """

    def __init__(self, margins: QMargins | None = None, gap: int = 4) -> None:
        super().__init__()
        self._entries: list[QLayoutItem] = []
        self._stretching: list[QWidget] = []
        self._gap = gap
        self.setContentsMargins(margins or QMargins(0, 0, 0, 0))

    def add(self, widget: QWidget, *, stretch: bool = False) -> None:
        """Add a widget.

        Parameters
        ----------
        widget : QWidget
        stretch : bool
            Whether it takes what room the others of its line leave.
        """
        self.addWidget(widget)
        if stretch:
            self._stretching.append(widget)

    def add_first(self, widget: QWidget) -> None:
        """Add a widget before all others."""
        self.addWidget(widget)
        self._entries.insert(0, self._entries.pop())

    def addItem(self, item: QLayoutItem) -> None:
        self._entries.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._entries)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._entries.pop(index) if 0 <= index < len(self._entries) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), moving=False)

    def minimumSize(self) -> QSize:
        shown = self._shown()
        least = max((item.minimumSize().width() for item in shown), default=0)
        high = max((item.minimumSize().height() for item in shown), default=0)
        return QSize(least, high).grownBy(self.contentsMargins())

    def sizeHint(self) -> QSize:
        shown = self._shown()
        hints = [item.sizeHint() for item in shown]
        wide = sum(hint.width() for hint in hints) + self._gap * max(len(hints) - 1, 0)
        high = max((hint.height() for hint in hints), default=0)
        return QSize(wide, high).grownBy(self.contentsMargins())

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._lay_out(area, moving=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._entries if not item.isEmpty()]

    def _lay_out(self, area: QRect, *, moving: bool) -> int:
        """Return the height that lines of an area's width need; put the widgets there if moving."""
        inner = area.marginsRemoved(self.contentsMargins())
        lines = self._lines(inner.width())
        widths = [self._widths(line, inner.width()) for line in lines]
        heights = [
            max(_height(item, width) for item, width in zip(line, shares, strict=True))
            for line, shares in zip(lines, widths, strict=True)
        ]
        between = self._gap // 2
        needed = sum(heights) + between * max(len(lines) - 1, 0)
        if moving:
            spare = max(inner.height() - needed, 0) if len(lines) == 1 else 0
            top = inner.top()
            for line, shares, height in zip(lines, widths, heights, strict=True):
                left = inner.left()
                for item, width in zip(line, shares, strict=True):
                    item.setGeometry(QRect(left, top, width, height + spare))
                    left += width + self._gap
                top += height + between
        margins = self.contentsMargins()
        return needed + margins.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Return the items in lines, each as long as its items' least widths allow."""
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._shown():
            least = item.minimumSize().width()
            if lines and room >= least + self._gap:
                lines[-1].append(item)
                room -= least + self._gap
            else:
                lines.append([item])
                room = width - least
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        """Share a line: each item gets its least, then what it would like, some the rest."""
        least = [item.minimumSize().width() for item in line]
        wanted = [max(item.sizeHint().width(), low) for item, low in zip(line, least, strict=True)]
        room = width - self._gap * (len(line) - 1) - sum(least)
        lacking = sum(wanted) - sum(least)
        share = min(max(room / lacking, 0.0), 1.0) if lacking else 0.0
        widths = [low + int(share * (hint - low)) for low, hint in zip(least, wanted, strict=True)]
        greedy = [number for number, item in enumerate(line) if item.widget() in self._stretching]
        spare = width - self._gap * (len(line) - 1) - sum(widths)
        for number in greedy:
            widths[number] += max(spare, 0) // len(greedy)
        return [min(one, width) for one in widths]


def _height(item: QLayoutItem, width: int) -> int:
    hint = item.sizeHint().height()
    return max(hint, item.heightForWidth(width)) if item.hasHeightForWidth() else hint
