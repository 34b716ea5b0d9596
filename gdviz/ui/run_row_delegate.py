"""How a row of the list of runs is painted, and its name edited."""

from __future__ import annotations

from PySide6.QtCore import (
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gdviz.numbers import format_number
from gdviz.resource_files import resource_path
from gdviz.ui.run_list_model import Column, RunListModel
from gdviz.ui.text_scale import letters, scaled
from gdviz.ui.tips import explain
from gdviz.views.fonts import SMALL
from gdviz.views.theme import LIGHT, Theme

__all__ = ["RunRowDelegate", "selected_color"]

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_GAP = 6
_DISC = 10
_EYE = 16
_EDITOR = 25
_TINT = 0.16


class RunRowDelegate(QStyledItemDelegate):
    """Paints rows of a `RunListModel` in the theme's colors.

    Attributes
    ----------
    compact : bool
        Whether a row is two lines high: the outcome beneath the name and the steps beneath
        the loss, which otherwise have columns of their own.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.compact = False
        self._table = parent
        self.fit()
        self._eyes: dict[str, QSvgRenderer] = {}
        self.set_theme(LIGHT)

    def fit(self) -> None:
        """Take over the size of the table's letters."""
        table = self._table
        self._letters, self._small = letters(table), letters(table, SMALL)
        self._italic = letters(table)
        self._italic.setItalic(True)
        self._gap, self._disc = scaled(table, _GAP), scaled(table, _DISC)

    def set_theme(self, theme: Theme) -> None:
        """Use other colors."""
        self._theme = theme
        for name in ("eye", "eye-off"):
            drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
            drawing = drawing.replace("currentColor", theme.muted)
            eye = self._eyes.setdefault(name, QSvgRenderer(self))
            eye.load(QByteArray(drawing.encode()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        area: QRect = getattr(option, "rect")  # noqa: B009 -- the binding declares no attributes
        state: QStyle.StateFlag = getattr(option, "state")  # noqa: B009
        model = index.model()
        assert isinstance(model, RunListModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, selected_color(self._theme))
        column = Column(index.column())
        if column is Column.EYE:
            self._paint_eye(painter, area, model, index.row())
        elif column is Column.NAME:
            self._paint_name(painter, area, model, index.row())
        else:
            self._paint_number(painter, area, model, index)
        painter.restore()

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QLineEdit:
        editor = QLineEdit(parent)
        editor.setObjectName("name")
        editor.setAccessibleName("Name of the run")
        explain(editor, "What the run is called in the list and in legends. Enter keeps it.")
        editor.setMaxLength(80)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Fill the editor once: what is being typed stays whatever happens to the run."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()
            editor.setProperty("filled", True)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        area: QRect = getattr(option, "rect")  # noqa: B009
        place = area.adjusted(3 + self._disc + 1, 0, -2, 0)
        place.setHeight(min(place.height(), scaled(self._table, _EDITOR)))
        editor.setGeometry(place)

    def _paint_eye(self, painter: QPainter, area: QRect, model: RunListModel, row: int) -> None:
        run = model.run(row)
        if run is None:
            return
        name = "eye-off" if run.hidden else "eye"
        eye = scaled(self._table, _EYE)
        place = QRectF(0, 0, eye, eye)
        place.moveCenter(QRectF(area).center())
        painter.setOpacity(1.0 if model.is_shown(row) else 0.6)
        self._eyes[name].render(painter, place)

    def _paint_name(self, painter: QPainter, area: QRect, model: RunListModel, row: int) -> None:
        run, shown = model.run(row), model.is_shown(row)
        top, bottom = self._lines(area)
        if run is not None:
            color = QColor(self._theme.run(run.color))
            painter.setPen(QPen(color, 2))
            painter.setBrush(color if shown else Qt.BrushStyle.NoBrush)
            middle = QPointF(area.x() + 3 + self._disc / 2, top.center().y() + 1)
            painter.drawEllipse(middle, self._disc / 2 - 1, self._disc / 2 - 1)
        written = self._italic if run is None else self._letters
        words = top.adjusted(3 + self._disc + self._gap, 0, -2, 0)
        text = str(model.data(model.index(row, Column.NAME)))
        painter.setFont(written)
        painter.setPen(QColor(self._theme.text if shown and run is not None else self._theme.muted))
        metrics = QFontMetrics(written)
        painter.drawText(
            words, _LEFT, metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        )
        if self.compact:
            beneath = bottom.adjusted(3 + self._disc + self._gap, 0, 0, 0)
            outcome = str(model.data(model.index(row, Column.OUTCOME)))
            self._paint_small(painter, beneath, _LEFT, outcome)

    def _paint_number(
        self, painter: QPainter, area: QRect, model: RunListModel, index: _Index
    ) -> None:
        row, column = index.row(), Column(index.column())
        top, bottom = self._lines(area)
        cell = top.adjusted(0, 0, -self._gap, 0)
        plain = model.is_shown(row) and column is Column.LOSS
        painter.setPen(QColor(self._theme.text if plain else self._theme.muted))
        painter.setFont(self._letters)
        text = str(model.data(model.index(row, column)))
        summary = model.summary(row)
        if column is Column.LOSS and summary is not None:
            text = fitting(summary.loss, cell.width(), QFontMetrics(self._letters))
        if column is Column.OUTCOME:
            painter.drawText(top.adjusted(self._gap, 0, 0, 0), _LEFT, text)
            return
        painter.drawText(cell, _RIGHT, text)
        if self.compact and column is Column.LOSS and summary is not None:
            steps = f"{summary.step:,} {'step' if summary.step == 1 else 'steps'}"
            self._paint_small(painter, bottom.adjusted(0, 0, -self._gap, 0), _RIGHT, steps)

    def _paint_small(
        self, painter: QPainter, area: QRect, alignment: Qt.AlignmentFlag, text: str
    ) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(area, alignment | Qt.TextFlag.TextDontClip, text)

    def _lines(self, area: QRect) -> tuple[QRect, QRect]:
        """Return where the first and the second line of a cell stand."""
        if not self.compact:
            return area, QRect()
        top, bottom = QRect(area), QRect(area)
        top.setHeight(scaled(self._table, 18))
        top.moveTop(area.top() + 2)
        bottom.setHeight(scaled(self._table, 15))
        bottom.moveTop(top.bottom() + 1)
        return top, bottom


def fitting(value: float, width: int, metrics: QFontMetrics) -> str:
    """Return a number with as many of four digits as there is room for."""
    for digits in (4, 3, 2):
        text = format_number(value, digits)
        if metrics.horizontalAdvance(text) <= width:
            return text
    return format_number(value, 1)


def selected_color(theme: Theme) -> QColor:
    """Return the background of selected rows, on which words and discs keep their contrast."""
    over, under = QColor(theme.accent), QColor(theme.panel)
    mixed = (
        round(_TINT * one + (1.0 - _TINT) * other)
        for one, other in (
            (over.red(), under.red()),
            (over.green(), under.green()),
            (over.blue(), under.blue()),
        )
    )
    return QColor(*mixed)
