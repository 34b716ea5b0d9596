"""A landscape of one parameter for tests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gdviz.landscapes import Domain, Landscape


@dataclass(frozen=True)
class Curve(Landscape):
    """A loss of one parameter, given as functions of an array."""

    f: Callable[[Any], Any]
    slope: Callable[[Any], Any]
    bend: Callable[[Any], Any] = lambda x: 0.0 * x
    view: tuple[float, float] = (-10.0, 10.0)
    inside: tuple[float, float] | None = None
    lowest: tuple[tuple[float, ...], ...] = ()

    @property
    def name(self):
        return "curve"

    @property
    def parameters(self):
        return ("x",)

    @property
    def domain(self):
        return Domain.of(self.view)

    @property
    def expression(self):
        return "f(x)"

    @property
    def minima(self):
        return self.lowest

    @property
    def limits(self):
        return None if self.inside is None else Domain.of(self.inside)

    def loss_at(self, x):
        return self.f(x)

    def gradient_at(self, x):
        return (self.slope(x),)

    def hessian_at(self, x):
        return (self.bend(x),)
