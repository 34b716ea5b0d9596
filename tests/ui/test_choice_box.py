"""The combo box of the panels: what it writes where there is little room."""

import pytest

from gdviz.ui.choice_box import ChoiceBox


@pytest.fixture
def box(qtbot):
    box = ChoiceBox("Maps", "How many maps there are.")
    qtbot.addWidget(box)
    box.add_choice("side by side", "side")
    return box


def test_words_without_room_end_with_an_ellipsis(box):
    box.resize(84, 30)
    assert box.shown_text.endswith("…")
    assert len(box.shown_text) > 3


def test_words_with_room_are_whole(box):
    box.resize(200, 30)
    assert box.shown_text == "side by side"


def test_what_is_painted_stops_before_the_arrow(box):
    box.resize(84, 30)
    cut = box.grab().toImage()
    box.setItemText(0, box.shown_text)
    assert box.grab().toImage() == cut
