"""What is loaded by the time the first picture is on the screen, and what is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = (
    *("sympy", "scipy", "pandas", "h5py", "yaml", "av", "OpenGL", "matplotlib"),
    *("numpy.random", "tqdm", "numba", "llvmlite"),
)
LATE = (
    *("gdviz.help", "gdviz.ui.help_window", "gdviz.ui.whats_this"),
    *("gdviz.lessons", "gdviz.ui.learn_panel"),
    *("gdviz.engine.sweep", "gdviz.app.sweep_display", "gdviz.views.sweep_view"),
)

PROGRAM = """
import json, sys
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from gdviz.app.workbench import Workbench
from gdviz.cli.main import main as gdviz_main
from gdviz.experiment import open_experiment
from gdviz.ui.settings import Settings

application = QApplication([])
store = QSettings(sys.argv[1], QSettings.Format.IniFormat)
workbench = Workbench(open_experiment("regression"), Settings(store))
workbench.show()

def painted():
    print(json.dumps([sorted(sys.modules), workbench.window.grab().isNull()]))
    workbench.window.close()

workbench.surveyor.map_ready.connect(lambda _map: QTimer.singleShot(0, painted))
application.exec()
gdviz_main(["render", "himmelblau", "-o", sys.argv[1] + ".png", "--size", "320x240"])
print(json.dumps("numba" in sys.modules))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> set[str]:
    store = tmp_path_factory.mktemp("settings") / "settings.ini"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(store)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    begun, rendered = done.stdout.splitlines()
    modules, unpainted = json.loads(begun)
    assert not unpainted
    assert store.with_name("settings.ini.png").exists()
    return {*modules, "numba"} if json.loads(rendered) else set(modules)


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_module_is_not_loaded_to_start(name, loaded):
    assert name not in loaded


@pytest.mark.parametrize("name", LATE)
def test_what_is_asked_for_later_is_loaded_later(name, loaded):
    assert name not in loaded


def test_what_draws_is_loaded(loaded):
    assert {"PySide6.QtWidgets", "pyqtgraph", "numpy", "contourpy"} <= loaded
