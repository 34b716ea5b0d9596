"""The Learn panel in the whole window: undo, progress, files, other landscapes, keys."""

import itertools
import shutil

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDockWidget,
    QFileDialog,
    QLineEdit,
)

from gdviz.experiment import open_experiment
from gdviz.lessons import prepared, read_lesson, shipped_lessons
from tests.app.conftest import CONTROL
from tests.app.lesson_hand import ALT, SHIFT, LessonHand

OWN = """\
format: gdviz-lesson
version: 1
title: My own lesson
steps:
  - title: A table
    source: points.csv
    text: A *line* through my points.
    check:
      - say: Add a second run.
        when: {runs: 2}
  - title: A formula
    source: x^2 + 3 y^2
    start: [1, 1]
    learning_rate: 0.1
    at: 3
    text: A bowl.
    view: {x: [-2, 2], y: [-2, 2], slice: y, page: history, overlays: [eigen_directions, partials]}
    ask: {question: "How many parameters?", answer: 2}
    check:
      - say: Show the parts of the step.
        when: {overlay components: true}
"""


@pytest.fixture
def hand(qtbot, workbench):
    return LessonHand(qtbot, workbench)


@pytest.fixture
def own(tmp_path):
    (tmp_path / "points.csv").write_text("a,b\n1,2\n2,3.9\n3,6.2\n4,7.9\n", "utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    return path


def drop(hand, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    window = hand.workbench.window
    enter = QDragEnterEvent(QPointF(300, 300).toPoint(), copy, mime, left, none)
    QApplication.sendEvent(window, enter)
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, mime, left, none))


def open_dropped(hand, path):
    hand.wait_computed()
    drop(hand, path)
    hand.qtbot.waitUntil(lambda: hand.learning.lesson is not None, timeout=10_000)
    hand.wait_begun(hand.learning.at)


# --- beginning a step ---


def test_the_panel_is_closed_at_first_and_not_even_made(hand):
    hand.hold()
    assert hand.dock.isHidden()
    assert not hand.workbench.lessons.made


def test_the_key_opens_and_closes_the_panel_and_the_others_make_room(hand):
    window = hand.workbench.window
    titles = ("Landscape", "This step", "Mathematics", "Update")
    docks = [window.findChild(QDockWidget, title) for title in titles]
    assert all(not dock.isHidden() for dock in docks)
    hand.open_panel()
    assert hand.panel.isVisible()
    assert all(dock.isHidden() for dock in docks)
    assert hand.panel.height() > 0.8 * window.centralWidget().height()
    hand.key(Qt.Key.Key_L, CONTROL | SHIFT)
    assert hand.dock.isHidden()
    assert all(not dock.isHidden() for dock in docks)


def test_the_others_come_back_when_the_panel_is_closed_at_its_corner(hand):
    landscape = hand.workbench.window.findChild(QDockWidget, "Landscape")
    hand.open_panel()
    assert landscape.isHidden()
    hand.dock.close()
    assert not landscape.isHidden()


def test_the_tab_that_was_in_front_is_in_front_again(hand):
    hand.workbench.window.raise_dock("Mathematics")
    QApplication.processEvents()
    assert hand.screen.mathematics.isVisible()
    hand.open_panel()
    assert not hand.screen.mathematics.isVisible()
    hand.key(Qt.Key.Key_L, CONTROL | SHIFT)
    QApplication.processEvents()
    assert hand.screen.mathematics.isVisible()
    assert not hand.screen.step_panel.isVisible()


def test_what_a_crash_has_left_behind_does_not_keep_the_others_in_the_way(hand):
    hand.workbench._settings.aside = ("Mathematics",)
    landscape = hand.workbench.window.findChild(QDockWidget, "Landscape")
    hand.open_panel()
    assert landscape.isHidden()
    hand.dock.close()
    assert not landscape.isHidden()


def test_the_view_menu_opens_the_panel_where_it_was_left_without_beginning_anything(hand):
    hand.wait_computed()
    before = hand.experiment
    hand.dock.toggleViewAction().trigger()
    hand.qtbot.waitUntil(lambda: hand.learning.lesson is not None)
    assert hand.workbench.window.findChild(QDockWidget, "Landscape").isHidden()
    assert hand.experiment == before
    assert "round arrow" in hand.panel.message.text()
    hand.dock.toggleViewAction().trigger()
    assert not hand.workbench.window.findChild(QDockWidget, "Landscape").isHidden()


