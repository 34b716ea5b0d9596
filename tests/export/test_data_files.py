"""Files of numbers say what was computed, bit for bit, to readers that are not gdviz's."""

import csv
import io
import json
import math
from dataclasses import replace

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import GradientNoise, MiniBatch, Outcome, Trajectory
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run, open_experiment
from gdviz.export.formats import FORMATS, export, format_of, write
from gdviz.export.material import DataSpec, ExportSpec
from gdviz.landscapes import Domain
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.optimizers import optimizer, schedule
from gdviz.surfaces import Track, looks_like_surface, read_surface, read_track
from tests.export.material import computed, material_of

VALLEY = open_experiment("valley")
ODD = [math.nan, math.inf, -math.inf, -0.0, 0.0, 5e-324, 1e308, -1.0, 0.1]
FIELD = ExportSpec(data=DataSpec("field", (5, 4)))
FIELD_ENDINGS = ("csv", "json", "npz", "h5")


def written(material, ending, spec=None):
    file = io.BytesIO()
    write(format_of(ending), material, spec or ExportSpec(), file)
    return file.getvalue()


def strict(data):
    """Read JSON and refuse what RFC 8259 doesn't have."""

    def refuse(word):
        raise AssertionError(word)

    return json.loads(data.decode("utf-8"), parse_constant=refuse)


def bits(values):
    """Return the bits of numbers; all NaN are one."""
    array = np.array(values, dtype=np.float64)
    array[np.isnan(array)] = np.nan
    return array.tobytes()


@pytest.fixture(scope="module")
def race():
    """Return some runs of different lengths, of which one diverges, and a recorded one."""
    runs = (
        Run(optimizer("gd", learning_rate=0.1), (-3.0, 4.0), 30, name='a "name", λ\n'),
        Run(optimizer("gd", learning_rate=1.0), (-3.0, 4.0), 200),
        Run(optimizer("adam", learning_rate=0.2), (1.0, 1.0), 7, schedule("step", period=3)),
        Run(optimizer("bfgs"), (1.0, 1.0), 5),
        Run(optimizer("momentum"), (1.0, 1.0), 4, noise=GradientNoise(0.5, 3)),
    )
    track = Track("walk.csv", np.array([[0.0, 1.0], [2.0, 3.0], [0.5, -0.0]]))
    experiment = replace(VALLEY, runs=runs, draft=runs[0]).recorded(track)
    return material_of(experiment, [*computed(experiment), *experiment.recordings()])


def test_json_holds_all_records_bit_for_bit(race):
    runs = strict(written(race, "json"))["runs"]
    assert len(runs) == len(race.trajectories)
    for run, trajectory in zip(runs, race.trajectories, strict=True):
        records, end = run["records"], run["last_step"] + 1
        assert records["step"] == list(range(end))
        assert bits(records["x"]) == bits(trajectory.params[:end, 0, 0])
        assert bits(records["y"]) == bits(trajectory.params[:end, 0, 1])
        assert bits(records["loss"]) == bits(trajectory.loss[:end, 0])
        assert bits(records["gradient_y"]) == bits(trajectory.gradient[:end, 0, 1])
        assert bits(records["gradient_norm"]) == bits(trajectory.gradient_norm[:end, 0])


def test_json_tells_what_each_run_was_asked_for_and_how_it_ended(race):
    content = strict(written(race, "json"))
    assert (content["format"], content["version"]) == ("gdviz-runs", 1)
    assert content["parameters"] == ["x", "y"]
    first, second, third, _, noisy, recorded = content["runs"]
    assert first["label"] == 'a "name", λ\n'
    assert first["hyperparameters"] == {"learning_rate": 0.1, "weight_decay": 0.0}
    assert first["start"] == [-3.0, 4.0]
    assert (first["steps"], first["last_step"]) == (30, 30)
    assert second["outcome"] == Outcome.DIVERGED.value
    assert second["sentence"].startswith("Diverged at step")
    assert second["outcome_step"] == second["last_step"] + 1
    assert third["schedule"] == {"key": "step", "period": 3, "gamma": 0.5, "warmup": 0}
    assert noisy["noise"] == {"kind": "gradient", "scale": 0.5, "seed": 3}
    assert (recorded["optimizer"], recorded["label"]) == ("recorded", "walk.csv")


