"""Sweeps in pictures: the map as an image, lines and words as shapes."""

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor

from gdviz.experiment import open_experiment
from gdviz.experiment.sweeping import sweep_of
from gdviz.experiment.whole_plane import SweepRange, SweepSpec, WholePlane
from gdviz.export.figure_areas import views_of
from gdviz.export.formats import FORMATS, write
from gdviz.optimizers import optimizer
from gdviz.views.sweep_item import failed_color
from gdviz.views.theme import LIGHT
from tests.export.material import export_spec, figure_spec, material_of

RANGES = (SweepRange("learning_rate", 0.01, 2.0), SweepRange("momentum", 0.0, 0.9))


@pytest.fixture(scope="module")
def plane(qapp):
    experiment = open_experiment("valley")
    run = replace(experiment.current, optimizer=optimizer("momentum", learning_rate=0.1))
    spec = WholePlane(sweep=SweepSpec(RANGES, steps=60))
    return replace(experiment, runs=(run,), draft=run, plane=spec)


def made(experiment, ending, view="sweep", **spec):
    file = io.BytesIO()
    write(FORMATS[ending], material_of(experiment), export_spec(view, **spec), file)
    return file.getvalue()


def words_in(root):
    """Return all words of an SVG, without spaces: they are cut where fonts change."""
    texts = (part.itertext() for part in root.iter() if part.tag.endswith("text"))
    return "".join("".join("".join(text).split()) for text in texts)


def test_a_picture_has_the_map_with_what_diverged_apart(plane):
    with Image.open(io.BytesIO(made(plane, "png", size=(480, 320)))) as picture:
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    for color in (failed_color(LIGHT), "#440154"):
        wanted = np.array(QColor(color).getRgb()[:3])
        assert (np.abs(pixels.astype(int) - wanted).max(axis=1) <= 2).sum() > 500


def test_a_vector_picture_has_one_image_and_words(plane):
    root = ET.fromstring(made(plane, "svg", size=(560, 360)))
    images = [part for part in root.iter() if part.tag.endswith("image")]
    assert len(images) == 1
    words = words_in(root)
    for word in ("learningrateη", "momentumμ", "diverged", "2(1+μ)/λmax", "lowestat"):
        assert word in words, word


def test_a_curve_has_no_image(qapp):
    written = made(open_experiment("valley"), "svg", size=(560, 360))
    root = ET.fromstring(written)
    assert not [part for part in root.iter() if part.tag.endswith("image")]
    assert "bound2/λmax=0.5" in words_in(root)


def test_all_views_include_it_only_where_the_window_shows_it(plane):
    landscape = plane.landscape
    assert "sweep" not in views_of(landscape, figure_spec("all"))
    assert "sweep" in views_of(landscape, figure_spec("all", companion="sweep"))
    with Image.open(io.BytesIO(made(plane, "png", "all", companion="sweep"))) as picture:
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    wanted = np.array(QColor(failed_color(LIGHT)).getRgb()[:3])
    assert (np.abs(pixels.astype(int) - wanted).max(axis=1) <= 2).sum() > 200


def test_without_runs_a_picture_says_so(plane):
    written = made(plane.cleared(), "svg", size=(400, 300))
    assert "Noruntosweep" in words_in(ET.fromstring(written))


def test_the_sweep_of_a_figure_is_that_of_the_experiment(plane):
    sweep = sweep_of(plane)
    assert [axis.name for axis in sweep.axes] == ["learning_rate", "momentum"]
    assert sweep.steps == 60
    assert sweep.start == plane.current.start
