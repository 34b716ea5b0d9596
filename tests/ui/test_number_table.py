"""The table of numbers shows a run's records without touching those out of view."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gdviz.engine import Descent, Outcome, Trajectory, compute
from gdviz.experiment import open_landscape
from gdviz.numbers import format_number
from gdviz.optimizers import optimizer
from gdviz.ui.number_grid import MOST_COPIED
from gdviz.ui.number_table import NumberTable
from gdviz.ui.number_table_model import NumberTableModel
from gdviz.ui.palette import palette, style_sheet
from gdviz.ui.run_row_delegate import selected_color
from gdviz.views.fonts import font
from gdviz.views.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
VALLEY = open_landscape("valley")
XY = ("x", "y")


def run(steps=50, rate=0.05, start=(-3.0, 4.0)):
    return compute(Descent.of(VALLEY, optimizer("gd", learning_rate=rate), [start], steps))


def long(records, *, steps=None, last=None, shift=0.0):
    """Return a made-up run: x counts the records, y is its square root."""
    numbers = np.arange(records, dtype=np.float64)
    params = np.stack([numbers + shift, np.sqrt(numbers)], axis=-1)[:, np.newaxis]
    return Trajectory(
        steps=np.arange(records) if steps is None else steps,
        params=params,
        loss=numbers[:, np.newaxis] ** 2,
        gradient=params / 3.0,
        outcome=(Outcome.RUNNING,),
        outcome_step=(records - 1,),
        last_step=(records - 1 if last is None else last,),
    )


class Hand:
    """A table in a window, a hand on mouse and keys, and what it tells."""

    def __init__(self, qtbot, width=480, height=400):
        self.qtbot = qtbot
        application = QApplication.instance()
        application.setStyle("Fusion")
        application.setFont(font())
        application.setPalette(palette(LIGHT))
        self.window = QWidget()
        self.window.setStyleSheet(style_sheet(LIGHT))
        self.table = NumberTable()
        self.table.set_theme(LIGHT)
        self.grid, self.model = self.table.grid, self.table.grid.model()
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.table)
        self.picked = []
        self.table.step_picked.connect(self.picked.append)
        self.window.resize(width, height)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def show(self, trajectory, parameters=XY, row=0):
        self.table.set_trajectory(trajectory, parameters, row)
        QApplication.processEvents()
        return self

    def place(self, row, column=0):
        return self.grid.visualRect(self.model.index(row, column)).center()

    def text(self, row, column):
        return self.model.index(row, column).data()

    def in_view(self, row):
        area = self.grid.visualRect(self.model.index(row, 0))
        return 0 <= area.center().y() < self.grid.viewport().height()

    def wheel(self, notches):
        viewport = self.grid.viewport()
        at = viewport.mapTo(self.window, viewport.rect().center())
        QTest.wheelEvent(self.window.windowHandle(), QPointF(at), QPoint(0, 120 * notches))

    def scroll_away(self):
        self.wheel(-40)
        assert not self.in_view(self.model.current)

    @property
    def scrolled(self):
        return self.grid.verticalScrollBar().value()

    @property
    def clipboard(self):
        return [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]

    def color_at(self, row, column=0):
        area = self.grid.visualRect(self.model.index(row, column))
        return self.grid.viewport().grab().toImage().pixelColor(area.left() + 3, area.center().y())


@pytest.fixture(autouse=True)
def _own_palette(qapp):
    """Leave the application's colors to other tests as they were."""
    before = qapp.palette()
    yield
    qapp.setPalette(before)


@pytest.fixture
def hand(qtbot):
    return Hand(qtbot)


# --- what is there ---


def test_each_row_tells_all_numbers_of_a_step(hand):
    made = run()
    hand.show(made)
    assert hand.model.rowCount() == made.records
    assert hand.model.titles == ["step", "x", "y", "loss", "∂f/∂x", "∂f/∂y", "|∇f|", "|step|"]
    for row in (0, 1, 17, made.records - 1):
        params, gradient = made.params[row, 0], made.gradient[row, 0]
        moved = "" if row == 0 else format_number(math.dist(params, made.params[row - 1, 0]))
        assert [hand.text(row, column) for column in range(8)] == [
            str(row),
            *map(format_number, params),
            format_number(made.loss[row, 0]),
            *map(format_number, gradient),
            format_number(made.gradient_norm[row, 0]),
            moved,
        ]


