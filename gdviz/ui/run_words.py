"""A run in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gdviz.engine import GradientNoise, Noise
from gdviz.experiment import Run
from gdviz.numbers import format_number, format_point
from gdviz.optimizers import CONSTANT, Optimizer, Schedule

__all__ = ["run_words", "settings_words", "tip"]


def run_words(run: Run, parameters: Sequence[str]) -> list[str]:
    """Return what there is to know of a run before it is computed, a line for each matter.

    Parameters
    ----------
    run : Run
    parameters : sequence of str
        The names of the landscape's parameters.
    """
    lines = [run.label] if run.name else []
    lines.append(_titled(run.optimizer.title, settings_words(run.optimizer)))
    if run.schedule != CONSTANT:
        lines.append(_titled(run.schedule.title, settings_words(run.schedule)))
    if run.noise is not None:
        lines.append(_noise_words(run.noise))
    where = f"{', '.join(parameters)}"
    names = f"({where})" if len(parameters) > 1 else where
    start = format_point(run.start) if len(run.start) > 1 else format_number(run.start[0])
    lines.append(f"From {names} = {start}, at most {run.steps:,} steps")
    return lines


def settings_words(rule: Optimizer | Schedule) -> str:
    """Return hyperparameters with their values, such as ``"learning rate 0.1, momentum 0.9"``."""
    words = []
    for declared in rule.hyperparameters():
        name, value = declared.name.replace("_", " "), getattr(rule, declared.name)
        if declared.kind == "flag":
            words.append(name if value else f"no {name}")
        else:
            words.append(f"{name} {format_number(float(value))}")
    return ", ".join(words)


def tip(lines: Sequence[str]) -> str:
    """Return lines as a tooltip in which long ones are broken."""
    return f"<html>{'<br>'.join(escape(line) for line in lines)}</html>"


def _titled(title: str, words: str) -> str:
    return f"{title}: {words}" if words else title


def _noise_words(noise: Noise) -> str:
    if isinstance(noise, GradientNoise):
        return f"Gradient noise {format_number(noise.scale)}, seed {noise.seed}"
    return f"Mini-batches of {noise.size:,} rows, seed {noise.seed}"
