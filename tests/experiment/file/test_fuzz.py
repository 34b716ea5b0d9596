"""Any document survives, and no file, however broken, does more than be refused."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from gdviz.engine import MOST_STEPS, SCALES, GradientNoise, MiniBatch
from gdviz.errors import UserError
from gdviz.experiment import Document, Experiment, Run, ViewSettings, open_experiment
from gdviz.experiment.camera import Camera
from gdviz.experiment.experiment import CUTS, Suggestion
from gdviz.experiment.file import document_bytes, document_from
from gdviz.experiment.file.layout import laid_out
from gdviz.experiment.look import COMPANIONS, HEIGHT_SCALES, QUANTITIES, Look
from gdviz.experiment.overlays import OVERLAYS
from gdviz.experiment.whole_plane import (
    BASIN_MODES,
    MOST_SWARM,
    SWARM_DRAWN,
    SWARM_STARTS,
    SWEEP_MEASURES,
    BasinSpec,
    SensitivitySpec,
    Stroke,
    SwarmSpec,
    SweepRange,
    SweepSpec,
    WholePlane,
)
from gdviz.landscapes import Domain, preset
from gdviz.landscapes.fit import fit_landscape
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.optimizers import CONSTANT, OPTIMIZERS, SCHEDULES, FirstOrder
from gdviz.surfaces import SurfaceFile, Track
from gdviz.tables import Dialect, Table, TableColumn
from tests.experiment.file.saving import again

FINITE = some.floats(allow_nan=False, allow_infinity=False)
WORDS = some.text(max_size=12)
NAMED = ("valley", "ravine", "regression", "o-rings", "quartic")


def declared_value(declared):
    """Return the values that a hyperparameter may have."""
    if declared.kind == "flag":
        return some.booleans()
    if declared.kind == "whole":
        return some.integers(int(declared.low), int(min(declared.high, 2**53)))
    high = None if np.isinf(declared.high) else declared.high
    return some.floats(
        declared.low,
        high,
        exclude_min=declared.low_open,
        exclude_max=declared.high_open and high is not None,
        allow_infinity=False,
    )


@some.composite
def made_of(draw, kinds):
    """Return an optimizer or a schedule with any hyperparameters that go together."""
    kind = kinds[draw(some.sampled_from(list(kinds)))]
    values = {known.name: draw(declared_value(known)) for known in kind.hyperparameters()}
    try:
        return kind(**values)
    except UserError:  # such as a smallest step above the largest
        return kind()


@some.composite
def noises(draw, landscape, optimizer):
    """Return noise that an optimizer can use on a landscape, or none."""
    if not isinstance(optimizer, FirstOrder):
        return None
    seeds = some.integers(0, 2**63 - 1)
    kinds = [some.none(), some.builds(GradientNoise, some.floats(0.0, 1e300), seeds)]
    if isinstance(landscape, FitLandscape):
        kinds.append(some.builds(MiniBatch, some.integers(1, 2**63 - 1), seeds))
    return draw(some.one_of(kinds))


@some.composite
def runs(draw, landscape):
    """Return any run on a landscape."""
    optimizer = draw(made_of(OPTIMIZERS))
    return Run(
        optimizer,
        tuple(draw(FINITE) for _ in landscape.parameters),
        draw(some.integers(1, MOST_STEPS)),
        draw(made_of(SCHEDULES)) if optimizer.can_be_scheduled() else CONSTANT,
        draw(noises(landscape, optimizer)),
        draw(WORDS),
        draw(some.integers(0, 1000)),
        draw(some.booleans()),
    )


@some.composite
def landscapes(draw):
    """Return a preset, or a formula with any sliders, box and minima."""
    if draw(some.booleans()):
        return preset(draw(some.sampled_from(NAMED))).build()
    landscape = FormulaLandscape.of(draw(some.sampled_from(["a x^2 + b y^2", "k w^4", "x y"])))
    for knob in landscape.knobs:
        landscape = landscape.with_knob(knob.name, draw(FINITE))
    minima = some.lists(some.tuples(*[FINITE] * landscape.dimension), max_size=2).map(tuple)
    boxes = some.one_of(some.none(), some.just(box(draw, landscape)))
    return replace(landscape, key=draw(WORDS), box=draw(boxes), known_minima=draw(minima))


def box(draw, landscape):
    """Return a box of a landscape's parameters."""
    ends = some.tuples(some.floats(-1e100, 0.0), some.floats(1e-3, 1e100))
    return Domain(tuple(draw(ends) for _ in landscape.parameters))


