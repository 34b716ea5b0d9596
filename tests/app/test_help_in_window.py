"""F1, Shift+F1 and what they lead to."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWhatsThisClickedEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWhatsThis, QWidget

from gdviz.ui.export_dialog import ExportDialog
from gdviz.ui.tips import topic_of
from gdviz.ui.whats_this import explanation
from gdviz.views.theme import DARK

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def popups():
    return [w for w in QApplication.topLevelWidgets() if w.inherits("QWhatsThat") and w.isVisible()]


def close_popup(qtbot):
    QWhatsThis.hideText()
    qtbot.waitUntil(lambda: not popups())


def test_f1_opens_the_help_and_again_brings_it_back(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_F1)
    window = workbench.guidance.helping.window
    qtbot.waitUntil(window.isActiveWindow)
    assert window.search.hasFocus()
    assert window.topic == "first-steps"
    window.show_topic("momentum")
    window.close()
    workbench.window.activateWindow()
    qtbot.waitUntil(workbench.window.isActiveWindow)
    hand.key(Qt.Key.Key_F1)
    assert workbench.guidance.helping.window is window
    assert window.isVisible()
    assert window.topic == "momentum"


def test_the_help_closes_with_the_main_window(workbench, hand):
    hand.hold()
    workbench.actions["help"].trigger()
    window = workbench.guidance.helping.window
    assert window.isVisible()
    workbench.door.close_unsaved()
    assert workbench.guidance.helping.window is None
    assert not window.isVisible()


def test_the_help_wears_the_theme_at_once(workbench, hand):
    hand.hold()
    workbench.actions["help"].trigger()
    workbench.actions["theme_dark"].trigger()
    assert DARK.text in workbench.guidance.helping.window.page.toHtml()


def targets(hand):
    screen = hand.screen
    return {
        "learning-rate": (hand.rate.entry, None),
        "contour-view": (hand.contour_area, None),
        "plain-descent": (screen.run_panel.hyperparameters.more, None),
        "colors": (screen.scaling_box, None),
        "race": (screen.run_list.race, QPoint(10, 10)),
        "history": (screen.history_controls.log_y, None),
        "playback": (screen.playback.slider, None),
        "this-step": (screen.step_panel, None),
    }


TOPICS = (
    *("learning-rate", "contour-view", "plain-descent", "colors", "race"),
    *("history", "playback", "this-step"),
)


@pytest.mark.parametrize("topic", TOPICS)
def test_shift_f1_and_a_click_explain_and_do_nothing_else(qtbot, workbench, hand, topic):
    hand.hold()
    before = hand.experiment
    widget, at = targets(hand)[topic]
    assert topic_of(widget) == topic
    hand.key(Qt.Key.Key_F1, SHIFT)
    assert QWhatsThis.inWhatsThisMode()
    hand.click(widget, at)
    qtbot.waitUntil(lambda: len(popups()) == 1)
    assert not QWhatsThis.inWhatsThisMode()
    assert hand.experiment is before
    close_popup(qtbot)


def test_an_explanation_is_the_topics_beginning_with_a_way_to_the_rest(workbench):
    library = workbench.guidance.helping.library
    told = explanation(library, "learning-rate")
    assert "new point = point − rate × gradient" in told
    assert "Try:" in told
    assert 'href="learning-rate"' in told


def test_the_link_of_an_explanation_opens_the_topic(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_F1, SHIFT)
    hand.click(hand.rate.entry)
    qtbot.waitUntil(lambda: len(popups()) == 1)
    close_popup(qtbot)
    # What Qt sends when the link is clicked, to whom it sends it.
    speaker = workbench.guidance.helping.whats_this._speaker
    assert QApplication.sendEvent(speaker, QWhatsThisClickedEvent("learning-rate"))
    assert workbench.guidance.helping.window.topic == "learning-rate"


def test_shift_f1_twice_does_nothing(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_F1, SHIFT)
    hand.key(Qt.Key.Key_F1, SHIFT)
    assert not QWhatsThis.inWhatsThisMode()
    hand.click_contour((8.0, 2.0))
    assert hand.experiment.runs[0].start == pytest.approx((8.0, 2.0), abs=0.1)


def test_dialogs_explain_as_well(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_E, CONTROL)
    dialog = workbench.window.findChild(ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert topic_of(dialog.path) == "export"
    hand.key(Qt.Key.Key_F1)
    window = workbench.guidance.helping.window
    qtbot.waitUntil(window.isActiveWindow)
    assert window.topic == "export"
    QTest.keyClicks(window.search, "undo")
    assert window.topic == "undo"
    window.close()
    dialog.close()


def test_every_topic_of_a_widget_is_in_the_library(workbench, hand):
    hand.hold()
    library = workbench.guidance.helping.library
    tied = {topic_of(widget) for widget in workbench.window.findChildren(QWidget)}
    assert len(tied) > 15
    assert tied <= set(library)
    for key in workbench.actions:
        topic = workbench.actions[key].property("help")
        assert not topic or topic in library, key
