"""Landscapes and optimizers of the tests of this folder."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from gdviz.engine import Outcome, Trajectory
from gdviz.landscapes import Domain, Landscape
from gdviz.optimizers import Explanation, FirstOrder, optimizer
from tests.engine.curve import Curve


@dataclass(frozen=True)
class Bowl(Landscape):
    """½ (p − c)ᵀ R diag(λ) Rᵀ (p − c), turned by an angle."""

    flat: float = 1.0
    steep: float = 10.0
    angle: float = 0.0
    center: tuple[float, float] = (0.0, 0.0)
    known: bool = True

    @property
    def name(self):
        return "bowl"

    @property
    def parameters(self):
        return ("x", "y")

    @property
    def domain(self):
        return Domain.of((-10.0, 10.0), (-10.0, 10.0))

    @property
    def expression(self):
        return "½ pᵀ H p"

    @property
    def minima(self):
        return (self.center,) if self.known else ()

    def entries(self):
        c, s = math.cos(self.angle), math.sin(self.angle)
        return (
            self.flat * c * c + self.steep * s * s,
            (self.flat - self.steep) * c * s,
            self.flat * s * s + self.steep * c * c,
        )

    def loss_at(self, x, y):
        a, b, d = self.entries()
        x, y = x - self.center[0], y - self.center[1]
        return 0.5 * (a * x * x + 2.0 * b * x * y + d * y * y)

    def gradient_at(self, x, y):
        a, b, d = self.entries()
        x, y = x - self.center[0], y - self.center[1]
        return a * x + b * y, b * x + d * y

    def hessian_at(self, x, y):
        return self.entries()


PARABOLA = Curve(lambda x: x**2, lambda x: 2.0 * x, lambda x: 2.0 + 0.0 * x, lowest=((0.0,),))


@dataclass(frozen=True)
class Nesterov(FirstOrder):
    """torch's SGD(nesterov=True)."""

    key = "nesterov"
    title = "Nesterov"
    equation = ""

    learning_rate: Any = type(optimizer("gd")).__dataclass_fields__["learning_rate"]
    momentum: Any = type(optimizer("momentum")).__dataclass_fields__["momentum"]

    @property
    def equations(self):
        return ()

    def init(self, params):
        return np.zeros_like(params)

    def update(self, gradient, state, params):
        velocity = self.momentum * state + gradient
        return -self.learning_rate * (gradient + self.momentum * velocity), velocity

    def explain(self, objective, gradient, state, params):
        update, _state = self.update(gradient, state, params)
        return Explanation({"update": update}, ())


@dataclass(frozen=True)
class SignDescent(Nesterov):
    """Steps of one length, whatever the slope: a method of which no theory here speaks."""

    key = "signs"

    def update(self, gradient, state, params):
        return -self.learning_rate * np.sign(gradient), state


def gd(rate, **more):
    return optimizer("gd", learning_rate=rate, **more)


def momentum(rate, kept, **more):
    return optimizer("momentum", learning_rate=rate, momentum=kept, **more)


def trajectory_of(landscape, points, outcome=Outcome.LAST_STEP, steps=None):
    """Return a trajectory through given points, shape (m, d)."""
    points = np.array(points, dtype=np.float64)
    last = len(points) - 1 if steps is None else int(steps[-1])
    return Trajectory(
        steps=np.arange(len(points)) if steps is None else np.array(steps),
        params=points[:, np.newaxis].copy(),
        loss=landscape.loss(points)[:, np.newaxis],
        gradient=np.array(landscape.gradient(points))[:, np.newaxis],
        outcome=(outcome,),
        outcome_step=(last,),
        last_step=(last,),
    )
