"""What is saved is opened as it was, and computes the same bits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine import SCALES, GradientNoise, MiniBatch
from gdviz.errors import UserError
from gdviz.experiment import Document, open_experiment
from gdviz.experiment.camera import CAMERAS, Camera
from gdviz.experiment.experiment import CUTS
from gdviz.experiment.file import document_bytes, document_from
from gdviz.experiment.look import COMPANIONS, HEIGHT_SCALES, QUANTITIES, Look
from gdviz.experiment.overlays import OVERLAYS
from gdviz.experiment.whole_plane import Stroke, SwarmSpec, SweepRange, SweepSpec, WholePlane
from gdviz.landscapes import PRESETS, Domain, LineRegression
from gdviz.optimizers import OPTIMIZERS, SCHEDULES, optimizer, schedule
from gdviz.surfaces import Track
from tests.experiment.file.saving import again, assert_same_bits, changed, computed, with_run

VALLEY = open_experiment("valley")
AWKWARD = (0.1 + 0.2, -0.0)


@pytest.mark.parametrize("name", [known.name for known in PRESETS])
def test_every_preset_is_opened_as_it_was(name):
    experiment = with_run(name)
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert type(opened.experiment.landscape) is type(experiment.landscape)
    assert_same_bits(experiment, opened.experiment)


def odd_values(kind):
    """Return values of all hyperparameters that differ from the defaults, with many digits."""
    values = {}
    for declared in kind.hyperparameters():
        if declared.kind == "flag":
            values[declared.name] = not declared.default
        elif declared.kind == "whole":
            values[declared.name] = int(declared.default) + 1
        else:
            inside = declared.default * (1.0 + 1e-3 * np.sqrt(2.0)) + 1e-4 * np.sqrt(3.0)
            values[declared.name] = min(inside, declared.high - 1e-9)
    return values


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_takes_the_same_steps(name):
    odd = optimizer(name, **odd_values(OPTIMIZERS[name]))
    assert odd != optimizer(name) or not OPTIMIZERS[name].hyperparameters()
    draft = replace(VALLEY.draft, steps=12, start=(-2.7182818284590451, 1e-3))
    runs = (replace(draft, optimizer=optimizer(name)), replace(draft, optimizer=odd))
    experiment = replace(VALLEY, draft=runs[1], runs=runs, selection=(1, 0))
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert opened.experiment.runs[1].optimizer == odd
    assert_same_bits(experiment, opened.experiment)


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_takes_the_same_steps(name):
    for settings in ({}, odd_values(SCHEDULES[name])):
        experiment = changed(VALLEY, schedule=schedule(name, **settings))
        opened = again(Document(experiment))
        assert opened == Document(experiment)
        assert_same_bits(experiment, opened.experiment)


def test_noisy_gradients_are_the_same():
    experiment = changed(VALLEY, noise=GradientNoise(1.0 / 3.0, 2**63 - 1))
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert_same_bits(experiment, opened.experiment)
    assert np.ptp(computed(experiment)[0].params - computed(VALLEY)[0].params[:6]) > 0.0


def test_mini_batches_are_the_same():
    experiment = with_run("regression", noise=MiniBatch(7, 3))
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert_same_bits(experiment, opened.experiment)


FORMULAS = ["x^2 + y^2", "a (x-1)^2 + b sin(3y)", "|x| + ln(x)", "w^4 - k w", "e^(2y) sin(x)"]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_keep_text_and_sliders(text):
    experiment = with_run(text)
    landscape = experiment.landscape
    for number, knob in enumerate(landscape.knobs):
        landscape = landscape.with_knob(knob.name, 2.0 / 3.0 - 7.0 * number)
    experiment = experiment.shaped(landscape)
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert opened.experiment.landscape.knobs == landscape.knobs
    assert_same_bits(experiment, opened.experiment)


def test_a_preset_with_moved_sliders_stays_that_preset():
    experiment = with_run("ravine")
    moved = experiment.shaped(experiment.landscape.with_knob("k", 1234.5))
    opened = again(Document(moved)).experiment
    assert opened == moved
    assert opened.landscape.name == "ravine"
    assert opened.landscape.domain == experiment.landscape.domain
    assert opened.landscape.minima == experiment.landscape.minima
    assert opened.fresh() == moved.fresh()
    assert opened.fresh().landscape == experiment.landscape
    assert_same_bits(moved, opened)


def test_what_is_called_like_a_preset_but_is_another_formula_is_kept():
    experiment = with_run("ravine")
    other = replace(experiment.landscape, text="(x^2 + k y^4)/2")
    experiment = experiment.shaped(other)
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert_same_bits(experiment, opened.experiment)


def test_a_regression_without_a_table_keeps_its_columns():
    rng = np.random.default_rng(0)
    feature = rng.normal(size=100)
    landscape = LineRegression.from_columns(feature, 3.0 * feature + rng.normal(size=100))
    experiment = changed(type(VALLEY).on(landscape, "mine"))
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert opened.experiment.landscape.data.feature.tobytes() == feature.tobytes()
    assert_same_bits(experiment, opened.experiment)


def test_all_that_tells_runs_apart_is_kept():
    names = ["", "tab\tand\nline", 'quote " and \\', "日本語 🌍", "NUL \0", "\u2028", "café"]
    runs = tuple(
        replace(VALLEY.draft, name=name, color=number, hidden=number % 2 == 1, start=AWKWARD)
        for number, name in enumerate(names)
    )
    experiment = replace(VALLEY, runs=runs, selection=(3, 1), title="a title: ∇f “here”")
    opened = again(Document(experiment)).experiment
    assert opened == experiment
    assert np.signbit(opened.runs[0].start[1])


def test_there_may_be_no_runs():
    assert again(Document(VALLEY.cleared())) == Document(VALLEY.cleared())


def test_recorded_runs_are_kept_bit_for_bit():
    short, long = np.random.default_rng(1).normal(size=(2, 900, 2))
    tracks = (Track("short", short[:3].copy()), Track("long", long))
    experiment = changed(replace(VALLEY, tracks=tracks))
    opened = again(Document(experiment)).experiment
    assert opened == experiment
    for before, after in zip(tracks, opened.tracks, strict=True):
        assert after.points.tobytes() == before.points.tobytes()
    for before, after in zip(experiment.recordings(), opened.recordings(), strict=True):
        assert after.loss.tobytes() == before.loss.tobytes()


@pytest.mark.parametrize("cut", CUTS)
def test_view_settings_are_kept(cut):
    for number, scaling in enumerate(SCALES):
        view = replace(
            VALLEY.view,
            domain=Domain.of((-1e-300, 0.1), (3.0, 4.0e100)),
            slice_axis=number % 2,
            cut=cut,
            scaling=scaling,
            residuals=number % 2 == 0,
            solo=number % 3 == 0,
        )
        experiment = replace(VALLEY, view=view)
        assert again(Document(experiment)).experiment.view == view


CAMERA = Camera(-123.456, 7.0 / 3.0, 1.1, (0.1, -0.2), 0.3)
LOOKS = [
    Look(overlays=tuple(OVERLAYS)),
    *(Look(camera=camera) for camera in (*CAMERAS.values(), CAMERA)),
    *(Look(heights=heights) for heights in HEIGHT_SCALES),
    *(Look(quantity=quantity) for quantity in QUANTITIES),
    *(Look(companion=companion) for companion in COMPANIONS),
    *(Look(log=log) for log in ((True, True), (True, False), (False, False))),
]


def test_looks_and_the_step_are_kept():
    for number, look in enumerate(LOOKS):
        document = Document(VALLEY, look, number)
        assert again(document) == document
    assert again(Document(VALLEY)).step is None


def test_of_a_swarm_that_suits_another_landscape_nothing_is_kept():
    """A swarm's box and strokes may be left from a landscape with fewer parameters."""
    stroke = Stroke((1.0,), (0.5,), 3)
    swarm = SwarmSpec(domain=Domain.of((0.0, 1.0)), strokes=(stroke,), kind="brush")
    saved = again(Document(replace(VALLEY, plane=WholePlane(swarm))))
    assert saved.experiment.plane.swarm == SwarmSpec(kind="brush")
    sweep = SweepSpec((SweepRange("learning_rat", 0.1, 1.0),))
    with pytest.raises(UserError, match=r"'learning_rat'; did you mean 'learning_rate'"):
        document_bytes(Document(replace(VALLEY, plane=WholePlane(sweep=sweep))))
    swarm = SwarmSpec(seed=2**63)
    with pytest.raises(UserError, match=r"^the seed of a swarm that is saved is at most"):
        document_bytes(Document(replace(VALLEY, plane=WholePlane(swarm))))