@some.composite
def strokes(draw, landscape):
    """Return any touch of the brush on a landscape."""
    sizes = some.floats(0.0, exclude_min=True, allow_infinity=False)
    return Stroke(
        tuple(draw(FINITE) for _ in landscape.parameters),
        tuple(draw(sizes) for _ in landscape.parameters),
        draw(some.integers(1, 1000)),
    )


@some.composite
def planes(draw, landscape):
    """Return anything that may be computed from everywhere at once."""
    other = draw(some.none() | made_of(OPTIMIZERS))
    scheduled = other is None or other.can_be_scheduled()
    names = draw(some.lists(some.sampled_from(["learning_rate", "momentum", "nu"]), max_size=2))
    ends = some.tuples(some.floats(-1e300, 0.0), some.floats(1e-300, 1e300))
    return WholePlane(
        SwarmSpec(
            draw(some.booleans()),
            draw(some.sampled_from(SWARM_STARTS)),
            draw(some.integers(1, MOST_SWARM)),
            draw(some.integers(0, 2**63 - 1)),
            draw(some.none() | some.just(box(draw, landscape))),
            tuple(draw(some.lists(strokes(landscape), max_size=3))),
            draw(some.sampled_from(SWARM_DRAWN)),
        ),
        BasinSpec(
            draw(some.sampled_from(BASIN_MODES)),
            draw(some.integers(1, 100_000)),
            draw(some.booleans()),
            other,
            draw(made_of(SCHEDULES)) if scheduled else CONSTANT,
        ),
        SweepSpec(
            tuple(SweepRange(name, *draw(ends)) for name in dict.fromkeys(names)),
            draw(some.sampled_from(SWEEP_MEASURES)),
            draw(some.integers(1, 100_000)),
        ),
        SensitivitySpec(
            draw(some.booleans()), draw(some.none() | some.floats(0.0, 1.0, exclude_min=True))
        ),
    )


@some.composite
def documents(draw):
    """Return any document."""
    landscape = draw(landscapes())
    listed = tuple(draw(some.lists(runs(landscape), max_size=3)))
    rows = draw(some.permutations(range(len(listed))))
    points = np.array(draw(some.lists(some.tuples(FINITE, FINITE), min_size=1, max_size=4)))
    track = Track(draw(WORDS), points[:, : landscape.dimension].copy())
    experiment = Experiment(
        draw(WORDS),
        landscape,
        draw(runs(landscape)),
        listed,
        ViewSettings(
            box(draw, landscape),
            draw(some.integers(0, landscape.dimension - 1)),
            draw(some.sampled_from(CUTS)),
            draw(some.sampled_from(list(SCALES))),
            draw(some.booleans()),
            draw(some.booleans()),
        ),
        Suggestion(landscape, draw(runs(landscape))),
        None,
        (track,) * draw(some.integers(0, 2)),
        tuple(rows[: draw(some.integers(0, 3))]),
        draw(planes(landscape)),
    )
    look = Look(
        tuple(draw(some.lists(some.sampled_from(list(OVERLAYS)), unique=True))),
        Camera(
            draw(some.floats(-360.0, 360.0)),
            draw(some.floats(-30.0, 90.0)),
            draw(some.floats(0.4, 12.0)),
            (draw(some.floats(-2.0, 2.0)), draw(some.floats(-2.0, 2.0))),
            draw(some.floats(0.0, 0.5)),
        ),
        draw(some.sampled_from(HEIGHT_SCALES)),
        draw(some.sampled_from(QUANTITIES)),
        (draw(some.booleans()), draw(some.booleans())),
        draw(some.sampled_from(COMPANIONS)),
    )
    return Document(experiment, look, draw(some.none() | some.integers(0, MOST_STEPS)))


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_document_is_opened_as_it_was(document):
    assert again(document) == document


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=5) | some.dictionaries(some.text(), inner, max_size=5),
    max_leaves=20,
)


