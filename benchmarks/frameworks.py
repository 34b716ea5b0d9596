"""Very many starts with another framework, in a process that asks nothing of gdviz.

``python -m benchmarks.frameworks KIND FOLDER STEPS``: the starts are in ``starts.npy`` of the
folder, shape (2, n). For each line ``NAME RATE`` it is told, it descends once and prints how
many seconds that took; the first time it has warmed up before, and left the ends in
`ends_file`.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["FRAMEWORKS", "INTERPRETER", "READY", "ends_file", "main"]

INTERPRETER = "GDVIZ_BENCH_PYTHON"
"""The environment variable that names the interpreter; ours if it is not set."""
READY = "ready"

Tensor = Any
"""An array of the framework."""

Loop = Callable[[], Tensor]
"""Descends from where it was made; returns the ends, shape (2, n)."""
Begin = Callable[[], Loop]
"""Makes all that isn't to be measured."""


def _torch(name: str, starts: Tensor, steps: int, rate: float, *, by_hand: bool) -> Begin:
    torch: Any = importlib.import_module("torch")
    kinds = {"gd": torch.optim.SGD, "adam": torch.optim.Adam}

    def begin() -> Loop:
        params = torch.tensor(starts, dtype=torch.float64, requires_grad=not by_hand)
        descent = kinds[name]([params], lr=rate)
        if by_hand:
            params.grad = torch.zeros_like(params)

        def loop() -> Tensor:
            for _ in range(steps):
                x, y = params[0], params[1]
                gap = y - x**2
                if by_hand:
                    params.grad[0] = -2.0 * (1.0 - x) - 400.0 * x * gap
                    params.grad[1] = 200.0 * gap
                else:
                    descent.zero_grad()
                    ((1.0 - x) ** 2 + 100.0 * gap**2).sum().backward()
                descent.step()
            return params.detach().numpy()

        return loop

    return begin


def _jax(name: str, starts: Tensor, steps: int, rate: float) -> Begin:
    jax: Any = importlib.import_module("jax")
    optax: Any = importlib.import_module("optax")
    jax.config.update("jax_enable_x64", val=True)
    rule = {"gd": optax.sgd, "adam": optax.adam}[name](rate)

    def loss(params: Tensor) -> Tensor:
        x, y = params
        return ((1.0 - x) ** 2 + 100.0 * (y - x**2) ** 2).sum()

    slope = jax.grad(loss)

    def step(carried: Tensor, _: object) -> Tensor:
        params, state = carried
        updates, state = rule.update(slope(params), state)
        return (optax.apply_updates(params, updates), state), None

    @jax.jit  # type: ignore[untyped-decorator]
    def descend(params: Tensor, state: Tensor) -> Tensor:
        return jax.lax.scan(step, (params, state), None, length=steps)[0][0]

    def begin() -> Loop:
        params = jax.numpy.asarray(starts)
        state = rule.init(params)
        jax.block_until_ready((params, state))
        return lambda: jax.block_until_ready(descend(params, state))

    return begin


FRAMEWORKS: dict[str, tuple[str, Callable[[str, Tensor, int, float], Begin]]] = {
    "torch.optim, autograd": ("torch", partial(_torch, by_hand=False)),
    "torch.optim, gradient by hand": ("torch", partial(_torch, by_hand=True)),
    "JAX/optax, compiled scan": ("optax", _jax),
}
"""By title: the module that has to be there, and what makes the loop."""


def ends_file(folder: str | Path, kind: str, name: str) -> Path:
    """Return where a framework leaves its ends."""
    return Path(folder, f"{list(FRAMEWORKS).index(kind)}-{name}.npy")


def main(words: list[str]) -> int:
    """Say whether the framework is there, and serve until there are no more lines."""
    kind, folder, steps = words
    module, make = FRAMEWORKS[kind]
    try:
        importlib.import_module(module)
    except ImportError:
        print(f"{module} is missing", flush=True)
        return 0
    print(READY, flush=True)
    starts = np.load(Path(folder, "starts.npy"))
    made: dict[str, Begin] = {}
    for line in sys.stdin:
        name, rate = line.split()
        if name not in made:
            made[name] = make(name, starts, int(steps), float(rate))
            np.save(ends_file(folder, kind, name), np.asarray(made[name]()()))
        loop = made[name]()
        before = time.perf_counter()
        loop()
        print(time.perf_counter() - before, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
