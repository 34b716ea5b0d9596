"""Verdicts on runs whose ending says it all: broken, recorded, or still going."""

from __future__ import annotations

import numpy as np

from gdviz.engine.diagnosis.evidence import evidence_of
from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.remedy import remedy_for, tried_remedy
from gdviz.engine.diagnosis.scheme import setting
from gdviz.engine.diagnosis.theory import signed_factor, stability_bound
from gdviz.engine.diagnosis.words import along, bound_formula, count, factor_text, place
from gdviz.engine.outcome import Outcome
from gdviz.engine.verdict import Verdict, VerdictKind
from gdviz.numbers import format_number
from gdviz.spectrum import spectrum

__all__ = ["beyond_the_bound", "broken"]


def broken(findings: Findings) -> Verdict | None:
    """Return the verdict on a run that its outcome decides; None for others."""
    run = findings.run
    if run.outcome in {Outcome.LAST_STEP, Outcome.CONVERGED}:
        return None
    if run.outcome is Outcome.DIVERGED:
        return _diverged(findings)
    evidence, point = evidence_of(findings), place(run.params[-1], findings.landscape)
    last = format_number(run.last_loss)
    if run.outcome is Outcome.RECORDED:
        return Verdict(VerdictKind.RECORDED, _recorded(findings), evidence)
    if run.outcome is Outcome.RUNNING:
        told = f"It is still descending: after {count(run.length)} the loss is {last}."
        return Verdict(VerdictKind.RUNNING, told, evidence)
    if run.outcome is Outcome.LEFT_DOMAIN:
        limits = findings.landscape.limits
        inside = "its domain" if limits is None else limits.describe(findings.landscape.parameters)
        told = (
            f"It left the domain with step {run.outcome_step:,}: from {point} that step led "
            f"out of {inside}, beyond which there is no loss."
        )
        return Verdict(VerdictKind.LEFT_DOMAIN, told, evidence)
    return Verdict(VerdictKind.UNDEFINED, _undefined(findings), evidence)


def beyond_the_bound(findings: Findings) -> str:
    """Say by what factor a quadratic's steepest direction grows, and why."""
    scheme = findings.scheme
    assert scheme is not None
    axis, curvature = findings.dimension - 1, findings.curvatures[-1]
    where = along(curvature, axis, findings.dimension, round_bowl=findings.round_bowl)
    growth = factor_text(signed_factor(scheme, curvature))
    return (
        f"the learning rate {format_number(scheme.rate)} is above the stability bound "
        f"{bound_formula(scheme.method)} = {format_number(findings.bound)}, so {where} each "
        f"step multiplies the distance to the minimum by {growth}."
    )


def _recorded(findings: Findings) -> str:
    run = findings.run
    told = f"Recorded elsewhere in {count(run.length)}"
    if not run.finite:
        return f"{told}; the loss has no value at one of its ends."
    first, last = format_number(run.first_loss), format_number(run.last_loss)
    return f"{told}: the loss goes from {first} to {last}, and what made the steps is not known."


def _undefined(findings: Findings) -> str:
    run, point = findings.run, place(findings.run.params[-1], findings.landscape)
    loss = run.last_loss
    if np.isfinite(loss) and not np.isfinite(run.gradient[-1]).all():
        return (
            f"It ended at step {run.outcome_step:,} on a kink: at {point} the loss is "
            f"{format_number(loss)}, but it has no slope there that could be followed."
        )
    if run.outcome_step == 0 or not np.isfinite(loss):
        return f"It could not begin: at the start {point} the loss is no finite number."
    return (
        f"It ended with step {run.outcome_step:,}, which led from {point}, with the loss "
        f"{format_number(loss)}, to where the loss is no finite number."
    )


def _diverged(findings: Findings) -> Verdict:
    run, scheme = findings.run, findings.scheme
    evidence, remedy = evidence_of(findings), None
    first, last = format_number(run.first_loss), format_number(run.last_loss)
    if findings.quadratic and scheme is not None and scheme.rate > findings.bound:
        told = f"It diverges: {beyond_the_bound(findings)}"
        remedy = remedy_for(findings)
    elif run.last_loss < run.first_loss and findings.minimum is None:
        told = (
            f"It runs away downhill: the loss fell from {first} to {last} before step "
            f"{run.outcome_step:,} passed all bounds, and no minimum was found below."
        )
    else:
        told = f"It diverges: at step {run.outcome_step:,} it ran beyond all bounds"
        rate = setting(findings.optimizer, "learning_rate")
        told += "." if rate is None else f" with the learning rate {format_number(rate)}."
        told += _steepness(findings)
        remedy = tried_remedy(findings)
    return Verdict(VerdictKind.DIVERGING, told, evidence, remedy)


def _steepness(findings: Findings) -> str:
    """Say how steep the start was, if that was too much for the rate."""
    scheme = findings.scheme
    if scheme is None:
        return ""
    values, _ = spectrum(findings.felt.hessian(np.array(findings.run.params[:1])))
    steepest = float(values[0, -1])
    if steepest > 0.0 and scheme.rate > stability_bound(scheme, steepest):
        bound = format_number(stability_bound(scheme, steepest))
        return (
            f" At the start the curvature is {format_number(steepest)}, "
            f"where rates above {bound} overshoot."
        )
    path = findings.path
    if path is None or not path.largest > 0.0:
        return ""
    if scheme.rate > stability_bound(scheme, path.largest):
        bound = format_number(stability_bound(scheme, path.largest))
        return (
            f" On its way the curvature reached {format_number(path.largest)}, "
            f"where rates above {bound} overshoot."
        )
    return ""