def test_npz_holds_all_records_below_one_another(race):
    with np.load(io.BytesIO(written(race, "npz")), allow_pickle=False) as arrays:
        found = dict(arrays)
    assert all(array.dtype.kind in "fiU" for array in found.values())
    for number, trajectory in enumerate(race.trajectories, start=1):
        mine = found["run"] == number
        end = trajectory.last_step[0] + 1
        assert found["step"][mine].tolist() == list(range(end))
        assert found["params"][mine].tobytes() == trajectory.params[:end, 0].tobytes()
        assert found["gradient"][mine].tobytes() == trajectory.gradient[:end, 0].tobytes()
        assert found["loss"][mine].tobytes() == trajectory.loss[:end, 0].tobytes()
        norm = trajectory.gradient_norm[:end, 0]
        assert found["gradient_norm"][mine].tobytes() == norm.tobytes()
    pieces = np.split(found["loss"], found["first"][1:])
    assert [piece.size for piece in pieces] == found["records"].tolist()


def test_npz_tells_of_each_run_what_json_tells(race):
    runs = strict(written(race, "json"))["runs"]
    with np.load(io.BytesIO(written(race, "npz")), allow_pickle=False) as arrays:
        for name in ("label", "optimizer", "outcome", "sentence", "steps", "last_step", "start"):
            assert arrays[name].tolist() == [run[name] for run in runs]
        for name in ("hyperparameters", "schedule", "noise"):
            assert [json.loads(text) for text in arrays[name]] == [run[name] for run in runs]
        assert json.loads(str(arrays["about"]))["format"] == "gdviz-runs"


@settings(max_examples=25)
@given(
    odd=st.lists(st.floats() | st.sampled_from(ODD), min_size=5, max_size=5), steps=st.integers(1)
)
def test_any_float_comes_back(odd, steps):
    values = np.array(odd)
    trajectory = Trajectory(
        steps=np.array([0, min(steps, 2**62)]),
        params=np.array([[[1.0, 2.0]], [[odd[0], odd[1]]]]),
        loss=np.array([[1.0], [odd[2]]]),
        gradient=np.array([[[1.0, 2.0]], [[odd[3], odd[4]]]]),
        outcome=(Outcome.UNDEFINED,),
        outcome_step=(1,),
        last_step=(min(steps, 2**62),),
    )
    material = material_of(VALLEY, [trajectory])
    record = strict(written(material, "json"))["runs"][0]["records"]
    read = [record[name][1] for name in ("x", "y", "loss", "gradient_x", "gradient_y")]
    assert bits(read) == bits(values)
    with np.load(io.BytesIO(written(material, "npz")), allow_pickle=False) as arrays:
        rows = (arrays["params"][1], arrays["loss"][1:], arrays["gradient"][1])
        assert np.concatenate(rows).tobytes() == values.tobytes()
    row = list(csv.reader(io.StringIO(written(material, "csv").decode())))[2]
    assert bits([float(cell) for cell in row[3:8]]) == bits(values)


def test_infinities_are_words_that_float_reads_and_nan_is_null():
    values = np.array([[math.nan], [math.inf], [-math.inf]])
    trajectory = replace(computed(VALLEY)[0].run(0), loss=values, last_step=(2,))
    trajectory = replace(
        trajectory,
        steps=np.arange(3),
        params=trajectory.params[:3],
        gradient=trajectory.gradient[:3],
    )
    records = strict(written(material_of(VALLEY, [trajectory]), "json"))["runs"][0]["records"]
    assert records["loss"] == [None, "Infinity", "-Infinity"]


