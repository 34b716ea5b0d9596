"""Verdicts on runs that go to and fro: zig-zags, swings, jumps from side to side."""

from __future__ import annotations

import numpy as np

from gdviz.engine.diagnosis.evidence import evidence_of
from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.motion import reversals
from gdviz.engine.diagnosis.remedy import remedy_for, tried_remedy
from gdviz.engine.diagnosis.theory import Damping, Method, damping, factor, signed_factor
from gdviz.engine.diagnosis.words import along, bound_formula, factor_text, place
from gdviz.engine.verdict import Verdict, VerdictKind
from gdviz.numbers import format_number

__all__ = ["jumping", "swinging", "unsettled", "zigzagging"]

_FEWEST_CROSSINGS = 3
_OVERSHOOT = 0.2
_MOSTLY = 0.8
_OFTEN = 0.3
_NO_PROGRESS = 0.5
_EXACT = 1e-9


def unsettled(findings: Findings) -> Verdict | None:
    """Return the verdict on a run whose rate makes the minimum itself unstable.

    Off a quadratic such a run need not diverge: steeper or flatter walls throw it back.
    """
    scheme, run = findings.scheme, findings.run
    if scheme is None or findings.minimum is None or findings.quadratic:
        return None
    back = reversals(run) >= _OFTEN or findings.sides_changed >= _OFTEN * run.length
    if not scheme.rate > (1.0 - _EXACT) * findings.bound or not back:
        return None
    told = (
        f"It cannot settle: at the minimum {place(findings.minimum.point, findings.landscape)} "
        f"the stability bound {bound_formula(scheme.method)} is "
        f"{format_number(findings.bound)}, and with the rate {format_number(scheme.rate)} it is "
        "thrown from side to side."
    )
    kind = VerdictKind.OSCILLATING if findings.dimension == 1 else VerdictKind.ZIGZAG
    return Verdict(kind, told, evidence_of(findings), tried_remedy(findings))


def zigzagging(findings: Findings) -> Verdict | None:
    """Return the verdict on a run that changes sides along the steep direction."""
    if not findings.zigzags or findings.at_best:
        return None
    scheme, (flat, steep) = findings.scheme, findings.curvatures
    evidence = evidence_of(findings)
    if scheme is None or not (findings.quadratic or findings.agrees):
        told = (
            f"It zig-zags: {along(steep, 1, 2, round_bowl=findings.round_bowl)} its steps keep "
            f"changing sides, {findings.sides_changed} times so far."
        )
        return Verdict(VerdictKind.ZIGZAG, told, evidence)
    across = signed_factor(scheme, steep)
    if findings.quadratic and abs(abs(across) - 1.0) <= _EXACT:
        told = (
            f"It zig-zags without end: at the stability bound {bound_formula(scheme.method)} = "
            f"{format_number(findings.bound)} each step multiplies the distance "
            f"{along(steep, 1, 2)} by {factor_text(across)}, which neither shrinks nor grows."
        )
    elif findings.round_bowl:
        told = (
            "It jumps from side to side: "
            f"{along(steep, 1, 2, round_bowl=True)} each step multiplies the distance to the "
            f"minimum by {factor_text(across)}, as the rate {format_number(scheme.rate)} times λ "
            "is more than 1."
        )
    else:
        told = (
            f"It zig-zags: {along(steep, 1, 2)} each step multiplies the distance to the "
            f"minimum by {factor_text(across)}, along the flat one (λ = {format_number(flat)}) "
            f"by {factor_text(signed_factor(scheme, flat))}."
        )
    return Verdict(VerdictKind.ZIGZAG, told, evidence, remedy_for(findings))


def swinging(findings: Findings) -> Verdict | None:
    """Return the verdict on a run that swings through the minimum, or jumps across it."""
    if findings.at_best or findings.noisy or findings.minimum is None:
        return None
    axes = [
        i
        for i, axis in enumerate(findings.axes)
        if axis.crossings >= _FEWEST_CROSSINGS and axis.overshoot >= _OVERSHOOT
    ]
    scheme, one = findings.scheme, findings.dimension == 1
    if not axes or (scheme is not None and scheme.method is Method.DESCENT and not one):
        return None
    axis = max(axes, key=lambda i: findings.axes[i].overshoot)
    if findings.crawls and findings.slowest not in axes:
        return None
    curvature = findings.curvatures[axis]
    where = along(curvature, axis, findings.dimension, round_bowl=findings.round_bowl)
    evidence, remedy = evidence_of(findings), remedy_for(findings)
    if scheme is None:
        told = (
            f"It oscillates: {where} it has passed the minimum "
            f"{findings.axes[axis].crossings} times, back and forth."
        )
        return Verdict(VerdictKind.OSCILLATING, told, evidence)
    share = factor_text(signed_factor(scheme, curvature))
    near = "" if findings.quadratic or findings.agrees else "near the minimum, "
    if damping(scheme, curvature) is Damping.UNDER:
        told = (
            f"It oscillates: {near}{where} the momentum {factor_text(scheme.momentum)} is "
            f"underdamped, so it swings through the minimum, and each step multiplies the swings "
            f"by {factor_text(factor(scheme, curvature))}."
        )
    elif signed_factor(scheme, curvature) >= 0.0:
        return None
    elif findings.quadratic and abs(factor(scheme, curvature) - 1.0) <= _EXACT:
        told = (
            "It oscillates without end: at the stability bound "
            f"{bound_formula(scheme.method)} = {format_number(findings.bound)} each step "
            f"multiplies the distance to the minimum by {share}, which neither shrinks nor grows."
        )
    else:
        told = (
            f"It oscillates: {near}{where} each step multiplies the distance to the minimum by "
            f"{share}, so it jumps from side to side."
        )
    return Verdict(VerdictKind.OSCILLATING, told, evidence, remedy)


def jumping(findings: Findings) -> Verdict | None:
    """Return the verdict on a run that turns back with each step and gets nowhere."""
    run = findings.run
    if findings.noisy or findings.minimum is not None or reversals(run) < _MOSTLY:
        return None
    recent = run.params[max(run.records - 20, 0) :]
    moves = np.hypot.reduce(np.diff(recent, axis=0), axis=1)
    if not moves[-1] > _NO_PROGRESS * moves[0]:
        return None
    places = [place(point, findings.landscape) for point in recent[-2:]]
    low, high = float(np.min(run.loss[-20:])), float(np.max(run.loss[-20:]))
    told = (
        f"It jumps to and fro between {' and '.join(places)} without settling: the loss "
        f"stays between {format_number(low)} and {format_number(high)}."
    )
    return Verdict(VerdictKind.OSCILLATING, told, evidence_of(findings))
