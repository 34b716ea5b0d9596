"""Where on its line a contour's label goes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from gdviz.landscapes import FloatArray

__all__ = ["Label", "place_labels", "without"]

_CANDIDATES = 24
_CLEARANCE = 26.0
_STRAIGHTNESS = 0.96
_FREE = 9.0


@dataclass(frozen=True)
class Label:
    """A label's place on a line.

    Attributes
    ----------
    line, piece : int
        Which line, and which piece of it.
    x, y : float
        The middle, in pixels.
    angle : float
        In degrees, clockwise, such that letters stand upright.
    start, end : float
        The length along the piece, in pixels, that the label covers.
    """

    line: int
    piece: int
    x: float
    y: float
    angle: float
    start: float
    end: float


def place_labels(
    lines: Sequence[Sequence[FloatArray]],
    widths: Sequence[float],
    size: tuple[float, float],
    taken: FloatArray | None = None,
) -> list[Label]:
    """Find a straight, free place for each line's label.

    Parameters
    ----------
    lines : sequence of sequence of ndarray, shape (points, 2)
        The pieces of each line, in pixels.
    widths : sequence of float
        The width of each line's label.
    size : (float, float)
        Width and height of the plot.
    taken : ndarray, shape (n, 2), optional
        Pixels that no label should cover.

    Returns
    -------
    list of Label
        At most one for each line: none where it would be bent, cut off, or too near
        to another one.
    """
    placed: list[Label] = []
    for number, (pieces, width) in enumerate(zip(lines, widths, strict=True)):
        best, best_score = None, 0.0
        for label in _candidates(number, pieces, width):
            score = _score(label, width, size, placed)
            if score > best_score and _covers(label, width, taken):
                continue
            if score > best_score:
                best, best_score = label, score
        if best is not None:
            placed.append(best)
    return placed


def without(piece: FloatArray, labels: Iterable[Label]) -> list[FloatArray]:
    """Return what is left of a piece when its labels are cut out, exactly at their ends."""
    gaps = sorted((label.start, label.end) for label in labels)
    if not gaps:
        return [piece]
    along = _lengths(piece)
    begins = [0.0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), float(along[-1])]
    return [
        _between(piece, along, begin, end)
        for begin, end in zip(begins, ends, strict=True)
        if begin < end
    ]


def _between(piece: FloatArray, along: FloatArray, begin: float, end: float) -> FloatArray:
    """Return the stretch of a piece between two lengths along it."""
    cuts = np.array([begin, end])
    first, last = np.stack([np.interp(cuts, along, values) for values in piece.T], axis=1)
    inside = piece[(along > begin) & (along < end)]
    return np.concatenate([first[np.newaxis], inside, last[np.newaxis]])


def _lengths(piece: FloatArray) -> FloatArray:
    steps = np.hypot(*np.diff(piece, axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _candidates(number: int, pieces: Sequence[FloatArray], width: float) -> Iterable[Label]:
    for index, piece in enumerate(pieces):
        along = _lengths(piece)
        if along[-1] < 3.0 * width:
            continue
        middles = np.linspace(width, along[-1] - width, _CANDIDATES)
        cuts = middles + np.array([[-0.5], [0.0], [0.5]]) * width
        x, y = (np.interp(cuts, along, values) for values in piece.T)
        across, down = x[2] - x[0], y[2] - y[0]
        straight = np.hypot(across, down) >= _STRAIGHTNESS * width
        angles = np.degrees(np.arctan2(down, across))
        upright = angles - 180.0 * np.round(angles / 180.0)
        places = np.stack([x[1], y[1], upright, cuts[0], cuts[2]], axis=1)
        for place in places[straight].tolist():
            yield Label(number, index, *place)


def _covers(label: Label, width: float, taken: FloatArray | None) -> bool:
    if taken is None or not len(taken):
        return False
    away = np.hypot(*(taken - (label.x, label.y)).T)
    return bool(away.min() < 0.5 * width + _FREE)


def _score(label: Label, width: float, size: tuple[float, float], placed: list[Label]) -> float:
    """Return how free a place is, 0 for not at all; flat labels are read more easily."""
    margin = min(label.x, label.y, size[0] - label.x, size[1] - label.y) - width / 2.0
    if margin < 0.0:
        return 0.0
    nearest = min((_gap(label, other) for other in placed), default=math.inf)
    if nearest < _CLEARANCE:
        return 0.0
    flatness = 1.0 - abs(label.angle) / 90.0
    return 1.0 + min(nearest, 4.0 * _CLEARANCE) / _CLEARANCE + 2.0 * flatness


def _gap(label: Label, other: Label) -> float:
    """Return how far apart two labels are at least, however they are turned."""
    widths = label.end - label.start + other.end - other.start
    return math.hypot(label.x - other.x, label.y - other.y) - widths / 2.0
