"""The curvature that a run met on its way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gdviz.engine.diagnosis.felt import Felt
from gdviz.engine.diagnosis.run import Run
from gdviz.landscapes import FloatArray
from gdviz.spectrum import spectrum

__all__ = ["PathCurvature", "path_curvature"]

_SAMPLES = 200
_BUDGET = 400_000
_SAME = 1e-9


@dataclass(frozen=True)
class PathCurvature:
    """The smallest and the largest eigenvalue of the Hessian along a path.

    Attributes
    ----------
    smallest, largest : float
    constant : bool
        Whether the Hessian is the same everywhere along it, as a quadratic's is.
    """

    smallest: float
    largest: float
    constant: bool


def path_curvature(felt: Felt, run: Run, minimum: FloatArray | None) -> PathCurvature | None:
    """Look at the Hessian of at most 200 records; None where it is nowhere a number.

    Parameters
    ----------
    felt : Felt
    run : Run
    minimum : ndarray, shape (d,), optional
        Whose Hessian must be the same, too, for the curvature to be constant.
    """
    most = min(max(_BUDGET // felt.landscape.cost, 8), _SAMPLES)
    points = run.params[run.evenly(most)]
    if minimum is not None:
        points = np.concatenate([points, minimum[np.newaxis]])
    hessians = felt.hessian(points[np.isfinite(points).all(axis=1)])
    values, _ = spectrum(hessians)
    there = np.isfinite(values).all(axis=1)
    if not there.any():
        return None
    spread = np.ptp(hessians[there], axis=0)
    least = np.min(np.abs(values[there]))
    constant = bool(there.all() and np.all(spread <= _SAME * least))
    if constant and run.records + (minimum is not None) < 2:
        constant = False
    found = values[there]
    return PathCurvature(float(found[:, 0].min()), float(found[:, -1].max()), constant)
