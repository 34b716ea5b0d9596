"""A copied command, read again, is the same document and the same spec."""

import shlex
from dataclasses import replace

import h5py
import numpy as np
import pytest

import gdviz
from gdviz.cli.parser import parse
from gdviz.cli.render_options import options_of
from gdviz.experiment import Document, Experiment, Reading, Run, open_document
from gdviz.experiment.look import Look
from gdviz.experiment.run_list import selected
from gdviz.export.command import copyable_command
from gdviz.export.figure_spec import FigureSpec, default_view
from gdviz.export.formats import FORMATS, Format, format_of
from gdviz.export.material import ExportSpec
from gdviz.export.order.order import Order, ordered
from gdviz.landscapes import PRESETS


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = ["height;weight;tall", "1,70;65;no", "1,80;82;yes", "1,65;58;no", "1,75;78;yes"]
    (tmp_path / "a table.csv").write_text("\n".join(lines) + "\n", "utf-8")
    axis = np.linspace(-1.0, 1.0, 5)
    with h5py.File(tmp_path / "surface.h5", "w") as file:
        file["xcoordinates"] = file["ycoordinates"] = axis
        file["train_loss"] = file["test_loss"] = axis[:, None] ** 2 + axis**2 + 1.0
    (tmp_path / "track.csv").write_text("x,y\n-0.5,0.5\n0.1,0.2\n", "utf-8")
    return tmp_path


@pytest.fixture
def a_film(monkeypatch):
    monkeypatch.setitem(FORMATS, "gif", Format("gif", "GIF film", "film", "nowhere:write"))


def read_again(line: str) -> Order:
    program, *words = shlex.split(line)
    assert program == "gdviz"
    arguments = parse(words)
    chosen = format_of(arguments.output.rpartition(".")[2])
    return ordered(arguments.source, chosen, options_of(arguments))


def dressed(document: Document, **figure) -> ExportSpec:
    """Return a spec that shows a document as it is."""
    figure.setdefault("views", (default_view(document.experiment.landscape),))
    return ExportSpec(FigureSpec(look=document.look, step=document.step, **figure))


def seen(document: Document) -> object:
    """Return what of a document a picture depends on."""
    experiment = document.experiment
    points = [track.points.tolist() for track in experiment.tracks]
    view = experiment.view
    if view.cut != "one":
        view = replace(view, slice_axis=0)  # no curve is cut along it
    landscape = experiment.landscape
    if isinstance(landscape, gdviz.landscapes.formula.FormulaLandscape):
        landscape = replace(
            landscape, knobs=tuple(replace(knob, low=-5, high=5) for knob in landscape.knobs)
        )
    return (
        landscape,
        experiment.runs,
        experiment.current.task,
        view,
        experiment.selection,
        points,
        document.look,
        document.step,
    )


def assert_told(document: Document, spec: ExportSpec, out: str = "a.png") -> str:
    """Copy a command, read it, and compare; returns the command."""
    line = copyable_command(document, spec, out)
    order = read_again(line)
    assert seen(order.document) == seen(document), line
    assert order.spec == spec, line
    return line


def document(source: str = "valley", reading: Reading | None = None, **look) -> Document:
    opened = open_document(source, reading)
    return replace(opened, look=Look(**look))


def with_runs(*runs: Run, source: str = "valley", **look) -> Document:
    opened = document(source, **look)
    return replace(opened, experiment=selected(replace(opened.experiment, runs=runs), (0,)))


@pytest.mark.parametrize("name", [preset.name for preset in PRESETS])
def test_every_preset_is_its_name(name):
    made = Document(Experiment.of(gdviz.landscapes.preset(name)))
    line = assert_told(made, dressed(made))
    assert line == f"gdviz render {name} -o a.png"
