"""Frames that are painted in parts show what pictures of their steps show."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from gdviz.experiment import open_experiment
from gdviz.experiment.run_list import raced, retuned
from gdviz.export.figure import Figure
from gdviz.export.frames import Frames, pixels_of
from gdviz.export.way_marks import way_marks
from gdviz.optimizers import optimizer
from gdviz.views.pixel_item import PixelItem
from tests.export.material import computed, figure_spec


def opened(name, steps=40):
    experiment = open_experiment(name)
    run = replace(experiment.current, steps=steps)
    experiment = retuned(experiment, experiment.current, run)
    return experiment, computed(experiment)


def channels(image: QImage) -> np.ndarray:
    """Return a picture as an array (height, width, 4) of 0 to 255."""
    pixels = pixels_of(image)
    return np.stack([pixels >> shift & 255 for shift in (16, 8, 0, 24)], axis=-1).astype(np.int16)


def whole(figure, spec) -> np.ndarray:
    """Return what a figure paints in one go."""
    image = QImage(*spec.pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        figure.paint(painter, QRectF(image.rect()))
    return channels(image)


def still(shown, spec, step) -> np.ndarray:
    spec = replace(spec, step=step)
    return whole(Figure(*shown, spec), spec)


def check_alike(one, other, mean=0.1) -> None:
    """Pictures are equal but for how the ends of lines are smoothed."""
    away = np.abs(one - other).max(axis=-1)
    assert away.mean() < mean
    assert (away > 24).mean() < 0.02 * mean


def check(shown, spec, steps, mean=0.1) -> None:
    frames = Frames(Figure(*shown, spec), spec)
    for step in steps:
        check_alike(channels(frames.at(step)), still(shown, spec, step), mean)


@pytest.mark.parametrize(
    ("view", "theme"),
    [(view, "light") for view in ("contour", "surface", "curve", "history")] + [("all", "dark")],
)
def test_frames_equal_pictures(qapp, view, theme):
    check(opened("valley"), figure_spec(view, size=(320, 240), theme=theme), [0, 1, 7, 40])


def test_frames_of_odd_scales_without_background_equal_pictures(qapp):
    spec = figure_spec("all", size=(333, 251), scale=1.3, transparent=True)
    check(opened("regression", 20), spec, [0, 11, 20], mean=0.2)


def test_overlays_follow_the_step(qapp):
    names = ("level_line", "partials", "tangent_plane", "slice_plane")
    check(opened("valley"), figure_spec("all", size=(480, 360), overlays=names), [0, 3])


def test_frames_of_a_landscape_of_one_parameter_equal_pictures(qapp):
    check(opened("regression-w1", 12), figure_spec("all", size=(320, 240)), [0, 5, 12])


def test_going_back_shows_what_going_forth_has_shown(qapp):
    spec = figure_spec(size=(160, 120))
    frames = Frames(Figure(*opened("valley"), spec), spec)
    first = {step: channels(frames.at(step)) for step in (0, 3, 9)}
    for step in (9, 3, 0):
        away = np.abs(channels(frames.at(step)) - first[step])
        assert away.mean() < 0.05


def test_a_plot_whose_axes_change_is_painted_anew(qapp):
    experiment, trajectories = opened("valley", 12)
    shown, spec = (experiment.with_cut("ray"), trajectories), figure_spec("all", size=(480, 360))
    figure, reference = Figure(*shown, spec), Figure(*shown, spec)
    for one in (figure, reference):
        one.begin(0)
    frames = Frames(figure, spec)
    seen = []
    for step in (0, 1, 5, 12):
        seen.append(channels(frames.at(step)))
        reference.set_step(step)
        check_alike(seen[-1], whole(reference, spec))
    assert np.abs(seen[0] - seen[1]).mean() > 0.1


def test_a_legend_stays_where_it_is(qapp):
    experiment = open_experiment("valley")
    experiment = raced(experiment, [optimizer("gd", learning_rate=0.1), optimizer("adam")])
    spec = figure_spec(size=(480, 360))
    figure = Figure(experiment, computed(experiment), spec)
    reference = Figure(experiment, computed(experiment), spec)
    assert reference.legend is not None
    frames = Frames(figure, spec)
    for step in (0, 6):
        reference.set_step(step)
        check_alike(channels(frames.at(step)), whole(reference, spec), mean=0.2)


def test_all_that_takes_a_step_says_that_it_moves(qapp):
    def kinds(kind):
        for child in kind.__subclasses__():
            yield child
            yield from kinds(child)

    taking = [kind for kind in kinds(PixelItem) if hasattr(kind, "set_step")]
    assert len(taking) > 10
    for kind in taking:
        assert kind.moves is not PixelItem.moves, kind.__name__


def test_an_even_frame_has_one_more_column_of_background(qapp):
    shown, spec = opened("valley", 5), figure_spec(size=(161, 121))
    frames = Frames(Figure(*shown, spec), spec, even=True)
    assert (frames.width, frames.height) == (162, 122)
    image = channels(frames.at(5))
    np.testing.assert_array_equal(image[:, -1], np.broadcast_to(image[0, 0], (122, 4)))
    away = np.abs(image[:121, :161] - still(shown, spec, 5))
    assert away.mean() < 0.05


def test_marks_along_a_path_stay_where_they_are_while_it_grows():
    angles = np.linspace(0.0, 20.0, 400)
    radius = (100.0 + 12.0 * angles)[:, np.newaxis]
    path = radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    whole_path = way_marks(path, 0.5).tolist()
    parts = [way_marks(path, 0.5, end).tolist() for end in (3, 100, 250, 400)]
    for part in parts:
        assert all(mark in whole_path for mark in part)
    assert 0 == len(parts[0]) < len(parts[1]) < len(parts[2]) < len(parts[3])
