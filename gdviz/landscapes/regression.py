"""Mean squared error of a straight line through a table's points."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from gdviz.errors import UserError
from gdviz.landscapes.domain import Domain
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.fit_landscape import FeatureScale, FitLandscape, natural_scale
from gdviz.landscapes.landscape import Column, FloatArray

__all__ = ["LineRegression", "ProportionalRegression"]

_NEGLIGIBLE = 1e-14
_NARROWEST = 1e-11
_TINIEST = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class _Statistics:
    """What squared error needs of a table, however many rows it has."""

    rows: int
    feature_mean: float
    label_mean: float
    feature_variance: float
    weight: float
    bias: float
    residual: float

    @classmethod
    def centered(cls, feature: FloatArray, label: FloatArray) -> Self:
        """Summarize a table by its best line.

        The sums run over deviations from the means and over the best line's own
        residuals, so no large numbers cancel.
        """
        feature_mean, label_mean = float(np.mean(feature)), float(np.mean(label))
        feature_part, label_part = feature - feature_mean, label - label_mean
        variance = float(np.mean(feature_part**2))
        weight = float(np.mean(feature_part * label_part) / np.float64(variance))
        bias = label_mean - weight * feature_mean
        residual = float(np.mean((label_part - weight * feature_part) ** 2))
        return cls(feature.size, feature_mean, label_mean, variance, weight, bias, residual)

    @classmethod
    def through_origin(cls, feature: FloatArray, label: FloatArray) -> Self:
        """Summarize a table by its best line through the origin."""
        square = float(np.mean(feature**2))
        weight = float(np.mean(feature * label) / np.float64(square))
        residual = float(np.mean((label - weight * feature) ** 2))
        return cls(feature.size, 0.0, 0.0, square, weight, 0.0, residual)

    def check(self, feature_name: str, label_name: str) -> None:
        """Raise a `UserError` if floats can't hold what was computed, naming the column."""
        if not _TINIEST <= self.feature_variance < math.inf:
            raise UserError(
                f"'{feature_name}' is too small or too large: its squares are not numbers"
            )
        if not all(map(math.isfinite, (self.weight, self.bias, self.residual))):
            raise UserError(f"'{label_name}' is too large: the loss is not a number")


@dataclass(frozen=True)
class LineRegression(FitLandscape):
    """MSE(w1, b) = mean((w1·feature + b − label)²), in the table's own units.

    With the means x̄ and ȳ, the variance S of the feature, the least-squares weight
    w* and its mean squared residual R, the same loss is

        S (w1 − w*)² + (w1 x̄ + b − ȳ)² + R

    (Draper and Smith, *Applied Regression Analysis*, 3rd ed., §1.2): a sum of
    squares that costs the same for any number of rows, and in which no large numbers
    cancel.
    """

    statistics: _Statistics = field(repr=False)

    @classmethod
    def from_columns(
        cls,
        feature: ArrayLike,
        label: ArrayLike,
        *,
        name: str = "regression",
        feature_name: str = "feature",
        label_name: str = "label",
    ) -> Self:
        """Make the landscape of a table's two columns, each of shape (rows,).

        Raises
        ------
        UserError
            If the columns differ in length, hold fewer than two rows or anything
            that is not finite, or the feature is constant.
        """
        columns = _checked(feature, label, feature_name, label_name)
        if float(columns[0].min()) == float(columns[0].max()):
            raise UserError(f"'{feature_name}' is constant: no line can be fitted to it")
        choice = FitChoice(feature_name, label_name)
        return cls.of_data(name, choice, FitData.of(*columns, feature_name, label_name))

    @classmethod
    def of_data(cls, name: str, choice: FitChoice, data: FitData) -> Self:
        """Make the landscape of rows that have been checked.

        Raises
        ------
        UserError
            If their squares are too small or too large for floats.
        """
        with np.errstate(all="ignore"):
            natural = natural_scale(data.feature, bias=True)
            used = natural if choice.standardize else FeatureScale()
            statistics = _Statistics.centered(used.of(data.feature), data.label)
        statistics.check(data.feature_name, data.label_name)
        return cls(name, choice, data, used, natural, statistics)

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        known = self.statistics
        return ((known.weight, known.bias),)

    @property
    def domain(self) -> Domain:
        known = self.statistics
        ((weight, bias),) = self.minima
        spread = np.hypot(weight * np.sqrt(known.feature_variance), np.sqrt(known.residual))
        noise = _NEGLIGIBLE * abs(known.label_mean)
        scale = float(spread) if spread > noise else abs(known.label_mean) or 1.0
        reach = scale / np.sqrt(known.feature_variance)
        drop = max(scale + abs(known.feature_mean) * reach, _NARROWEST * abs(bias))
        return Domain.of((weight - 1.5 * reach, weight + 1.5 * reach), (bias - drop, bias + drop))

    @property
    def expression(self) -> str:
        return f"mean of ({self._line} − {self.data.label_name})²"

    def row_slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return 2.0 * (output - label)

    def loss_at(self, *columns: FloatArray) -> Column:
        weight, bias = columns
        known = self.statistics
        at_mean = weight * known.feature_mean + (bias - known.label_mean)
        return known.feature_variance * (weight - known.weight) ** 2 + at_mean**2 + known.residual

    def gradient_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        weight, bias = columns
        known = self.statistics
        at_mean = 2.0 * (weight * known.feature_mean + (bias - known.label_mean))
        slope = 2.0 * known.feature_variance * (weight - known.weight)
        return slope + known.feature_mean * at_mean, at_mean

    def hessian_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        known = self.statistics
        mean = known.feature_mean
        return 2.0 * (known.feature_variance + mean**2), 2.0 * mean, 2.0


