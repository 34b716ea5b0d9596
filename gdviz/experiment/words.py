"""Numbers, optimizers and schedules as they are written in a shell, both ways."""

from __future__ import annotations

from gdviz.errors import UserError
from gdviz.optimizers import Optimizer, Schedule, optimizer, schedule

__all__ = [
    "Choice",
    "choice_of",
    "number_words",
    "optimizer_words",
    "point_words",
    "read_number",
    "read_schedule",
    "schedule_words",
]

Choice = tuple[str, dict[str, float]]
"""A name, and values by their names."""
_SWITCHES = {"true": 1.0, "false": 0.0}


def choice_of(text: str) -> Choice:
    """Read ``rmsprop`` or ``rmsprop:learning_rate=0.1,centered=true``.

    Raises
    ------
    UserError
        If it is written otherwise; which names there are is not looked at.
    """
    name, _, rest = text.partition(":")
    values: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in rest.split(","))):
        key, _, number = part.partition("=")
        key = key.strip().replace("-", "_")
        value = _SWITCHES.get(number.strip().lower(), read_number(number))
        if not key or value is None:
            raise UserError(f"'{part}' in '{text}' must be key=number")
        if key in values:
            raise UserError(f"'{text}' gives {key} twice")
        values[key] = value
    return name.strip(), values


def read_schedule(text: str) -> Schedule:
    """Read ``cosine:warmup=10``; raises a UserError as `gdviz.optimizers.schedule` does."""
    name, settings = choice_of(text)
    return schedule(name, **settings)


def optimizer_words(kind: Optimizer) -> str:
    """Return the text that `choice_of` reads as an optimizer.

    Its learning rate is always named, as one that isn't named is looked for; everything else
    only where it isn't the default.
    """
    return _words(kind, optimizer(kind.key), always=("learning_rate",))


def schedule_words(kind: Schedule) -> str:
    """Return the text that `read_schedule` reads as a schedule."""
    return _words(kind, type(kind)())


def number_words(value: float) -> str:
    """Return a number such that it reads back bit for bit: ``0.1``, ``-3``, ``true``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return repr(float(value)).removesuffix(".0")


def point_words(values: tuple[float, ...]) -> str:
    """Return ``-3,4``."""
    return ",".join(map(number_words, values))


def read_number(text: str) -> float | None:
    """Return the number that a text is, ``nan`` and ``inf`` included; None if it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def _words(
    kind: Optimizer | Schedule, usual: Optimizer | Schedule, always: tuple[str, ...] = ()
) -> str:
    values = [
        f"{known.name}={number_words(getattr(kind, known.name))}"
        for known in kind.hyperparameters()
        if known.name in always or getattr(kind, known.name) != getattr(usual, known.name)
    ]
    return f"{kind.key}:{','.join(values)}" if values else kind.key
