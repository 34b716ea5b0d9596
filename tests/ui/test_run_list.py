"""The list of runs tells what the user wants, and keeps its place whatever changes."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QColor, QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QVBoxLayout, QWidget

from gdviz.engine import GradientNoise
from gdviz.experiment import Run, open_experiment
from gdviz.experiment.run_list import (
    duplicated,
    removed,
    renamed,
    reordered,
    selected,
    shown,
    soloed,
    spread,
)
from gdviz.optimizers import optimizer, schedule
from gdviz.surfaces import Track
from gdviz.ui.icons import icon
from gdviz.ui.palette import palette, style_sheet
from gdviz.ui.run_list import RunList, RunSummary
from gdviz.ui.run_list_model import Column, RunListModel
from gdviz.views.fonts import font
from gdviz.views.theme import DARK, LIGHT

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
KEYS = (
    *("duplicate", "remove", "solo", "many_starts"),
    *("rename", "hide", "move_up", "move_down"),
)
EDITING = QAbstractItemView.State.EditingState


def runs(count):
    """Return an experiment with some runs, the first one selected."""
    known = open_experiment("valley")
    made = tuple(
        Run(optimizer("gd", learning_rate=0.01 * (1 + row)), (float(row), 4.0), 50, color=row)
        for row in range(count)
    )
    return replace(known, runs=made, selection=(0,) if made else ())


def tracks(experiment, *names):
    return replace(experiment, tracks=tuple(Track(name, np.ones((3, 2))) for name in names))


class Hand:
    """A list of runs in a window, a hand on mouse and keys, and what the list tells."""

    def __init__(self, qtbot, theme=LIGHT, width=248, height=420):
        self.qtbot = qtbot
        application = QApplication.instance()
        application.setStyle("Fusion")
        application.setFont(font())
        application.setPalette(palette(theme))
        self.window = QWidget()
        self.window.setStyleSheet(style_sheet(theme))
        symbol = icon("copy", theme)
        self.actions = {key: QAction(symbol, key.replace("_", " ").capitalize()) for key in KEYS}
        self.actions["solo"].setCheckable(True)
        self.list = RunList(self.actions)
        self.list.set_theme(theme)
        self.table, self.model = self.list.table, self.list.table.model()
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        self.told = []
        for name in ("selection_picked", "shown_picked", "renamed", "moved", "solo_picked"):
            signal = getattr(self.list, name)
            signal.connect(lambda *values, name=name: self.told.append((name, *values)))
        self.window.resize(width, height)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def show(self, experiment):
        self.list.set_experiment(experiment)
        QApplication.processEvents()
        return self

    def place(self, row, column=Column.NAME):
        return self.table.visualRect(self.model.index(row, column)).center()

    def press(self, at, keys=NO_KEYS, button=LEFT):
        QTest.mousePress(self.table.viewport(), button, keys, at)

    def release(self, at, keys=NO_KEYS, button=LEFT):
        QTest.mouseRelease(self.table.viewport(), button, keys, at)

    def click(self, row, column=Column.NAME, keys=NO_KEYS):
        at = self.place(row, column)
        QTest.mouseClick(self.table.viewport(), LEFT, keys, at)

    def key(self, key, keys=NO_KEYS):
        QTest.keyClick(QApplication.focusWidget(), key, keys)

    def drag(self, row, *places, let_go=True):
        """Press on a row and move through places; a number is a gap between rows."""
        self.press(self.place(row))
        for place in places:
            at = place if isinstance(place, QPoint) else self.gap(place)
            QTest.mouseMove(self.table.viewport(), at)
        if let_go:
            self.release(at)

    def gap(self, number):
        row = min(number, self.model.rowCount() - 1)
        area = self.table.visualRect(self.model.index(row, Column.NAME))
        return QPoint(area.center().x(), area.top() + 2 if number == row else area.bottom() - 2)

    @property
    def editor(self):
        return self.table.viewport().findChild(QLineEdit)

    @property
    def selected(self):
        return sorted({index.row() for index in self.table.selectionModel().selectedIndexes()})

    def open_editor(self, row):
        at = self.place(row)
        QTest.mouseClick(self.table.viewport(), LEFT, NO_KEYS, at)
        QTest.mouseDClick(self.table.viewport(), LEFT, NO_KEYS, at)
        QTest.mouseRelease(self.table.viewport(), LEFT, NO_KEYS, at)
        self.qtbot.waitUntil(lambda: self.editor is not None and self.editor.hasFocus())
        return self.editor

    def finish(self):
        """Press Enter in the editor and wait until it is gone."""
        self.key(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.editor is None)

    def text(self, row, column):
        return self.model.index(row, column).data()

    def color_at(self, at):
        picture = self.table.viewport().grab().toImage()
        return picture.pixelColor(at)


@pytest.fixture(autouse=True)
def _own_palette(qapp):
    """Leave the application's colors to other tests as they were."""
    before = qapp.palette()
    yield
    qapp.setPalette(before)


