"""The table of all steps, read back with Python's own csv module."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from gdviz.engine import compute
from gdviz.errors import UserError
from gdviz.experiment import Run, open_experiment
from gdviz.export.csv_table import header, write_csv
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.formats import FORMATS, export, format_of
from gdviz.optimizers import optimizer


def table(experiment):
    trajectories = [compute(descent) for descent in experiment.descents()]
    file = io.BytesIO()
    write_csv(experiment, trajectories, file)
    assert b"\r" not in file.getvalue()
    return trajectories, list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8"))))


def test_the_header_names_the_parameters():
    assert header(["w1", "b"]) == [
        "run",
        "optimizer",
        "step",
        "w1",
        "b",
        "loss",
        "gradient_w1",
        "gradient_b",
        "gradient_norm",
    ]


@pytest.mark.parametrize("name", ["regression", "regression-w1", "valley"])
def test_floats_read_back_bit_for_bit(name):
    experiment = open_experiment(name)
    (trajectory,), rows = table(experiment)
    assert len(rows) == experiment.draft.steps + 1
    for axis, parameter in enumerate(experiment.landscape.parameters):
        for column, array in (
            (parameter, trajectory.params),
            (f"gradient_{parameter}", trajectory.gradient),
        ):
            read = np.array([float(row[column]) for row in rows])
            assert read.tobytes() == np.ascontiguousarray(array[:, 0, axis]).tobytes()
    read = np.array([float(row["loss"]) for row in rows])
    assert read.tobytes() == np.ascontiguousarray(trajectory.loss[:, 0]).tobytes()


def test_runs_are_numbered_in_order_and_end_where_they_ended():
    experiment = open_experiment("valley")
    runs = (
        Run(optimizer("gd", learning_rate=0.1), (-3.0, 4.0), 5),
        Run(optimizer("gd", learning_rate=0.1), (1.0, 1.0), 5),
        Run(optimizer("gd", learning_rate=1e308), (1.0, 1.0), 5),
        Run(optimizer("momentum", learning_rate=0.1), (0.0, 0.0), 7),
    )
    _, rows = table(
        experiment.cleared().__class__(
            experiment.title, experiment.landscape, runs[0], runs, experiment.view
        )
    )
    lengths = {number: sum(row["run"] == number for row in rows) for number in "1234"}
    assert lengths == {"1": 6, "2": 6, "3": 1, "4": 8}
    assert {row["run"]: row["optimizer"] for row in rows}["4"] == "momentum"


def test_an_experiment_without_runs_is_a_header(tmp_path):
    _, rows = table(open_experiment("valley").cleared())
    assert rows == []


def test_the_ending_chooses_the_format(tmp_path, qapp):
    experiment = open_experiment("valley")
    trajectories = [compute(descent) for descent in experiment.descents()]
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"run,"}
    assert set(starts) == set(FORMATS)
    for ending, start in starts.items():
        path = tmp_path / f"out.{ending.upper()}"
        export(path, experiment, trajectories, FigureSpec())
        assert path.read_bytes().startswith(start)


@pytest.mark.parametrize("ending", ["", ".", ".exe", ".csvv", "png.zip"])
def test_an_unknown_ending_is_refused(ending):
    with pytest.raises(UserError, match="cannot write"):
        format_of(ending)
