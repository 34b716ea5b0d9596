"""Loops in C, compiled on the spot: about what the machine can do at best."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gdviz.landscapes import FloatArray

__all__ = ["CLoops", "c_loops"]

CLoops = Callable[[str, FloatArray, int, float, int], None]

# Each loop has the tile with which it is quickest. Without -fno-math-errno, gcc calls a
# function for each square root, which would flatter whoever is compared with it.
_OPTIONS = ("-O3", "-march=native", "-fno-math-errno", "-shared", "-fPIC")

_SOURCE = r"""
#include <math.h>
#define FEW 64
#define MANY 512
void gd(double *x, double *y, long rows, long steps, double rate) {
  for (long i = 0; i < rows; i += FEW) {
    long n = rows - i < FEW ? rows - i : FEW;
    double *restrict a = x + i, *restrict b = y + i;
    for (long t = 0; t < steps; t++)
      for (long k = 0; k < n; k++) {
        double u = a[k], v = b[k], q = v - u * u;
        a[k] = u - rate * (-2.0 * (1.0 - u) - 400.0 * u * q);
        b[k] = v - rate * (200.0 * q);
      }
  }
}
void adam(double *x, double *y, long rows, long steps, double rate) {
  for (long i = 0; i < rows; i += MANY) {
    long n = rows - i < MANY ? rows - i : MANY;
    double *restrict a = x + i, *restrict b = y + i;
    double m[MANY] = {0}, w[MANY] = {0}, p[MANY] = {0}, s[MANY] = {0};
    for (long t = 1; t <= steps; t++) {
      double c = 1.0 / (1.0 - pow(0.9, t)), d = 1.0 / (1.0 - pow(0.999, t));
      for (long k = 0; k < n; k++) {
        double u = a[k], v = b[k], q = v - u * u;
        double g = -2.0 * (1.0 - u) - 400.0 * u * q, h = 200.0 * q;
        m[k] = 0.9 * m[k] + 0.1 * g;
        p[k] = 0.9 * p[k] + 0.1 * h;
        w[k] = 0.999 * w[k] + 0.001 * g * g;
        s[k] = 0.999 * s[k] + 0.001 * h * h;
        a[k] = u - rate * (m[k] * c) / (sqrt(w[k] * d) + 1e-8);
        b[k] = v - rate * (p[k] * c) / (sqrt(s[k] * d) + 1e-8);
      }
    }
  }
}
"""


def c_loops(folder: Path) -> CLoops | None:
    """Compile loops on Rosenbrock; return what runs one, or nothing where there is no compiler.

    It takes the optimizer's name, starts of shape (2, n) in whose place it puts the ends,
    steps, a learning rate and a number of threads.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    source, library = folder / "loops.c", folder / "loops.so"
    source.write_text(_SOURCE, encoding="utf-8")
    command = [compiler, *_OPTIONS, str(source), "-o", str(library), "-lm"]
    subprocess.run(command, check=True)
    loaded = ctypes.CDLL(str(library))

    def run(name: str, ends: FloatArray, steps: int, rate: float, threads: int) -> None:
        loop = loaded[name]
        loop.restype = None

        def part(rows: slice) -> None:
            places = [
                ctypes.c_void_p(ends[axis, rows].ctypes.data if rows.stop > rows.start else 0)
                for axis in (0, 1)
            ]
            count = ctypes.c_long(rows.stop - rows.start)
            loop(*places, count, ctypes.c_long(steps), ctypes.c_double(rate))

        edges = [ends.shape[1] * number // threads for number in range(threads + 1)]
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(part, map(slice, edges, edges[1:])))

    return run
