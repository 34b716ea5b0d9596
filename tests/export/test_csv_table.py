"""The table says what was computed, bit for bit."""

import csv
import io
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.engine import Outcome
from gdviz.errors import UserError
from gdviz.experiment import Run, open_experiment
from gdviz.export.csv_table import header, write_csv
from gdviz.export.formats import FORMATS, export, format_of
from gdviz.export.material import ExportSpec
from gdviz.optimizers import optimizer
from tests.export.material import computed, material_of

VALLEY = open_experiment("valley")
HEADER = "run,optimizer,step,x,y,loss,gradient_x,gradient_y,gradient_norm"


def with_runs(*runs, source=VALLEY):
    return replace(source, runs=runs, draft=runs[0])


def run(name="gd", rate=0.1, start=(-3.0, 4.0), steps=50, **others):
    return Run(optimizer(name, learning_rate=rate, **others), start, steps)


def written(experiment):
    """Return an experiment's trajectories and the text of its table."""
    trajectories = computed(experiment)
    file = io.BytesIO()
    write_csv(material_of(experiment, trajectories), ExportSpec(), file, print)
    assert not file.closed
    return trajectories, file.getvalue().decode("utf-8")


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_header_of_two_parameters():
    _, text = written(with_runs(run()))
    assert text.split("\n", 1)[0] == HEADER
    assert ",".join(header(("x", "y"))) == HEADER


def test_the_header_of_one_parameter():
    source = open_experiment("regression-w1")
    _, text = written(with_runs(run(start=(0.0,)), source=source))
    assert text.split("\n", 1)[0] == "run,optimizer,step,w1,loss,gradient_w1,gradient_norm"


def test_lines_end_with_a_line_feed_and_nothing_is_left_out():
    _, text = written(with_runs(run()))
    assert "\r" not in text
    assert text.endswith("\n")
    lines = text[:-1].split("\n")
    assert len(lines) == 52
    assert {line.count(",") for line in lines} == {8}


def test_the_closed_form_of_the_valley():
    # x[k] = 2 - 5 * 0.8^k and y[k] = 4 * 0.6^k from (-3, 4) with learning rate 0.1.
    _, text = written(with_runs(run()))
    for k, row in enumerate(rows_of(text)):
        x, y = 2.0 - 5.0 * 0.8**k, 4.0 * 0.6**k
        assert (row["run"], row["optimizer"], row["step"]) == ("1", "gd", str(k))
        assert math.isclose(float(row["x"]), x, rel_tol=0.0, abs_tol=1e-12)
        assert math.isclose(float(row["y"]), y, rel_tol=0.0, abs_tol=1e-12)
        assert math.isclose(float(row["loss"]), 4.0 + (x - 2.0) ** 2 + 2.0 * y**2, abs_tol=1e-12)
        assert math.isclose(float(row["gradient_x"]), 2.0 * (x - 2.0), abs_tol=1e-12)
        assert math.isclose(float(row["gradient_y"]), 4.0 * y, abs_tol=1e-12)
        norm = math.hypot(2.0 * (x - 2.0), 4.0 * y)
        assert math.isclose(float(row["gradient_norm"]), norm, abs_tol=1e-12)


@settings(max_examples=30)
@given(
    start=st.tuples(st.floats(-4.0, 8.0), st.floats(-5.0, 5.0)),
    rate=st.floats(1e-300, 1e300),
    steps=st.integers(1, 40),
)
def test_every_number_reads_back_bit_for_bit(start, rate, steps):
    (trajectory,), text = written(with_runs(run(start=start, rate=rate, steps=steps)))
    rows = rows_of(text)
    for name, values in (
        ("x", trajectory.params[:, 0, 0]),
        ("y", trajectory.params[:, 0, 1]),
        ("loss", trajectory.loss[:, 0]),
        ("gradient_x", trajectory.gradient[:, 0, 0]),
        ("gradient_y", trajectory.gradient[:, 0, 1]),
        ("gradient_norm", trajectory.gradient_norm[:, 0]),
    ):
        read = np.array([float(row[name]) for row in rows])
        assert read.tobytes() == values[: len(rows)].tobytes()


