"""The legend of a picture with several runs: what it says, where it lies, how it looks."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF, QSizeF

from gdviz.engine import GradientNoise, MiniBatch
from gdviz.experiment import Run, open_experiment
from gdviz.export.figure import Figure
from gdviz.export.legend_entries import MOST_ENTRIES, legend_entries
from gdviz.export.legend_item import freest_corner
from gdviz.export.picture_files import write_png, write_svg
from gdviz.optimizers import optimizer, schedule
from gdviz.surfaces import Track
from gdviz.views.theme import THEMES
from tests.export.material import computed, export_spec, figure_spec, material_of

VALLEY = open_experiment("valley")
GD, ADAM = optimizer("gd", learning_rate=0.1), optimizer("adam", learning_rate=0.5)


def with_runs(*runs, source=VALLEY):
    return replace(source, runs=runs, draft=runs[0], selection=(0,))


def race(*names, start=(-3.0, 4.0)):
    kinds = [optimizer(name) for name in names]
    return with_runs(*[Run(kind, start, color=number) for number, kind in enumerate(kinds)])


def names(experiment, **options):
    rows = range(len(experiment.runs) + len(experiment.tracks))
    return [entry.name for entry in legend_entries(experiment, rows, **options)]


def test_different_optimizers_are_called_by_their_titles():
    assert names(race("gd", "adam", "bfgs")) == ["Gradient descent", "Adam", "BFGS"]


def test_what_differs_tells_runs_of_one_optimizer_apart():
    fast = replace(GD, learning_rate=0.2)
    two = with_runs(Run(GD, (1.0, 1.0)), Run(fast, (1.0, 1.0), color=1))
    assert names(two) == ["Learning rate 0.1", "Learning rate 0.2"]
    three = with_runs(*two.runs, Run(ADAM, (1.0, 1.0), color=2))
    assert names(three) == [
        "Gradient descent, learning rate 0.1",
        "Gradient descent, learning rate 0.2",
        "Adam",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schedule": schedule("cosine")}, ["Constant rate", "Cosine decay"]),
        ({"noise": GradientNoise(0.5)}, ["Whole gradient", "Noise 0.5"]),
        ({"noise": MiniBatch(1000)}, ["Whole gradient", "Batches of 1,000"]),
        ({"start": (0.0, -2.0)}, ["From (1, 1)", "From (0, −2)"]),
        ({"steps": 3000}, ["200 steps", "3,000 steps"]),
        ({"name": "Mine"}, ["Gradient descent", "Mine"]),
        ({}, ["Gradient descent", "Gradient descent"]),
    ],
)
def test_one_change_is_told(change, told):
    run = Run(GD, (1.0, 1.0))
    assert names(with_runs(run, replace(run, color=1, **change))) == told


def test_no_more_is_told_than_it_takes():
    slow, fast = GD, replace(GD, learning_rate=0.2)
    runs = [Run(slow, (1.0, 1.0)), Run(fast, (1.0, 1.0)), Run(fast, (2.0, 2.0))]
    runs = [replace(run, color=number) for number, run in enumerate(runs)]
    assert names(with_runs(*runs)) == [
        "Learning rate 0.1",
        "Learning rate 0.2, from (1, 1)",
        "Learning rate 0.2, from (2, 2)",
    ]


def test_flags_are_told_in_words():
    kinds = [optimizer("rmsprop"), optimizer("rmsprop", centered=True)]
    runs = [Run(kind, (1.0, 1.0), color=number) for number, kind in enumerate(kinds)]
    assert names(with_runs(*runs)) == ["Not centered", "Centered"]


def test_runs_of_one_color_and_name_share_an_entry():
    starts = [(float(number), 0.0) for number in range(20)]
    runs = [Run(GD, start) for start in starts] + [Run(ADAM, start, color=1) for start in starts]
    assert names(with_runs(*runs)) == ["Gradient descent", "Adam"]


def test_recorded_runs_have_their_files_names():
    track = Track("measured", np.array([[0.0, 0.0], [1.0, 1.0]]))
    experiment = with_runs(Run(GD, (1.0, 1.0))).recorded(track)
    assert names(experiment) == ["Gradient descent", "measured"]
    assert [entry.color for entry in legend_entries(experiment, (0, 1))] == [0, 1]


def test_one_run_or_a_crowd_has_no_legend():
    assert names(with_runs(Run(GD, (1.0, 1.0)))) == []
    for count in (MOST_ENTRIES, MOST_ENTRIES + 1):
        runs = [Run(GD, (0.1 * number, 0.0), color=number) for number in range(count)]
        assert len(names(with_runs(*runs))) == (count if count <= MOST_ENTRIES else 0)


def test_where_starts_are_seen_they_need_no_legend():
    runs = with_runs(Run(GD, (1.0, 1.0)), Run(GD, (2.0, 1.0), color=1))
    assert names(runs, starts_seen=True) == []
    assert names(runs) == ["From (1, 1)", "From (2, 1)"]


def test_hidden_runs_are_left_out(qapp):
    experiment = race("gd", "adam", "bfgs")
    hidden = replace(experiment.runs[1], hidden=True)
    experiment = replace(experiment, runs=(experiment.runs[0], hidden, experiment.runs[2]))
    written = svg(experiment, view="contour")
    assert "BFGS" in written
    assert "Adam" not in written


PLOT = QSizeF(400.0, 300.0)


@pytest.mark.parametrize(
    ("taken", "corner"),
    [
        ([], (True, True)),
        ([(380, 20)], (False, True)),
        ([(380, 20), (20, 20)], (True, False)),
        ([(380, 20), (20, 20), (380, 280)], (False, False)),
        ([(380, 20)] * 2 + [(20, 20)] * 3 + [(380, 280), (380, 280), (20, 280)], (False, False)),
    ],
)
def test_the_corner_that_covers_least_is_taken(taken, corner):
    points = [np.array([point], dtype=np.float64) for point in taken]
    plate = freest_corner(QSizeF(100.0, 50.0), PLOT, points)
    assert (plate.center().x() > 200.0, plate.center().y() < 150.0) == corner
    assert QRectF(0.0, 0.0, 400.0, 300.0).contains(plate)


def png(experiment, **spec) -> np.ndarray:
    file = io.BytesIO()
    write_png(material_of(experiment), export_spec(**spec), file, print)
    with Image.open(file) as picture:
        return np.asarray(picture.convert("RGB")).astype(np.int16)


def svg(experiment, **spec) -> str:
    file = io.BytesIO()
    write_svg(material_of(experiment), export_spec(**spec), file, print)
    return file.getvalue().decode()


def legend_of(experiment, **spec) -> tuple[Figure, QRectF]:
    """Return a figure, and where its legend's plate lies in the picture."""
    figure = Figure(experiment, computed(experiment), figure_spec(**spec))
    legend = figure.legend
    assert legend is not None
    return figure, legend.area


