"""Tables that are easily read wrong, and fits that are easily missed."""

import os
import subprocess
import sys

import numpy as np
import pytest
from scipy.optimize import minimize

from gdviz.errors import UserError
from gdviz.landscapes.fit import fit_landscape, suggest_choice
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.summed import SummedRegression
from gdviz.tables import Dialect, detect, read_table


@pytest.fixture
def read(tmp_path):
    def read_it(content, dialect=None):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, dialect)

    return read_it


def names(table):
    return [column.name for column in table.columns]


@pytest.mark.parametrize("text", ["a,b\n1,2,3\n4,5\n6,7\n", "a\n1,2,3\n4,5,6\n"])
def test_cells_beyond_the_header_are_not_dropped_silently(read, text):
    with pytest.raises(UserError, match="row 2"):
        read(text)


def test_an_empty_last_cell_in_every_row_does_not_shift_the_names(read):
    table = read("a,b\n1,2,\n3,4,\n")
    assert names(table) == ["a", "b"]
    assert table.columns[0].values.tolist() == [1.0, 3.0]


@pytest.mark.parametrize("head", ["\n\n", "# note\n\n"])
def test_blank_lines_before_the_header(read, head):
    table = read(f"{head}a,b\n1,2\n3,4\n")
    assert names(table) == ["a", "b"]
    assert table.columns[0].values.tolist() == [1.0, 3.0]
    assert table.lines.tolist() == [4, 5]


def test_the_first_foreign_letter_far_behind(read):
    table = read(b"a,b\n" + b"1,x\n" * 100_000 + "3,é\n".encode("cp1252"))
    assert table.dialect.encoding == "cp1252"
    assert table.columns[1].texts[-1] == "é"


def test_a_byte_without_meaning_in_cp1252(read):
    assert read(b"a,b\n\x81\xe9,2\n3,4\n").rows == 2


@pytest.mark.parametrize("letter", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_only_line_breaks_break_lines(read, letter):
    table = read(f"a{letter}c,b\n1,2\n3,4\n")
    assert names(table) == ["a c", "b"]
    assert table.columns[1].values.tolist() == [2.0, 4.0]


def test_decimal_commas_between_blanks(read):
    table = read("a b\n1,5 2,5\n2,5 3,5\n4,5 5,5\n")
    assert (table.dialect.delimiter, table.dialect.decimal) == (" ", ",")


def test_quoted_names_between_blanks(read):
    table = read('"speed" "dist"\n"1" 4 2\n"2" 4 10\n"3" 7 4\n')
    assert names(table)[1:] == ["speed", "dist"]


def test_excels_own_line_about_the_delimiter(read):
    table = read("sep=;\na;b\n1;2\n3;4\n")
    assert names(table) == ["a", "b"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with names there")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    code = f"from gdviz.tables import read_table; read_table({str(tmp_path / 'pipe.csv')!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, timeout=10, check=False
    )
    assert b"UserError" in done.stderr


def test_a_path_with_a_zero_byte_is_refused():
    with pytest.raises(UserError):
        read_table("a\0b.csv")


def test_a_negative_number_of_lines_to_skip_is_refused():
    with pytest.raises(UserError):
        Dialect(skipped=-1)


def test_utf32_is_not_taken_for_utf16(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("a,b\n1,2\n".encode("utf-32"))
    with pytest.raises(UserError, match="UTF-32"):
        detect(path)


def test_a_class_that_is_gone_with_the_rows_left_out(read):
    table = read("x,y\n1,0\n2,0\n3,0\n,1\n,1\n")
    with pytest.raises(UserError, match="two classes"):
        fit_landscape(table, FitChoice("x", "y", "logistic", "log")).minima  # noqa: B018


def test_a_feature_that_is_constant_in_the_rows_left(read):
    table = read("x,y,z\n1,0,5\n1,1,6\n1,0,7\n1,1,8\n2,,\n")
    for choice in (FitChoice("x", "y", "logistic", "log"), FitChoice("x", "z")):
        with pytest.raises(UserError, match="constant"):
            fit_landscape(table, choice)


def test_a_rare_class_among_many_rows_is_kept(read):
    rows = [
        f"{number % 97},{'yes' if number in (7, 160_001) else 'no'}" for number in range(200_000)
    ]
    landscape = fit_landscape(
        read("x,y\n" + "\n".join(rows)), FitChoice("x", "y", "logistic", "log")
    )
    assert set(landscape.data.label.tolist()) == {0.0, 1.0}
    assert len(landscape.minima) <= 1


def test_a_stray_word_among_0_and_1_is_left_out(read):
    table = read("x,y\n1,0\n2,1\n3,0\n4,1\n5,oops\n")
    landscape = fit_landscape(table, FitChoice("x", "y", "logistic", "log"))
    assert landscape.data.classes == ("0", "1")
    assert landscape.data.rows == 4


def test_classes_keep_their_digits(read):
    assert read("x,y\n1,1000001\n2,1000002\n").columns[1].classes == ("1000001", "1000002")


@pytest.mark.parametrize("offset", [1e6, 1e9])
def test_least_absolute_error_far_from_zero(offset):
    rng = np.random.default_rng(0)
    x = rng.normal(size=50)
    y = 2.0 * x + rng.normal(0.0, 0.1, 50)
    choice = FitChoice("x", "y", loss="mae")
    near = SummedRegression.of_data("", choice, FitData.of(x, y, "x", "y"))
    far = SummedRegression.of_data("", choice, FitData.of(x, y + offset, "x", "y"))
    assert far.loss(far.minima)[0] == pytest.approx(near.loss(near.minima)[0], rel=1e-5)


def test_hubers_minimum_where_no_row_is_near():
    choice = FitChoice("x", "y", loss="huber", bias=False)
    rng = np.random.default_rng(0)
    for seed in range(40):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=8)
        landscape = SummedRegression.of_data("", choice, FitData.of(x, 2.0 * x + 1.0, "x", "y"))
        exactly = {"xatol": 1e-10, "fatol": 1e-14}
        found = minimize(
            lambda at, known=landscape: known.loss([at])[0],
            landscape.minima[0],
            method="Nelder-Mead",
            options=exactly,
        )
        assert landscape.loss(landscape.minima)[0] <= found.fun * (1.0 + 1e-9)


def test_one_outlier_does_not_decide_hubers_delta():
    rng = np.random.default_rng(0)
    x = rng.normal(size=50)
    y = 2.0 * x + 1.0 + rng.normal(0.0, 0.1, 50)
    y[-1] = 1e6
    data = FitData.of(x, y, "x", "y")
    landscape = SummedRegression.of_data("", FitChoice("x", "y", loss="huber"), data)
    assert landscape.minima[0] == pytest.approx((2.0, 1.0), abs=0.1)


@pytest.mark.parametrize("scale", [1e300, 1e-300])
@pytest.mark.parametrize("loss", ["mae", "huber", "log"])
def test_squares_that_floats_cannot_hold_are_refused_at_once(read, scale, loss):
    rows = "".join(f"{(number - 3) * scale!r},{number % 2}\n" for number in range(8))
    model = "logistic" if loss == "log" else "linear"
    with pytest.raises(UserError, match="too small or too large"):
        fit_landscape(read("x,y\n" + rows), FitChoice("x", "y", model, loss))


def test_a_label_of_0_and_1_suggests_the_logistic_model(read):
    assert suggest_choice(read("x,y\n1,0\n2,1\n3,0\n4,1\n")).model == "logistic"
