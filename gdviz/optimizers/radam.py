"""RAdam: Adam that scales no steps until it has seen enough gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from gdviz.optimizers.common import (
    ADAPTIVE_RATE,
    Scalar,
    decayed,
    epsilon,
    gradient_lines,
    learning_rate,
    square_root,
    weight_decay,
)
from gdviz.optimizers.explanation import Explanation
from gdviz.optimizers.moments import (
    CORRECTED_MEAN,
    Moments,
    begun,
    beta1,
    beta2,
    moment_components,
    moment_lines,
    moment_values,
    moved,
)
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, FloatArray

__all__ = ["RAdam"]

_ENOUGH = 5.0


@dataclass(frozen=True)
class RAdam(FirstOrder):
    """xₖ₊₁ = xₖ − η r l m̂, elementwise, where r l is 1 for the first steps.

    With Adam's means, ρ∞ = 2/(1 − β₂) − 1, ρ = ρ∞ − 2(k + 1) β₂ᵏ⁺¹ / (1 − β₂ᵏ⁺¹) and, where
    ρ > 5, l = √(1 − β₂ᵏ⁺¹) / (√vₖ₊₁ + ε), r² = (ρ − 4)(ρ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρ).
    L. Liu et al., *On the variance of the adaptive learning rate and beyond*, ICLR 2020,
    arXiv:1908.03265, algorithm 2; ``torch.optim.RAdam``. The paper has no ε and scales
    from ρ > 4 on, torch from ρ > 5 on.

    Parameters
    ----------
    learning_rate : float
        η, greater than 0.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and less than 1; with β₂ at or below 2/3 no step is ever scaled.
    epsilon : float
        ε, at least 0.
    weight_decay : float
        λ, at least 0; λx is added to the gradient.
    """

    key: ClassVar[str] = "radam"
    title: ClassVar[str] = "RAdam"
    help: ClassVar[str] = (
        "Adam that takes plain momentum's steps until it has seen enough to know the size of "
        "the slopes."
    )
    equation: ClassVar[str] = (
        "m = beta1 · m + (1 − beta1) · ∇f;  v = beta2 · v + (1 − beta2) · ∇f²;  "
        "step = −learning rate · r · m̂ / (√v̂ + epsilon), at first −learning rate · m̂"
    )
    symbols: ClassVar[dict[str, str]] = {
        "rho_inf": r"\rho_\infty",
        "rho": r"\rho_{k+1}",
        "r": "r_{k+1}",
        "l": "l_{k+1}",
    }

    learning_rate: float = learning_rate(1e-3, ADAPTIVE_RATE)
    beta1: float = beta1()
    beta2: float = beta2()
    epsilon: float = epsilon(1e-8)
    weight_decay: float = weight_decay()

    @property
    def equations(self) -> tuple[str, ...]:
        slope, lines = gradient_lines(self.weight_decay)
        either = r"\begin{{cases}} {} & <rho> \gt 5 \\ 1 & \text{{otherwise}} \end{{cases}}"
        rectified = (
            r"\sqrt{\frac{(<rho> - 4)(<rho> - 2) <rho_inf>}{(<rho_inf> - 4)(<rho_inf> - 2) <rho>}}"
        )
        scaled = r"\frac{\sqrt{1 - <beta2>^{<count>}}}{\sqrt{<v'>} + <epsilon>}"
        return (
            *lines,
            *moment_lines(slope),
            CORRECTED_MEAN,
            r"<rho_inf> = \frac{2}{1 - <beta2>} - 1",
            r"<rho> = <rho_inf> - \frac{2 (<count>) <beta2>^{<count>}}{1 - <beta2>^{<count>}}",
            rf"<r> = {either.format(rectified)}",
            rf"<l> = {either.format(scaled)}",
            r"<x'> = <x> - <learning_rate> <r> <l> <m_hat>",
        )

    def init(self, params: FloatArray) -> Moments:
        return begun(params)

    def update(
        self, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> tuple[FloatArray, Moments]:
        slope = decayed(gradient, params, self.weight_decay)
        moments = moved(self.beta1, self.beta2, slope, state)
        mean, square, _, power1, power2 = moments
        _, length, rectification = self._rectified(moments)
        rate = -self.learning_rate / (1.0 - power1)
        full = rate * rectification * square_root(1.0 - power2)
        if isinstance(length, float):
            if length <= _ENOUGH:
                return rate * mean, moments
            return full * mean / (np.sqrt(square) + self.epsilon), moments
        enough = length > _ENOUGH
        scale = np.where(enough, np.sqrt(square) + self.epsilon, 1.0)
        return np.where(enough, full, rate) * mean / scale, moments

    def _rectified(self, moments: Moments) -> tuple[Scalar, Scalar, Scalar]:
        """Return ρ∞, ρ, and r, which is 1 where ρ is too small."""
        count, power = moments[2], moments[4]
        limit = 2.0 / (1.0 - self.beta2) - 1.0
        length = limit - 2.0 * count * power / (1.0 - power)
        if isinstance(length, float):
            return limit, length, _rectification(limit, length) if length > _ENOUGH else 1.0
        enough = length > _ENOUGH
        at = np.where(enough, limit, 6.0), np.where(enough, length, 6.0)
        return limit, length, np.where(enough, _rectification(*at), 1.0)

    def explain(
        self, objective: Objective, gradient: FloatArray, state: Moments, params: FloatArray
    ) -> Explanation:
        update, moments = self.update(gradient, state, params)
        slope = decayed(gradient, params, self.weight_decay)
        limit, length, rectification = self._rectified(moments)
        corrected = moments[0] / (1.0 - moments[3])
        enough = np.asarray(length) > _ENOUGH
        scale = np.where(enough, np.sqrt(moments[1]) + self.epsilon, 1.0)
        factor = np.where(enough, square_root(1.0 - moments[4]) / scale, 1.0)
        values = moment_values(state, moments)
        values |= {"h": slope, "m_hat": corrected, "rho_inf": limit, "rho": length}
        values |= {"r": rectification, "l": factor, "update": update}
        divisor = 1.0 / (rectification * factor)
        parts = moment_components(self.learning_rate, slope, corrected, divisor, update)
        return Explanation(values, parts)


def _rectification(limit: Scalar, length: Scalar) -> Scalar:
    return square_root(
        (length - 4.0) * (length - 2.0) * limit / ((limit - 4.0) * (limit - 2.0) * length)
    )
