"""A copied command, read again, is the same document and the same spec."""

import shlex
from dataclasses import replace

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gdviz
from gdviz.cli.main import main
from gdviz.cli.parser import parse
from gdviz.cli.reading_options import options_of
from gdviz.engine import GradientNoise, MiniBatch
from gdviz.errors import UserError
from gdviz.experiment import Document, Experiment, Reading, Run, TableWish, open_document
from gdviz.experiment.camera import CAMERAS, Camera
from gdviz.experiment.file import document_bytes
from gdviz.experiment.look import HEIGHT_SCALES, QUANTITIES, Look
from gdviz.experiment.overlays import PICTURED as PICTURED_NAMES
from gdviz.experiment.run_list import raced, selected, soloed
from gdviz.export.command import command_words, copyable_command
from gdviz.export.figure_sizes import PRESETS as SIZES
from gdviz.export.figure_sizes import sizing
from gdviz.export.figure_spec import FigureSpec, default_view
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import export, format_of
from gdviz.export.material import DataSpec, ExportSpec
from gdviz.export.order.order import Order, computed, ordered
from gdviz.landscapes import PRESETS, Domain, preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.surfaces import read_track
from gdviz.tables import Dialect


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
    if isinstance(landscape, FormulaLandscape):
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


@pytest.mark.parametrize("name", [known.name for known in PRESETS])
def test_every_preset_is_its_name(name):
    made = Document(Experiment.of(preset(name)))
    line = assert_told(made, dressed(made))
    assert line == f"gdviz render {name} -o a.png"


@pytest.mark.parametrize(
    ("source", "knobs"),
    [
        ("x^4 - 3x^2 + x", ()),
        ("-x^2 - y^2", ()),
        ("a x^2 + b y^2", (("a", 3.0), ("b", 0.1))),
        ("sin(x) e^(-k y^2)", (("k", 12.5),)),
        ("rosenbrock", (("b", 30.0),)),
    ],
)
def test_formulas_and_their_parameters(source, knobs):
    made = document(source, Reading(knobs=knobs))
    line = assert_told(made, dressed(made))
    assert all(f"--set {name}={value:g}" in line for name, value in knobs)


@pytest.mark.parametrize(
    "wish",
    [
        TableWish("height", "weight"),
        TableWish("weight", "height", bias=False),
        TableWish("height", "weight", loss="huber", standardize=True),
        TableWish("height", "tall"),
        TableWish("height", "tall", "logistic", "log", standardize=False),
        TableWish("weight", "height", dialect=Dialect("cp1252", ";", ",")),
        TableWish("column 2", "column 1", dialect=Dialect("utf-8", ";", ",", False, 1)),
    ],
    ids=str,
)
def test_tables_and_their_options(wish, here):
    made = document("a table.csv", Reading(table=wish), quantity="gradient")
    made = replace(made, experiment=made.experiment.with_residuals(shown=True))
    line = assert_told(made, dressed(made, views=("data", "history")))
    assert line.startswith(f"gdviz render '{here}/a table.csv' --x-column ")


def test_a_measured_surface_with_a_recorded_run(here):
    for metric in ("test_loss", None):
        made = document("surface.h5", Reading(metric=metric))
        recorded = made.experiment.recorded(read_track(here / "track.csv"))
        line = assert_told(replace(made, experiment=recorded.scaled("log")), dressed(made))
        assert ("--metric test_loss" in line) is (metric is not None)


