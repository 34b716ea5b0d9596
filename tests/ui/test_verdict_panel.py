"""The verdict panel says what a run does, and offers what would help."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.engine.diagnosis import Evidence, Remedy, Verdict, VerdictKind
from gdviz.ui.verdict_panel import VerdictPanel
from gdviz.views.theme import DARK, LIGHT

REMEDY = Remedy(
    "Use the best constant rate, 0.3333",
    (("learning_rate", 1 / 3),),
    "It multiplies the distance to the minimum by 0.3333 per step instead of growing by 1.4.",
)


def verdict(kind=VerdictKind.DIVERGING, sentence="It diverges.", rate="0.6", remedy=REMEDY):
    evidence = (
        Evidence("stability bound 2/λmax", "0.5", "The largest rate that converges."),
        Evidence("learning rate", rate, "How far one step goes."),
    )
    return Verdict(kind, sentence, evidence, remedy)


@pytest.fixture
def panel():
    return VerdictPanel()


@pytest.fixture
def hand(window_of, panel):
    return window_of(panel)


class Layouts(QObject):
    """Counts how often a widget is laid out anew."""

    def __init__(self, widget):
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_without_a_run_it_says_how_to_begin(hand, panel):
    assert "Click the landscape" in panel.sentence
    assert not panel.badge.isVisible()
    assert not panel.remedy.isVisible()
    assert panel.evidence.texts() == {}


def test_a_verdict_is_shown_whole(hand, panel):
    panel.set_verdict(verdict())
    assert panel.badge.text().endswith("diverges")
    assert panel.badge.accessibleName() == "diverges"
    assert panel.sentence == "It diverges."
    assert panel.evidence.texts() == {"stability bound 2/λmax": "0.5", "learning rate": "0.6"}
    assert panel.remedy.isVisible()
    assert panel.remedy.shown_text() == REMEDY.title
    assert panel.reason == REMEDY.reason


def test_no_run_again_clears_it(hand, panel):
    panel.set_verdict(verdict())
    panel.set_verdict(None)
    test_without_a_run_it_says_how_to_begin(hand, panel)


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_kind_has_its_word_and_a_mark(panel, kind):
    panel.set_verdict(verdict(kind))
    mark, _, word = panel.badge.text().partition(" ")
    assert word == kind.value
    assert mark in "✓!✕•"
    assert panel.badge.fontMetrics().inFont(mark)


def test_severities_differ_in_mark_and_color(panel):
    looks = set()
    for theme in (LIGHT, DARK):
        panel.set_theme(theme)
        for kind in (VerdictKind.CONVERGED, VerdictKind.CRAWLING, VerdictKind.DIVERGING):
            panel.set_verdict(verdict(kind))
            looks.add((panel.badge.text()[0], panel.badge.styleSheet()))
    assert len(looks) == 6
    assert len({mark for mark, _style in looks}) == 3


def test_evidence_teaches(panel):
    panel.set_verdict(verdict())
    row = panel.evidence._rows[0]
    assert row.toolTip() == "The largest rate that converges."
    assert row.value.accessibleName() == "stability bound 2/λmax"
    assert row.value.accessibleDescription() == row.toolTip()


def test_the_remedy_is_told_by_mouse_and_keys(hand, panel):
    told = []
    panel.remedy_picked.connect(told.append)
    panel.set_verdict(verdict())
    hand.click(panel.remedy)
    panel.remedy.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(panel.remedy, Qt.Key.Key_Space)
    assert told == [REMEDY, REMEDY]
    assert panel.remedy.accessibleDescription() == REMEDY.reason


def test_another_remedy_is_offered_and_none(hand, panel):
    panel.set_verdict(verdict())
    other = Remedy("Use momentum", (("momentum", 0.5),), "It is quicker.")
    panel.set_verdict(verdict(remedy=other))
    told = []
    panel.remedy_picked.connect(told.append)
    hand.click(panel.remedy)
    assert told == [other]
    panel.set_verdict(verdict(remedy=None))
    assert not panel.remedy.isVisible()


def test_the_directions_are_switched_and_shown(hand, panel):
    told = []
    panel.eigen_directions_picked.connect(told.append)
    hand.click(panel.directions)
    hand.click(panel.directions)
    assert told == [True, False]
    panel.show_eigen_directions(True)
    assert panel.directions.isChecked()
    assert told == [True, False]


def test_numbers_that_change_while_dragging_ask_for_no_layout(hand, panel):
    panel.set_verdict(verdict(sentence="It diverges: the rate 0.6 is above 0.5.", rate="0.59"))
    QApplication.processEvents()
    page = panel.evidence.parentWidget()
    layouts = [Layouts(widget) for widget in (page, panel, panel.evidence)]
    for rate in ("0.58", "0.57", "0.5", "0.61"):
        panel.set_verdict(
            verdict(sentence=f"It diverges: the rate {rate} is above 0.5.", rate=rate)
        )
        QApplication.processEvents()
    assert [layout.count for layout in layouts] == [0, 0, 0]
    assert panel.evidence.texts()["learning rate"] == "0.61"


def test_a_shorter_sentence_keeps_the_room_of_a_longer_one(hand, panel):
    panel.set_verdict(verdict(sentence="It diverges. " * 12))
    QApplication.processEvents()
    place = panel.evidence.y()
    panel.set_verdict(verdict(sentence="It diverges."))
    QApplication.processEvents()
    assert panel.evidence.y() == place


@pytest.mark.parametrize("width", [248, 340])
def test_nothing_is_cut_off_at_the_sides(window_of, panel, width):
    window_of(panel, width=width)
    panel.set_verdict(verdict(sentence="It diverges: " + "the learning rate is too large " * 4))
    QApplication.processEvents()
    page = panel.evidence.parentWidget()
    assert page.minimumSizeHint().width() <= page.parentWidget().width()
    label = panel._sentence._label
    assert label.heightForWidth(label.width()) <= label.height()
    needed = panel.remedy.heightForWidth(panel.remedy.width())
    assert panel.remedy.height() >= needed
    for row in panel.evidence._rows:
        text = row.value.fontMetrics().horizontalAdvance(row.value.text())
        assert row.value.width() >= text
