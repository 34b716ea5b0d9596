"""A sweep in a picture."""

from __future__ import annotations

from functools import lru_cache

from gdviz.engine.sweep import SweepMap, sweep_map
from gdviz.experiment import Experiment
from gdviz.experiment.sweeping import sweep_of, sweep_remark
from gdviz.views.sweep_view import SweepView

__all__ = ["sweep_view"]


def sweep_view(experiment: Experiment) -> SweepView:
    """Return a view of the current run's sweep, with the hyperparameters in use.

    Raises
    ------
    UserError
        If its optimizer has no number to sweep, or not over such a range.
    """
    run = experiment.current
    view = SweepView(interactive=False)
    if experiment.current_row is None:
        view.set_notice("No run to sweep")
        return view
    made = _computed(experiment)
    view.set_map(made)
    view.set_remark(sweep_remark(run))
    values = tuple(float(getattr(run.optimizer, axis.name)) for axis in made.axes)
    view.set_current(values, run.color)
    return view


def _computed(experiment: Experiment) -> SweepMap:
    """Compute a sweep once for a figure that is laid out several times."""
    return _kept(_Same(experiment))


class _Same:
    """An experiment, equal to itself only: it can't be hashed by its parts."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.experiment is self.experiment

    def __hash__(self) -> int:
        return id(self.experiment)


@lru_cache(maxsize=1)
def _kept(same: _Same) -> SweepMap:
    return sweep_map(sweep_of(same.experiment))