GD, ADAM = gdviz.optimizer("gd", learning_rate=0.1), gdviz.optimizer("adam", learning_rate=0.3)
COSINE = gdviz.schedule("cosine", warmup=10, lowest=0.1)
RUNS = {
    "one": (Run(ADAM, (-3.0, 4.0), 50),),
    "starts": tuple(Run(GD, (x, 1 / 3), color=n) for n, x in enumerate((-3.0, 0.1, 1e-7))),
    "race": (Run(GD, (1.0, 1.0)), Run(ADAM, (1.0, 1.0), color=1)),
    "crossed": tuple(
        Run(kind, (x, 1.0), 40, COSINE, GradientNoise(0.1, 5 + n), color=color)
        for color, kind in enumerate((GD, ADAM))
        for n, x in enumerate((-1.0, 1.0))
    ),
    "names": (
        Run(GD, (1.0, 2.0), name="fast; \\ \"quoted\" = 'it'"),
        Run(ADAM, (1.0, 2.0), name="日本 --run $HOME", color=7, hidden=True),
        Run(GD, (1.0, 2.0), name="ends with \\"),
    ),
    "noisy": (
        Run(GD, (1.0, 2.0), 30, noise=GradientNoise(0.25, 3)),
        Run(GD, (1.0, 2.0), 31, COSINE, GradientNoise(0.25)),
    ),
    "switches": (
        Run(gdviz.optimizer("rmsprop", learning_rate=1e-3, centered=True), (1.0, 2.0)),
        Run(gdviz.optimizer("lbfgs", memory=3), (1.0, 2.0), color=1),
        Run(gdviz.optimizer("nelder_mead"), (1.0, 2.0), color=2),
    ),
    "none": (),
}


@pytest.mark.parametrize("name", RUNS)
def test_runs(name):
    made = with_runs(*RUNS[name])
    line = assert_told(made, dressed(made))
    assert ("--run" in line) is (name in ("names", "noisy"))


def test_mini_batches_and_outside_starts():
    made = with_runs(Run(ADAM, (0.0, 0.0), noise=MiniBatch(4, 9)), source="regression")
    assert "--batch-size 4 --seed 9" in assert_told(made, dressed(made))
    made = with_runs(Run(GD, (-3.0, 4.0)), Run(GD, (1.0, 0.0), color=1))
    near = made.experiment.showing(Domain.of((0.0, 3.0), (-1.0, 1 / 3)))
    made = replace(made, experiment=near)
    assert "--x 0:3 --y -1:0.3333333333333333" in assert_told(made, dressed(made))


def test_a_draft_without_runs_says_where_curves_are_cut():
    made = document("himmelblau")
    made = replace(made, experiment=made.experiment.started((1.0, 2.0)).cleared())
    line = assert_told(made, dressed(made, views=("curve",)))
    assert "--no-runs --start 1,2" in line


def test_many_runs_of_the_window_are_told_each():
    experiment = document("himmelblau").experiment
    experiment = raced(experiment, [gdviz.optimizer("momentum"), ADAM, gdviz.optimizer("bfgs")])
    experiment = soloed(selected(experiment, (2, 0)), on=True)
    made = Document(experiment.with_cut("both").scaled("symlog"))
    line = assert_told(made, dressed(made, views=("all",)))
    assert "--slice both --colors symlog --select 3,1 --solo" in line


@pytest.mark.parametrize(
    "look",
    [
        Look(overlays=("arrows", "downhill_arrows", "level_line", "quadratic")),
        *(Look(camera=camera) for camera in CAMERAS.values()),
        Look(camera=Camera(12.5, -3.0)),
        Look(camera=Camera(zoom=1 / 3 + 1)),
        Look(camera=Camera().orbited(10.0, 7.0).zoomed(2.0, (0.1, 0.2))),
        Look(camera=CAMERAS["above"].orbited(10.0, -7.0)),
        Look(heights="colors", quantity="distance", log=(True, False)),
    ],
    ids=str,
)
def test_every_look(look):
    made = replace(document(), look=look, step=12)
    assert_told(made, dressed(made, views=("all",)))
    assert_told(made, dressed(made, views=("surface", "history")))


@pytest.mark.parametrize("cut", ["x", "y", "both", "ray"])
def test_every_cut(cut):
    made = document()
    experiment = made.experiment
    experiment = experiment.with_cut(cut) if len(cut) > 1 else experiment.sliced("xy".index(cut))
    made = replace(made, experiment=experiment)
    assert_told(made, dressed(made, views=("curve", "contour")))


