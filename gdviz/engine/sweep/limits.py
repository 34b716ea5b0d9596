"""Up to which learning rate an update rule is stable on a quadratic, and which one is best."""

from __future__ import annotations

from collections.abc import Mapping

from gdviz.engine.diagnosis.theory import (
    Method,
    Scheme,
    best_constant_rate,
    best_scheme,
    stability_bound,
)
from gdviz.optimizers import Optimizer

__all__ = ["best_pair", "best_rate", "has_limit", "limit_formula", "rate_limit", "settings"]

_METHODS = {method.value: method for method in Method}
_FORMULAS = {
    "gd": "2/λmax",
    "momentum": "2(1 + μ)/λmax",
    "nesterov": "2(1 + μ)/((1 + 2μ) λmax)",
    "qhm": "2(1 + β)/((1 + β − 2νβ) λmax)",
}
_BEST = {
    "gd": "2/(λmin + λmax)",
    "momentum": "2(1 + μ)/(λmin + λmax)",
    "nesterov": "where the factors of λmin and λmax meet",
}
_BEST_PAIR = {
    "momentum": "4/(√λmax + √λmin)², ((√κ − 1)/(√κ + 1))²",
    "nesterov": "4/(3λmax + λmin), (√(3κ + 1) − 2)/(√(3κ + 1) + 2)",
}


def settings(optimizer: Optimizer) -> dict[str, float]:
    """Return the hyperparameters of an optimizer that are single numbers."""
    found = {one.name: getattr(optimizer, one.name) for one in optimizer.hyperparameters()}
    return {name: float(value) for name, value in found.items() if isinstance(value, int | float)}


def has_limit(key: str) -> bool:
    """Tell whether the theory knows up to which rate an optimizer is stable."""
    return key in _FORMULAS


def limit_formula(key: str) -> str:
    """Return how the bound is found, as words."""
    return _FORMULAS[key]


def rate_limit(key: str, values: Mapping[str, float], steepest: float) -> float:
    """Return the learning rate beyond which a run on a quadratic diverges.

    For gradient descent 2/λmax, for momentum 2(1 + μ)/λmax, which is twice as much at most,
    and for Nesterov 2(1 + μ)/((1 + 2μ)λmax), all for torch's form, in which the rate scales the
    whole velocity: see `gdviz.engine.diagnosis.theory` for the sources (Polyak 1964; Lessard,
    Recht and Packard 2016). For quasi-hyperbolic momentum, whose recurrence along a direction
    with h = ηλ has the characteristic polynomial
    z² − (1 + β − h(1 − νβ)) z + β(1 − h(1 − ν)), a root reaches −1 at
    h = 2(1 + β)/(1 + β − 2νβ): the update rule is that of J. Ma and D. Yarats, *Quasi-hyperbolic
    momentum and Adam for deep learning*, ICLR 2019, equations 3 and 4.

    Parameters
    ----------
    key : str
        The optimizer's, one for which `has_limit` is true.
    values : mapping of str to float
        Its hyperparameters. A weight decay is added to λmax, as it bends the loss that is felt.
    steepest : float
        λmax of the landscape, greater than 0.
    """
    felt = steepest + values.get("weight_decay", 0.0)
    if key == "qhm":
        kept, share = values["beta"], values["nu"]
        return 2.0 * (1.0 + kept) / ((1.0 + kept - 2.0 * share * kept) * felt)
    return stability_bound(_scheme(key, values), felt)


def best_rate(
    key: str, values: Mapping[str, float], flattest: float, steepest: float
) -> tuple[float, str] | None:
    """Return the constant rate that is quickest, and how it is found; None where unknown.

    2/(λmin + λmax) for gradient descent (Y. Nesterov, *Introductory Lectures on Convex
    Optimization*, 2004, theorem 2.1.14).
    """
    if key not in _BEST or not flattest > 0.0:
        return None
    decay = values.get("weight_decay", 0.0)
    rate = best_constant_rate(_scheme(key, values), flattest + decay, steepest + decay)
    return rate, _BEST[key]


def best_pair(
    key: str, values: Mapping[str, float], flattest: float, steepest: float
) -> tuple[float, float, str] | None:
    """Return rate and momentum that are quickest together, and how they are found.

    Momentum: η = 4/(√λmax + √λmin)² and μ = ((√κ − 1)/(√κ + 1))² (B. T. Polyak 1964);
    Nesterov: L. Lessard, B. Recht and A. Packard 2016, table 1.
    """
    if key not in _BEST_PAIR or not flattest > 0.0:
        return None
    decay = values.get("weight_decay", 0.0)
    best = best_scheme(_METHODS[key], flattest + decay, steepest + decay)
    return best.rate, best.momentum, _BEST_PAIR[key]


def _scheme(key: str, values: Mapping[str, float]) -> Scheme:
    return Scheme(_METHODS[key], values.get("learning_rate", 0.0), values.get("momentum", 0.0))