def test_a_wide_window_has_room_for_all(qtbot, hand):
    hand.workbench.window.resize(1900, 900)
    qtbot.waitUntil(lambda: hand.workbench.window.width() == 1900)
    hand.open_panel()
    assert hand.screen.landscape_panel.isVisible()
    assert hand.panel.isVisible()
    assert hand.panel.height() > 0.8 * hand.workbench.window.centralWidget().height()


def test_beginning_a_step_is_one_edit_and_undo_brings_back_what_was(hand):
    hand.hold()
    before = hand.experiment
    hand.open_panel()
    assert hand.undo_texts == ["Begin lesson step"]
    hand.undo()
    assert hand.experiment == before
    hand.qtbot.waitUntil(lambda: "Another landscape is in view" in hand.panel.message.text())
    hand.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    hand.qtbot.waitUntil(lambda: not hand.panel.message.isVisible())
    assert hand.experiment == prepared(hand.learning.lesson, 0)


def test_what_is_done_on_another_landscape_does_not_count(hand):
    hand.open_panel()
    hand.begin(7)
    hand.workbench.session.edit("Other", open_experiment("regression"))
    hand.qtbot.waitUntil(lambda: "Another landscape is in view" in hand.panel.message.text())
    hand.wait_computed()
    hand.workbench.player.jump_to_end()
    hand.qtbot.waitUntil(lambda: "Another landscape is in view" in hand.panel.message.text())
    hand.learning._look()
    assert not any(hand.page.conditions.done)


def test_starting_again_brings_the_experiment_back_and_takes_the_ticks_away(hand):
    hand.open_panel()
    hand.begin(6)
    hand.answer("-2, 2.4")
    hand.key(Qt.Key.Key_Right)
    hand.wait_done()
    hand.click_contour((5.0, -3.0))
    hand.wait_computed()
    hand.click(hand.panel.again)
    hand.wait_begun(5)
    assert hand.experiment == prepared(hand.learning.lesson, 5)
    assert hand.player.record == 0
    assert not hand.player.playing
    assert not any(hand.page.conditions.done)
    assert not hand.question().mark.done
    assert hand.learning.done == {5}  # the step itself stays done


def test_starting_again_without_a_change_moves_the_playhead_back(hand):
    hand.open_panel()
    hand.begin(6)
    hand.key(Qt.Key.Key_End)
    assert hand.player.record > 0
    hand.click(hand.panel.again)
    hand.wait_begun(5)
    assert hand.player.record == 0
    assert hand.undo_texts[-1] == "Begin lesson step"


def test_a_condition_that_has_held_stays_ticked(hand):
    hand.open_panel()
    hand.begin(4)
    hand.key(Qt.Key.Key_S)
    hand.wait_ticked(0)
    hand.key(Qt.Key.Key_S)
    assert hand.experiment.view.slice_axis == 1
    hand.qtbot.waitUntil(lambda: not hand.learning._observer._due.isActive())
    hand.learning._look()
    assert hand.page.conditions.done == [True, False]


def test_the_next_step_is_ready_before_it_is_asked_for(hand):
    hand.open_panel()
    hand.begin(3)
    hand.qtbot.waitUntil(lambda: 3 in hand.learning._ready, timeout=10_000)
    hand.click(hand.panel.next)
    assert hand.learning.attempt is not None  # without waiting for a thread
    assert hand.learning.at == 3


# --- progress ---


def test_progress_is_remembered_over_a_restart(qtbot, hand, open_workbench):
    hand.open_panel()
    hand.begin(6)
    hand.answer("-2, 2.4")
    hand.key(Qt.Key.Key_Right)
    hand.wait_done()
    hand.begin(8)
    hand.workbench.door.close_unsaved()
    again = LessonHand(qtbot, open_workbench("valley"))
    assert again.panel.isVisible()  # as the window was left
    assert again.learning.lesson.title == "Gradient descent, step by step"
    assert again.learning.at == 7
    assert again.learning.done == {5}
    assert again.experiment.landscape.name == "valley"  # what was asked for is not replaced
    assert again.learning.attempt is None
    assert "round arrow" in again.panel.message.text()
    assert again.panel.dots.buttons[5].text() == "✓"
    again.click(again.panel.again)
    again.wait_begun(7)
    assert again.experiment == prepared(again.learning.lesson, 7)
    landscape = again.workbench.window.findChild(QDockWidget, "Landscape")
    assert landscape.isHidden()
    again.key(Qt.Key.Key_L, CONTROL | SHIFT)
    assert not landscape.isHidden()