def test_what_a_hand_writes_may_be_short():
    text = """
    {"format": "gdviz-experiment", "version": 2,
     "landscape": {"kind": "formula", "text": "x^2 + k y^2"},
     "runs": [{"optimizer": {"name": "gd", "learning_rate": 0.1}, "start": [1, 2]}]}
    """
    opened = document_from(text.encode(), "short.gdviz", None)
    run = opened.experiment.runs[0]
    assert run.optimizer == optimizer("gd", learning_rate=0.1)
    assert run.start == (1.0, 2.0)
    assert (run.steps, run.name, run.noise) == (200, "", None)
    assert opened.look == Look()
    assert opened.experiment.draft == run
    assert opened.experiment.suggestion.run == run
    assert opened.experiment.view.domain == opened.experiment.landscape.domain
    assert opened.experiment.title == "x^2 + k y^2"
    assert again(opened) == opened


def test_more_runs_than_a_list_holds_are_not_written():
    experiment = replace(VALLEY, runs=(VALLEY.draft,) * 1001)
    with pytest.raises(UserError, match=r"^an experiment's file holds at most 1,000 runs, got 1,0"):
        document_bytes(Document(experiment))


def test_a_landscape_of_ones_own_is_not_written():
    class Own(type(VALLEY.landscape)):
        @property
        def name(self):
            return "own"

    with pytest.raises(UserError, match=r"^'own' is made by a program of its own"):
        document_bytes(Document(VALLEY.shaped(Own())))


def test_a_run_with_several_values_is_not_written():
    rates = optimizer("gd", learning_rate=np.array([[0.1], [0.2]]))
    with pytest.raises(UserError, match=r"^'gd' has several values of learning_rate"):
        document_bytes(Document(changed(VALLEY, optimizer=rates)))