@dataclass(frozen=True)
class ProportionalRegression(FitLandscape):
    """MSE(w1) = mean((w1·feature − label)²): the line through the origin.

    With the mean square S of the feature, the best weight w* and its mean squared
    residual R, the same loss is S (w1 − w*)² + R.
    """

    statistics: _Statistics = field(repr=False)

    @classmethod
    def from_columns(
        cls,
        feature: ArrayLike,
        label: ArrayLike,
        *,
        name: str = "regression-w1",
        feature_name: str = "feature",
        label_name: str = "label",
    ) -> Self:
        """Make the landscape of a table's two columns; raises as `LineRegression` does."""
        columns = _checked(feature, label, feature_name, label_name)
        choice = FitChoice(feature_name, label_name, bias=False)
        return cls.of_data(name, choice, FitData.of(*columns, feature_name, label_name))

    @classmethod
    def of_data(cls, name: str, choice: FitChoice, data: FitData) -> Self:
        """Make the landscape of rows that have been checked; raises as `LineRegression` does."""
        if not np.any(data.feature):
            raise UserError(f"'{data.feature_name}' is zero in every row: the weight has no effect")
        with np.errstate(all="ignore"):
            natural = natural_scale(data.feature, bias=False)
            used = natural if choice.standardize else FeatureScale()
            statistics = _Statistics.through_origin(used.of(data.feature), data.label)
        statistics.check(data.feature_name, data.label_name)
        return cls(name, choice, data, used, natural, statistics)

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        return ((self.statistics.weight,),)

    @property
    def domain(self) -> Domain:
        known = self.statistics
        error = np.sqrt(known.residual / known.feature_variance)
        reach = float(np.hypot(known.weight, error)) or 1.0
        return Domain.of((known.weight - 1.5 * reach, known.weight + 1.5 * reach))

    @property
    def expression(self) -> str:
        return f"mean of ({self._line} − {self.data.label_name})²"

    def row_slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return 2.0 * (output - label)

    def loss_at(self, *columns: FloatArray) -> Column:
        (weight,) = columns
        known = self.statistics
        return known.feature_variance * (weight - known.weight) ** 2 + known.residual

    def gradient_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        (weight,) = columns
        known = self.statistics
        return (2.0 * known.feature_variance * (weight - known.weight),)

    def hessian_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        return (2.0 * self.statistics.feature_variance,)


def _checked(
    feature: ArrayLike, label: ArrayLike, feature_name: str, label_name: str
) -> tuple[FloatArray, FloatArray]:
    columns = _column(feature, feature_name), _column(label, label_name)
    shapes = [column.shape for column in columns]
    if columns[0].ndim != 1 or shapes[0] != shapes[1]:
        raise UserError(
            f"feature and label must have one shape (rows,), got {shapes[0]} and {shapes[1]}"
        )
    if columns[0].size < 2:
        raise UserError(f"a line needs at least two rows, got {columns[0].size}")
    for name, column in zip((feature_name, label_name), columns, strict=True):
        bad = np.flatnonzero(~np.isfinite(column))
        if bad.size:
            raise UserError(f"'{name}' is not a finite number in row {bad[0] + 1}")
    return columns


def _column(values: ArrayLike, name: str) -> FloatArray:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise UserError(f"'{name}' holds something that is not a number") from None
