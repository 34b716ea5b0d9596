"""Regressions in the file: of the file's table, or of columns of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from gdviz.errors import UserError
from gdviz.experiment.file.arrays import array_value, read_array
from gdviz.experiment.file.node import Fields, Node
from gdviz.landscapes.fit import fit_landscape, landscape_of
from gdviz.landscapes.fit_choice import LOSSES, MODELS, FitChoice
from gdviz.landscapes.fit_data import MOST_SUMMED_ROWS, FitData
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.landscape import Landscape
from gdviz.tables import Table

__all__ = ["read_regression", "regression_value"]

_CHOICE = ("feature", "label", "model", "loss", "bias", "standardize")
_DATA = ("feature", "label", "feature_name", "label_name", "classes", "report")


def regression_value(landscape: Landscape, table: Table | None) -> dict[str, Any] | None:
    """Return a regression's fields; None for another landscape.

    Parameters
    ----------
    landscape : Landscape
    table : Table or None
        What stands in the file beside it.
    """
    if not isinstance(landscape, FitLandscape):
        return None
    choice = landscape.choice
    value = {
        "name": landscape.key,
        "choice": {key: getattr(choice, key) for key in _CHOICE},
    }
    if table is None or not _is_of(landscape, table):
        value["data"] = _data_value(landscape.data)
    return value


def read_regression(fields: Fields, table: Table | None) -> Landscape:
    """Return a regression."""
    choice = _read_choice(fields["choice"])
    name = fields["name"].text()
    data = fields.get("data")
    if data is not None:
        return data.checked(landscape_of, name, choice, _read_data(data, choice))
    if table is None:
        fields.node.refuse("a regression needs a 'table' in the file, or 'data' of its own")
    return replace(fields["choice"].checked(fit_landscape, table, choice), key=name)


def _is_of(landscape: FitLandscape, table: Table) -> bool:
    try:
        made = fit_landscape(table, landscape.choice)
    except UserError:
        return False
    return replace(made, key=landscape.key) == landscape


def _read_choice(node: Node) -> FitChoice:
    fields = node.fields(_CHOICE)
    known = FitChoice("x", "y")
    return node.checked(
        FitChoice,
        fields["feature"].text(None),
        fields["label"].text(None),
        fields.read("model", lambda n: n.word("model", MODELS), known.model),
        fields.read("loss", lambda n: n.word("loss", LOSSES), known.loss),
        fields.read("bias", Node.flag, known.bias),
        fields.read("standardize", Node.flag, known.standardize),
    )


def _data_value(data: FitData) -> dict[str, Any]:
    return {
        "feature_name": data.feature_name,
        "label_name": data.label_name,
        "classes": None if data.classes is None else list(data.classes),
        "report": list(data.report),
        "feature": array_value(data.feature),
        "label": array_value(data.label),
    }


def _read_data(node: Node, choice: FitChoice) -> FitData:
    fields = node.fields(_DATA)
    feature, label = (read_array(fields[key], 1) for key in ("feature", "label"))
    rows = feature.size
    if rows != label.size:
        node.refuse(f"feature and label must have as many rows, got {rows:,} and {label.size:,}")
    if rows < 2:
        node.refuse("a line needs at least two rows")
    if choice.loss != "mse" and rows > MOST_SUMMED_ROWS:
        node.refuse(f"this loss takes at most {MOST_SUMMED_ROWS:,} rows, got {rows:,}")
    for key, column in (("feature", feature), ("label", label)):
        if not np.isfinite(column).all():
            fields[key].refuse("all numbers must be finite here")
    if float(feature.min()) == float(feature.max()):
        fields["feature"].refuse("the feature is constant: no line can be fitted to it")
    return FitData.of(
        feature,
        label,
        fields.read("feature_name", _any_text, choice.feature),
        fields.read("label_name", _any_text, choice.label),
        _read_classes(node, fields.get("classes"), choice, label),
        tuple(n.text(None) for n in fields["report"].items(100)) if "report" in fields else (),
    )


def _read_classes(
    node: Node,
    classes: Node | None,
    choice: FitChoice,
    label: Any,  # noqa: ANN401
) -> tuple[str, str] | None:
    if choice.model == "linear":
        if classes is not None:
            classes.refuse("classes go with the logistic model only")
        return None
    if classes is None:
        node.refuse("the logistic model needs the names of its two 'classes'")
    names = [entry.text(None) for entry in classes.items(2, "classes")]
    if len(names) != 2:
        classes.refuse("the logistic model has two classes")
    if set(np.unique(label).tolist()) != {0.0, 1.0}:
        node.refuse("the logistic model's labels are 0 and 1, and both must occur")
    return names[0], names[1]


def _any_text(node: Node) -> str:
    return node.text(None)
