"""What gradient descent, with or without momentum, does on a quadratic bowl.

Along each eigen-direction of the Hessian, with eigenvalue λ, the distance to the minimum
follows a recurrence of two terms whose characteristic polynomial is z² − t z + d:

- gradient descent:         t = 1 − ηλ,            d = 0
- momentum (torch's form):  t = 1 + μ − ηλ,        d = μ
- Nesterov (torch's form):  t = (1 + μ)(1 − ηλ),   d = μ(1 − ηλ)

The larger modulus of its roots is the factor per step. References: B. T. Polyak, *Some
methods of speeding up the convergence of iteration methods*, USSR Computational Mathematics
and Mathematical Physics 4(5), 1–17 (1964); Y. Nesterov, *Introductory Lectures on Convex
Optimization* (2004), §1.2.3 and §2.2; L. Lessard, B. Recht and A. Packard, *Analysis and
design of optimization algorithms via integral quadratic constraints*, SIAM Journal on
Optimization 26(1), 57–95 (2016), table 1.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

__all__ = [
    "Damping",
    "Method",
    "Scheme",
    "best_constant_rate",
    "best_scheme",
    "damping",
    "factor",
    "largest_factor",
    "polynomial",
    "roots",
    "signed_factor",
    "stability_bound",
    "steps_to_shrink",
]

_CRITICAL = 1e-12
_BISECTIONS = 60
_NO_END = math.inf


class Method(Enum):
    """The update rules of which the theory speaks, by their optimizers' keys."""

    DESCENT = "gd"
    MOMENTUM = "momentum"
    NESTEROV = "nesterov"


class Damping(Enum):
    """How a direction approaches its rest."""

    OVER = "overdamped"
    CRITICAL = "critically damped"
    UNDER = "underdamped"


@dataclass(frozen=True)
class Scheme:
    """An update rule with its learning rate η and momentum μ."""

    method: Method
    rate: float
    momentum: float = 0.0


def polynomial(scheme: Scheme, curvature: float) -> tuple[float, float]:
    """Return t and d of the polynomial z² − t z + d of one direction.

    Parameters
    ----------
    scheme : Scheme
    curvature : float
        The eigenvalue λ of the Hessian; it may be negative.
    """
    kept, share = scheme.momentum, 1.0 - scheme.rate * curvature
    if scheme.method is Method.DESCENT:
        return share, 0.0
    if scheme.method is Method.MOMENTUM:
        return kept + share, kept
    return (1.0 + kept) * share, kept * share


def roots(scheme: Scheme, curvature: float) -> tuple[complex, complex]:
    """Return both roots of the polynomial of one direction, the larger modulus first."""
    trace, product = polynomial(scheme, curvature)
    spread = cmath.sqrt(trace * trace - 4.0 * product)
    # The root without cancellation, and the other one from their product.
    larger = 0.5 * (trace + (spread if trace >= 0.0 else -spread))
    smaller = product / larger if larger else 0j
    return larger, smaller


def factor(scheme: Scheme, curvature: float) -> float:
    """Return the factor per step of one direction, the larger modulus of the roots.

    For gradient descent it is |1 − ηλ|.
    """
    trace, product = polynomial(scheme, curvature)
    spread = trace * trace - 4.0 * product
    if spread < 0.0:
        return math.sqrt(product)
    return 0.5 * (abs(trace) + math.sqrt(spread))


def signed_factor(scheme: Scheme, curvature: float) -> float:
    """Return the factor per step with the sign of its root; positive for a complex pair."""
    trace, product = polynomial(scheme, curvature)
    size = factor(scheme, curvature)
    return -size if trace < 0.0 and trace * trace >= 4.0 * product else size


def largest_factor(scheme: Scheme, curvatures: Iterable[float]) -> float:
    """Return the factor per step of the slowest of some directions."""
    return max(factor(scheme, curvature) for curvature in curvatures)


def damping(scheme: Scheme, curvature: float) -> Damping:
    """Tell real roots from a complex pair, by the sign of t² − 4d."""
    trace, product = polynomial(scheme, curvature)
    spread = trace * trace - 4.0 * product
    if scheme.method is Method.DESCENT or spread > _CRITICAL:
        return Damping.OVER
    return Damping.UNDER if spread < -_CRITICAL else Damping.CRITICAL


def stability_bound(scheme: Scheme, steepest: float) -> float:
    """Return the learning rate above which the steepest direction diverges.

    2/λmax for gradient descent, 2(1 + μ)/λmax for momentum, and for Nesterov
    2(1 + μ)/((1 + 2μ)λmax); each is where a root of the polynomial reaches −1.

    Parameters
    ----------
    scheme : Scheme
        Its rate does not matter.
    steepest : float
        λmax, greater than 0.
    """
    kept = scheme.momentum
    if scheme.method is Method.DESCENT:
        return 2.0 / steepest
    if scheme.method is Method.MOMENTUM:
        return 2.0 * (1.0 + kept) / steepest
    return 2.0 * (1.0 + kept) / (1.0 + 2.0 * kept) / steepest


def best_constant_rate(scheme: Scheme, flattest: float, steepest: float) -> float:
    """Return the learning rate with the least factor per step at the scheme's momentum.

    2/(λmin + λmax) for gradient descent and 2(1 + μ)/(λmin + λmax) for momentum: its factor
    grows with the distance of ηλ from 1 + μ, so both ends are put equally far from it.
    For Nesterov, where the factors of both ends meet, by bisection.

    Parameters
    ----------
    scheme : Scheme
        Its rate does not matter.
    flattest, steepest : float
        λmin and λmax, greater than 0.
    """
    if scheme.method is not Method.NESTEROV:
        kept = scheme.momentum if scheme.method is Method.MOMENTUM else 0.0
        return 2.0 * (1.0 + kept) / (flattest + steepest)
    low, high = 1.0 / steepest, min(1.0 / flattest, stability_bound(scheme, steepest))
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        tried = Scheme(Method.NESTEROV, middle, scheme.momentum)
        if factor(tried, flattest) > factor(tried, steepest):
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def best_scheme(method: Method, flattest: float, steepest: float) -> Scheme:
    """Return the learning rate and momentum with the least factor per step of all.

    Gradient descent: η = 2/(λmin + λmax), factor (κ − 1)/(κ + 1). Momentum (Polyak 1964):
    η = (2/(√λmax + √λmin))², μ = ((√κ − 1)/(√κ + 1))², factor √μ. Nesterov (Lessard et al.
    2016): η = 4/(3λmax + λmin), μ = (√(3κ + 1) − 2)/(√(3κ + 1) + 2), factor
    1 − 2/√(3κ + 1).
    """
    if method is Method.DESCENT:
        return Scheme(method, 2.0 / (flattest + steepest))
    condition = steepest / flattest
    if method is Method.MOMENTUM:
        root = math.sqrt(condition)
        speed = 2.0 / (math.sqrt(steepest) + math.sqrt(flattest))
        share = (root - 1.0) / (root + 1.0)
        return Scheme(method, speed * speed, share * share)
    root = math.sqrt(3.0 * condition + 1.0)
    return Scheme(method, 4.0 / (3.0 * steepest + flattest), max(root - 2.0, 0.0) / (root + 2.0))


def steps_to_shrink(per_step: float, by: float = 100.0) -> float:
    """Return how many steps make a distance `by` times smaller; infinity if none do.

    Parameters
    ----------
    per_step : float
        The factor per step, at least 0.
    by : float
        More than 1.
    """
    if not per_step < 1.0:
        return _NO_END
    if per_step <= 0.0:
        return 1.0
    return math.log(by) / -math.log(per_step)
