"""The part of a script that holds the landscape."""

from __future__ import annotations

from collections.abc import Sequence

from gdviz.engine import Trajectory
from gdviz.errors import UserError
from gdviz.export.script.bundle import Bundle
from gdviz.export.script.fits import batch_text, fit_text
from gdviz.export.script.formulas import formula_text
from gdviz.export.script.kernels import kernels_text
from gdviz.export.script.literals import point_text, text_literal
from gdviz.export.script.surfaces import surface_text
from gdviz.landscapes import Landscape, Valley
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.sampled import SampledLandscape

__all__ = ["landscape_text"]

_HEAD = '''\
class Landscape:
    """Loss and slope of points, a row of an array for each."""

    def loss(self, params):
        values = np.empty(len(params))
        values[:] = loss(*np.ascontiguousarray(params.T))
        return values

    def gradient(self, params):
        values = np.empty(params.shape)
        for axis, slope in enumerate(gradient(*np.ascontiguousarray(params.T))):
            values[:, axis] = slope
        return values'''

_HESSIAN = """

    def hessian(self, params):
        rows, dimension = params.shape
        values = np.empty((rows, dimension, dimension))
        triangle = iter(hessian(*np.ascontiguousarray(params.T)))
        for row in range(dimension):
            for column in range(row, dimension):
                values[:, row, column] = values[:, column, row] = next(triangle)
        return values"""


def landscape_text(
    landscape: Landscape,
    bundle: Bundle,
    trajectories: Sequence[Trajectory],
    *,
    batches: bool,
) -> str:
    """Return the landscape as functions, and as the object that optimizers ask.

    Parameters
    ----------
    landscape : Landscape
    bundle : Bundle
        With the optimizers in it, which decide whether the Hessian is wanted.
    trajectories : sequence of Trajectory
        What the script is to compute again.
    batches : bool
        Whether gradients over some rows of a table are wanted.

    Raises
    ------
    UserError
        If a script can't compute it.
    """
    if landscape.limits not in (None, landscape.domain):
        raise UserError(f"a script can't compute '{landscape.name}', which has limits of its own")
    hessian = "hessian" in bundle.attributes
    if isinstance(landscape, FormulaLandscape):
        made = formula_text(landscape, bundle, hessian=hessian)
    elif isinstance(landscape, Valley):
        made = kernels_text(landscape, {}, hessian=hessian)
    elif isinstance(landscape, FitLandscape):
        made = fit_text(landscape, bundle, hessian=hessian, batches=batches)
    elif isinstance(landscape, SampledLandscape):
        made = surface_text(landscape, bundle, trajectories, hessian=hessian)
    else:
        raise UserError(f"a script can't compute '{landscape.name}'")
    between = "\n" if made.startswith("#") else "\n\n\n"
    pieces = [_constants(landscape) + between + made]
    if batches and isinstance(landscape, FitLandscape):
        pieces.append(batch_text(landscape, bundle))
    pieces.append(_HEAD + (_HESSIAN if hessian else ""))
    return "\n\n\n".join(pieces)


def _constants(landscape: Landscape) -> str:
    names = ", ".join(map(text_literal, landscape.parameters))
    comma = "," if landscape.dimension == 1 else ""
    ends = ", ".join(point_text(interval) for interval in landscape.domain)
    return f"PARAMETERS = ({names}{comma})\nDOMAIN = ({ends}{comma})"
