"""How a landscape is written: LaTeX of its loss and of its derivatives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal

__all__ = ["LineKind", "MathLine", "Notation"]

LineKind = Literal[
    "loss",
    "partial0",
    "partial1",
    "gradient",
    "momentum",
    "scaling",
    "curvature",
    "update",
    "plain",
]


@dataclass(frozen=True)
class MathLine:
    r"""One equation.

    Attributes
    ----------
    kind : str
        What it tells of, which decides its color.
    left, right : str
        LaTeX of its two sides, without the equals sign between them; the right side may
        hold further ones: ``e^{2} \approx 7.389``, and is empty in a line that is no equation.
    """

    kind: LineKind
    left: str
    right: str

    @property
    def latex(self) -> str:
        """The whole equation."""
        return f"{self.left} = {self.right}" if self.right else self.left


class Notation(ABC):
    """The equations of one landscape."""

    @abstractmethod
    def general(self) -> tuple[MathLine, ...]:
        """Return f, its partial derivatives and ∇f, with the parameters as letters."""

    @abstractmethod
    def at(self, params: tuple[float, ...]) -> tuple[MathLine, ...]:
        """Return the same equations with one point's numbers put in."""
