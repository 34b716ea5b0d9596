"""Regressions whose loss is a mean over all rows at every point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np

from gdviz.errors import UserError
from gdviz.landscapes.domain import Domain
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.fit_data import FitData
from gdviz.landscapes.fit_landscape import FeatureScale, FitLandscape, natural_scale
from gdviz.landscapes.landscape import Column, FloatArray
from gdviz.landscapes.optima import least_absolute, least_huber, newton, separable
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.row_losses import AbsoluteLoss, HuberLoss, LogLoss, RowLoss

__all__ = ["SummedRegression"]

_BLOCK = 1 << 17
_NORMAL_MAD, _HUBER = 0.6744897501960817, 1.345
_LOGIT_REACH = 10.0


@dataclass(frozen=True)
class SummedRegression(FitLandscape):
    """mean(ℓ(w1·feature + b, label)) for a loss ℓ of one row.

    Attributes
    ----------
    row_loss : RowLoss
    """

    row_loss: RowLoss = field(repr=False)

    @classmethod
    def of_data(cls, name: str, choice: FitChoice, data: FitData) -> Self:
        """Make the landscape of rows that have been checked.

        Raises
        ------
        UserError
            If the feature has no effect.
        """
        if not np.any(data.feature):
            raise UserError(f"'{data.feature_name}' is zero in every row: the weight has no effect")
        # Refuses what squares of floats can't hold; all scales below are made of such squares.
        plain = FitChoice(choice.feature, choice.label, bias=choice.bias)
        (LineRegression if choice.bias else ProportionalRegression).of_data(name, plain, data)
        natural = natural_scale(data.feature, bias=choice.bias)
        used = natural if choice.standardize else FeatureScale()
        return cls(name, choice, data, used, natural, _row_loss(choice, data))

    @property
    def cost(self) -> int:
        return self.rows

    @property
    def expression(self) -> str:
        label = self.data.label_name
        if isinstance(self.row_loss, HuberLoss):
            return f"mean of ρ({self._line} − {label}), δ = {self.row_loss.delta:.4g}"
        if isinstance(self.row_loss, LogLoss):
            return f"mean log loss of σ({self._line}) for {label}"
        return f"mean of |{self._line} − {label}|"

    @property
    def remark(self) -> str:
        if self._is_separable:
            return (
                "The classes can be told apart without a mistake, so there is no minimum: "
                "the loss falls towards 0 the further the weight grows."
            )
        return ""

    @cached_property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        if self._is_separable:
            return ()
        if isinstance(self.row_loss, AbsoluteLoss):
            return (least_absolute(self.feature, self.data.label, bias=self.choice.bias),)
        if isinstance(self.row_loss, HuberLoss):
            found = (self.feature, self.data.label, self.row_loss.delta)
            return (least_huber(*found, bias=self.choice.bias),)
        return (newton(self, np.zeros(self.dimension)),)

    @cached_property
    def domain(self) -> Domain:
        if isinstance(self.row_loss, LogLoss):
            return self._logit_domain()
        widths = self._squared.domain.width
        center = np.array(self.minima[0])
        return Domain.of(*np.stack([center - 0.5 * widths, center + 0.5 * widths], axis=1).tolist())

    def loss_at(self, *columns: FloatArray) -> Column:
        return self._means(columns, lambda output, label: (self.row_loss.value(output, label),))[0]

    def gradient_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        def parts(output: FloatArray, label: FloatArray) -> tuple[FloatArray, ...]:
            slope = self.row_loss.slope(output, label)
            return (slope * self._feature, slope)[: self.dimension]

        return self._means(columns, parts)

    def hessian_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        def parts(output: FloatArray, label: FloatArray) -> tuple[FloatArray, ...]:
            bent = self.row_loss.curvature(output, label)
            first = bent * self._feature
            return (
                (first * self._feature, first, bent)
                if self.choice.bias
                else (first * self._feature,)
            )

        return self._means(columns, parts)

    def row_slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return self.row_loss.slope(output, label)

    def _means(
        self,
        columns: tuple[FloatArray, ...],
        parts: Callable[[FloatArray, FloatArray], tuple[FloatArray, ...]],
    ) -> tuple[FloatArray, ...]:
        """Return means over the rows, some points at a time.

        Each point's rows are summed in the same order whatever other points there are.
        """
        label = self.data.label[np.newaxis]
        points = columns[0].size
        at_once = max(_BLOCK // self.rows, 1)
        found: list[tuple[FloatArray, ...]] = []
        for first in range(0, points, at_once):
            some = [column[first : first + at_once, np.newaxis] for column in columns]
            output = some[0] * self._feature
            if len(some) > 1:
                output += some[1]
            found.append(tuple(np.mean(part, axis=1) for part in parts(output, label)))
        if not found:
            return tuple(np.empty(0) for _ in parts(np.empty((0, 1)), label[:, :1]))
        return tuple(np.concatenate(part) for part in zip(*found, strict=True))

    @cached_property
    def _feature(self) -> FloatArray:
        return np.ascontiguousarray(self.feature)[np.newaxis]

    @cached_property
    def _is_separable(self) -> bool:
        if not isinstance(self.row_loss, LogLoss):
            return False
        return separable(self.feature, self.data.label, bias=self.choice.bias)

    @cached_property
    def _squared(self) -> FitLandscape:
        """The same model with the squared error, whose domain and minimum are near."""
        kind = LineRegression if self.choice.bias else ProportionalRegression
        return kind.of_data(self.key, self.choice, self.data)

    def _logit_domain(self) -> Domain:
        """Return the box in which the model goes from no to a sharp distinction."""
        middle, spread = float(np.mean(self.feature)), float(np.std(self.feature))
        if not self.choice.bias:
            middle, spread = 0.0, float(np.sqrt(np.mean(self.feature**2)))
        reach = _LOGIT_REACH / (spread or 1.0)
        best = self.minima[0] if self.minima else (0.0,) * self.dimension
        reach = max(reach, 1.6 * abs(best[0]))
        if not self.choice.bias:
            return Domain.of((-reach, reach))
        drop = max(1.6 * abs(best[1]), _LOGIT_REACH, abs(middle) * reach)
        return Domain.of((-reach, reach), (-drop, drop))


def _row_loss(choice: FitChoice, data: FitData) -> RowLoss:
    if choice.loss == "mae":
        return AbsoluteLoss()
    if choice.loss == "log":
        return LogLoss()
    weight, *bias = least_absolute(data.feature, data.label, bias=choice.bias)
    residuals = data.label - weight * data.feature - sum(bias)
    spread = float(np.median(np.abs(residuals))) / _NORMAL_MAD
    return HuberLoss(_HUBER * spread if spread > 0.0 else 1.0)
