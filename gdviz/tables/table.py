"""What is in a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError, did_you_mean
from gdviz.tables.dialect import Dialect

__all__ = ["Table", "TableColumn"]


@dataclass(frozen=True, eq=False)
class TableColumn:
    """One column.

    Attributes
    ----------
    name : str
    values : ndarray, shape (rows,)
        NaN where a cell is missing or no finite number; read-only.
    texts : ndarray of str objects, shape (rows,), or None
        The cells as written, "" where missing; None where all cells are numbers.
    missing, not_numbers : int
        How many cells are empty; how many hold something else than a finite number.
    first_bad_row : int
        The line of the file with the first cell that is no number, though it is not
        missing; 0 for none.
    infinities : ndarray, shape (rows,), or None
        ∞ or −∞ where that is written, 0 elsewhere; None where it is nowhere.
    """

    name: str
    values: NDArray[np.float64]
    texts: NDArray[np.object_] | None = None
    missing: int = 0
    not_numbers: int = 0
    first_bad_row: int = 0
    infinities: NDArray[np.float64] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.values.flags.writeable = False

    @property
    def measured(self) -> NDArray[np.float64]:
        """The values with infinities where they are written, shape (rows,)."""
        if self.infinities is None:
            return self.values
        return np.where(self.infinities != 0.0, self.infinities, self.values)

    @property
    def kind(self) -> Literal["number", "text", "constant", "empty"]:
        """What the column can serve for; text if more than half of its cells are."""
        known = self.values.size - self.missing
        if not known:
            return "empty"
        if self.texts is not None and self.not_numbers > 0.5 * known:
            return "text"
        finite = self.values[np.isfinite(self.values)]
        return "constant" if not finite.size or finite.min() == finite.max() else "number"

    @property
    def classes(self) -> tuple[str, ...]:
        """Up to three different values as they are written, sorted; missing ones left out."""
        if self.texts is not None and self.kind == "text":
            found = {text for text in self.texts.tolist() if text}
            return tuple(sorted(found)[:3])
        numbers = np.unique(self.values[np.isfinite(self.values)])[:3]
        return tuple(f"{value:.15g}" for value in numbers.tolist())


@dataclass(frozen=True, eq=False)
class Table:
    """A table that has been read.

    Attributes
    ----------
    name : str
        The file's name.
    path : Path or None
    dialect : Dialect
    columns : tuple of TableColumn
    lines : ndarray, shape (rows,)
        The line of the file on which each row stands, counted from 1.
    """

    name: str
    path: Path | None
    dialect: Dialect
    columns: tuple[TableColumn, ...]
    lines: NDArray[np.int64] = field(repr=False)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return int(self.lines.size)

    def column(self, name: str) -> TableColumn:
        """Return a column by its name.

        Raises
        ------
        UserError
            If there is none, with the nearest name.
        """
        for column in self.columns:
            if column.name == name:
                return column
        names = [column.name for column in self.columns]
        known = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        raise UserError(
            f"'{self.name}' has no column '{name}'{did_you_mean(name, names)} (it has: {known})"
        )
