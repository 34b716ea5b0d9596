"""Every change of the experiment can be undone and done again, exactly."""

import gc
import weakref
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.experiment import open_experiment
from gdviz.landscapes import Domain
from gdviz.session.session import Session

VALLEY = open_experiment("valley")


@pytest.fixture
def session(qapp):
    return Session(VALLEY)


@pytest.fixture
def changes(session):
    """Return the list that collects what `experiment_changed` told."""
    told = []
    session.experiment_changed.connect(lambda before, after: told.append((before, after)))
    return told


def at(x):
    return VALLEY.started((float(x), 1.0))


def test_it_begins_with_its_experiment_and_no_history(session):
    assert session.experiment is VALLEY
    assert not session.undo_stack.canUndo()
    assert not session.undo_stack.canRedo()


def test_an_edit_replaces_the_experiment_and_tells_both(session, changes):
    session.edit("Move start", at(1))
    assert session.experiment == at(1)
    assert changes == [(VALLEY, at(1))]
    assert session.undo_stack.undoText() == "Move start"


def test_undo_and_redo_tell_both_as_well(session, changes):
    session.edit("Move start", at(1))
    session.undo_stack.undo()
    assert session.experiment == VALLEY
    session.undo_stack.redo()
    assert session.experiment == at(1)
    assert changes == [(VALLEY, at(1)), (at(1), VALLEY), (VALLEY, at(1))]


def test_observers_see_the_new_experiment_when_they_are_told(session):
    seen = []
    session.experiment_changed.connect(lambda *_: seen.append(session.experiment))
    session.edit("Move start", at(1))
    session.undo_stack.undo()
    assert seen == [at(1), VALLEY]


@pytest.mark.parametrize("merge", ["", "drag"])
def test_an_unchanged_edit_leaves_no_trace(session, changes, merge):
    session.edit("Move start", replace(VALLEY), merge=merge)
    assert session.undo_stack.count() == 0
    assert changes == []


def test_an_unchanged_edit_does_not_forget_what_can_be_redone(session):
    session.edit("Move start", at(1))
    session.undo_stack.undo()
    session.edit("Move start", VALLEY)
    assert session.undo_stack.canRedo()


def test_edits_of_one_gesture_are_one_undo_step(session, changes):
    for x in (1, 2, 3):
        session.edit("Move start", at(x), merge="drag start")
    assert session.undo_stack.count() == 1
    assert changes == [(VALLEY, at(1)), (at(1), at(2)), (at(2), at(3))]
    session.undo_stack.undo()
    assert session.experiment == VALLEY
    session.undo_stack.redo()
    assert session.experiment == at(3)


def test_a_settled_gesture_is_not_merged_into(session):
    session.edit("Move start", at(1), merge="drag start")
    session.settle()
    session.edit("Move start", at(2), merge="drag start")
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    assert session.experiment == at(1)


def test_different_gestures_do_not_merge(session):
    session.edit("Move start", at(1), merge="drag start")
    session.edit("Change view", at(1).showing(Domain.of((0, 1), (0, 1))), merge="view")
    session.edit("Move start", at(2), merge="drag start")
    assert session.undo_stack.count() == 3


def test_an_edit_without_a_gesture_never_merges(session):
    session.edit("Move start", at(1))
    session.edit("Move start", at(2))
    session.edit("Move start", at(3), merge="drag start")
    session.edit("Move start", at(4))
    assert session.undo_stack.count() == 4


def test_a_drag_that_comes_back_to_where_it_began_leaves_no_undo_step(session):
    session.edit("Move start", at(1), merge="drag start")
    session.edit("Move start", at(2), merge="drag start")
    session.edit("Move start", VALLEY, merge="drag start")
    assert session.experiment == VALLEY
    assert session.undo_stack.count() == 0


def test_an_undo_ends_a_gesture(session):
    session.edit("Move start", at(1), merge="drag start")
    session.edit("Change landscape", open_experiment("regression"))
    session.undo_stack.undo()
    session.edit("Move start", at(2), merge="drag start")
    session.undo_stack.undo()
    assert session.experiment == at(1)


edits = st.tuples(
    st.just("edit"), st.integers(-4, 4), st.sampled_from(["", "", "drag start", "view"])
)
actions = st.one_of(
    edits,
    edits,
    st.just(("settle",)),
    st.just(("undo",)),
    st.just(("redo",)),
    st.just(("landscape",)),
)


