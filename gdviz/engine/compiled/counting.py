"""The source of what counts points into pixels."""

from __future__ import annotations

__all__ = ["COUNTING"]

# Operation by operation as `gdviz.engine.swarm.density.pixel_places`: the counts are the same.
COUNTING = """\
import math
import numpy as np
from numba import njit, types
f8 = types.float64
b1 = types.Array(types.boolean, 1, 'C', readonly=True)
f2, i2 = types.Array(f8, 2, 'C', readonly=True), types.int64[:, ::1]
how = dict(nogil=True, error_model='numpy', cache=True)

@njit([types.void(i2, f2, b1, f8, f8, f8, f8)], **how)
def count(counts, params, drawn, left, top, across, down):
    most_x, most_y = counts.shape[1] - 1.0, counts.shape[0] - 1.0
    wide = float(counts.shape[1])
    flat = counts.reshape(-1)
    places = np.empty(256, np.int64)
    for begin in range(0, params.shape[1], 256):
        m = min(256, params.shape[1] - begin)
        for r in range(m):
            x = (params[0, begin + r] - left) * across
            y = (params[1, begin + r] - top) * down
            x = x if x > 0.0 else 0.0
            y = y if y > 0.0 else 0.0
            x = x if x < most_x else most_x
            y = y if y < most_y else most_y
            places[r] = np.int64(x + math.floor(y) * wide)
        if drawn.size:
            for r in range(m):
                flat[places[r]] += drawn[begin + r]
        else:
            for r in range(m):
                flat[places[r]] += 1
"""
"""Defines ``count``, which adds to the counts of an image with a frame, shape (rows, columns).

Its parameters are those counts, places (2, n), which of them are counted (all if there are
none), where the frame's outer edge is along both parameters, and how many pixels there are
to one unit.
"""
