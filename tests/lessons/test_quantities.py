"""Every quantity that a lesson can name, one by one, against closed forms."""

from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine import descend
from gdviz.errors import UserError
from gdviz.experiment import Experiment, open_experiment
from gdviz.experiment.overlays import OVERLAYS
from gdviz.experiment.run_list import added
from gdviz.landscapes import preset
from gdviz.lessons import PAGES, USES, Observed, parse_quantity, value_of
from gdviz.optimizers import optimizer

NAMES = ("x", "y")


def observed(experiment=None, step=1, **more):
    """Return the valley's first run, from (-3, 4) at a rate of 0.1, seen at a step."""
    seen = experiment or Experiment.of(preset("valley"))
    run = seen.current
    trajectory = descend(seen.landscape, run.optimizer, run.start, steps=run.steps)
    return Observed(seen, trajectory, step, **more)


def value(text, seen=None, names=NAMES):
    return value_of(parse_quantity(text, names, questions=2), seen or observed())


def rated(rate, steps=200):
    experiment = Experiment.of(preset("valley"))
    run = replace(experiment.draft, optimizer=optimizer("gd", learning_rate=rate), steps=steps)
    return replace(experiment, draft=run, runs=(run,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", -2.0),
        ("y", 2.4),
        ("loss", 4 + 16 + 2 * 2.4**2),
        ("slope x", 2 * (-2.0 - 2)),
        ("slope y", 4 * 2.4),
        ("gradient_norm", np.hypot(-8.0, 9.6)),
        ("distance", np.hypot(4.0, 2.4)),
        ("step", 1.0),
        ("start x", -3.0),
        ("start y", 4.0),
        ("start loss", 61.0),
        ("start slope x", -10.0),
        ("start slope y", 16.0),
        ("probe x", 0.0),
        ("probe y", 1.0),
        ("probe loss", 10.0),
        ("probe slope x", -4.0),
        ("probe slope y", 4.0),
        ("learning_rate", 0.1),
        ("steps", 200.0),
        ("runs", 1.0),
        ("last_step", 200.0),
        ("final_loss", 4.0),
    ],
)
def test_a_number(text, expected):
    found = value(text, observed(probe=(0.0, 1.0)))
    assert isinstance(found, float)
    assert found == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("rate", "outcome", "step"),
    [(0.1, "converged", 73), (0.5, "last step", 200), (0.6, "diverged", 44)],
)
def test_the_outcome_and_its_step(rate, outcome, step):
    seen = observed(rated(rate))
    assert value("outcome", seen) == outcome
    assert value("outcome_step", seen) == step


def test_the_playhead_stays_on_the_last_step_of_a_run_that_ended_before_it():
    seen = observed(rated(0.6), step=150)
    assert value("loss", seen) == value("final_loss", seen) > 1e10
    assert value("last_step", seen) == 43


def test_words():
    assert value("slice") == "x"
    assert value("slice", observed(Experiment.of(preset("valley")).sliced(1))) == "y"
    assert value("slice", observed(Experiment.of(preset("valley")).with_cut("ray"))) == "ray"
    assert value("optimizer") == "gd"
    assert value("page", observed(page="data")) == "data"


def test_playing():
    assert value("playing") is False
    assert value("playing", observed(playing=True)) is True


@pytest.mark.parametrize("name", OVERLAYS)
def test_an_overlay(name):
    assert value(f"overlay {name}") is False
    assert value(f"overlay {name}", observed(overlays=frozenset({name}))) is True


@pytest.mark.parametrize("name", USES)
def test_a_use(name):
    assert value(f"used {name}") is False
    assert value(f"used {name}", observed(used=frozenset({name}))) is True


def test_answers():
    seen = observed(right=(None, False))
    assert value("answer", seen) is None
    assert value("answer 2", seen) == "wrong"
    assert value("answer 2", observed(right=(None, True))) == "right"
    assert value("answer", observed(right=(True,))) == "right"
    assert value("answer 2", observed(right=(True,))) is None


def test_more_runs():
    assert value("runs", observed(added(Experiment.of(preset("valley")), (0.0, 0.0)))) == 2.0


def test_nothing_is_known_of_a_run_that_is_being_computed():
    seen = Observed(Experiment.of(preset("valley")))
    for text in ("x", "loss", "slope x", "gradient_norm", "distance", "step", "last_step"):
        assert value(text, seen) is None
    for text in ("outcome", "outcome_step", "final_loss", "probe x"):
        assert value(text, seen) is None
    assert value("start x", seen) == -3.0


def test_there_is_no_start_without_runs():
    seen = Observed(Experiment.of(preset("valley")).cleared())
    assert value("start x", seen) is None
    assert value("runs", seen) == 0.0


def test_there_is_no_distance_where_no_minimum_is_known():
    assert value("distance", observed(Experiment.of(preset("wave")))) is None


def test_what_is_not_finite_has_no_value():
    landscape = open_experiment("ln(x) + y^2")
    assert value("probe loss", Observed(landscape, probe=(-1.0, 0.0))) is None


def test_an_optimizer_without_a_rate_has_none():
    experiment = Experiment.of(preset("valley"))
    run = replace(experiment.draft, optimizer=optimizer("nelder_mead"))
    assert value("learning_rate", Observed(replace(experiment, runs=(run,)))) is None


def test_a_probe_of_another_landscape_has_no_value():
    assert value("probe x", observed(probe=(1.0,))) is None


@pytest.mark.parametrize("text", ["x", "slope w1", "probe slope w1", "used click", "answer 1"])
def test_a_quantity_is_written_as_it_is_read(text):
    assert parse_quantity(text, ("x", "w1")).text == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("x", "number"), ("outcome", "word"), ("slice", "word"), ("answer", "word")),
        *(
            ("page", "word"),
            ("playing", "truth"),
            ("overlay eigen_directions", "truth"),
            ("used play", "truth"),
        ),
    ],
)
def test_types(text, kind):
    assert parse_quantity(text, NAMES).type == kind


def test_words_that_it_can_be():
    assert parse_quantity("slice", NAMES).words(NAMES) == (*NAMES, "both", "ray")
    assert parse_quantity("page", NAMES).words(NAMES) == PAGES
    assert "diverged" in parse_quantity("outcome", NAMES).words(NAMES)
    assert parse_quantity("x", NAMES).words(NAMES) == ()


@pytest.mark.parametrize(
    "text", ["z", "", "slope", "slope z", "start", "probe", "overlay", "a b c"]
)
def test_what_names_nothing_is_refused(text):
    with pytest.raises(UserError, match="is no quantity"):
        parse_quantity(text, NAMES)
