"""The history knows what was saved, however it is come back to."""

import pytest

from gdviz.experiment import open_experiment
from gdviz.session.session import Session

VALLEY = open_experiment("valley")


@pytest.fixture
def session(qapp):
    return Session(VALLEY)


@pytest.fixture
def stack(session):
    return session.undo_stack


@pytest.fixture
def told(stack):
    told = []
    stack.cleanChanged.connect(told.append)
    return told


def at(x):
    return VALLEY.started((float(x), 1.0))


def save(stack):
    stack.setClean(stack.mark())


def test_it_is_clean_until_it_is_edited_and_again_once_that_is_undone(session, stack, told):
    assert stack.isClean()
    session.edit("Move start", at(1))
    assert not stack.isClean()
    session.edit("Move start", at(2))
    stack.undo()
    assert not stack.isClean()
    stack.undo()
    assert stack.isClean()
    assert told == [False, True]


def test_what_is_saved_is_clean_and_undoing_goes_away_from_it(session, stack, told):
    session.edit("Move start", at(1))
    save(stack)
    assert stack.isClean()
    stack.undo()
    assert not stack.isClean()
    stack.redo()
    assert stack.isClean()
    assert told == [False, True, False, True]


def test_once_it_was_undone_and_edited_the_saved_state_is_not_come_back_to(session, stack):
    session.edit("Move start", at(1))
    save(stack)
    stack.undo()
    session.edit("Move start", at(3))
    for _ in range(3):
        assert not stack.isClean()
        stack.undo()
    stack.redo()
    assert not stack.isClean()


def test_a_drag_that_goes_on_after_saving_is_another_edit(session, stack):
    session.edit("Move start", at(1), merge="drag")
    save(stack)
    session.edit("Move start", at(2), merge="drag")
    assert not stack.isClean()
    stack.undo()
    assert session.experiment == at(1)
    assert stack.isClean()


def test_edits_made_while_it_is_being_written_are_unsaved(session, stack):
    session.edit("Move start", at(1))
    mark = stack.mark()
    session.edit("Move start", at(2))
    stack.setClean(mark)
    assert not stack.isClean()
    stack.undo()
    assert stack.isClean()


def test_what_is_selected_is_no_edit(session, stack):
    save(stack)
    session.adjust(at(5))
    assert stack.isClean()


def test_another_document_has_no_history_and_is_clean(session, stack, told):
    session.edit("Move start", at(1))
    stack.undo()
    session.edit("Move start", at(2))
    changes = []
    session.experiment_changed.connect(lambda before, after: changes.append((before, after)))
    session.begin(at(7))
    assert changes == [(at(2), at(7))]
    assert stack.isClean()
    assert not stack.canUndo()
    assert not stack.canRedo()
    assert told == [False, True, False, True]


def test_what_was_restored_is_unsaved_and_no_undo_saves_it(session, stack):
    session.begin(at(7))
    stack.resetClean()
    assert not stack.isClean()
    session.edit("Move start", at(1))
    stack.undo()
    assert not stack.isClean()
    save(stack)
    assert stack.isClean()
