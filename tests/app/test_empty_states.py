"""Where there is nothing to show, it says what would be there and what to do."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from gdviz.ui.empty_state import EmptyState

CONTROL = Qt.KeyboardModifier.ControlModifier


def in_view(workbench):
    """Return what is said by empty states that can be seen."""
    states = workbench.window.findChildren(EmptyState)
    return [state.words for state in states if state.isVisible()]


def notices(hand):
    screen = hand.screen
    return [view.notice for view in (screen.contour, screen.curve, screen.history)]


def test_with_a_run_nothing_is_empty(workbench, hand):
    hand.hold()
    assert in_view(workbench) == []
    assert notices(hand) == ["", "", ""]


def test_cleared_everything_says_how_to_begin(qtbot, workbench, hand):
    hand.hold()
    for title in ("Verdict", "Update", "Numbers"):
        workbench.window.raise_dock(title)
    hand.key(Qt.Key.Key_Delete, CONTROL)
    # The list of runs, the verdict (a moment later), the update, the numbers.
    qtbot.waitUntil(lambda: len(in_view(workbench)) == 4)
    assert all("Click the landscape to start one." in words for words in in_view(workbench))
    assert all("lick" in words for words in notices(hand))
    workbench.window.raise_dock("This step")
    assert "No step yet. Click the landscape to start one." in in_view(workbench)
    workbench.window.raise_dock("Settings")
    assert "the next one gets these settings" in hand.screen.run_panel._note.text()


def test_they_go_as_soon_as_there_is_a_run_and_come_back_with_undo(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    hand.click_contour((8.0, 2.0))
    hand.hold()
    assert in_view(workbench) == []
    assert notices(hand) == ["", "", ""]
    hand.undo()
    assert all(notices(hand))
    assert in_view(workbench)


def test_hidden_runs_are_told_from_none(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_H)
    assert all("All runs are hidden. An eye" in words for words in notices(hand))
    assert in_view(workbench) == []  # the list still has its run


def test_the_words_are_painted(workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    area = hand.screen.history_canvas.plot_area.viewport()
    with_words = area.grab().toImage()
    hand.screen.history.set_notice("")
    assert area.grab().toImage() != with_words


def test_the_panels_do_not_move_when_the_runs_go(workbench, hand):
    hand.hold()
    before = hand.screen.step_panel.height()
    hand.key(Qt.Key.Key_Delete, CONTROL)
    assert hand.screen.step_panel.height() == before


def test_a_search_in_the_gallery_that_finds_nothing(workbench, hand):
    hand.hold()
    gallery = hand.screen.landscape_panel.gallery
    hand.type(gallery.search, "xyzzy", enter=False)
    assert in_view(workbench) == [gallery._nothing.words]
    assert "formula" in gallery._nothing.words
    hand.type(gallery.search, "saddle", enter=False)
    assert gallery.list.isVisible()
    assert len(gallery.names()) > 1


def test_the_page_of_files_says_what_can_be_opened(workbench, hand):
    hand.hold()
    hand.click(hand.screen.landscape_panel.pages.button("data"))
    (words,) = in_view(workbench)
    assert words.startswith("No file is open.")
    assert "drop it on the window" in words


def test_a_measured_surface_says_why_it_has_no_formula(qtbot, open_workbench, hand_of, tmp_path):
    axis = np.linspace(-1.0, 1.0, 12)
    x, y = np.meshgrid(axis, axis)
    path = tmp_path / "surface.npz"
    np.savez(path, x=axis, y=axis, loss=x**2 + y**2)
    workbench = open_workbench(str(path))
    hand_of(workbench).hold()
    mathematics = workbench.screen.mathematics
    if workbench.session.experiment.landscape.notation is not None:
        pytest.fail("a measured surface has equations now: then this state is none")
    assert "This landscape was measured" in mathematics.told
    workbench.window.raise_dock("Mathematics")
    assert mathematics._nothing.isVisible()
    hand_of(workbench).choose_landscape("valley")
    qtbot.waitUntil(lambda: mathematics.told == "")
