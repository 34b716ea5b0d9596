"""An experiment is a frozen value; every edit makes another one."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from gdviz.engine import GradientNoise
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run, ViewSettings, open_experiment, open_landscape
from gdviz.experiment.run_list import retuned
from gdviz.landscapes import Domain, preset
from gdviz.optimizers import (
    GradientDescent,
    Momentum,
    optimizer,
    schedule,
    with_hyperparameters,
)

PRESETS = tuple(preset(name) for name in ("regression", "regression-w1", "valley"))

every_preset = pytest.mark.parametrize(
    "known", [pytest.param(known, id=known.name) for known in PRESETS]
)


@pytest.fixture
def valley():
    return Experiment.of(preset("valley"))


def descents_of(experiment):
    return tuple(batch.descent for batch in experiment.batches())


def faster(run):
    return replace(run, optimizer=with_hyperparameters(run.optimizer, learning_rate=0.25))


# Opening


@every_preset
def test_a_preset_opens_with_one_run_from_its_start(known):
    experiment = Experiment.of(known)
    assert experiment.title == known.title
    assert experiment.landscape == known.build()
    assert experiment.runs == (Run(GradientDescent(known.learning_rate), known.start, 200),)
    assert experiment.draft == experiment.runs[0]
    assert experiment.view == ViewSettings(known.build().domain, slice_axis=0)


@every_preset
def test_a_source_is_a_presets_name(known):
    assert open_experiment(known.name) == Experiment.of(known)
    assert open_landscape(known.name) == known.build()


@pytest.mark.parametrize("open_source", [open_experiment, open_landscape])
@pytest.mark.parametrize("source", ["vally", "VALLEY ", "", "../valley", "valley.gdviz"])
def test_an_unknown_source_is_refused_in_one_line(open_source, source):
    with pytest.raises(UserError) as caught:
        open_source(source)
    message = str(caught.value)
    assert f"'{source}'" in message
    assert "valley" in message or "gdviz list landscapes" in message
    assert len(message.splitlines()) == 1


@every_preset
def test_the_suggested_run_descends_to_the_minimum(known):
    experiment = open_experiment(known.name)
    (descent,) = descents_of(experiment)
    params, state = descent.starts.copy(), descent.optimizer.init(descent.starts)
    for _ in range(descent.steps):
        gradient = experiment.landscape.gradient(params)
        updates, state = descent.optimizer.update(gradient, state, params)
        params = params + updates
    distance = np.abs(params[0] - experiment.landscape.minima[0]) / experiment.view.domain.width
    assert distance.max() < 1e-3


# Edits


def test_a_new_start_makes_a_single_run_from_there(valley):
    edited = valley.started((1.0, 1.5))
    run = Run(GradientDescent(0.1), (1.0, 1.5), 200)
    assert edited.runs == (run,)
    assert edited.draft == run
    assert edited == replace(valley, runs=(run,), draft=run)


def test_several_runs_give_way_to_a_new_start(valley):
    many = replace(valley, runs=(valley.draft,) * 3)
    assert len(many.started((0.0, 0.0)).runs) == 1


def test_clearing_keeps_what_the_next_start_is_run_with(valley):
    tuned = retuned(valley, valley.current, faster(valley.current)).cleared()
    assert tuned.runs == ()
    assert tuned.draft == faster(valley.draft)
    assert tuned.started((0.0, 0.0)).runs[0].optimizer == GradientDescent(0.25)
    assert tuned.cleared() == tuned


def test_a_refused_change_leaves_the_experiment_as_it_was(valley):
    with pytest.raises(UserError, match="learning_rate"):
        with_hyperparameters(valley.current.optimizer, learning_rate=0)
    assert valley == open_experiment("valley")


def test_showing_another_box_changes_only_the_view(valley):
    box = Domain.of((0, 1), (2, 3))
    shown = valley.sliced(1).showing(box)
    assert shown.view == ViewSettings(box, slice_axis=1)
    assert replace(shown, view=valley.view) == valley


def test_slicing_along_another_parameter_changes_only_the_view(valley):
    sliced = valley.sliced(1)
    assert sliced.view == replace(valley.view, slice_axis=1)
    assert replace(sliced, view=valley.view) == valley
    assert sliced.sliced(0) == valley


def test_curves_are_cut_along_one_parameter_both_or_the_gradient(valley):
    assert valley.cut_axes == (0,)
    assert valley.sliced(1).cut_axes == (1,)
    assert valley.with_cut("both").cut_axes == (0, 1)
    assert valley.with_cut("ray").cut_axes == ()
    assert valley.with_cut("ray").sliced(1).view.cut == "one"
    assert open_experiment("parabola").with_cut("both").cut_axes == (0,)


def test_only_plain_gradient_descent_steps_by_rate_times_slope(valley):
    run = valley.current
    assert run.rate_at(0) == run.optimizer.learning_rate
    halved = replace(run, schedule=schedule("exponential", gamma=0.5))
    assert halved.rate_at(3) == 0.125 * run.optimizer.learning_rate
    assert halved.rate_at(10**9) == halved.rate_at(run.steps - 1)
    assert replace(run, noise=GradientNoise(1.0)).rate_at(0) is None
    assert replace(run, optimizer=optimizer("adam")).rate_at(0) is None


@pytest.mark.parametrize(
    "edit",
    [
        lambda experiment: experiment.started((1.0, 1.0)),
        lambda experiment: experiment.cleared(),
        lambda experiment: retuned(experiment, experiment.current, faster(experiment.current)),
        lambda experiment: experiment.showing(Domain.of((0, 1), (0, 1))),
        lambda experiment: experiment.sliced(1),
    ],
    ids=["started", "cleared", "tuned", "showing", "sliced"],
)
def test_an_edit_makes_a_new_experiment_and_leaves_the_old_one(edit, valley):
    edited = edit(valley)
    assert edited != valley
    assert valley == open_experiment("valley")
    assert edit(open_experiment("valley")) == edited
    assert hash(edit(open_experiment("valley"))) == hash(edited)


# Values


def test_nothing_can_be_assigned_to(valley):
    for value, name in ((valley, "runs"), (valley.draft, "steps"), (valley.view, "slice_axis")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)


@every_preset
def test_equal_experiments_are_one_key(known):
    assert len({Experiment.of(known), open_experiment(known.name)}) == 1


def test_experiments_on_other_landscapes_differ():
    assert len({open_experiment(known.name) for known in PRESETS}) == len(PRESETS)


# From the runs to what is computed


def test_a_single_run_becomes_one_descent(valley):
    runs = (Run(Momentum(0.1, 0.5), (1.0, 2.0), 30),)
    (descent,) = descents_of(replace(valley, runs=runs))
    assert descent.landscape == valley.landscape
    assert descent.optimizer == Momentum(0.1, 0.5)
    assert descent.starts.tolist() == [[1.0, 2.0]]
    assert descent.steps == 30
    assert not descent.starts.flags.writeable


def test_without_runs_nothing_is_computed(valley):
    assert descents_of(valley.cleared()) == ()


def test_neighboring_runs_that_differ_only_in_start_are_computed_together(valley):
    starts = ((0.0, 1.0), (2.0, 3.0), (-1.0, -1.0))
    runs = tuple(replace(valley.draft, start=start) for start in starts)
    (descent,) = descents_of(replace(valley, runs=runs))
    assert descent.starts.tolist() == [list(start) for start in starts]


def refusal(experiment):
    with pytest.raises(UserError) as caught:
        experiment.batches()
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize("start", [(1.0,), (1.0, 2.0, 3.0), (), (np.nan, 1.0), (np.inf, 1.0)])
def test_a_start_that_does_not_fit_the_landscape_is_refused(start, valley):
    assert "start" in refusal(valley.started(start))


def test_a_start_that_does_not_fit_is_refused_among_others_that_do(valley):
    odd = replace(valley.draft, start=(1.0,))
    assert "start" in refusal(replace(valley, runs=(valley.draft, odd)))


@pytest.mark.parametrize("steps", [0, -1, 10**30, 1.5, "200", None])
def test_a_number_of_steps_that_is_none_is_refused(steps, valley):
    message = refusal(replace(valley, runs=(replace(valley.current, steps=steps),)))
    assert message.startswith("steps must be")
