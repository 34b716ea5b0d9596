"""Numbers of the whole plane: what files of swarms, basins, sweeps and sensitivity hold."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

import gdviz
from gdviz.cli.main import main
from gdviz.engine import compute
from gdviz.engine.bulk import CODES
from gdviz.engine.descent import Descent
from gdviz.experiment import open_experiment
from gdviz.experiment.whole_plane import BasinSpec, SwarmSpec, SweepRange, SweepSpec, WholePlane
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.formats import export, format_of, write
from gdviz.export.material import DataSpec, ExportSpec
from gdviz.landscapes import Domain
from tests.export.material import material_of

ENDINGS = ("csv", "json", "npz")
GD = gdviz.optimizer("gd", learning_rate=0.02)
MOMENTUM = gdviz.optimizer("momentum", learning_rate=0.01)


def himmelblau(plane=WholePlane(), **changes):
    """Return an experiment whose runs take 60 steps, diverge far out, and have four minima."""
    made = open_experiment("himmelblau")
    run = replace(made.runs[0], optimizer=GD, steps=60, **changes)
    return replace(made, runs=(run,), plane=plane)


def written(experiment, content, ending, samples=(7, 5), step=None):
    """Return a file's bytes."""
    computed = None if content == "sensitivity" else []
    spec = ExportSpec(FigureSpec(step=step), data=DataSpec(content, samples))
    file = io.BytesIO()
    write(format_of(ending), material_of(experiment, computed), spec, file)
    return file.getvalue()


def table(data):
    """Return the columns of a table; an empty cell is NaN."""
    names, *rows = csv.reader(io.StringIO(data.decode()))
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    return {name: numbers_of(cells) for name, cells in columns.items()}


def numbers_of(cells):
    try:
        return np.array([float(cell or "nan") for cell in cells])
    except ValueError:
        return np.array(cells)


def arrays(data):
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        return dict(archive)


def strict(data):
    def refuse(word):
        raise ValueError(word)

    return json.loads(data, parse_constant=refuse)


def assert_alike(experiment, content, **how):
    """Compare a content's three files bit for bit, and return the arrays."""
    found = arrays(written(experiment, content, "npz", **how))
    told = strict(written(experiment, content, "json", **how))
    rows = table(written(experiment, content, "csv", **how))
    about = json.loads(str(found["about"]))
    assert about["format"] == told["format"] == f"gdviz-{content}"
    for name, column in rows.items():
        values = found[name]
        if f"{name}_words" in found:
            words = found[f"{name}_words"][values]
            assert column.tolist() == words.ravel().tolist()
            assert told[name] == words.tolist()
            continue
        listed = np.array(told[name], dtype=float)
        assert listed.tobytes() == values.astype(float).tobytes()
        if name in about["parameters"] and content == "basins":
            continue  # axes are told of each row
        if content == "sweep" and name in about["swept"]:
            continue
        assert column.tobytes() == values.astype(float).tobytes(), name
    return found, about, rows


@pytest.mark.parametrize("step", [None, 0, 5, 16, 60, 99])
def test_a_swarm_is_where_single_runs_are(step):
    plane = WholePlane(SwarmSpec(count=30, domain=Domain.of((-9.0, 9.0), (-9.0, 9.0))))
    experiment = himmelblau(plane)
    found, about, rows = assert_alike(experiment, "swarm", step=step)
    at = 60 if step is None else min(step, 60)
    assert about["step"] == at
    starts = np.stack([found["start_x"], found["start_y"]], axis=1)
    assert len(rows["x"]) == len(starts) == 30
    runs = compute(Descent.of(experiment.landscape, GD, starts, 60))
    for row, last in enumerate(runs.last_step):
        ended = runs.outcome_step[row] <= at
        outcome = runs.outcome[row].value if ended else "running"
        assert found["outcome_words"][found["outcome"][row]] == outcome
        assert found["outcome_step"][row] == (runs.outcome_step[row] if ended else at)
        if not ended:
            record = runs.record_at(min(last, at))
            assert (found["x"][row], found["y"][row]) == tuple(runs.params[record, row])
            assert found["loss"][row] == runs.loss[record, row]
    assert {*found["outcome_words"]} == {code.value for code in CODES}


