"""Compiling one kernel, in a process of its own: ``python -m gdviz.engine.compiled.child FOLDER``.

It takes seconds and would hold the interpreter meanwhile, for which a window can't wait.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from gdviz.engine.compiled.loading import load

__all__ = ["main"]


def main(arguments: list[str]) -> int:
    """Compile the kernel in a folder, and leave what Numba keeps of it there."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Its functions for many numbers at once have other bits than those for one.
    os.environ["NUMBA_DISABLE_INTEL_SVML"] = "1"
    load(Path(arguments[0]))
    return 0


def _end_with_parent() -> None:
    """End when standard input does, as it does with the process at its other end."""
    # Read below Python's buffers: their locks would be missed when the interpreter ends.
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
