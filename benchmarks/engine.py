"""What one step costs: the engine against plain loops that keep the same records."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from benchmarks.tables import Samples, Table, interleaved
from gdviz.engine import Descent, compute
from gdviz.landscapes import FloatArray, Landscape, preset
from gdviz.optimizers import optimizer

__all__ = ["figure"]

_RATE = 1e-4  # so small that no run comes to rest
_MOMENTUM = 0.9
_STEPS = {1: 20_000, 100: 2_000, 10_000: 200}

Record = tuple[object, ...]


def starts(landscape: Landscape, rows: int) -> FloatArray:
    """Return `rows` starts, the same ones every time."""
    domain = landscape.domain
    return np.random.default_rng(0).uniform(domain.low, domain.high, size=(rows, 2))


def engine(name: str, landscape: Landscape, starts: FloatArray, steps: int) -> Callable[[], Record]:
    settings = {"learning_rate": _RATE, **({"momentum": _MOMENTUM} if name == "momentum" else {})}
    descent = Descent.of(landscape, optimizer(name, **settings), starts, steps)

    def work() -> Record:
        done = compute(descent)
        return done.params, done.gradient, done.loss

    return work


def numpy_loop(
    name: str, landscape: Landscape, starts: FloatArray, steps: int
) -> Callable[[], Record]:
    """Return the loop that one writes in NumPy, with the landscape's own gradient."""
    momentum = _MOMENTUM if name == "momentum" else 0.0

    def work() -> Record:
        params = np.empty((steps + 1, *starts.T.shape))
        gradient = np.empty_like(params)
        params[0], velocity = starts.T, np.zeros_like(starts.T)
        for step in range(steps):
            gradient[step] = landscape.gradient_at(*params[step])
            velocity = momentum * velocity + gradient[step] if momentum else gradient[step]
            params[step + 1] = params[step] - _RATE * velocity
        gradient[steps] = landscape.gradient_at(*params[steps])
        return params, gradient, landscape.loss_at(*np.moveaxis(params, 1, 0))

    return work


def float_loop(
    name: str, landscape: Landscape, starts: FloatArray, steps: int
) -> Callable[[], Record]:
    """Return the same loop over Python floats, for one start."""
    momentum = _MOMENTUM if name == "momentum" else 0.0
    gradient_at: Any = landscape.gradient_at
    loss_at: Any = landscape.loss_at

    def work() -> Record:
        x, y = starts[0].tolist()
        across = down = 0.0
        params, gradients, losses = [], [], []
        for _ in range(steps + 1):
            slope_x, slope_y = gradient_at(x, y)
            params.append((x, y))
            gradients.append((slope_x, slope_y))
            losses.append(loss_at(x, y))
            across, down = momentum * across + slope_x, momentum * down + slope_y
            x, y = x - _RATE * across, y - _RATE * down
        return np.array(params), np.array(gradients), np.array(losses)

    return work


def _timed(work: Callable[[], Record], steps: int, rows: int) -> Samples:
    before = time.perf_counter()
    work()
    seconds = time.perf_counter() - before
    if rows == 1:
        return {"one start, µs a step": [1e6 * seconds / steps]}
    return {f"{rows:,} starts, million start-steps/s": [steps * rows / seconds / 1e6]}


def figure(runs: int, sizes: Mapping[int, int] = MappingProxyType(_STEPS)) -> list[Table]:
    """Measure gradient descent and momentum on two landscapes, in batches of three sizes.

    Parameters
    ----------
    runs : int
    sizes : mapping of int to int
        How many steps are taken from how many starts.
    """
    tables = []
    for name in ("gd", "momentum"):
        for place in ("valley", "regression"):
            landscape = preset(place).build()
            columns: dict[str, Samples] = {"gdviz": {}, "NumPy loop": {}, "Python floats": {}}
            for rows, steps in sizes.items():
                begins = starts(landscape, rows)
                loops = {"gdviz": engine, "NumPy loop": numpy_loop}
                if rows == 1:
                    loops["Python floats"] = float_loop
                subjects = {
                    title: partial(_timed, make(name, landscape, begins, steps), steps, rows)
                    for title, make in loops.items()
                }
                for title, samples in interleaved(subjects, runs).items():
                    columns[title] |= samples
            tables.append(Table(f"engine, {name} on {place}", columns))
    return tables