@pytest.fixture
def hand(qtbot):
    return Hand(qtbot)


@pytest.fixture
def wide(qtbot):
    return Hand(qtbot, width=520)


# --- what is there ---


def test_each_run_is_a_row_with_its_name_and_its_end(hand):
    experiment = renamed(runs(2), 1, "Bold")
    hand.show(experiment)
    hand.list.set_summaries([RunSummary("converged", "It converged.", 0.125, 1234), None])
    assert [hand.text(0, column) for column in Column] == [
        *("", "Gradient descent", "0.125", "1,234", "converged")
    ]
    assert [hand.text(1, column) for column in Column] == ["", "Bold", "", "", ""]


def test_a_model_of_runs_is_consistent_through_any_edit(qtbot):
    model = RunListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    base = selected(runs(6), (1, 3))
    for experiment in (
        base,
        duplicated(base),
        reordered(base, 2),
        removed(base),
        spread(base, [(0.0, 0.0)] * 5, keep=True),
        tracks(base, "a", "b"),
        tracks(removed(base), "b"),
        replace(base, runs=tuple(reversed(base.runs))),
        base.cleared(),
        replace(base, runs=tuple(replace(run, color=0) for run in base.runs)),
        base,
    ):
        model.set_experiment(experiment)
        names = [model.index(row, Column.NAME).data() for row in range(model.rowCount())]
        assert names == [run.label for run in experiment.runs] + [
            track.name for track in experiment.tracks
        ]
        assert [model.run(row) for row in range(model.runs)] == list(experiment.runs)
    del tester


def test_recorded_runs_stand_below_and_cannot_be_touched(hand):
    hand.show(tracks(runs(2), "sgd.csv"))
    hand.list.set_summaries([None, None, RunSummary("recorded", "Elsewhere.", 3.5, 2)])
    assert hand.text(2, Column.NAME) == "sgd.csv"
    assert hand.text(2, Column.OUTCOME) == "recorded"
    assert hand.text(2, Column.LOSS) == "3.5"
    hand.click(2)
    hand.click(2, Column.EYE)
    QTest.mouseDClick(hand.table.viewport(), LEFT, NO_KEYS, hand.place(2))
    hand.drag(2, 0)
    assert hand.told == []
    assert hand.selected == [0]
    assert hand.editor is None


def test_a_recorded_runs_end_follows_those_of_the_runs(hand):
    hand.show(tracks(runs(1), "a", "b"))
    ends = [RunSummary("w", "s", float(loss), 1) for loss in (1, 2, 3)]
    hand.list.set_summaries(ends)
    assert [hand.text(row, Column.LOSS) for row in range(3)] == ["1", "2", "3"]


def test_without_runs_the_list_says_what_to_do(hand):
    hand.show(runs(0))
    assert hand.list._empty.isVisible()
    assert "Click the landscape" in hand.list._empty.words
    assert not hand.table.isVisible()
    hand.show(runs(1))
    assert not hand.list._empty.isVisible()
    assert hand.table.isVisible()


