"""How a table is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gdviz.errors import UserError

__all__ = ["DELIMITERS", "ENCODINGS", "Dialect"]

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blanks"}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")


@dataclass(frozen=True)
class Dialect:
    """How a table is written down.

    Attributes
    ----------
    encoding : str
        One of `ENCODINGS`.
    delimiter : str
        One of `DELIMITERS`; ``" "`` stands for any number of blanks.
    decimal : str
        ``"."`` or ``","``.
    header : bool
        Whether the first row holds the names of the columns.
    skipped : int
        How many lines of comment come before the table.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: Literal[".", ","] = "."
    header: bool = True
    skipped: int = 0

    def __post_init__(self) -> None:
        if self.encoding not in ENCODINGS:
            raise UserError(
                f"there is no encoding '{self.encoding}' (known: {', '.join(ENCODINGS)})"
            )
        if self.delimiter not in DELIMITERS:
            known = ", ".join(DELIMITERS.values())
            raise UserError(f"columns can't be separated by '{self.delimiter}' (known: {known})")
        if self.skipped < 0:
            raise UserError(f"{self.skipped} lines can't be skipped; take 0 or more")
        if self.delimiter == self.decimal:
            raise UserError("a comma can't both separate columns and mark decimals")
