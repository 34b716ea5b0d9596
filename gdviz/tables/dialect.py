"""How a table is written: its letters, what parts its fields, how its numbers look."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.errors import UserError

__all__ = ["DELIMITERS", "ENCODINGS", "Dialect"]

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "spaces"}
ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "cp1251", "shift_jis", "gb18030")


@dataclass(frozen=True)
class Dialect:
    r"""How a table is written.

    Attributes
    ----------
    encoding : str
        The name of a text encoding as Python knows it; `ENCODINGS` has the usual ones.
    delimiter : str
        What stands between two fields, one letter; a space stands for any number of spaces
        and tabs. `DELIMITERS` has the usual ones, and what they are called.
    decimal : str
        ``"."`` or ``","``.
    header : bool
        Whether the first row names the columns.

    Raises
    ------
    UserError
        If one of them is none of these.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    header: bool = True

    def __post_init__(self) -> None:
        if len(self.delimiter) != 1 or self.delimiter in '"\r\n\0':
            raise UserError(
                f"a delimiter must be a single character such as , or ; got {self.delimiter!r}"
            )
        if self.decimal not in {".", ","}:
            raise UserError(f"the decimal sign must be . or , got {self.decimal!r}")
        try:
            "".encode(self.encoding)
        except (LookupError, ValueError):
            raise UserError(
                f"there is no text encoding '{self.encoding}' (usual ones: {', '.join(ENCODINGS)})"
            ) from None

    def describe(self) -> str:
        """Return ``"UTF-8, comma, decimal point, with a header"``."""
        sign = "point" if self.decimal == "." else "comma"
        delimiter = DELIMITERS.get(self.delimiter, f"'{self.delimiter}'")
        header = "with a header" if self.header else "without a header"
        return f"{self.encoding.upper()}, {delimiter}, decimal {sign}, {header}"