SIZED = [
    *(known.sizing() for known in SIZES.values()),
    sizing(170.0, 120.0, "mm"),
    sizing(6.5, 4.1, "in", dpi=600.0),
    sizing(1280.0, 720.0, "px"),
    sizing(1280.0, 720.0, "px", zoom=1.5, dpi=192.0),
    sizing(88.9, 61.3, "mm", zoom=1.3, dpi=450.0),
    ((500.0, 300.5), 2.0, 150.0),
    ((640.0, 480.0), 1.0, None),
    ((960.0, 720.0), 2.5, None),
]


@pytest.mark.parametrize("sized", SIZED, ids=str)
def test_every_size(sized):
    size, scale, dpi = sized
    made = document()
    assert_told(made, dressed(made, size=size, scale=scale, dpi=dpi))


def test_sizes_are_told_as_people_say_them():
    made = document()

    def told(sized) -> str:
        size, scale, dpi = sized
        line = assert_told(made, dressed(made, size=size, scale=scale, dpi=dpi))
        return line.removeprefix("gdviz render valley ").removesuffix(" -o a.png")

    assert told(SIZES["slide"].sizing()) == "--preset slide"
    assert told(sizing(170.0, 120.0, "mm")) == "--size 170x120mm"
    assert told(sizing(6.5, 4.0, "in", dpi=600.0)) == "--size 6.5x4in --dpi 600"
    assert told(((640.0, 480.0), 2.0, None)) == "--size 640x480 --scale 2"


def test_every_word_and_switch_of_a_figure():
    made = document()
    spec = dressed(
        made,
        views=("history", "contour"),
        theme="dark",
        transparent=True,
        title='-3 "quoted"\nsecond line',
        caption="x = y",
        legend=False,
        colorbar=True,
        labels=False,
        letters="outlines",
        field="contours",
    )
    assert_told(made, spec, "a.svg")
    line = copyable_command(made, spec, "a.png")
    assert "--letters" not in line


@pytest.mark.parametrize(
    "film",
    [
        FilmSpec(fps=24.0, seconds=3.5, easing="in-out", hold=0.0, loop=False, first=3, last=40),
        FilmSpec(speed=2.0, hold=2.5),
    ],
)
def test_films(film):
    made = document()
    assert_told(made, replace(dressed(made), film=film), "a.gif")
    assert "--fps" not in copyable_command(made, replace(dressed(made), film=film), "a.png")


def test_numbers():
    made = document()
    for data in (DataSpec(), DataSpec("field", (11, 21))):
        assert_told(made, ExportSpec(data=data), "a.csv")
    line = copyable_command(made, ExportSpec(data=DataSpec("field", (11, 21))), "a.h5")
    assert line == "gdviz render valley --samples 11x21 -o a.h5"
    line = copyable_command(made, ExportSpec(data=DataSpec("runs", (11, 21))), "a.npz")
    assert line == "gdviz render valley -o a.npz"


def test_what_says_nothing_about_a_file_is_left_out():
    made = replace(document(), look=Look(camera=Camera(0.0, 10.0), quantity="step"), step=3)
    spec = dressed(made, size=(500.0, 400.0))
    assert copyable_command(made, spec, "a.csv") == "gdviz render valley -o a.csv"
    assert copyable_command(made, spec, "a.png") == (
        "gdviz render valley --at 3 --size 500x400 -o a.png"
    )


