"""The help window: searched by typing, read by keys, gone back through."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.help import load_library
from gdviz.help.optimizers_page import optimizers_topic
from gdviz.ui.action_table import ACTIONS
from gdviz.ui.help_window import HelpWindow
from gdviz.ui.keys_topic import MOUSE, keys_of, keys_topic
from gdviz.ui.palette import palette
from gdviz.views.fonts import font
from gdviz.views.theme import DARK, LIGHT

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def library():
    return load_library([keys_topic(), optimizers_topic()])


@pytest.fixture
def window(qtbot, library):
    application = QApplication.instance()
    application.setStyle("Fusion")
    application.setFont(font())
    made = HelpWindow(library)
    made.set_theme(LIGHT)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.search.setFocus()
    return made


def key(window, which, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, which, modifiers)


def type_(window, text):
    for letter in text:
        QTest.keyClick(QApplication.focusWidget() or window, letter)


def test_it_opens_on_the_first_topic_with_all_of_them_listed(window, library):
    assert window.topic == "first-steps"
    assert window.list.keys == list(library)
    assert window.list.current == "first-steps"
    assert "What you see here" in window.page.toPlainText()


def test_typing_finds_and_shows_the_best_and_marks_the_words(window):
    type_(window, "momentum")
    assert window.list.keys[0] == window.topic == "momentum"
    marked = window.page.extraSelections()
    assert len(marked) > 3
    assert {one.cursor.selectedText().casefold() for one in marked} == {"momentum"}


def test_the_arrows_choose_and_enter_goes_on_to_the_page(window):
    type_(window, "rate")
    second = window.list.keys[1]
    key(window, Qt.Key.Key_Down)
    assert window.topic == window.list.current == second
    assert window.search.hasFocus()
    key(window, Qt.Key.Key_Up)
    assert window.topic == window.list.keys[0]
    key(window, Qt.Key.Key_Return)
    assert window.page.hasFocus()


def test_letters_typed_in_the_list_are_searched_for(window):
    window.list.setFocus()
    type_(window, "adam")
    assert window.search.text() == "adam"
    assert window.topic == "adaptive"


def test_finding_nothing_says_what_to_try_and_a_click_does_it(window):
    type_(window, "momentun")
    assert not window.list.isVisible()
    assert window.nothing.isVisible()
    assert "Nothing found for “momentun”" in window.nothing.words
    assert "Momentum" in window.nothing.text()
    window.nothing.linkActivated.emit("Momentum")
    assert window.list.isVisible()
    assert window.topic == "momentum"


def test_links_back_and_forward(window):
    assert not window.back.isEnabled()
    window.page.topic_picked.emit("learning-rate")
    window.page.topic_picked.emit("schedule")
    assert window.topic == "schedule"
    assert window.list.current == "schedule"
    key(window, Qt.Key.Key_Left, ALT)
    key(window, Qt.Key.Key_Left, ALT)
    assert window.topic == "first-steps"
    assert not window.back.isEnabled()
    key(window, Qt.Key.Key_Right, ALT)
    assert window.topic == "learning-rate"
    assert window.forward.isEnabled()
    window.page.topic_picked.emit("noise")
    assert not window.forward.isEnabled()


def test_a_link_on_the_page_is_followed_by_the_keyboard(window):
    window.page.setFocus()
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    assert window.topic == "loss-landscape"


def test_escape_takes_the_search_away_and_then_the_window(window, library):
    type_(window, "csv")
    key(window, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert window.list.keys == list(library)
    assert window.topic == "tables"
    key(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_control_f_goes_to_the_search_field(window):
    window.page.setFocus()
    key(window, Qt.Key.Key_F, CONTROL)
    assert window.search.hasFocus()


def test_no_topic_of_that_name_changes_nothing(window):
    window.show_topic("nowhere")
    assert window.topic == "first-steps"


def test_the_colors_follow_the_theme_and_the_page_stays_where_it_is(window):
    window.show_topic("optimizers")
    bar = window.page.verticalScrollBar()
    bar.setValue(300)
    before = QApplication.palette()
    try:
        QApplication.setPalette(palette(DARK))
        window.set_theme(DARK)
        assert bar.value() == 300
        html = window.page.toHtml()
        assert DARK.text in html
        assert LIGHT.text not in html
        words = window.search.palette().color(QPalette.ColorRole.Text)
        assert words == QColor(DARK.text)
    finally:
        QApplication.setPalette(before)


def test_the_page_of_keys_holds_every_key(window):
    window.show_topic("keys")
    told = window.page.toPlainText()
    for spec in ACTIONS:
        if spec.shortcuts:
            assert keys_of(spec.shortcuts) in told, spec.key
            assert spec.tip.rstrip(".") in told, spec.key
    for gesture, what in MOUSE:
        assert gesture in told
        assert what in told


def test_what_typing_found_on_the_way_is_not_gone_back_to(window):
    type_(window, "momentum")
    key(window, Qt.Key.Key_Left, ALT)
    assert window.topic == "first-steps"
    assert not window.back.isEnabled()


def test_the_page_is_as_large_as_the_letters_are(window):
    before = window.page.document().size().height()
    larger = font(26)
    window.page.setFont(larger)
    assert window.page.document().size().height() > 1.3 * before