def test_recorded_runs_are_shown_without_any_run(hand):
    hand.show(tracks(runs(0), "sgd.csv"))
    assert hand.table.isVisible()
    assert hand.list._empty.isVisible()


def tooltip(hand, row):
    return hand.model.index(row, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)


def test_the_tooltip_tells_all_that_is_known_of_a_run(hand):
    run = Run(
        optimizer("momentum", learning_rate=0.05, momentum=0.8),
        (-3.0, 4.0),
        500,
        schedule("step", period=20),
        GradientNoise(0.5, 7),
        "Tom & <b>Jerry</b>",
    )
    hand.show(replace(runs(0), runs=(run,), selection=(0,)))
    hand.list.set_summaries([RunSummary("converged", "Converged at step 9.", 4.0, 9)])
    told = tooltip(hand, 0)
    for words in (
        "Tom &amp; &lt;b&gt;Jerry&lt;/b&gt;",
        "Momentum: learning rate 0.05, momentum 0.8",
        "Step decay: period 20, gamma 0.5",
        "Gradient noise 0.5, seed 7",
        "From (x, y) = (−3, 4), at most 500 steps",
        "Loss 4 after 9 steps",
        "Converged at step 9.",
    ):
        assert words in told


def test_a_tooltip_appears_on_a_recorded_run_too(hand):
    hand.show(tracks(runs(1), "sgd.csv"))
    at = hand.place(1)
    event = QHelpEvent(QEvent.Type.ToolTip, at, hand.table.viewport().mapToGlobal(at))
    assert QApplication.sendEvent(hand.table.viewport(), event)
    assert "sgd.csv" in tooltip(hand, 1)


# --- the look ---


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_disc_has_the_color_in_which_the_run_is_drawn(qtbot, theme):
    hand = Hand(qtbot, theme).show(selected(runs(9), (8,)))
    for row in range(8):
        area = hand.table.visualRect(hand.model.index(row, Column.NAME))
        picture = hand.table.viewport().grab().toImage()
        colors = {
            picture.pixelColor(area.x() + 8, y).name() for y in range(area.top(), area.bottom())
        }
        assert theme.run(row) in colors


def test_a_hidden_runs_disc_is_hollow(hand):
    hand.show(shown(selected(runs(2), (1,)), [0], visible=False))
    area = hand.table.visualRect(hand.model.index(0, Column.NAME))
    middle = QPoint(area.x() + 8, area.top() + 12)
    assert hand.color_at(middle) == QColor(LIGHT.panel)
    hand.show(selected(runs(2), (1,)))
    assert hand.color_at(middle) == QColor(LIGHT.run(0))


def test_with_solo_only_the_selected_runs_are_shown(hand):
    hand.show(soloed(selected(runs(3), (1,)), on=True))
    assert [hand.model.is_shown(row) for row in range(3)] == [False, True, False]
    assert hand.actions["solo"].isChecked()
    hand.show(runs(3))
    assert not hand.actions["solo"].isChecked()
    assert hand.told == []


def test_the_current_run_is_marked_and_the_ring_shows_the_focus(hand):
    hand.show(selected(runs(3), (1,)))
    area = hand.table.visualRect(hand.model.index(1, Column.NAME))
    bar, ring = QPoint(1, area.center().y()), QPoint(area.center().x(), area.top() + 1)
    assert hand.color_at(bar) == QColor(LIGHT.accent)
    hand.table.clearFocus()
    assert hand.color_at(ring) != QColor(LIGHT.accent)
    hand.table.setFocus()
    assert hand.color_at(ring) == QColor(LIGHT.accent)


