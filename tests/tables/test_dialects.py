"""How a table is written is told from its beginning, and a user may know better."""

import re

import pytest

from gdviz.errors import UserError
from gdviz.tables import DELIMITERS, ENCODINGS, Dialect, detect, read_table

ROWS = ((1.5, -2.0, 30.0), (4.25, 5.0, 6.0), (-7.5, 8.125, 0.0), (1e-3, 2.0, 9.0))
NAMES = ("größe", "b", "c")


def written(delimiter, decimal=".", newline="\n", *, header=True, comments=()):
    lines = [f"# {comment}" for comment in comments]
    if header:
        lines.append(delimiter.join(NAMES))
    rows = ([str(value).replace(".", decimal) for value in row] for row in ROWS)
    lines.extend(delimiter.join(row) for row in rows)
    return newline.join(lines) + newline


def values(table):
    columns = [column.values.tolist() for column in table.columns]
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(
    ("delimiter", "decimal"),
    [(",", "."), (";", "."), (";", ","), ("\t", "."), ("\t", ","), ("|", "."), ("|", ",")],
)
def test_a_written_table_is_read_back(write, delimiter, decimal, header, encoding):
    text = written(delimiter, decimal, header=header)
    table = read_table(write(text, encoding))
    assert table.dialect.delimiter == delimiter
    assert table.dialect.decimal == decimal
    assert table.dialect.header is header
    assert values(table) == list(ROWS)
    wanted = NAMES if header else ("column 1", "column 2", "column 3")
    assert tuple(column.name for column in table.columns) == wanted


@pytest.mark.parametrize("delimiter", [" ", "   ", " \t "])
@pytest.mark.parametrize("header", [True, False])
def test_any_number_of_blanks_may_stand_between_columns(write, delimiter, header):
    table = read_table(write(written(delimiter, header=header)))
    assert table.dialect.delimiter in {" ", "\t"}
    assert values(table) == list(ROWS)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_system_ends_lines_its_own_way(write, newline):
    table = read_table(write(written(",", newline=newline)))
    assert values(table) == list(ROWS)
    assert table.lines.tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize("count", [1, 3])
def test_comments_before_the_table_are_skipped_and_counted(write, count):
    text = written(",", comments=["made by, hand; on\tMonday"] * count)
    table = read_table(write(text))
    assert table.dialect.skipped == count
    assert values(table) == list(ROWS)
    assert table.lines.tolist() == [count + row for row in (2, 3, 4, 5)]


def test_a_file_without_a_last_line_break_is_whole(write):
    assert values(read_table(write(written(",").rstrip("\n")))) == list(ROWS)


def test_blanks_around_numbers_do_not_matter(write):
    table = read_table(write("a , b\n 1 , 2\n3,  4 \n"))
    assert [column.name for column in table.columns] == ["a", "b"]
    assert values(table) == [(1.0, 2.0), (3.0, 4.0)]


def test_a_delimiter_within_quotes_is_text(write):
    table = read_table(write('who,"how, much"\n"Doe, J.",1\n"Roe; R.",2\n'))
    assert [column.name for column in table.columns] == ["who", "how, much"]
    assert table.columns[0].texts.tolist() == ["Doe, J.", "Roe; R."]
    assert table.columns[1].values.tolist() == [1.0, 2.0]


def test_a_doubled_quote_is_a_quote(write):
    table = read_table(write('name,size\n"5"" pipe",1\n"7"" pipe",2\n'))
    assert table.columns[0].texts.tolist() == ['5" pipe', '7" pipe']


def test_numbers_in_quotes_are_numbers(write):
    assert values(read_table(write('"a","b"\n"1","2.5"\n"3","4"\n'))) == [(1.0, 2.5), (3.0, 4.0)]


def test_one_column_is_a_table_too(write):
    table = read_table(write("my number\n1\n2\n3\n"))
    assert [column.name for column in table.columns] == ["my number"]
    assert table.columns[0].values.tolist() == [1.0, 2.0, 3.0]


