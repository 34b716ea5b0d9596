"""What every optimizer is: a frozen value with a pure init/update pair."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Self

from gdviz.optimizers.explanation import Explanation
from gdviz.optimizers.hyperparameter import Hyperparameter, declared_by
from gdviz.optimizers.objective import FloatArray, Objective

__all__ = ["FirstOrder", "FloatArray", "Optimizer"]


@dataclass(frozen=True)
class Optimizer(ABC):
    """An update rule whose fields are its hyperparameters.

    A loop calls `init` once and `advance` at each step, and adds the updates to the
    parameters. Both are pure, change no array that they are given, and work on each row of
    a batch by itself, bit for bit; a hyperparameter that is a number may be a float, or an
    array of shape (n, 1) that differs per row.
    """

    key: ClassVar[str]
    """The name in the command line and in files."""

    title: ClassVar[str]
    """The name on the screen."""

    help: ClassVar[str]
    """One or two sentences that teach how it goes down."""

    equation: ClassVar[str]
    """The update rule in one line of plain text."""

    symbols: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """LaTeX of the names in `equations` that are not in `gdviz.optimizers.symbols`."""

    first_rate_only: ClassVar[bool] = False
    """Whether the learning rate is that of the first step and later ones find their own."""

    def __post_init__(self) -> None:
        for declared in self.hyperparameters():
            checked = declared.check(getattr(self, declared.name))
            object.__setattr__(self, declared.name, checked)

    @property
    @abstractmethod
    def equations(self) -> tuple[str, ...]:
        """The update rule in LaTeX, a line for each assignment.

        Names stand in angle brackets: ``<x'> = <x> - <learning_rate> <g>``. A name is a
        hyperparameter, ``x`` (the point), ``x'`` (the next one), ``g`` (the gradient), or
        one of the values of `explain`. Lines that the hyperparameters switch off are left
        out.
        """

    @abstractmethod
    def init(self, params: FloatArray) -> Any:
        """Return the state before the first step.

        Parameters
        ----------
        params : ndarray, shape (n, d)
            The starts.
        """

    @abstractmethod
    def advance(
        self, objective: Objective, gradient: FloatArray, state: Any, params: FloatArray
    ) -> tuple[FloatArray, Any]:
        """Return what to add to the parameters, and the next state.

        Parameters
        ----------
        objective : Objective
            What else may be asked about the landscape.
        gradient : ndarray, shape (n, d)
            The gradient at `params`, perhaps a noisy one.
        state
            What `init` or the previous `advance` returned.
        params : ndarray, shape (n, d)
            The current parameters.

        Returns
        -------
        updates : ndarray, shape (n, d)
        state
        """

    @abstractmethod
    def explain(
        self, objective: Objective, gradient: FloatArray, state: Any, params: FloatArray
    ) -> Explanation:
        """Return the quantities of the step that `advance` would take from here."""

    @classmethod
    def hyperparameters(cls) -> tuple[Hyperparameter, ...]:
        """Return the hyperparameters in the order of the fields."""
        return declared_by(cls)

    @classmethod
    def has_learning_rate(cls) -> bool:
        """Tell whether there is a learning rate to tune."""
        return any(declared.name == "learning_rate" for declared in cls.hyperparameters())

    @classmethod
    def can_be_scheduled(cls) -> bool:
        """Tell whether there is a learning rate that a schedule could change at each step."""
        return cls.has_learning_rate() and not cls.first_rate_only

    def at_rate(self, factor: float | FloatArray) -> Self:
        """Return the optimizer with its learning rate multiplied, unchecked.

        Parameters
        ----------
        factor : float, or ndarray of shape (n, 1)
        """
        scaled = object.__new__(type(self))
        scaled.__dict__.update(self.__dict__)
        scaled.__dict__["learning_rate"] = self.__dict__["learning_rate"] * factor
        return scaled


@dataclass(frozen=True)
class FirstOrder(Optimizer):
    """An optimizer that needs nothing but gradients, noisy ones included."""

    @abstractmethod
    def update(
        self, gradient: FloatArray, state: Any, params: FloatArray
    ) -> tuple[FloatArray, Any]:
        """Return what to add to the parameters, and the next state.

        Takes and returns what `advance` does, but for the objective.
        """

    def advance(
        self, objective: Objective, gradient: FloatArray, state: Any, params: FloatArray
    ) -> tuple[FloatArray, Any]:
        return self.update(gradient, state, params)