def test_a_narrow_list_tells_outcome_and_steps_on_a_second_line(hand):
    hand.show(runs(2))
    assert hand.table.compact
    assert hand.table.isColumnHidden(Column.STEPS)
    area = hand.table.visualRect(hand.model.index(1, Column.NAME))
    lower = area.adjusted(0, area.height() // 2 + 4, 0, 0)
    before = hand.table.viewport().grab(lower).toImage()
    hand.list.set_summaries([None, RunSummary("converged", "", 1.0, 10)])
    assert hand.table.viewport().grab(lower).toImage() != before


def test_a_wide_list_has_a_column_for_each(wide):
    wide.show(runs(2))
    assert not wide.table.compact
    assert not any(wide.table.isColumnHidden(column) for column in Column)
    assert wide.table.rowHeight(0) < 30


@pytest.mark.parametrize("width", [240, 248, 330, 520])
def test_the_columns_fill_the_width_and_no_more(qtbot, width):
    hand = Hand(qtbot, width=width).show(runs(40))
    assert hand.table.horizontalHeader().length() == hand.table.viewport().width()
    assert hand.table.columnWidth(Column.NAME) >= 90
    race = hand.list.race
    assert race.width() >= race.sizeHint().width()
    assert hand.list.width() <= width


def test_the_themes_change_the_picture(hand):
    hand.show(runs(3))
    light = hand.table.viewport().grab().toImage()
    hand.list.set_theme(DARK)
    assert hand.table.viewport().grab().toImage() != light


# --- selecting ---


def test_a_click_selects_a_run(hand):
    hand.show(runs(4))
    hand.click(2)
    assert hand.told == [("selection_picked", (2,))]


def test_the_current_run_comes_first(hand):
    hand.show(runs(5))
    hand.click(3)
    hand.click(1, keys=CONTROL)
    hand.click(4, keys=CONTROL)
    assert [told[1] for told in hand.told] == [(3,), (1, 3), (4, 1, 3)]


def test_a_range_is_selected_with_shift(hand):
    hand.show(runs(6))
    hand.click(1)
    hand.click(4, keys=SHIFT)
    assert hand.told[-1] == ("selection_picked", (4, 1, 2, 3))


def test_taking_the_current_run_out_makes_another_one_current(hand):
    hand.show(selected(runs(4), (2, 1, 3)))
    hand.click(2, keys=CONTROL)
    assert hand.told == [("selection_picked", (1, 3))]


def test_something_is_always_selected(hand):
    hand.show(selected(runs(3), (1,)))
    hand.click(1, keys=CONTROL)
    QTest.mouseClick(hand.table.viewport(), LEFT, NO_KEYS, QPoint(60, 300))  # beneath the rows
    assert hand.told == []
    assert hand.selected == [1]


def test_keys_select(hand):
    hand.show(runs(5))
    hand.table.setFocus()
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Down, SHIFT)
    hand.key(Qt.Key.Key_A, CONTROL)
    assert hand.told == [
        ("selection_picked", (1,)),
        ("selection_picked", (2, 1)),
        ("selection_picked", (2, 0, 1, 3, 4)),
    ]


def test_a_click_on_one_of_many_selects_it_alone(hand):
    hand.show(selected(runs(4), (0, 1, 2)))
    hand.click(1)
    assert hand.told == [("selection_picked", (1,))]


def test_showing_another_selection_tells_nothing(hand):
    hand.show(runs(5))
    hand.show(selected(runs(5), (3, 1)))
    assert hand.selected == [1, 3]
    assert hand.table.currentIndex().row() == 3
    hand.show(runs(1))
    hand.show(runs(0))
    hand.show(selected(runs(5), (4,)))
    assert hand.selected == [4]
    assert hand.told == []


def test_the_next_key_goes_on_from_the_run_that_was_shown_as_current(hand):
    hand.show(selected(runs(6), (3,)))
    hand.table.setFocus()
    hand.key(Qt.Key.Key_Down)
    assert hand.told == [("selection_picked", (4,))]


def test_left_and_right_are_left_to_the_playhead(hand, qtbot):
    hand.show(runs(2))
    hand.table.setFocus()
    passed = []
    hand.window.keyPressEvent = lambda event: passed.append(event.key())
    hand.key(Qt.Key.Key_Left)
    hand.key(Qt.Key.Key_Right)
    assert passed == [Qt.Key.Key_Left, Qt.Key.Key_Right]


# --- nothing is lost when runs change ---