def as_words(value):
    """Return a value as it is read: without numbers that JSON doesn't have, or a tuple."""
    if isinstance(value, dict):
        return {key: as_words(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_words(entry) for entry in value]
    if isinstance(value, float) and not np.isfinite(value):
        return "nan" if np.isnan(value) else f"{value:g}"
    return value


@settings(max_examples=50)
@given(JSON)
def test_what_is_laid_out_is_json_that_means_the_same(value):
    text = laid_out(value)
    assert json.loads(text) == as_words(value)


def refused_or_read(data):
    """Read a file; whatever is wrong with it is told as a user's mistake."""
    try:
        document_from(data, "any.gdviz", None)
    except UserError as error:
        said = str(error)
    else:
        return False
    assert said.startswith("any.gdviz, line ")
    assert "\n" not in said
    return True


@cache
def whole():
    """Return a file with nothing wrong in it."""
    experiment = open_experiment("a x^2 + y^2")
    return document_bytes(Document(replace(experiment, tracks=(Track("t", np.ones((2, 2))),))))


@settings(max_examples=150)
@given(some.data())
def test_a_damaged_file_is_refused_or_read(data):
    damaged = bytearray(whole())
    for _ in range(data.draw(some.integers(1, 4))):
        at = data.draw(some.integers(0, len(damaged) - 1))
        length = data.draw(some.integers(0, 40))
        damaged[at : at + length] = data.draw(
            some.binary(max_size=6)
            | some.sampled_from([b"-", b"1e999", b"null", b'"', b"[", b"}", b",", b"99999999999"])
        )
    refused_or_read(bytes(damaged))


@given(some.binary(max_size=200))
def test_any_bytes_are_refused(data):
    assert refused_or_read(data)


def places(value, way=()):
    """Yield the ways to all values within a value."""
    yield way
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*way, key))


def on_data():
    """Return experiments on a table, one of each model, and on measured surfaces."""
    numbers = TableColumn("x", np.array([1.0, 2.0, np.nan, 4.0, 5.0]), None, 1)
    other = TableColumn("y", np.array([1.0, 3.0, 2.0, 5.0, 4.0]))
    words = np.array(["a", "b", "a", "b", "b"], dtype=np.object_)
    texts = TableColumn("t", np.full(5, np.nan), words, 0, 5, 2)
    table = Table("t.csv", None, Dialect(), (numbers, other, texts), np.arange(2, 7))
    for choice in (FitChoice("x", "y"), FitChoice("x", "t", "logistic", "log")):
        landscape = fit_landscape(table, choice)
        yield Experiment.on(landscape, "t", table=table)
        yield Experiment.on(landscape, "t")
    axis, loss = np.arange(4.0), np.add.outer(np.arange(3.0), np.arange(4.0) ** 2)
    surface = SurfaceFile.of(Path("s.npz"), axis, axis[:3], {"loss": loss, "other": loss * 2.0})
    yield Experiment.on(SampledLandscape.of(surface), "s")


@cache
def files():
    """Return files with nothing wrong in them, and the ways to all of their values."""
    data = [whole(), *(document_bytes(Document(experiment)) for experiment in on_data())]
    return [(text, [way for way in places(json.loads(text)) if way]) for text in data]


TYPICAL = some.sampled_from(
    [None, True, -1, 0, 2**31, 2**63, 10**30, 1e308, -1e-308, "", "nan", "gd", [], {}, [[]]]
)


@settings(max_examples=100)
@given(some.data())
def test_any_value_anywhere_is_refused_or_read(data):
    text, ways = data.draw(some.sampled_from(files()))
    file = json.loads(text)
    for _ in range(data.draw(some.integers(1, 2))):
        *way, last = data.draw(some.sampled_from(ways))
        inner = file
        try:
            for key in way:
                inner = inner[key]
            if data.draw(some.booleans()):
                inner[last] = data.draw(TYPICAL | JSON)
            else:
                del inner[last]
        except (KeyError, IndexError, TypeError):  # the way was cut off by the change before
            continue
    refused_or_read(laid_out(file).encode())