def near(pixels: np.ndarray, color: str, tolerance: int = 24) -> int:
    """Count the pixels of a color."""
    wanted = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    return int((np.abs(pixels - wanted).max(axis=-1) <= tolerance).sum())


def cut(picture: np.ndarray, area: QRectF) -> np.ndarray:
    top, bottom = round(area.top()), round(area.bottom())
    return picture[top:bottom, round(area.left()) : round(area.right())]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["contour", "surface", "history", "curve", "all"])
def test_each_run_has_its_color_and_words_beside_it(qapp, view, theme):
    experiment = race("gd", "momentum", "adam", "rmsprop", "bfgs", "lion")
    _, plate = legend_of(experiment, view=view, theme=theme)
    picture = cut(png(experiment, view=view, theme=theme), plate)
    look = THEMES[theme]
    for number in range(6):
        assert near(picture, look.run(number)) >= 40, number
    assert near(picture, look.text, 70) >= 300


@pytest.mark.parametrize("view", ["contour", "history", "data", "curve", "all"])
def test_one_run_is_drawn_as_without_a_legend(qapp, view):
    experiment = open_experiment("regression")
    figure = Figure(experiment, computed(experiment), figure_spec(view))
    assert figure.legend is None


def test_the_plate_keeps_off_the_paths_where_it_can(qapp):
    experiment = race("gd", "momentum", "adam", start=(7.0, 4.5))
    trajectories = computed(experiment)
    figure, plate = legend_of(experiment)
    legend = figure.legend
    for trajectory in trajectories:
        pixels = legend.pixel_map.pixels(trajectory.params[:, 0])
        on_plate = plate.translated(-legend.scenePos())
        assert not any(on_plate.contains(*point) for point in pixels.tolist())
    assert plate.left() < 480.0


def test_the_plate_keeps_off_the_paths_on_a_surface_too(qapp):
    experiment = race("gd", "momentum", "adam")
    figure, plate = legend_of(experiment, view="surface")
    on_plate = plate.translated(-figure.legend.scenePos())
    curves = figure._views["surface"].drawn_curves()
    assert len(curves) == 7  # three runs, the star, the words along three sides
    pixels = [figure.legend.pixel_map.pixels(curve) for curve in curves]
    assert not any(on_plate.contains(*point) for part in pixels for point in part.tolist())


def test_a_plate_that_would_hide_too_much_is_left_out(qapp):
    experiment = race(*["gd", "momentum", "adam", "rmsprop", "bfgs", "lion", "nadam", "newton"])
    assert not legend_of(experiment)[1].isEmpty()
    assert legend_of(experiment, size=(160, 140))[1].isEmpty()


def test_names_that_are_too_long_are_shortened(qapp):
    experiment = race("gd", "adam")
    long = replace(experiment.runs[0], name="A name that goes on and on " * 8)
    experiment = replace(experiment, runs=(long, experiment.runs[1]))
    _, plate = legend_of(experiment)
    assert QRectF(0.0, 0.0, 960.0, 720.0).contains(plate)
    assert "…" in svg(experiment)


def test_the_words_are_text_in_an_svg(qapp):
    root = ET.fromstring(svg(race("gd", "adam"), view="history"))
    words = {
        "".join(element.itertext()).strip() for element in root.iter() if "text" in element.tag
    }
    assert {"Gradient descent", "Adam"} <= words


def test_the_legend_has_its_look_at_every_scale(qapp):
    experiment = race("gd", "adam")
    _, plate = legend_of(experiment, size=(480, 360))
    single = png(experiment, size=(480, 360))
    double = png(experiment, size=(480, 360), scale=2.0)
    halved = double.reshape(360, 2, 480, 2, 3).mean(axis=(1, 3))
    assert np.abs(cut(single, plate) - cut(halved, plate)).mean() < 6.0


def test_the_history_draws_what_is_asked_for_on_a_logarithmic_axis(qapp):
    experiment = race("gd", "adam")
    pictures = [
        png(experiment, view="history", quantity=quantity, log=(False, log))
        for quantity in ("loss", "distance", "gradient", "step")
        for log in (False, True)
    ]
    for number, one in enumerate(pictures):
        assert all((one != other).any() for other in pictures[:number])
    assert "10" in svg(experiment, view="history")