def test_progress_is_kept_for_each_lesson(hand, own):
    hand.open_panel()
    hand.begin(5)
    open_own(hand, own)
    assert hand.learning.at == 0
    hand.begin(2)
    hand.choose(hand.panel.chooser, "Gradient descent")
    hand.qtbot.waitUntil(lambda: hand.learning.lesson.name == "gradient-descent", timeout=10_000)
    hand.wait_begun(4)
    open_own(hand, own)
    hand.wait_begun(1)


def open_own(hand, own):
    drop(hand, own)
    hand.qtbot.waitUntil(lambda: hand.learning.lesson.path == own, timeout=10_000)
    hand.wait_begun(hand.learning.at)


# --- files ---


def test_a_teachers_lesson_is_dropped_and_its_table_lies_beside_it(hand, own):
    open_dropped(hand, own)
    assert hand.panel.isVisible()
    assert hand.panel.chooser.currentText() == "My own lesson"
    assert hand.page.prose.toPlainText() == "A line through my points."
    assert hand.experiment.table is not None
    assert hand.experiment.landscape.data.label_name == "b"
    assert not hand.is_done()
    hand.key(Qt.Key.Key_D, CONTROL)
    hand.wait_done()


def test_a_step_sets_domain_slice_page_overlays_and_playhead(hand, own):
    open_dropped(hand, own)
    hand.begin(2)
    view = hand.experiment.view
    assert view.domain.intervals == ((-2.0, 2.0), (-2.0, 2.0))
    assert view.slice_axis == 1
    assert hand.screen.companions.page == "history"
    assert "eigen_directions" in hand.workbench.overlays.shown
    assert hand.workbench.conductor.step_at(hand.player.record) == 3
    hand.answer("2")
    hand.focus_views()
    hand.key(Qt.Key.Key_A)
    hand.qtbot.waitUntil(lambda: hand.workbench.overlays.shown >= {"components"})
    hand.wait_done()


def test_the_menu_opens_a_lesson_reads_it_again_and_saves_a_copy(hand, own, tmp_path, monkeypatch):
    hand.open_panel()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(own), ""))
    hand.panel.menu_actions["open"].trigger()
    hand.qtbot.waitUntil(lambda: hand.learning.lesson.path == own, timeout=10_000)
    hand.wait_begun(0)
    own.write_text(OWN.replace("A *line*", "Another *line*"), "utf-8")
    hand.panel.menu_actions["reread"].trigger()
    hand.qtbot.waitUntil(lambda: "Another line" in hand.page.prose.toPlainText(), timeout=10_000)
    copy = tmp_path / "copy.yaml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    hand.panel.menu_actions["copy"].trigger()
    assert copy.read_bytes() == own.read_bytes()


def test_a_copy_that_cannot_be_saved_is_told(hand, tmp_path, monkeypatch):
    hand.open_panel()
    nowhere = str(tmp_path / "no folder" / "copy.yaml")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (nowhere, ""))
    hand.panel.menu_actions["copy"].trigger()
    assert "no folder" in hand.panel.message.text()


def test_a_copy_of_the_shipped_lesson_is_a_lesson_of_its_own(hand, tmp_path):
    copy = tmp_path / "mine.yml"
    shutil.copy(shipped_lessons()[0], copy)
    open_dropped(hand, copy)
    assert hand.learning.lesson.path == copy
    assert hand.learning.lesson.steps[0].title == read_lesson(copy).steps[0].title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OWN.replace("source: points.csv", "sorce: points.csv"), "line 6: 'sorce' is no field"),
        ("a: b\n", "line 1: this is no lesson"),
        (OWN.replace("version: 1", "version: 2"), "line 2: this lesson has version 2"),
    ],
)
def test_a_malformed_lesson_is_refused_with_its_line_and_the_window_stays(hand, own, text, words):
    own.write_text(text, "utf-8")
    hand.hold()
    before = hand.experiment
    drop(hand, own)
    hand.qtbot.waitUntil(lambda: words in hand.screen.landscape_panel.data.error, timeout=10_000)
    assert hand.experiment == before
    hand.open_panel()
    drop(hand, own)
    hand.qtbot.waitUntil(lambda: words in hand.panel.message.text(), timeout=10_000)
    assert hand.learning.lesson.name == "gradient-descent"


def test_a_step_whose_table_is_gone_is_told_with_its_line(hand, own, tmp_path):
    open_dropped(hand, own)
    hand.begin(2)
    hand.learning._ready.clear()
    (tmp_path / "points.csv").write_text("a,b\n1,2\n", "utf-8")
    hand.click(hand.panel.dots.buttons[0])
    hand.qtbot.waitUntil(lambda: "own.yaml, line 5:" in hand.panel.message.text(), timeout=10_000)


