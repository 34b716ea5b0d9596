"""The dialog says how many runs result, refuses too many, and tells what is asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSlider, QWidget

from gdviz.experiment.many_starts import ManyStarts
from gdviz.ui.many_starts_dialog import ManyStartsDialog

LEFT = Qt.MouseButton.LeftButton


class Hand:
    """A dialog, a hand on it, and what it asks for."""

    def __init__(self, qtbot, **about):
        self.qtbot = qtbot
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.dialog = ManyStartsDialog(self.parent, **({"dimension": 2, "present": 3} | about))
        self.wanted = []
        self.dialog.spread_wanted.connect(self.wanted.append)
        with qtbot.waitActive(self.dialog):
            self.dialog.show()
            self.dialog.activateWindow()

    def choose(self, kind):
        QTest.mouseClick(self.dialog.kind.button(kind), LEFT)

    def type(self, name, text, *, enter=False):
        entry = self.dialog.fields[name].entry
        entry.setFocus()
        entry.selectAll()
        QTest.keyClicks(entry, text)
        QTest.keyClick(entry, Qt.Key.Key_Return if enter else Qt.Key.Key_Tab)

    def start(self):
        QTest.mouseClick(self.dialog.start, LEFT)

    @property
    def told(self):
        return "" if self.dialog.count.isHidden() else self.dialog.count.text()

    @property
    def error(self):
        return "" if self.dialog.error.isHidden() else self.dialog.error.text()


@pytest.fixture
def hand_on(qtbot):
    return lambda **about: Hand(qtbot, **about)


def test_a_grid_is_asked_for(hand_on):
    hand = hand_on()
    hand.type("grid columns", "6")
    hand.type("grid rows", "3")
    assert hand.told == "18 new runs; 21 with those that are there."
    hand.start()
    assert hand.wanted == [ManyStarts("grid", columns=6, rows=3, keep=True)]


def test_a_ring_is_asked_for(hand_on):
    hand = hand_on()
    hand.choose("ring")
    hand.type("ring count", "8")
    slider = hand.dialog.fields["ring radius"].slider
    assert isinstance(slider, QSlider)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    QTest.mouseClick(hand.dialog.keep, LEFT, pos=hand.dialog.keep.rect().center() / 4)
    assert hand.told == "8 new runs."
    hand.start()
    assert hand.wanted == [ManyStarts("ring", count=8, radius=0.01, keep=False)]


def test_random_starts_are_asked_for(hand_on):
    hand = hand_on(present=0)
    hand.choose("random")
    hand.type("random count", "1")
    hand.type("random seed", "42")
    assert hand.told == "1 new run."
    hand.start()
    assert hand.wanted == [ManyStarts("random", count=1, seed=42, keep=False)]


def test_the_fields_begin_with_what_was_asked_for_before(hand_on):
    wish = ManyStarts("ring", count=5, radius=0.25, keep=False)
    hand = hand_on(wish=wish)
    assert hand.dialog.wish == wish
    assert hand.dialog.fields["ring count"].entry.hasFocus()


def test_enter_in_a_field_takes_its_number_and_starts(hand_on):
    hand = hand_on()
    hand.type("grid columns", "2", enter=True)
    assert hand.wanted == [ManyStarts("grid", columns=2)]


def test_too_many_runs_are_refused_until_there_is_room(hand_on):
    hand = hand_on(present=990)
    assert hand.error == "1,010 runs are too many for the list; it holds 1,000"
    assert not hand.dialog.start.isEnabled()
    assert hand.told == ""
    hand.start()
    hand.type("grid columns", "2", enter=True)
    assert hand.error == ""
    assert hand.told == "8 new runs; 998 with those that are there."
    hand.dialog.keep.setChecked(False)
    hand.type("grid columns", "250")
    assert hand.told == "1,000 new runs."
    hand.type("grid columns", "251")
    assert hand.error.startswith("1,004 runs are too many")


@pytest.mark.parametrize(
    ("kind", "field", "text", "words"),
    [
        ("grid", "grid columns", "0", "columns must be a whole number from 1 to 1,000"),
        ("grid", "grid rows", "2.5", "rows must be a whole number"),
        ("ring", "ring count", "1001", "got 1001"),
        ("ring", "ring radius", "0", "greater than 0 and at most 0.5"),
        ("ring", "ring radius", "0.51", "at most 0.5"),
        ("random", "random seed", "-1", "the seed must be a whole number from 0"),
        ("random", "random count", "many", "not a number"),
    ],
)
def test_a_wrong_number_is_told_at_its_field_and_starts_nothing(hand_on, kind, field, text, words):
    hand = hand_on()
    hand.choose(kind)
    hand.type(field, text)
    assert words in hand.dialog.fields[field].error.text()
    hand.start()
    assert hand.wanted == []
    assert hand.dialog.fields[field].entry.hasFocus()


def test_a_mistake_on_another_page_does_not_matter(hand_on):
    hand = hand_on()
    hand.type("grid rows", "0")
    hand.choose("ring")
    hand.start()
    assert hand.wanted == [ManyStarts("ring")]


def test_with_one_parameter_there_is_neither_ring_nor_rows(hand_on):
    hand = hand_on(dimension=1, present=0, wish=ManyStarts("ring"))
    assert hand.dialog.kind.current == "grid"
    assert set(hand.dialog.fields) == {"grid columns", "random count", "random seed"}
    hand.type("grid columns", "7")
    assert hand.told == "7 new runs."
    hand.start()
    (wish,) = hand.wanted
    assert wish.number(1) == 7


def test_without_runs_there_is_nothing_to_keep(hand_on):
    hand = hand_on(present=0)
    assert not hand.dialog.keep.isVisible()
    assert not hand.dialog.wish.keep


def test_the_caller_may_refuse_and_the_dialog_stays_open(hand_on):
    hand = hand_on()
    hand.dialog.spread_wanted.connect(lambda _: hand.dialog.show_error("Not there."))
    hand.start()
    assert hand.error == "Not there."
    assert hand.dialog.isVisible()


def test_cancel_and_escape_ask_for_nothing(hand_on):
    hand = hand_on()
    QTest.keyClick(hand.dialog, Qt.Key.Key_Escape)
    assert not hand.dialog.isVisible()
    assert hand.wanted == []


def test_all_fields_have_names(hand_on):
    hand = hand_on()
    assert hand.dialog.kind.accessibleName()
    for field in hand.dialog.fields.values():
        assert field.entry.accessibleName()
        assert field.entry.accessibleDescription()
    assert QApplication.focusWidget() is hand.dialog.fields["grid columns"].entry
