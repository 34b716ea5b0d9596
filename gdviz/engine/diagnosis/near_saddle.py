"""Verdicts on runs that a saddle slows down without holding them."""

from __future__ import annotations

import math

import numpy as np

from gdviz.engine.diagnosis.evidence import evidence_of
from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.minimum import Critical, critical_near
from gdviz.engine.diagnosis.theory import factor
from gdviz.engine.diagnosis.words import count, factor_text, place, steps_text
from gdviz.engine.verdict import Verdict, VerdictKind
from gdviz.numbers import format_number

__all__ = ["near_saddle"]

_NEAR = 0.1
_REACH = 2.0
_GENTLE = 0.1
_LINGERED = 0.2
_OFF = 0.25
_SAMPLES = 200


def near_saddle(findings: Findings) -> Verdict | None:
    """Return the verdict on a run that is, or was, slow near a saddle; None for others.

    It is slow near one if plain Newton steps lead from its end to a saddle close by, and the
    slope is below a tenth of the steepest on its way. A run that approached no minimum may
    have lingered at one before.
    """
    run = findings.run
    if findings.noisy or findings.dimension == 1 or run.records < 2:
        return None
    end = np.array(run.params[-1])
    slope = np.hypot.reduce(run.gradient[run.evenly(_SAMPLES)], axis=1)
    steepest = float(np.max(slope, initial=0.0, where=np.isfinite(slope)))
    gentle = bool(slope[-1] <= _GENTLE * steepest)
    near = critical_near(findings.felt, end, _NEAR) if gentle else None
    if near is not None and _is_saddle(near):
        return Verdict(VerdictKind.SADDLE, _slow(findings, near), evidence_of(findings))
    if findings.minimum is not None:
        return None
    far = critical_near(findings.felt, end, _REACH)
    share = float(np.mean(slope <= _LINGERED * float(slope[0]))) if steepest > 0.0 else 0.0
    if far is None or not _is_saddle(far) or share < _LINGERED:
        return None
    lingered = share * run.length
    growth = _growth(findings, far)
    told = (
        f"It lingered near the saddle at {place(far.point, findings.landscape)}: for about "
        f"{count(round(lingered))} the slope was below a fifth of that at the start. "
        f"The curvature there is {format_number(float(far.values[0]))} in one direction, "
        f"and along it {growth}."
    )
    return Verdict(VerdictKind.SADDLE, told, evidence_of(findings))


def _is_saddle(near: Critical) -> bool:
    return near.is_saddle_or_top and bool(near.values[-1] > 0.0)


def _slow(findings: Findings, near: Critical) -> str:
    low, high = (format_number(float(value)) for value in near.values)
    here = place(near.point, findings.landscape)
    told = (
        f"It is slow near the saddle at {here}, where the slope is 0 and the curvature {low} "
        f"in one direction and {high} in the other"
    )
    off = abs(float((findings.run.params[-1] - near.point) @ near.vectors[:, 0]))
    if findings.scheme is None or not off > 0.0:
        return f"{told}."
    per_step = factor(findings.scheme, float(near.values[0]))
    goal = _OFF * findings.scale
    if not per_step > 1.0 or not off < goal:
        return f"{told}."
    needed = math.log(goal / off) / math.log(per_step)
    return (
        f"{told}. Its distance from the ridge is {format_number(off)} and grows by "
        f"{factor_text(per_step)} per step, so it slides off after {steps_text(needed)} more."
    )


def _growth(findings: Findings, near: Critical) -> str:
    if findings.scheme is None:
        return "it slides off"
    per_step = factor_text(factor(findings.scheme, float(near.values[0])))
    return f"each step multiplies the distance by {per_step}, so it slides off"
