"""Verdicts on runs that still move at their last step."""

from __future__ import annotations

import math

import numpy as np

from gdviz.engine.diagnosis.broken import beyond_the_bound
from gdviz.engine.diagnosis.evidence import evidence_of
from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.remedy import momentum_hint, remedy_for, tried_remedy
from gdviz.engine.diagnosis.scheme import setting
from gdviz.engine.diagnosis.theory import largest_factor, stability_bound, steps_to_shrink
from gdviz.engine.diagnosis.words import count, factor_text, place, steps_text
from gdviz.engine.verdict import Remedy, Verdict, VerdictKind
from gdviz.numbers import format_number

__all__ = ["growing", "hovering", "progressing"]

_SAMPLES = 200
_UNSTABLE = 1e-9
_FEW_STEPS = 5
_ENOUGH = 40
_HOVERS = 0.1
_LITTLE = 0.1
_SURELY = 2.0
_CRAWLS = 2.0
_ILL = 50.0


def growing(findings: Findings) -> Verdict | None:
    """Return the verdict on a run whose distance or loss grows."""
    run = findings.run
    said, scheme = findings.predicted, findings.scheme
    if findings.quadratic and scheme is not None and said is not None:
        if findings.moving and said > 1.0 + _UNSTABLE:
            told = f"It is diverging: {beyond_the_bound(findings)}"
            return Verdict(VerdictKind.DIVERGING, told, evidence_of(findings), remedy_for(findings))
        return None
    if run.records < 2 * _FEW_STEPS or not run.last_loss > run.first_loss:
        return None
    quarters = [float(np.median(part)) for part in np.array_split(_losses(findings), 4)]
    # Noise may lift a loss for a while; only a run that grows fast is sure to diverge.
    margin = _SURELY if findings.noisy else 1.0
    if not (quarters[1] < quarters[2] and margin * quarters[2] < quarters[3]):
        return None
    told = (
        f"It is diverging: the loss grew from {format_number(run.first_loss)} to "
        f"{format_number(run.last_loss)} in {count(run.length)}, ever higher to the end."
    )
    return Verdict(VerdictKind.DIVERGING, told, evidence_of(findings), tried_remedy(findings))


def hovering(findings: Findings) -> Verdict | None:
    """Return the verdict on a run with noisy gradients."""
    if not findings.noisy:
        return None
    run, loss = findings.run, _losses(findings)
    first, last = format_number(run.first_loss), format_number(run.last_loss)
    evidence = evidence_of(findings)
    told = f"With noisy gradients the loss went from {first} to {last} in {count(run.length)}."
    if loss.size < 2 * _FEW_STEPS:
        return Verdict(VerdictKind.UNSURE, told, evidence)
    quarters = np.array_split(loss, 4)
    third, fourth = (float(np.median(part)) for part in quarters[2:])
    fallen = float(loss[0]) - fourth
    late = np.concatenate(quarters[2:])
    spread = float(np.ptp(late))
    if loss.size >= _ENOUGH and abs(third - fourth) <= max(_HOVERS * abs(fallen), _LITTLE * spread):
        low, high = format_number(float(late.min())), format_number(float(late.max()))
        turns = np.mean(np.diff(late) > 0.0)
        if 0.25 < turns < 0.75:
            hovers = (
                f"It hovers: in the second half the loss only wanders between {low} and {high}, "
                "as the noise in the gradients undoes what each step gains."
            )
            return Verdict(VerdictKind.UNSURE, hovers, evidence)
    if fourth < third and run.last_loss < run.first_loss:
        falls = (
            f"The loss still falls on the whole, from {first} to {last}; "
            "with noise in the gradients a rate per step would say little."
        )
        return Verdict(VerdictKind.CONVERGING, falls, evidence)
    return Verdict(VerdictKind.UNSURE, told, evidence)


