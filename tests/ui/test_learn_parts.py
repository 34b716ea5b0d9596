"""The parts of the Learn panel, each in a window of its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.lessons import Attempt, LessonStep, Quantity, Question, Setup, Watched
from gdviz.optimizers import optimizer
from gdviz.ui.condition_list import ConditionList
from gdviz.ui.learn_panel import LearnPanel
from gdviz.ui.lesson_text import LessonText
from gdviz.ui.question_box import QuestionBox
from gdviz.ui.watch_table import WatchTable
from gdviz.views.theme import DARK, LIGHT

X, LOSS = Quantity("value", "x"), Quantity("loss")
TWO = (Watched(X, "x"), Watched(LOSS, "f"))
SETUP = Setup("valley", None, optimizer("gd"), rate_named=False)


def attempt(first, now, watched=TWO):
    """Return an attempt at a step that watches two numbers."""
    step = LessonStep("T", "t", SETUP, watched=watched)
    quantities = [each.quantity for each in watched]
    return Attempt(
        step,
        first=dict(zip(quantities, first, strict=True)),
        now=dict(zip(quantities, now, strict=True)),
    )


def table_with(window_of, made, width=300):
    table = WatchTable()
    window_of(table, width=width, height=200)
    table.set_watched(made.step.watched)
    QApplication.processEvents()
    table.show_attempt(made)
    return table


# --- the watch table ---


def test_what_was_what_is_the_change_and_the_ratio_of_two(window_of):
    table = table_with(window_of, attempt((1.0, 10.0), (1.5, 14.0)))
    assert [table.text("x", column) for column in ("at first", "now", "change")] == [
        *("1", "1.5", "+0.5")
    ]
    assert table.text("f", "change") == "+4"
    assert table.text("ratio", "change") == "8"


def test_without_a_change_the_change_stays_empty(window_of):
    table = table_with(window_of, attempt((1.0, 10.0), (1.0, 10.0)))
    assert table.text("x", "change") == ""
    assert table.text("ratio", "change") == ""


def test_what_has_no_value_is_empty(window_of):
    table = table_with(window_of, attempt((None, 10.0), (None, 12.0)))
    assert table.text("x", "now") == ""
    assert table.text("f", "now") == "12"


@pytest.mark.parametrize("width", [250, 300, 420])
def test_a_long_number_is_shown_with_as_many_digits_as_fit_and_whole_on_hover(window_of, width):
    table = table_with(window_of, attempt((4.665, -12.3456), (4.2123e-7, -1.2345e-12)), width)
    cell = table._cells["x", "now"]
    assert cell.fontMetrics().horizontalAdvance(cell.text()) <= cell.width()
    assert cell.text().endswith("×10⁻⁷")
    assert cell.toolTip() == "4.2123×10⁻⁷"


def test_numbers_under_the_pointer_have_one_column(window_of):
    watched = (Watched(Quantity("value", "x", "probe"), "x"), Watched(X, "y"))
    probe = (watched[0], Watched(Quantity("loss", place="probe"), "loss"))
    table = table_with(window_of, attempt((1.0, 2.0), (3.0, 4.0), probe))
    assert table.text("x", "now") == "3"
    assert ("x", "at first") not in table._cells
    assert ("ratio", "change") not in table._cells
    both = table_with(window_of, attempt((1.0, 2.0), (3.0, 4.0), watched))
    assert both.text("x", "at first") == "1"


# --- the text ---


def test_markdown_is_shown_in_the_heavy_letters_of_the_family(window_of):
    text = LessonText()
    window_of(text, width=260, height=300)
    text.show_markdown("One **bold** word.\n\n- a\n- b")
    assert text.toPlainText() == "One bold word.\na\nb"
    cursor = text.document().find("bold")
    assert cursor.charFormat().fontWeight() == QFont.Weight.DemiBold
    assert text.height() >= text.document().size().height()


def test_it_is_as_high_as_its_words_need_in_its_width(window_of):
    text = LessonText()
    window = window_of(text, width=420, height=400)
    text.show_markdown("word " * 60)
    wide = text.height()
    window.widget.resize(220, 400)
    window.qtbot.waitUntil(lambda: text.height() > 1.5 * wide)


def test_a_text_loads_nothing_and_runs_no_html(window_of, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"no picture")
    text = LessonText()
    window_of(text, width=260, height=300)
    text.show_markdown(f"![a]({picture.as_uri()}) <b>plain</b>")
    assert text.document().resource(2, picture.as_uri()) is None
    cursor = text.document().find("plain")
    assert cursor.charFormat().fontWeight() == QFont.Weight.Normal
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    assert "<b>" in text.toPlainText()


# --- questions and conditions ---


def test_enter_and_the_button_both_answer(qtbot, window_of):
    box = QuestionBox(Question("How many?", (2.0,)))
    window = window_of(box)
    with qtbot.waitSignal(box.answered) as told:
        window.type(box.entry, "3")
    assert told.args == ["3"]
    box.show_reply("wrong", "Not quite.")
    assert box.reply.isVisible()
    assert not box.mark.done
    with qtbot.waitSignal(box.answered) as told:
        QTest.mouseClick(box.check, Qt.MouseButton.LeftButton)
    assert told.args == ["3"]
    box.show_reply("right", "Yes.")
    assert box.mark.done
    with qtbot.assertNotEmitted(box.answered, wait=20):
        QTest.keyClick(box.entry, Qt.Key.Key_Return)


def test_choices_are_buttons_until_the_right_one_is_found(qtbot, window_of):
    box = QuestionBox(Question("Which?", choices=("up", "down"), choice=1))
    window_of(box)
    with qtbot.waitSignal(box.answered) as told:
        QTest.mouseClick(box.choices[0], Qt.MouseButton.LeftButton)
    assert told.args == ["up"]
    box.show_reply("right", "Yes.")
    assert not any(button.isEnabled() for button in box.choices)


def test_conditions_are_ticked_and_a_screen_reader_is_told(window_of):
    conditions = ConditionList()
    window_of(conditions)
    conditions.set_conditions(["Do this.", "Do that."])
    conditions.show_held({1})
    assert conditions.done == [False, True]
    names = [row.label.accessibleName() for row in conditions._rows]
    assert names == ["To do: Do this.", "Done: Do that."]
    conditions.set_conditions(["Other."])
    assert conditions.words == ["Other."]
    assert conditions.done == [False]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_tick_is_painted_in_the_themes_color(window_of, theme):
    conditions = ConditionList()
    window_of(conditions, theme=theme)
    conditions.set_theme(theme)
    conditions.set_conditions(["Do this."])
    mark = conditions._rows[0].mark
    QApplication.processEvents()
    at = mark.rect().center()
    at.setY(2)
    assert colour(mark, at) != theme.partials[1]
    conditions.show_held({0})
    assert colour(mark, at) == theme.partials[1]


def colour(widget, at):
    return QColor(widget.grab().toImage().pixel(at)).name()


# --- the panel ---


def test_the_next_button_stands_out_once_the_step_is_done(window_of):
    from gdviz.lessons import read_lesson, shipped_lessons

    panel = LearnPanel()
    window_of(panel, width=288, height=700)
    lesson = read_lesson(shipped_lessons()[0])
    panel.show_step(lesson, 3, {0, 1})
    assert panel.next.objectName() == ""
    assert [button.text() for button in panel.dots.buttons[:4]] == ["✓", "✓", "3", "4"]
    panel.show_done({0, 1, 3})
    assert panel.next.objectName() == "accent"
    assert "(done)" in panel.dots.buttons[3].accessibleName()
    panel.show_step(lesson, 8, {8})
    assert panel.next.text().replace("&", "") == "Finish"
    panel.show_step(lesson, 9, set(range(9)))
    assert panel.page.heading.text() == "That is the whole lesson"
    assert not panel.next.isEnabled()
    assert not panel.again.isEnabled()
