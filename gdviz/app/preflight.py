"""Whether Qt can start here, found out before it would end the process.

A missing library or display makes Qt abort with a core dump, after which there is
nobody left to explain. These checks come first, and each returns one line for the
user or ``None`` if all is well.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from gdviz.app.shared_libraries import MissingLibrary, advice, missing_libraries

__all__ = ["MissingLibrary", "missing_libraries", "problem_with_display", "problem_with_qt"]

_NO_WINDOW = (
    "gdviz cannot open a window: {}. Without a window, draw into a file: "
    "gdviz render valley -o valley.png"
)


def problem_with_qt() -> str | None:
    """Return why Qt cannot be imported, in one line, or ``None`` if it can.

    Returns
    -------
    str or None
        The missing system libraries with the command that installs them, or what
        the import said.
    """
    try:
        # QtWidgets needs no library that QtGui does not, and drawing to a file needs no widgets.
        importlib.import_module("PySide6.QtGui")
    except ModuleNotFoundError as error:
        return f"Qt is not installed ({error}): python -m pip install PySide6-Essentials"
    except ImportError as error:
        missing = missing_libraries("")
        if missing:
            # Who lacks these will open a window next, so the plugin's are named as well.
            return f"Qt cannot be loaded: {advice(missing_libraries())}"
        return f"Qt cannot be loaded: {_one_line(error)}"
    return None


def problem_with_display() -> str | None:
    """Return why no window can be opened, in one line, or ``None`` if one can.

    The platforms are tried in the order in which Qt tries them; the first that works
    settles it. Qt itself must be importable.

    Returns
    -------
    str or None
        Always ``None`` on other systems than Linux.
    """
    if not sys.platform.startswith("linux"):
        return None
    problem = "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    for platform in _platforms():
        found = _problem_with_platform(platform)
        if found is None:
            return None
        problem = found
    return _NO_WINDOW.format(problem)


def _platforms() -> Iterator[str]:
    """Yield the names of the platform plugins that Qt will try."""
    if wanted := os.environ.get("QT_QPA_PLATFORM"):
        for choice in wanted.split(";"):
            # What follows a colon are the plugin's options, as in "offscreen:size=800x600".
            yield choice.partition(":")[0]
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        yield "wayland"
    if os.environ.get("DISPLAY"):
        yield "xcb"


def _problem_with_platform(platform: str) -> str | None:
    if platform == "xcb":
        return _problem_with_plugin("xcb") or _problem_with_x11()
    if platform.startswith("wayland"):
        return _problem_with_plugin("wayland") or _problem_with_wayland()
    return None  # offscreen, minimal, vnc and the like need no display


def _problem_with_plugin(platform: str) -> str | None:
    qt_core = importlib.import_module("PySide6.QtCore")
    folder = qt_core.QLibraryInfo.path(qt_core.QLibraryInfo.LibraryPath.PluginsPath)
    # Wayland's plugin has been called libqwayland, libqwayland-generic and libqwayland-egl.
    plugins = sorted(Path(folder, "platforms").glob(f"libq{platform}*.so"))
    if not plugins:
        return f"this Qt has no platform plugin '{platform}'"
    try:
        ctypes.CDLL(str(plugins[-1]))
    except OSError as error:
        missing = missing_libraries(platform)
        return advice(missing) if missing else _one_line(error)
    return None


def _problem_with_x11() -> str | None:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    # Never null: a failed connection is an object too, and is to be disconnected as well.
    connection = xcb.xcb_connect(None, None)
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        return f"no X server accepts the connection (DISPLAY is '{os.environ.get('DISPLAY', '')}')"
    return None


def _problem_with_wayland() -> str | None:
    name = os.environ.get("WAYLAND_DISPLAY", "wayland-0")
    # An absolute name stands for itself, which is how Path joins it.
    path = Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(path))
    except OSError:
        return f"no Wayland compositor accepts the connection (WAYLAND_DISPLAY is '{name}')"
    return None


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