def test_a_remembered_lesson_that_is_gone_gives_way_to_the_first(qtbot, hand, own, open_workbench):
    open_dropped(hand, own)
    hand.workbench.door.close_unsaved()
    own.unlink()
    again = LessonHand(qtbot, open_workbench("valley"))
    qtbot.waitUntil(lambda: again.learning.lesson is not None)
    assert again.learning.lesson.name == "gradient-descent"


# --- questions and keys ---


def test_a_wrong_answer_gets_its_hint_and_a_right_one_stays(hand):
    hand.open_panel()
    hand.begin(6)
    assert "−3 − 0.1 · (−10)" in hand.answer("0, 0")
    assert not hand.question().mark.done
    hand.answer("-2 2.4")
    assert hand.question().mark.done
    assert hand.question().entry.isReadOnly()
    assert hand.learning.attempt.right == (True,)


def test_after_a_right_answer_the_keys_are_the_windows_again(hand):
    hand.open_panel()
    hand.begin(6)
    hand.answer("-2, 2.4")
    assert hand.question().entry.hasFocus()
    hand.key(Qt.Key.Key_Right)
    assert hand.player.record == 1


def test_after_next_was_clicked_the_space_key_plays(hand):
    hand.open_panel()
    hand.begin(6)
    hand.click(hand.panel.next)
    hand.wait_begun(6)
    hand.key(Qt.Key.Key_Space)
    assert hand.learning.at == 6
    assert hand.player.playing


def test_after_the_text_was_clicked_keys_still_do_what_it_says(hand):
    hand.open_panel()
    hand.begin(7)
    hand.click(hand.page.prose.viewport())
    hand.key(Qt.Key.Key_Right)
    assert hand.player.record == 2
    hand.key(Qt.Key.Key_Space)
    assert hand.player.playing


def test_back_and_next_by_keys(hand):
    hand.open_panel()
    hand.key(Qt.Key.Key_N, ALT)
    hand.wait_begun(1)
    hand.key(Qt.Key.Key_B, ALT)
    hand.wait_begun(0)
    assert not hand.panel.back.isEnabled()


def test_every_control_of_the_panel_has_a_name_and_a_tooltip_and_tab_reaches_it(hand):
    hand.open_panel()
    for number in (3, 4):
        hand.begin(number)
        controls = [
            widget
            for kind in (QAbstractButton, QComboBox, QLineEdit)
            for widget in hand.panel.findChildren(kind)
            if widget.isVisible() and not (isinstance(widget, QLineEdit) and widget.isReadOnly())
        ]
        assert len(controls) > 14
        for control in controls:
            assert control.accessibleName() or control.text(), control
            assert control.toolTip(), control.accessibleName()
        hand.focus_views()
        reached = set()
        for _ in range(200):
            hand.key(Qt.Key.Key_Tab)
            reached.add(QApplication.focusWidget())
        for control in controls:
            assert not control.isEnabled() or control in reached, control.accessibleName()


