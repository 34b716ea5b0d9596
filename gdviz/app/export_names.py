"""Where an export goes if nobody says anything else."""

from __future__ import annotations

import os
import re
from pathlib import Path

__all__ = ["free_path"]

_MOST_LETTERS = 40
_MOST_NUMBERED = 1000


def free_path(last: str, title: str, ending: str) -> Path:
    """Return a path at which there is no file yet, named after an experiment.

    Parameters
    ----------
    last : str
        The folder in which the last one went; empty for where the program was started, or for
        the user's own folder where nothing can be written there.
    title : str
        Of the experiment.
    ending : str
    """
    folder = Path(last) if last else Path.cwd()
    if not folder.is_dir():
        folder = Path.cwd()
    if not os.access(folder, os.W_OK) or folder == Path(folder.anchor):
        folder = Path.home()
    name = _plain(title)
    for number in range(1, _MOST_NUMBERED):
        path = folder / f"{name}{'' if number == 1 else f'-{number}'}.{ending}"
        if not path.exists():
            return path
    return folder / f"{name}.{ending}"


def _plain(title: str) -> str:
    """Return a title as a file's name, of letters, digits and hyphens."""
    words = re.sub(r"[^\w]+", "-", title.lower(), flags=re.ASCII).strip("-_")
    return words[:_MOST_LETTERS].rstrip("-_") or "descent"
