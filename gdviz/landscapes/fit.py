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

__all__ = ["fit_landscape", "suggest_choice"]

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
    data = FitData.from_table(table, choice)
    if choice.loss == "mse":
        kind = LineRegression if choice.bias else ProportionalRegression
        return kind.of_data(table.name, choice, data)
    return SummedRegression.of_data(table.name, choice, data)


def suggest_choice(table: Table) -> FitChoice:
    """Return a first choice: the last column that can be a label, on what tells most of it.

    Raises
    ------
    UserError
        If the table has no two columns for a regression.
    """
    numbers = [column for column in table.columns if column.kind == "number"]
    labels = [column for column in table.columns if _can_be_label(column)]
    if not numbers or not labels or (len(numbers) == 1 and labels == numbers):
        kinds = ", ".join(f"'{column.name}' ({column.kind})" for column in table.columns[:8])
        raise UserError(
            f"'{table.name}' needs two columns for a regression, at least one of them with "
            f"different numbers; it has {kinds}"
        )
    label = labels[-1]
    features = [column for column in numbers if column is not label]
    if not features:
        label = labels[-2]
        features = [column for column in numbers if column is not label]
    feature = max(features, key=lambda column: _strength(column, label))
    if label.kind == "text" or label.classes == ("0", "1"):
        return FitChoice(feature.name, label.name, "logistic", "log", standardize=True)
    return FitChoice(feature.name, label.name)


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