def test_names_of_rows_as_r_writes_them_are_a_column(write):
    """In R's write.table the first row has one name less than the others have cells."""
    table = read_table(write("speed dist\n1 4 2\n2 4 10\n3 7 4\n"))
    assert [column.name for column in table.columns][1:] == ["speed", "dist"]
    assert table.columns[1].values.tolist() == [4.0, 4.0, 7.0]
    assert table.columns[2].values.tolist() == [2.0, 10.0, 4.0]


def test_tables_of_text_alone_have_a_header(write):
    table = read_table(write("name,kind\nx,y\nz,w\n"))
    assert [column.name for column in table.columns] == ["name", "kind"]
    assert table.rows == 2


def test_detecting_reads_no_more_than_the_beginning(write):
    """A wrong byte far behind is not looked at."""
    path = write(b"a;b\n" + b"1;2\n" * 200_000 + b"\xff\n")
    assert detect(path) == Dialect("utf-8", ";", ".", header=True)


def test_detecting_and_reading_agree(write):
    path = write(written(";", ","))
    assert read_table(path).dialect == detect(path)


# What a user says goes


def test_a_header_may_be_denied(write):
    table = read_table(write("1,2\n3,4\n"), Dialect(header=True))
    assert [column.name for column in table.columns] == ["1", "2"]
    assert values(table) == [(3.0, 4.0)]


def test_a_header_may_be_taken_for_a_row(write):
    table = read_table(write("a,b\n1,2\n3,4\n"), Dialect(header=False))
    assert table.rows == 3
    assert table.columns[0].not_numbers == 1
    assert table.columns[0].first_bad_row == 1


def test_another_delimiter_may_be_told(write):
    table = read_table(write("a;b\n1;2\n3;4\n"), Dialect(delimiter=","))
    assert [column.name for column in table.columns] == ["a;b"]
    assert table.columns[0].kind == "text"


def test_another_decimal_sign_may_be_told(write):
    path = write("a;b\n1,5;2\n2,5;3\n")
    assert read_table(path, Dialect(delimiter=";", decimal=",")).columns[0].values[0] == 1.5
    assert read_table(path, Dialect(delimiter=";", decimal=".")).columns[0].kind == "text"


def test_another_encoding_may_be_told(write):
    path = write("é,b\n1,2\n3,4\n", "utf-8")
    assert read_table(path).columns[0].name == "é"
    assert read_table(path, Dialect(encoding="latin-1")).columns[0].name == "Ã©"


def test_lines_to_skip_may_be_told(write):
    table = read_table(write("garbage here\na,b\n1,2\n"), Dialect(skipped=1))
    assert values(table) == [(1.0, 2.0)]
    assert table.lines.tolist() == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_encoding_that_does_not_fit_is_named(write, encoding):
    path = write(b"a,b\n1,2\n3,\xe9\n")
    with pytest.raises(UserError, match=re.escape(encoding)) as caught:
        read_table(path, Dialect(encoding=encoding))
    assert "encoding" in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("encoding", "klingon"),
        ("encoding", ""),
        ("encoding", "base64"),
        ("delimiter", ""),
        ("delimiter", ",,"),
        ("delimiter", '"'),
        ("delimiter", "\n"),
    ],
)
def test_what_is_no_dialect_is_refused_in_one_line(field, value):
    with pytest.raises(UserError) as caught:
        Dialect(**{field: value})
    assert len(str(caught.value).splitlines()) == 1


def test_a_comma_has_one_meaning_only():
    with pytest.raises(UserError, match="comma"):
        Dialect(delimiter=",", decimal=",")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_every_dialect_that_is_offered_reads(write, encoding, delimiter):
    text = f"a{delimiter}b\n1{delimiter}2\n3{delimiter}4\n"
    table = read_table(write(text, encoding), Dialect(encoding, delimiter))
    assert values(table) == [(1.0, 2.0), (3.0, 4.0)]


def test_dialects_are_equal_values():
    assert Dialect() == Dialect("utf-8", ",", ".", header=True)
    assert hash(Dialect()) == hash(Dialect("utf-8"))
    assert Dialect() != Dialect(delimiter=";")
