"""From a table and a choice to the landscape of a regression."""

from __future__ import annotations

import numpy as np

from gdviz.errors import UserError
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.summed import SummedRegression
from gdviz.tables import Table, TableColumn

__all__ = ["fit_landscape", "landscape_of", "suggest_choice"]

_TRIED_ROWS = 10_000


def fit_landscape(table: Table, choice: FitChoice) -> FitLandscape:
    """Return the loss of a model of a table's rows.

    Parameters
    ----------
    table : Table
    choice : FitChoice

    Raises
    ------
    UserError
        If a column can't serve, or too few rows can be used.
    """
    return landscape_of(table.name, choice, FitData.from_table(table, choice))


def landscape_of(name: str, choice: FitChoice, data: FitData) -> FitLandscape:
    """Return the loss of a model of rows that have been checked.

    Raises
    ------
    UserError
        If floats can't hold their squares, or the feature has no effect.
    """
    if choice.loss == "mse":
        kind = LineRegression if choice.bias else ProportionalRegression
        return kind.of_data(name, choice, data)
    return SummedRegression.of_data(name, choice, data)


def suggest_choice(table: Table, feature: str | None = None, label: str | None = None) -> FitChoice:
    """Return a first choice: the last column that can be a label, on what tells most of it.

    Parameters
    ----------
    table : Table
    feature, label : str, optional
        Columns that are chosen already.

    Raises
    ------
    UserError
        If the table has no two columns for a regression, or not the ones chosen.
    """
    if table.rows < 2:
        raise UserError(f"'{table.name}' has a single row; a line needs two")
    numbers = [column for column in table.columns if column.kind == "number"]
    labels = [column for column in table.columns if _can_be_label(column)]
    if feature is not None:
        numbers = [table.column(feature)]
    if label is not None:
        labels = [table.column(label)]
    pairs = [(x, y) for y in reversed(labels) for x in numbers if x is not y]
    if feature is not None and feature == label:
        return FitChoice(feature, feature)  # whose refusal says why
    if not pairs:
        kinds = ", ".join(f"'{column.name}' ({column.kind})" for column in table.columns[:8])
        raise UserError(
            f"'{table.name}' needs two columns for a regression, at least one of them with "
            f"different numbers; it has {kinds}"
        )
    chosen = pairs[0][1]
    best = max((x for x, y in pairs if y is chosen), key=lambda column: _strength(column, chosen))
    if chosen.kind == "text" or chosen.classes == ("0", "1"):
        return FitChoice(best.name, chosen.name, "logistic", "log", standardize=True)
    return FitChoice(best.name, chosen.name)


def _can_be_label(column: TableColumn) -> bool:
    return column.kind == "number" or (column.kind == "text" and len(column.classes) == 2)


def _strength(feature: TableColumn, label: TableColumn) -> float:
    """Return the absolute correlation of a feature with the label."""
    if label.texts is not None and label.kind == "text":
        values = (label.texts == label.classes[0]).astype(np.float64)
    else:
        values = label.values
    rows = slice(None, None, max(values.size // _TRIED_ROWS, 1))
    x, y = feature.values[rows], np.asarray(values[rows])
    both = np.isfinite(x) & np.isfinite(y)
    x, y = x[both], y[both]
    with np.errstate(all="ignore"):
        if x.size < 2 or not np.std(x) > 0.0 or not np.std(y) > 0.0:
            return 0.0
        return float(abs(np.corrcoef(x, y)[0, 1]))
