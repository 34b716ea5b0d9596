"""Where there is an X server there is OpenGL: the surface looks the same with it."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, sys
import numpy as np
from PySide6.QtWidgets import QApplication

application = QApplication([])
from gdviz.engine import contour_map
from gdviz.landscapes import preset
from gdviz.experiment.camera import Camera
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.colors import vertex_colors
from gdviz.views.surface.heights import height_scale
from gdviz.views.surface.mesh import surface_mesh
from gdviz.views.surface.rasterizer import render

try:
    from gdviz.views.surface.gl_renderer import GlRenderer

    opengl = GlRenderer()
except RuntimeError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit()
told = []
for name in ("valley", "rosenbrock", "himmelblau"):
    landscape = preset(name).build()
    field = contour_map(landscape, landscape.domain, (90, 120))
    mesh = surface_mesh(field, height_scale(field))
    colors = vertex_colors(mesh, "viridis")
    above = Camera(-90.0, 90.0, perspective=0.0)
    for camera in (Camera(), Camera(130.0, 8.0, 2.0, (0.2, -0.1)), above):
        projection = Projection.of(camera, 320, 210)
        for factor in (1.0, 2.0):
            one = opengl.render(mesh, colors, projection, factor)
            other = render(mesh, colors, projection, factor)
            away = np.abs(
                one.colors.view(np.uint8).astype(int) - other.colors.view(np.uint8).astype(int)
            ).reshape(*one.colors.shape, 4).max(axis=-1)
            both = (one.depths != 0) & (other.depths != 0)
            depth = (one.depths & 0xFFFFFF).astype(int) - (other.depths & 0xFFFFFF).astype(int)
            told.append({
                "drawn": float((one.depths != 0).mean()),
                "other coverage": float(((one.depths != 0) != (other.depths != 0)).mean()),
                "other colors": float((away > 4).mean()),
                "other depths": float((np.abs(depth[both]) > 64).mean()),
            })
print(json.dumps(told))
"""
LOOK = """
import sys
from PySide6.QtWidgets import QApplication

application = QApplication([])
import pyqtgraph as pg
from gdviz.engine import contour_map
from gdviz.landscapes import Valley
from gdviz.views.surface_view import SurfaceView
from gdviz.views.theme import LIGHT

view = SurfaceView()
window = pg.GraphicsView()
window.setCentralItem(view.plot)
window.resize(400, 300)
view.set_theme(LIGHT)
view.set_landscape(Valley())
view.set_field(contour_map(Valley(), Valley().domain, (60, 80)))
window.show()
application.processEvents()
window.grab()
print(repr(view.note))
"""


def run(program, environment):
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_opengl_and_numpy_draw_the_same(environment):
    told = json.loads(run(PROGRAM, environment))
    if isinstance(told, dict):
        pytest.skip(told["missing"])
    for picture in told:
        assert picture["drawn"] > 0.1
        assert picture["other coverage"] < 1e-3
        assert picture["other colors"] < 3e-3
        assert picture["other depths"] < 3e-3


def test_with_opengl_the_view_has_nothing_to_say(environment):
    told = json.loads(run(PROGRAM, environment))
    if isinstance(told, dict):
        pytest.skip(told["missing"])
    assert run(LOOK, environment) == "''\n"


def test_on_a_platform_without_opengl_there_is_a_line_about_it(environment):
    bare = {name: value for name, value in environment.items() if name != "DISPLAY"}
    told = run(LOOK, bare | {"QT_QPA_PLATFORM": "offscreen"})
    assert told == "'No OpenGL here: drawn without it, more slowly'\n"


def test_the_window_shows_it_and_closes_without_a_word(launch):
    desk = launch("valley")
    before = desk.still_picture()
    desk.key("v")
    desk.still_picture(unlike=before)
    desk.close()
    assert desk.wait_for_exit()[0] == 0
    assert desk.told() == ""