def test_tab_goes_through_the_panel_from_top_to_bottom(hand):
    hand.open_panel()
    hand.begin(4)
    hand.panel.chooser.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    while QApplication.focusWidget() is not hand.panel.next:
        hand.key(Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
        assert len(seen) < 30
    box = hand.question()
    expected = [hand.panel.more, *hand.panel.dots.buttons, box.entry, box.check]
    assert seen == [*expected, hand.panel.back, hand.panel.again, hand.panel.next]


def test_text_can_be_selected_and_copied(hand):
    hand.open_panel()
    hand.click(hand.page.prose.viewport())
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.key(Qt.Key.Key_C, CONTROL)
    assert "24 galaxies" in QApplication.clipboard().text()


@pytest.mark.parametrize("width", [272, 420])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_in_a_narrow_or_a_wide_panel(hand, width, theme):
    hand.workbench.theming.choose(theme)
    hand.open_panel()
    window = hand.workbench.window
    window.resizeDocks([hand.dock], [width], Qt.Orientation.Horizontal)
    for number in range(1, 10):
        hand.begin(number)
        QApplication.processEvents()
        page = hand.page.widget()
        assert page.width() == hand.page.viewport().width(), number
        assert page.minimumSizeHint().width() <= page.width(), number
        prose = hand.page.prose
        assert prose.height() >= prose.document().size().height()
        for one, other in itertools.pairwise(hand.panel.dots.buttons):
            assert one.geometry().right() < other.geometry().left()


def test_a_click_on_the_question_leads_to_its_answer(hand):
    hand.open_panel()
    hand.begin(6)
    hand.click(hand.question().words)
    assert hand.question().entry.hasFocus()


def test_a_remembered_lesson_with_a_mistake_is_told_and_the_first_one_shown(
    qtbot, hand, own, open_workbench
):
    open_dropped(hand, own)
    hand.workbench.door.close_unsaved()
    own.write_text(OWN.replace("source: points.csv", "sorce: points.csv"), "utf-8")
    again = LessonHand(qtbot, open_workbench("valley"))
    qtbot.waitUntil(lambda: again.learning.lesson is not None)
    assert again.learning.lesson.name == "gradient-descent"
    assert "own.yaml, line 6" in again.panel.message.text()


def test_choosing_the_lesson_that_is_shown_changes_nothing(hand):
    hand.open_panel()
    hand.begin(6)
    attempt = hand.learning.attempt
    hand.choose(hand.panel.chooser, "Gradient descent, step by step")
    assert hand.learning.attempt == attempt
    assert hand.learning.at == 5


def test_the_end_is_left_alone_by_what_was_still_being_prepared(hand):
    hand.open_panel()
    hand.learning._ready.clear()
    hand.learning.begin(3)
    hand.learning.begin(9)
    hand.qtbot.waitUntil(lambda: not hand.learning._opener.busy)
    QApplication.processEvents()
    assert hand.learning.at == 9
    assert hand.learning.attempt is None


def test_nothing_is_watched_while_the_panel_is_closed(hand):
    hand.open_panel()
    hand.begin(7)
    observer = hand.learning._observer
    hand.player.step(1)
    assert observer._due.isActive()
    hand.key(Qt.Key.Key_L, CONTROL | SHIFT)
    assert not hand.panel.isVisible()
    assert not observer._due.isActive()
    hand.player.step(1)
    assert not observer._due.isActive()
    hand.key(Qt.Key.Key_L, CONTROL | SHIFT)
    hand.qtbot.waitUntil(hand.panel.isVisible)
    assert hand.player.record == 3  # closing and opening begins nothing anew
    hand.qtbot.waitUntil(lambda: hand.watched("distance", "now") != "")
    hand.player.step(1)
    assert observer._due.isActive()


def test_snapshots_are_taken_at_most_twenty_times_a_second(hand):
    hand.open_panel()
    hand.begin(7)
    seen = []
    hand.learning._observer.seen.connect(seen.append)
    hand.key(Qt.Key.Key_Space)
    hand.wait_still(speed=4.0)
    hand.qtbot.waitUntil(lambda: bool(seen) and seen[-1].step == hand.player.record)
    assert 2 <= len(seen) < 73


@pytest.mark.parametrize("width", [272, 320])
def test_what_has_been_seen_comes_into_view_where_there_is_little_room(hand, width):
    hand.open_panel()
    window = hand.workbench.window
    window.resizeDocks([hand.dock], [width], Qt.Orientation.Horizontal)
    hand.begin(4)
    hand.answer("7.39")
    hand.focus_views()
    hand.key(Qt.Key.Key_S)
    hand.type(hand.field("start 0").entry, "0.1")
    hand.wait_done()
    seen, port = hand.page.seen, hand.page.viewport()

    def whole():
        top = seen.mapTo(port, seen.rect().topLeft()).y()
        return top >= 0 and top + seen.height() <= port.height()

    hand.qtbot.waitUntil(whole)


def test_it_says_that_a_step_is_being_prepared(hand, monkeypatch):
    hand.open_panel()
    hand.qtbot.waitUntil(lambda: not hand.learning._opener.busy)
    hand.learning._ready.clear()
    told, show = [], hand.panel.show_message
    monkeypatch.setattr(hand.panel, "show_message", lambda text: (told.append(text), show(text)))
    hand.click(hand.panel.dots.buttons[3])
    assert "Preparing this step…" in told
    assert hand.page.heading.text() == "4. One direction at a time"
    hand.wait_begun(3)
    assert not hand.panel.message.isVisible()


def test_a_step_begins_with_all_views(hand):
    hand.open_panel()
    hand.begin(4)
    hand.focus_views()
    hand.key(Qt.Key.Key_3)
    stage = hand.workbench.lectern.staging.stage
    assert stage.enlarged == "surface"
    hand.begin(5)
    assert stage.enlarged is None
    assert hand.screen.contour_canvas.isVisible()
