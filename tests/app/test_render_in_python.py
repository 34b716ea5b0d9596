"""``gdviz.render``: files from Python, as from the shell."""

import csv
import io
import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import gdviz
from gdviz.cli.main import main
from gdviz.experiment import Document, Experiment, Run, open_document
from gdviz.experiment.run_list import added
from gdviz.export.order.options import FLAGS
from gdviz.export.phases import PHASES
from gdviz.landscapes import preset

GD = gdviz.optimizer("gd", learning_rate=0.1)
SMALL = {"size": (200, 150)}


def table(source, **options):
    """Render a table into memory and read it."""
    file = io.BytesIO()
    gdviz.render(source, file, format="csv", **options)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode())))


def starts(rows):
    return [(float(row["x"]), float(row["y"])) for row in rows if row["step"] == "0"]


def ends(rows):
    last = {row["run"]: row for row in rows}
    return [(row["optimizer"], int(row["step"]), float(row["x"])) for row in last.values()]


def test_a_picture_is_that_of_the_shell(tmp_path, qapp):
    adam = gdviz.optimizer("adam", learning_rate=0.5)
    here, there = tmp_path / "a.png", tmp_path / "b.png"
    gdviz.render("valley", here, start=(-3, 4), optimizer=adam, theme="dark", at=20, **SMALL)
    words = ["--start", "-3,4", "--optimizer", "adam:learning_rate=0.5", "--size", "200x150"]
    assert (
        main(["render", "valley", *words, "--theme", "dark", "--at", "20", "-o", str(there)]) == 0
    )
    assert here.read_bytes() == there.read_bytes()
    with Image.open(here) as picture:
        assert picture.size == (200, 150)


@pytest.mark.parametrize(
    ("start", "made"),
    [
        ((-3, 4), [(-3.0, 4.0)]),
        ([-3.0, 4.0], [(-3.0, 4.0)]),
        (np.array([-3.0, 4.0]), [(-3.0, 4.0)]),
        ([(-3, 4), (1, 1)], [(-3.0, 4.0), (1.0, 1.0)]),
        (np.array([[-3.0, 4.0], [1.0, 1.0]]), [(-3.0, 4.0), (1.0, 1.0)]),
        ("grid:2x1", [(-1.0, 0.0), (5.0, 0.0)]),
        (["grid:2x1", (1, 1)], [(-1.0, 0.0), (5.0, 0.0), (1.0, 1.0)]),
    ],
    ids=str,
)
def test_starts_as_python_has_them(start, made):
    assert starts(table("valley", start=start, optimizer=GD, steps=1)) == made


@pytest.mark.parametrize(("start", "made"), [(3, [3.0]), ((3,), [3.0]), ([3, -1.5], [3.0, -1.5])])
def test_starts_of_one_parameter(start, made):
    rows = table("parabola", start=start, optimizer=GD, steps=1)
    assert [float(row["x"]) for row in rows if row["step"] == "0"] == made


def test_numbers_are_those_of_descend():
    schedule, noise = gdviz.schedule("cosine", warmup=3), gdviz.GradientNoise(0.3, seed=5)
    said = {"schedule": schedule, "noise": noise}
    rows = table("valley", start=(-3, 4), optimizer=GD, steps=20, **said)
    made = gdviz.descend(gdviz.landscape("valley"), GD, (-3, 4), 20, **said)
    assert [float(row["x"]) for row in rows] == made.params[:, 0, 0].tolist()


def test_words_and_objects_may_be_mixed():
    kinds = ["momentum:momentum=0.5,learning_rate=0.1", GD]
    rows = table("valley", optimizer=kinds, steps=2, schedule="step:period=1")
    assert [name for name, _, _ in ends(rows)] == ["momentum", "gd"]


def test_whole_runs():
    runs = [Run(GD, (1.0, 2.0), 3, name="a"), "adam:learning_rate=1;start=2,1;steps=1"]
    rows = table("valley", runs=runs)
    assert starts(rows) == [(1.0, 2.0), (2.0, 1.0)]
    assert [(name, step) for name, step, _ in ends(rows)] == [("gd", 3), ("adam", 1)]
    assert table("valley", runs=[]) == []


def test_recorded_runs_as_arrays():
    rows = table("valley", runs=[], tracks=[np.array([[0.0, 1.0], [1.0, 0.5], [2.0, 0.0]])])
    assert [(row["optimizer"], float(row["loss"])) for row in rows] == [
        ("recorded", 10.0),
        ("recorded", 5.5),
        ("recorded", 4.0),
    ]


def test_landscapes_experiments_and_documents_are_sources_too(tmp_path):
    bowl = gdviz.landscape("a x^2 + y^2", a=3)
    assert float(table(bowl, start=(1, 1), optimizer=GD, steps=1)[0]["loss"]) == 4.0
    assert starts(table(gdviz.landscape("valley"), steps=1)) == [(-3.0, 4.0)]
    experiment = added(Experiment.of(preset("valley")), (1.0, 1.0))
    assert starts(table(experiment, steps=1)) == [(-3.0, 4.0), (1.0, 1.0)]
    saved = tmp_path / "e.gdviz"
    gdviz.render(Document(experiment), saved, at=3, show="arrows")
    again = open_document(str(saved))
    assert again.experiment.runs == experiment.runs
    assert (again.step, again.look.overlays) == (3, ("arrows",))
    assert starts(table(saved, steps=1)) == [(-3.0, 4.0), (1.0, 1.0)]
    assert json.loads(saved.read_text("utf-8"))["format"] == "gdviz-experiment"


