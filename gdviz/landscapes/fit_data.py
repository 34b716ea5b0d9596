"""The rows of a table that a regression uses."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.landscape import FloatArray
from gdviz.tables import Table, TableColumn

__all__ = ["MOST_SUMMED_ROWS", "FitData"]

MOST_SUMMED_ROWS = 20_000
_LISTED = 3


@dataclass(frozen=True)
class FitData:
    """Feature and label, in the table's own units; equal if their digests are.

    Attributes
    ----------
    feature, label : ndarray, shape (rows,)
        Read-only. A logistic label is 0 or 1.
    feature_name, label_name : str
    classes : (str, str) or None
        What a logistic label's 0 and 1 stand for.
    report : tuple of str
        What a user must know of how the table was used, in plain sentences.
    digest : str
        Tells one set of data from another.
    """

    feature: FloatArray = field(compare=False, repr=False)
    label: FloatArray = field(compare=False, repr=False)
    feature_name: str = "feature"
    label_name: str = "label"
    classes: tuple[str, str] | None = None
    report: tuple[str, ...] = field(default=(), compare=False)
    digest: str = ""

    @classmethod
    def of(
        cls,
        feature: FloatArray,
        label: FloatArray,
        feature_name: str,
        label_name: str,
        classes: tuple[str, str] | None = None,
        report: tuple[str, ...] = (),
    ) -> Self:
        """Make the data of two columns, each of shape (rows,)."""
        x, y = np.array(feature, dtype=np.float64), np.array(label, dtype=np.float64)
        digest = hashlib.sha256(x.tobytes() + y.tobytes()).hexdigest()
        x.flags.writeable = y.flags.writeable = False
        return cls(x, y, feature_name, label_name, classes, report, digest)

    @classmethod
    def from_table(cls, table: Table, choice: FitChoice) -> Self:
        """Take the rows of a table that can be used, and tell which can't.

        Raises
        ------
        UserError
            If a column can't serve, or too few rows are left.
        """
        feature, label = table.column(choice.feature), table.column(choice.label)
        _check_numbers(feature, "feature")
        classes, values = _label(label, choice)
        used = np.isfinite(feature.values) & np.isfinite(values)
        report = _left_out(table, used, (feature, label), values)
        if choice.loss != "mse" and int(used.sum()) > MOST_SUMMED_ROWS:
            used, sentence = _thinned(used, choice, values)
            report = (*report, sentence)
        _check_rows(table, feature, int(used.sum()), report)
        x, y = feature.values[used], values[used]
        _check_variety(feature.name, label.name, classes, x, y)
        if classes is not None:
            report = (f"1 stands for '{classes[1]}', 0 for '{classes[0]}'.", *report)
        return cls.of(x, y, feature.name, label.name, classes, report)

    @property
    def rows(self) -> int:
        """The number of rows."""
        return int(self.feature.size)


def _check_numbers(column: TableColumn, role: str) -> None:
    if column.kind == "empty":
        raise UserError(f"'{column.name}' has no values: choose another {role}")
    if column.kind == "text":
        raise UserError(_says_text(column) + f"; choose a column of numbers as {role}")


def _says_text(column: TableColumn) -> str:
    return f"'{column.name}' holds text where numbers belong, first in row {column.first_bad_row}"


def _label(column: TableColumn, choice: FitChoice) -> tuple[tuple[str, str] | None, FloatArray]:
    """Return the two classes, if the model wants them, and the label as numbers."""
    if choice.model == "linear":
        if column.kind == "text" and len(column.classes) == 2:
            raise UserError(
                f"{_says_text(column)}; with two classes, '{column.classes[0]}' and "
                f"'{column.classes[1]}', take the logistic model"
            )
        _check_numbers(column, "label")
        return None, column.values
    classes = column.classes
    if len(classes) != 2:
        many = "more than two" if len(classes) > 2 else "only one"
        shown = ", ".join(f"'{name}'" for name in classes)
        raise UserError(
            f"the logistic model needs a label with two classes; '{column.name}' has {many}: "
            f"{shown}{', …' if len(classes) > 2 else ''}"
        )
    if column.kind != "text" or column.texts is None:
        low = float(np.nanmin(column.values))
        values = np.where(np.isnan(column.values), np.nan, (column.values != low).astype(float))
    else:
        values = np.array([{classes[0]: 0.0, classes[1]: 1.0}.get(t, np.nan) for t in column.texts])
    return (classes[0], classes[1]), values


def _left_out(
    table: Table,
    used: NDArray[np.bool_],
    columns: tuple[TableColumn, TableColumn],
    label: FloatArray,
) -> tuple[str, ...]:
    """Say which rows are not used, column by column."""
    sentences = []
    missing = int((~used).sum())
    for column, values in zip(columns, (columns[0].values, label), strict=True):
        bad = np.flatnonzero(~np.isfinite(values))
        if not bad.size:
            continue
        rows = [f"{line:,}" for line in table.lines[bad[:_LISTED]].tolist()]
        more = f" and {bad.size - _LISTED:,} more" if bad.size > _LISTED else ""
        what = "is missing"
        if column.not_numbers and column.kind != "text":
            what = "is missing or no number" if column.missing else "is no number"
        sentences.append(
            f"'{column.name}' {what} in row{'s' if bad.size > 1 else ''} {', '.join(rows)}{more}."
        )
    if missing:
        sentences.insert(0, f"{missing:,} of {table.rows:,} rows are left out:")
    return tuple(sentences)


def _thinned(
    used: NDArray[np.bool_], choice: FitChoice, label: FloatArray
) -> tuple[NDArray[np.bool_], str]:
    """Return an even choice of rows, for a loss that needs every row at every point."""
    places = np.flatnonzero(used)
    if choice.loss == "log":
        # Class by class: the first and the last are picked, so neither class is lost.
        places = places[np.argsort(label[places], kind="stable")]
    picked = places[np.linspace(0, places.size - 1, MOST_SUMMED_ROWS).astype(np.int64)]
    kept = np.zeros_like(used)
    kept[picked] = True
    named = {"mae": "the absolute error", "huber": "Huber's loss", "log": "the log loss"}
    return kept, (
        f"{MOST_SUMMED_ROWS:,} of {places.size:,} rows are used, evenly spread: "
        f"{named[choice.loss]} needs every row at every point (the squared error does not)."
    )


def _check_rows(table: Table, feature: TableColumn, rows: int, report: tuple[str, ...]) -> None:
    if rows < 2:
        why = f" ({' '.join(report)})" if report else ""
        what = "a single row" if rows == 1 else "no row"
        raise UserError(f"'{table.name}' has {what} that can be used; a line needs two{why}")
    if feature.kind == "constant":
        raise UserError(f"'{feature.name}' is constant: no line can be fitted to it")


def _check_variety(
    feature: str,
    label: str,
    classes: tuple[str, str] | None,
    x: FloatArray,
    y: FloatArray,
) -> None:
    """Look again at the rows that are left when others are left out."""
    if float(x.min()) == float(x.max()):
        raise UserError(f"'{feature}' is constant in the rows that can be used: no line fits it")
    if classes is not None and float(y.min()) == float(y.max()):
        raise UserError(
            f"'{label}' is '{classes[int(y[0])]}' in all rows that can be used; the logistic "
            "model needs two classes"
        )
