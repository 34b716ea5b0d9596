"""Above the history plot one chooses what it shows, and how its axes are scaled."""

import pytest

from gdviz.ui.history_controls import HistoryControls


@pytest.fixture
def controls():
    return HistoryControls()


@pytest.fixture
def hand(window_of, controls):
    return window_of(controls, width=420, height=60)


def test_a_quantity_is_picked(hand, controls):
    controls.show_state("loss", False, False)
    picked = []
    controls.quantity_picked.connect(picked.append)
    titles = [controls.quantity.itemText(row) for row in range(controls.quantity.count())]
    assert titles == ["loss", "distance to minimum", "gradient norm", "step size"]
    for title in titles[1:]:
        hand.choose(controls.quantity, title)
    assert picked == ["distance", "gradient", "step"]


def test_an_axis_is_made_logarithmic_by_itself(hand, controls):
    controls.show_state("loss", False, True)
    picked = []
    controls.log_picked.connect(lambda x, y: picked.append((x, y)))
    hand.click(controls.log_x)
    hand.click(controls.log_y)
    hand.click(controls.log_x)
    assert picked == [(True, True), (True, False), (False, False)]


def test_a_state_is_shown_without_being_told(hand, controls):
    told = []
    controls.quantity_picked.connect(told.append)
    controls.log_picked.connect(lambda *state: told.append(state))
    controls.show_state("gradient", True, False)
    assert controls.quantity.currentData() == "gradient"
    assert (controls.log_x.isChecked(), controls.log_y.isChecked()) == (True, False)
    assert told == []


def test_the_box_teaches_what_the_quantity_tells(controls):
    tips = set()
    for key in ("loss", "distance", "gradient", "step"):
        controls.show_state(key, False, False)
        tips.add(controls.quantity.toolTip())
        shown = " ".join(controls.quantity.toolTip().split())
        assert controls.quantity.accessibleDescription() == shown
    assert len(tips) == 4
    assert all(tips)
    assert all(button.toolTip() for button in (controls.log_x, controls.log_y))