def test_of_a_saved_experiment_only_what_differs_is_told(here):
    made = with_runs(*RUNS["names"], overlays=("arrows",), camera=Camera(5.0, 6.0))
    made = replace(made, step=7)
    (here / "e.gdviz").write_bytes(document_bytes(made))
    words = command_words("e.gdviz", made, dressed(made, theme="dark"), "a.png")
    assert words == ["render", "e.gdviz", "--theme", "dark", "-o", "a.png"]
    for look, step in ((Look(), None), (Look(("level_line",), quantity="step"), 0)):
        spec = ExportSpec(FigureSpec(("all",), look=look, step=step))
        order = read_again(shlex.join(["gdviz", *command_words("e.gdviz", made, spec, "a.png")]))
        assert order.spec == spec
        assert order.document.experiment.runs == made.experiment.runs


def test_what_no_shell_can_name_must_be_saved_first(here):
    table = document("a table.csv", Reading(table=TableWish("height", "weight")))
    spec = dressed(table)
    (here / "a table.csv").unlink()
    with pytest.raises(UserError, match=r"no file '.*a table.csv' any more: save the experiment"):
        copyable_command(table, spec, "a.png")
    track = gdviz.surfaces.Track("mine", np.zeros((3, 2)))
    made = replace(table, experiment=document().experiment.recorded(track))
    with pytest.raises(UserError, match="the recorded run 'mine' has no file: save"):
        copyable_command(made, spec, "a.png")
    alone = replace(table.experiment, table=None)
    with pytest.raises(UserError, match="has no file: save the experiment"):
        copyable_command(Document(alone), spec, "a.png")


PICTURED = {
    "runs": with_runs(*RUNS["crossed"]),
    "looks": with_runs(
        *RUNS["names"], overlays=("arrows", "tangent_plane"), camera=Camera(20.0, 30.0, 1.5)
    ),
    "solo": replace(
        document("himmelblau"),
        experiment=soloed(selected(with_runs(*RUNS["starts"]).experiment, (1,)), on=True),
        step=4,
    ),
}


@pytest.mark.parametrize("name", PICTURED)
def test_the_picture_is_the_same_to_the_pixel(name, here, qapp):
    made = PICTURED[name]
    spec = dressed(made, views=("all",), size=(480.0, 360.0), title="Same")
    export(here / "one.png", computed(made), spec)
    line = copyable_command(made, spec, str(here / "two.png"))
    assert main(shlex.split(line)[1:]) == 0
    assert (here / "one.png").read_bytes() == (here / "two.png").read_bytes()


cameras = st.builds(
    Camera,
    st.floats(-360.0, 360.0),
    st.floats(-30.0, 90.0),
    st.floats(0.4, 12.0),
    st.tuples(st.floats(-2.0, 2.0), st.floats(-2.0, 2.0)),
    st.sampled_from([0.0, Camera().perspective, 0.3]),
)
looks = st.builds(
    Look,
    overlays=st.lists(st.sampled_from(PICTURED_NAMES), unique=True).map(tuple),
    camera=cameras,
    heights=st.sampled_from(HEIGHT_SCALES),
    quantity=st.sampled_from(QUANTITIES),
    log=st.tuples(st.booleans(), st.booleans()),
)
figures = st.builds(
    FigureSpec,
    views=st.lists(st.sampled_from(["contour", "curve", "all"]), min_size=1, unique=True).map(
        lambda views: (*views, "surface", "history")
    ),
    size=st.tuples(st.floats(100.0, 3000.0), st.floats(100.0, 3000.0)),
    scale=st.floats(0.1, 3.0),
    theme=st.sampled_from(["light", "dark"]),
    transparent=st.booleans(),
    title=st.text(),
    caption=st.text(),
    legend=st.booleans(),
    colorbar=st.booleans(),
    labels=st.booleans(),
    letters=st.sampled_from(["text", "outlines"]),
    field=st.sampled_from(["image", "contours"]),
)


@settings(max_examples=60, deadline=None)
@given(look=looks, figure=figures, step=st.one_of(st.none(), st.integers(0, 10**9)))
def test_any_figure_is_told(look, figure, step):
    made = replace(document(), look=look, step=step)
    assert_told(made, ExportSpec(replace(figure, look=look, step=step)), "a.svg")
