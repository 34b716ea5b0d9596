"""What is no table is refused in one line that says what it is, without harm."""

import gzip
import io
import os
import stat
import sys
import zipfile

import numpy as np
import pytest

import gdviz.tables.read
from gdviz.errors import UserError
from gdviz.tables import Dialect, read_table


def refusal(path, dialect=None):
    with pytest.raises(UserError) as caught:
        read_table(path, dialect)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert "Traceback" not in message
    assert "pandas" not in message.lower()
    return message


def test_a_missing_file_is_named(tmp_path):
    assert "nowhere.csv" in refusal(tmp_path / "nowhere.csv")


def test_a_path_may_be_text(write):
    assert read_table(str(write("a,b\n1,2\n"))).rows == 1
    assert "nowhere" in refusal("/nowhere/at/all.csv")


def test_a_folder_is_no_table(tmp_path):
    assert tmp_path.name in refusal(tmp_path)


@pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="root may read everything",
)
def test_a_file_that_may_not_be_read_is_refused(write):
    path = write("a,b\n1,2\n")
    path.chmod(stat.S_IWUSR)
    assert "permission" in refusal(path)


@pytest.mark.parametrize("content", ["", "\n", "   \n \n", "\ufeff", "# only\n# comments\n"])
def test_a_file_without_a_table_is_empty(write, content):
    assert "empty" in refusal(write(content))


@pytest.mark.parametrize("content", ["a,b\n", "a,b", "a;b\n\n\n", "# note\na,b\n"])
def test_names_without_rows_are_no_table(write, content):
    message = refusal(write(content))
    assert "table.csv" in message
    assert "rows" in message


def numpy_file(kind):
    file = io.BytesIO()
    if kind == "npy":
        np.save(file, np.arange(5.0))
    else:
        np.savez(file, x=np.arange(5.0))
    return file.getvalue()


def workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 50)
    return file.getvalue()


BINARY = {
    "npy": numpy_file("npy"),
    "npz": numpy_file("npz"),
    "xlsx": workbook(),
    "gz": gzip.compress(b"a,b\n1,2\n" * 100),
    "hdf5": b"\x89HDF\r\n\x1a\n" + bytes(200),
    "zeros": bytes(1000),
    "zero byte": b"a,b\n1,\x002\n",
}


@pytest.mark.parametrize("kind", BINARY)
@pytest.mark.parametrize("name", ["table.csv", "table.tsv", "table"])
def test_binary_content_is_refused_whatever_the_ending(write, kind, name):
    message = refusal(write(BINARY[kind], name=name))
    assert name in message
    assert "text" in message


def test_a_quote_that_is_never_closed_is_told(write):
    assert "quote" in refusal(write('a,b\n1,2\n"3,4\n5,6\n7,8\n'))


def test_a_line_without_an_end_is_no_table(write):
    assert "first line" in refusal(write("1," * 300_000))


def test_more_columns_than_are_read_are_refused_with_their_number(write):
    many = gdviz.tables.read.MOST_COLUMNS + 1
    message = refusal(
        write(",".join(f"c{n}" for n in range(many)) + "\n" + "1," * (many - 1) + "1\n")
    )
    assert f"{many:,} columns" in message
    assert f"{gdviz.tables.read.MOST_COLUMNS:,}" in message


def test_more_cells_than_memory_should_hold_are_refused_while_reading(write, monkeypatch):
    monkeypatch.setattr(gdviz.tables.read, "MOST_CELLS", 1_000_000)
    told = []
    path = write("a,b,c\n" + "1,2,3\n" * 1_000_000)
    with pytest.raises(UserError, match="1 million cells"):
        read_table(path, progress=told.append)
    assert told[-1] < 0.9


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    """A hole in a file takes no room on the disk."""
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n1,2\n")
        file.truncate(3_000_000_000_000)
    message = refusal(path)
    assert "huge.csv" in message
    assert "GB" in message


def test_more_lines_to_skip_than_there_are_leave_no_table(write):
    assert "empty" in refusal(write("a,b\n1,2\n"), Dialect(skipped=50))


def test_a_file_that_vanishes_is_told(write):
    path = write("a,b\n" + "1,2\n" * 10)

    def progress(share):
        path.unlink(missing_ok=True)

    refused, rows = "table.csv", 10
    try:
        rows = read_table(path, progress=progress).rows
    except UserError as error:
        refused = str(error)
    assert "table.csv" in refused
    assert rows == 10  # where an open file outlives its name


@pytest.mark.parametrize("name", ["tab\tle.csv", "ta\nble.csv", "täble 🚗.csv"])
@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_strange_names_of_files(write, name):
    assert read_table(write("a,b\n1,2\n3,4\n", name=name)).name == name
    refusal(write("", name=name))
