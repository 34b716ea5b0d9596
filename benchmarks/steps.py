"""What one step of one run costs, beside torch's optimizers with autograd if it is there."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.tables import Samples, Table, interleaved
from gdviz.engine import Descent, compute
from gdviz.landscapes import Valley
from gdviz.optimizers import optimizer

__all__ = ["figure"]

_START = (-3.0, 4.0)
_RATE = 1e-4  # so small that no run comes to rest
_QUANTITY = "one start, µs a step"
_KINDS: dict[str, tuple[str, dict[str, float]]] = {
    "gd": ("SGD", {}),
    "momentum": ("SGD", {"momentum": 0.9}),
    "adam": ("Adam", {}),
}


def _timed(work: Callable[[int], object], steps: int) -> Samples:
    work(steps // 10)
    before = time.perf_counter()
    work(steps)
    return {_QUANTITY: [1e6 * (time.perf_counter() - before) / steps]}


def _gdviz(key: str) -> Callable[[int], object]:
    kind = optimizer(key, learning_rate=_RATE)
    return lambda steps: compute(Descent.of(Valley(), kind, _START, steps))


def _torch(key: str) -> Callable[[int], object]:
    torch: Any = importlib.import_module("torch")
    name, settings = _KINDS[key]

    def work(steps: int) -> object:
        params = torch.tensor(_START, dtype=torch.float64, requires_grad=True)
        descent = getattr(torch.optim, name)([params], lr=_RATE, **settings)
        path = []
        for _ in range(steps):
            descent.zero_grad()
            loss = 4.0 + (params[0] - 2.0) ** 2 + 2.0 * params[1] ** 2
            loss.backward()
            path.append((params.detach().clone(), loss.detach()))
            descent.step()
        return path

    return work


def figure(runs: int, steps: int = 5_000) -> list[Table]:
    """Measure gradient descent, momentum and Adam on the valley, every step recorded."""
    there = importlib.util.find_spec("torch") is not None
    note = "" if there else "torch is not installed, so there is nothing to compare with."
    tables = []
    for key in _KINDS:
        subjects = {"gdviz": partial(_timed, _gdviz(key), steps)}
        if there:
            subjects["torch.optim, autograd"] = partial(_timed, _torch(key), steps)
        tables.append(Table(f"steps, {key} on the valley", interleaved(subjects, runs), note))
    return tables