def test_of_a_saved_experiment_options_change_what_they_say(tmp_path):
    saved = tmp_path / "e.gdviz"
    runs = [Run(GD, (1.0, 2.0), 5, name="one"), Run(GD, (2.0, 1.0), 7, hidden=True, color=4)]
    gdviz.render("valley", saved, runs=runs, show=["arrows"], quantity="step", at=2, linear=True)

    def changed(**options):
        out = tmp_path / "f.gdviz"
        gdviz.render(saved, out, **options)
        return open_document(str(out))

    same = changed()
    assert same.experiment.runs == tuple(runs)
    assert (same.look.quantity, same.look.log, same.step) == ("step", (False, False), 2)
    tuned = changed(learning_rate=0.3, steps=9).experiment.runs
    assert [(run.name, run.color, run.steps, run.hidden) for run in tuned] == [
        ("one", 0, 9, False),
        ("", 4, 9, True),
    ]
    assert {run.optimizer.learning_rate for run in tuned} == {0.3}
    assert [run.start for run in changed(start=(0, 0)).experiment.runs] == [(0.0, 0.0)]
    other = changed(show="none", at="last", linear=False, select=2)
    assert (other.look.overlays, other.step, other.look.log) == ((), None, (False, True))
    assert other.experiment.selection == (1,)


def test_progress_grows_from_0_to_1(tmp_path, qapp):
    told = []
    gdviz.render("valley", tmp_path / "a.png", progress=told.append, **SMALL)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert any(0.1 < share < 0.4 for share in told)
    assert sum(PHASES.values()) == pytest.approx(1.0)


def test_what_progress_raises_ends_it_and_nothing_is_written(tmp_path, qapp):
    def stop(share):
        if share > 0.4:
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        gdviz.render("valley", tmp_path / "a.png", progress=stop, **SMALL)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"fps": 10}, "^fps says nothing about a .csv file"),
        ({"theme": "drak"}, "did you mean 'dark'"),
        ({"start": (1, 2, 3)}, r"start \(1, 2, 3\) has 3 numbers"),
        ({"start": [(1, np.nan)]}, "finite"),
        ({"runs": ["adm"]}, "did you mean 'adam'"),
        ({"runs": [Run(GD, (1.0,))]}, "has 1 number, but"),
        ({"runs": ["gd"], "start": (1, 1)}, "a run says its own start"),
        ({"knobs": {"a": 1}}, "'a' can't be set: 'valley' is no formula"),
        ({"metric": "loss"}, "a metric is chosen of a measured surface"),
        ({"x_column": "x"}, "chosen for a table"),
        ({"noise": 1, "batch_size": 2}, "exclude each other"),
        ({"size": (10, 10)}, "size must be from"),
        ({"size": (300, 300), "preset": "slide"}, "exclude each other"),
        ({"scale": 2, "dpi": 100}, "exclude each other"),
        ({"seconds": 2, "speed": 2}, "exclude each other"),
    ],
    ids=str,
)
def test_mistakes_are_told_in_one_line(options, told):
    with pytest.raises(gdviz.UserError, match=told):
        gdviz.render("valley", io.BytesIO(), format="csv", **options)


def test_an_open_file_needs_a_format():
    with pytest.raises(gdviz.UserError, match="format='png'"):
        gdviz.render("valley", io.BytesIO())
    with pytest.raises(gdviz.UserError, match=r"contradicts 'a\.png'"):
        gdviz.render("valley", Path("a.png"), format="svg")


@pytest.mark.parametrize("row", [0, 2])
def test_only_runs_that_there_are_can_be_selected(row):
    with pytest.raises(gdviz.UserError, match=f"there is no run {row} to select; there are 1"):
        gdviz.render("valley", io.BytesIO(), format="gdviz", select=row)


@pytest.mark.parametrize("options", [{"format": "gdviz"}, {"format": "h5"}, {"data": "field"}])
def test_runs_are_not_computed_for_what_holds_none(options):
    file = io.BytesIO()  # a billion steps would take an hour
    gdviz.render("valley", file, steps=10**9, learning_rate=1e-9, **{"format": "csv", **options})
    assert file.getvalue()


def test_a_file_gets_it_from_where_it_stands():
    file = io.BytesIO(b"before")
    file.seek(6)
    gdviz.render("valley", file, format="csv", steps=1)
    assert file.getvalue().startswith(b"beforerun,optimizer,step,")


def test_none_is_as_usual_and_what_there_is_not_is_refused():
    usual = table("valley", steps=2)
    assert table("valley", steps=2, start=None, optimizer=None, theme=None) == usual
    with pytest.raises(TypeError, match="no option 'optimiser'; did you mean 'optimizer'"):
        table("valley", optimiser="gd")


def test_every_option_is_told_of():
    told = gdviz.render.__doc__
    assert all(re.search(rf"\b{name}\b", told) for name in FLAGS)
