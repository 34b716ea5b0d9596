"""Equations laid out in a given width."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from gdviz.landscapes.notation import LineKind, MathLine
from gdviz.ui.digit_slots import Typesetter
from gdviz.ui.latex_parts import factors_of, parts_of, terms_of, visible_length
from gdviz.ui.typeset import Typeset
from gdviz.views.theme import LIGHT, Theme

__all__ = ["LineGroups", "MathSheet"]

LineGroups = tuple[tuple[MathLine, ...], ...]

_GAP, _PART_GAP, _INDENT = 8, 4, 16
_LEAST_ROOM = 64
_PIECE_GAP = 5.0
_SHORT = 0.4
_LARGER = 1.15
_NARROWEST = 0.2
_SMALLEST, _SQUEEZED = 0.62, 0.82
_MOST_KEPT = 400


@dataclass(frozen=True, eq=False)
class _Row:
    """A part of an equation in its place."""

    drawn: Typeset
    left: float
    baseline: float
    scale: float

    @property
    def right(self) -> float:
        return self.left + self.scale * self.drawn.size.width()


class MathSheet(QWidget):
    """Groups of equations, each colored by its kind; copied as LaTeX.

    Parameters
    ----------
    between : int
        Pixels between groups, beyond those between equations.

    Attributes
    ----------
    spoken : str
        What a screen reader says instead of the LaTeX.

    Signals
    -------
    laid_out()
        There are other equations, or they are laid out anew.
    """

    laid_out = Signal()

    def __init__(self, between: int = 2 * _GAP) -> None:
        super().__init__()
        self.spoken = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._between = between
        self._theme = LIGHT
        self._room = 0
        self._groups: LineGroups = ()
        self._drawn: dict[tuple[str, str], Typeset | None] = {}
        self._typesetter = Typesetter()
        self._rows: list[_Row] = []
        self._places: list[tuple[float, MathLine]] = []

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be seen."""
        return not self._rows

    @property
    def lines(self) -> tuple[MathLine, ...]:
        """All equations in their order."""
        return tuple(line for group in self._groups for line in group)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._forget()
        self._lay_out()

    def set_groups(self, groups: LineGroups) -> None:
        """Show other equations."""
        if groups != self._groups:
            self._groups = groups
            self._lay_out()

    def set_room(self, width: int) -> None:
        """Lay out in another width, which does not depend on whether there is a scroll bar."""
        if width != self._room:
            self._room = width
            self._lay_out()

    def prepare(self, groups: LineGroups, seconds: float) -> bool:
        """Typeset what `set_groups` will need, and tell whether that is all done.

        Parameters
        ----------
        groups : tuple of tuple of MathLine
        seconds : float
            After which it stops; call it again to go on.
        """
        if self._room <= _LEAST_ROOM:
            return True
        end = time.perf_counter() + seconds
        known = len(self._drawn)
        for line in (line for group in groups for line in group):
            for _pieces in self._pieces_of(line):
                if time.perf_counter() > end and len(self._drawn) > known:
                    return False
        return True

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._forget()
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
        if self._room <= _LEAST_ROOM:
            return
        if len(self._drawn) > _MOST_KEPT:
            self._drawn.clear()
        top = float(_PART_GAP)
        for number, group in enumerate(self._groups):
            top += self._between if number and group else 0
            for line in group:
                self._places.append((top, line))
                top = self._place(line, top) + _GAP
        right = max((row.right for row in self._rows), default=0.0)
        self.setMinimumSize(int(right) if right > self._room else 0, int(top))
        told = self.spoken or "; ".join(line.latex for line in self.lines)
        self.setAccessibleDescription(told)
        self.update()
        self.laid_out.emit()

    def _forget(self) -> None:
        self._drawn.clear()
        self._typesetter.forget()

    def _line_room(self) -> float:
        return float(self._room - 2 * _PART_GAP)

    def _place(self, line: MathLine, top: float) -> float:
        """Put an equation beneath `top`, broken before equals signs; returns its bottom."""
        room, left = self._line_room(), float(_PART_GAP)
        pieces = [drawn for part in self._pieces_of(line) for drawn in part]
        whole = sum(drawn.size.width() + _PIECE_GAP for drawn in pieces) - _PIECE_GAP
        if pieces and room < whole <= room / _SQUEEZED:
            return self._set_row(pieces, left, top, room / whole)
        row: list[Typeset] = []
        begin = x = left
        for drawn in pieces:
            width = drawn.size.width()
            if row and x + width > left + room:
                top = self._set_row(row, begin, top) + _PART_GAP
                row, begin = [], left + _INDENT
                x = begin
            row.append(drawn)
            x += width + _PIECE_GAP
        return self._set_row(row, begin, top) if row else top

    def _pieces_of(self, line: MathLine) -> Iterator[list[Typeset]]:
        """Yield the pieces of each part of an equation."""
        ink, room = self._ink(line.kind), self._line_room()
        left = 0.0
        for number, part in enumerate(parts_of(line)):
            beside = number == 1 and left < _SHORT * room
            pieces = self._pieces(part, ink, room - (left if beside else _INDENT))
            left = sum(drawn.size.width() + _PIECE_GAP for drawn in pieces)
            yield pieces

    def _pieces(self, part: str, ink: str, room: float) -> list[Typeset]:
        """Return a part in pieces that fit, cut at its signs where it is too wide."""
        pieces: list[Typeset | None] = []
        narrowest = _NARROWEST * self._pixels
        for cut in (_whole, terms_of, factors_of):
            texts = cut(part)
            last = cut is factors_of
            if not last and any(narrowest * visible_length(text) > room for text in texts):
                continue  # typesetting takes long, and would be in vain
            pieces = [self._typeset(text, ink) for text in texts]
            if last or all(drawn and drawn.size.width() <= room for drawn in pieces):
                break
        return [drawn for drawn in pieces if drawn is not None]

    def _set_row(self, row: list[Typeset], x: float, top: float, scale: float = 1.0) -> float:
        """Put pieces side by side; a single one that is too wide is made smaller."""
        if len(row) == 1 and scale == 1.0:
            room = self._room - _PART_GAP - x
            scale = max(min(1.0, room / max(row[0].size.width(), 1.0)), _SMALLEST)
        ascent = max(scale * drawn.ascent for drawn in row)
        descent = max(scale * (drawn.size.height() - drawn.ascent) for drawn in row)
        for drawn in row:
            self._rows.append(_Row(drawn, x, top + ascent, scale))
            x += scale * (drawn.size.width() + _PIECE_GAP)
        return top + ascent + descent

    def _typeset(self, latex: str, ink: str) -> Typeset | None:
        key = (latex, ink)
        if key not in self._drawn:
            term = latex.startswith(("+ ", "- "))
            spaced = f"{{}} {latex}" if term else latex  # a sign between two terms, not of one
            self._drawn[key] = self._typesetter.typeset(spaced, self._pixels, ink)
        return self._drawn[key]

    @property
    def _pixels(self) -> float:
        return self.fontInfo().pixelSize() * _LARGER

    def _ink(self, kind: LineKind) -> str:
        theme = self._theme
        inks = {
            "loss": theme.text,
            "partial0": theme.partials[0],
            "partial1": theme.partials[1],
            "gradient": theme.gradient,
            "momentum": theme.momentum,
            "scaling": theme.scaling,
            "curvature": theme.curvature,
            "update": theme.update,
            "plain": theme.text,
        }
        return inks[kind]


def _whole(part: str) -> list[str]:
    return [part]
