"""What the arrows of a step stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gdviz.engine import Part
from gdviz.numbers import format_number, format_point
from gdviz.optimizers.explanation import Role
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain, wrapped
from gdviz.ui.value_label import ValueLabel
from gdviz.views.theme import LIGHT, Theme

__all__ = ["PartLegend", "role_color"]

_TIP = "What this part of the step alone would add to the parameters"
_WIDEST = "(−8.88, −8.88)"
_DIGITS = 3
_GAP = 8
_Place = Literal["beside", "beneath", "nowhere"]
_ARROW = QSize(20, 12)


def role_color(theme: Theme, role: Role) -> str:
    """Return the color of the arrow of a part."""
    colors: dict[Role, str] = {
        "gradient": theme.descent,
        "momentum": theme.momentum,
        "scaling": theme.scaling,
        "curvature": theme.curvature,
        "update": theme.update,
    }
    return colors[role]


class PartLegend(QWidget):
    """A row for each part: an arrow in its color, its title, and its displacement.

    Where it is narrow, displacements stand beneath the titles; where it must be low as well,
    only tooltips tell them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._low = False
        self._place: _Place | None = None
        self._roles: tuple[Role, ...] = ()
        self._rows: list[_PartRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self._color()

    def set_low(self, low: bool) -> None:
        """Say whether there is little room for it."""
        self._low = low
        self._arrange()

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show other parts; while they are the same ones, only numbers change."""
        while len(self._rows) < len(parts):
            self._add_row()
        for number, row in enumerate(self._rows):
            shown = number < len(parts)
            if shown == row[0].isHidden():
                for widget in row[:2]:
                    widget.setVisible(shown)
                self._place = None
        for part, (_arrow, title, value) in zip(parts, self._rows, strict=False):
            if title.text() != part.title:
                title.setText(part.title)
                value.setAccessibleName(part.title)
            value.show_text(_displacement(part))
            title.setToolTip(wrapped(f"{_TIP}: {value.text()}"))
        self._arrange()
        roles = tuple(part.role for part in parts)
        if roles != self._roles:
            self._roles = roles
            self._color()

    def texts(self) -> dict[str, str]:
        """Return the displacements that are shown, by title."""
        return {
            title.text(): value.text() for arrow, title, value in self._rows if not arrow.isHidden()
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _add_row(self) -> None:
        title = QLabel()
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        value = ValueLabel("", _WIDEST, Qt.AlignmentFlag.AlignRight)
        explain(value, f"{_TIP}.")
        row = (_Arrow(), title, value)
        for widget in row:
            widget.setParent(self)
            widget.hide()
        self._rows.append(row)
        self._place = None

    def _arrange(self) -> None:
        """Put displacements beside the titles, or beneath them where they don't fit."""
        shown = [row for row in self._rows if not row[0].isHidden()]
        widest = [
            max((measure(row) for row in shown), default=0)
            for measure in (_title_width, _value_width)
        ]
        place: _Place = "beside"
        if self.width() < scaled(self, _ARROW.width()) + 2 * _GAP + sum(widest):
            place = "nowhere" if self._low else "beneath"
        if place == self._place:
            return
        self._place = place
        middle = Qt.AlignmentFlag.AlignVCenter
        for number, (arrow, title, value) in enumerate(self._rows):
            self._grid.addWidget(arrow, 2 * number, 0, middle)
            self._grid.addWidget(title, 2 * number, 1)
            if place == "beside":
                value.setAlignment(Qt.AlignmentFlag.AlignRight | middle)
                self._grid.addWidget(value, 2 * number, 2)
            else:
                value.setAlignment(Qt.AlignmentFlag.AlignLeft | middle)
                self._grid.addWidget(value, 2 * number + 1, 1, 1, 2)
            value.setVisible(place != "nowhere" and not arrow.isHidden())

    def _color(self) -> None:
        for role, (arrow, _title, _value) in zip(self._roles, self._rows, strict=False):
            arrow.set_color(role_color(self._theme, role))


class _Arrow(QWidget):
    """A short arrow to the right."""

    def __init__(self) -> None:
        super().__init__()
        self._color = QColor()
        self._fit()

    def set_color(self, color: str) -> None:
        self._color = QColor(color)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedSize(scaled(self, _ARROW.width()), scaled(self, _ARROW.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self.width() / _ARROW.width(), self.height() / _ARROW.height())
            painter.setPen(QPen(self._color, 2.0))
            painter.drawLine(QPointF(1.0, 6.0), QPointF(13.0, 6.0))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._color)
            head = [QPointF(12.0, 1.5), QPointF(19.5, 6.0), QPointF(12.0, 10.5)]
            painter.drawPolygon(QPolygonF(head))


def _displacement(part: Part) -> str:
    values = part.displacement.tolist()
    if len(values) == 1:
        return format_number(values[0], _DIGITS)
    return format_point(values, _DIGITS)


def _title_width(row: _PartRow) -> int:
    return row[1].fontMetrics().horizontalAdvance(row[1].text())


def _value_width(row: _PartRow) -> int:
    label = row[2]
    return max(label.minimumWidth(), label.fontMetrics().horizontalAdvance(label.text()) + 4)


_PartRow = tuple[_Arrow, QLabel, ValueLabel]
