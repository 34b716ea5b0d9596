"""In the gallery a landscape is found by eye, by words and by keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from gdviz.landscapes import PRESETS
from gdviz.ui.gallery import _PICTURE, _PIXMAP, Gallery
from gdviz.ui.palette import palette, style_sheet
from gdviz.views.fonts import font
from gdviz.views.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton
PANEL = 248
NAMES = [preset.name for preset in PRESETS]
GROUPS = list(dict.fromkeys(preset.group for preset in PRESETS))


class Hand:
    """A gallery in a window, a hand on mouse and keys, and what the gallery tells."""

    def __init__(self, qtbot, theme=LIGHT, width=PANEL, height=700):
        self.qtbot = qtbot
        application = QApplication.instance()
        application.setStyle("Fusion")
        application.setFont(font())
        self.window = QWidget()
        self.window.setObjectName("card")
        application.setPalette(palette(theme))
        self.window.setStyleSheet(style_sheet(theme))
        self.elsewhere = QPushButton("elsewhere")
        self.gallery = Gallery(PRESETS)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.gallery)
        layout.addWidget(self.elsewhere)
        self.list = self.gallery.list
        self.picked = []
        self.gallery.preset_picked.connect(self.picked.append)
        self.window.resize(width, height)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.elsewhere.setFocus()
        QApplication.processEvents()

    @property
    def items(self):
        return [self.list.item(row) for row in range(self.list.count())]

    @property
    def headings(self):
        return [item for item in self.items if item.text() in GROUPS]

    @property
    def marked(self):
        """The titles of what is painted as chosen."""
        return [item.text() for item in self.list.selectedItems()]

    def place(self, name):
        """Return the rectangle of an entry in the viewport, scrolled into view."""
        item = self.gallery.item(name)
        self.list.scrollToItem(item)
        QApplication.processEvents()
        return self.list.visualItemRect(item)

    def click(self, at):
        QTest.mouseMove(self.list.viewport(), at)
        QTest.mouseClick(self.list.viewport(), LEFT, pos=at)

    def go_to(self, name):
        """Bring the keys to an entry."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.setCurrentItem(self.gallery.item(name))

    def key(self, key):
        QTest.keyClick(QApplication.focusWidget(), key)

    def search(self, words):
        self.gallery.search.setFocus()
        self.gallery.search.clear()
        if words.isascii():
            QTest.keyClicks(self.gallery.search, words)
        else:  # on no keyboard
            self.gallery.search.insert(words)
        QApplication.processEvents()


@pytest.fixture(autouse=True)
def _own_palette(qapp):
    """Leave the application's colors to other tests as they were."""
    before = qapp.palette()
    yield
    qapp.setPalette(before)


@pytest.fixture
def hand(qtbot):
    return Hand(qtbot)


def title(name):
    return next(preset.title for preset in PRESETS if preset.name == name)


# --- what is there ---


def test_every_preset_stands_under_its_group(hand):
    seen, group = {}, None
    for item in hand.items:
        if item in hand.headings:
            group = item.text()
        else:
            seen[item.text()] = group
    assert seen == {preset.title: preset.group for preset in PRESETS}
    assert [item.text() for item in hand.headings] == GROUPS
    assert hand.gallery.names() == NAMES


@pytest.mark.parametrize(("width", "columns"), [(PANEL, 2), (360, 3), (800, 7)])
def test_the_columns_fill_the_width(qtbot, width, columns):
    hand = Hand(qtbot, width=width)
    rows = {}
    for name in NAMES:
        rectangle = hand.list.visualItemRect(hand.gallery.item(name))
        rows.setdefault(rectangle.top(), []).append(rectangle)
        assert rectangle.left() >= 0
        assert rectangle.right() < hand.list.viewport().width()
    assert max(len(row) for row in rows.values()) == columns
    assert not hand.list.horizontalScrollBar().isVisible()


