"""What would make a run better, where that is certain or was tried."""

from __future__ import annotations

import numpy as np

from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.theory import (
    Method,
    Scheme,
    best_scheme,
    largest_factor,
    stability_bound,
)
from gdviz.engine.diagnosis.words import factor_text
from gdviz.engine.verdict import Remedy
from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number
from gdviz.optimizers import with_hyperparameters
from gdviz.spectrum import spectrum

__all__ = ["momentum_hint", "remedy_for", "tried_remedy"]

_TRIAL_STEPS = 40
_SHARES = np.array([0.9, 0.5, 0.2, 0.1, 0.03, 0.01])
_BUDGET = 100_000
_ALIKE = 0.1
_ILL = 10.0
_ONE_STEP = 1e-12


def remedy_for(findings: Findings) -> Remedy | None:
    """Return the best constant rate, where theory holds and it is clearly faster."""
    best, scheme = findings.best, findings.scheme
    if best is None or scheme is None or findings.nearly_best or not _theory_holds(findings):
        return None
    now = largest_factor(scheme, findings.curvatures)
    then = largest_factor(best, findings.curvatures)
    near = "" if findings.quadratic else "near the minimum, "
    compared = (
        f"instead of growing by {factor_text(now)}"
        if now > 1.0
        else f"instead of {factor_text(now)}"
    )
    reason = f"{near}it multiplies the distance to the minimum by {factor_text(then)} per step"
    if then < _ONE_STEP:
        reason = f"{near}it reaches the minimum in one step"
    reason = f"{reason[0].upper()}{reason[1:]} {compared}."
    if scheme.method is Method.DESCENT:
        title = f"Use the best constant rate, {format_number(best.rate)}"
        reason += momentum_hint(findings)
        return Remedy(title, (("learning_rate", best.rate),), reason)
    title = (
        f"Use the learning rate {format_number(best.rate)} "
        f"with momentum {format_number(best.momentum)}"
    )
    changes = (("learning_rate", best.rate), ("momentum", best.momentum))
    return Remedy(title, changes, reason)


def momentum_hint(findings: Findings) -> str:
    """Say what momentum could do about a large condition number; empty if that is small."""
    if findings.condition < _ILL or not findings.curvatures:
        return ""
    best = best_scheme(Method.MOMENTUM, findings.curvatures[0], findings.curvatures[-1])
    return (
        f" With momentum {format_number(best.momentum)} and the rate {format_number(best.rate)} "
        f"it would be {factor_text(largest_factor(best, findings.curvatures))}."
    )


def tried_remedy(findings: Findings) -> Remedy | None:
    """Return a smaller rate with which a run that doesn't settle was seen to descend.

    Some shares of the stability bound at the start, at the minimum, and of the run's own
    rate are tried for 40 steps; None if none of them ends below both
    the start and the end of the run.
    """
    scheme, run = findings.scheme, findings.run
    if scheme is None or findings.landscape.cost * _TRIAL_STEPS > _BUDGET:
        return None
    rates = _candidates(findings, scheme)
    losses = _descend(findings, rates)
    if not np.isfinite(losses).any():
        return None
    chosen = int(np.nanargmin(np.where(np.isfinite(losses), losses, np.nan)))
    if not losses[chosen] < min(run.first_loss, run.last_loss):
        return None
    rate = float(f"{rates[chosen]:.1e}")
    told = format_number(rate)
    return Remedy(
        f"Use the smaller learning rate {told}",
        (("learning_rate", rate),),
        f"Tried from the same start, it takes the loss from {format_number(run.first_loss)} "
        f"to {format_number(float(losses[chosen]))} in {_TRIAL_STEPS} steps.",
    )


def _theory_holds(findings: Findings) -> bool:
    """Tell whether the curvature along the path is that at the minimum, or nearly so."""
    path = findings.path
    if findings.quadratic:
        return True
    if path is None or not findings.curvatures:
        return False
    low, high = findings.curvatures[0], findings.curvatures[-1]
    return path.smallest >= (1.0 - _ALIKE) * low and path.largest <= (1.0 + _ALIKE) * high


def _candidates(findings: Findings, scheme: Scheme) -> FloatArray:
    bounds = [scheme.rate]
    values, _ = spectrum(findings.felt.hessian(np.array(findings.run.params[:1])))
    for curved in (float(np.max(np.abs(values))), *findings.curvatures[-1:]):
        bounds += [stability_bound(scheme, curved)] if curved > 0.0 else []
    rates = np.unique([float(f"{rate:.1e}") for rate in np.outer(bounds, _SHARES).ravel()])
    return np.asarray(rates[(rates > 0.0) & (rates < scheme.rate)], dtype=np.float64)


def _descend(findings: Findings, rates: FloatArray) -> FloatArray:
    """Return the losses (n,) that some learning rates reach; NaN where a step leads out."""
    if not rates.size:
        return rates
    landscape = findings.landscape
    optimizer = with_hyperparameters(findings.optimizer, learning_rate=rates[:, np.newaxis])
    params = np.repeat(findings.run.params[:1], rates.size, axis=0)
    state = optimizer.init(params)
    good = np.ones(rates.size, dtype=np.bool_)
    limits = landscape.limits
    for _ in range(_TRIAL_STEPS):
        gradient = landscape.gradient(params)
        step, state = optimizer.advance(landscape, gradient, state, params)
        params = params + step
        good &= np.isfinite(gradient).all(axis=1)
        if limits is not None:
            good &= np.all((params >= limits.low) & (params <= limits.high), axis=1)
    losses = landscape.loss(params)
    return np.where(good & np.isfinite(losses), losses, np.nan)
