"""The landscape's equations, typeset, with the current point's numbers beneath."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QWidget

from gdviz.landscapes.notation import LineKind, MathLine, Notation
from gdviz.ui.typeset import Typeset, typeset
from gdviz.views.theme import LIGHT, Theme

__all__ = ["MathView"]

_EVERY_MS = 120
_GAP, _PART_GAP, _INDENT = 8, 4, 16
_SMALLEST = 0.62
_MOST_KEPT = 200
_SCROLL_BAR = 12


class MathView(QScrollArea):
    """Equations that follow the playhead, theme and font size; copied as LaTeX.

    Its inputs may be set in any order, each alone. Nothing is typeset while it is hidden.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setToolTip("Right-click, or press Ctrl+C, to copy the equations as LaTeX")
        self.setAccessibleName("Equations")
        self.sheet = _Sheet()
        self.setWidget(self.sheet)
        self._notation: Notation | None = None
        self._params: tuple[float, ...] | None = None
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(_EVERY_MS)
        self._due.timeout.connect(self._refresh)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.sheet.set_theme(theme)

    def set_notation(self, notation: Notation | None) -> None:
        """Show another landscape's equations."""
        self._notation = notation
        self._request()

    def show_point(self, params: tuple[float, ...] | None) -> None:
        """Put a point's numbers in; a quick succession of points is thinned."""
        if params != self._params:
            self._params = params
            self._request()

    def latex(self) -> str:
        """Return all equations as LaTeX, one in a line."""
        return "\n".join(line.latex for line in self.sheet.lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.set_room(self.width() - _SCROLL_BAR)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._request()

    def hideEvent(self, event: QHideEvent) -> None:
        self._due.stop()
        super().hideEvent(event)

    def _request(self) -> None:
        if self.isVisible() and not self._due.isActive():
            self._due.start()

    @Slot()
    def _refresh(self) -> None:
        if self._notation is None:
            self.sheet.set_general(())
            self.sheet.set_numbers(())
            return
        self.sheet.set_general(self._notation.general())
        if self._params is None:
            self.sheet.set_numbers(())
            return
        try:
            self.sheet.set_numbers(self._notation.at(self._params))
        except ValueError:  # the point is still one of the landscape before
            self.sheet.set_numbers(())


@dataclass(frozen=True, eq=False)
class _Row:
    """A part of an equation in its place."""

    drawn: Typeset
    left: float
    baseline: float
    scale: float


class _Sheet(QWidget):
    """Lays equations out in its width and draws them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme = LIGHT
        self._room = 0
        self._general: tuple[MathLine, ...] = ()
        self._numbers: tuple[MathLine, ...] = ()
        self._drawn: dict[tuple[str, str], Typeset | None] = {}
        self._rows: list[_Row] = []
        self._places: list[tuple[float, MathLine]] = []

    @property
    def lines(self) -> tuple[MathLine, ...]:
        """All equations in their order."""
        return (*self._general, *self._numbers)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._drawn.clear()
        self._lay_out()

    def set_general(self, lines: tuple[MathLine, ...]) -> None:
        if lines != self._general:
            self._general = lines
            self._drawn.clear()
            self._lay_out()

    def set_numbers(self, lines: tuple[MathLine, ...]) -> None:
        if lines != self._numbers:
            self._numbers = lines
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def set_room(self, width: int) -> None:
        """Lay out in another width, which does not depend on whether there is a scroll bar."""
        if width != self._room:
            self._room = width
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._drawn.clear()
            self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for row in self._rows:
                row.drawn.draw(painter, row.left, row.baseline, row.scale)
            if self.hasFocus():
                painter.setPen(self._theme.accent)
                painter.drawRoundedRect(QRect(0, 0, self.width() - 1, self.height() - 1), 4, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(self.lines)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu_at(event.pos())
        menu.exec(event.globalPos())

    def menu_at(self, place: QPoint) -> QMenu:
        """Return the menu for a place."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        under = [line for top, line in self._places if top <= place.y()]
        one = menu.addAction("Copy this equation as LaTeX")
        one.setEnabled(bool(under))
        one.triggered.connect(lambda: self._copy(tuple(under[-1:])))
        all_of_them = menu.addAction("Copy all equations as LaTeX")
        all_of_them.triggered.connect(lambda: self._copy(self.lines))
        return menu

    def _copy(self, lines: tuple[MathLine, ...]) -> None:
        QGuiApplication.clipboard().setText("\n".join(line.latex for line in lines))

    def _lay_out(self) -> None:
        self._rows, self._places = [], []
        if self._room <= 4 * _INDENT:
            return
        top = float(_PART_GAP)
        for number, line in enumerate(self.lines):
            if number and number == len(self._general):
                top += 2 * _GAP
            self._places.append((top, line))
            top = self._place(line, top) + _GAP
        if len(self._drawn) > _MOST_KEPT:
            self._drawn.clear()
        self.setMinimumHeight(int(top))
        self.setAccessibleDescription("; ".join(line.latex for line in self.lines))
        self.update()

    def _place(self, line: MathLine, top: float) -> float:
        """Put an equation beneath `top`, broken before equals signs; returns its bottom."""
        room = float(self._room - 2 * _PART_GAP)
        left = float(_PART_GAP)
        row: list[tuple[Typeset, float]] = []
        x = left
        ink = self._ink(line.kind)
        for drawn in self._pieces(line, ink, room - _INDENT):
            width = drawn.size.width()
            if row and x + width > left + room:
                top = self._set_row(row, top) + _PART_GAP
                row, x = [], left + _INDENT
            row.append((drawn, x))
            x += width + 5.0
        return self._set_row(row, top) if row else top

    def _pieces(self, line: MathLine, ink: str, room: float) -> list[Typeset]:
        """Return an equation in pieces that fit, cut at its signs where it is too wide."""
        pieces: list[Typeset] = []
        for part in _parts(line):
            drawn = self._typeset(part, ink)
            if drawn is not None and drawn.size.width() <= room:
                pieces.append(drawn)
                continue
            terms = [self._typeset(term, ink) for term in _terms(part)]
            pieces += [term for term in terms if term is not None]
        return pieces

    def _set_row(self, row: list[tuple[Typeset, float]], top: float) -> float:
        right = self._room - _PART_GAP
        scales = [
            max(min(1.0, (right - x) / max(drawn.size.width(), 1.0)), _SMALLEST) for drawn, x in row
        ]
        pairs = list(zip(row, scales, strict=True))
        ascent = max(scale * drawn.ascent for (drawn, _x), scale in pairs)
        descent = max(scale * (drawn.size.height() - drawn.ascent) for (drawn, _x), scale in pairs)
        for (drawn, x), scale in pairs:
            self._rows.append(_Row(drawn, x, top + ascent, scale))
        return top + ascent + descent

    def _typeset(self, latex: str, ink: str) -> Typeset | None:
        key = (latex, ink)
        if key not in self._drawn:
            self._drawn[key] = typeset(latex, self.fontInfo().pixelSize() * 1.15, ink)
        return self._drawn[key]

    def _ink(self, kind: LineKind) -> str:
        theme = self._theme
        inks = {
            "loss": theme.text,
            "partial0": theme.partials[0],
            "partial1": theme.partials[1],
            "gradient": theme.gradient,
        }
        return inks[kind]


def _parts(line: MathLine) -> list[str]:
    """Return the left side, and each equals sign with what stands behind it."""
    return [line.left, *_cut(f"= {line.right}", ("= ", r"\approx "))]


def _terms(latex: str) -> list[str]:
    """Return the terms of a sum, each with its sign."""
    return _cut(latex, ("+ ", "- "))


def _cut(latex: str, signs: tuple[str, ...]) -> list[str]:
    """Cut LaTeX before signs that stand in no braces or parentheses."""
    parts: list[str] = []
    depth = start = 0
    for at, letter in enumerate(latex):
        depth += (letter == "{") - (letter == "}")
        depth += latex.startswith(r"\left", at) - latex.startswith(r"\right", at)
        follows = at > start and latex[at - 1] == " "
        if follows and depth == 0 and latex.startswith(signs, at):
            parts.append(latex[start:at].strip())
            start = at
    parts.append(latex[start:].strip())
    return parts
