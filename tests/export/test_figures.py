"""Figures for print: sizes, words, colors, and what other programs make of the files."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from gdviz.engine import SCALES, Scale, round_losses
from gdviz.experiment import Run, open_experiment
from gdviz.export.figure import Figure
from gdviz.export.figure_areas import figure_areas
from gdviz.export.figure_sizes import PRESETS, sizing
from gdviz.export.figure_words import wrapped
from gdviz.export.formats import FORMATS, write
from gdviz.export.legend_strip import LegendStrip
from gdviz.optimizers import optimizer
from gdviz.views.fonts import font
from gdviz.views.mark_shapes import SHAPES, shape_of
from gdviz.views.theme import THEMES
from tests.export.image_check import assert_alike, opened
from tests.export.material import computed, export_spec, figure_spec, material_of
from tests.export.words import problems, words_of

TITLE, CAPTION = "Wettlauf: 3 Läufe", "Three runs from one start; the star is the minimum. " * 2
WORDS = {"title": TITLE, "caption": CAPTION, "colorbar": True}
SVG = "{http://www.w3.org/2000/svg}"


def needs(*programs):
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed")


def race(*names, source="valley", start=(-3.0, 4.0)):
    experiment = open_experiment(source)
    kinds = [optimizer(name) for name in names]
    runs = tuple(Run(kind, start, color=number) for number, kind in enumerate(kinds))
    return replace(experiment, runs=runs, draft=runs[0], selection=(0,))


@pytest.fixture(scope="module")
def racing(qapp):
    experiment = race("gd", "momentum", "adam")
    return experiment, computed(experiment)


def made(shown, ending, view="contour", **spec) -> bytes:
    file = io.BytesIO()
    write(FORMATS[ending], material_of(*shown), export_spec(view, **spec), file)
    return file.getvalue()


def run(*command) -> str:
    done = subprocess.run([*map(str, command)], check=True, capture_output=True)
    return done.stdout.decode()


# --- sizes ---


@pytest.mark.parametrize(
    ("size", "pixels", "points"),
    [
        (PRESETS["column"].sizing(), (1039, 780), (88 / 25.4 * 72, 66 / 25.4 * 72)),
        (sizing(300, 200, "px"), (300, 200), (225.0, 150.0)),
        (sizing(2, 1.5, "in", dpi=150), (300, 225), (144.0, 108.0)),
    ],
    ids=["column", "px", "in"],
)
def test_every_file_has_the_size_that_was_asked_for(racing, size, pixels, points):
    spec = {"size": size.size, "scale": size.scale, "dpi": size.dpi}
    with Image.open(io.BytesIO(made(racing, "png", "history", **spec))) as picture:
        assert picture.size == pixels
        assert picture.info["dpi"] == pytest.approx((size.dpi, size.dpi), abs=0.02)
    root = ET.fromstring(made(racing, "svg", "history", **spec))
    wanted = [point / 72.0 * 96.0 for point in points]
    assert [float(root.get(side)) for side in ("width", "height")] == pytest.approx(wanted, 1e-4)
    box = [float(number) for number in root.get("viewBox").split()]
    assert box == pytest.approx([0.0, 0.0, *size.size], abs=1e-3)
    pdf = made(racing, "pdf", "history", **spec)
    ((width, height),) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert (float(width), float(height)) == pytest.approx(points, abs=1e-3)


def test_a_png_says_what_it_shows(racing):
    for spec, title in (({"title": TITLE}, TITLE), ({}, racing[0].title)):
        with Image.open(io.BytesIO(made(racing, "png", "history", size=(200, 150), **spec))) as one:
            assert one.text["Title"] == title


# --- the same picture in every format ---


@pytest.mark.parametrize(
    ("view", "spec"),
    [
        ("contour", {"field": "contours", **WORDS}),
        ("contour,history,surface", {**WORDS, "theme": "dark"}),
        ("all", {}),
    ],
    ids=["contours", "dark", "all"],
)
@needs("pdftoppm", "rsvg-convert")
def test_other_programs_draw_what_the_png_shows(racing, tmp_path, view, spec):
    spec = {"size": (480.0, 360.0), "letters": "outlines", **spec}
    (tmp_path / "one.png").write_bytes(made(racing, "png", view, **spec))
    (tmp_path / "one.svg").write_bytes(made(racing, "svg", view, **spec))
    (tmp_path / "one.pdf").write_bytes(made(racing, "pdf", view, **spec))
    run("rsvg-convert", "-o", tmp_path / "svg.png", tmp_path / "one.svg")
    run("pdftoppm", "-png", "-singlefile", "-r", 96, tmp_path / "one.pdf", tmp_path / "pdf")
    ours = opened(tmp_path / "one.png")
    name = view.replace(",", "-")
    assert_alike(opened(tmp_path / "svg.png"), ours, f"svg-{name}", 3.0)
    assert_alike(opened(tmp_path / "pdf.png"), ours, f"pdf-{name}", 4.0)


def test_filled_contours_have_the_images_colors_and_no_seams(racing):
    spec = {"size": (400, 300), "scale": 0.9, "legend": False}
    pictures = [
        opened(io.BytesIO(made(racing, "png", field=field, **spec)))
        for field in ("image", "contours")
    ]
    away = np.abs(pictures[0] - pictures[1])
    assert away.mean() < 1.5
    assert away[15:215, 60:340].max() < 24  # but for the plot's edges
    root = ET.fromstring(made(racing, "svg", field="contours", size=(400, 300)))
    assert not list(root.iter(f"{SVG}image"))


def test_a_figure_at_twice_the_scale_is_the_same_figure(racing):
    spec = {"size": (360, 270), **WORDS}
    single = opened(io.BytesIO(made(racing, "png", "contour,history", **spec)))
    double = opened(io.BytesIO(made(racing, "png", "contour,history", scale=2.0, **spec)))
    halved = double.reshape(270, 2, 360, 2, 3).mean(axis=(1, 3))
    assert_alike(single, halved, "scale", 4.0)


# --- words ---


@needs("pdftotext", "pdffonts")
def test_text_can_be_searched_and_outlines_need_no_fonts(racing, tmp_path):
    spec = {"size": (480.0, 360.0), **WORDS}
    for letters in ("text", "outlines"):
        path = tmp_path / f"{letters}.pdf"
        path.write_bytes(made(racing, "pdf", letters=letters, **spec))
        found, fonts = run("pdftotext", "-layout", path, "-"), run("pdffonts", path).splitlines()
        words = {
            "".join(text.itertext()).strip()
            for text in ET.fromstring(made(racing, "svg", letters=letters, **spec)).iter(
                f"{SVG}text"
            )
        }
        if letters == "text":
            assert TITLE in found
            assert {"−2", "0", "5"} <= set(found.split())
            assert len(fonts) == 4  # two lines of heading, two weights of letters
            assert {TITLE, "x", "y", "loss", "−2"} <= words
        else:
            assert not found.strip()
            assert len(fonts) == 2
            assert not words


def test_the_same_picture_is_the_same_pdf(racing):
    one, other = (made(racing, "pdf", "history", size=(300, 200), title=TITLE) for _ in range(2))
    assert one == other
    assert b"CreationDate" not in one
    assert TITLE.encode("utf-16-be") in one
    assert made(racing, "pdf", "history", size=(300, 200), title="Other") != one


SIZES = [(100, 100), (160, 120), (332.6, 249.4), (249, 332), (480, 360), (960, 400)]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("extra", [{}, WORDS], ids=["bare", "words"])
@pytest.mark.parametrize("names", [("gd",), ("gd", "momentum", "adam")], ids=["one", "three"])
def test_words_neither_overlap_nor_are_cut_off(qapp, size, extra, names):
    experiment = race(*names)
    trajectories = computed(experiment)
    for view in ("contour", "curve", "history", "contour,history,curve"):
        figure = Figure(experiment, trajectories, figure_spec(view, size=size, step=3, **extra))
        words = words_of(figure, size)
        assert list(problems(words, size)) == [], view
        if min(size) > 200:
            assert len(words) > 8, view


@pytest.mark.parametrize("size", [(160, 120), (480, 360)], ids=str)
def test_words_about_a_surface_and_data_keep_apart_too(qapp, size):
    experiment = race("gd", "momentum", "qhm", source="regression", start=(0.0, 0.0))
    trajectories = computed(experiment)
    for view in ("surface,data", "all"):
        figure = Figure(experiment, trajectories, figure_spec(view, size=size, step=3))
        assert list(problems(words_of(figure, size), size)) == [], view


def test_axes_have_no_names_where_none_are_wanted(racing):
    named, plain = (
        {word.text for word in words_of(Figure(*racing, spec), (480, 360))}
        for spec in (
            figure_spec("contour", size=(480, 360), colorbar=True, labels=labels)
            for labels in (True, False)
        )
    )
    assert {"x", "y", "loss"} <= named
    assert not {"x", "y", "loss"} & plain
    assert {"0", "−2"} <= plain


def test_title_and_caption_are_where_they_belong(racing):
    size = (480, 360)
    words = words_of(Figure(*racing, figure_spec("contour,history", size=size, **WORDS)), size)
    places = {word.text: word.ink.boundingRect() for word in words}
    assert places[TITLE].bottom() < 40.0
    caption = [
        place for text, place in places.items() if text and text in CAPTION and len(text) > 9
    ]
    assert len(caption) == 2
    assert min(place.top() for place in caption) > 310.0
    assert {"(a)", "(b)"} <= set(places)
    bare = words_of(Figure(*racing, figure_spec("contour,history", size=size)), size)
    assert not {"(a)", TITLE} & {word.text for word in bare}


def test_lines_are_broken_between_words_and_the_last_one_is_cut_short(qapp):
    letters = font(12)
    lines = wrapped("one two three four five six seven eight nine ten", letters, 90.0, 9)
    assert " ".join(lines) == "one two three four five six seven eight nine ten"
    assert len(lines) > 3
    assert wrapped("one two three four five six", letters, 60.0, 2)[-1].endswith("…")
    assert wrapped("first\nsecond", letters, 500.0, 5) == ("first", "second")


# --- colors ---


@pytest.mark.parametrize("scaling", [name for name in SCALES if name != "auto"])
def test_a_colorbars_numbers_stand_at_their_colors(qapp, scaling):
    experiment = open_experiment("valley").scaled(scaling)
    shown = experiment, computed(experiment)
    spec = {"size": (480, 360), "colorbar": True}
    figure = Figure(*shown, figure_spec("contour", **spec))
    picture = opened(io.BytesIO(made(shown, "png", **spec)))
    bar, field = figure.colorbar, figure._made._parts.map
    table = pg.colormap.get("viridis").getLookupTable(0.0, 1.0, 256, alpha=False)
    assert len(bar.ticks) >= 3
    for _shade, loss, _text in bar.ticks:
        expected = table[round(float(field.scale.shade(np.array(loss))) * 255.0)]
        row = round(bar.place(float(field.scale.shade(np.array(loss)))))
        at = picture[min(max(row, 0), 359), round(bar.bar.center().x())]
        assert at.tolist() == pytest.approx(expected.tolist(), abs=8), loss
    plot = figure._views["contour"].box.sceneBoundingRect()
    assert (bar.bar.top(), bar.bar.bottom()) == pytest.approx((plot.top(), plot.bottom()))


def test_round_losses_are_round_and_within_the_scale():
    assert round_losses(Scale(4.0, 120.0, 2.3), 6) == (5.0, 10.0, 20.0, 40.0, 60.0, 100.0)
    assert round_losses(Scale(0.0, 87.0, 1.0, "linear"), 6) == (0.0, 20.0, 40.0, 60.0, 80.0)
    powers = round_losses(Scale(1e-6, 300.0, 1.0, "log"), 5)
    assert powers == pytest.approx((1e-6, 1e-4, 1e-2, 1.0, 100.0))
    assert round_losses(Scale(1.0, 1.0, 1.0), 6) == ()
    for scale in (Scale(-30.0, 3000.0, 1.0, "symlog", 1.0), Scale(0.0, 1e-320, 2.0)):
        losses = round_losses(scale, 8)
        assert list(losses) == sorted(set(losses))
        assert all(scale.low <= loss <= scale.high for loss in losses)


@pytest.mark.parametrize("view", ["surface", "history", "data"])
def test_a_transparent_picture_has_no_ground_of_its_own(qapp, view):
    experiment = open_experiment("regression")
    shown = experiment, computed(experiment)
    file = io.BytesIO(made(shown, "png", view, size=(300, 220), transparent=True))
    with Image.open(file) as picture:
        pixels = np.asarray(picture.convert("RGBA")).astype(np.int16)
    theme = THEMES["light"]
    for ground in (theme.panel, theme.field):
        color = [int(ground[place : place + 2], 16) for place in (1, 3, 5)]
        solid = (pixels[..., 3] == 255) & (np.abs(pixels[..., :3] - color).max(axis=-1) <= 1)
        # A halo is some pixels of it, a ground would be thousands.
        assert solid.sum() < 400


# --- which run is which ---


def test_runs_have_shapes_where_there_are_several(racing):
    assert len({(number % 7, shape_of(number)) for number in range(7 * len(SHAPES))}) == 56
    looks = Figure(*racing, figure_spec("contour"))._made._shown.looks
    assert [look.shape for look in looks] == [0, 1, 2]
    alone = race("momentum")
    assert Figure(alone, computed(alone), figure_spec("contour"))._made._shown.looks[0].shape == 0


def test_a_legend_that_would_cover_a_run_stands_beneath(qapp):
    experiment = race("gd", "momentum", "adam", "rmsprop", "bfgs", "lion")
    figure = Figure(experiment, computed(experiment), figure_spec("contour", size=(300, 260)))
    assert isinstance(figure.legend, LegendStrip)
    assert figure.legend.area.top() >= figure._views["contour"].plot.geometry().bottom()
    without = figure_spec("contour", size=(300, 260), legend=False)
    assert Figure(experiment, computed(experiment), without).legend is None


# --- steps and places ---


def test_another_step_is_what_a_figure_of_that_step_shows(racing):
    def painted(figure) -> bytes:
        image = QImage(360, 270, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        with QPainter(image) as painter:
            figure.paint(painter, QRectF(0.0, 0.0, 360.0, 270.0))
        return bytes(image.constBits())

    spec = {"size": (360, 270), "legend": False}
    moved = Figure(*racing, figure_spec("contour,history", **spec))
    assert moved.step == moved.last_step == 200
    moved.set_step(7)
    still = painted(Figure(*racing, figure_spec("contour,history", step=7, **spec)))
    assert painted(moved) == still
    moved.set_step(None)
    assert painted(moved) != still


@pytest.mark.parametrize("size", [(900, 600), (300, 900), (1500, 400)], ids=str)
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_any_number_of_views_fills_the_picture(count, size):
    views = ("history", "contour", "data", "surface", "curve")[:count]
    landscape = open_experiment("regression").landscape
    areas = figure_areas(landscape, figure_spec(",".join(views), size=size))
    assert tuple(areas) == views
    places = list(areas.values())
    assert sum(place.width() * place.height() for place in places) == pytest.approx(
        size[0] * size[1]
    )
    for number, place in enumerate(places):
        for other in places[number + 1 :]:
            shared = place.intersected(other)
            assert shared.width() * shared.height() == pytest.approx(0.0, abs=1e-6)


def test_plots_side_by_side_and_above_one_another_line_up(racing):
    for size in ((900, 400), (400, 900)):
        figure = Figure(*racing, figure_spec("contour,history", size=size, colorbar=True))
        one, other = (view.box.sceneBoundingRect() for view in figure._views.values())
        if size[0] > size[1]:
            assert (one.top(), one.bottom()) == (other.top(), other.bottom())
        else:
            assert (one.left(), one.right()) == (other.left(), other.right())
