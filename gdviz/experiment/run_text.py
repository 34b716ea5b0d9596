"""A whole run in one text: ``adam:learning_rate=0.1;start=-3,4;steps=50;name=fast``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gdviz.engine import GradientNoise, MiniBatch
from gdviz.errors import UserError, did_you_mean
from gdviz.experiment.run import Run
from gdviz.experiment.starts import Start
from gdviz.experiment.words import (
    Choice,
    choice_of,
    number_words,
    optimizer_words,
    point_words,
    read_number,
    read_schedule,
    schedule_words,
)
from gdviz.optimizers import CONSTANT, Schedule

__all__ = ["RUN_KEYS", "RunWish", "read_run", "run_words"]

RUN_KEYS = {
    "start": "X,Y",
    "steps": "N",
    "schedule": "NAME[:key=value,…]",
    "noise": "S, or none",
    "batch": "N",
    "seed": "S",
    "name": "any text",
    "color": "N, counted from 1",
    "hidden": "",
}
_NONE = "none"
_MOST = 2**63


@dataclass(frozen=True)
class RunWish:
    """What a text says of a run; None where it says nothing.

    Attributes
    ----------
    optimizer : (str, dict) or None
        Its name, and those hyperparameters that are given.
    start : tuple of float or None
    steps : int or None
    schedule : Schedule or None
    noise : float or None
    noiseless : bool
        Whether it says that there is no noise.
    batch : int or None
    seed : int or None
    name : str
    color : int or None
        Counted from 0.
    hidden : bool
    """

    optimizer: Choice | None = None
    start: Start | None = None
    steps: int | None = None
    schedule: Schedule | None = None
    noise: float | None = None
    noiseless: bool = False
    batch: int | None = None
    seed: int | None = None
    name: str = ""
    color: int | None = None
    hidden: bool = False


def read_run(text: str) -> RunWish:
    """Read a run.

    Parameters
    ----------
    text : str
        An optimizer as ``NAME[:key=value,…]``, then fields behind semicolons, of `RUN_KEYS`.
        A semicolon within a name is written with a backslash before it, and so is a backslash.

    Raises
    ------
    UserError
        If it is written otherwise.
    """
    first, *fields = _split(text)
    wish = RunWish(optimizer=choice_of(first) if first.strip() else None)
    seen: set[str] = set()
    for field in filter(str.strip, fields):
        key, equals, value = field.partition("=")
        key = key.strip()
        if key not in RUN_KEYS:
            raise UserError(
                f"a run has no '{key}'{did_you_mean(key, RUN_KEYS)} (known: {', '.join(RUN_KEYS)})"
            )
        if key in seen:
            raise UserError(f"the run '{text}' gives {key} twice")
        seen.add(key)
        if bool(equals) is (key == "hidden"):
            wanted = RUN_KEYS[key]
            raise UserError(f"'{field}' must be {f'{key}={wanted}' if wanted else key}")
        wish = _with(wish, key, value)
    if {"noise", "batch"} <= seen:
        raise UserError("a run has either noise or a batch size; give one of them")
    return wish


def run_words(run: Run, place: int) -> str:
    """Return the text that `read_run` reads as a run.

    Parameters
    ----------
    run : Run
    place : int
        In the list of runs, from 0; its color isn't told where it is the one of its place.
    """
    parts = [optimizer_words(run.optimizer), f"start={point_words(run.start)}"]
    parts.append(f"steps={run.steps}")
    if run.schedule != CONSTANT:
        parts.append(f"schedule={schedule_words(run.schedule)}")
    if isinstance(run.noise, GradientNoise):
        parts.append(f"noise={number_words(run.noise.scale)}")
    elif isinstance(run.noise, MiniBatch):
        parts.append(f"batch={run.noise.size}")
    if run.noise is not None and run.noise.seed:
        parts.append(f"seed={run.noise.seed}")
    if run.name:
        parts.append("name=" + run.name.replace("\\", "\\\\").replace(";", "\\;"))
    if run.color != place:
        parts.append(f"color={run.color + 1}")
    if run.hidden:
        parts.append("hidden")
    return ";".join(parts)


def _split(text: str) -> list[str]:
    """Cut a text at its semicolons, but for those behind a backslash."""
    parts = [""]
    letters = iter(text)
    for letter in letters:
        if letter == "\\":
            parts[-1] += next(letters, letter)
        elif letter == ";":
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _with(wish: RunWish, key: str, value: str) -> RunWish:
    if key == "start":
        return replace(wish, start=_point(value))
    if key == "schedule":
        return replace(wish, schedule=read_schedule(value))
    if key == "name":
        return replace(wish, name=value)
    if key == "hidden":
        return replace(wish, hidden=True)
    if key == "noise":
        return _with_noise(wish, value)
    if key == "color":
        return replace(wish, color=_whole(key, value, 1) - 1)
    if key == "batch":
        return replace(wish, batch=_whole(key, value, 1))
    whole = _whole(key, value, 0)
    return replace(wish, steps=whole) if key == "steps" else replace(wish, seed=whole)


def _with_noise(wish: RunWish, text: str) -> RunWish:
    if text.strip().lower() == _NONE:
        return replace(wish, noiseless=True)
    number = read_number(text)
    if number is None:
        raise UserError(f"noise must be a number, or '{_NONE}', got '{text}'")
    return replace(wish, noise=number)


def _point(text: str) -> Start:
    numbers = [read_number(part) for part in text.split(",")]
    if any(number is None for number in numbers):
        raise UserError(f"start '{text}' is not understood; a run has one, written X,Y")
    return tuple(number for number in numbers if number is not None)


def _whole(key: str, text: str, least: int) -> int:
    digits = re.fullmatch(r"[0-9]{1,19}", text.strip())
    number = int(text) if digits else read_number(text)
    if number is None or number % 1 != 0 or not least <= number < _MOST:  # nan % 1 is nan
        raise UserError(f"{key} must be a whole number of at least {least}, got '{text}'")
    return int(number)
