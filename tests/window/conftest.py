"""The real program under a real X server with a window manager, driven by xdotool."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

PROGRAMS = ("Xvfb", "xdotool", "openbox", "import")
LONGEST_WAIT = 60.0
UNSAVED = "Unsaved changes"
SCREEN = (1600, 1000)


@pytest.fixture(scope="session")
def display():
    """Start an X server and a window manager; the display's name."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        told = f"not installed: {', '.join(missing)}"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(told, pytrace=False)
        pytest.skip(told)
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"),
            *("-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24"),
        ],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        name = f":{told.readline().strip()}"
    manager = _manage(name)
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait(LONGEST_WAIT)


def _manage(display):
    """Start a window manager and wait until it manages; one that ends at once is tried again."""
    environment = os.environ | {"DISPLAY": display}
    started = []

    def is_managing():
        if not started or started[-1].poll() is not None:
            started.append(
                subprocess.Popen(
                    ["openbox", "--sm-disable"],
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        asked = ["xdotool", "get_desktop"]
        return not subprocess.run(
            asked, env=environment, check=False, capture_output=True
        ).returncode

    wait_until(is_managing, "the window manager")
    return started[-1]


@pytest.fixture
def environment(display, tmp_path):
    """Return the environment of a user at that display who has never started gdviz."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QT_", "XDG_", "WAYLAND_"))
    }
    home = tmp_path / "home"
    home.mkdir()
    return kept | {
        "DISPLAY": display,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture
def launch(environment, tmp_path):
    """Call with arguments to start gdviz; whatever still runs in the end is killed."""
    started = []

    def start(*arguments):
        desk = Desk(arguments, environment, tmp_path)
        started.append(desk)
        desk.find_window()
        return desk

    yield start
    for desk in started:
        desk.kill()


def wait_until(condition, what):
    """Wait for a condition of another process."""
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    pytest.fail(f"waited in vain: {what}")


class Desk:
    """One running gdviz, its window, and the mouse and keyboard before it."""

    def __init__(self, arguments, environment, folder):
        self.environment = environment
        self.folder = folder
        self.window = ""
        self._out = (folder / "stdout").open("w+")
        self._err = (folder / "stderr").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gdviz", *arguments],
            env=environment,
            cwd=folder,
            stdout=self._out,
            stderr=self._err,
        )

    def xdotool(self, *words):
        done = subprocess.run(
            ["xdotool", *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_WAIT,
        )
        return done.stdout.strip()

    def find_window(self):
        """Wait until the window is shown and has the keyboard."""

        def is_active():
            assert self.process.poll() is None, f"it has ended: {self.told()}"
            shown = self.xdotool("search", "--onlyvisible", "--name", "— gdviz$").split()
            return shown and self.xdotool("getactivewindow") in shown

        wait_until(is_active, "the window")
        self.window = self.xdotool("getactivewindow")
        unpainted = ((0, 0),) * 3
        wait_until(lambda: self.picture().getextrema() != unpainted, "the first picture")

    # --- reading ---

    @property
    def title(self):
        return self.xdotool("getwindowname", self.window)

    def size(self):
        words = self.xdotool("getwindowgeometry", "--shell", self.window).split()
        found = dict(word.split("=") for word in words)
        return int(found["WIDTH"]), int(found["HEIGHT"])

    def picture(self):
        """Return what the window shows, as a PIL image."""
        path = self.folder / "screen.png"
        subprocess.run(
            ["import", "-window", self.window, str(path)],
            env=self.environment,
            check=True,
            timeout=LONGEST_WAIT,
        )
        with Image.open(path) as image:
            return image.convert("RGB")

    def still_picture(self, unlike=None):
        """Return what the window shows once nothing moves there, and it looks other than before."""
        last = None

        def is_still():
            nonlocal last
            before, last = last, self.picture()
            return last == before and (unlike is None or last != unlike)

        wait_until(is_still, "a picture that stands still")
        return last

    def told(self):
        """Return all that the process has written."""
        texts = []
        for stream in (self._out, self._err):
            stream.flush()
            stream.seek(0)
            texts.append(stream.read())
        return "".join(texts)

    # --- doing ---

    def click(self, x, y):
        self.xdotool("mousemove", "--window", self.window, x, y, "click", 1)

    def key(self, *names):
        self.xdotool("key", "--delay", 20, *names)

    def type(self, text):
        self.xdotool("type", "--delay", 5, text)

    def active_title(self):
        return self.xdotool("getactivewindow", "getwindowname")

    def wait_for_title(self, title):
        """Wait until the window in front has a title."""
        wait_until(lambda: self.active_title() == title, f"a window called '{title}'")

    def export(self, path):
        """Export by the dialog, with keys alone."""
        self.key("ctrl+e")
        self.wait_for_title("Export")
        self.key("ctrl+a")
        self.type(str(path))
        self.key("Return")
        wait_until(path.exists, f"{path.name}: {self.told()}")
        wait_until(lambda: self.active_title() != "Export", "the dialog to close")

    def quit(self):
        """Press the key that ends gdviz, and save nothing."""
        self.key("ctrl+q")
        self.wait_for_title(UNSAVED)
        self.key("alt+d")

    def close(self):
        """Ask the window manager to close the window, as its button does; save nothing.

        A manager that has only just begun to manage may not listen to keys yet: as long as
        the window stands there untouched, it is asked again.
        """
        self.xdotool("windowactivate", "--sync", self.window)
        for _ in range(3):
            self.key("alt+F4")
            if self._gone_within(2.0):
                return

    def _gone_within(self, seconds):
        """Tell whether the window goes away, or the process ends, in time."""
        end = time.monotonic() + seconds
        asked = ["xdotool", "search", "--onlyvisible", "--name", "— gdviz$"]
        while time.monotonic() < end:
            if self.process.poll() is not None:
                return True
            if self.active_title() == UNSAVED:
                self.key("alt+d")
            found = subprocess.run(
                asked, env=self.environment, check=False, capture_output=True, timeout=LONGEST_WAIT
            )
            if not found.stdout.strip():
                return True
        return False

    def wait_for_exit(self, seconds=5.0):
        """Return the exit code, and how long that took."""
        began = time.monotonic()
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            pytest.fail(f"still running after {seconds} s: {self.told()}", pytrace=False)
        return code, time.monotonic() - began

    def interrupt(self, number=signal.SIGINT):
        self.process.send_signal(number)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(LONGEST_WAIT)
        self._out.close()
        self._err.close()
