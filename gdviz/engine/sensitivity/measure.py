"""Measuring how sharp or flat a landscape is around a point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gdviz.engine.gaps import with_gaps
from gdviz.engine.local_model import LocalModel
from gdviz.engine.sensitivity.around import SHARE, Around, radii_of
from gdviz.engine.sensitivity.ball import look_in_ball
from gdviz.engine.sensitivity.point_kind import point_kind
from gdviz.engine.sensitivity.result import Profile, Sensitivity
from gdviz.engine.sensitivity.trust import trust_region
from gdviz.errors import UserError
from gdviz.landscapes import FloatArray, Landscape
from gdviz.numbers import format_number
from gdviz.spectrum import spectrum

__all__ = ["sensitivity", "sensitivity_in_parts"]

_PROFILE, _FEWEST = 161, 41
_PROFILE_BUDGET = 400_000
_PROFILE_REACH = 2.0  # in radii of the ball
_QUICK = 60  # up to which cost a landscape is measured finely at once


def sensitivity(
    landscape: Landscape,
    point: Sequence[float] | FloatArray,
    radius: float | None = None,
    *,
    coarse: bool = False,
) -> Sensitivity:
    """Measure how sharp or flat a landscape is around a point.

    Parameters
    ----------
    landscape : Landscape
        Of one or two parameters.
    point : array_like, shape (d,)
    radius : float, optional
        Of the ball, as a share of the domain's width; a twentieth if left out.
    coarse : bool
        Whether a rough answer will do, as a first one.

    Returns
    -------
    Sensitivity

    Raises
    ------
    UserError
        If the point has another number of parameters, or the radius is not greater than 0 and
        at most 1.
    """
    *_, found = _measured(landscape, point, radius, coarse=coarse)
    assert found is not None
    return found


def sensitivity_in_parts(
    landscape: Landscape, point: Sequence[float] | FloatArray, radius: float | None = None
) -> Iterator[Sensitivity | None]:
    """Yield a rough answer first where a fine one takes long, then the fine one.

    In between None is yielded, so that one may stop asking. Takes and raises what `sensitivity`
    does.
    """
    if landscape.cost > _QUICK:
        yield from _measured(landscape, point, radius, coarse=True)
    yield from _measured(landscape, point, radius, coarse=False)


def _measured(
    landscape: Landscape,
    point: Sequence[float] | FloatArray,
    radius: float | None,
    *,
    coarse: bool,
) -> Iterator[Sensitivity | None]:
    """Yield None between the parts of the work, and what was found in the end."""
    share = SHARE if radius is None else float(radius)
    at = np.array(point, dtype=np.float64)
    if at.shape != (landscape.dimension,):
        raise UserError(
            f"a point has {landscape.dimension} numbers ({', '.join(landscape.parameters)}), "
            f"got {at.size}"
        )
    if not 0.0 < share <= 1.0:
        got = format_number(share)
        raise UserError(f"the radius must be greater than 0 and at most 1, got {got}")
    around = Around(landscape, at, radii_of(landscape, share))
    loss = float(around.loss(np.zeros((1, at.size)))[0])
    gradient, hessian = landscape.gradient(at[np.newaxis])[0], landscape.hessian(at[np.newaxis])[0]
    values, vectors = spectrum(hessian[np.newaxis])
    eigenvalues, directions = values[0, ::-1], vectors[0, :, ::-1]
    kind = point_kind(landscape, at, loss, gradient, hessian)
    known = bool(np.isfinite(loss))
    yield None
    ball = look_in_ball(around, loss, coarse=coarse) if known else None
    yield None
    modeled = known and bool(np.isfinite(gradient).all() and np.isfinite(hessian).all())
    model = LocalModel(at, loss, gradient, hessian) if modeled else None
    profiles: tuple[Profile, ...] = ()
    trust = None
    if model is not None:
        widths = Around(landscape, at, radii_of(landscape, 1.0))
        trust = trust_region(widths, model, coarse=coarse)
        yield None
        profiles = tuple(
            _profile(around, model, float(value), direction)
            for value, direction in zip(eigenvalues, directions.T, strict=True)
        )
    yield Sensitivity(
        parameters=landscape.parameters,
        point=_kept(at),
        loss=loss,
        gradient=_kept(gradient),
        hessian=_kept(hessian),
        eigenvalues=_kept(eigenvalues),
        directions=_kept(directions),
        kind=kind,
        share=share,
        radii=_kept(around.radii),
        highest=None if ball is None else ball.highest,
        lowest=None if ball is None else ball.lowest,
        undefined=1.0 if ball is None else ball.undefined,
        meets_limits=_meets_limits(around),
        trust=trust,
        profiles=profiles,
        coarse=coarse,
    )


@np.errstate(all="ignore")
def _profile(around: Around, model: LocalModel, curvature: float, direction: FloatArray) -> Profile:
    """Return the loss along a direction, twice as far as the ball reaches on both sides."""
    radius = 1.0 / float(np.linalg.norm(direction / around.radii))
    count = int(np.clip(_PROFILE_BUDGET // around.landscape.cost, _FEWEST, _PROFILE)) // 2 * 2 + 1
    distances = _PROFILE_REACH * radius * np.linspace(-1.0, 1.0, count)
    params = around.point + distances[:, np.newaxis] * direction
    loss = around.loss((params - around.point) / around.radii)
    if not around.landscape.continuous:
        loss = with_gaps(loss, around.landscape.gradient(params) @ direction)
    return Profile(
        curvature,
        _kept(direction),
        _kept(distances),
        _kept(loss),
        _kept(model(params)),
        radius,
    )


@np.errstate(all="ignore")
def _meets_limits(around: Around) -> bool:
    limits = around.landscape.limits
    if limits is None:
        return False
    low, high = around.point - around.radii, around.point + around.radii
    return bool((low < limits.low).any() or (high > limits.high).any())


def _kept(array: FloatArray) -> FloatArray:
    """Return a copy that stays as it is."""
    kept = np.array(array)
    kept.setflags(write=False)
    return kept