def test_new_numbers_leave_selection_and_place_alone(hand):
    experiment = selected(runs(200), (150, 3))
    hand.show(experiment)
    bar = hand.table.verticalScrollBar()
    bar.setValue(1000)
    for step in range(5):
        hand.list.set_summaries([RunSummary("running", "", 1.0, step)] * 200)
        hand.show(
            replace(
                experiment, runs=tuple(replace(run, steps=100 + step) for run in experiment.runs)
            )
        )
    assert bar.value() == 1000
    assert hand.selected == [3, 150]
    assert hand.told == []


def test_a_run_that_is_inserted_or_moved_takes_the_selection_along(hand):
    experiment = selected(runs(8), (5,))
    hand.show(experiment)
    persistent = hand.model.index(5, Column.NAME)
    run = experiment.runs[5]
    moved = reordered(experiment, -3)
    hand.show(moved)
    assert hand.selected == [2]
    assert hand.model.run(2) == run
    hand.show(duplicated(selected(moved, (0,))))
    assert hand.selected == [1]
    assert persistent.isValid()


def test_a_new_current_run_is_scrolled_into_view(hand):
    hand.show(runs(200))
    hand.show(spread(runs(200), [(0.0, 0.0)], keep=True))
    assert hand.table.viewport().rect().contains(hand.place(200))


def test_a_name_that_is_being_typed_survives_everything(hand):
    experiment = selected(runs(5), (2,))
    hand.show(experiment)
    editor = hand.open_editor(2)
    hand.told.clear()
    editor.clear()
    QTest.keyClicks(editor, "half")
    hand.list.set_summaries([RunSummary("running", "", 1.0, 1)] * 5)
    hand.show(replace(experiment, runs=tuple(replace(r, steps=99) for r in experiment.runs)))
    hand.show(reordered(experiment, 1))
    hand.show(spread(experiment, [(0.0, 0.0)], keep=True))
    assert hand.editor is editor
    assert editor.hasFocus()
    QTest.keyClicks(editor, "way")
    assert hand.told == []
    hand.finish()
    assert hand.told == [("renamed", 2, "halfway")]
    assert hand.selected == [5]  # the run that was added meanwhile


def test_a_run_that_goes_takes_its_editor_with_it(hand):
    hand.show(selected(runs(3), (1,)))
    hand.open_editor(1)
    hand.show(removed(selected(runs(3), (1,))))
    hand.qtbot.waitUntil(lambda: hand.editor is None)
    assert hand.table.state() is not EDITING
    assert [told for told in hand.told if told[0] == "renamed"] == []


# --- names ---


def test_a_double_click_lets_the_name_be_typed(hand):
    hand.show(runs(3))
    editor = hand.open_editor(1)
    assert editor.text() == "Gradient descent"
    assert editor.selectedText() == "Gradient descent"
    assert editor.accessibleName()
    QTest.keyClicks(editor, "Quick one")
    hand.finish()
    assert hand.told[-1] == ("renamed", 1, "Quick one")
    assert hand.text(1, Column.NAME) == "Gradient descent"  # until the experiment says so


def test_f2_edits_and_escape_leaves_the_name(hand):
    hand.show(runs(2))
    hand.table.setFocus()
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(hand.editor, "other")
    hand.key(Qt.Key.Key_Escape)
    hand.qtbot.waitUntil(lambda: hand.editor is None)
    assert hand.told == []


def test_a_name_that_stays_is_not_told(hand):
    hand.show(runs(2))
    hand.list.edit_name()
    hand.finish()
    assert hand.told == []


def test_an_emptied_name_is_told(hand):
    hand.show(renamed(runs(2), 0, "Bold"))
    hand.list.edit_name()
    hand.editor.clear()
    hand.finish()
    assert hand.told == [("renamed", 0, "")]


# --- eyes ---