def test_it_wraps_anew_when_the_panel_is_widened(hand, qtbot):
    before = hand.list.visualItemRect(hand.gallery.item(NAMES[2])).top()
    hand.window.resize(600, 700)
    first = hand.gallery.item(NAMES[0])
    qtbot.waitUntil(
        lambda: (
            hand.list.visualItemRect(hand.gallery.item(NAMES[2])).top()
            == hand.list.visualItemRect(first).top()
        )
    )
    assert before > hand.list.visualItemRect(first).top()


def test_a_heading_begins_a_row_of_its_own(hand):
    rectangles = [hand.list.visualItemRect(item) for item in hand.items]
    for heading in hand.headings:
        own = hand.list.visualItemRect(heading)
        band = QRect(0, own.top(), hand.list.viewport().width(), own.height())
        assert [other for other in rectangles if other.intersects(band)] == [own]


@pytest.mark.parametrize("width", [PANEL, 500])
def test_entries_do_not_cover_each_other(qtbot, width):
    hand = Hand(qtbot, width=width)
    places = [hand.list.visualItemRect(item) for item in hand.items]
    for number, place in enumerate(places):
        assert place.isValid()
        assert not any(place.intersects(other) for other in places[number + 1 :])


def test_titles_fit_in_two_lines(hand):
    metrics = hand.list.fontMetrics()
    for preset in PRESETS:
        room = hand.list.visualItemRect(hand.gallery.item(preset.name)).width() - 8
        box = metrics.boundingRect(QRect(0, 0, room, 1000), Qt.TextFlag.TextWordWrap, preset.title)
        assert box.width() <= room
        assert box.height() <= 3 * metrics.lineSpacing()


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_tooltip_tells_summary_and_source(hand, preset):
    tip = " ".join(hand.gallery.item(preset.name).toolTip().split())
    assert preset.summary in tip
    assert preset.reference in tip


def test_a_screen_reader_is_told_names_and_summaries(hand):
    assert hand.list.accessibleName() == "Landscapes"
    assert hand.gallery.search.accessibleName() == "Search landscapes"
    for preset in PRESETS:
        item = hand.gallery.item(preset.name)
        assert item.data(Qt.ItemDataRole.AccessibleTextRole) == preset.title
        assert item.data(Qt.ItemDataRole.AccessibleDescriptionRole) == preset.summary
    interface = QAccessible.queryAccessibleInterface(hand.list)
    assert interface.role() in {QAccessible.Role.List, QAccessible.Role.Table}


# --- pictures ---


def loaded(hand):
    return {item.text() for item in hand.items if item.data(_PIXMAP) is not None}


def test_a_picture_is_loaded_when_it_is_first_seen(qtbot):
    gallery = Gallery(PRESETS)
    qtbot.addWidget(gallery)
    assert not any(gallery.item(name).data(_PIXMAP) for name in NAMES)
    hand = Hand(qtbot, height=420)
    assert title(NAMES[0]) in loaded(hand)
    assert title(NAMES[-1]) not in loaded(hand)
    hand.list.scrollToBottom()
    qtbot.waitUntil(lambda: title(NAMES[-1]) in loaded(hand))
    assert len(loaded(hand)) < len(NAMES)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_picture_is_painted(qtbot, theme):
    """Where a picture is to be, there is more than one color."""
    hand = Hand(qtbot, theme)
    for name in NAMES:
        shown = pixels(hand, picture_of(hand.place(name)))
        assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 3
        background = np.array(QColor(theme.panel).getRgb()[:3])
        empty = (np.abs(shown - background).max(axis=2) == 0).mean()
        assert empty < 0.05


def picture_of(place):
    """Return where the picture of an entry is, a little inside its border."""
    left = place.center().x() - _PICTURE.width() // 2
    return QRect(QPoint(left, place.top() + 8), _PICTURE).adjusted(2, 2, -2, -2)


def pixels(hand, rectangle):
    """Return a part of the list as colors, shape (height, width, 3)."""
    image = hand.list.viewport().grab(rectangle).toImage()
    rows = [
        [image.pixelColor(x, y).getRgb()[:3] for x in range(0, image.width(), 4)]
        for y in range(0, image.height(), 4)
    ]
    return np.array(rows, dtype=int)