@pytest.mark.parametrize("name", ["\0", "\ud800", "\u2028", '"', "\\", "a\nb", "💡"])
def test_a_strange_name_is_told_as_it_is(name):
    runs = (replace(VALLEY.runs[0], name=name, steps=2),)
    material = material_of(replace(VALLEY, runs=runs))
    assert strict(written(material, "json"))["runs"][0]["label"] == name
    with np.load(io.BytesIO(written(material, "npz")), allow_pickle=False) as arrays:
        assert arrays["label"][0] == name.rstrip("\0")


@pytest.mark.parametrize("ending", ["json", "npz"])
def test_no_runs_make_a_file_that_says_so(ending):
    data = written(material_of(VALLEY.cleared(), []), ending)
    if ending == "json":
        assert strict(data)["runs"] == []
        return
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        assert arrays["loss"].shape == (0,)
        assert arrays["params"].shape == (0, 2)
        assert arrays["label"].shape == (0,)


def test_mini_batches_and_one_parameter():
    source = open_experiment("regression-w1")
    runs = (replace(source.runs[0], noise=MiniBatch(4, 9), steps=6),)
    material = material_of(replace(source, runs=runs))
    (run,) = strict(written(material, "json"))["runs"]
    assert run["noise"] == {"kind": "mini-batch", "size": 4, "seed": 9}
    assert list(run["records"]) == ["step", "w1", "loss", "gradient_w1", "gradient_norm"]
    with np.load(io.BytesIO(written(material, "npz")), allow_pickle=False) as arrays:
        assert arrays["params"].shape == (7, 1)


@pytest.mark.parametrize("ending", ["csv", "json", "npz", "h5"])
@pytest.mark.parametrize("content", ["runs", "field"])
def test_the_same_content_gives_the_same_bytes(race, ending, content):
    spec = ExportSpec(data=DataSpec(content, (5, 4)))
    assert written(race, ending, spec) == written(race, ending, spec)


def test_progress_is_told_and_can_end_the_writing(race, tmp_path):
    for ending in FIELD_ENDINGS:
        told = []
        export(tmp_path / f"a.{ending}", race, FIELD, told.append)
        assert told
        assert told == sorted(told)
        assert 0.0 <= told[0] <= told[-1] <= 1.0

    def stop(_share):
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        export(tmp_path / "b.json", race, ExportSpec(), stop)
    assert not (tmp_path / "b.json").exists()


def field_of(text, domain, *, samples=(5, 4)):
    landscape = FormulaLandscape.of(text)
    experiment = Experiment.on(landscape, text).showing(Domain.of(*domain))
    return material_of(experiment, []), ExportSpec(data=DataSpec("field", samples))


def read_again(material, spec, ending, folder):
    path = folder / f"field.{ending}"
    export(path, material, spec)
    return path, read_surface(path)


FIELDS = {
    "plain": ("0.1x^2 + y^3/7", ((-1.0, 2.0), (-0.3, 0.7))),
    "with -1": ("x - y - 1", ((-1.0, 1.0), (-2.0, 1.0))),
    "undefined": ("ln(x) + 0*y", ((-1.0, 3.0), (0.0, 1.0))),
    "infinite": ("1/x + y", ((-1.0, 1.0), (0.0, 3.0))),
    "all of one": ("0x + 0y - 1", ((-1.0, 1.0), (0.0, 3.0))),
}


@pytest.mark.parametrize("ending", FIELD_ENDINGS)
@pytest.mark.parametrize("case", FIELDS)
def test_gdviz_opens_a_field_again_with_the_same_bits(case, ending, tmp_path):
    material, spec = field_of(*FIELDS[case])
    path, surface = read_again(material, spec, ending, tmp_path)
    domain = material.experiment.view.domain
    x, y = np.linspace(*domain[0], 5), np.linspace(*domain[1], 4)
    assert surface.x.tobytes() == x.tobytes()
    assert surface.y.tobytes() == y.tobytes()
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    truth = material.experiment.landscape.loss(points).reshape(4, 5)
    (read,) = surface.metrics.values()
    assert bits(read) == bits(truth)
    assert looks_like_surface(path)
    assert SampledLandscape.of(surface).dimension == 2


