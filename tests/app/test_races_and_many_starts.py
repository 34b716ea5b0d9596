"""Races by button and key, starts added by Shift+click, and many starts by dialog."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.engine import descend
from gdviz.experiment import run_list
from gdviz.experiment.many_starts import ManyStarts
from gdviz.ui.many_starts_dialog import ManyStartsDialog
from gdviz.ui.race_button import DEFAULT_RACE
from tests.app.conftest import CONTROL, LEFT
from tests.app.run_hand import SHIFT, RunHand

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    hand = RunHand(qtbot, workbench)
    hand.hold()
    return hand


def keys_of(hand):
    return [run.optimizer.key for run in hand.runs]


# --- races ---


def test_the_race_key_starts_the_checked_optimizers_once(hand):
    before = hand.experiment
    hand.race()
    assert sorted(keys_of(hand)) == sorted(DEFAULT_RACE)
    assert set(hand.starts) == {before.current.start}
    assert hand.selection == (0,)
    assert hand.runs[0] == before.runs[0]
    assert len({run.color for run in hand.runs}) == len(hand.runs)
    assert hand.undo_texts == ["Race optimizers"]
    hand.hold()
    for run, one in zip(hand.runs, hand.of_runs, strict=True):
        assert one.loss[one.last_step[0], 0] < one.loss[0, 0], run.label
    hand.there_and_back(before)
    hand.check_current(0)


def test_a_second_race_from_the_same_start_adds_nobody(hand, qtbot):
    hand.race()
    before = hand.experiment
    hand.key(KEY.Key_R, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: not hand.workbench.racer.busy)
    assert hand.experiment == before
    assert hand.undo_texts == ["Race optimizers"]


def test_the_race_button_starts_those_that_are_checked_in_its_menu(hand, qtbot):
    race = hand.screen.run_list.race
    # The arrow at the button's end opens the menu, in which entries stay checked.
    arrow = QPoint(race.width() - 4, race.height() // 2)
    menu = race.menu()

    stayed = []

    def check():
        for entry in menu.actions():
            if entry.isCheckable() and entry.isChecked() != (entry.text() in ("Adam", "Momentum")):
                QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
                stayed.append(menu.isVisible())
        QTest.keyClick(menu, KEY.Key_Escape)

    # A menu that is open has an event loop of its own.
    menu.aboutToShow.connect(lambda: QTimer.singleShot(0, menu, check))
    hand.click(race, arrow)
    assert stayed
    assert all(stayed)
    qtbot.waitUntil(lambda: not menu.isVisible())
    assert race.keys == ("momentum", "adam")
    before = hand.experiment
    hand.click(race, QPoint(12, race.height() // 2))
    qtbot.waitUntil(lambda: hand.experiment != before)
    assert keys_of(hand) == ["gd", "momentum", "adam"]
    hand.activate()
    hand.focus_views()
    hand.there_and_back(before)


def test_a_race_without_any_run_starts_where_the_last_run_was(hand, qtbot):
    start = hand.experiment.current.start
    hand.key(KEY.Key_Delete, CONTROL)
    hand.race()
    assert set(hand.starts) == {start}
    assert sorted(keys_of(hand)) == sorted(DEFAULT_RACE)
    hand.check_current(hand.experiment.current_row)


def test_the_race_is_for_the_current_run_when_it_was_asked_for(hand, qtbot):
    """A start that is moved while rates are being sought makes them worthless."""
    hand.workbench.run_editor.race(DEFAULT_RACE)
    hand.workbench.editor.pick_start((1.0, 1.0))  # at once: no event has been handled since
    qtbot.waitUntil(lambda: not hand.workbench.racer.busy)
    assert keys_of(hand) == ["gd"]


def test_racers_race_again_when_the_start_is_clicked_elsewhere(hand):
    hand.race()
    hand.click_contour((2.0, -2.0))
    assert len(set(hand.starts)) == 1
    assert hand.starts[0] != (-3.0, 4.0)
    assert hand.player.playing
    hand.hold()
    for run, one in zip(hand.runs, hand.of_runs, strict=True):
        expected = descend(hand.experiment.landscape, run.optimizer, run.start, run.steps)
        np.testing.assert_array_equal(one.params, expected.params[: one.records, :])


# --- added starts ---


def test_shift_click_adds_a_run_like_the_current_one(hand):
    before = hand.experiment
    hand.add_start((2.0, 2.0))
    assert len(hand.runs) == 2
    first, second = hand.runs
    assert first == before.runs[0]
    assert second.optimizer == first.optimizer
    pixel = hand.screen.contour.box.viewPixelSize()
    assert np.all(np.abs(np.subtract(second.start, (2.0, 2.0))) <= pixel)
    assert hand.selection == (1,)
    hand.hold()
    assert hand.colors_shown() == [0, 1]
    assert hand.undo_texts == ["Add start"]
    hand.there_and_back(before)
    hand.check_current(1)


def test_a_plain_click_moves_the_runs_of_the_current_start_and_no_others(hand):
    hand.race()
    racers = len(hand.runs)
    hand.add_start((2.0, 2.0))
    hand.key(KEY.Key_D, CONTROL)
    before = hand.experiment
    hand.click_contour((4.0, -3.0))
    assert hand.runs[:racers] == before.runs[:racers]
    assert hand.starts[racers] == hand.starts[racers + 1] != before.runs[racers].start
    hand.there_and_back(before)
    hand.click_run(2)
    hand.focus_views()
    before = hand.experiment
    hand.click_contour((0.0, 3.0))
    assert len(set(hand.starts[:racers])) == 1
    assert hand.starts[0] != before.runs[0].start
    assert hand.runs[racers:] == before.runs[racers:]


@pytest.mark.parametrize("source", ["parabola", "regression-w1"])
def test_shift_click_on_the_curve_adds_a_start_along_it(qtbot, open_workbench, source):
    hand = RunHand(qtbot, open_workbench(source))
    hand.hold()
    before = hand.experiment
    (low, high), (bottom, top) = hand.screen.curve.box.viewRange()
    at = hand.curve_pixel(low + 0.7 * (high - low), 0.5 * (bottom + top))
    hand.click_with(SHIFT, hand.curve_area, at)
    assert len(hand.runs) == 2
    assert hand.runs[0] == before.runs[0]
    assert abs(hand.starts[1][0] - hand.curve_value(at)) <= hand.screen.curve.box.viewPixelSize()[0]
    hand.there_and_back(before)


def test_shift_click_on_the_curve_keeps_the_other_parameter(hand):
    start = hand.experiment.current.start
    at = hand.curve_pixel(2.0, sum(hand.screen.curve.box.viewRange()[1]) / 2)
    hand.click_with(SHIFT, hand.curve_area, at)
    assert hand.starts[0] == start
    assert hand.starts[1][1] == start[1]
    assert abs(hand.starts[1][0] - 2.0) < 0.1


# --- many starts ---


class Asking:
    """The dialog, opened by its key."""

    def __init__(self, hand):
        self.hand = hand
        hand.focus_views()
        hand.key(KEY.Key_M)
        hand.qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ManyStartsDialog))
        self.dialog = QApplication.activeWindow()

    def choose(self, kind):
        self.hand.click(self.dialog.kind.button(kind))

    def type(self, **numbers):
        for name, number in numbers.items():
            entry = self.dialog.fields[name.replace("_", " ")].entry
            self.hand.type(entry, str(number), enter=False)
            self.hand.key(KEY.Key_Tab)

    def start(self):
        self.hand.click(self.dialog.start)
        self.wait_closed()

    def wait_closed(self):
        self.hand.qtbot.waitUntil(lambda: QApplication.activeWindow() is not self.dialog)
        self.hand.activate()


WISHES = {
    "grid": ({"grid_columns": 4, "grid_rows": 3}, ManyStarts("grid", columns=4, rows=3)),
    "ring": ({"ring_count": 9, "ring_radius": 0.25}, ManyStarts("ring", count=9, radius=0.25)),
    "random": ({"random_count": 15, "random_seed": 3}, ManyStarts("random", count=15, seed=3)),
}


@pytest.mark.parametrize("kind", WISHES)
@pytest.mark.parametrize("keep", [True, False])
def test_many_starts_by_dialog(hand, kind, keep):
    numbers, wish = WISHES[kind]
    before = hand.experiment
    asking = Asking(hand)
    asking.choose(kind)
    for name, number in numbers.items():
        asking.type(**{name: number})
    if not keep:
        hand.click(asking.dialog.keep, QPoint(8, asking.dialog.keep.height() // 2))
    asking.start()
    expected = wish.starts(before.view.domain)
    assert hand.experiment == run_list.spread(before, expected, keep=keep)
    assert hand.starts == [*([before.current.start] if keep else []), *expected]
    assert hand.undo_texts == ["Add many starts"]
    hand.hold()
    assert len(hand.colors_shown()) == len(expected) + keep
    hand.there_and_back(before)
    hand.wait_computed()
    for run, one in zip(hand.runs, hand.of_runs, strict=True):
        assert tuple(one.params[0, 0]) == run.start


def test_the_same_seed_chooses_the_same_starts_again(hand):
    seen = []
    for seed in (5, 5, 6):
        asking = Asking(hand)
        asking.choose("random")
        asking.type(random_count=8, random_seed=seed)
        asking.start()
        seen.append(hand.starts[-8:])
        hand.undo()
    assert seen[0] == seen[1] != seen[2]


def test_more_than_a_thousand_runs_are_refused_in_one_line(hand):
    before = hand.experiment
    asking = Asking(hand)
    asking.type(grid_columns=40, grid_rows=25)
    told = asking.dialog.error
    assert told.isVisible()
    assert "1,001 runs are too many" in told.text()
    assert "\n" not in told.text()
    assert not asking.dialog.start.isEnabled()
    hand.key(KEY.Key_Escape)
    asking.wait_closed()
    assert hand.experiment == before


def test_duplicating_more_than_the_list_holds_is_refused_in_one_line(hand):
    asking = Asking(hand)
    asking.type(grid_columns=30, grid_rows=20)
    asking.start()
    hand.hold()
    before = hand.experiment
    hand.key(KEY.Key_D, CONTROL)
    assert hand.experiment == before
    message = hand.workbench.window.statusBar().currentMessage()
    assert "too many for the list" in message
    assert "\n" not in message
