"""How the loss of a regression is typeset."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from gdviz.landscapes.notation import LineKind, MathLine, Notation
from gdviz.landscapes.tree_latex import number_latex
from gdviz.numbers import format_number

if TYPE_CHECKING:
    from gdviz.landscapes.fit_landscape import FitLandscape

__all__ = ["FitNotation"]

_MEAN = r"\frac{1}{n} \sum_i "
_KINDS: tuple[LineKind, LineKind] = ("partial0", "partial1")
_NAMES = ("w_{1}", "b")


class FitNotation(Notation):
    """The mean over the rows i, and its partial derivatives.

    Parameters
    ----------
    landscape : FitLandscape
    """

    def __init__(self, landscape: FitLandscape) -> None:
        self._landscape = landscape

    def general(self) -> tuple[MathLine, ...]:
        names = _NAMES[: self._landscape.dimension]
        line = " x_i + ".join(names) if len(names) > 1 else "w_{1} x_i"
        loss, slope = self._loss(line)
        lines = [MathLine("loss", f"L({', '.join(names)})", loss)]
        factors = (r" \cdot x_i", "")
        for kind, name, factor in zip(_KINDS, names, factors, strict=False):
            left = rf"\frac{{\partial L}}{{\partial {name}}}"
            lines.append(MathLine(kind, left, f"{slope}{factor}"))
        if self._landscape.choice.model == "logistic":
            lines.append(MathLine("loss", "p_i", rf"\frac{{1}}{{1 + e^{{-({line})}}}}"))
        return tuple(lines)

    def at(self, params: tuple[float, ...]) -> tuple[MathLine, ...]:
        landscape = self._landscape
        names = _NAMES[: landscape.dimension]
        where = f"({', '.join(_number(value) for value in params)})"
        loss = float(landscape.loss([params])[0])
        gradient = landscape.gradient([params])[0].tolist()
        lines = [MathLine("loss", f"L{where}", _number(loss))]
        for kind, name, value in zip(_KINDS, names, gradient, strict=False):
            left = rf"\frac{{\partial L}}{{\partial {name}}}{where}"
            lines.append(MathLine(kind, left, _number(value)))
        if len(names) > 1:
            vector = ", ".join(_number(value) for value in gradient)
            lines.append(MathLine("gradient", rf"\nabla L{where}", rf"\left({vector}\right)"))
        return tuple(lines)

    def _loss(self, line: str) -> tuple[str, str]:
        """Return the loss, and what the slopes have in common."""
        residual = f"{line} - y_i"
        fenced = rf"\left({residual}\right)"
        kind = self._landscape.choice.loss
        if kind == "mse":
            return f"{_MEAN}{fenced}^2", rf"\frac{{2}}{{n}} \sum_i {fenced}"
        if kind == "mae":
            return rf"{_MEAN}\left|{residual}\right|", rf"{_MEAN}\operatorname{{sign}}{fenced}"
        if kind == "huber":
            psi = rf"\max\left(-\delta, \min\left(\delta, {residual}\right)\right)"
            return rf"{_MEAN}\rho_{{\delta}}{fenced}", f"{_MEAN}{psi}"
        log = r"-\left(y_i \ln p_i + \left(1 - y_i\right) \ln\left(1 - p_i\right)\right)"
        return f"{_MEAN}{log}", rf"{_MEAN}\left(p_i - y_i\right)"


def _number(value: float) -> str:
    return number_latex(format_number(value)) if math.isfinite(value) else r"\text{undefined}"
