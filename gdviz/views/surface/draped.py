"""Lines laid onto a surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray
from gdviz.views.strands import Strands
from gdviz.views.surface.camera import HALF_SIDES
from gdviz.views.surface.mesh import SurfaceMesh
from gdviz.views.surface.stage import Sight

__all__ = ["Draped", "drape", "seen_and_hidden"]

_FINEST = 0.012  # about a cell of the finest mesh
_MOST_POINTS = 80_000
_MOST_PARTS = 400
_INSIDE = 1.0 - 1e-12


@dataclass(frozen=True, eq=False)
class Draped:
    """A line on a surface, as points so close that nothing lies between them.

    Attributes
    ----------
    points : ndarray, shape (n, 3)
        In the surface's box; NaN where it has a hole.
    piece : ndarray of int, shape (n,)
        What hangs together; it never falls.
    ends : ndarray of int, shape (records,)
        How many points there are up to each point of the line that was given.
    """

    points: FloatArray
    piece: NDArray[np.int64]
    ends: NDArray[np.int64]


def drape(mesh: SurfaceMesh, lines: Sequence[FloatArray]) -> list[Draped]:
    """Lay lines of parameters, each of shape (records, 2), onto a surface.

    What lies outside the domain is cut off.
    """
    flat = [mesh.in_box(line) for line in lines]
    cuts = [_within(line) for line in flat]
    total = sum(float(np.sum(lengths * (last - first))) for first, last, lengths in cuts)
    step = max(_FINEST, total / _MOST_POINTS)
    return [_draped(mesh, line, cut, step) for line, cut in zip(flat, cuts, strict=True)]


def _within(line: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return where each segment enters the domain and leaves it, as shares, and its length.

    After Liang and Barsky, *A new concept and method for line clipping*, ACM TOG 3 (1984).
    """
    begin, along = line[:-1], np.diff(line, axis=0)
    half = np.array(HALF_SIDES[:2])
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (-half - begin) / along, (half - begin) / along
    still = along == 0.0
    beside = still & ~(np.abs(begin) <= half)
    enter = np.where(still, np.where(beside, 2.0, 0.0), np.fmin(one, other)).max(axis=1)
    leave = np.where(still, np.where(beside, -1.0, 1.0), np.fmax(one, other)).min(axis=1)
    enter, leave = np.clip(enter, 0.0, 1.0), np.clip(leave, 0.0, 1.0)
    unknown = ~np.isfinite(line[:-1]).all(axis=1) | ~np.isfinite(line[1:]).all(axis=1)
    empty = unknown | beside.any(axis=1) | ~(enter <= leave)
    lengths = np.where(empty, 0.0, np.hypot(*along.T))
    return np.where(empty, 1.0, enter), np.where(empty, 0.0, leave), lengths


def _draped(
    mesh: SurfaceMesh,
    line: FloatArray,
    cut: tuple[FloatArray, FloatArray, FloatArray],
    step: float,
) -> Draped:
    enter, leave, lengths = cut
    there = enter <= leave
    parts = np.ceil(np.where(there, lengths * (leave - enter), 0.0) / step)
    parts = np.clip(parts, 1, _MOST_PARTS).astype(np.int64)
    count = np.where(there, parts + 1, 0)
    ends = np.concatenate([[0], np.cumsum(count)])
    owner = np.repeat(np.arange(len(count)), count)
    number = np.arange(int(ends[-1])) - ends[owner]
    share = enter[owner] + (leave - enter)[owner] * number / parts[owner]
    flat = line[owner] + share[:, np.newaxis] * np.diff(line, axis=0)[owner]
    flat = np.clip(flat, *np.multiply.outer((-1.0, 1.0), HALF_SIDES[:2]))
    joined = np.zeros(len(count), dtype=bool)
    joined[1:] = there[1:] & there[:-1] & (enter[1:] == 0.0) & (leave[:-1] >= _INSIDE)
    piece = np.cumsum(~joined)[owner] if owner.size else owner
    return Draped(mesh.on_surface(flat), piece, ends)


def seen_and_hidden(
    sight: Sight, points: FloatArray, piece: NDArray[np.int64]
) -> tuple[Strands, Strands]:
    """Return the polylines in pixels that are seen, and those that the surface hides.

    Parameters
    ----------
    sight : Sight
    points : ndarray, shape (n, 3)
        In the box.
    piece : ndarray of int, shape (n,)
        What hangs together.
    """
    pixels = sight.projection.pixels(points)
    known = np.isfinite(pixels[:, 2])
    seen = sight.relief.shows(pixels) & known
    flat = pixels[:, :2]
    hidden = known & ~seen
    # Where a line goes behind something, both parts reach to the same point.
    reach = hidden.copy()
    same = piece[1:] == piece[:-1]
    reach[1:] |= hidden[:-1] & seen[1:] & same
    reach[:-1] |= hidden[1:] & seen[:-1] & same
    return _runs_of(flat, piece, seen), _runs_of(flat, piece, reach & known)


def _runs_of(pixels: FloatArray, piece: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Strands:
    breaks = np.zeros(len(pixels), dtype=np.int64)
    if len(pixels) > 1:
        breaks[1:] = (piece[1:] != piece[:-1]) | ~chosen[:-1]
    return Strands(pixels[chosen], np.cumsum(breaks)[chosen])