def test_one_parameter_has_fewer_columns(hand):
    line = open_landscape("parabola")
    made = compute(Descent.of(line, optimizer("gd", learning_rate=0.1), [(2.0,)], 5))
    hand.show(made, line.parameters)
    (name,) = line.parameters
    assert hand.model.titles == ["step", name, "loss", f"∂f/∂{name}", "|∇f|", "|step|"]
    assert hand.text(1, 4) == format_number(abs(made.gradient[1, 0, 0]))


def test_a_run_of_a_batch_is_chosen_by_its_row(hand):
    starts = [(-3.0, 4.0), (1.0, 1.0)]
    made = compute(Descent.of(VALLEY, optimizer("gd", learning_rate=0.05), starts, 5))
    hand.show(made, row=1)
    assert [hand.text(0, column) for column in (1, 2)] == ["1", "1"]
    hand.show(made, row=0)
    assert [hand.text(0, column) for column in (1, 2)] == ["−3", "4"]


def test_steps_after_the_end_of_a_run_are_not_shown(hand):
    hand.show(long(50, last=20))
    assert hand.model.rowCount() == 21


def test_of_a_thinned_run_no_step_is_told_that_was_not_taken_at_once(hand):
    hand.show(long(4, steps=np.array([0, 1, 2, 4]), last=4))
    moved = hand.model.columnCount() - 1
    assert hand.text(2, moved)
    assert hand.text(3, moved) == ""
    assert hand.text(3, 0) == "4"


def test_the_headers_explain_themselves(hand):
    hand.show(run())
    for column in range(hand.model.columnCount()):
        told = hand.model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        assert told.endswith(".")


def test_without_a_run_the_table_says_so(hand):
    hand.show(None, ())
    assert hand.table._empty.isVisible()
    assert not hand.grid.isVisible()
    assert not hand.table.copy_all.isEnabled()
    hand.show(run())
    assert hand.grid.isVisible()
    assert not hand.table._empty.isVisible()


def test_a_thinned_run_says_what_is_left_out(hand):
    made = long(10)
    object.__setattr__(made, "thinned", "Only some steps are kept.")
    hand.show(made)
    assert hand.table._note.text() == "Only some steps are kept."
    hand.show(run())
    assert not hand.table._note.isVisible()


def test_numbers_stand_at_the_right(hand):
    hand.show(run())
    alignment = hand.model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight


def test_the_model_is_consistent_while_a_run_grows(qtbot):
    model = NumberTableModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for trajectory in (long(3), long(10), long(10), long(5), None, run(), long(2, shift=1.0)):
        model.set_trajectory(trajectory, XY, 0)
    del tester


# --- a million rows ---


@pytest.fixture
def asked(monkeypatch):
    """Return the rows whose text was asked for."""
    rows = set()
    data, text = NumberTableModel.data, NumberTableModel.text

    def noting_data(self, index, role=Qt.ItemDataRole.DisplayRole):
        rows.add(index.row())
        return data(self, index, role)

    def noting_text(self, row, number):
        rows.add(row)
        return text(self, row, number)

    monkeypatch.setattr(NumberTableModel, "data", noting_data)
    monkeypatch.setattr(NumberTableModel, "text", noting_text)
    return rows


def test_only_rows_in_view_are_read(hand, asked):
    hand.show(long(1_000_000))
    hand.grid.viewport().repaint()
    assert asked
    assert max(asked) < 40
    asked.clear()
    bar = hand.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    hand.grid.viewport().repaint()
    first = hand.grid.rowAt(0)
    assert 400_000 < first < 600_000
    assert asked
    assert min(asked) >= first - 1
    assert max(asked) < first + 40
    asked.clear()
    hand.show(long(1_000_100))
    hand.table.set_step(700_000)
    hand.grid.viewport().repaint()
    assert len(asked) < 80


