"""The folder in which compiled kernels are kept between sessions."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from pathlib import Path

__all__ = ["KERNEL_FILE", "KernelCache", "kernels_folder"]

KERNEL_FILE = "kernel.py"
_WHOLE = "whole.json"
_PART = ".part"
_COMPILED = (".nbi", ".nbc")
_OLD = 3600.0
"""Seconds after which nobody works on an unfinished kernel any more."""


class KernelCache:
    """Kernels on the disk: a folder for each, with its text and what Numba made of it.

    A kernel appears in the cache once it is complete. One is taken only if it is the user's
    own, if its text is the one that is asked for, and if none of its bytes have changed. The
    longest unused ones are dropped when there are too many.

    Parameters
    ----------
    folder : Path, optional
        The user's cache folder if left out. It is made when it is first written to.
    most : int
        How many kernels are kept.
    """

    def __init__(self, folder: Path | None = None, most: int = 100) -> None:
        self.folder = kernels_folder() if folder is None else folder
        self._most = most

    def find(self, text: str) -> Path | None:
        """Return the folder of the kernel with this text, or None if it isn't there whole."""
        place = self.folder / _name_of(text)
        if not (_is_own(self.folder) and _is_own(place)):
            return None
        try:
            told = json.loads(_own_bytes(place / _WHOLE))
            whole = bool(told) and told == _digests(place)
            if not whole or _own_bytes(place / KERNEL_FILE) != text.encode():
                return None
            os.utime(place)
        except (OSError, ValueError):
            return None
        return place

    def begin(self, text: str) -> Path:
        """Return a new folder with a kernel's text, in which it is to be compiled.

        Raises
        ------
        OSError
            If the cache can't be written to, or belongs to someone else.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(self.folder):
            raise PermissionError(f"'{self.folder}' belongs to someone else")
        self.folder.chmod(0o700)
        part = Path(tempfile.mkdtemp(_PART, dir=self.folder))
        (part / KERNEL_FILE).write_bytes(text.encode())
        return part

    def finish(self, part: Path, text: str) -> Path | None:
        """Take in what has been compiled, and return its folder; None if that is too late.

        Raises
        ------
        OSError
        """
        (part / _WHOLE).write_text(json.dumps(_digests(part)))
        place = self.folder / _name_of(text)
        if self.find(text) is None:
            self.drop(place)
            with suppress(FileExistsError):  # another process was quicker
                part.rename(place)
        self._trim()
        return self.find(text)

    def drop(self, place: Path) -> None:
        """Remove a folder of the cache, if it is there."""
        shutil.rmtree(place, ignore_errors=True)

    def _trim(self) -> None:
        ages = []
        for place in self.folder.iterdir():
            with suppress(OSError):  # another process tidies up, too
                used = place.stat().st_mtime
                if not place.name.endswith(_PART):
                    ages.append((used, place))
                elif used < time.time() - _OLD:
                    self.drop(place)
        for _, place in sorted(ages)[: -self._most]:
            self.drop(place)


def kernels_folder() -> Path:
    """Return the folder of this user's kernels."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):  # noqa: PTH117 -- anything else is to be ignored
        base = Path(given)
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path.home() / ".cache"
    return base / "gdviz" / "kernels"


def _name_of(text: str) -> str:
    parts = (text, *_surroundings())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def _surroundings() -> tuple[str, ...]:
    """Return what else a compiled kernel depends on: Numba, Python, and the processor.

    This program's own version is none of it: whatever it changes is in the text.
    """
    versions = [metadata.version(name) for name in ("numba", "llvmlite", "numpy")]
    wished = (os.environ.get(f"NUMBA_CPU_{what}", "") for what in ("NAME", "FEATURES"))
    return (*versions, sys.version, platform.machine(), _processor(), *wished)


def _processor() -> str:
    """Return a processor's name and abilities; folders may be shared by several machines."""
    told: dict[str, str] = {}
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(errors="replace").splitlines():
            name, _, value = line.partition(":")
            told.setdefault(name.strip(), value.strip())
    known = (told.get(name, "") for name in ("model name", "flags", "Features", "CPU part"))
    # Elsewhere than on Windows, `platform` would start a process to find out.
    name = platform.processor() if sys.platform == "win32" else ""
    return " ".join((*known, name))


def _digests(place: Path) -> dict[str, str]:
    """Return the sums of a kernel's files by their names; empty if Numba has kept none."""
    inside = [one for one in place.rglob("*") if one.suffix in _COMPILED]
    if not inside:
        return {}
    return {
        one.relative_to(place).as_posix(): hashlib.sha256(_own_bytes(one)).hexdigest()
        for one in (place / KERNEL_FILE, *inside)
    }


def _own_bytes(file: Path) -> bytes:
    if not _is_own(file):
        raise PermissionError(f"'{file}' belongs to someone else")
    return file.read_bytes()


def _is_own(place: Path) -> bool:
    """Tell whether a file or folder is there, and the user's alone to write to."""
    try:
        found = place.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
