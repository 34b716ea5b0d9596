"""Numbers and directions in a verdict's sentences."""

from __future__ import annotations

import math

import numpy as np

from gdviz.engine.diagnosis.theory import Method
from gdviz.landscapes import FloatArray, Landscape
from gdviz.numbers import format_number, format_point

__all__ = ["along", "bound_formula", "count", "factor_text", "place", "steps_text"]

_MOST_DIGITS = 10
_TOO_MANY = 1e15
_INVISIBLE = 1e-7


def factor_text(factor: float) -> str:
    """Format a factor per step, with enough digits to tell it from 1 and from −1.

    >>> factor_text(0.8), factor_text(-0.99996), factor_text(1.0000002)
    ('0.8', '−0.99996', '1.0000002')
    """
    away = abs(abs(factor) - 1.0)
    if not 0.0 < away < 0.01:
        return format_number(factor)
    digits = min(2 - math.floor(math.log10(away)), _MOST_DIGITS)
    return format_number(factor, digits)


def place(point: FloatArray, landscape: Landscape) -> str:
    """Name a point: ``"x = 3"``, or ``"(2, 0)"`` without what is far too small to see."""
    visible = np.abs(point) > _INVISIBLE * landscape.domain.width
    values = np.where(visible, point, 0.0)
    if values.size == 1:
        return f"{landscape.parameters[0]} = {format_number(float(values[0]))}"
    return format_point(values.tolist())


def count(number: float, noun: str = "step") -> str:
    """Return a whole number with its noun: ``"1 step"``, ``"1,200 steps"``."""
    return f"{number:,.0f} {noun}" if number == 1 else f"{number:,.0f} {noun}s"


def steps_text(number: float) -> str:
    """Return a number of steps that was estimated, rounded up: ``"about 460 steps"``."""
    if not number < _TOO_MANY:
        return "more steps than anyone can take"
    whole = max(math.ceil(number), 1)
    if whole >= 100:
        unit = 10 ** (len(str(whole)) - 2)
        whole = -(-whole // unit) * unit
    return f"about {count(whole)}"


def along(curvature: float, axis: int, dimension: int, *, round_bowl: bool = False) -> str:
    """Name a direction by its eigenvalue."""
    value = f"(λ = {format_number(curvature)})"
    if dimension == 1:
        return f"where the curvature is {format_number(curvature)}"
    if round_bowl:
        return f"in every direction {value}"
    return f"along the {'steep' if axis else 'flat'} direction {value}"


def bound_formula(method: Method) -> str:
    """Return the formula of the stability bound."""
    return {
        Method.DESCENT: "2/λmax",
        Method.MOMENTUM: "2(1 + μ)/λmax",
        Method.NESTEROV: "2(1 + μ)/((1 + 2μ)λmax)",
    }[method]
