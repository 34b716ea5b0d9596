"""The ball and the region of trust in pictures and films."""

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from gdviz.cli.main import main
from gdviz.engine.sensitivity import sensitivity
from gdviz.experiment import open_experiment
from gdviz.export.figure import Figure
from gdviz.export.frames import Frames, pixels_of
from gdviz.export.picture_files import write_svg
from gdviz.numbers import format_number
from gdviz.views.theme import LIGHT
from tests.export.material import computed, export_spec, figure_spec, material_of

BOTH = ("ball", "trust_region")


def words(shown, **spec):
    """Return what is written in a picture."""
    file = io.BytesIO()
    write_svg(material_of(*shown), export_spec("contour", letters="text", **spec), file, print)
    return " ".join(ET.fromstring(file.getvalue()).itertext())


@pytest.fixture
def himmelblau(qapp):
    experiment = open_experiment("himmelblau")
    return experiment, computed(experiment)


def test_a_picture_says_how_high_it_is_in_the_ball(himmelblau):
    experiment, trajectories = himmelblau
    assert "highest" not in words(himmelblau)
    small = words(himmelblau, overlays=BOTH)
    assert "highest 15.03" in small
    assert "quadratic model right to 10 %" in small
    spec = replace(experiment.plane.sensitivity, radius=0.1)
    wider = replace(experiment, plane=replace(experiment.plane, sensitivity=spec))
    end = trajectories[0].params[-1, 0]
    highest = sensitivity(experiment.landscape, end, 0.1).highest.loss
    assert f"highest {format_number(highest)}" in words((wider, trajectories), overlays=BOTH)


def test_without_a_run_a_picture_looks_at_the_minimum(himmelblau):
    bare = himmelblau[0].cleared()
    assert "highest 11.71" in words((bare, []), overlays=("ball",))


def test_a_film_follows_the_point(himmelblau):
    spec = figure_spec("contour", size=(240, 180), overlays=BOTH)
    frames = Frames(Figure(*himmelblau, spec), spec)
    for step in (0, 5):
        frame = pixels_of(frames.at(step)).copy()
        whole = Frames(Figure(*himmelblau, spec), spec)
        assert np.mean(frame != pixels_of(whole.at(step))) < 0.01


def test_the_surface_has_the_ball_and_its_worst_point_in_their_colors(qapp):
    experiment = open_experiment("valley")
    shown = experiment, computed(experiment)
    seen = {}
    for names in ((), ("ball",)):
        spec = figure_spec("surface", size=(640, 480), overlays=names)
        frame = pixels_of(Frames(Figure(*shown, spec), spec).at(3)) & 0xFFFFFF
        for color in (LIGHT.text, LIGHT.warning):
            seen[names, color] = np.count_nonzero(frame == int(color[1:], 16))
    for color in (LIGHT.text, LIGHT.warning):
        assert seen[("ball",), color] > seen[(), color] + 20, color


def test_the_command_line_shows_them(tmp_path, qapp):
    for name, shown in (("bare", []), ("both", ["--show", "ball", "--show", "trust_region"])):
        picture = tmp_path / f"{name}.png"
        assert main(["render", "valley", "--size", "200x150", *shown, "-o", str(picture)]) == 0
    assert (tmp_path / "bare.png").read_bytes() != (tmp_path / "both.png").read_bytes()
