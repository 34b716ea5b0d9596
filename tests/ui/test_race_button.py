"""The race button starts what is checked in its menu, which stays open while one checks."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from gdviz.optimizers import OPTIMIZERS, FirstOrder
from gdviz.ui.palette import style_sheet
from gdviz.ui.race_button import DEFAULT_RACE, RaceButton
from gdviz.views.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton


class Hand:
    """A race button in a window, a hand on it, and what it tells."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.window = QWidget()
        self.window.setStyleSheet(style_sheet(LIGHT))
        self.button = RaceButton()
        self.button.complete()
        self.button.set_theme(LIGHT)
        layout = QHBoxLayout(self.window)
        layout.addWidget(QPushButton("elsewhere"))
        layout.addWidget(self.button)
        self.wanted, self.picked = [], []
        self.button.race_wanted.connect(self.wanted.append)
        self.button.keys_picked.connect(self.picked.append)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    @property
    def menu(self):
        return self.button.menu()

    def open_menu(self):
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        self.qtbot.waitUntil(self.menu.isVisible)

    def entry(self, key):
        title = OPTIMIZERS[key].title
        (found,) = [entry for entry in self.menu.actions() if entry.text() == title]
        return found

    def check(self, key):
        QTest.mouseClick(self.menu, LEFT, pos=self.menu.actionGeometry(self.entry(key)).center())


@pytest.fixture
def hand(qtbot):
    made = Hand(qtbot)
    yield made
    made.menu.close()


def test_the_button_starts_what_is_checked(hand):
    QTest.mouseClick(hand.button, LEFT, pos=hand.button.rect().center() / 2)
    assert hand.wanted == [tuple(key for key in OPTIMIZERS if key in DEFAULT_RACE)]
    assert {"gd", "momentum"} <= set(hand.wanted[0])


def test_the_keyboard_starts_it_too(hand):
    hand.button.setFocus()
    QTest.keyClick(hand.button, Qt.Key.Key_Space)
    assert hand.wanted == [hand.button.keys]


def test_every_optimizer_is_in_the_menu_under_its_group(hand):
    seen, group = {}, None
    for entry in hand.menu.actions():
        if entry.isSeparator():
            group = entry.text()
        else:
            assert entry.isCheckable()
            assert entry.toolTip()
            seen[entry.text()] = group
    assert len(seen) == len(OPTIMIZERS)
    for kind in OPTIMIZERS.values():
        first = issubclass(kind, FirstOrder)
        assert seen[kind.title] == ("First order" if first else "With curvature or line search")


def test_the_menu_stays_open_while_one_checks_with_the_mouse(hand):
    hand.button.set_keys(["gd"])
    hand.open_menu()
    hand.check("momentum")
    assert hand.menu.isVisible()
    hand.check("gd")
    assert hand.menu.isVisible()
    assert hand.picked == [("gd", "momentum"), ("momentum",)]
    assert hand.wanted == []
    QTest.keyClick(hand.menu, Qt.Key.Key_Escape)
    assert not hand.menu.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_menu_stays_open_while_one_checks_with_keys(hand, key):
    hand.button.set_keys([])
    hand.open_menu()
    QTest.keyClick(hand.menu, Qt.Key.Key_Down)
    QTest.keyClick(hand.menu, key)
    assert hand.menu.isVisible()
    assert hand.picked == [(next(iter(OPTIMIZERS)),)]


def test_the_choice_can_be_set_without_telling(hand):
    hand.button.set_keys(["momentum", "no such optimizer"])
    assert hand.button.keys == ("momentum",)
    assert hand.picked == []
    assert OPTIMIZERS["momentum"].title in hand.button.toolTip()
    assert OPTIMIZERS["gd"].title not in hand.button.toolTip()


def test_with_nothing_checked_the_menu_opens_instead(hand):
    hand.button.set_keys([])
    opened = []
    hand.menu.aboutToShow.connect(lambda: opened.append(True))
    # The menu runs an event loop of its own until it is closed.
    hand.menu.aboutToShow.connect(hand.menu.close, Qt.ConnectionType.QueuedConnection)
    QTest.mouseClick(hand.button, LEFT, pos=hand.button.rect().center() / 2)
    assert opened == [True]
    assert hand.wanted == []
    assert "Choose" in hand.button.toolTip()


def test_the_icon_follows_the_theme(hand):
    def picture():
        return hand.button.icon().pixmap(20, 20).toImage()

    light = picture()
    hand.button.set_theme(DARK)
    assert picture() != light


def test_it_has_a_name_and_can_be_reached(hand):
    assert hand.button.accessibleName() == "Race"
    assert hand.button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert QApplication.focusWindow() is not None
