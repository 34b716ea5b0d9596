"""Whether all that is compared does the same work."""

from __future__ import annotations

import numpy as np

from gdviz.landscapes import FloatArray

__all__ = ["agreed"]

# Adam divides a gradient by about its own size. Where the first one is nearly 0 (at some of
# 100,000 starts, on the floor of the valley), rounding decides its direction; C rounds otherwise,
# since it multiplies and adds in one. So a few rows may end elsewhere, though not far.
_STRAY, _FAR = 1e-3, 1e-2


def agreed(ends: dict[str, FloatArray]) -> FloatArray:
    """Return where the first subject ends, if all others end there, too.

    Parameters
    ----------
    ends : dict of ndarray, shape (2, n)

    Raises
    ------
    RuntimeError
        If another one doesn't.
    """
    first, *others = ends
    expected = ends[first]
    for title in others:
        away = np.abs(ends[title] - expected).max(axis=0)
        if np.mean(away > 1e-9) > _STRAY or not away.max() <= _FAR:
            raise RuntimeError(f"{title} does not end where {first} does")
    return expected
