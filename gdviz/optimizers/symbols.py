"""LaTeX of the names in optimizers' equations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

__all__ = ["SYMBOLS", "names_in", "substituted", "symbols_of"]

_NAME = re.compile(r"<([A-Za-z_][A-Za-z_0-9]*'?)>")

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "x": "x_k",
        "x'": "x_{k+1}",
        "g": "g_k",
        "h": "h_k",
        "update": r"\Delta_k",
        "k": "k",
        "count": "k+1",
        "m": "m_k",
        "m'": "m_{k+1}",
        "m_hat": r"\hat{m}_{k+1}",
        "v": "v_k",
        "v'": "v_{k+1}",
        "v_hat": r"\hat{v}_{k+1}",
        "learning_rate": r"\eta",
        "learning_rate_decay": r"\zeta",
        "momentum": r"\mu",
        "momentum_decay": r"\psi",
        "alpha": r"\alpha",
        "rho": r"\rho",
        "nu": r"\nu",
        "nu1": r"\nu_1",
        "nu2": r"\nu_2",
        "beta": r"\beta",
        "beta1": r"\beta_1",
        "beta2": r"\beta_2",
        "epsilon": r"\epsilon",
        "weight_decay": r"\lambda",
    }
)


def names_in(template: str) -> tuple[str, ...]:
    """Return the names that an equation's template holds, in order."""
    return tuple(_NAME.findall(template))


def substituted(template: str, latex_of: Callable[[str], str]) -> str:
    """Return an equation with each name replaced by what `latex_of` says."""
    return _NAME.sub(lambda found: latex_of(found[1]), template)


def symbols_of(own: Mapping[str, str]) -> Mapping[str, str]:
    """Return all symbols of an optimizer, its own before the common ones."""
    return {**SYMBOLS, **own}
