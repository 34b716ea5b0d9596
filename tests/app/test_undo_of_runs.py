"""A random walk through all that can be done to the list of runs, all the way back and forth."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from gdviz.engine import descend
from gdviz.experiment.many_starts import ManyStarts
from gdviz.optimizers import SCHEDULES
from tests.app.conftest import CONTROL, NO_KEYS
from tests.app.run_hand import ALT, SHIFT, RunHand

KEY = Qt.Key
ACTIONS = 60
_MOST = 25


@pytest.fixture
def hand(qtbot, workbench):
    hand = RunHand(qtbot, workbench)
    hand.hold()
    return hand


def place(rng):
    return float(rng.uniform(-3.0, 7.0)), float(rng.uniform(-4.0, 4.0))


def click(hand, rng):
    hand.click_contour(place(rng))


def add(hand, rng):
    hand.add_start(place(rng))


def drag(hand, rng):
    if hand.screen.contour.box.grips:
        grips = hand.screen.contour.box.grips
        x, y = (int(one) for one in rng.integers(-25, 25, 2))
        hand.drag_start(grips[rng.integers(len(grips))], QPoint(8, 0), QPoint(20 + x, y))


def race(hand, _rng):
    if len(hand.runs) < _MOST:
        hand.key(KEY.Key_R, CONTROL | SHIFT)
        hand.qtbot.waitUntil(lambda: not hand.workbench.racer.busy, timeout=20_000)


def duplicate(hand, _rng):
    if len(hand.runs) < _MOST:
        hand.key(KEY.Key_D, CONTROL)


def spread(hand, rng):
    wish = ManyStarts("ring", count=int(rng.integers(2, 5)), keep=bool(rng.random() < 0.7))
    hand.workbench.run_editor.spread(wish)


def rename(hand, rng):
    if hand.runs:
        hand.key(KEY.Key_F2)
        hand.qtbot.waitUntil(lambda: hand.name_editor is not None and hand.name_editor.hasFocus())
        hand.keys(f"run {rng.integers(100)}")
        hand.key(KEY.Key_Return)
        hand.qtbot.waitUntil(lambda: hand.name_editor is None)


def select(hand, rng):
    if hand.runs:
        keys = (NO_KEYS, CONTROL, SHIFT)[rng.integers(3)]
        hand.click_run(int(rng.integers(len(hand.runs))), keys=keys)


def pressing(key, keys=NO_KEYS):
    return lambda hand, _rng: hand.key(key, keys)


def type_rate(hand, rng):
    if "learning_rate" in hand.screen.run_panel.fields:
        hand.type(hand.rate.entry, f"{10 ** rng.uniform(-3, -1):.3g}")


def choose_optimizer(hand, rng):
    names = ("Momentum", "Adam", "Gradient descent", "Newton's method", "BFGS")
    box = hand.screen.run_panel.optimizer
    known = [name for name in names if box.findText(name) >= 0]
    hand.choose(box, known[rng.integers(len(known))])


def choose_schedule(hand, rng):
    titles = [kind.title for kind in SCHEDULES.values()]
    if hand.screen.run_panel.schedule.kind.isEnabled():
        hand.choose(hand.screen.run_panel.schedule.kind, titles[rng.integers(len(titles))])


def choose_noise(hand, rng):
    if hand.screen.run_panel.noise.kind.isEnabled():
        title = ("Exact gradient", "Gradient noise")[rng.integers(2)]
        hand.choose(hand.screen.run_panel.noise.kind, title)


def take_remedy(hand, _rng):
    if hand.runs:
        remedy = hand.wait_verdict().remedy
        if remedy is not None:
            hand.workbench.run_editor.apply(remedy)


DEEDS = (
    *(click, add, add, drag, drag, race, duplicate, spread, rename, select, select, select),
    *(type_rate, type_rate, choose_optimizer, choose_schedule, choose_noise, take_remedy),
    *(pressing(KEY.Key_H), pressing(KEY.Key_H, SHIFT)),
    *(pressing(KEY.Key_Up, ALT), pressing(KEY.Key_Down, ALT), pressing(KEY.Key_Delete)),
    *(pressing(KEY.Key_Down, CONTROL), pressing(KEY.Key_S), pressing(KEY.Key_Plus, CONTROL)),
    *(pressing(KEY.Key_R), pressing(KEY.Key_0)),
)
RARE = (pressing(KEY.Key_Delete, CONTROL), pressing(KEY.Key_R, CONTROL))


def document(experiment):
    """Return all that undo takes back: what is selected is no part of it."""
    return replace(experiment, selection=(), draft=None)


def check_the_screen_shows(hand):
    """Panels, list and views are those of the experiment."""
    hand.hold()
    experiment = hand.experiment
    assert hand.names == [run.label for run in experiment.runs]
    shown = [run.color for row, run in enumerate(experiment.runs) if experiment.is_shown(row)]
    assert hand.colors_shown() == shown
    assert set(hand.table.selection) == set(experiment.selection)
    if experiment.runs:
        hand.check_current(experiment.current_row)
    for run, one in zip(experiment.runs, hand.of_runs, strict=True):
        expected = descend(
            experiment.landscape,
            run.optimizer,
            run.start,
            run.steps,
            schedule=run.schedule,
            noise=run.noise,
        )
        np.testing.assert_array_equal(one.params, expected.params[: one.records])


@pytest.mark.parametrize("seed", range(3))
def test_all_the_way_back_and_all_the_way_forth(hand, seed):
    rng = np.random.default_rng(seed)
    stack = hand.workbench.session.undo_stack
    states = [hand.experiment]
    for number in range(ACTIONS):
        deeds = RARE if number in (23, 48) else DEEDS
        hand.focus_views()
        deeds[rng.integers(len(deeds))](hand, rng)
        assert stack.index() - (len(states) - 1) in (0, 1)
        if stack.index() == len(states):
            states.append(hand.experiment)
        else:
            assert document(hand.experiment) == document(states[-1])
    assert len(states) > ACTIONS // 3
    hand.focus_views()
    check_the_screen_shows(hand)
    for state in reversed(states[:-1]):
        hand.undo()
        assert document(hand.experiment) == document(state)
    assert not hand.workbench.actions["undo"].isEnabled()
    check_the_screen_shows(hand)
    for state in states[1:]:
        hand.redo()
        assert hand.experiment == state
    assert not hand.workbench.actions["redo"].isEnabled()
    check_the_screen_shows(hand)
