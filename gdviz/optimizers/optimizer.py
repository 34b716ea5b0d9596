"""What every optimizer is: a frozen value with a pure init/update pair."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from gdviz.optimizers.hyperparameter import Hyperparameter, declared_by

__all__ = ["FloatArray", "Optimizer"]

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Optimizer(ABC):
    """An update rule whose fields are its hyperparameters.

    A loop calls `init` once and `update` at each step, and adds the updates to the
    parameters. Both are pure and elementwise over the rows of a batch; a
    hyperparameter is a float, or an array of shape (n, 1) that differs per row.
    """

    key: ClassVar[str]
    """The name in the command line and in files."""

    title: ClassVar[str]
    """The name on the screen."""

    equation: ClassVar[str]
    """The update rule in one line."""

    def __post_init__(self) -> None:
        for declared in self.hyperparameters():
            checked = declared.check(getattr(self, declared.name))
            object.__setattr__(self, declared.name, checked)

    @abstractmethod
    def init(self, params: FloatArray) -> Any:
        """Return the state before the first step.

        Parameters
        ----------
        params : ndarray, shape (n, d)
            The starts.
        """

    @abstractmethod
    def update(
        self, gradient: FloatArray, state: Any, params: FloatArray
    ) -> tuple[FloatArray, Any]:
        """Return what to add to the parameters, and the next state.

        Parameters
        ----------
        gradient : ndarray, shape (n, d)
            ∇f at `params`.
        state
            What `init` or the previous `update` returned.
        params : ndarray, shape (n, d)
            The current parameters.

        Returns
        -------
        updates : ndarray, shape (n, d)
        state
        """

    @classmethod
    def hyperparameters(cls) -> tuple[Hyperparameter, ...]:
        """Return the hyperparameters in the order of the fields."""
        return declared_by(cls)
