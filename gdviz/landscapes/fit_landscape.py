"""What all regressions have in common as landscapes."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.landscape import FloatArray, Landscape
from gdviz.landscapes.notation import Notation

__all__ = ["Coefficients", "FeatureScale", "FitLandscape", "natural_scale"]


@dataclass(frozen=True)
class FeatureScale:
    """How a feature x is standardized: (x − shift) / scale."""

    shift: float = 0.0
    scale: float = 1.0

    def of(self, feature: FloatArray) -> FloatArray:
        """Return a standardized feature."""
        if self == FeatureScale():
            return feature
        return (feature - self.shift) / self.scale


@dataclass(frozen=True)
class Coefficients:
    """A model's weight and bias in both units.

    Attributes
    ----------
    weight, bias : float
        In the table's own units.
    standard_weight, standard_bias : float
        For the feature at mean 0 and standard deviation 1.
    """

    weight: float
    bias: float
    standard_weight: float
    standard_bias: float


@dataclass(frozen=True)
class FitLandscape(Landscape):
    """The loss of a model of a table's rows, over its weight w1 and perhaps its bias b.

    Attributes
    ----------
    key : str
        What the command line or the window calls it.
    choice : FitChoice
    data : FitData
    used : FeatureScale
        How the feature is standardized before the model sees it.
    natural : FeatureScale
        How it would be, by its mean and deviation.
    """

    key: str
    choice: FitChoice
    data: FitData = field(repr=False)
    used: FeatureScale = field(repr=False)
    natural: FeatureScale = field(repr=False)

    @property
    def name(self) -> str:
        return self.key

    @property
    def parameters(self) -> tuple[str, ...]:
        return ("w1", "b") if self.choice.bias else ("w1",)

    @property
    def rows(self) -> int:
        """The number of rows of the table."""
        return self.data.rows

    @property
    def feature(self) -> FloatArray:
        """The feature as the model sees it, shape (rows,)."""
        return self.used.of(self.data.feature)

    @property
    def notation(self) -> Notation:
        from gdviz.landscapes.fit_notation import FitNotation

        return FitNotation(self)

    @property
    def _line(self) -> str:
        name = self.data.feature_name
        if self.choice.standardize:
            name = f"{name}′"
        return f"w1·{name} + b" if self.choice.bias else f"w1·{name}"

    def predict(self, params: FloatArray, feature: FloatArray) -> FloatArray:
        """Return what the model says.

        Parameters
        ----------
        params : ndarray, shape (d,)
        feature : ndarray, shape (m,)
            In the table's own units.

        Returns
        -------
        ndarray, shape (m,)
            The label, or the share of class 1.
        """
        bias = float(params[1]) if self.choice.bias else 0.0
        line = float(params[0]) * self.used.of(np.asarray(feature, dtype=np.float64)) + bias
        if self.choice.model == "linear":
            return np.asarray(line)
        return 0.5 + 0.5 * np.tanh(0.5 * line)

    @abstractmethod
    def row_slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        """Return the derivative of each row's loss by the model's output; all of one shape."""

    def batch_gradient(self, columns: FloatArray, rows: NDArray[np.int64]) -> FloatArray:
        """Return gradients over some rows of the table only, shape (d, n).

        Parameters
        ----------
        columns : ndarray, shape (d, n)
            The parameters.
        rows : ndarray of int, shape (n, size)
            For each point, which rows count.
        """
        feature, label = self._seen_feature[rows], self.data.label[rows]
        output = columns[0][:, np.newaxis] * feature
        if self.choice.bias:
            output = output + columns[1][:, np.newaxis]
        slope = self.row_slope(output, label)
        parts = (slope * feature, slope)[: self.dimension]
        return np.stack([np.mean(part, axis=1) for part in parts])

    @cached_property
    def _seen_feature(self) -> FloatArray:
        return np.ascontiguousarray(self.feature)

    def coefficients(self, params: FloatArray) -> Coefficients:
        """Return weight and bias in both units.

        Parameters
        ----------
        params : ndarray, shape (d,)
        """
        bias = float(params[1]) if self.choice.bias else 0.0
        weight = float(params[0]) / self.used.scale
        bias -= weight * self.used.shift
        known = self.natural
        return Coefficients(weight, bias, weight * known.scale, bias + weight * known.shift)


def natural_scale(feature: FloatArray, *, bias: bool) -> FeatureScale:
    """Return how a feature comes to mean 0 and deviation 1; without a bias, it isn't shifted."""
    if not bias:
        return FeatureScale(0.0, float(np.sqrt(np.mean(feature**2))) or 1.0)
    return FeatureScale(float(np.mean(feature)), float(np.std(feature)) or 1.0)