@pytest.mark.parametrize("ending", FIELD_ENDINGS)
def test_a_field_of_one_parameter_is_opened_again(ending, tmp_path):
    material, spec = field_of("x^3/3 - x", ((-2.0, 1.0),), samples=(7, 2))
    _, surface = read_again(material, spec, ending, tmp_path)
    x = np.linspace(-2.0, 1.0, 7)
    assert surface.dimension == 1
    assert surface.x.tobytes() == x.tobytes()
    (read,) = surface.metrics.values()
    assert read.tobytes() == material.experiment.landscape.loss(x[:, np.newaxis]).tobytes()


def test_h5_has_the_fields_names_and_shapes():
    material, spec = field_of(*FIELDS["with -1"])
    with h5py.File(io.BytesIO(written(material, "h5", spec)), "r") as file:
        assert set(file) == {"xcoordinates", "ycoordinates", "train_loss"}
        cells = file["train_loss"][()]
        assert cells.shape == (4, 5)
        x, y = file["xcoordinates"][()], file["ycoordinates"][()]
        assert cells[3, 1] == x[1] - y[3] - 1.0
        assert (cells == -1.0).any()
        assert np.isnan(file["train_loss"].attrs["unmeasured"])
        assert json.loads(file.attrs["about"])["parameters"] == ["x", "y"]


def test_h5_is_the_field_whatever_is_asked_for(race):
    small = ExportSpec(data=DataSpec("runs", (5, 4)))
    assert written(race, "h5", small) == written(race, "h5", FIELD)


def test_undefined_cells_are_empty_in_tables_and_null_in_json():
    material, spec = field_of(*FIELDS["undefined"])
    assert written(material, "csv", spec).decode().splitlines()[:3] == [
        "x,y,loss",
        "-1.0,0.0,",
        "0.0,0.0,-inf",
    ]
    content = strict(written(material, "json", spec))
    assert content["loss"][0][:2] == [None, "-Infinity"]
    assert content["format"] == "gdviz-field"


def test_a_measured_surface_is_sampled_where_it_was_measured(tmp_path):
    material, spec = field_of(*FIELDS["plain"])
    _, surface = read_again(material, spec, "npz", tmp_path)
    experiment = Experiment.on(SampledLandscape.of(surface), "again")
    again = material_of(experiment, [])
    _, second = read_again(again, spec, "h5", tmp_path)
    assert np.allclose(second.metrics["train_loss"], surface.metrics["loss"], rtol=1e-12)


def test_a_hostile_attribute_is_no_traceback(tmp_path):
    path = tmp_path / "bad.h5"
    with h5py.File(path, "w") as file:
        file["xcoordinates"], file["train_loss"] = [0.0, 1.0], [1.0, 2.0]
        file["train_loss"].attrs["unmeasured"] = "many"
    with pytest.raises(UserError):
        read_surface(path)


def test_every_format_of_numbers_has_a_writer():
    assert {known.ending for known in FORMATS.values() if known.kind == "data"} == {
        *FIELD_ENDINGS,
    }


@pytest.mark.parametrize("ending", ["json", "npz"])
def test_a_file_of_runs_is_no_surface_and_says_so(race, ending, tmp_path):
    path = tmp_path / f"runs.{ending}"
    export(path, race, ExportSpec())
    with pytest.raises(UserError, match="holds trajectories, not a surface"):
        read_surface(path)


def test_a_table_of_runs_can_be_laid_over_as_a_recorded_run(tmp_path):
    path = tmp_path / "runs.csv"
    material = material_of(VALLEY)
    export(path, material, ExportSpec())
    points = read_track(path).points
    assert points.tobytes() == material.trajectories[0].params[: len(points), 0].tobytes()
