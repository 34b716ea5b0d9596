"""Swarms in figures and films."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.experiment import open_experiment
from gdviz.experiment.swarm import thinned
from gdviz.experiment.whole_plane import Stroke, SwarmSpec, WholePlane
from gdviz.export.figure import Figure
from gdviz.export.film import write_gif
from gdviz.export.film_spec import FilmSpec
from gdviz.export.frames import Frames, pixels_of
from gdviz.export.picture_files import write_svg
from gdviz.export.picture_image import picture_image
from gdviz.views.contour_view import ContourView
from tests.export.material import computed, export_spec, figure_spec, material_of
from tests.export.test_frames import channels, check_alike, still

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = (320.0, 240.0)


def experiment_with(**spec):
    experiment = open_experiment("valley")
    return replace(experiment, plane=WholePlane(swarm=SwarmSpec(**spec)))


def picture(experiment, **spec):
    chosen = figure_spec(size=SIZE, **spec)
    figure = Figure(experiment, computed(experiment), chosen)
    image = picture_image(figure, chosen.pixels)
    return figure, pixels_of(image).copy()


def view_of(figure, name) -> ContourView:
    view = figure._views[name]
    assert isinstance(view, ContourView)
    return view


def test_dots_are_drawn_where_the_runs_are():
    bare = experiment_with()
    one = experiment_with(kind="brush", strokes=(Stroke((-4.0, -3.0), (1e-6, 1e-6), 1),))
    figure, with_dot = picture(one, view="swarm", step=0)
    _, without = picture(bare, view="contour", step=0)
    rows, columns = np.nonzero(with_dot != without)
    view = view_of(figure, "swarm")
    at = view.box.mapViewToScene(view.box.mapToView(view.box.rect().topLeft()))
    place = view.swarm.pixel_map.pixel(-4.0, -3.0)
    assert abs(columns.mean() - (at.x() + place.x())) < 1.5
    assert abs(rows.mean() - (at.y() + place.y())) < 1.5
    assert np.ptp(columns) < 8
    assert np.ptp(rows) < 8


def test_what_is_shown_in_the_window_is_shown_in_the_contour_view_and_in_all():
    shown, hidden = experiment_with(shown=True, count=400), experiment_with(count=400)
    for view in ("contour", "all"):
        assert view_of(picture(shown, view=view, step=2)[0], "contour").swarm.picture is not None
        assert view_of(picture(hidden, view=view, step=2)[0], "contour").swarm.picture is None
    both, _ = picture(hidden, view="contour,swarm", step=2)
    assert view_of(both, "contour").swarm.picture is None
    assert view_of(both, "swarm").swarm.picture.step == 2


def test_a_density_has_the_resolution_of_the_picture():
    experiment = experiment_with(count=90_000)
    figure, _ = picture(experiment, view="swarm", step=1, scale=2.0)
    view = view_of(figure, "swarm")
    rows, columns = view.swarm.picture.levels.shape
    assert (columns, rows) == (round(2.0 * view.box.width()), round(2.0 * view.box.height()))


def test_a_vector_picture_has_shapes_for_each_dot_and_no_image_of_them():
    experiment, texts = experiment_with(count=100), {}
    for view in ("contour", "swarm"):
        file = io.BytesIO()
        spec = export_spec(view, size=SIZE, step=0)
        write_svg(material_of(experiment), spec, file, lambda _share: None)
        texts[view] = file.getvalue().decode()
    shapes = {
        view: len(re.findall("<(?:path|circle|polyline)", text)) for view, text in texts.items()
    }
    assert shapes["swarm"] - shapes["contour"] == 2 * 100  # a rim and a core each
    assert texts["swarm"].count("<image") == texts["contour"].count("<image")


def test_a_figure_goes_as_far_as_its_swarm_and_frames_show_what_pictures_show():
    experiment = experiment_with(shown=True, count=400)
    material = (experiment, computed(experiment))
    spec = figure_spec("contour", size=SIZE)
    figure = Figure(*material, spec)
    assert figure.last_step == experiment.current.steps
    frames = Frames(figure, spec)
    seen = []
    for step in (0, 1, 4, 9):
        frame = channels(frames.at(step))
        check_alike(frame, still(material, spec, step), mean=1.5)
        seen.append(frame)
    assert not np.array_equal(seen[1], seen[2])


def test_the_same_film_has_the_same_bytes():
    files = []
    for _ in range(2):
        file = io.BytesIO()
        spec = replace(
            export_spec("swarm", size=(160.0, 120.0)), film=FilmSpec(last=5, fps=10.0, hold=0.0)
        )
        write_gif(material_of(experiment_with(count=900)), spec, file, lambda _: None)
        files.append(file.getvalue())
    assert files[0] == files[1]


def test_what_there_is_no_swarm_of_is_refused():
    with pytest.raises(UserError, match="nothing has been brushed yet"):
        picture(experiment_with(kind="brush"), view="swarm")
    with pytest.raises(UserError, match="one parameter has no swarm view"):
        picture(open_experiment("regression-w1"), view="swarm")


def test_a_preview_has_a_thinner_swarm_of_the_same_look():
    many = thinned(experiment_with(count=1_000_000)).plane.swarm
    assert (many.count, many.drawn) == (20_000, "density")
    few = experiment_with(count=500)
    assert thinned(few) is few
