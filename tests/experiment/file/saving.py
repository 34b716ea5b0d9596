"""Saving and opening in memory, and comparing what comes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gdviz.engine import compute
from gdviz.experiment import Document, in_order, open_experiment
from gdviz.experiment.file import document_bytes, document_from

STEPS = 5


def computed(experiment):
    """Return the trajectories of all runs, in their order."""
    done = [(batch, compute(batch.descent)) for batch in experiment.batches()]
    return [trajectory for _, trajectory in in_order(done)]


def again(document: Document, folder=None, **how) -> Document:
    """Return a document that was saved and opened; saved again, it has the same bytes."""
    data = document_bytes(document, folder=folder, **how)
    opened = document_from(data, "saved.gdviz", folder)
    assert document_bytes(opened, folder=folder, **how) == data
    return opened


def assert_same_bits(one, other):
    """Compare the trajectories of two experiments bit for bit."""
    pairs = list(zip(computed(one), computed(other), strict=True))
    assert pairs
    for before, after in pairs:
        for name in ("steps", "params", "loss", "gradient"):
            assert getattr(before, name).tobytes() == getattr(after, name).tobytes()
        assert before.outcome == after.outcome


def assert_same_table(one, other):
    """Compare all that is known of two tables."""
    names = ("name", "path", "dialect")
    assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names]
    np.testing.assert_array_equal(one.lines, other.lines)
    assert one.lines.dtype == other.lines.dtype
    for before, after in zip(one.columns, other.columns, strict=True):
        assert before.values.tobytes() == after.values.tobytes()
        assert not after.values.flags.writeable
        texts = [c.texts if c.texts is None else c.texts.tolist() for c in (before, after)]
        assert texts[0] == texts[1]
        for name in ("name", "missing", "not_numbers", "first_bad_row", "kind", "classes"):
            assert getattr(before, name) == getattr(after, name)


def with_run(source, **changes):
    """Return a source's experiment with a short run, changed in some ways."""
    return changed(open_experiment(str(source)), **changes)


def changed(experiment, **changes):
    """Return an experiment with its draft changed, and that as its one run."""
    run = replace(experiment.draft, steps=STEPS, **changes)
    return replace(experiment, draft=run, runs=(run,))


def apart_from_table(experiment):
    """Return an experiment without its table, which has no equality."""
    return replace(experiment, table=None)