def test_a_swarm_may_be_random_or_brushed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["--data", "swarm", "--swarm", "random:40;seed=3", "--steps", "3", "-o", "a.csv"]
    assert main(["render", "valley", *words]) == 0
    assert len(table((tmp_path / "a.csv").read_bytes())["x"]) == 40
    words[3] = "brush;stroke=1,2,0.5,0.25,9;stroke=0,0,0.5,0.25,1"
    assert main(["render", "valley", *words]) == 0
    rows = table((tmp_path / "a.csv").read_bytes())
    assert len(rows["x"]) == 10
    assert np.all(np.hypot((rows["start_x"][:9] - 1) / 0.5, (rows["start_y"][:9] - 2) / 0.25) <= 1)


def test_basins_are_where_single_runs_come_to_rest():
    experiment = himmelblau(WholePlane(basins=BasinSpec(steps=60)))
    found, about, rows = assert_alike(experiment, "basins")
    assert found["basin"].shape == (5, 7)
    x, y = np.meshgrid(found["x"], found["y"])
    assert rows["x"].tobytes() == x.tobytes()
    assert rows["y"].tobytes() == y.tobytes()
    starts = np.stack([x.ravel(), y.ravel()], axis=1)
    runs = compute(Descent.of(experiment.landscape, GD, starts, 60))
    words = found["outcome_words"][found["outcome"]].ravel().tolist()
    assert words == [outcome.value for outcome in runs.outcome]
    assert found["steps"].ravel().tolist() == list(runs.outcome_step)
    for row, place in enumerate(found["basin"].ravel().tolist()):
        if not place:
            assert np.isnan(found["rest_x"].ravel()[row])
            continue
        rest = about["places"][place - 1]
        assert rest["basin"] == place
        assert (rest["x"], rest["y"]) == tuple(found["place"][place - 1])
        assert np.allclose(runs.params[-1, row], (rest["x"], rest["y"]), atol=1e-3)
    assert {place["kind"] for place in about["places"]} == {"minimum"}
    text = written(experiment, "basins", "csv").decode()
    assert all(line.count(",") == 6 for line in text.splitlines())


def test_two_maps_tell_where_they_differ():
    basins = BasinSpec("difference", 60, other=MOMENTUM)
    found, about, _ = assert_alike(himmelblau(WholePlane(basins=basins)), "basins")
    assert about["second"]["optimizer"] == "momentum"
    one, other = found["basin"], found["second_basin"]
    words = found["difference_words"][found["difference"]]
    both = (one > 0) & (other > 0)
    assert np.array_equal(words == "same", both & (one == other))
    assert np.array_equal(words == "other", both & (one != other))
    assert np.array_equal(words == "first", (one > 0) & (other == 0))
    assert np.array_equal(words == "second", (one == 0) & (other > 0))
    assert np.array_equal(
        found["saved_steps"][both], (found["steps"] - found["second_steps"])[both]
    )
    usual = assert_alike(himmelblau(WholePlane(basins=BasinSpec("side", 60))), "basins")
    assert usual[1]["second"]["hyperparameters"]["learning_rate"] == 0.02


def test_a_sweep_is_what_single_runs_come_to():
    ranges = (SweepRange("learning_rate", 1e-3, 0.05), SweepRange("momentum", 0.0, 0.9))
    plane = WholePlane(sweep=SweepSpec(ranges, "steps", 40))
    experiment = himmelblau(plane)
    run = replace(experiment.runs[0], optimizer=MOMENTUM)
    experiment = replace(experiment, runs=(run,))
    found, about, rows = assert_alike(experiment, "sweep")
    assert about["swept"] == ["learning_rate", "momentum"]
    rates, momenta = found["learning_rate"], found["momentum"]
    assert (rates[0], rates[-1], momenta[0], momenta[-1]) == (1e-3, 0.05, 0.0, 0.9)
    assert found["loss"].shape == (5, 7)
    assert rows["learning_rate"][:7].tolist() == rates.tolist()
    assert rows["momentum"][::7].tolist() == momenta.tolist()
    for row, column in ((0, 0), (2, 3), (4, 6)):
        kind = gdviz.optimizer("momentum", learning_rate=rates[column], momentum=momenta[row])
        alone = compute(Descent.of(experiment.landscape, kind, [run.start], 40))
        word = found["outcome_words"][found["outcome"][row, column]]
        assert word == alone.outcome[0].value
        assert found["outcome_step"][row, column] == alone.outcome_step[0]
        if word == "last step":
            assert found["loss"][row, column] == alone.loss[40, 0]
    assert about["bounds"]["formula"] == "2(1 + μ)/λmax"
    assert found["bound"].shape[1] == 2