# --- the mouse ---


def test_a_click_picks_and_leaves_the_keys_where_they_were(hand):
    for name in ("sphere", "himmelblau", NAMES[-1]):
        hand.click(hand.place(name).center())
        assert hand.picked.pop() == name
        assert hand.marked == [title(name)]
        assert not hand.picked
        assert hand.elsewhere.hasFocus()


def test_the_title_beneath_the_picture_can_be_clicked_too(hand):
    hand.click(hand.place("sphere").center() + QPoint(0, 35))
    assert hand.picked == ["sphere"]


def test_a_heading_or_the_void_between_picks_nothing(hand):
    hand.gallery.show_current("valley")
    for item in hand.headings:
        hand.list.scrollToItem(item)
        hand.click(hand.list.visualItemRect(item).center())
    hand.list.scrollToTop()
    hand.click(QPoint(hand.list.viewport().width() - 2, 4))
    assert hand.picked == []


def test_the_right_button_picks_nothing(hand):
    place = hand.place("sphere").center()
    QTest.mouseClick(hand.list.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert hand.picked == []


# --- the keys ---


@pytest.mark.parametrize("width", [PANEL, 420])
def test_right_goes_through_all_landscapes_in_turn_and_left_back(qtbot, width):
    hand = Hand(qtbot, width=width)
    hand.go_to(NAMES[0])
    ways = ((Qt.Key.Key_Right, NAMES[1:]), (Qt.Key.Key_Left, NAMES[-2::-1]))
    for key, expected in ways:
        seen = []
        for _ in expected:
            hand.key(key)
            seen.append(hand.list.currentItem().text())
        assert seen == [title(name) for name in expected]
    assert hand.picked == []


@pytest.mark.parametrize("width", [PANEL, 420])
def test_down_goes_row_by_row_and_never_stops_at_a_heading(qtbot, width):
    hand = Hand(qtbot, width=width)
    hand.go_to(NAMES[0])
    row, groups = -1, []
    while hand.list.currentRow() != row:
        row = hand.list.currentRow()
        top = hand.list.visualItemRect(hand.list.currentItem()).top()
        groups.append(
            next(known.group for known in PRESETS if known.title == hand.list.currentItem().text())
        )
        hand.key(Qt.Key.Key_Down)
        assert hand.list.currentItem() not in hand.headings
        if hand.list.currentRow() != row:
            assert hand.list.visualItemRect(hand.list.currentItem()).top() > top - 200
    assert list(dict.fromkeys(groups)) == GROUPS
    assert hand.picked == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_or_space_picks(hand, key):
    hand.go_to("booth")
    hand.key(Qt.Key.Key_Right)
    hand.key(key)
    assert hand.picked == ["matyas"]


def test_letters_go_to_the_landscape_that_begins_with_them(hand):
    hand.go_to(NAMES[0])
    QTest.keyClicks(hand.list, "him")
    assert hand.list.currentItem().text() == "Himmelblau"
    assert hand.picked == []
    hand.key(Qt.Key.Key_Return)
    assert hand.picked == ["himmelblau"]


def test_tab_reaches_search_and_list(hand):
    hand.gallery.search.setFocus()
    hand.key(Qt.Key.Key_Tab)
    assert hand.list.hasFocus()


def test_enter_without_a_current_landscape_picks_nothing(hand):
    hand.gallery.show_current("a formula of one's own")
    hand.list.setFocus(Qt.FocusReason.TabFocusReason)
    hand.list.setCurrentRow(-1)
    hand.key(Qt.Key.Key_Return)
    assert hand.picked == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_focus_shows(qtbot, theme):
    hand = Hand(qtbot, theme)
    hand.gallery.show_current("valley")
    place = hand.place("valley")
    before = hand.list.viewport().grab(place).toImage()
    hand.list.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    after = hand.list.viewport().grab(place).toImage()
    changed = sum(
        before.pixelColor(x, y) != after.pixelColor(x, y)
        for x in range(before.width())
        for y in range(before.height())
    )
    assert changed > 2 * (place.width() + place.height()) * 0.8


# --- marking ---


def test_the_current_landscape_is_marked_and_nothing_told(hand):
    for name in ("valley", NAMES[-1], "sphere"):
        hand.gallery.show_current(name)
        assert hand.marked == [title(name)]
        assert (
            hand.list.viewport()
            .rect()
            .intersects(hand.list.visualItemRect(hand.gallery.item(name)))
        )
    assert hand.picked == []


@pytest.mark.parametrize("name", ["", "x^2 + y^2", "Valley", "bowls"])
def test_a_landscape_that_is_none_of_these_leaves_none_marked(hand, name):
    hand.gallery.show_current("valley")
    hand.gallery.show_current(name)
    assert hand.marked == []
    assert hand.picked == []
    hand.gallery.show_current("valley")
    assert hand.marked == ["Valley"]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_mark_is_painted_in_the_accent(qtbot, theme):
    hand = Hand(qtbot, theme)
    hand.gallery.show_current("valley")
    image = hand.list.viewport().grab(hand.place("valley")).toImage()
    left = image.pixelColor(5, image.height() // 2)
    assert left.name() == theme.accent


# --- searching ---


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("camel", ["three-hump-camel", "six-hump-camel"]),
        ("CAMEL six", ["six-hump-camel"]),
        ("  himmel ", ["himmelblau"]),
        ("goldstein-price", ["goldstein-price"]),
        ("Lévy", ["levy"]),
        ("banana", ["rosenbrock"]),
        ("the computer journal", ["rosenbrock"]),
        ("hubble", ["regression"]),
    ],
)
def test_words_find_names_summaries_and_sources(hand, words, found):
    hand.search(words)
    assert hand.gallery.names() == found
    visible = [item.text() for item in hand.items if not item.isHidden()]
    groups = dict.fromkeys(known.group for known in PRESETS if known.name in found)
    assert [text for text in visible if text in GROUPS] == list(groups)
    assert not hand.gallery._nothing.isVisible()


