"""Clauses, conditions, answers, and how far someone has come with a step."""

import pytest

from gdviz.engine import descend
from gdviz.errors import UserError
from gdviz.experiment import Experiment
from gdviz.experiment.run_list import added
from gdviz.landscapes import preset
from gdviz.lessons import (
    Attempt,
    Clause,
    Condition,
    LessonStep,
    Observed,
    Quantity,
    Question,
    Setup,
    Watched,
)
from gdviz.optimizers import optimizer

X, LOSS = Quantity("value", "x"), Quantity("loss")
SETUP = Setup("valley", None, optimizer("gd"), rate_named=False)


@pytest.mark.parametrize(
    ("bounds", "value", "holds"),
    [
        ({"equal": 2.0}, 2.0, True),
        ({"equal": 2.0}, 2.1, False),
        ({"equal": "converged"}, "converged", True),
        ({"equal": "converged"}, "diverged", False),
        ({"equal": True}, True, True),
        ({"equal": False}, True, False),
        ({"above": 1.0}, 1.0, False),
        ({"above": 1.0}, 1.1, True),
        ({"below": 1.0}, 1.0, False),
        ({"below": 1.0}, 0.9, True),
        ({"above": 1.0, "below": 2.0}, 1.5, True),
        ({"above": 1.0, "below": 2.0}, 2.5, False),
        ({"near": 1.0, "within": 0.5}, 1.5, True),
        ({"near": 1.0, "within": 0.5}, 0.4, False),
        ({"equal": 1.0}, None, False),
        ({"changed": True}, 5.0, False),
        ({"changed": True}, 6.0, True),
        ({"changed": False}, 5.0, True),
        ({"changed": False}, 6.0, False),
        ({"changed": True, "below": 6.0}, 7.0, False),
    ],
)
def test_a_clause(bounds, value, holds):
    assert Clause(X, **bounds).holds(value, 5.0) is holds


def test_nothing_has_changed_before_it_had_a_value():
    assert not Clause(X, changed=True).holds(5.0, None)


def seen(start=(-3.0, 4.0), step=0, **more):
    experiment = Experiment.of(preset("valley")).started(start)
    run = experiment.current
    trajectory = descend(experiment.landscape, run.optimizer, run.start, steps=run.steps)
    return Observed(experiment, trajectory, step, **more)


def step_of(*conditions, questions=(), watched=()):
    return LessonStep("T", "t", SETUP, questions, watched, conditions)


def test_a_condition_holds_in_one_of_its_ways():
    left, low = Clause(X, below=-2.5), Clause(LOSS, below=10.0)
    condition = Condition("Do it.", ((left,), (low, Clause(X, above=0.0))))
    assert condition.holds({X: -3.0, LOSS: 61.0}, {X: 0.0, LOSS: 0.0})
    assert not condition.holds({X: -1.0, LOSS: 5.0}, {X: 0.0, LOSS: 0.0})
    assert condition.holds({X: 1.0, LOSS: 5.0}, {X: 0.0, LOSS: 0.0})


def test_what_has_held_once_stays_done():
    attempt = Attempt.of(step_of(Condition("a", ((Clause(LOSS, below=32.0),),))))
    assert not attempt.observed(seen()).done
    done = attempt.observed(seen(step=1))
    assert done.done
    assert done.observed(seen()).done


def test_it_is_done_when_all_has_held_and_been_answered():
    conditions = [Condition(str(at), ((Clause(LOSS, below=at),),)) for at in (32.0, 20.0)]
    question = Question("a", (1.0,))
    attempt = Attempt.of(step_of(*conditions, questions=(question,)))
    assert attempt.right == (None,)
    attempt = attempt.observed(seen(step=1))
    assert attempt.held == {0}
    attempt = attempt.observed(seen(step=2))
    assert attempt.held == {0, 1}
    assert not attempt.done
    assert not attempt.answered(0, right=False).done
    attempt = attempt.answered(0, right=True)
    assert attempt.done
    assert attempt.answered(0, right=False).done  # a right answer stays right


def test_conditions_can_ask_for_an_answer():
    wanted = Condition("a", ((Clause(Quantity("answer"), equal="right"),),))
    attempt = Attempt.of(step_of(wanted, questions=(Question("a", (1.0,)),)))
    assert not attempt.observed(seen()).held
    assert attempt.answered(0, right=True).observed(seen()).done


def test_changes_are_from_the_first_value_that_there_was():
    start = Quantity("value", "x", "start")
    attempt = Attempt.of(step_of(watched=(Watched(start, "x"), Watched(LOSS, "loss"))))
    attempt = attempt.observed(Observed(seen().experiment))  # being computed
    assert (attempt.change(start), attempt.change(LOSS)) == (0.0, None)
    attempt = attempt.observed(seen())
    attempt = attempt.observed(seen(start=(-2.0, 4.0)))
    assert attempt.change(start) == 1.0
    assert attempt.change(LOSS) == pytest.approx(16 - 25)
    assert attempt.ratio == pytest.approx(-9.0)


def test_there_is_no_ratio_without_a_change_or_with_another_number_of_rows():
    one, two = Watched(X, "x"), Watched(LOSS, "loss")
    assert Attempt.of(step_of(watched=(one, two))).observed(seen()).ratio is None
    moved = Attempt.of(step_of(watched=(one, two, one))).observed(seen()).observed(seen(step=1))
    assert moved.ratio is None


def test_a_step_that_asks_for_nothing_is_done_when_it_has_been_read():
    assert Attempt.of(step_of()).done


@pytest.mark.parametrize("answer", ["7.389", "7,39", " 7.38 ", "+7.389", "73.89e-1"])
def test_numbers_that_are_right(answer):
    assert Question("a", (7.389,), 0.05).is_right(answer)


@pytest.mark.parametrize("answer", ["7.5", "-7.389", "0"])
def test_numbers_that_are_wrong(answer):
    assert not Question("a", (7.389,), 0.05).is_right(answer)


@pytest.mark.parametrize("answer", ["-4, 4", "(−4, 4)", "-4 4", "−4; 4", "[-4,4]", "-4,0; 4,0"])
def test_two_numbers_in_every_writing(answer):
    assert Question("a", (-4.0, 4.0), 0.05).is_right(answer)


@pytest.mark.parametrize("answer", ["", "four", "1 2", "nan", "inf", "1e999"])
def test_what_is_no_number_is_told(answer):
    with pytest.raises(UserError, match="Write a number"):
        Question("a", (4.0,), 0.05).is_right(answer)


@pytest.mark.parametrize("answer", ["", "-4", "1, 2, 3", "a, b"])
def test_what_is_not_two_numbers_is_told(answer):
    with pytest.raises(UserError, match="Write two numbers"):
        Question("a", (-4.0, 4.0), 0.05).is_right(answer)


def test_numbers_stay_in_view_while_a_run_is_computed_but_fulfill_nothing():
    low = Condition("a", ((Clause(LOSS, below=70.0), Clause(Quantity("runs"), above=1.0)),))
    attempt = Attempt.of(step_of(low, watched=(Watched(LOSS, "f"),))).observed(seen())
    two = added(seen().experiment, (0.0, 0.0))
    computing = attempt.observed(Observed(two))
    assert computing.now[LOSS] == 61.0
    assert not computing.held
    assert computing.observed(Observed(two.cleared())).now[LOSS] is None
