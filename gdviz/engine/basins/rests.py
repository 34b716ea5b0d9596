"""Telling the places apart at which very many runs have come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.basins.basin_map import Rest
from gdviz.landscapes import FloatArray, Landscape

__all__ = ["gathered"]

_CELLS = 1000  # of the landscape's own domain, along each parameter
_LONG = 30  # cells: what is as long as this is a floor or a plateau, not a point
_BENT = 1e-6
_MOST = 30_000
_FEW = 2_000
_MOST_LOOSE = 16
_NEWTON_STEPS = 8
_ROUNDING = 1e-12
_NOTHING = 1e-9
_FAR = 2**30


def gathered(
    landscape: Landscape, ends: FloatArray, known: Sequence[Rest] = ()
) -> tuple[NDArray[np.int16], tuple[Rest, ...]]:
    """Return which place each run has come to rest at, and the places.

    Ends belong together that lie in the same cell of a grid or in cells that touch: so a
    valley's floor is one place, however long it is. The grid is the landscape's own, a
    thousandth of its domain wide, whatever box is looked at.

    Parameters
    ----------
    landscape : Landscape
    ends : ndarray, shape (d, n)
    known : sequence of Rest
        Places that were found before: they keep their numbers.

    Returns
    -------
    place : ndarray of int16, shape (n,)
    rests : tuple of Rest
        First the known ones, then known global minima, then by loss.
    """
    if not ends.shape[1]:
        return np.empty(0, dtype=np.int16), tuple(known)
    cells, cell_of = _cells(landscape, ends)
    group_of = _groups(cells)
    group = group_of[cell_of]
    found, loose = _places(landscape, ends, cells, group, group_of)
    found, merged = _with_one_plateau(found, loose)
    group, group_of = merged[group], merged[group_of]
    number = np.full(len(found), -1, dtype=np.int64)
    for place, owner in enumerate(_cells_of(landscape, known, cells, group_of)):
        if owner >= 0 and number[owner] < 0:
            number[owner] = place
    rests = list(known)
    minima = landscape.minima
    fresh = sorted(np.flatnonzero(number < 0), key=lambda one: _order(found[one], minima))
    for one in fresh:
        number[one] = min(len(rests), _MOST - 1)
        if len(rests) < _MOST:
            rests.append(found[one])
    return number[group].astype(np.int16), tuple(rests)


def _cells(landscape: Landscape, ends: FloatArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the cells that hold ends, shape (k, d) in lexical order, and the cell of each."""
    width = landscape.domain.width[:, np.newaxis] / _CELLS
    low = landscape.domain.low[:, np.newaxis]
    indices = np.clip(np.floor((ends - low) / width), -_FAR, _FAR).astype(np.int64)
    keys = _keys(indices.T)
    unique, first, cell_of = np.unique(keys, return_index=True, return_inverse=True)
    assert unique.size == first.size
    return indices[:, first].T, cell_of.reshape(-1)


