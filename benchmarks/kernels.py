"""What a compiled kernel costs before it is there."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bulk import NO_KERNELS
from benchmarks.children import subject_in_child
from benchmarks.numpy_loop import RATES
from benchmarks.tables import Samples, Table
from gdviz.engine import Descent
from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer

__all__ = ["SUBJECTS", "figure"]

_PATIENCE = 120.0


def _made(name: str, folder: str) -> Samples:
    """Compile a kernel with an empty cache, or load it where it is in the cache."""
    landscape, rule = preset("rosenbrock").build(), optimizer(name, learning_rate=RATES[name])
    descent = Descent.of(landscape, rule, [(0.0, 0.0)], 1000)
    cached = any(Path(folder).iterdir())
    begun = time.perf_counter()
    import numba  # noqa: F401 -- what is measured

    imported = time.perf_counter()
    with Kernels(KernelCache(Path(folder))) as kernels:
        awaited = kernels.prepare(descent)
        if awaited is None or not awaited.wait(_PATIENCE):
            raise RuntimeError(f"there is no kernel for {name}")
    seconds = time.perf_counter() - imported
    samples = {"import of Numba, s": [imported - begun]}
    if cached:
        return {**samples, "first one loaded from the cache, ms": [1000.0 * seconds]}
    return {**samples, "compiled in the background, s": [seconds]}


SUBJECTS = {name: partial(_made, name) for name in RATES}


def figure(runs: int) -> list[Table]:
    """Measure kernels of gradient descent and Adam on Rosenbrock, each in a new process."""
    if find_spec("numba") is None:
        return [Table("kernels", {"gdviz": {}}, NO_KERNELS)]
    columns: dict[str, Samples] = {name: {} for name in SUBJECTS}
    for _ in range(max(runs // 2, 1)):
        for name, samples in columns.items():
            with tempfile.TemporaryDirectory() as folder:
                for _ in ("compiled", "loaded"):
                    made = subject_in_child(__name__, name, {}, {"folder": folder})
                    for quantity, values in made.items():
                        samples.setdefault(quantity, []).extend(values)
    return [Table("kernels, on rosenbrock", columns)]
