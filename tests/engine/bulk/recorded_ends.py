"""Comparing the ends of very many runs with those of recorded ones."""

import numpy as np

from gdviz.engine import Outcome, compute
from gdviz.engine.bulk import CODES, Bulk, arrivals
from gdviz.engine.endings import REST_STEPS


def ended(descent, **how):
    """Return the arrivals of a descent when all rows have ended."""
    bulk = Bulk(descent, **how)
    for _ in arrivals(bulk):
        pass
    return bulk.arrivals


def compare(descent, **how):
    """Check that all rows end as recorded runs do, and return the outcomes."""
    bulk, recorded = Bulk(descent, **how), compute(descent)
    for _ in arrivals(bulk):
        pass
    found = bulk.arrivals
    for row in range(descent.rows):
        here, step = found.params[:, row], int(found.step[row])
        told = (CODES[found.outcome[row]], step)
        if told != (recorded.outcome[row], recorded.outcome_step[row]):
            # A run that leaves its place after 16 steps at rest isn't waited for.
            assert told[0] is Outcome.CONVERGED, (row, told, recorded.outcome[row])
            norms = np.linalg.norm(recorded.gradient[:, row], axis=1)
            assert (norms[step : step + REST_STEPS] <= bulk.judge.flat).all(), row
            assert step == 0 or norms[step - 1] > bulk.judge.flat
        last = recorded.last_step[row]
        places = recorded.params[: last + 1, row]
        if told[0] is Outcome.CONVERGED:
            # It is let go at a look behind 16 steps at rest, or with the last step.
            soonest = -(-(step + REST_STEPS - 1) // REST_STEPS) * REST_STEPS
            assert (np.vstack([places[soonest::REST_STEPS], places[-1:]]) == here).all(axis=1).any()
        else:
            np.testing.assert_array_equal(here, places[-1])
    return {CODES[code] for code in found.outcome}
