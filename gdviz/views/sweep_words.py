"""What is said of one run of a sweep."""

from __future__ import annotations

from gdviz.engine.bulk import CODES
from gdviz.engine.outcome import Outcome
from gdviz.engine.sweep import SweepAxis, SweepMap
from gdviz.numbers import format_number

__all__ = ["axis_label", "ending_of", "short_values", "values_of"]

_GREEK = {"learning_rate": "η", "momentum": "μ", "beta": "β", "nu": "ν", "weight_decay": "λ"}
_GREEK |= {"beta1": "β₁", "beta2": "β₂", "epsilon": "ε"}


def axis_label(axis: SweepAxis) -> str:
    """Return the name of a hyperparameter with its letter: ``"learning rate η"``."""
    letter = _GREEK.get(axis.name)
    return f"{axis.label} {letter}" if letter else axis.label


def values_of(axes: tuple[SweepAxis, ...], values: tuple[float, ...]) -> str:
    """Return hyperparameters in words: ``"learning rate 0.31, momentum 0.85"``."""
    pairs = zip(axes, values, strict=True)
    return ", ".join(f"{axis.label} {format_number(value, 3)}" for axis, value in pairs)


def short_values(axes: tuple[SweepAxis, ...], values: tuple[float, ...]) -> str:
    """Return hyperparameters by their letters: ``"η = 0.31, μ = 0.85"``."""
    pairs = zip(axes, values, strict=True)
    return ", ".join(
        f"{_GREEK.get(axis.name, axis.label)} = {format_number(value, 3)}" for axis, value in pairs
    )


def ending_of(sweep: SweepMap, place: tuple[int, ...]) -> str:
    """Return what became of a run: ``"loss 4.002 after 200 steps"``."""
    outcome = CODES[int(sweep.outcome[place])]
    step, loss = int(sweep.step[place]), float(sweep.loss[place])
    if outcome is Outcome.DIVERGED:
        return f"diverged at step {step:,}"
    if outcome is Outcome.LEFT_DOMAIN:
        return f"left the domain at step {step:,}"
    if sweep.failed[place]:
        return f"undefined at step {step:,}"
    told = format_number(loss, 4)
    if outcome is Outcome.CONVERGED:
        return f"converged at step {step:,}, loss {told}"
    if sweep.measure == "steps":
        return f"not converged after {sweep.steps:,} steps, loss {told}"
    return f"loss {told} after {sweep.steps:,} steps"
