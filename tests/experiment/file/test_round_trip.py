"""What is saved is opened as it was, and computes the same bits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine import compute
from gdviz.experiment import Document, in_order, open_experiment
from gdviz.experiment.file import document_bytes, document_from
from gdviz.landscapes import PRESETS
from gdviz.optimizers import OPTIMIZERS, optimizer

FOUR_STEPS = 4


def computed(experiment):
    """Return the trajectories of all runs, in their order."""
    done = [(batch, compute(batch.descent)) for batch in experiment.batches()]
    return [trajectory for _, trajectory in in_order(done)]


def again(document: Document) -> Document:
    """Return a document that was saved and opened; saved again, it has the same bytes."""
    data = document_bytes(document)
    opened = document_from(data, "saved.gdviz", None)
    assert document_bytes(opened) == data
    return opened


def assert_same_bits(one, other):
    """Compare the trajectories of two experiments bit for bit."""
    pairs = list(zip(computed(one), computed(other), strict=True))
    assert pairs
    for before, after in pairs:
        for name in ("steps", "params", "loss", "gradient"):
            assert getattr(before, name).tobytes() == getattr(after, name).tobytes()
        assert before.outcome == after.outcome


def with_run(source, **changes):
    experiment = open_experiment(source)
    run = replace(experiment.draft, steps=FOUR_STEPS, **changes)
    return replace(experiment, draft=run, runs=(run,))


@pytest.mark.parametrize("name", [known.name for known in PRESETS])
def test_every_preset_is_opened_as_it_was(name):
    experiment = with_run(name)
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert_same_bits(experiment, opened.experiment)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_takes_the_same_steps(name):
    kind = OPTIMIZERS[name]
    experiment = with_run("rosenbrock", optimizer=optimizer(name))
    odd = {}
    for declared in kind.hyperparameters():
        if declared.kind == "number":
            low, high = declared.slider
            odd[declared.name] = low + (high - low) * (np.sqrt(5.0) - 2.0)
    try:
        run = replace(experiment.draft, optimizer=optimizer(name, **odd))
    except ValueError:
        run = experiment.draft
    experiment = replace(experiment, runs=(experiment.draft, run))
    opened = again(Document(experiment))
    assert opened == Document(experiment)
    assert_same_bits(experiment, opened.experiment)
