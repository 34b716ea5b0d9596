"""What stands in a table is read to the last digit, and what is wrong is counted and placed."""

import csv
import math

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.resource_files import resource_path
from gdviz.tables import read_table

MISSING = ("", "NA", "nan", "NaN", "null", "NULL", "?", "-", "n/a", "N/A")


class UnwantedError(Exception):
    """What a caller raises to end a reading."""


def column(table, name):
    return table.column(name)


@pytest.mark.parametrize(
    "name", sorted(path.name for path in resource_path("datasets").glob("*.csv"))
)
def test_the_shipped_tables_are_read_as_pythons_own_reader_does(name):
    path = resource_path("datasets", name)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    table = read_table(path)
    assert [found.name for found in table.columns] == header
    assert table.rows == len(rows)
    assert table.lines.tolist() == list(range(2, len(rows) + 2))
    for found, cells in zip(table.columns, zip(*rows, strict=True), strict=True):
        if found.kind == "text":
            assert found.texts.tolist() == list(cells)
        else:
            assert found.values.tolist() == [float(cell) for cell in cells]
    assert (table.name, table.path) == (name, path)


def test_numbers_keep_every_bit(write):
    rng = np.random.default_rng(4)
    numbers = np.concatenate([
        rng.normal(size=300),
        rng.normal(size=300) * 10.0 ** rng.integers(-300, 300, 300),
        [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.1, 1 / 3, -0.0, 2.0**63],
    ])  # fmt: skip
    text = "a,b\n" + "".join(f"{value!r},1\n" for value in numbers.tolist())
    assert column(read_table(write(text)), "a").values.tobytes() == numbers.tobytes()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("+5", 5.0),
        ("1e3", 1000.0),
        ("-2.5E-2", -0.025),
        (".5", 0.5),
        ("5.", 5.0),
        ("007", 7.0),
        ("12345678901234567890123", 1.2345678901234568e22),
    ],
)
def test_ways_to_write_a_number(write, cell, value):
    found = column(read_table(write(f"a,b\n1,2\n{cell},3\n4,5\n")), "a")
    assert found.values.tolist() == [1.0, value, 4.0]
    assert found.not_numbers == 0


@pytest.mark.parametrize(
    "cell", ["tall", "1_000", "0x10", "1.2.3", "12:30", "5 kg", "1e999", "inf"]
)
def test_a_cell_that_is_no_finite_number_is_counted_and_placed(write, cell):
    found = column(read_table(write(f"a,b\n1,2\n{cell},3\n4,5\n6,7\n")), "a")
    assert found.values[0] == 1.0
    assert math.isnan(found.values[1])
    assert (found.missing, found.not_numbers, found.first_bad_row) == (0, 1, 3)
    assert found.kind == "number"


@pytest.mark.parametrize("cell", MISSING)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_words_for_a_missing_value(write, cell, delimiter):
    rows = (("a", "b"), ("1", "2"), (cell, "3"), ("4", "5"))
    text = "".join(delimiter.join(row) + "\n" for row in rows)
    found = column(read_table(write(text)), "a")
    assert np.isnan(found.values).tolist() == [False, True, False]
    assert (found.missing, found.not_numbers, found.first_bad_row) == (1, 0, 0)
    assert found.kind == "number"


def test_text_keeps_its_cells_and_numbers_have_none(write):
    table = read_table(write("who,much\nAda,1\n,2\nBob ,3\n"))
    assert column(table, "who").texts.tolist() == ["Ada", "", "Bob"]
    assert column(table, "who").missing == 1
    assert column(table, "much").texts is None


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("1", "2", "3"), "number"),
        (("x", "y", "x"), "text"),
        (("1", "x", "y"), "text"),
        (("1", "2", "y"), "number"),
        (("7", "7", "7"), "constant"),
        (("7", "", "7.0"), "constant"),
        (("", "NA", "?"), "empty"),
        (("true", "false", "true"), "text"),
        (("2020-01-01", "2020-01-02", "2020-01-03"), "text"),
    ],
)
def test_what_a_column_can_serve_for(write, cells, kind):
    text = "a,b\n" + "".join(f"{cell},{number}\n" for number, cell in enumerate(cells))
    assert column(read_table(write(text)), "a").kind == kind


def test_classes_are_sorted_and_at_most_three(write):
    table = read_table(write("a,b,c\nyes,2,x\nno,1,y\n,1,z\nyes,2,w\n"))
    assert [found.classes for found in table.columns] == [
        ("no", "yes"),
        ("1", "2"),
        ("w", "x", "y"),
    ]


def test_a_bad_cell_far_behind_is_placed_too(write):
    """Beyond the first part that is read, where the column was numbers until then."""
    rows = 120_000
    lines = [f"{number},{number % 7}" for number in range(rows)]
    lines[110_000] = "oops,3"
    found = read_table(write("a,b\n" + "\n".join(lines) + "\n")).columns[0]
    assert (found.not_numbers, found.first_bad_row) == (1, 110_002)
    assert np.isnan(found.values).sum() == 1
    assert found.values[-1] == rows - 1