def progressing(findings: Findings) -> Verdict:
    """Return the verdict on a run that goes forward: it converges, crawls, or neither."""
    run, evidence = findings.run, evidence_of(findings)
    seen, minimum = findings.observed, findings.minimum
    pulled = findings.scheme is None and bool(setting(findings.optimizer, "weight_decay"))
    if minimum is None or seen is None or run.length < _FEW_STEPS or pulled:
        return Verdict(VerdictKind.UNSURE, _what_was_seen(findings), evidence)
    if not seen < 1.0 or not run.last_loss < run.first_loss:
        return Verdict(VerdictKind.UNSURE, _what_was_seen(findings), evidence)
    needed = steps_to_shrink(seen)
    if needed > _CRAWLS * run.length and findings.scheduled:
        return Verdict(VerdictKind.UNSURE, _what_was_seen(findings), evidence)
    if findings.crawls:
        verb, pace = "each step multiplies", "so getting"
        if not findings.agrees:
            verb, pace = "lately each step multiplied", "and at that pace getting"
        told = (
            f"It crawls: {verb} the distance to the minimum at "
            f"{place(minimum.point, findings.landscape)} by {factor_text(seen)}, {pace} a "
            f"hundred times closer takes {steps_text(needed)}, and it had {count(run.length)}."
        )
        remedy = remedy_for(findings)
        return Verdict(VerdictKind.CRAWLING, told + _why(findings, remedy), evidence, remedy)
    return Verdict(
        VerdictKind.CONVERGING, _converging(findings, seen), evidence, remedy_for(findings)
    )


def _converging(findings: Findings, seen: float) -> str:
    said = findings.predicted
    if findings.scheduled:
        return (
            f"It converges: the loss fell to {format_number(findings.run.last_loss)}, and lately "
            f"each step multiplied the distance to the minimum by {factor_text(seen)}."
        )
    told = f"It converges: each step multiplies the distance to the minimum by {factor_text(seen)}"
    if said is None:
        told += "."
    elif findings.agrees:
        told += ", as theory predicts."
    else:
        told += f"; close to the minimum theory predicts {factor_text(said)}."
    if findings.at_best and findings.zigzags:
        told += (
            " It changes sides along the steep direction, "
            f"but with the condition number {format_number(findings.condition)} no constant "
            "rate is faster."
        )
    return told


def _why(findings: Findings, remedy: Remedy | None) -> str:
    """Say whose fault the crawling is, if theory knows."""
    scheme = findings.scheme
    if scheme is None or not math.isfinite(findings.bound):
        return ""
    condition = format_number(findings.condition)
    if findings.nearly_best:
        return (
            f" No constant rate is much faster: the condition number is {condition}."
            + momentum_hint(findings)
        )
    if remedy is not None or findings.quadratic:
        assert findings.best is not None
        least = steps_to_shrink(largest_factor(findings.best, findings.curvatures))
        if least > _CRAWLS * findings.run.length:
            return (
                f" Even at best it would take {steps_text(least)}, as the condition number is "
                f"{condition}."
            )
        share = format_number(100.0 * scheme.rate / findings.bound, 2)
        return (
            f" The rate is only {share} % of the stability bound {format_number(findings.bound)}."
        )
    path = findings.path
    if findings.dimension == 1 or findings.condition < _ILL:
        if path is None or not path.largest > 0.0:
            return ""
        bound = format_number(stability_bound(scheme, path.largest))
        return (
            f" The curvature on its way reaches {format_number(path.largest)}, where rates up "
            f"to {bound} are stable; its own is {format_number(scheme.rate)}."
        )
    flat, steep = (format_number(value) for value in findings.curvatures)
    return (
        f" Near the minimum the valley is {condition} times steeper across (λ = {steep}) "
        f"than along (λ = {flat})."
    )


def _what_was_seen(findings: Findings) -> str:
    run = findings.run
    first, last = format_number(run.first_loss), format_number(run.last_loss)
    slope = format_number(float(np.hypot.reduce(run.gradient[-1])))
    if run.length == 0:
        return f"There is only the start, where the loss is {first}."
    steps = count(run.length)
    if run.last_loss == run.first_loss:
        return f"The loss is {last} after {steps} as it was at the start; the slope is {slope}."
    told = f"The loss {'fell' if run.last_loss < run.first_loss else 'rose'} from {first} to {last}"
    told += f" in {steps}, and the slope is {slope} at the end"
    if run.length < _FEW_STEPS:
        return f"{told}: too few steps to say more."
    best = findings.best_known
    if findings.minimum is None and math.isfinite(best):
        return f"{told}; the lowest known minimum has the loss {format_number(best)}."
    if findings.minimum is None:
        return f"{told}; no minimum was found below."
    seen = findings.observed
    if seen is not None and seen < 1.0:
        by = factor_text(seen)
        return f"{told}; lately each step multiplied the distance to the minimum by {by}."
    return f"{told}; the distance to the minimum does not shrink steadily."


def _losses(findings: Findings) -> np.ndarray:
    loss = findings.run.loss[findings.run.evenly(_SAMPLES)]
    return np.where(np.isfinite(loss), loss, findings.run.last_loss)
