"""What was found around a point, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from gdviz.engine.sensitivity.result import Extreme, Sensitivity
from gdviz.numbers import format_number, format_point

__all__ = ["CAUTION", "explained", "percent", "point_words", "trust_words"]

CAUTION = (
    "Does a flat minimum generalize better? Often it did (Keskar et al. 2017), but another scale "
    "of the same parameters makes any minimum sharp (Dinh et al. 2017). Compare points of this "
    "surface only: it shows two directions of very many."
)
"""What must be known where the sharpness of a measured surface is read."""

_KINDS = {
    "minimum": "A minimum: the loss curves upward in every direction.",
    "saddle": "A saddle: the loss curves upward along one direction and downward along another.",
    "maximum": "A maximum: the loss curves downward in every direction, and descent leaves it.",
    "flat": "Level ground: ∇f is 0, and along some direction the loss does not curve at all.",
    "slope": "On a slope: ∇f is not 0 here. The Hessian tells how it changes nearby.",
    "kink": "A kink: the slopes on its sides differ however near one looks, so no curvature "
    "describes it.",
    "undefined": "Loss or derivatives are undefined here.",
}
_KINDS_OF_ONE = {
    "minimum": "A minimum: the loss curves upward on both sides.",
    "maximum": "A maximum: the loss curves downward on both sides, and descent leaves it.",
    "flat": "Level ground: the slope is 0, and the loss does not curve at all.",
    "slope": "On a slope. The curvature tells how it changes nearby.",
}
_FINEST = 1e-4  # of the radius: what is told of a place
_MUCH = 10.0  # from which condition number a valley is called narrow


def percent(share: float) -> str:
    """Return a share as ``"5 %"``."""
    return f"{format_number(100.0 * share, 3)}\N{NO-BREAK SPACE}%"


def point_words(found: Sensitivity) -> str:
    """Return the point, such as ``"x = 3, y = 2"``, with spaces at which no line ends."""
    places = zip(found.parameters, found.point.tolist(), strict=True)
    space = "\N{NO-BREAK SPACE}"
    return ", ".join(f"{name}{space}={space}{format_number(value)}" for name, value in places)


def trust_words(found: Sensitivity) -> str:
    """Return how far the quadratic model may be trusted."""
    trust = found.trust
    if trust is None:
        return "There is no quadratic model."
    if trust.everywhere:
        return "The quadratic model is right everywhere in view."
    within = percent(trust.tolerance)
    if trust.radius == 0.0:
        return f"However near, the quadratic model is not right to {within}."
    reach = percent(trust.radius)
    words = f"The quadratic model is right to {within} as far as {reach} of the width."
    return f"{words} Somewhere a gap ends it." if trust.meets_gap else words


def explained(found: Sensitivity) -> tuple[str, ...]:
    """Return what was found in plain words, the more telling things first."""
    return tuple(_sentences(found))


def _sentences(found: Sensitivity) -> Iterator[str]:
    alone = _KINDS_OF_ONE if len(found.parameters) == 1 else {}
    yield alone.get(found.kind, _KINDS[found.kind])
    if found.kind in ("kink", "undefined"):
        if found.highest is not None:
            yield _ball_words(found)
        return
    yield _rate_words(found)
    yield _ball_words(found)
    if not found.is_lowest and found.kind in ("minimum", "flat"):
        yield "It is not the lowest point of the ball: a small push may lead to a lower one."
    yield trust_words(found)


def _rate_words(found: Sensitivity) -> str:
    rate, largest = found.largest_rate, format_number(float(found.eigenvalues[0]))
    if rate is None:
        return "It curves upward nowhere, so that curvature sets no bound to the learning rate."
    what = "sharpest direction, λ₁" if len(found.parameters) > 1 else "curvature, λ"
    sentence = f"Its {what} = {largest}, asks for a learning rate below {format_number(rate)}."
    condition, least = found.condition, float(found.eigenvalues[-1])
    if least > 0.0 and _MUCH <= condition < math.inf:
        times = format_number(condition, 3)
        sentence += f" The flattest one curves {times} times less: along it such steps are slow."
    return sentence


def _ball_words(found: Sensitivity) -> str:
    assert found.highest is not None
    within = f"Within {percent(found.share)} of the width"
    if found.highest.unbounded:
        words = f"{within} there is a pole: the loss grows without bound."
    else:
        words = (
            f"{within} the loss rises by at most {format_number(found.rise)}, at "
            f"{_place(found, found.highest)}"
        )
        words += _fall_words(found)
    if found.undefined > 0.0:
        what = "lies beyond what is known, or is" if found.meets_limits else "is"
        words += f" {percent(found.undefined)} of the ball {what} undefined and left out."
    return words


def _fall_words(found: Sensitivity) -> str:
    assert found.lowest is not None
    if found.lowest.unbounded:
        return ", and falls without bound."
    if found.is_lowest:
        return ", and is nowhere lower."
    return f", and falls by at most {format_number(found.fall)}."


def _place(found: Sensitivity, extreme: Extreme) -> str:
    """Return where an extreme is, without digits that are nothing but rounding."""
    steps = _FINEST * found.radii
    with np.errstate(over="ignore"):
        rounded = np.round(extreme.point / steps) * steps
    point = np.where(np.isfinite(rounded), rounded, extreme.point).tolist()
    return format_point(point) if len(point) > 1 else format_number(point[0])
