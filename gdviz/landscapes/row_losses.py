"""Losses of single rows, as functions of the model's output, with their derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gdviz.landscapes.landscape import FloatArray

__all__ = ["AbsoluteLoss", "HuberLoss", "LogLoss", "RowLoss"]


class RowLoss(Protocol):
    """The loss of rows; all arrays have one shape.

    `output` is what the model says before any sigmoid, `label` what is true.
    """

    def value(self, output: FloatArray, label: FloatArray) -> FloatArray:
        """Return the losses."""
        ...

    def slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        """Return their derivatives by the output."""
        ...

    def curvature(self, output: FloatArray, label: FloatArray) -> FloatArray:
        """Return their second derivatives by the output."""
        ...


@dataclass(frozen=True)
class AbsoluteLoss:
    """|output − label|; at 0, where it has a kink, the slope is the subgradient 0."""

    def value(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return np.abs(output - label)

    def slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return np.sign(output - label)

    def curvature(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return 0.0 * output


@dataclass(frozen=True)
class HuberLoss:
    """r²/2 up to |r| = δ, δ(|r| − δ/2) beyond, with r = output − label.

    P. J. Huber, *Robust estimation of a location parameter*, Annals of Mathematical
    Statistics 35 (1964), 73–101.
    """

    delta: float

    def value(self, output: FloatArray, label: FloatArray) -> FloatArray:
        far = np.abs(output - label)
        near = np.minimum(far, self.delta)
        return near * (far - 0.5 * near)

    def slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return np.clip(output - label, -self.delta, self.delta)

    def curvature(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return (np.abs(output - label) <= self.delta).astype(np.float64)


@dataclass(frozen=True)
class LogLoss:
    """−label·ln p − (1 − label)·ln(1 − p) with p = 1/(1 + e^(−output)).

    Computed as max(z, 0) − label·z + ln(1 + e^(−|z|)), which holds at any margin.
    """

    def value(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return np.maximum(output, 0.0) - label * output + np.log1p(np.exp(-np.abs(output)))

    def slope(self, output: FloatArray, label: FloatArray) -> FloatArray:
        return 0.5 + 0.5 * np.tanh(0.5 * output) - label

    def curvature(self, output: FloatArray, label: FloatArray) -> FloatArray:
        share = 0.5 + 0.5 * np.tanh(0.5 * output)
        return share * (1.0 - share)
