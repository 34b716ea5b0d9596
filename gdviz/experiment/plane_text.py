"""Swarms and ranges as they are written in a shell, both ways."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.whole_plane import MOST_SWARM, SWARM_STARTS, Stroke, SwarmSpec
from gdviz.experiment.words import number_words, point_words, read_number
from gdviz.landscapes import Domain

__all__ = [
    "MOST_TOLD_STROKES",
    "SWARM_KEYS",
    "RangeWish",
    "SwarmWish",
    "domain_words",
    "range_words",
    "read_range",
    "read_swarm",
    "swarm_words",
]

SWARM_KEYS = {
    "seed": "S",
    "within": "A:B,C:D",
    "stroke": "X,Y,RX,RY,COUNT",
    "hidden": "",
}
MOST_TOLD_STROKES = 200
"""More touches of a brush than these don't fit into a line."""
_NONE = "none"
_MOST_SEED = 2**63


@dataclass(frozen=True)
class SwarmWish:
    """What a text says of a swarm; None where it says nothing.

    Attributes
    ----------
    kind : str or None
        One of `SWARM_STARTS`; None for no swarm.
    count : int or None
    seed : int or None
    within : Domain or None
    strokes : tuple of Stroke
    shown : bool
    """

    kind: str | None
    count: int | None = None
    seed: int | None = None
    within: Domain | None = None
    strokes: tuple[Stroke, ...] = ()
    shown: bool = True


@dataclass(frozen=True)
class RangeWish:
    """A hyperparameter to be swept, and its ends where they are given."""

    name: str
    ends: tuple[float, float] | None = None


def read_swarm(text: str) -> SwarmWish:
    """Read ``grid:100000``, ``random:100000;seed=3;within=-4:8,-5:5``, or ``none``.

    Where a brush was, each of its touches is told by ``stroke=X,Y,RX,RY,COUNT``: center,
    radius along each parameter, and number of starts.

    Raises
    ------
    UserError
        If it is written otherwise.
    """
    first, *fields = text.split(";")
    kind, colon, number = first.strip().partition(":")
    if kind == _NONE and not colon and not fields:
        return SwarmWish(None, shown=False)
    if kind not in SWARM_STARTS:
        known = (*SWARM_STARTS, _NONE)
        raise UserError(
            f"there is no kind of swarm '{kind}'{did_you_mean(kind, known)} "
            f"(known: {', '.join(known)})"
        )
    if colon and kind == "brush":
        raise UserError(f"how many starts are brushed, each stroke says, not '{first}'")
    count = _whole("the count of a swarm", number, 1, MOST_SWARM) if colon else None
    seed, within, shown, strokes = None, None, True, []
    seen: set[str] = set()
    for field in filter(str.strip, fields):
        key, value = _field(field, text, seen)
        if key == "seed":
            seed = _whole("seed", value, 0, _MOST_SEED - 1)
        elif key == "within":
            within = _domain(value)
        elif key == "stroke":
            strokes.append(_stroke(value))
        else:
            shown = False
    if strokes and kind != "brush":
        raise UserError(f"strokes are of a swarm that is brushed, not of '{kind}'")
    return SwarmWish(kind, count, seed, within, tuple(strokes), shown)


def swarm_words(swarm: SwarmSpec, *, seeded: bool, within: str = "") -> str:
    """Return the text that `read_swarm` reads as a swarm.

    Parameters
    ----------
    swarm : SwarmSpec
    seeded : bool
        Whether its seed has to be told although it is 0.
    within : str
        Its domain in words, where it has to be told.

    Raises
    ------
    UserError
        If there are too many strokes for a line.
    """
    parts = ["brush" if swarm.kind == "brush" else f"{swarm.kind}:{swarm.count}"]
    if swarm.seed or seeded:
        parts.append(f"seed={swarm.seed}")
    if within:
        parts.append(f"within={within}")
    if swarm.kind == "brush":
        if len(swarm.strokes) > MOST_TOLD_STROKES:
            raise UserError(
                f"{len(swarm.strokes):,} strokes of the brush are too many for a command: save the "
                "experiment, and render the saved file"
            )
        parts += [
            f"stroke={point_words((*one.center, *one.radius))},{one.count}" for one in swarm.strokes
        ]
    if not swarm.shown:
        parts.append("hidden")
    return ";".join(parts)


def domain_words(domain: Domain) -> str:
    """Return ``-4:8,-5:5``."""
    return ",".join(":".join(map(number_words, interval)) for interval in domain)


def read_range(text: str) -> RangeWish:
    """Read ``learning_rate=1e-3:1``, or ``learning_rate`` for a range that suits.

    Raises
    ------
    UserError
        If it is written otherwise.
    """
    name, equals, rest = text.partition("=")
    name = name.strip().replace("-", "_")
    if not name:
        raise UserError(f"what is swept must be NAME=LOW:HIGH, got '{text}'")
    if not equals:
        return RangeWish(name)
    low, high = _interval(rest, f"what is swept must be NAME=LOW:HIGH, got '{text}'")
    return RangeWish(name, (low, high))


def range_words(name: str, low: float, high: float) -> str:
    """Return the text that `read_range` reads as a range."""
    return f"{name}={number_words(low)}:{number_words(high)}"


def _field(field: str, text: str, seen: set[str]) -> tuple[str, str]:
    """Return a field's key and value; only strokes may come more than once."""
    key, equals, value = field.partition("=")
    key = key.strip()
    if key not in SWARM_KEYS:
        raise UserError(
            f"a swarm has no '{key}'{did_you_mean(key, SWARM_KEYS)} "
            f"(known: {', '.join(SWARM_KEYS)})"
        )
    if key in seen and key != "stroke":
        raise UserError(f"the swarm '{text}' gives {key} twice")
    seen.add(key)
    wanted = SWARM_KEYS[key]
    if bool(equals) is not bool(wanted):
        raise UserError(f"'{field}' must be {f'{key}={wanted}' if wanted else key}")
    return key, value


def _whole(what: str, text: str, least: int, most: int) -> int:
    digits = re.fullmatch(r"[0-9][0-9_]{0,18}", text.strip())
    number = int(text.replace("_", "")) if digits else read_number(text)
    if number is None or number % 1 != 0 or not least <= number <= most:  # nan % 1 is nan
        raise UserError(f"{what} must be a whole number from {least:,} to {most:,}, got '{text}'")
    return int(number)


def _domain(text: str) -> Domain:
    wrong = f"where a swarm lies must be A:B,C:D, got '{text}'"
    return Domain.of(*[_interval(part, wrong) for part in text.split(",")])


def _interval(text: str, wrong: str) -> tuple[float, float]:
    low, colon, high = text.partition(":")
    ends = (read_number(low), read_number(high))
    if not colon or ends[0] is None or ends[1] is None:
        raise UserError(wrong)
    return ends[0], ends[1]


def _stroke(text: str) -> Stroke:
    numbers = [read_number(part) for part in text.split(",")]
    known = [number for number in numbers if number is not None]
    dimension, odd = divmod(len(numbers), 2)
    if len(known) < len(numbers) or not odd or not dimension or not math.isfinite(known[-1]):
        raise UserError(f"a stroke must be {SWARM_KEYS['stroke']}, got '{text}'")
    count = _whole("a stroke's count", text.rpartition(",")[2], 1, MOST_SWARM)
    return Stroke(tuple(known[:dimension]), tuple(known[dimension:-1]), count)
