"""What stops Qt from starting is told in one line instead of a core dump."""

import os
import subprocess
import sys
import textwrap

import pytest

from gdviz.app import preflight, shared_libraries
from gdviz.app.preflight import (
    MissingLibrary,
    missing_libraries,
    problem_with_display,
    problem_with_qt,
)

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


@pytest.fixture
def no_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture
def loadable_plugins(no_display):
    no_display.setattr(preflight, "_problem_with_plugin", lambda platform: None)
    return no_display


def pretend_missing(monkeypatch, *sonames):
    monkeypatch.setattr(shared_libraries, "_loads", lambda soname: soname not in sonames)


def test_qt_can_be_imported_here():
    assert problem_with_qt() is None


def test_missing_qt_is_named_with_its_cure(monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtGui", None)
    problem = problem_with_qt()
    assert "Qt is not installed" in problem
    assert "pip install PySide6-Essentials" in problem
    assert "\n" not in problem


def test_missing_system_libraries_are_all_named(monkeypatch):
    def fail(name):
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr(preflight.importlib, "import_module", fail)
    pretend_missing(monkeypatch, "libEGL.so.1", "libGL.so.1", "libxcb-icccm.so.4")
    assert problem_with_qt() == (
        "Qt cannot be loaded: the system lacks libEGL.so.1, libGL.so.1, libxcb-icccm.so.4; "
        "on Debian or Ubuntu, install with: sudo apt-get install libegl1 libgl1 libxcb-icccm4"
    )


def test_another_import_error_is_told_in_one_line(monkeypatch):
    def fail(name):
        raise ImportError("version `Qt_6'\n not found")

    monkeypatch.setattr(preflight.importlib, "import_module", fail)
    pretend_missing(monkeypatch)
    assert problem_with_qt() == "Qt cannot be loaded: version `Qt_6' not found"


@linux_only
def test_libraries_of_this_system_are_probed_by_name(monkeypatch):
    pretend_missing(monkeypatch, "libz.so.1")
    assert missing_libraries() == (MissingLibrary("libz.so.1", "zlib1g"),)


def test_other_systems_lack_nothing(monkeypatch):
    pretend_missing(monkeypatch, "libz.so.1")
    monkeypatch.setattr(sys, "platform", "win32")
    assert missing_libraries() == ()
    assert problem_with_display() is None


@linux_only
def test_no_display_names_the_command_that_needs_none(no_display):
    problem = problem_with_display()
    assert "no display" in problem
    assert "gdviz render valley -o valley.png" in problem
    assert "\n" not in problem


@linux_only
@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "xcb;offscreen"])
def test_platforms_without_a_display_need_none(no_display, platform):
    no_display.setenv("QT_QPA_PLATFORM", platform)
    assert problem_with_display() is None


@linux_only
@pytest.mark.parametrize("display", [":4711", "nonsense"])
def test_dead_display_is_found_out(loadable_plugins, display):
    loadable_plugins.setenv("DISPLAY", display)
    problem = problem_with_display()
    assert f"DISPLAY is '{display}'" in problem
    assert "\n" not in problem


@linux_only
def test_dead_wayland_is_found_out(loadable_plugins, tmp_path):
    loadable_plugins.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    loadable_plugins.setenv("WAYLAND_DISPLAY", "wayland-9")
    assert "WAYLAND_DISPLAY is 'wayland-9'" in problem_with_display()


@linux_only
def test_platform_that_works_settles_it(loadable_plugins):
    loadable_plugins.setattr(preflight, "_problem_with_x11", lambda: None)
    loadable_plugins.setenv("WAYLAND_DISPLAY", "wayland-9")
    loadable_plugins.setenv("DISPLAY", ":0")
    assert problem_with_display() is None


@linux_only
def test_plugin_that_cannot_be_loaded_names_its_libraries(no_display):
    def fail(name):
        raise OSError("libxcb-icccm.so.4: cannot open shared object file")

    no_display.setenv("DISPLAY", ":0")
    no_display.setattr(preflight.ctypes, "CDLL", fail)
    no_display.setattr(
        preflight,
        "missing_libraries",
        lambda platform: (MissingLibrary("libxcb-icccm.so.4", "libxcb-icccm4"),),
    )
    problem = problem_with_display()
    assert "the system lacks libxcb-icccm.so.4" in problem
    assert "apt-get install libxcb-icccm4" in problem


@linux_only
def test_unknown_plugin_is_named(no_display):
    no_display.setenv("QT_QPA_PLATFORM", "xcb")
    no_display.setattr(preflight.Path, "glob", lambda path, pattern: [])
    assert "no platform plugin 'xcb'" in problem_with_display()


def test_importing_the_checks_imports_no_qt():
    script = """
        import sys
        import gdviz.app.preflight
        assert not any(name.startswith(("PySide6", "shiboken6")) for name in sys.modules)
    """
    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], check=True, env=dict(os.environ)
    )