def test_what_was_found_moves_up_and_can_be_picked(hand):
    hand.search("styblinski")
    place = hand.list.visualItemRect(hand.gallery.item("styblinski-tang"))
    assert hand.list.viewport().rect().contains(place)
    hand.click(place.center())
    assert hand.picked == ["styblinski-tang"]
    assert hand.gallery.search.hasFocus()
    assert hand.gallery.search.text() == "styblinski"


def test_nothing_found_is_said_and_unsaid(hand):
    hand.search("no such thing")
    assert hand.gallery.names() == []
    assert not any(not item.isHidden() for item in hand.items)
    said = hand.gallery._nothing
    assert said.isVisible()
    assert "formula" in said.text()
    assert said.height() >= said.heightForWidth(said.width())
    hand.search("")
    assert hand.gallery.names() == NAMES
    assert not said.isVisible()


def test_search_leaves_the_mark(hand):
    hand.gallery.show_current("valley")
    hand.search("camel")
    hand.search("")
    assert hand.marked == ["Valley"]
    assert hand.picked == []


def test_a_hidden_landscape_can_become_the_current_one(hand):
    hand.search("camel")
    hand.gallery.show_current("valley")
    assert hand.gallery.names() == ["three-hump-camel", "six-hump-camel"]
    hand.search("")
    assert hand.marked == ["Valley"]


@pytest.mark.parametrize("words", ["[", "(", "\\", ".*", "%s", "∇²" * 500, "\u202e", "\t", "é"])
def test_any_text_may_be_searched_for(hand, words):
    hand.gallery.search.setText(words)
    told = {known.name: f"{known.title} {known.summary} {known.reference}" for known in PRESETS}
    expected = [name for name in NAMES if words.strip() in told[name]]
    assert hand.gallery.names() == expected
