"""Where samples lie on both sides of a pole or a jump, so that no line may join them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray

__all__ = ["with_gaps"]


def with_gaps(loss: FloatArray, slope: FloatArray) -> FloatArray:
    """Return losses along the last axis with NaN where the loss jumps between two samples.

    It jumps where both slopes say one direction and the losses go the other, as on the two
    sides of the pole of 1/x, or where both are 0 and the losses differ, as at a stair. Of
    the two samples, the one with the larger loss by absolute value is taken out.

    Parameters
    ----------
    loss : ndarray, shape (..., n)
    slope : ndarray, shape (..., n)
        The derivatives along the last axis.
    """
    with np.errstate(all="ignore"):
        rise = np.diff(loss, axis=-1)
        left, right = slope[..., :-1], slope[..., 1:]
        down = (left <= 0.0) & (right <= 0.0) & (rise > 0.0)
        up = (left >= 0.0) & (right >= 0.0) & (rise < 0.0)
        heights = np.abs(loss)
        jump = (down | up) & (np.abs(rise) > _ROUNDING * np.maximum(*_pairs(heights)))
    lower, upper = _pairs(heights)
    gapped = loss.copy()
    _clear(gapped[..., 1:], jump & (upper >= lower))
    _clear(gapped[..., :-1], jump & (upper < lower))
    return gapped


_ROUNDING = 1e-9


def _pairs(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    return values[..., :-1], values[..., 1:]


def _clear(part: FloatArray, where: NDArray[np.bool_]) -> None:
    part[where] = np.nan
