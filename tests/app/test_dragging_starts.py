"""Every start can be dragged, and all runs through it follow; others stay."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gdviz.engine import descend
from tests.app.conftest import CONTROL
from tests.app.run_hand import RunHand

KEY = Qt.Key


@pytest.fixture
def hand(qtbot, workbench):
    """Return a hand on a window with a race at one start, two runs at another, one at a third."""
    hand = RunHand(qtbot, workbench)
    hand.hold()
    hand.race()
    hand.add_start((2.0, 2.0))
    hand.key(KEY.Key_D, CONTROL)
    hand.add_start((6.0, -3.0))
    hand.hold()
    return hand


def groups(hand):
    """Return the rows of the runs at each start, in the list's order."""
    found = {}
    for row, start in enumerate(hand.starts):
        found.setdefault(start, []).append(row)
    return list(found.items())


def check_computed(hand):
    hand.hold()
    for run, one in zip(hand.runs, hand.of_runs, strict=True):
        assert tuple(one.params[0, 0]) == run.start
        expected = descend(hand.experiment.landscape, run.optimizer, run.start, run.steps)
        np.testing.assert_array_equal(one.params, expected.params[: one.records])


@pytest.mark.parametrize("which", range(3))
def test_all_runs_of_a_start_follow_and_no_others(hand, which):
    before = hand.experiment
    edits = hand.workbench.session.undo_stack.index()
    start, rows = groups(hand)[which]
    assert len(rows) == (6, 2, 1)[which]
    end = hand.drag_start(start, QPoint(15, 5), QPoint(30, 10), QPoint(42, -20))
    moved = [row for row, old in enumerate(before.runs) if hand.runs[row] != old]
    assert moved == rows
    for row in moved:
        away = np.abs(np.subtract(hand.starts[row], end))
        assert np.all(away <= hand.screen.contour.box.viewPixelSize())
    assert len({hand.starts[row] for row in moved}) == 1
    assert hand.workbench.session.undo_stack.index() == edits + 1
    assert hand.undo_texts[-1] == "Move start"
    check_computed(hand)
    hand.there_and_back(before)
    check_computed(hand)


def test_dragging_over_another_start_does_not_pick_up_its_runs(hand):
    before = hand.experiment
    (_, _), (start, rows), (over, others) = groups(hand)
    begin, across = hand.contour_pixel(start), hand.contour_pixel(over)
    beyond = across + (across - begin) / 4
    places = [begin + (across - begin) * share / 4 for share in range(1, 5)]
    hand.drag(hand.contour_area, begin, *places, beyond)
    assert [row for row, old in enumerate(before.runs) if hand.runs[row] != old] == rows
    assert all(hand.runs[row] == before.runs[row] for row in others)
    check_computed(hand)
    hand.undo()
    assert hand.experiment == before


def test_letting_go_on_another_start_joins_them_for_the_next_drag_only_if_they_are_equal(hand):
    """Dropped by hand, starts are a pixel apart at most: then they are still two."""
    (_, _), (start, rows), (over, others) = groups(hand)
    begin, across = hand.contour_pixel(start), hand.contour_pixel(over)
    hand.drag(hand.contour_area, begin, (begin + across) / 2, across)
    joined = hand.starts[rows[0]] == hand.starts[others[0]]
    before = hand.experiment
    hand.drag_start(hand.starts[rows[0]], QPoint(0, -20), QPoint(10, -50))
    moved = [row for row, old in enumerate(before.runs) if hand.runs[row] != old]
    assert moved in ([[*rows, *others]] if joined else [rows, others])


def test_the_trajectories_follow_while_the_mouse_is_down(hand):
    (start, rows), *_ = groups(hand)
    begin = hand.contour_pixel(start)
    hand.move(hand.contour_area, begin)
    hand.press(hand.contour_area, begin)
    try:
        for step in range(1, 4):
            hand.move(hand.contour_area, begin + QPoint(12 * step, 4 * step))
            hand.wait_computed()
            for row in rows:
                assert tuple(hand.of_runs[row].params[0, 0]) == hand.starts[row]
    finally:
        hand.release(hand.contour_area, begin + QPoint(36, 12))


def test_dragging_keeps_the_selection_and_two_drags_are_two_steps(hand):
    hand.click_run(1)
    hand.focus_views()
    first = hand.experiment
    for which in (1, 2):
        start, _rows = groups(hand)[which]
        hand.drag_start(start, QPoint(5, 8), QPoint(20, -30))
        assert hand.selection == (1,)
        hand.hold()
    hand.undo()
    assert hand.experiment != first
    hand.undo()
    assert hand.experiment == first
    hand.check_current(1)


def test_the_grips_are_where_runs_start_that_are_shown(hand):
    (_, _), (start, rows), (other, _) = groups(hand)
    hand.click_run(rows[0])
    hand.click_run(rows[1], keys=CONTROL)
    hand.focus_views()
    hand.key(KEY.Key_H)
    assert start not in hand.screen.contour.box.grips
    assert other in hand.screen.contour.box.grips
    before = hand.experiment
    hand.drag_start(start, QPoint(10, 10), QPoint(20, 20))
    assert [run.start for run in hand.runs] == [run.start for run in before.runs]


def test_hidden_runs_through_a_start_follow_too(hand):
    (_, _), (start, rows), _ = groups(hand)
    hand.click_run(rows[1])
    hand.focus_views()
    hand.key(KEY.Key_H)
    hand.drag_start(start, QPoint(10, 10), QPoint(20, 30))
    assert hand.starts[rows[0]] == hand.starts[rows[1]] != start