def test_a_sweep_of_one_number_has_one_axis():
    found, about, rows = assert_alike(himmelblau(), "sweep", samples=(9, 2))
    assert found["loss"].shape == (9,)
    assert rows["learning_rate"].tobytes() == found["learning_rate"].tobytes()
    assert about["start"] == list(himmelblau().runs[0].start)


def test_sensitivity_is_of_the_point_that_is_shown():
    experiment = himmelblau()
    for step in (0, 7, None):
        found = arrays(written(experiment, "sensitivity", "npz", step=step))
        run = compute(experiment.batches()[0].descent)
        record = run.record_at(run.last_step[0] if step is None else step)
        assert found["point"].tobytes() == run.params[record, 0].tobytes()
        told = strict(written(experiment, "sensitivity", "json", step=step))
        measured = gdviz.sensitivity(experiment.landscape, found["point"])
        assert told["values"]["eigenvalue_1"] == measured.eigenvalues[0]
        assert told["hessian"] == found["hessian"].tolist()
        assert told["step"] == (run.last_step[0] if step is None else step)
        rows = written(experiment, "sensitivity", "csv", step=step).decode().splitlines()
        assert rows[0] == "name,value,meaning"
        assert [row.partition(",")[0] for row in rows[1:]] == list(told["values"])
        assert float(rows[1].split(",")[1]) == found["point"][0]
        assert found["profile_1_loss"].shape == found["profile_1_model"].shape
    bare = replace(experiment, runs=(), selection=())
    found = arrays(written(bare, "sensitivity", "npz"))
    assert found["point"].tolist() == list(experiment.landscape.minima[0])
    assert found["loss"] == 0.0


@pytest.mark.parametrize("content", ["swarm", "basins", "sweep", "sensitivity"])
def test_one_parameter_has_columns_of_its_own(content):
    experiment = open_experiment("quartic")
    experiment = replace(experiment, plane=WholePlane(SwarmSpec(count=11), BasinSpec("side", 40)))
    rows = written(experiment, content, "csv", samples=(11, 2)).decode().splitlines()
    name = experiment.landscape.parameters[0]
    begins = {
        "swarm": f"start_{name},{name},loss,outcome,outcome_step",
        "basins": f"{name},basin,outcome,steps,rest_{name},second_basin",
        "sweep": "learning_rate,loss,outcome,outcome_step",
        "sensitivity": "name,value,meaning",
    }
    assert rows[0].startswith(begins[content])
    assert content == "sensitivity" or len(rows) == 12
    for ending in ("json", "npz"):
        assert written(experiment, content, ending, samples=(11, 2))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("content", ["swarm", "basins", "sweep", "sensitivity"])
def test_the_same_is_the_same_bytes_and_progress_can_end_it(content, ending, tmp_path):
    plane = WholePlane(SwarmSpec(count=20), BasinSpec(steps=40), SweepSpec(steps=40))
    experiment = himmelblau(plane)
    assert written(experiment, content, ending) == written(experiment, content, ending)
    spec = ExportSpec(data=DataSpec(content, (7, 5)))
    material = material_of(experiment)
    told = []
    export(tmp_path / f"a.{ending}", material, spec, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)

    def stop(_share):
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        export(tmp_path / f"b.{ending}", material, spec, stop)
    assert not (tmp_path / f"b.{ending}").exists()


def test_only_what_is_needed_is_computed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # The run itself would take an hour.
    words = ["--steps", "900000000", "--basin-steps", "30", "--samples", "4", "--data", "basins"]
    assert main(["render", "valley", *words, "-o", "a.npz"]) == 0
    assert arrays((tmp_path / "a.npz").read_bytes())["basin"].shape == (4, 4)
