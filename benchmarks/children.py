"""Measuring in processes of their own, off the screen and on an X server."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.tables import Samples

__all__ = ["ROOT", "STARTED", "child", "platforms", "run", "subject_in_child"]

ROOT = Path(__file__).resolve().parent.parent
STARTED = "BENCHMARK_STARTED"
"""The environment variable that holds the monotonic time just before a child starts."""

_PATIENCE = 300.0
_SCREEN = "1280x800x24"


def run(code: str, arguments: list[str], platform: dict[str, str]) -> str:
    """Run Python code in a new process with fresh settings; return what it prints.

    Parameters
    ----------
    code : str
    arguments : list of str
        Its ``sys.argv[1:]``.
    platform : dict
        Environment variables, as `platforms` yields them.

    Raises
    ------
    RuntimeError
        If it fails; with what it wrote to its standard error.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, **platform, "XDG_CONFIG_HOME": home, "PYTHONPATH": str(ROOT)}
        # As installed: compiled modules are kept, ours like those of the libraries.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-c", code, *arguments]
        environment[STARTED] = repr(time.monotonic())
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout


def subject_in_child(
    module: str, subject: str, platform: dict[str, str], sizes: dict[str, Any]
) -> Samples:
    """Call ``SUBJECTS[subject](**sizes)`` of a module of benchmarks in a new process."""
    code = "from benchmarks.children import child; child()"
    samples: Samples = json.loads(run(code, [module, subject, json.dumps(sizes)], platform))
    return samples


def child() -> None:
    """Do in the new process what `subject_in_child` asks for, and leave without tidying up."""
    module, subject, sizes = sys.argv[1:]
    subjects = importlib.import_module(module).SUBJECTS
    print(json.dumps(subjects[subject](**json.loads(sizes))), flush=True)
    os._exit(0)


@contextmanager
def platforms() -> Iterator[dict[str, dict[str, str]]]:
    """Yield the environments to draw in: off the screen, and on an X server of our own.

    Without Xvfb there is only the first.
    """
    found = {"offscreen": {"QT_QPA_PLATFORM": "offscreen"}}
    program = shutil.which("Xvfb")
    if program is None:
        yield found
        return
    reading, writing = os.pipe()
    options = ["-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen([program, *options], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as pipe:
            display = pipe.readline().strip()
        if display:
            found["X server"] = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{display}"}
        yield found
    finally:
        server.terminate()
        server.wait()
