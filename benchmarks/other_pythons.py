"""Frameworks that are measured in processes of their own, with an interpreter that has them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np

from benchmarks.children import ROOT
from benchmarks.frameworks import FRAMEWORKS, INTERPRETER, READY, ends_file
from gdviz.landscapes import FloatArray

__all__ = ["Framework", "frameworks"]


class Framework:
    """A framework that waits in a process of its own.

    Parameters
    ----------
    kind : str
        One of `FRAMEWORKS`.
    folder : Path
    child : subprocess.Popen
    """

    def __init__(self, kind: str, folder: Path, child: subprocess.Popen[str]) -> None:
        self.kind = kind
        self._folder = folder
        self._child = child

    def seconds(self, name: str, rate: float) -> float:
        """Return how long it takes once more.

        Raises
        ------
        RuntimeError
            If it fails; what it says about that is on the standard error already.
        """
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(f"{name} {rate!r}\n")
        self._child.stdin.flush()
        told = self._child.stdout.readline()
        if not told:
            raise RuntimeError(f"{self.kind} failed")
        return float(told)

    def ends(self, name: str) -> FloatArray:
        """Return where it has ended, shape (2, n); once it has been measured."""
        ends: FloatArray = np.load(ends_file(self._folder, self.kind, name))
        return ends


@contextmanager
def frameworks(
    starts: FloatArray, steps: int, folder: Path
) -> Iterator[tuple[list[Framework], str]]:
    """Start what can be imported; it is yielded with a word on what can't.

    Parameters
    ----------
    starts : ndarray, shape (2, n)
    steps : int
    folder : Path
        Empty; for what is passed on.
    """
    np.save(folder / "starts.npy", starts)
    python = os.environ.get(INTERPRETER) or sys.executable
    found, missing = [], []
    with ExitStack() as stack:
        for kind in FRAMEWORKS:
            child = stack.enter_context(
                subprocess.Popen(
                    [python, "-m", "benchmarks.frameworks", kind, str(folder), str(steps)],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(child.kill)
            assert child.stdout is not None
            told = child.stdout.readline().strip()
            if told == READY:
                found.append(Framework(kind, folder, child))
            else:
                missing.append(f"{kind} ({told or 'it failed'})")
        note = (
            f"Left out: {'; '.join(missing)}; {INTERPRETER} names another Python."
            if missing
            else ""
        )
        yield found, note
