"""The programs in ``examples`` run, and write what they say."""

import re
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gdviz.experiment import open_document

FOLDER = Path(__file__).resolve().parents[2] / "examples"
WRITTEN = {
    "first_descent": {"first_descent.png"},
    "race_to_a_figure": {"race.pdf", "race.png"},
    "film": {"ravine.gif"},
    "regression_of_a_table": {"trips.csv", "trips.png", "trips.gdviz", "trips-steps.csv"},
    "own_surface": {"measured.npz", "measured.png"},
    "rate_sweep": {"rates.csv", "rates.png"},
    "basins_of_two_optimizers": {"basins.csv", "basins.png"},
}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys, qapp):
    """Call to run an example in a folder of its own; returns what it printed."""

    def run(name: str) -> str:
        monkeypatch.setattr(sys, "argv", [f"{name}.py", str(tmp_path)])
        runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
        told = capsys.readouterr()
        assert told.err == ""
        assert {path.name for path in tmp_path.iterdir()} == WRITTEN[name]
        return told.out

    return run


def test_every_example_is_told_of_and_tried():
    names = {path.stem for path in FOLDER.glob("*.py")}
    assert names == set(WRITTEN)
    told = (FOLDER / "README.md").read_text("utf-8")
    assert all(f"[{name}.py]({name}.py)" in told for name in names)


def test_the_first_descent(run):
    told = run("first_descent")
    assert "[61.] [[-10.  16.]]" in told
    assert "[-2.     2.4  ]" in told


def test_the_race_is_a_figure_in_millimeters(run, tmp_path):
    assert run("race_to_a_figure").count("\n") == 3
    assert (tmp_path / "race.pdf").read_bytes().startswith(b"%PDF")
    with Image.open(tmp_path / "race.png") as picture:
        assert picture.size == (2126, 945)  # 180 mm x 80 mm at 300 dpi


def test_the_film_takes_six_seconds(run, tmp_path):
    run("film")
    with Image.open(tmp_path / "ravine.gif") as film:
        assert film.size == (640, 480)
        lasts = 0
        for number in range(film.n_frames):
            film.seek(number)
            lasts += film.info["duration"]
    assert lasts == pytest.approx(6000, abs=150)


def test_the_regression_is_saved_to_be_opened_again(run, tmp_path):
    assert "gdviz " in run("regression_of_a_table")
    experiment = open_document(str(tmp_path / "trips.gdviz")).experiment
    assert [run.name for run in experiment.runs] == ["All rows", "Six rows at a time"]
    assert experiment.table is not None
    assert experiment.table.rows == 60


def test_the_surface_is_a_landscape(run):
    assert run("own_surface").startswith("gradient at (0, 0): [")


def test_the_sweep_finds_what_theory_says(run, tmp_path):
    told = run("rate_sweep")
    low, high = map(float, re.findall(r"quickest rates, from ([0-9.]+) to ([0-9.]+)", told)[0])
    assert 0.3 < low <= 1 / 3 <= high < 0.36
    table = np.genfromtxt(tmp_path / "rates.csv", delimiter=",", names=True)
    assert table.shape == (1000,)
    assert table["steps"].max() == 60


def test_momentum_leads_elsewhere_and_sooner(run, tmp_path):
    told = run("basins_of_two_optimizers")
    shares = list(map(float, re.findall(r"([0-9.]+)% of all starts reach the minimum", told)))
    assert len(shares) == 4
    assert sum(shares) > 70.0
    assert float(re.findall(r"([0-9.]+)% reach another one", told)[0]) > 1.0
    table = np.genfromtxt(
        tmp_path / "basins.csv", delimiter=",", names=True, dtype=None, encoding="utf-8"
    )
    assert table.shape == (1200,)
    assert {"basin", "second_basin", "difference"} <= {*table.dtype.names}
