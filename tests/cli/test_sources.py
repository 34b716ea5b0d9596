"""Formulas, tables and surfaces from the command line."""

import csv
import io

import h5py
import numpy as np
import pytest

from gdviz.cli.main import main


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(4)
    x = rng.uniform(0, 10, 40)
    y = 2.0 * x + 1.0 + rng.normal(0, 0.5, 40)
    rows = [f"{a},{b},{'yes' if a > 5 else 'no'}" for a, b in zip(x, y, strict=True)]
    rows[0] = "5.5," + rows[0].split(",")[1] + ",no"
    (tmp_path / "table.csv").write_text("x,y,big\n" + "\n".join(rows) + "\n", "utf-8")
    axis = np.linspace(-1.0, 1.0, 9)
    with h5py.File(tmp_path / "surface.h5", "w") as file:
        file["xcoordinates"] = file["ycoordinates"] = axis
        file["train_loss"] = file["test_loss"] = 2 + axis[:, None] ** 2 + axis**2
    (tmp_path / "track.csv").write_text("x,y\n-0.5,0.5\n0.1,0.2\n", "utf-8")
    return tmp_path


def render(*words):
    return main(["render", *words])


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_partial_derivative_of_the_lesson(here):
    assert render("e^(2y) sin(x)", "--start", "0,1", "--steps", "3", "-o", "a.csv") == 0
    first = rows_of(here / "a.csv")[0]
    assert float(first["gradient_x"]) == pytest.approx(7.38905609893065, rel=1e-15)
    assert float(first["gradient_y"]) == 0.0


def test_parameters_of_a_formula_are_set(here):
    words = ("a x^2 + b y^2", "--set", "a=3", "--set", "b=0.5", "--start", "1,2", "--steps", "1")
    assert render(*words, "-o", "a.csv") == 0
    first = rows_of(here / "a.csv")[0]
    assert float(first["loss"]) == 5.0
    assert float(first["gradient_x"]) == 6.0


@pytest.mark.parametrize(
    ("words", "header"),
    [
        (("--x-column", "x", "--y-column", "y"), "w1,b"),
        (("--x-column", "x", "--y-column", "y", "--loss", "mae", "--no-bias"), "w1"),
        (("--y-column", "big", "--model", "logistic"), "w1,b"),
        (("--y-column", "big", "--loss", "log", "--standardize"), "w1,b"),
        (("--as", "table", "--y-column", "y", "--loss", "huber"), "w1,b"),
    ],
)
def test_a_table_is_a_regression(here, words, header):
    assert render("table.csv", *words, "-o", "a.csv") == 0
    columns = (here / "a.csv").read_text("utf-8").splitlines()[0]
    assert columns.startswith(f"run,optimizer,step,{header},loss,")


def test_the_least_squares_line_is_reached(here):
    words = ("--x-column", "x", "--y-column", "y", "--standardize", "--learning-rate", "0.3")
    assert render("table.csv", *words, "--steps", "200", "-o", "a.csv") == 0
    last = rows_of(here / "a.csv")[-1]
    table = np.genfromtxt(here / "table.csv", delimiter=",", skip_header=1, usecols=(0, 1))
    x = (table[:, 0] - table[:, 0].mean()) / table[:, 0].std()
    slope, bias = np.polyfit(x, table[:, 1], 1)
    assert (float(last["w1"]), float(last["b"])) == pytest.approx((slope, bias), rel=1e-8)


@pytest.mark.parametrize("view", ["contour", "curve", "data", "all"])
def test_every_view_of_a_table_is_drawn(here, view):
    more = ("--residuals",) if view in ("data", "all") else ()
    assert render("table.csv", "--view", view, *more, "-o", f"{view}.png") == 0
    assert (here / f"{view}.png").stat().st_size > 5000


def test_a_surface_with_a_recorded_run(here):
    words = ("--metric", "test_loss", "--track", "track.csv", "--start", "0.5,0.5")
    assert render("surface.h5", *words, "--colors", "log", "-o", "a.svg") == 0
    assert render("surface.h5", *words, "-o", "a.csv") == 0
    rows = rows_of(here / "a.csv")
    recorded = [row for row in rows if row["optimizer"] == "recorded"]
    assert [float(row["x"]) for row in recorded] == [-0.5, 0.1]
    assert float(recorded[0]["loss"]) == pytest.approx(2.5)
    assert {row["run"] for row in recorded} == {"2"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x +", "-o", "a.png"), "character 4 of the formula 'x +'"),
        (("a x^2", "--set", "c=1", "-o", "a.png"), "has no parameter 'c'"),
        (("a x^2", "--set", "c", "-o", "a.png"), "NAME=NUMBER"),
        (("missing.csv", "-o", "a.png"), "there is no file 'missing.csv'"),
        (("../missing", "-o", "a.png"), "no file"),
        (("himmelblu", "-o", "a.png"), "did you mean 'himmelblau'"),
        (("table.csv", "--y-column", "z", "-o", "a.png"), "no column 'z'"),
        (
            ("table.csv", "--x-column", "y", "--y-column", "y", "-o", "a.png"),
            "both feature and label",
        ),
        (("table.csv", "--loss", "log", "--y-column", "y", "-o", "a.png"), "two classes"),
        (("table.csv", "--loss", "abs", "-o", "a.png"), "there is no loss 'abs'"),
        (("table.csv", "--as", "surfaces", "-o", "a.png"), "did you mean 'surface'"),
        (("surface.h5", "--metric", "acc", "-o", "a.png"), "no metric 'acc'"),
        (("surface.h5", "--start", "5,5", "-o", "a.png"), "outside the domain"),
        (("valley", "--view", "data", "-o", "a.png"), "only a regression"),
        (("valley", "--colors", "pink", "-o", "a.png"), "no colors 'pink'"),
        (("valley", "--track", "gone.csv", "-o", "a.png"), "can't be read"),
        (("regression-w1", "--track", "track.csv", "-o", "a.png"), "2 columns of parameters"),
        ((".", "-o", "a.png"), "folder"),
    ],
)
def test_a_mistake_is_told_in_one_line_and_nothing_is_written(here, capsys, words, told):
    assert render(*words) == 2
    error = capsys.readouterr().err
    assert told in error
    assert len(error.splitlines()) == 1
    assert not (here / "a.png").exists()


def test_a_formula_goes_to_standard_output(here, capsysbinary):
    assert render("x^2", "--start", "2", "--steps", "2", "-o", "-", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode())))
    assert [row["run"] for row in rows] == ["1"] * 3