def perform(session, action):
    kind, *details = action
    if kind == "edit":
        x, merge = details
        if merge == "view":
            wanted = session.experiment.showing(Domain.of((x, x + 12.0), (-5.0, 5.0)))
        else:
            wanted = session.experiment.started((float(x), 1.0))
        session.edit("Edit", wanted, merge=merge)
    elif kind == "landscape":
        other = "regression" if session.experiment.title == "Valley" else "valley"
        session.edit("Change landscape", open_experiment(other))
    elif kind == "settle":
        session.settle()
    else:
        getattr(session.undo_stack, kind)()


@given(sequence=st.lists(actions, max_size=40))
@example(sequence=[("edit", 1, "drag start"), ("edit", 1, "drag start"), ("undo",)])
def test_undo_all_then_redo_all_gives_back_the_same_experiments(qapp, sequence):
    session = Session(VALLEY)
    for action in sequence:
        perform(session, action)
    stack = session.undo_stack
    current, place = session.experiment, stack.index()
    while stack.canRedo():
        stack.redo()
    history = [session.experiment]
    while stack.canUndo():
        stack.undo()
        history.append(session.experiment)
    assert session.experiment == VALLEY
    assert history[stack.count() - place] == current
    again = [session.experiment]
    while stack.canRedo():
        stack.redo()
        again.append(session.experiment)
    assert again == history[::-1]


@given(sequence=st.lists(actions, max_size=40))
def test_what_observers_are_told_forms_one_chain(qapp, sequence):
    session = Session(VALLEY)
    chain = [VALLEY]

    def follow(before, after):
        assert before == chain[-1]
        assert before != after
        chain.append(after)

    session.experiment_changed.connect(follow)
    for action in sequence:
        perform(session, action)
        assert session.experiment == chain[-1]


@given(sequence=st.lists(actions, max_size=40))
def test_every_undo_step_changes_something(qapp, sequence):
    session = Session(VALLEY)
    for action in sequence:
        perform(session, action)
    stack = session.undo_stack
    while stack.canUndo():
        before = session.experiment
        stack.undo()
        assert session.experiment != before


def test_the_menu_is_told_what_can_be_undone_and_what_it_is_called(session):
    stack, told = session.undo_stack, []
    for name in ("canUndoChanged", "canRedoChanged", "undoTextChanged", "redoTextChanged"):
        getattr(stack, name).connect(lambda value, name=name: told.append((name, value)))

    def news():
        everything = told.copy()
        told.clear()
        return everything

    session.edit("Move start", at(1))
    assert news() == [("canUndoChanged", True), ("undoTextChanged", "Move start")]
    session.edit("Clear run", at(1).cleared())
    assert news() == [("undoTextChanged", "Clear run")]
    stack.undo()
    assert news() == [
        ("canRedoChanged", True),
        ("undoTextChanged", "Move start"),
        ("redoTextChanged", "Clear run"),
    ]
    session.edit("Move start", at(2))
    assert news() == [("canRedoChanged", False), ("redoTextChanged", "")]
    assert stack.redoText() == ""


def test_undo_and_redo_with_nothing_to_do_do_nothing(session, changes):
    session.undo_stack.undo()
    session.undo_stack.redo()
    session.edit("Move start", at(1))
    session.undo_stack.redo()
    assert changes == [(VALLEY, at(1))]


def test_an_observer_may_edit_in_its_turn(session):
    def clear_what_goes_far(before, after):
        if after.runs and after.draft.start[0] > 5.0:
            session.edit("Clear run", after.cleared())

    session.experiment_changed.connect(clear_what_goes_far)
    session.edit("Move start", at(6))
    assert session.experiment == at(6).cleared()
    assert session.undo_stack.undoText() == "Clear run"


def test_sessions_can_be_thrown_away_with_their_history(qapp):
    gone = []
    for _ in range(100):
        session = Session(VALLEY)
        session.itself = session  # only the garbage collector can free it now
        for x in range(10):
            session.edit("Move start", at(x), merge="drag start" if x % 2 else "")
        session.undo_stack.undo()
        gone.append(weakref.ref(session))
    del session
    gc.collect()
    assert [one() for one in gone] == [None] * 100


def test_a_long_drag_keeps_only_its_first_and_last_experiments(session):
    passed = []
    for x in range(100):
        experiment = at(x)
        passed.append(weakref.ref(experiment))
        session.edit("Move start", experiment, merge="drag start")
    del experiment
    gc.collect()
    assert sum(one() is not None for one in passed) == 1
