"""Tables in text files: how they are written, and what is in them."""

from gdviz.tables.detect import detect
from gdviz.tables.dialect import DELIMITERS, ENCODINGS, Dialect
from gdviz.tables.read import read_table
from gdviz.tables.table import Table, TableColumn

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "Dialect",
    "Table",
    "TableColumn",
    "detect",
    "read_table",
]
