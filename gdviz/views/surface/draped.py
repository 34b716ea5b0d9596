"""Lines laid onto a surface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.experiment.camera import HALF_SIDES
from gdviz.landscapes import FloatArray
from gdviz.views.strands import Strands
from gdviz.views.surface.mesh import SurfaceMesh
from gdviz.views.surface.stage import Sight

__all__ = ["Draped", "SeenLines", "drape"]

_FINEST = 0.012  # about a cell of the finest mesh
_MOST_POINTS = 80_000
_MOST_PARTS = 400
_INSIDE = 1.0 - 1e-12
_CELL = 0.5


@dataclass(frozen=True, eq=False)
class Draped:
    """Lines on a surface, as points so close that nothing lies between them.

    Attributes
    ----------
    points : ndarray, shape (n, 3)
        In the surface's box, line after line; NaN where it has a hole.
    piece : ndarray of int, shape (n,)
        What hangs together; it never falls.
    line : ndarray of int, shape (n,)
        The line that each point belongs to.
    given : ndarray of bool, shape (n,)
        Whether a point is one of those by which its line was given.
    ends : list of ndarray of int
        For each line and each of the points that it was given by, how many points there are
        up to there, those of earlier lines included.
    """

    points: FloatArray
    piece: NDArray[np.int64]
    line: NDArray[np.int64]
    given: NDArray[np.bool_]
    ends: list[NDArray[np.int64]]

    def between(self, begins: Sequence[int], ends: Sequence[int]) -> Draped:
        """Return what lies between two of the points that each line was given by."""
        spans = [
            (int(known[begin]), int(known[end]))
            for known, begin, end in zip(self.ends, begins, ends, strict=True)
        ]
        chosen = np.concatenate([np.arange(first, last) for first, last in spans])
        if chosen.size == len(self.points):
            return self
        return Draped(
            self.points[chosen],
            self.piece[chosen],
            self.line[chosen],
            self.given[chosen],
            self.ends,
        )


def drape(mesh: SurfaceMesh, lines: Sequence[FloatArray]) -> Draped:
    """Lay lines of parameters, at least one, each of shape (records, 2), onto a surface.

    What lies outside the domain is cut off.
    """
    flat = [mesh.in_box(line) for line in lines]
    cuts = [_within(line) for line in flat]
    total = sum(float(np.sum(lengths * (last - first))) for first, last, lengths in cuts)
    step = max(_FINEST, total / _MOST_POINTS)
    points, pieces, owners, ends = [], [], [], []
    count = piece_count = 0
    for number, (line, cut) in enumerate(zip(flat, cuts, strict=True)):
        places, piece, end = _divided(line, cut, step)
        points.append(places)
        pieces.append(piece + piece_count)
        owners.append(np.full(len(places), number))
        ends.append(end + count)
        count += len(places)
        piece_count += len(line) + 1
    on_it = mesh.on_surface(np.concatenate(points))
    given = np.zeros(count, dtype=bool)
    for end, (_enter, leave, _lengths) in zip(ends, cuts, strict=True):
        arrived = (np.diff(end) > 0) & (leave >= _INSIDE)
        given[end[1:][arrived] - 1] = True
    return Draped(on_it, np.concatenate(pieces), np.concatenate(owners), given, ends)


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


def _divided(
    line: FloatArray, cut: tuple[FloatArray, FloatArray, FloatArray], step: float
) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    """Return the points (n, 2) of a line, their pieces, and where its own points are."""
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
    return flat, piece, ends


@dataclass(frozen=True, eq=False)
class SeenLines:
    """Lines in pixels, and which parts of them are seen.

    Attributes
    ----------
    pixels : ndarray, shape (n, 2)
    piece, line : ndarray of int, shape (n,)
        What hangs together, and which line it is of.
    seen, hidden : ndarray of bool, shape (n,)
        Where a line goes behind something, both parts reach to the same point.
    dots : ndarray of bool, shape (n,)
        Points that are seen, by which their lines were given, and which stand apart from the
        ones before them.
    """

    pixels: FloatArray
    piece: NDArray[np.int64]
    line: NDArray[np.int64]
    seen: NDArray[np.bool_]
    hidden: NDArray[np.bool_]
    dots: NDArray[np.bool_]

    @classmethod
    def of(cls, sight: Sight, draped: Draped, spacing: float = np.inf) -> Self:
        """Look at lines, some of whose points may be dots at least `spacing` pixels apart."""
        pixels = sight.projection.pixels(draped.points)
        flat, piece = pixels[:, :2], draped.piece
        dots = _apart(flat, draped.given, draped.line, spacing)
        # Of points within half a pixel one will do; nearly all are such where runs have ended.
        cells = np.rint(flat / _CELL)
        kept = np.ones(len(flat), dtype=bool)
        kept[1:] = (cells[1:, 0] != cells[:-1, 0]) | (cells[1:, 1] != cells[:-1, 1])
        kept[1:] |= piece[1:] != piece[:-1]
        kept |= dots
        pixels, piece = pixels[kept], piece[kept]
        known = np.isfinite(pixels[:, 2])
        seen = sight.relief.shows(pixels) & known
        behind = known & ~seen
        hidden = behind.copy()
        if behind.any():
            same = piece[1:] == piece[:-1]
            hidden[1:] |= behind[:-1] & seen[1:] & same
            hidden[:-1] |= behind[1:] & seen[:-1] & same
        places = np.ascontiguousarray(pixels[:, :2])
        return cls(places, piece, draped.line[kept], seen, hidden, dots[kept] & seen)

    def strands(self, chosen: NDArray[np.bool_]) -> Strands:
        """Return the polylines of the points that are chosen."""
        breaks = np.zeros(len(self.pixels), dtype=np.int64)
        if len(self.pixels) > 1:
            breaks[1:] = (self.piece[1:] != self.piece[:-1]) | ~chosen[:-1]
        return Strands(self.pixels[chosen], np.cumsum(breaks)[chosen])


def _apart(
    pixels: FloatArray, given: NDArray[np.bool_], line: NDArray[np.int64], spacing: float
) -> NDArray[np.bool_]:
    """Tell which of the given points stand apart from the given ones before them."""
    apart = np.zeros(len(pixels), dtype=bool)
    places = np.flatnonzero(given)
    if np.isfinite(spacing) and places.size > 1:
        with np.errstate(invalid="ignore"):
            away = np.hypot(*np.diff(pixels[places], axis=0).T)
            far = (away >= spacing) & (line[places[1:]] == line[places[:-1]])
        apart[places[1:][far]] = True
    return apart