def test_a_click_on_an_eye_hides_its_run_and_selects_nothing(hand):
    hand.show(runs(3))
    hand.click(1, Column.EYE)
    assert hand.told == [("shown_picked", (1,), False)]
    hand.told.clear()
    hand.show(shown(runs(3), [1], visible=False))
    hand.click(1, Column.EYE)
    assert hand.told == [("shown_picked", (1,), True)]
    assert hand.selected == [0]


def test_an_eye_of_a_selected_run_is_for_all_selected_ones(hand):
    hand.show(selected(runs(5), (3, 1)))
    hand.click(1, Column.EYE)
    hand.click(2, Column.EYE)
    assert hand.told == [("shown_picked", (1, 3), False), ("shown_picked", (2,), False)]


def test_a_quick_second_click_on_an_eye_counts(hand):
    hand.show(runs(2))
    at = hand.place(1, Column.EYE)
    QTest.mouseClick(hand.table.viewport(), LEFT, NO_KEYS, at)
    QTest.mouseDClick(hand.table.viewport(), LEFT, NO_KEYS, at)
    hand.release(at)
    assert [told[0] for told in hand.told] == ["shown_picked"] * 2


def test_an_eye_that_is_left_before_letting_go_does_nothing(hand):
    hand.show(runs(3))
    hand.press(hand.place(1, Column.EYE))
    QTest.mouseMove(hand.table.viewport(), hand.place(2, Column.EYE))
    hand.release(hand.place(2, Column.EYE))
    assert hand.told == []


def test_the_key_hides_the_selected_runs_and_shows_them_again(hand):
    experiment = selected(runs(4), (2, 0))
    hand.show(experiment)
    hand.list.toggle_shown()
    hand.show(shown(experiment, [2], visible=False))
    hand.list.toggle_shown()
    hand.show(shown(experiment, [0, 2], visible=False))
    hand.list.toggle_shown()
    assert hand.told == [
        ("shown_picked", (0, 2), False),
        ("shown_picked", (0, 2), False),
        ("shown_picked", (0, 2), True),
    ]


# --- moving ---


@pytest.mark.parametrize(
    ("rows", "dragged", "gap"),
    [((2,), 2, 0), ((2,), 2, 5), ((1, 2), 1, 4), ((2, 1), 2, 0), ((3,), 3, 6)],
)
def test_dragged_runs_come_to_stand_at_the_gap(hand, rows, dragged, gap):
    experiment = selected(runs(6), rows)
    hand.show(experiment)
    hand.drag(dragged, dragged + 0, gap)
    (told,) = hand.told
    chosen = [experiment.runs[row] for row in sorted(rows)]
    others = list(experiment.runs)
    expected = [run for run in others[:gap] if run not in chosen]
    expected += chosen + [run for run in others[gap:] if run not in chosen]
    assert list(reordered(experiment, told[1]).runs) == expected


@pytest.mark.parametrize("gap", [2, 3])
def test_a_run_that_is_let_go_where_it_was_does_not_move(hand, gap):
    hand.show(selected(runs(6), (2,)))
    hand.drag(2, 5, gap)
    assert hand.told == []


def test_dragging_a_run_that_is_not_selected_selects_it_first(hand):
    hand.show(runs(6))
    hand.drag(3, 5)
    assert hand.told == [("selection_picked", (3,)), ("moved", 1)]


def test_a_drag_shows_where_the_run_would_go_and_escape_takes_it_back(hand):
    hand.show(runs(6))
    hand.drag(0, 4, let_go=False)
    assert hand.table.gap == 4
    line = QPoint(100, hand.table.visualRect(hand.model.index(4, Column.NAME)).top())
    assert hand.color_at(line) == QColor(LIGHT.accent)
    hand.key(Qt.Key.Key_Escape)
    assert hand.table.gap is None
    hand.release(hand.gap(4))
    assert hand.told == []


def test_runs_that_come_or_go_end_a_drag(hand):
    hand.show(runs(6))
    hand.drag(0, 4, let_go=False)
    hand.show(runs(5))
    assert hand.table.gap is None
    hand.release(hand.gap(4))
    assert not [told for told in hand.told if told[0] == "moved"]


