"""Collecting the columns of a table from its parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gdviz.tables.dialect import Dialect
from gdviz.tables.table import Table, TableColumn

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ColumnParts"]


class _Parts:
    """What has been read of one column."""

    def __init__(self) -> None:
        self.numbers: list[NDArray[np.float64]] = []
        self.texts: list[NDArray[np.object_] | None] = []
        self.missing = 0
        self.wrong: list[NDArray[np.bool_]] = []
        self.infinities: list[NDArray[np.float64]] = []

    def append(self, series: pd.Series[Any], decimal: str) -> None:
        import pandas as pd

        missing = np.asarray(series.isna(), dtype=np.bool_)
        self.missing += int(missing.sum())
        if pd.api.types.is_numeric_dtype(series) and series.dtype != bool:
            values = np.asarray(series, dtype=np.float64)
            self.texts.append(None)
        else:
            texts = np.asarray(series.astype(object).where(~missing, ""), dtype=object)
            texts = np.array([str(text).strip() for text in texts.tolist()], dtype=object)
            plain = pd.Series(texts, dtype=object)
            if decimal == ",":
                plain = plain.str.replace(",", ".", regex=False)
            values = np.array(pd.to_numeric(plain, errors="coerce"), dtype=np.float64)
            self.texts.append(texts)
        finite = np.isfinite(values)
        self.wrong.append(~finite & ~missing)
        self.numbers.append(np.where(finite, values, np.nan))
        self.infinities.append(np.where(np.isinf(values), values, 0.0))

    def infinities_whole(self) -> NDArray[np.float64] | None:
        """Return where infinities are written, if they are anywhere."""
        if not any(part.any() for part in self.infinities):
            return None
        return np.concatenate(self.infinities)

    def texts_whole(self) -> NDArray[np.object_] | None:
        """Return all cells as written, if any part has one that is no number."""
        wrong = zip(self.wrong, self.texts, strict=True)
        if not any(texts is not None and bool(bad.any()) for bad, texts in wrong):
            return None
        return np.concatenate(
            [
                texts if texts is not None else _as_texts(values)
                for texts, values in zip(self.texts, self.numbers, strict=True)
            ]
        )


class ColumnParts:
    """Grows columns part by part.

    Parameters
    ----------
    names : list of str
    decimal : str
        How decimals are marked where numbers stand among text.
    """

    def __init__(self, names: list[str], decimal: str) -> None:
        self._names = names
        self._decimal = decimal
        self._parts = [_Parts() for _ in names]
        self._places: list[NDArray[np.int64]] = []
        self._read = 0
        self.rows = 0

    def append(self, frame: pd.DataFrame) -> None:
        """Add rows; those without any value are left out."""
        used = ~np.asarray(frame.isna().all(axis=1), dtype=np.bool_)
        self._places.append(self._read + np.flatnonzero(used))
        self._read += len(frame)
        kept = frame[used]
        self.rows += len(kept)
        for number, part in enumerate(self._parts):
            part.append(kept[number], self._decimal)

    def table(self, path: Path, dialect: Dialect, first_line: int) -> Table:
        """Return the whole table, whose first row stands on `first_line`."""
        places = np.concatenate(self._places) if self._places else np.empty(0, dtype=np.int64)
        lines = places + first_line
        columns = []
        for name, part in zip(self._names, self._parts, strict=True):
            wrong = np.concatenate(part.wrong) if part.wrong else np.empty(0, dtype=np.bool_)
            values = np.concatenate(part.numbers) if part.numbers else np.empty(0)
            first = int(lines[np.argmax(wrong)]) if wrong.any() else 0
            columns.append(
                TableColumn(
                    name,
                    values,
                    part.texts_whole(),
                    part.missing,
                    int(wrong.sum()),
                    first,
                    part.infinities_whole(),
                )
            )
        return Table(path.name, path, dialect, tuple(columns), lines)


def _as_texts(values: NDArray[np.float64]) -> NDArray[np.object_]:
    return np.array(["" if np.isnan(value) else f"{value:g}" for value in values], dtype=object)
