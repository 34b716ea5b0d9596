"""Public tables that gdviz brings along, as regressions."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from gdviz.landscapes.fit import fit_landscape
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.landscapes.preset import Preset
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.resource_files import resource_path
from gdviz.tables import Dialect, Table, read_table

__all__ = ["DATASETS", "dataset", "galaxies"]

_GROUP = "Data"


@lru_cache(maxsize=8)
def dataset(name: str) -> Table:
    """Return a table of ``resources/datasets`` by its name."""
    return read_table(resource_path("datasets", f"{name}.csv"), Dialect())


def galaxies(name: str, *, bias: bool) -> FitLandscape:
    """Return the regression of Hubble's galaxies; it is the first that a window shows."""
    path = resource_path("datasets", "galaxies.csv")
    distance, velocity = np.loadtxt(path, delimiter=",", skiprows=1, unpack=True)
    kind = LineRegression if bias else ProportionalRegression
    return kind.from_columns(
        distance, velocity, name=name, feature_name="distance", label_name="velocity"
    )


def _landscape(name: str, table: str, choice: FitChoice) -> FitLandscape:
    return replace(fit_landscape(dataset(table), choice), key=name)


def _preset(
    name: str,
    title: str,
    summary: str,
    table: str,
    choice: FitChoice,
    start: tuple[float, ...],
    learning_rate: float,
    reference: str,
) -> Preset:
    build = partial(_landscape, name, table, choice)
    return Preset(name, title, summary, build, start, learning_rate, _GROUP, reference)


DATASETS = (
    _preset(
        "cars",
        "Cars that brake",
        "How far 50 cars rolled before they stood, against their speed; standardized.",
        "cars",
        FitChoice("speed", "distance", standardize=True),
        (-12.0, 64.0),
        0.1,
        "M. Ezekiel, Methods of Correlation Analysis (1930)",
    ),
    _preset(
        "outlier",
        "One outlier, absolute error",
        "Ten points on a line and one that is not: the absolute error does not mind it.",
        "anscombe3",
        FitChoice("x", "y", loss="mae"),
        (1.1, -2.0),
        0.02,
        "F. J. Anscombe, The American Statistician 27 (1973), 17–21",
    ),
    _preset(
        "boiling",
        "Boiling water, raw units",
        "All temperatures near 200: in raw units the loss is a ravine that no rate descends well.",
        "boiling",
        FitChoice("temperature", "pressure"),
        (1.1, -170.0),
        2e-5,
        "J. D. Forbes, Trans. R. Soc. Edinburgh 21 (1857), 235–243",
    ),
    _preset(
        "o-rings",
        "O-rings: yes or no",
        "The colder the launch, the likelier the damage: logistic regression of 23 flights.",
        "o-rings",
        FitChoice("temperature", "distress", "logistic", "log", standardize=True),
        (5.0, 6.0),
        1.0,
        "S. R. Dalal et al., J. Amer. Statist. Assoc. 84 (1989), 945–957",
    ),
)
