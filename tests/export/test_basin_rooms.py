"""A second map and the legend have their room in a picture of basins."""

from __future__ import annotations

from dataclasses import replace

from gdviz.experiment import open_experiment
from gdviz.experiment.whole_plane import BasinSpec, WholePlane
from gdviz.export.figure import Figure
from tests.export.material import computed, figure_spec


def view_of(mode, **spec):
    """Return the view of basins in a picture."""
    made = open_experiment("himmelblau")
    made = replace(made, plane=WholePlane(basins=BasinSpec(mode, 30)))
    figure = Figure(made, computed(made), figure_spec("basins", size=(700.0, 300.0), **spec))
    return figure, figure._views["basins"]


def test_two_maps_show_the_same_box_at_the_same_size(qapp):
    _figure, view = view_of("side")
    beside = view._beside
    assert abs(beside.width() - view.box.width()) < 2.0
    assert beside.height() == view.box.height()
    assert beside.viewRange() == view.box.viewRange()
    one, other = view.maps
    assert one.shape == other.shape == (int(view.box.height()), int(view.box.width()))


def test_the_legend_has_its_room_unless_there_is_to_be_none(qapp):
    _whole, named = view_of("one")
    _other, bare = view_of("one", legend=False)
    assert named._legend.isVisible()
    assert not bare._legend.isVisible()
    assert bare.box.width() - named.box.width() == named._legend.width() > 100.0
