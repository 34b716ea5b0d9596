"""Whatever is in a file, it is a sound table or a user's mistake told in one line."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gdviz.errors import UserError
from gdviz.tables import detect, read_table

CELLS = (
    "1", "2.5", "-3", "x", "", "NA", '"a,b"', '""', "é", "1,5", "1e9", "inf", "nan", " ", "#",
    "\x0b", "\x1c", "0x1", "TRUE", "99999999999999999999", "1_0", "'", "\\", "+", "-", "?",
    "1e400", "\uff12", "1 2", "a\u200bb", "\U0001f697", "=1+1", "%s", "{}",
)  # fmt: skip
ENCODED = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-32", "utf-16-le")

hostile = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def tables(draw):
    """Text in columns; a row may lack its last cells."""
    width = draw(st.integers(1, 5))
    delimiter = draw(st.sampled_from((",", ";", "\t", "|", ", ")))
    newline = draw(st.sampled_from(("\n", "\r\n", "\r")))
    row = st.lists(st.sampled_from(CELLS), min_size=width, max_size=width)
    rows = [list("abcde"[:width])]
    rows += [
        [cell if '"' in cell or "," not in cell else f'"{cell}"' for cell in cells]
        for cells in draw(st.lists(row, max_size=8))
    ]
    if len(rows) > 3:
        short = draw(st.integers(1, len(rows) - 1))
        rows[short] = rows[short][: draw(st.integers(1, width))]
    comments = ["# comment"] * draw(st.integers(0, 2))
    return newline.join([*comments, *map(delimiter.join, rows)])


def check(path, dialect=None):
    """Read a file; return its table, or None if it was refused as it should be."""
    refusal = ""
    try:
        table = read_table(path, dialect)
    except UserError as error:
        refusal = str(error)
    if refusal:
        assert len(refusal.splitlines()) == 1
        return None
    assert table.rows == table.lines.size > 0
    assert np.all(np.diff(table.lines) > 0)
    assert table.lines[0] >= 1
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names) > 0
    assert all(name.strip() for name in names)
    for column in table.columns:
        check_column(column, table)
    return table


def check_column(column, table):
    assert column.values.shape == (table.rows,)
    assert column.values.dtype == np.float64
    assert not np.isinf(column.values).any()
    assert int(np.isnan(column.values).sum()) == column.missing + column.not_numbers
    assert column.kind in {"number", "text", "constant", "empty"}
    if column.texts is not None:
        assert column.texts.shape == (table.rows,)
        assert all(type(text) is str for text in column.texts)
    if column.not_numbers:
        assert column.first_bad_row in table.lines
        first = int(np.flatnonzero(table.lines == column.first_bad_row)[0])
        assert np.isnan(column.values[first])
    else:
        assert column.first_bad_row == 0


@hostile
@given(tables(), st.sampled_from(ENCODED))
def test_columns_of_anything(write, text, encoding):
    check(write(text.encode(encoding, "replace")))


@hostile
@given(tables())
def test_reading_twice_gives_the_same(write, text):
    path = write(text)
    one, other = check(path), check(path)
    assert (one is None) == (other is None)
    if one is not None:
        for first, second in zip(one.columns, other.columns, strict=True):
            assert first.values.tobytes() == second.values.tobytes()


@hostile
@given(tables())
def test_naming_the_dialect_that_is_detected_changes_nothing(write, text):
    path = write(text)
    table = check(path)
    if table is not None:
        again = check(path, detect(path))
        assert [column.name for column in again.columns] == [c.name for c in table.columns]
        assert again.lines.tolist() == table.lines.tolist()


@hostile
@given(st.binary(max_size=300).map(lambda data: data.translate(None, b",;|\t ")))
def test_random_bytes_in_one_column(write, data):
    check(write(data))


@hostile
@given(st.text(max_size=200).map(lambda text: "".join(c for c in text if c not in ",;|\t \0")))
def test_random_letters_in_one_column(write, text):
    check(write(text.encode("utf-8", "replace")))


@pytest.mark.parametrize("size", [1 << 18, (1 << 18) + 1, 3 * (1 << 17)])
@pytest.mark.parametrize("letter", ["é", "€", "\U0001f697"])
def test_a_letter_on_the_edge_of_what_is_sampled(write, size, letter):
    """The sample may end in the middle of a letter of two to four bytes."""
    for shift in range(4):
        head = "a,b\n" + "x" * shift + ",1\n"
        text = head + f"{letter},2\n" * (size // len(f"{letter},2\n".encode()))
        table = check(write(text))
        assert table.dialect.encoding == "utf-8"
        assert table.columns[0].texts[-1] == letter