def test_runs_are_numbered_through_and_carry_their_optimizers_name():
    experiment = with_runs(
        run(start=(0.0, 0.0), steps=3),
        run(start=(1.0, 1.0), steps=3),
        run("momentum", start=(0.0, 0.0), steps=3, momentum=0.5),
        run(start=(1.0, 1.0), steps=2, rate=0.2),
    )
    _, text = written(experiment)
    rows = rows_of(text)
    groups = [("1", "gd", 4), ("2", "gd", 4), ("3", "momentum", 4), ("4", "gd", 3)]
    assert [(row["run"], row["optimizer"]) for row in rows] == [
        (number, name) for number, name, count in groups for _ in range(count)
    ]
    assert [row["step"] for row in rows] == [
        str(step) for _, _, count in groups for step in range(count)
    ]
    assert [rows[place]["x"] for place in (0, 4, 8, 12)] == ["0.0", "1.0", "0.0", "1.0"]


def test_a_diverged_run_ends_at_its_last_good_step():
    (trajectory,), text = written(with_runs(run(rate=1e200)))
    assert trajectory.outcome == (Outcome.DIVERGED,)
    rows = rows_of(text)
    assert [int(row["step"]) for row in rows] == list(range(trajectory.last_step[0] + 1))
    assert all(math.isfinite(float(row[name])) for row in rows for name in HEADER.split(",")[3:])


def test_the_end_of_one_run_of_a_batch_is_not_the_end_of_the_others():
    source = with_runs(run(start=(2.0, 0.0), steps=60), run(rate=0.5001, steps=60), run(steps=60))
    trajectories, text = written(source)
    rows = rows_of(text)
    counts = [sum(row["run"] == str(number) for row in rows) for number in (1, 2, 3)]
    lasts = [last for trajectory in trajectories for last in trajectory.last_step]
    assert counts == [last + 1 for last in lasts]


def test_a_thinned_run_says_which_steps_it_kept():
    experiment = with_runs(run(rate=0.01, steps=64))
    whole = computed(experiment)[0]
    kept = [0, 1, 2, 4, 8, 16, 32, 64]
    arrays = {name: getattr(whole, name)[kept] for name in ("steps", "params", "loss", "gradient")}
    file = io.BytesIO()
    thinned = [replace(whole, **arrays, thinned="Some are left out.")]
    write_csv(material_of(experiment, thinned), ExportSpec(), file, print)
    rows = rows_of(file.getvalue().decode())
    assert [int(row["step"]) for row in rows] == kept
    assert [float(row["x"]) for row in rows] == whole.params[kept, 0, 0].tolist()


def test_no_runs_give_the_header_alone():
    file = io.BytesIO()
    write_csv(material_of(VALLEY.cleared(), []), ExportSpec(), file, print)
    assert file.getvalue().decode() == HEADER + "\n"


def test_a_part_of_the_runs_can_be_written():
    experiment = with_runs(run(), run("momentum"))
    first = computed(experiment)[0]
    file = io.BytesIO()
    write_csv(material_of(experiment, [first]), ExportSpec(), file, print)
    rows = rows_of(file.getvalue().decode())
    assert {row["optimizer"] for row in rows} == {"gd"}


@pytest.mark.parametrize("source", ["valley", "regression", "regression-w1"])
def test_numpy_reads_the_table_of_every_preset(source):
    experiment = open_experiment(source)
    (trajectory,), text = written(experiment)
    table = np.genfromtxt(io.StringIO(text), delimiter=",", names=True, dtype=None, encoding=None)
    assert table["loss"].tobytes() == trajectory.loss[: table.size, 0].tobytes()


def test_the_ending_chooses_the_format(tmp_path, qapp):
    trajectories = computed(VALLEY)
    starts = {
        "png": b"\x89PNG",
        "svg": b"<?xml",
        "pdf": b"%PDF",
        "csv": b"run,",
        "gdviz": b"{",
    }
    films = {ending for ending, known in FORMATS.items() if known.kind == "film"}
    assert set(starts) == set(FORMATS) - films
    for ending, start in starts.items():
        path = tmp_path / f"out.{ending.upper()}"
        export(path, material_of(VALLEY, trajectories), ExportSpec())
        assert path.read_bytes().startswith(start)


@pytest.mark.parametrize("ending", ["", ".", ".exe", ".csvv", "png.zip"])
def test_an_unknown_ending_is_refused(ending):
    with pytest.raises(UserError, match="cannot write"):
        format_of(ending)