# Rows


def test_blank_lines_are_left_out_but_counted(write):
    table = read_table(write("a,b\n1,2\n\n,\n3,x\n\n"))
    assert table.rows == 2
    assert table.lines.tolist() == [2, 5]
    assert column(table, "b").first_bad_row == 5


def test_cells_that_a_row_lacks_at_its_end_are_missing(write):
    table = read_table(write("a,b,c\n1,2,3\n4,5\n6\n7,8,9\n"))
    assert [found.missing for found in table.columns] == [0, 1, 2]
    assert column(table, "c").values[[0, 3]].tolist() == [3.0, 9.0]


def test_a_row_with_too_many_cells_is_refused_by_its_number(write):
    with pytest.raises(UserError, match="row 4 has 3 cells"):
        read_table(write("a,b\n1,2\n3,4\n5,6,7\n8,9\n"))


def test_a_row_with_too_many_cells_far_behind_is_refused_by_its_number(write):
    with pytest.raises(UserError, match="row 100002 has 3 cells"):
        read_table(write("a,b\n" + "1,2\n" * 100_000 + "5,6,7\n"))


# Names


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("a,b,a", ["a", "b", "a (2)"]),
        ("a,a,a", ["a", "a (2)", "a (3)"]),
        ("a,,b", ["a", "column 2", "b"]),
        (",a,", ["column 1", "a", "column 3"]),
        ("  a  b , b,c", ["a b", "b", "c"]),
        ("column 2,,x", ["column 2", "column 2 (2)", "x"]),
    ],
)
def test_names_are_made_unique_and_plain(write, header, names):
    table = read_table(write(f"{header}\n1,2,3\n4,5,6\n"))
    assert [found.name for found in table.columns] == names


def test_a_very_long_name_is_cut(write):
    table = read_table(write(f"{'long ' * 1000},b\n1,2\n3,4\n"))
    assert len(table.columns[0].name) <= 80


def test_a_column_is_found_by_its_name_or_the_nearest_is_told(write):
    table = read_table(write("height,weight\n1,2\n3,4\n"))
    assert column(table, "weight") is table.columns[1]
    with pytest.raises(UserError, match="no column 'wieght'; did you mean 'weight'"):
        column(table, "wieght")
    with pytest.raises(UserError, match="it has: height, weight"):
        column(table, "quux")


def test_hundreds_of_columns_are_read(write):
    names = [f"c{number}" for number in range(1500)]
    row = ",".join(map(str, range(1500)))
    table = read_table(write("\n".join([",".join(names), row, row]) + "\n"))
    assert [found.name for found in table.columns] == names
    assert [found.values[1] for found in table.columns] == list(range(1500))


# What the values are


def test_arrays_cannot_be_changed(write):
    table = read_table(write("a,b\n1,x\n2,y\n"))
    with pytest.raises(ValueError, match="read-only"):
        table.columns[0].values[0] = 9.0
    with pytest.raises(AttributeError):
        table.columns = ()


def test_a_table_can_be_told_from_another_and_put_into_a_set(write):
    path = write("a,b\n1,2\n3,4\n")
    table, again = read_table(path), read_table(path)
    assert table == table  # noqa: PLR0124 -- no array must be asked for its truth
    assert len({table, table}) == 1
    assert isinstance(table == again, bool)


# Progress


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Return a table of 200,000 rows and what is in it."""
    values = np.random.default_rng(1).normal(size=(200_000, 3))
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", encoding="ascii") as file:
        file.write("x,y,z\n")
        file.writelines(f"{x!r},{y!r},{z!r}\n" for x, y, z in values.tolist())
    return path, values


def test_progress_goes_from_0_to_1_and_never_back(large):
    path, values = large
    told = []
    table = read_table(path, progress=told.append)
    assert table.rows == 200_000
    assert np.stack([found.values for found in table.columns], axis=1).tobytes() == values.tobytes()
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)
    assert len(told) >= 4


def test_a_short_table_is_told_of_too(write):
    told = []
    read_table(write("a,b\n1,2\n"), progress=told.append)
    assert told[0] == 0.0
    assert told[-1] == 1.0


@pytest.mark.parametrize("when", [0, 1, 2])
@pytest.mark.parametrize("kind", [UnwantedError, ValueError, OSError])
def test_what_progress_raises_ends_the_reading(large, when, kind):
    path, _ = large
    told = []

    def progress(share):
        told.append(share)
        if len(told) > when:
            raise kind("enough")

    with pytest.raises((kind, UserError), match="enough"):
        read_table(path, progress=progress)
    assert len(told) == when + 1
