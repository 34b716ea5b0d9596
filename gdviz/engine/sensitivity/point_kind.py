"""What kind of point it is, by its derivatives."""

from __future__ import annotations

import numpy as np

from gdviz.engine.sensitivity.around import SHARE, Around, directions_around, radii_of
from gdviz.engine.sensitivity.result import PointKind
from gdviz.landscapes import FloatArray, Landscape
from gdviz.spectrum import spectrum

__all__ = ["point_kind"]

_AT_REST = 1e-2
_NO_CURVATURE = 1e-8
_ROUNDING = 1e-10
_FAR, _NEAR = 1e-3, 1e-5  # how far a kink is looked for, as a share of the ball
_DIRECTIONS = 8


@np.errstate(all="ignore")
def point_kind(
    landscape: Landscape, point: FloatArray, loss: float, gradient: FloatArray, hessian: FloatArray
) -> PointKind:
    """Return what a point is: see `Sensitivity.kind`.

    It counts as stationary where, along each eigen-direction in units of the domain's width,
    the slope changes the loss by no more than a hundredth of what the curvature does, a
    twentieth of the width away.

    Parameters
    ----------
    landscape : Landscape
    point : ndarray, shape (d,)
    loss : float
    gradient : ndarray, shape (d,)
    hessian : ndarray, shape (d, d)
    """
    if not np.isfinite(loss):
        return "undefined"
    around = Around(landscape, point, radii_of(landscape, SHARE))
    if _kinked(around, loss):
        return "kink"
    if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
        return "undefined"
    radii = around.radii
    values, vectors = spectrum((hessian * radii * radii[:, np.newaxis])[np.newaxis])
    bends, slopes = 0.5 * values[0], np.abs(vectors[0].T @ (gradient * radii))
    largest = float(np.abs(bends).max())
    rounding = _ROUNDING * max(abs(loss), largest)
    if (slopes > np.maximum(_AT_REST * np.abs(bends), rounding)).any():
        return "slope"
    if (np.abs(bends) <= np.maximum(_NO_CURVATURE * largest, 1e-300)).any():
        return "flat"
    if (bends > 0.0).all():
        return "minimum"
    return "maximum" if (bends < 0.0).all() else "saddle"


def _kinked(around: Around, loss: float) -> bool:
    """Tell whether the slopes on both sides differ however near one looks."""
    directions = directions_around(around.point.size, _DIRECTIONS)
    bends = []
    for distance in (_FAR, _NEAR):
        sides = [around.loss(side * distance * directions) for side in (1.0, -1.0)]
        with np.errstate(all="ignore"):
            bends.append((sides[0] - loss) / distance + (sides[1] - loss) / distance)
    far, near = np.abs(bends)
    if not np.isfinite(far).all() or not np.isfinite(near).all():
        return False
    # Where the loss is smooth, the sum of the slopes falls with the distance, here to a
    # hundredth; where there is a kink, it stays.
    noise = 1e-14 * abs(loss) / _NEAR
    return bool(np.any((near > 0.5 * far) & (near > 100.0 * noise) & (far > 0.0)))
