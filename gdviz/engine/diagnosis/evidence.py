"""The evidence behind a verdict: curvature first, then rates, then what was seen."""

from __future__ import annotations

from collections.abc import Iterator

from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.scheme import setting
from gdviz.engine.diagnosis.theory import Method, damping, largest_factor, signed_factor
from gdviz.engine.diagnosis.words import bound_formula, factor_text, place
from gdviz.engine.verdict import Evidence
from gdviz.numbers import format_number

__all__ = ["evidence_of"]


def evidence_of(findings: Findings) -> tuple[Evidence, ...]:
    """Return the evidence on a run, in a fixed order; what is not known is left out."""
    return (
        *_curvature(findings),
        *_rates(findings),
        *_factors(findings),
        *_losses(findings),
    )


def _curvature(findings: Findings) -> Iterator[Evidence]:
    minimum, path, one = findings.minimum, findings.path, findings.dimension == 1
    if minimum is not None:
        decayed = ", with the weight decay added" if findings.felt.decay else ""
        values = " and ".join(format_number(value) for value in findings.curvatures)
        here = place(minimum.point, findings.landscape)
        yield Evidence(
            f"{'curvature' if one else 'eigenvalues'} at {here}",
            values,
            (
                f"The second derivative at the minimum{decayed}: how fast the slope grows."
                if one
                else f"The curvature at the minimum{decayed} along its flattest and its steepest "
                "direction, the eigenvalues of the Hessian."
            ),
        )
    if path is not None:
        low, high = format_number(path.smallest), format_number(path.largest)
        yield Evidence(
            "curvature along the path",
            low if low == high else f"{low} to {high}",
            "The smallest and the largest eigenvalue of the Hessian on the way: negative where "
            "the landscape curves down, and one number where it is quadratic in one direction.",
        )
    if minimum is not None and not one:
        yield Evidence(
            "condition number κ",
            format_number(findings.condition),
            "λmax/λmin, how much steeper the steepest direction is than the flattest: "
            "the larger, the more steps descent needs.",
        )


def _rates(findings: Findings) -> Iterator[Evidence]:
    scheme, best = findings.scheme, findings.best
    if scheme is not None and best is not None:
        yield Evidence(
            f"stability bound {bound_formula(scheme.method)}",
            format_number(findings.bound),
            "A larger learning rate overshoots the minimum by more than it was away, "
            "with every step along the steepest direction.",
        )
        told, with_momentum = format_number(best.rate), scheme.method is not Method.DESCENT
        if with_momentum:
            told += f" with momentum {format_number(best.momentum)}"
        yield Evidence(
            "best constant rate",
            told,
            "With it the slowest direction shrinks as fast as any constant rate can make it: "
            f"by {factor_text(largest_factor(best, findings.curvatures))} per step"
            f"{'' if findings.quadratic else ' near the minimum'}.",
        )
    rate = setting(findings.optimizer, "learning_rate")
    if rate is not None:
        yield Evidence(
            "first learning rate" if findings.scheduled else "learning rate",
            format_number(rate),
            "What a schedule multiplies as the run goes on."
            if findings.scheduled
            else "How far one step goes, as a multiple of the gradient.",
        )
    kept = setting(findings.optimizer, "momentum")
    if kept is not None:
        yield Evidence(
            "momentum", format_number(kept), "The share of the last velocity that each step keeps."
        )


def _factors(findings: Findings) -> Iterator[Evidence]:
    scheme = findings.scheme
    if scheme is not None and findings.minimum is not None:
        for axis, curvature in enumerate(findings.curvatures):
            name = f"λ = {format_number(curvature)}"
            said = factor_text(signed_factor(scheme, curvature))
            if scheme.method is not Method.DESCENT:
                said += f", {damping(scheme, curvature).value}"
            yield Evidence(
                f"predicted factor, {name}",
                said,
                "What theory multiplies the distance by in each step along this direction: "
                "below 0 it changes sides, beyond 1 it grows.",
            )
            seen = findings.axes[axis].factor if findings.axes else None
            if seen is not None and (findings.quadratic or findings.agrees):
                yield Evidence(
                    f"observed factor, {name}",
                    factor_text(seen),
                    "What the run's own distances shrank by per step along this direction, "
                    "before rounding errors took over.",
                )
            if findings.round_bowl:
                break
    if findings.observed is not None:
        yield Evidence(
            "observed rate per step",
            factor_text(findings.observed),
            "By how much one step multiplied the distance to the minimum, in the later part.",
        )
    if findings.predicted is not None:
        yield Evidence(
            "predicted rate per step",
            factor_text(findings.predicted),
            "The largest factor of the directions in which it moves"
            f"{'' if findings.quadratic else ', for steps close to the minimum'}.",
        )


def _losses(findings: Findings) -> Iterator[Evidence]:
    run = findings.run
    first, last = format_number(run.first_loss), format_number(run.last_loss)
    yield Evidence("loss, first and last", f"{first} and {last}", "The loss at both ends of it.")
