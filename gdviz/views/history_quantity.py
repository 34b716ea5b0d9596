"""What is drawn against the step: loss, distance, gradient, length of the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdviz.experiment.look import QUANTITIES
from gdviz.landscapes import FloatArray, Landscape
from gdviz.views.trace import Trace

__all__ = ["History", "history_of"]


@dataclass(frozen=True, eq=False)
class History:
    """A quantity of some runs at every record.

    Attributes
    ----------
    label : str
        What the axis is called.
    steps, values : tuple of ndarray, each of shape (records,)
        For each run. Values that are not finite are gaps.
    """

    label: str
    steps: tuple[FloatArray, ...]
    values: tuple[FloatArray, ...]


def history_of(
    traces: Sequence[Trace], key: str, landscape: Landscape | None, *, logarithmic: bool
) -> History:
    """Return a quantity of runs.

    ``"loss"`` is f(xₖ). Where it is to be drawn logarithmically and some of the losses are not
    positive, it is the excess over the lowest known loss, of a run or a minimum.
    ``"distance"`` is |xₖ − x*| with the known minimum x* that is nearest to the run's end, or,
    where none is known, with the point of lowest loss among all runs.
    ``"gradient"`` is |∇f(xₖ)|. ``"step"`` is |xₖ − xₖ₋₁|, the length of the step to xₖ; it is
    unknown at the start, and where steps were left out. All norms are Euclidean.

    Parameters
    ----------
    traces : sequence of Trace
    key : str
        One of `QUANTITIES`.
    landscape : Landscape or None
        Where the minima are from.
    logarithmic : bool
        Whether the values are to be drawn on a logarithmic axis.

    Raises
    ------
    ValueError
        If there is no such quantity.
    """
    if key not in QUANTITIES:
        raise ValueError(f"a quantity is one of {', '.join(QUANTITIES)}; got {key!r}")
    ends = [trace.last_record + 1 for trace in traces]
    steps = tuple(
        trace.trajectory.steps[:end].astype(np.float64)
        for trace, end in zip(traces, ends, strict=True)
    )
    with np.errstate(all="ignore"):
        if key == "loss":
            label, values = _losses(traces, ends, landscape, logarithmic=logarithmic)
        elif key == "distance":
            label, values = _distances(traces, ends, landscape)
        elif key == "gradient":
            label = "gradient norm"
            values = [_norm(trace.gradient[:end]) for trace, end in zip(traces, ends, strict=True)]
        else:
            label = "length of the step"
            values = [_lengths(trace, end) for trace, end in zip(traces, ends, strict=True)]
    return History(label, steps, tuple(values))


def _losses(
    traces: Sequence[Trace], ends: Sequence[int], landscape: Landscape | None, *, logarithmic: bool
) -> tuple[str, list[FloatArray]]:
    losses = [trace.loss[:end] for trace, end in zip(traces, ends, strict=True)]
    finite = np.concatenate([np.empty(0), *losses])
    finite = finite[np.isfinite(finite)]
    if not logarithmic or not finite.size or finite.min() > 0.0:
        return "loss", losses
    known = [float(finite.min())]
    if landscape is not None and landscape.minima:
        at_minima = landscape.loss(landscape.minima)
        known.extend(at_minima[np.isfinite(at_minima)].tolist())
    return "loss − lowest", [loss - min(known) for loss in losses]


def _distances(
    traces: Sequence[Trace], ends: Sequence[int], landscape: Landscape | None
) -> tuple[str, list[FloatArray]]:
    minima = np.array(landscape.minima if landscape is not None else (), dtype=np.float64)
    paths = [trace.params[:end] for trace, end in zip(traces, ends, strict=True)]
    if minima.size and all(path.shape[1] == minima.shape[1] for path in paths):
        nearest = [minima[np.argmin(_norm(minima - path[-1]))] for path in paths]
        words = "distance to the minimum" if len(minima) == 1 else "distance to a minimum"
        return words, [_norm(path - point) for path, point in zip(paths, nearest, strict=True)]
    lowest, point = np.inf, None
    for trace, path in zip(traces, paths, strict=True):
        losses = np.where(np.isfinite(trace.loss[: len(path)]), trace.loss[: len(path)], np.inf)
        record = int(np.argmin(losses))
        if losses[record] < lowest:
            lowest, point = float(losses[record]), path[record]
    label = "distance to the lowest point"
    if point is None:
        return label, [np.full(len(path), np.nan) for path in paths]
    return label, [
        _norm(path - point) if path.shape[1] == point.size else np.full(len(path), np.nan)
        for path in paths
    ]


def _lengths(trace: Trace, end: int) -> FloatArray:
    lengths = np.full(end, np.nan)
    following = np.diff(trace.trajectory.steps[:end]) == 1
    taken = _norm(np.diff(trace.params[:end], axis=0))
    lengths[1:] = np.where(following, taken, np.nan)
    return lengths


def _norm(vectors: FloatArray) -> FloatArray:
    return np.asarray(np.hypot.reduce(vectors, axis=-1))
