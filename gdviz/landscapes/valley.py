"""The valley of the classic first lesson."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.landscapes.domain import Domain
from gdviz.landscapes.landscape import Column, FloatArray, Landscape
from gdviz.landscapes.notation import Notation

__all__ = ["Valley"]


@dataclass(frozen=True)
class Valley(Landscape):
    """f(x, y) = 4 + (x − 2)² + 2y², an elliptic bowl.

    The minimum is f = 4 at (2, 0); ∇f = (2(x − 2), 4y); the Hessian is diag(2, 4)
    everywhere, so gradient descent is stable for learning rates below 2/4.
    """

    @property
    def name(self) -> str:
        return "valley"

    @property
    def parameters(self) -> tuple[str, ...]:
        return ("x", "y")

    @property
    def domain(self) -> Domain:
        return Domain.of((-4.0, 8.0), (-5.0, 5.0))

    @property
    def expression(self) -> str:
        return "4 + (x − 2)² + 2y²"

    @property
    def formula(self) -> str:
        return "4 + (x-2)^2 + 2y^2"

    @property
    def notation(self) -> Notation:
        from gdviz.formulas import parse
        from gdviz.landscapes.formula_notation import formula_notation

        return formula_notation(self, parse(self.formula), {})

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        return ((2.0, 0.0),)

    @property
    def isotropic(self) -> bool:
        return True

    def loss_at(self, *columns: FloatArray) -> Column:
        x, y = columns
        return 4.0 + (x - 2.0) ** 2 + 2.0 * y**2

    def gradient_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        x, y = columns
        return 2.0 * (x - 2.0), 4.0 * y

    def hessian_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        return 2.0, 0.0, 4.0
