"""Tables of text: CSV, TSV and their kin, as columns of numbers and words."""

from gdviz.tables.detection import detect
from gdviz.tables.dialect import DELIMITERS, ENCODINGS, Dialect
from gdviz.tables.reading import read_table
from gdviz.tables.table import ColumnKind, Table, TableColumn

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "ColumnKind",
    "Dialect",
    "Table",
    "TableColumn",
    "detect",
    "read_table",
]
