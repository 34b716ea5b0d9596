"""What a legend should leave uncovered in each view, as curves in the view's coordinates."""

from __future__ import annotations

import numpy as np

from gdviz.experiment import Experiment
from gdviz.export.figure_spec import FigureSpec
from gdviz.landscapes import FloatArray, Interval
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.views.history_quantity import history_of
from gdviz.views.shown_runs import ShownRuns
from gdviz.views.trace import Trace, index_of_selected, traces_of

__all__ = ["legend_ground"]

_SAMPLES = 200
_MINIMUM_COUNTS = 10  # a star that is covered is worse than a piece of a path


def legend_ground(
    view: str, experiment: Experiment, shown: ShownRuns, spec: FigureSpec, step: int
) -> list[FloatArray]:
    """Return the curves of a view's runs up to a step, each of shape (n, 2).

    Parameters
    ----------
    view : str
        ``"contour"``, ``"curve"``, ``"history"`` or ``"data"``.
    experiment : Experiment
    shown : ShownRuns
        At least one.
    spec : FigureSpec
        What the history shows.
    step : int
    """
    traces = traces_of(shown.trajectories, shown.looks)
    if view in ("contour", "swarm"):
        minima = [np.array([minimum] * _MINIMUM_COUNTS) for minimum in experiment.landscape.minima]
        return [trace.params[: trace.record_at(step) + 1] for trace in traces] + minima
    if view == "history":
        return _history(experiment, traces, spec)
    if view == "data":
        assert isinstance(experiment.landscape, FitLandscape)
        data = experiment.landscape.data
        return [np.array([point]) for point in zip(data.feature, data.label, strict=True)]
    axis = experiment.curve_axis
    hops = [np.stack([trace.params[:, axis], trace.loss], axis=1) for trace in traces]
    return [*hops, _slice(experiment, traces, step)]


def _history(
    experiment: Experiment, traces: tuple[Trace, ...], spec: FigureSpec
) -> list[FloatArray]:
    look = spec.look
    history = history_of(traces, look.quantity, experiment.landscape, logarithmic=look.log[1])
    curves = []
    for steps, values in zip(history.steps, history.values, strict=True):
        with np.errstate(all="ignore"):
            heights = np.log10(np.where(values > 0.0, values, np.nan)) if look.log[1] else values
        curves.append(np.stack([steps, heights], axis=1))
    return curves


def _slice(experiment: Experiment, traces: tuple[Trace, ...], step: int) -> FloatArray:
    """Return the loss along one parameter through the selected run's current point."""
    trace = traces[index_of_selected(traces)]
    axis = experiment.curve_axis
    interval: Interval = experiment.view.domain[axis]
    points = np.tile(trace.params[trace.record_at(step)], (_SAMPLES, 1))
    points[:, axis] = np.linspace(*interval, _SAMPLES)
    with np.errstate(all="ignore"):
        return np.stack([points[:, axis], experiment.landscape.loss(points)], axis=1)