def test_the_last_of_a_million_rows_can_be_reached(hand):
    hand.show(long(1_000_000))
    QTest.mouseClick(hand.grid.viewport(), LEFT, pos=hand.place(0))
    QTest.keyClick(hand.grid, Qt.Key.Key_End, CONTROL)
    assert hand.in_view(999_999)
    assert hand.text(999_999, 0) == "999,999"


# --- growing ---


def test_a_growing_run_keeps_the_place_and_the_selection(hand):
    hand.show(long(500))
    hand.scroll_away()
    hand.grid.setCurrentIndex(hand.model.index(hand.grid.rowAt(50), 1))
    place, current = hand.scrolled, hand.grid.currentIndex().row()
    for records in (600, 5000, 20_000):
        hand.show(long(records))
        assert hand.model.rowCount() == records
        assert hand.scrolled == place
        assert hand.grid.currentIndex().row() == current


def test_another_run_begins_at_its_step(hand):
    hand.show(long(5000))
    hand.scroll_away()
    hand.show(long(5000, shift=1.0))
    assert hand.in_view(hand.model.current)
    assert hand.model.current == 0


def test_a_run_that_became_shorter_is_another_one(hand):
    hand.show(long(5000))
    hand.table.set_step(4000)
    hand.show(long(50))
    assert hand.model.rowCount() == 50
    assert hand.model.current == 49
    assert hand.in_view(49)


# --- the step that everything shows ---


def test_the_current_step_is_highlighted(hand):
    hand.show(run())
    hand.table.set_step(3)
    assert hand.color_at(3) == selected_color(LIGHT)
    assert hand.color_at(4) == QColor(LIGHT.panel)
    hand.table.set_step(4)
    assert hand.color_at(3) == QColor(LIGHT.panel)
    hand.table.set_theme(DARK)
    assert hand.color_at(4) == selected_color(DARK)


def test_a_step_that_was_not_kept_highlights_the_one_before(hand):
    hand.show(long(4, steps=np.array([0, 1, 2, 8]), last=8))
    hand.table.set_step(5)
    assert hand.model.current == 2
    hand.table.set_step(99)
    assert hand.model.current == 3


def test_the_current_step_stays_in_view(hand):
    hand.show(long(5000))
    for step in (10, 40, 41, 3000, 5):
        hand.table.set_step(step)
        assert hand.in_view(step)


def test_once_the_user_has_scrolled_away_the_table_stays(hand):
    hand.show(long(5000))
    hand.scroll_away()
    place = hand.scrolled
    for step in (10, 3000, 4999):
        hand.table.set_step(step)
    assert hand.scrolled == place


def test_scrolling_back_to_the_step_takes_it_up_again(hand):
    hand.show(long(5000))
    hand.scroll_away()
    hand.table.set_step(1)
    hand.wheel(+100)
    assert hand.in_view(1)
    hand.table.set_step(900)
    assert hand.in_view(900)


def test_following_brings_the_step_into_view_wherever_one_scrolled(hand):
    hand.show(long(5000))
    hand.scroll_away()
    QTest.mouseClick(hand.table.follow, LEFT)
    assert hand.grid.following
    assert hand.in_view(0)
    hand.scroll_away()
    hand.table.set_step(2000)
    assert hand.in_view(2000)
    hand.table.set_following(False)
    assert not hand.table.follow.isChecked()


def test_following_does_not_scroll_sideways(hand):
    hand.show(long(5000))
    bar = hand.grid.horizontalScrollBar()
    bar.setValue(150)
    hand.table.set_step(1234)
    assert bar.value() == 150


def test_a_table_that_was_out_of_sight_shows_the_step_when_it_comes_back(hand):
    hand.show(long(5000))
    hand.table.hide()
    hand.table.set_step(3333)
    hand.table.show()
    QApplication.processEvents()
    assert hand.in_view(3333)


# --- going to a step ---


