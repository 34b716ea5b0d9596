"""Pictures: their size, their look at every scale, and what they show."""

from __future__ import annotations

import io
import shutil
import subprocess
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF

from gdviz.errors import UserError
from gdviz.experiment import open_experiment
from gdviz.experiment.camera import CAMERAS
from gdviz.export.figure import Figure
from gdviz.export.figure_areas import figure_areas
from gdviz.export.picture_files import write_png, write_svg
from gdviz.views.theme import THEMES
from tests.export.material import computed, export_spec, figure_spec, material_of


@pytest.fixture
def valley(qapp):
    experiment = open_experiment("valley")
    return experiment, computed(experiment)


def png(shown, **spec) -> np.ndarray:
    """Return a picture as an array (height, width, 4) of 0 to 255."""
    file = io.BytesIO()
    write_png(material_of(*shown), export_spec(**spec), file, print)
    with Image.open(file) as picture:
        return np.asarray(picture.convert("RGBA")).astype(np.int16)


def color(text: str) -> list[int]:
    return [int(text[start : start + 2], 16) for start in (1, 3, 5)]


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Return the mean difference of two pictures in levels of 255."""
    return float(np.abs(one[..., :3] - other[..., :3]).mean())


@pytest.mark.parametrize("view", ["contour", "curve", "all"])
def test_a_picture_has_its_size_times_its_scale(valley, view):
    assert png(valley, view=view, size=(400, 300), scale=1.5).shape == (450, 600, 4)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_background_is_the_themes(valley, theme):
    picture = png(valley, theme=theme)
    assert picture[0, 0].tolist() == [*color(THEMES[theme].panel), 255]


def test_a_transparent_picture_has_no_background(valley):
    picture = png(valley, transparent=True)
    assert picture[0, 0, 3] == 0
    assert picture[360, 480, 3] == 255


@pytest.mark.parametrize("view", ["contour", "curve"])
def test_lines_and_letters_keep_their_look_at_every_scale(valley, view):
    """A picture of twice the scale, halved, is the picture of the single scale."""
    single = png(valley, view=view, size=(480, 360))
    double = png(valley, view=view, size=(480, 360), scale=2.0)
    halved = double.reshape(360, 2, 480, 2, 4).mean(axis=(1, 3))
    assert difference(single, halved) < 3.0


def test_pictures_of_different_steps_differ(valley):
    assert difference(png(valley, step=2), png(valley, step=30)) > 0.05


def test_a_step_beyond_the_end_shows_the_end(valley):
    np.testing.assert_array_equal(png(valley, step=10**9), png(valley))


def test_the_marks_stand_where_their_numbers_say(valley):
    size = (960, 720)
    spec = figure_spec(size=size, step=4)
    figure = Figure(*valley, spec)
    box = figure._views["contour"].box
    picture = png(valley, size=size, step=4)

    def pixel(x: float, y: float) -> list[int]:
        at = box.mapViewToScene(QPointF(x, y))
        return picture[round(at.y()), round(at.x()), :3].tolist()

    theme = THEMES["light"]
    assert pixel(2.0, 0.0) == pytest.approx(color(theme.minimum), abs=8)
    x, y = 2 - 5 * 0.8**4, 4 * 0.6**4
    assert pixel(x, y) == pytest.approx(color(theme.run(0)), abs=8)
    halfway = ((-3 + -2) / 2, (4 + 2.4) / 2)
    assert pixel(*halfway) == pytest.approx(color(theme.run(0)), abs=40)
    assert pixel(-3.0, -4.0) != pytest.approx(color(theme.run(0)), abs=40)


def test_a_curve_is_drawn_of_a_landscape_of_one_parameter(qapp):
    experiment = open_experiment("regression-w1")
    shown = experiment, computed(experiment)
    for view in ("curve", "all"):
        assert png(shown, view=view).std() > 5.0
    for view in ("contour", "surface"):
        with pytest.raises(UserError, match=f"one parameter has no {view} view"):
            png(shown, view=view)


def test_a_bare_landscape_is_drawn_too(qapp):
    experiment = open_experiment("valley").cleared()
    assert png((experiment, []), view="all").std() > 5.0


def svg(shown, **spec) -> bytes:
    file = io.BytesIO()
    write_svg(material_of(*shown), export_spec(**spec), file, print)
    return file.getvalue()


def test_an_svg_of_a_surface_has_its_mesh_as_one_image_and_all_else_as_shapes(valley):
    root = ET.fromstring(svg(valley, view="surface", overlays=("slice_plane",)))
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    words = {
        "".join(element.itertext()).strip() for element in root.iter() if "text" in element.tag
    }
    assert {"x", "y", "loss", "0"} <= words
    assert names.count("image") == 1
    assert names.count("polyline") + names.count("path") > 30


def test_a_surface_has_its_camera_and_its_planes(valley):
    corner = png(valley, view="surface")
    assert difference(corner, png(valley, view="surface")) == 0.0
    for spec in (
        {"camera": CAMERAS["above"]},
        {"heights": "colors"},
        {"overlays": ("slice_plane",)},
        {"overlays": ("tangent_plane",)},
        {"step": 2},
    ):
        assert difference(corner, png(valley, view="surface", **spec)) > 0.02, spec


@pytest.mark.parametrize("size", [(960, 720), (720, 960), (1200, 400)])
@pytest.mark.parametrize("name", ["valley", "regression"])
def test_all_views_have_places_of_their_own(qapp, name, size):
    landscape = open_experiment(name).landscape
    areas = figure_areas(landscape, figure_spec("all", size=size))
    expected = {"contour", "surface", "curve", "history"}
    assert set(areas) == expected | ({"data"} if name == "regression" else set())
    places = list(areas.values())
    covered = sum(place.width() * place.height() for place in places)
    assert covered == pytest.approx(size[0] * size[1])
    for number, place in enumerate(places):
        for other in places[number + 1 :]:
            shared = place.intersected(other)
            assert shared.width() * shared.height() == pytest.approx(0.0, abs=1e-6)


def test_an_svg_has_words_as_text_and_lines_as_paths(valley):
    root = ET.fromstring(svg(valley, view="all"))
    names = [element.tag.rpartition("}")[2] for element in root.iter()]
    words = {
        "".join(element.itertext()).strip() for element in root.iter() if "text" in element.tag
    }
    assert {"x", "y", "loss"} <= words
    assert names.count("image") == 2  # the field of the contour view, and the surface
    assert names.count("polyline") + names.count("path") > 20
    assert root.get("viewBox") == "0 0 960 720"


@pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="rsvg-convert is not installed")
@pytest.mark.parametrize("view", ["contour", "surface", "curve", "all"])
def test_another_program_draws_the_svg_as_we_draw_the_png(valley, view, tmp_path):
    source, drawn = tmp_path / "valley.svg", tmp_path / "valley.png"
    source.write_bytes(svg(valley, view=view))
    subprocess.run(["rsvg-convert", "-b", "white", "-o", drawn, source], check=True)
    with Image.open(drawn) as picture:
        theirs = np.asarray(picture.convert("RGBA")).astype(np.int16)
    ours = png(valley, view=view)
    assert theirs.shape == ours.shape
    assert difference(ours, theirs) < 4.0


@pytest.mark.parametrize(
    "spec",
    [
        {"view": "side"},
        {"heights": "steep"},
        {"theme": "blue"},
        {"size": (99, 400)},
        {"size": (400, 30_001)},
        {"scale": 0.0},
        {"scale": float("nan")},
        {"size": (20_000, 20_000)},
        {"step": -1},
    ],
    ids=str,
)
def test_a_picture_that_cannot_be_is_refused(spec):
    with pytest.raises(UserError):
        figure_spec(**spec)
