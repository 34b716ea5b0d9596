"""One step of an optimizer, taken apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gdviz.optimizers.objective import FloatArray

__all__ = ["Component", "Explanation", "Role"]

Role = Literal["gradient", "momentum", "scaling", "curvature", "update"]


@dataclass(frozen=True, eq=False)
class Component:
    """A part of a step that can be drawn as an arrow from the point where it is taken.

    Attributes
    ----------
    title : str
        A few words: ``"momentum"``, ``"without adaptive scaling"``.
    role : str
        What it means, which decides its color.
    displacement : ndarray, shape (n, d)
        In parameters: what would be added to the point if this were the whole step.
    """

    title: str
    role: Role
    displacement: FloatArray


@dataclass(frozen=True, eq=False)
class Explanation:
    """The quantities of one step of a batch.

    Attributes
    ----------
    values : mapping of str to ndarray or float
        Every name that the optimizer's `equations` hold besides its hyperparameters, ``x``,
        ``x'`` and ``g``: arrays of shape (n, d), (n, 1) or (n, d, d), or floats that hold
        for all rows. Always with ``update``: what is added to the parameters, with the bits
        that `Optimizer.advance` returns.
    components : tuple of Component
        The last one is the update itself.
    """

    values: Mapping[str, FloatArray | float]
    components: tuple[Component, ...]