def _keys(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each cell, (k, d); those of neighbors are told by adding."""
    if cells.shape[1] == 1:
        return cells[:, 0]
    return cells[:, 0] * (2 * _FAR + 3) + cells[:, 1]


def _groups(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return which cells hang together, a number for each."""
    keys, count = _keys(cells), len(cells)
    steps = [(1,)] if cells.shape[1] == 1 else [(0, 1), (1, -1), (1, 0), (1, 1)]
    pairs = []
    for step in steps:
        near = _keys(cells + np.array(step))
        at = np.minimum(np.searchsorted(keys, near), count - 1)
        touching = np.flatnonzero(keys[at] == near)
        pairs.append(np.stack([touching, at[touching]]))
    ends = np.concatenate(pairs, axis=1)
    return _few_joined(ends, count) if ends.shape[1] <= _FEW else _many_joined(ends, count)


def _few_joined(pairs: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Join cells pair by pair, which needs no library to be loaded."""
    parent = list(range(count))

    def root(cell: int) -> int:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for one, other in pairs.T.tolist():
        parent[max(root(one), root(other))] = min(root(one), root(other))
    roots = np.array([root(cell) for cell in range(count)])
    return np.asarray(np.unique(roots, return_inverse=True)[1].reshape(-1), dtype=np.int64)


def _many_joined(pairs: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    there = np.ones(pairs.shape[1], dtype=np.int8)
    graph = coo_array((there, (pairs[0], pairs[1])), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _places(
    landscape: Landscape,
    ends: FloatArray,
    cells: NDArray[np.int64],
    group: NDArray[np.int64],
    group_of: NDArray[np.int64],
) -> tuple[list[Rest], NDArray[np.bool_]]:
    """Return what each group of cells is, by its lowest end, and which may be no place at all."""
    groups = int(group_of.max()) + 1
    with np.errstate(all="ignore"):
        loss = landscape.loss_columns(np.ascontiguousarray(ends))
    order = np.lexsort((ends[0], loss, group))
    lowest = order[np.searchsorted(group[order], np.arange(groups))]
    points = ends[:, lowest].T.copy()
    width = landscape.domain.width
    kinds = np.where(_extents(cells, group_of, groups) >= _LONG, "flat", "minimum").astype(object)
    down, level = _curvature(landscape, points)
    kinds[down & (kinds == "minimum")] = "saddle"
    sharp = ~down & ~level
    points[sharp] = _polished(landscape, points[sharp])
    points[np.abs(points) < _NOTHING * width] = 0.0
    known = np.zeros(groups, dtype=np.bool_)
    for minimum in landscape.minima:
        here = np.all(np.abs(points - minimum) <= width / _CELLS, axis=1)
        known |= here
        points[here] = minimum
    kinds[known & (kinds == "saddle")] = "minimum"
    losses = landscape.loss(points)
    losses[np.abs(losses) < _ROUNDING * _usual_loss(landscape)] = 0.0
    rests = [
        Rest(tuple(point), one, kind, sure)
        for point, one, kind, sure in zip(
            points.tolist(), losses.tolist(), kinds, known.tolist(), strict=True
        )
    ]
    return rests, ~sharp & ~known & (kinds != "flat")


def _usual_loss(landscape: Landscape) -> float:
    """Return how large losses are in the landscape's own domain."""
    axes = [np.linspace(low, high, 7) for low, high in landscape.domain]
    points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, landscape.dimension)
    losses = np.abs(landscape.loss(points))
    finite = losses[np.isfinite(losses)]
    return float(np.median(finite)) if finite.size else 0.0


def _polished(landscape: Landscape, points: FloatArray) -> FloatArray:
    """Return minima near points (n, d) to the last digits, by Newton's steps that lead on."""
    if not points.size:
        return points
    near = landscape.domain.width / _CELLS
    best, slope = points, np.linalg.norm(landscape.gradient(points), axis=1)
    for _ in range(_NEWTON_STEPS):
        with np.errstate(all="ignore"):
            gradient, hessian = landscape.gradient(best), landscape.hessian(best)
            step = np.linalg.pinv(hessian) @ gradient[:, :, np.newaxis]
            tried = best - step[:, :, 0]
            left = np.linalg.norm(landscape.gradient(tried), axis=1)
        good = (left < slope) & np.all(np.abs(tried - points) <= near, axis=1)
        if not good.any():
            break
        best = np.where(good[:, np.newaxis], tried, best)
        slope = np.where(good, left, slope)
    return best


def _extents(
    cells: NDArray[np.int64], group_of: NDArray[np.int64], groups: int
) -> NDArray[np.int64]:
    """Return how many cells long each group is."""
    long = np.zeros(groups, dtype=np.int64)
    for axis in range(cells.shape[1]):
        high, low = np.full(groups, -_FAR - 1), np.full(groups, _FAR + 1)
        np.maximum.at(high, group_of, cells[:, axis])
        np.minimum.at(low, group_of, cells[:, axis])
        long = np.maximum(long, high - low)
    return long


def _curvature(
    landscape: Landscape, points: FloatArray
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell where the landscape curves down in some direction, and where it is level in one."""
    with np.errstate(all="ignore"):
        hessian = landscape.hessian(points)
    known = np.asarray(np.isfinite(hessian).all(axis=(1, 2)))
    scaled = hessian * np.outer(landscape.domain.width, landscape.domain.width)
    bends: FloatArray = np.linalg.eigvalsh(np.where(known[:, np.newaxis, np.newaxis], scaled, 0.0))
    little = _BENT * np.abs(bends).max(axis=1)
    return np.asarray(bends[:, 0] < -little), np.asarray(np.abs(bends[:, 0]) <= little)


def _with_one_plateau(
    found: list[Rest], loose: NDArray[np.bool_]
) -> tuple[list[Rest], NDArray[np.int64]]:
    """Make one place of very many that are no sharp minima, and return each one's new number.

    On a plateau, and on a floor, runs come to rest wherever they start: these are no places to
    tell apart.
    """
    merged = np.arange(len(found))
    if np.count_nonzero(loose) <= _MOST_LOOSE:
        return found, merged
    lowest = min(np.flatnonzero(loose), key=lambda place: found[place].loss)
    kept = [rest for rest, gone in zip(found, loose, strict=True) if not gone]
    merged[~loose] = np.arange(len(kept))
    merged[loose] = len(kept)
    return [*kept, replace(found[lowest], kind="flat")], merged


def _cells_of(
    landscape: Landscape,
    known: Sequence[Rest],
    cells: NDArray[np.int64],
    group_of: NDArray[np.int64],
) -> list[int]:
    """Return the group in or next to which each known place lies; −1 for none."""
    owners = []
    for rest in known:
        width = landscape.domain.width / _CELLS
        cell = np.floor((np.array(rest.point) - landscape.domain.low) / width)
        away = np.abs(cells - cell).max(axis=1)
        nearest = int(np.argmin(away))
        owners.append(int(group_of[nearest]) if away[nearest] <= 1 else -1)
    return owners


def _order(rest: Rest, minima: Sequence[tuple[float, ...]]) -> tuple[int, bool, float, object]:
    known = minima.index(rest.point) if rest.known else len(minima)
    return (known, rest.kind == "saddle", rest.loss, rest.point)
