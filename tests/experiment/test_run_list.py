"""Edits of the list of runs: each makes another experiment, and loses nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import GradientNoise
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run, open_experiment
from gdviz.experiment.run_list import (
    MOST_RUNS,
    added,
    duplicated,
    free_color,
    picked,
    raced,
    removed,
    renamed,
    reordered,
    retuned,
    selected,
    shown,
    soloed,
    spread,
    start_typed,
    starting_at,
    starts_moved,
)
from gdviz.landscapes import preset
from gdviz.optimizers import CONSTANT, optimizer, schedule

START, ELSEWHERE = (-3.0, 4.0), (1.0, 1.0)
GD, HEAVY = optimizer("gd", learning_rate=0.1), optimizer("momentum", learning_rate=0.02)
NEWTON = optimizer("newton")


@pytest.fixture
def valley():
    return Experiment.of(preset("valley"))


@pytest.fixture
def race(valley):
    """Return three runs from one start and one from elsewhere."""
    runs = (
        Run(GD, START, color=0),
        Run(HEAVY, START, color=1),
        Run(NEWTON, START, color=2),
        Run(GD, ELSEWHERE, color=3),
    )
    return replace(valley, runs=runs, selection=(1,), draft=runs[1])


def test_a_click_moves_all_runs_of_the_current_start(race):
    moved = picked(race, (5.0, 0.0))
    assert [run.start for run in moved.runs] == [(5.0, 0.0)] * 3 + [ELSEWHERE]
    assert [run.optimizer for run in moved.runs] == [run.optimizer for run in race.runs]
    assert moved.selection == race.selection
    assert moved.draft.start == (5.0, 0.0)


def test_a_click_without_runs_starts_the_draft(race):
    begun = picked(race.cleared(), ELSEWHERE)
    assert [(run.optimizer, run.start) for run in begun.runs] == [(HEAVY, ELSEWHERE)]


def test_a_typed_start_goes_to_selected_runs_one_parameter_at_a_time(race):
    typed = start_typed(selected(race, (0, 3)), (-3.0, 2.0))
    assert [run.start for run in typed.runs] == [(-3.0, 2.0)] * 3 + [(1.0, 2.0)]
    alone = start_typed(selected(race, (3,)), (0.5, 1.0))
    assert [run.start for run in alone.runs] == [START] * 3 + [(0.5, 1.0)]


def test_moved_starts_are_those_that_were_at_one_place(race):
    rows = starting_at(race, START)
    assert rows == (0, 1, 2)
    moved = starts_moved(starts_moved(race, rows, ELSEWHERE), rows, (0.0, 0.0))
    assert [run.start for run in moved.runs] == [(0.0, 0.0)] * 3 + [ELSEWHERE]


def test_a_start_is_added_like_the_current_run_and_selected(race):
    more = added(renamed(race, 1, "mine"), (0.0, 2.0))
    new = more.runs[-1]
    assert (new.optimizer, new.start, new.name, new.color) == (HEAVY, (0.0, 2.0), "", 4)
    assert more.selection == (4,)
    assert more.current == new


def test_a_free_color_is_the_first_that_nobody_has(race):
    assert free_color(race.runs) == 4
    assert free_color([race.runs[0], race.runs[2]]) == 1
    assert free_color([]) == 0


def test_duplicates_follow_their_originals_and_are_selected(race):
    doubled = duplicated(selected(race, (3, 0)))
    assert [run.optimizer for run in doubled.runs] == [GD, GD, HEAVY, NEWTON, GD, GD]
    assert doubled.selection == (1, 5)
    assert len({run.color for run in doubled.runs}) == 6
    assert doubled.runs[1].task == doubled.runs[0].task


def test_removing_selects_what_comes_next(race):
    left = removed(selected(race, (1, 2)))
    assert [run.start for run in left.runs] == [START, ELSEWHERE]
    assert left.selection == (1,)
    assert removed(selected(left, (1,))).selection == (0,)


def test_removing_all_leaves_the_draft(race):
    empty = removed(selected(race, (0, 1, 2, 3)))
    assert empty.runs == ()
    assert empty.current == empty.draft
    assert empty.current.optimizer == GD


@pytest.mark.parametrize(
    ("name", "label"), [("  my  run ", "my run"), ("", "Momentum"), ("Momentum", "Momentum")]
)
def test_a_name_is_kept_plain(race, name, label):
    named = renamed(race, 1, name)
    assert named.runs[1].label == label
    assert named.runs[1].name == ("" if label == "Momentum" else label)


def test_hidden_runs_are_not_shown_and_solo_shows_the_selected_only(race):
    hidden = shown(race, (0, 2), visible=False)
    assert [hidden.is_shown(row) for row in range(4)] == [False, True, False, True]
    assert shown(hidden, (0, 2), visible=True).runs == race.runs
    solo = soloed(selected(hidden, (2, 3)), on=True)
    assert [solo.is_shown(row) for row in range(4)] == [False, False, True, True]
    assert soloed(solo, on=False) == selected(hidden, (2, 3))


@pytest.mark.parametrize(
    ("selection", "by", "order"),
    [
        ((1,), 1, [0, 2, 1, 3]),
        ((1,), -1, [1, 0, 2, 3]),
        ((0,), -1, [0, 1, 2, 3]),
        ((3,), 1, [0, 1, 2, 3]),
        ((0, 1), 1, [2, 0, 1, 3]),
        ((2, 3), -1, [0, 2, 3, 1]),
        ((0, 3), 1, [1, 0, 2, 3]),
        ((0,), 3, [1, 2, 3, 0]),
    ],
)
def test_moving_in_the_list_keeps_colors_and_selection(race, selection, by, order):
    moved = reordered(selected(race, selection), by)
    assert [run.color for run in moved.runs] == order
    assert {moved.runs[row].color for row in moved.selection} == set(selection)
    assert moved.runs[moved.selection[0]].color == selection[0]


def test_a_race_adds_only_what_does_not_run_there_yet(race):
    adam = optimizer("adam", learning_rate=0.5)
    raced_once = raced(race, [GD, adam, NEWTON])
    assert [run.optimizer for run in raced_once.runs[4:]] == [adam]
    assert raced_once.runs[-1].start == START
    assert raced_once.selection == race.selection
    assert raced(raced_once, [GD, adam, NEWTON]) == raced_once


def test_a_racer_has_no_schedule_or_noise_that_it_cannot_use(valley):
    noise = GradientNoise(0.5)
    base = retuned(
        valley,
        valley.current,
        replace(valley.current, schedule=schedule("cosine"), noise=noise),
    )
    after = raced(base, [HEAVY, NEWTON, optimizer("line_search")])
    assert [run.noise for run in after.runs] == [noise, noise, None, None]
    assert after.runs[3].schedule == CONSTANT
    assert after.runs[2].schedule == schedule("cosine")


def test_spreading_replaces_or_keeps(race):
    starts = [(0.0, 0.0), (1.0, 0.0)]
    replaced = spread(race, starts, keep=False)
    assert [(run.optimizer, run.start) for run in replaced.runs] == [
        (HEAVY, start) for start in starts
    ]
    assert replaced.selection == (0, 1)
    assert len(spread(race, starts, keep=True).runs) == 6


def test_spread_noisy_runs_get_random_numbers_of_their_own(race):
    noisy = retuned(race, race.current, replace(race.current, noise=GradientNoise(0.5, 7)))
    many = spread(noisy, [(0.0, 0.0)] * 3, keep=False)
    assert [run.noise.seed for run in many.runs] == [7, 8, 9]


def test_the_list_is_not_endless(race):
    with pytest.raises(UserError, match="too many for the list"):
        spread(race, [START] * (MOST_RUNS + 1), keep=False)


# Changing what is selected


def test_a_hyperparameter_goes_to_selected_runs_of_the_same_optimizer(race):
    chosen = selected(race, (0, 1, 3))
    before = chosen.current
    after = replace(before, optimizer=optimizer("gd", learning_rate=0.2))
    changed = retuned(chosen, before, after)
    assert [run.optimizer for run in changed.runs] == [
        after.optimizer,
        HEAVY,
        NEWTON,
        after.optimizer,
    ]


def test_another_optimizer_goes_to_all_selected_runs(race):
    chosen = selected(race, (0, 3))
    changed = retuned(chosen, chosen.current, replace(chosen.current, optimizer=NEWTON))
    assert [run.optimizer for run in changed.runs] == [NEWTON, HEAVY, NEWTON, NEWTON]


def test_steps_and_schedule_go_to_all_selected_that_can_use_them(race):
    chosen = selected(race, (0, 2))
    rates = schedule("exponential")
    after = replace(chosen.current, steps=77, schedule=rates)
    changed = retuned(chosen, chosen.current, after)
    assert [run.steps for run in changed.runs] == [77, 200, 77, 200]
    assert [run.schedule for run in changed.runs] == [rates, CONSTANT, rates, CONSTANT]


def test_an_optimizer_without_a_rate_drops_the_schedule(race):
    chosen = selected(race, (0,))
    scheduled = retuned(
        chosen, chosen.current, replace(chosen.current, schedule=schedule("cosine"))
    )
    bare = retuned(
        scheduled,
        scheduled.current,
        replace(scheduled.current, optimizer=optimizer("line_search")),
    )
    assert bare.current.schedule == CONSTANT


def test_the_draft_is_changed_where_there_are_no_runs(race):
    empty = race.cleared()
    changed = retuned(empty, empty.current, replace(empty.current, steps=9))
    assert changed.runs == ()
    assert changed.draft.steps == 9


EDITS = st.sampled_from(
    [
        duplicated,
        removed,
        lambda old: added(old, (0.5, 0.5)),
        lambda old: picked(old, (2.0, 1.0)),
        lambda old: reordered(old, 1),
        lambda old: reordered(old, -2),
        lambda old: raced(old, [GD, HEAVY]),
        lambda old: selected(old, range(0, len(old.runs), 2)),
        lambda old: selected(old, (len(old.runs) - 1, 99)),
        lambda old: spread(old, [(0.0, 0.0), (1.0, 1.0)], keep=len(old.runs) < 20),
        lambda old: shown(old, old.selection, visible=False),
        lambda old: soloed(old, on=not old.view.solo),
        lambda old: retuned(old, old.current, replace(old.current, steps=old.current.steps + 1)),
        lambda old: old.cleared(),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(EDITS, max_size=12))
def test_any_sequence_of_edits_leaves_a_sound_list(edits):
    experiment = open_experiment("valley")
    for edit in edits:
        experiment = edit(experiment)
        rows = range(len(experiment.runs))
        assert all(row in rows for row in experiment.selection)
        assert len(set(experiment.selection)) == len(experiment.selection)
        assert bool(experiment.selection) == bool(experiment.runs)
        assert (experiment.current_row is None) == (not experiment.runs)
        assert experiment.current.task == experiment.draft.task
        batches = experiment.batches()
        assert sorted(row for batch in batches for row in batch.runs) == list(rows)
