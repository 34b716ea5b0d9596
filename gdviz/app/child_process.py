"""Starting gdviz a second time."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import gdviz

__all__ = ["child_environment", "child_words"]


def child_words(words: Sequence[str]) -> list[str]:
    """Return a program and its arguments that run gdviz's command line.

    Parameters
    ----------
    words : sequence of str
        Those after ``gdviz``.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    # -P: nothing that lies in the folder where gdviz was started is run in its place.
    return [sys.executable, "-P", "-m", "gdviz", *words]


def child_environment() -> dict[str, str]:
    """Return the variables under which that program finds this very gdviz."""
    variables = {"PYTHONUTF8": "1"}
    root = str(Path(gdviz.__file__).resolve().parent.parent)
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    if not getattr(sys, "frozen", False) and root not in installed:
        known = os.environ.get("PYTHONPATH")
        variables["PYTHONPATH"] = os.pathsep.join([root, known] if known else [root])
    return variables
