"""Where very many starts are at a step, and how they ended, as columns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk import CHUNK, CODES, Bulk
from gdviz.experiment import Experiment
from gdviz.experiment.swarm import swarm_descent
from gdviz.export.material import Told
from gdviz.export.run_records import about_landscape, about_method
from gdviz.export.sheet import Column, Sheet

__all__ = ["swarm_sheet"]

_WORDS = tuple(outcome.value for outcome in CODES)
_ROW_STEPS = 1 << 24


def swarm_sheet(experiment: Experiment, step: int | None, told: Told) -> Sheet:
    """Return a row for each start of the experiment's swarm.

    Only two places of each are in memory, whatever the number of steps.

    Parameters
    ----------
    experiment : Experiment
    step : int or None
        At which it is told; None for the last.
    told : callable
        Is told the share that is computed.

    Raises
    ------
    UserError
        If there are no starts.
    """
    descent = swarm_descent(experiment)
    landscape, names = descent.landscape, experiment.landscape.parameters
    at = descent.steps if step is None else min(step, descent.steps)
    bulk = Bulk(descent)
    _advance(bulk, at, told)
    params = bulk.params()
    # Ends are noticed at every 16th step, and dated back.
    _advance(bulk, min(-(-at // CHUNK) * CHUNK, descent.steps), told)
    outcome, ended = _ended(bulk, at)
    with np.errstate(all="ignore"):
        loss = landscape.loss_columns(params)
    run = experiment.current
    about = {
        **about_landscape(experiment),
        **about_method(run.optimizer, run.schedule),
        "steps": descent.steps,
        "step": at,
    }
    return Sheet(
        "gdviz-swarm",
        about,
        (
            *(Column(f"start_{name}", descent.starts[:, n]) for n, name in enumerate(names)),
            *(Column(name, params[n]) for n, name in enumerate(names)),
            Column("loss", loss),
            Column("outcome", outcome, _WORDS),
            Column("outcome_step", ended),
        ),
    )


def _advance(bulk: Bulk, to: int, told: Told) -> None:
    rows = max(bulk.open, 1)
    most = max(_ROW_STEPS // rows // CHUNK, 1) * CHUNK
    while bulk.step < to and bulk.open:
        bulk.advance(min(most, to - bulk.step))
        told(bulk.step / to)


def _ended(bulk: Bulk, at: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return who has ended how up to a step, and when; the step itself where none has."""
    outcome, step = bulk.arrivals.outcome, bulk.arrivals.step
    ended = (outcome != 0) & (step <= at)
    return np.where(ended, outcome, 0).astype(np.uint8), np.where(ended, step, at)
