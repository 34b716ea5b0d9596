"""The loop over very many starts that one writes by hand in NumPy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gdviz.landscapes import FloatArray

__all__ = ["RATES", "Begin", "Loop", "numpy_loop"]

RATES = {"gd": 1e-4, "adam": 1e-3}
"""Learning rates by optimizer, so small that no run comes to rest."""

Loop = Callable[[], FloatArray]
"""Descends from where it was made; returns the ends, shape (2, n)."""
Begin = Callable[[], Loop]
"""Makes all that isn't to be measured, and returns the rest."""


def numpy_loop(name: str, starts: FloatArray, steps: int) -> Loop:
    """Return a plain loop over whole columns, as one writes it by hand."""
    rate, (first_x, first_y) = RATES[name], starts.T.copy()

    def gd() -> FloatArray:
        x, y = first_x, first_y
        for _ in range(steps):
            gap = y - x * x
            x, y = x - rate * (-2.0 * (1.0 - x) - 400.0 * x * gap), y - rate * (200.0 * gap)
        return np.stack([x, y])

    def adam() -> FloatArray:
        x, y = first_x, first_y
        mean_x, mean_y, square_x, square_y = np.zeros((4, len(x)))
        for step in range(1, steps + 1):
            gap = y - x * x
            across, down = -2.0 * (1.0 - x) - 400.0 * x * gap, 200.0 * gap
            mean_x = 0.9 * mean_x + 0.1 * across
            mean_y = 0.9 * mean_y + 0.1 * down
            square_x = 0.999 * square_x + 0.001 * across * across
            square_y = 0.999 * square_y + 0.001 * down * down
            means, squares = 1.0 - 0.9**step, 1.0 - 0.999**step
            x = x - rate * (mean_x / means) / (np.sqrt(square_x / squares) + 1e-8)
            y = y - rate * (mean_y / means) / (np.sqrt(square_y / squares) + 1e-8)
        return np.stack([x, y])

    return {"gd": gd, "adam": adam}[name]
