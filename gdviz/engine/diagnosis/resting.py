"""Verdicts on runs that have come to rest: where the slope is as good as 0."""

from __future__ import annotations

import math

import numpy as np

from gdviz.engine.diagnosis.evidence import evidence_of
from gdviz.engine.diagnosis.felt import Felt
from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.minimum import Critical, critical_near
from gdviz.engine.diagnosis.words import factor_text, place
from gdviz.engine.outcome import Outcome
from gdviz.engine.verdict import Verdict, VerdictKind
from gdviz.landscapes import FloatArray
from gdviz.numbers import format_number

__all__ = ["resting"]

_NEAR = 0.01
_AT = 1e-6
_LEVEL = 1e-6
_DECAY_REACH = 0.25


def resting(findings: Findings) -> Verdict | None:
    """Return the verdict on a run that rests; None for one that moves."""
    run, felt = findings.run, findings.felt
    end = np.array(run.params[-1])
    if run.outcome is not Outcome.CONVERGED and not _rests_beside(findings):
        return None
    near = critical_near(felt, end, _NEAR)
    if near is None:
        return _flat(findings)
    best, evidence = findings.best_known, evidence_of(findings)
    if near.is_saddle_or_top:
        return Verdict(VerdictKind.SADDLE, _saddle(findings, near), evidence)
    if felt.decay and near.is_minimum:
        bare = critical_near(Felt(findings.landscape), end, _DECAY_REACH)
        if bare is not None and bare.is_minimum and _clearly_above(findings, bare.loss, best):
            return Verdict(VerdictKind.OTHER_MINIMUM, _other(findings, bare, best), evidence)
        if bare is None or not _same_place(findings, bare.point, near.point):
            return Verdict(VerdictKind.CONVERGED, _beside(findings, bare), evidence)
    if _clearly_above(findings, near.loss, best) and near.is_minimum:
        return Verdict(VerdictKind.OTHER_MINIMUM, _other(findings, near, best), evidence)
    if near.is_minimum:
        return Verdict(VerdictKind.CONVERGED, _converged(findings), evidence)
    return _flat(findings)


def _rests_beside(findings: Findings) -> bool:
    if not findings.felt.decay or findings.minimum is None or findings.noisy:
        return False
    return _same_place(findings, findings.run.params[-1], findings.minimum.point)


def _same_place(findings: Findings, one: FloatArray, other: FloatArray) -> bool:
    return bool(np.all(np.abs(one - other) <= _AT * findings.landscape.domain.width))


def _clearly_above(findings: Findings, loss: float, best: float) -> bool:
    if not math.isfinite(best):
        return False
    height = max(abs(findings.run.first_loss - best), abs(best), abs(loss))
    return loss - best > _LEVEL * height


def _where(findings: Findings) -> str:
    point = place(findings.run.params[-1], findings.landscape)
    return f"at {point}, where the loss is {format_number(findings.run.last_loss)}"


def _converged(findings: Findings) -> str:
    told = (
        f"Converged: from step {findings.run.outcome_step:,} on the slope is as good as 0, "
        f"{_where(findings)}."
    )
    seen = findings.observed
    if findings.noisy or findings.scheduled or seen is None or not 0.0 < seen < 1.0:
        return told
    told += f" Each step multiplied the distance to the minimum by {factor_text(seen)}"
    if findings.agrees:
        return f"{told}, as theory predicts."
    return f"{told} in the end."


def _other(findings: Findings, near: Critical, best: float) -> str:
    return (
        f"It is in another minimum: the loss at {place(near.point, findings.landscape)} is "
        f"{format_number(near.loss)}, while the lowest known minimum has {format_number(best)}. "
        "The slope there is 0 as well, so only another start leads out."
    )


def _beside(findings: Findings, bare: Critical | None) -> str:
    told = (
        f"Converged beside the minimum: the weight decay {format_number(findings.felt.decay)} "
        f"pulls the parameters towards 0, and the two balance {_where(findings)}"
    )
    if bare is None:
        return f"{told}."
    return (
        f"{told}, instead of {format_number(bare.loss)} at {place(bare.point, findings.landscape)}."
    )


def _saddle(findings: Findings, near: Critical) -> str:
    here = place(near.point, findings.landscape)
    if findings.dimension == 1:
        return (
            f"It rests on the top of a hill, at {here}: the slope is 0 there, but the curvature "
            f"is {format_number(float(near.values[0]))}, so it is no minimum."
        )
    low, high = (format_number(float(value)) for value in near.values)
    if near.values[-1] > 0.0:
        return (
            f"It is held by a saddle at {here}: the slope is 0 there, but the curvature is {low} "
            f"in one direction and {high} in the other. A start a little aside would slide off."
        )
    return (
        f"It rests on a top, at {here}: the slope is 0 there, but the curvature, {low} and "
        f"{high}, is positive in no direction. A start a little aside would slide off."
    )


def _flat(findings: Findings) -> Verdict:
    """Return the verdict on a place without slope that is too flat to be told."""
    run, best = findings.run, findings.best_known
    evidence = evidence_of(findings)
    if math.isfinite(best) and not _clearly_above(findings, run.last_loss, best):
        return Verdict(VerdictKind.CONVERGED, _converged(findings), evidence)
    slope = format_number(float(np.hypot.reduce(run.gradient[-1])))
    end = np.array(run.params[-1])[np.newaxis]
    bend = format_number(float(np.max(np.abs(findings.landscape.hessian(end)))))
    told = (
        f"It rests {_where(findings)}: the slope is {slope} there and the curvature {bend}, "
        "which is too flat to tell a minimum from a plateau."
    )
    if math.isfinite(best):
        told = (
            f"It rests on flat ground, {_where(findings)}: the slope is {slope} there and the "
            f"curvature {bend}. The lowest known minimum has the loss {format_number(best)}."
        )
    return Verdict(VerdictKind.UNSURE, told, evidence)