def test_a_double_click_goes_to_the_step(hand):
    hand.show(long(9, steps=np.arange(0, 18, 2), last=16))
    at = hand.place(3, 1)
    QTest.mouseClick(hand.grid.viewport(), LEFT, pos=at)
    QTest.mouseDClick(hand.grid.viewport(), LEFT, pos=at)
    assert hand.picked == [6]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_goes_to_the_step(hand, key):
    hand.show(run())
    QTest.mouseClick(hand.grid.viewport(), LEFT, pos=hand.place(5))
    QTest.keyClick(hand.grid, Qt.Key.Key_Down)
    QTest.keyClick(hand.grid, key)
    assert hand.picked == [6]


# --- copying ---


def test_selected_cells_are_copied_exactly_beneath_their_titles(hand):
    made = run()
    hand.show(made)
    QTest.mouseClick(hand.grid.viewport(), LEFT, pos=hand.place(2, 0))
    QTest.mouseClick(hand.grid.viewport(), LEFT, SHIFT, hand.place(4, 3))
    QTest.keyClick(hand.grid, Qt.Key.Key_C, CONTROL)
    titles, *rows = hand.clipboard
    assert titles == ["step", "x", "y", "loss"]
    assert [row[0] for row in rows] == ["2", "3", "4"]
    assert [[float(cell) for cell in row[1:3]] for row in rows] == made.params[2:5, 0].tolist()
    assert [row[3] for row in rows] == [repr(loss) for loss in made.loss[2:5, 0].tolist()]


def test_cells_that_are_not_selected_are_left_empty(hand):
    hand.show(long(10))
    QTest.mouseClick(hand.grid.viewport(), LEFT, pos=hand.place(1, 0))
    QTest.mouseClick(hand.grid.viewport(), LEFT, CONTROL, hand.place(4, 1))
    QTest.keyClick(hand.grid, Qt.Key.Key_C, CONTROL)
    assert hand.clipboard == [["step", "x"], ["1", ""], ["", "4.0"]]


def test_with_nothing_selected_the_clipboard_is_left_alone(hand):
    hand.show(run())
    hand.grid.clearSelection()
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(hand.grid, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "before"


def test_everything_is_copied_with_one_button(hand):
    made = run(20)
    hand.show(made)
    QTest.mouseClick(hand.table.copy_all, LEFT)
    titles, *rows = hand.clipboard
    assert titles == hand.model.titles
    assert len(rows) == made.records
    assert rows[0][-1] == ""
    lengths = np.hypot(*np.diff(made.params[:, 0], axis=0).T)
    assert [float(row[-1]) for row in rows[1:]] == pytest.approx(lengths.tolist(), rel=1e-15)
    assert [float(row[6]) for row in rows] == made.gradient_norm[:, 0].tolist()
    assert hand.table.warning == ""


def test_a_very_long_run_is_copied_in_part_with_a_warning(hand):
    hand.show(long(MOST_COPIED + 5))
    QTest.mouseClick(hand.table.copy_all, LEFT)
    assert len(hand.clipboard) == MOST_COPIED + 1
    assert "first 200,000 of 200,005 rows" in hand.table.warning
    assert hand.table._warning.isVisible()
    hand.show(run())
    assert hand.table.warning == ""
    assert not hand.table._warning.isVisible()


# --- the layout ---


@pytest.mark.parametrize("width", [248, 340, 1200])
def test_columns_are_of_one_width_and_fill_a_wide_table(qtbot, width):
    hand = Hand(qtbot, width=width).show(run())
    widths = {hand.grid.columnWidth(column) for column in range(hand.model.columnCount())}
    assert len(widths) == 1
    longest = hand.grid.fontMetrics().horizontalAdvance("−8.888×10⁻⁸⁸")
    assert widths.pop() > longest
    if width == 1200:
        left = hand.grid.viewport().width() - hand.grid.horizontalHeader().length()
        assert 0 <= left < hand.model.columnCount()


def test_all_that_can_be_reached_has_a_name(hand):
    hand.show(run())
    for widget in (hand.grid, hand.table.follow, hand.table.copy_all):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