def test_a_trembling_click_drags_nothing(hand):
    hand.show(runs(4))
    at = hand.place(2)
    hand.press(at)
    QTest.mouseMove(hand.table.viewport(), at + QPoint(1, 2))
    hand.release(at + QPoint(1, 2))
    assert hand.told == [("selection_picked", (2,))]


def test_a_run_cannot_be_dragged_below_the_recorded_ones(hand):
    hand.show(tracks(runs(3), "sgd.csv"))
    hand.drag(0, 4)
    assert hand.told == [("moved", 2)]


def test_holding_a_run_at_the_edge_scrolls_on(hand):
    hand.show(runs(100))
    bottom = QPoint(100, hand.table.viewport().height() - 3)
    hand.drag(0, bottom, let_go=False)
    bar = hand.table.verticalScrollBar()
    hand.qtbot.waitUntil(lambda: bar.value() > 100)
    hand.release(bottom)
    ((told, by),) = hand.told
    assert told == "moved"
    assert by > 8
    assert not hand.table._scroller.isActive()


def test_alt_and_an_arrow_move_the_selected_runs(hand):
    hand.show(runs(3))
    hand.table.setFocus()
    hand.key(Qt.Key.Key_Down, ALT)
    hand.key(Qt.Key.Key_Up, ALT)
    assert hand.told == [("moved", 1), ("moved", -1)]


# --- actions ---


def test_the_tools_are_the_actions(hand):
    hand.show(runs(2))
    fired = []
    for key, button in hand.list.tools.items():
        assert button.defaultAction() is hand.actions[key]
        hand.actions[key].triggered.connect(lambda *_, key=key: fired.append(key))
        QTest.mouseClick(button, LEFT)
    assert fired == ["many_starts", "duplicate", "solo", "remove"]
    assert hand.told == [("solo_picked", True)]


@pytest.mark.parametrize(
    ("count", "off"),
    [
        (0, set(KEYS) - {"many_starts"}),
        (1, {"move_up", "move_down"}),
        (2, set()),
    ],
)
def test_what_makes_no_sense_is_disabled(hand, count, off):
    hand.show(runs(count))
    assert {key for key, action in hand.actions.items() if not action.isEnabled()} == off


def test_the_context_menu_has_all_actions(hand):
    hand.show(runs(3))
    at = hand.place(2)
    hand.press(at, button=RIGHT)
    hand.release(at, button=RIGHT)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, hand.table.viewport().mapToGlobal(at)
    )
    QApplication.sendEvent(hand.table.viewport(), event)
    menu = hand.list._menu
    hand.qtbot.waitUntil(menu.isVisible)
    assert {action for action in menu.actions() if not action.isSeparator()} == set(
        hand.actions.values()
    )
    assert hand.told == [("selection_picked", (2,))]
    menu.close()


# --- for everyone ---


def test_all_that_can_be_reached_has_a_name(hand):
    hand.show(runs(2))
    named = [hand.list.race, hand.table, *hand.list.tools.values()]
    for widget in named:
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_screen_reader_hears_whether_a_run_is_shown(hand):
    hand.show(shown(runs(2), [1], visible=False))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [hand.model.index(row, Column.EYE).data(role) for row in (0, 1)] == ["shown", "hidden"]
    described = hand.model.index(1, Column.NAME).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "learning rate 0.02" in described


def test_tab_leaves_the_table(hand):
    hand.show(runs(3))
    hand.table.setFocus()
    hand.key(Qt.Key.Key_Tab)
    assert not hand.table.hasFocus()


def test_only_rows_in_view_are_asked_for(qtbot, monkeypatch):
    hand = Hand(qtbot)
    asked = set()
    summary = RunListModel.summary
    monkeypatch.setattr(
        RunListModel, "summary", lambda self, row: (asked.add(row), summary(self, row))[1]
    )
    hand.show(runs(1000))
    asked.clear()
    hand.list.set_summaries([RunSummary("running", "", 1.0, 1)] * 1000)
    hand.table.viewport().repaint()
    assert asked
    assert max(asked) < 20
