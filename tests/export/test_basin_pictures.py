"""Basin maps in figures."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor

from gdviz.engine.basins import basin_map
from gdviz.experiment import open_experiment
from gdviz.experiment.whole_plane import BasinSpec, WholePlane
from gdviz.export.figure import Figure
from gdviz.export.picture_files import write_svg
from gdviz.export.picture_image import picture_image
from gdviz.optimizers import optimizer
from gdviz.views.basin_colors import basin_color
from gdviz.views.theme import LIGHT
from tests.export.material import computed, export_spec, figure_spec, material_of

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = (420.0, 300.0)


def experiment_with(**spec):
    experiment = open_experiment("himmelblau")
    experiment = replace(experiment, runs=(), selection=())
    return replace(experiment, plane=WholePlane(basins=BasinSpec(**spec)))


def picture(experiment, **spec):
    chosen = figure_spec(size=SIZE, view="basins", **spec)
    figure = Figure(experiment, computed(experiment), chosen)
    return figure, picture_image(figure, chosen.pixels)


def pixel(figure, image, point):
    box = figure._views["basins"].box
    at = box.mapViewToScene(type(box.rect().topLeft())(*point))
    return QColor(image.pixel(round(at.x()), round(at.y())))


def test_a_picture_has_the_color_of_the_place_that_is_reached():
    experiment = experiment_with(shade=False)
    figure, image = picture(experiment)
    (found,) = figure._views["basins"].maps
    for point in ((-2.0, 2.5), (2.0, 3.0), (2.5, -2.5), (-2.5, -2.0)):
        place = int(found.basin[found.place_of(point)])
        wanted, seen = basin_color(place, LIGHT), pixel(figure, image, point)
        assert abs(wanted.red() - seen.red()) + abs(wanted.green() - seen.green()) < 6


def test_the_map_is_computed_at_the_pictures_own_resolution():
    figure, _ = picture(experiment_with(), scale=2.0)
    view = figure._views["basins"]
    (found,) = view.maps
    assert found.shape == (int(2.0 * view.box.height()), int(2.0 * view.box.width()))
    alone = basin_map(
        open_experiment("himmelblau").landscape,
        open_experiment("himmelblau").current.optimizer,
        found.domain,
        found.shape,
    )
    np.testing.assert_array_equal(found.basin, alone.basin)
    np.testing.assert_array_equal(found.step, alone.step)


def test_two_maps_are_drawn_and_named():
    other = optimizer("momentum", learning_rate=0.01)
    experiment = experiment_with(mode="side", other=other, steps=100)
    figure, image = picture(experiment)
    first, second = figure._views["basins"].maps
    assert first.shape == second.shape
    assert not np.array_equal(first.step, second.step)
    _, one = picture(experiment_with(steps=100))
    assert image != one
    file = io.BytesIO()
    spec = export_spec("basins", size=SIZE)
    write_svg(material_of(experiment), spec, file, lambda _share: None)
    text = file.getvalue().decode()
    assert text.count("<image") == 2
    assert "Momentum" in text
