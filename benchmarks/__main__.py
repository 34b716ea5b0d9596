"""``python -m benchmarks [NAMES] [--json FILE] [--runs N]``: measure and print."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.frameworks import INTERPRETER
from benchmarks.machine import machine
from benchmarks.tables import Table

FIGURES = (
    "start",
    "click",
    "animation",
    "race",
    "surface",
    "drag",
    "point",
    "responsiveness",
    "steps",
    "engine",
    "bulk",
    "kernels",
    "basins",
    "sweep",
    "swarm",
    "contours",
    "formulas",
    "render",
    "film",
)
_RUNS = 5
_EPILOG = (
    "bulk compares with torch.optim and JAX/optax, too, where they are installed (the extra "
    f"bench-frameworks); the environment variable {INTERPRETER} may name another Python for them."
)


def main(words: list[str]) -> int:
    """Measure the figures of the given names, or all; return how the process is to exit."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__, epilog=_EPILOG)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(FIGURES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every sample there")
    parser.add_argument("--runs", type=int, default=_RUNS, metavar="N", help=f"{_RUNS} if left out")
    given = parser.parse_args(words)
    unknown = sorted(set(given.names) - set(FIGURES))
    if unknown:
        parser.error(f"there is no figure '{unknown[0]}' (known: {', '.join(FIGURES)})")
    if given.runs < 1:
        parser.error("--runs must be at least 1")
    where = machine()
    for name, value in where.items():
        print(f"{name}: {value}")
    print("\nEach cell: median (least–most). Ratio: the first column over the second.", flush=True)
    told: dict[str, Any] = {"machine": where, "runs": given.runs, "figures": {}}
    for name in given.names or FIGURES:
        before = time.perf_counter()
        tables: list[Table] = importlib.import_module(f"benchmarks.{name}").figure(given.runs)
        for table in tables:
            print(f"\n{table.text()}", flush=True)
        print(f"\n--- {name}: {time.perf_counter() - before:.0f} s", flush=True)
        told["figures"][name] = [table.json() for table in tables]
    if given.json:
        given.json.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
