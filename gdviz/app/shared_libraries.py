"""The system libraries that Qt loads on Linux, and the packages that bring them."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["MissingLibrary", "advice", "missing_libraries"]


@dataclass(frozen=True, slots=True)
class MissingLibrary:
    """A shared library that Qt needs and the system does not have.

    Attributes
    ----------
    soname : str
        The file that the dynamic loader looks for.
    package : str
        The Debian and Ubuntu package that brings it.
    """

    soname: str
    package: str


# What PySide6's own Qt libraries, its X11 and its Wayland plugin are linked against,
# beyond the C and C++ runtimes.
_QT_GUI = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
_XCB = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
_NEEDED_BY = {"": _QT_GUI, "xcb": _QT_GUI | _XCB, "wayland": _QT_GUI | _WAYLAND}


def missing_libraries(platform: str = "xcb") -> tuple[MissingLibrary, ...]:
    """Return the shared libraries that Qt needs and that cannot be loaded.

    Parameters
    ----------
    platform : {"xcb", "wayland", ""}
        The Qt platform plugin whose libraries are looked for besides those of Qt itself.

    Returns
    -------
    tuple of MissingLibrary
        In the order of their names; empty where nothing lacks, and on other systems than Linux.
    """
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(
        MissingLibrary(soname, package)
        for soname, package in sorted(_NEEDED_BY[platform].items())
        if not _loads(soname)
    )


def advice(missing: Iterable[MissingLibrary]) -> str:
    """Return what is missing and the command that brings it, in one line."""
    missing = tuple(missing)
    names = ", ".join(library.soname for library in missing)
    packages = " ".join(sorted({library.package for library in missing}))
    return (
        f"the system lacks {names}; on Debian or Ubuntu, install with: "
        f"sudo apt-get install {packages}"
    )


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True
