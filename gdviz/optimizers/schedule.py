"""Learning-rate schedules: what the rate is multiplied by at each step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError, did_you_mean
from gdviz.optimizers.hyperparameter import Hyperparameter, declared_by, hyperparameter
from gdviz.optimizers.objective import FloatArray

__all__ = [
    "CONSTANT",
    "SCHEDULES",
    "ConstantRate",
    "CosineDecay",
    "ExponentialDecay",
    "Schedule",
    "StepDecay",
    "WarmUp",
    "schedule",
]

_MOST_STEPS = 1e9


def _warmup(default: int) -> Any:
    return hyperparameter(
        default,
        "For so many steps the rate grows evenly to its full size; the schedule begins then.",
        slider=(0.0, 1000.0),
        high=_MOST_STEPS,
        kind="whole",
    )


def _gamma(default: float) -> Any:
    return hyperparameter(
        default,
        "What the rate is multiplied by each time; 1 leaves it as it is.",
        low_open=True,
        high=1.0,
        slider=(0.01, 1.0),
    )


@dataclass(frozen=True)
class Schedule(ABC):
    """A rule by which the learning rate changes with the step; its fields are its settings."""

    key: ClassVar[str]
    """The name in the command line and in files."""

    title: ClassVar[str]
    """The name on the screen."""

    help: ClassVar[str]
    """One sentence that teaches what it does."""

    def __post_init__(self) -> None:
        for declared in self.hyperparameters():
            object.__setattr__(self, declared.name, declared.check(getattr(self, declared.name)))

    @classmethod
    def hyperparameters(cls) -> tuple[Hyperparameter, ...]:
        """Return the settings in the order of the fields."""
        return declared_by(cls)

    def factors(self, steps: NDArray[np.int64], total: int) -> FloatArray:
        """Return what the learning rate is multiplied by.

        Parameters
        ----------
        steps : ndarray of int, shape (m,)
            The steps, counted from 0.
        total : int
            How many steps the run takes.

        Returns
        -------
        ndarray, shape (m,)
            From 0 to 1.
        """
        warmup = int(getattr(self, "warmup", 0))
        decay = self._decay(np.maximum(steps - warmup, 0), max(total - warmup, 1))
        if not warmup:
            return decay
        return np.minimum((steps + 1) / warmup, 1.0) * decay

    @abstractmethod
    def _decay(self, steps: NDArray[np.int64], total: int) -> FloatArray:
        """Return the factors, with steps counted from the end of the warm-up."""


@dataclass(frozen=True)
class ConstantRate(Schedule):
    """The same learning rate at every step."""

    key: ClassVar[str] = "constant"
    title: ClassVar[str] = "Constant rate"
    help: ClassVar[str] = "The same learning rate at every step."

    def _decay(self, steps: NDArray[np.int64], total: int) -> FloatArray:
        return np.ones(steps.shape)


@dataclass(frozen=True)
class StepDecay(Schedule):
    """γ^⌊k / period⌋ at step k: ``torch.optim.lr_scheduler.StepLR``."""

    key: ClassVar[str] = "step"
    title: ClassVar[str] = "Step decay"
    help: ClassVar[str] = "The rate falls by a factor every so many steps."

    period: int = hyperparameter(
        50,
        "How many steps the rate stays before it falls.",
        low=1.0,
        slider=(1.0, 1000.0),
        high=_MOST_STEPS,
        logarithmic=True,
        kind="whole",
    )
    gamma: float = _gamma(0.5)
    warmup: int = _warmup(0)

    def _decay(self, steps: NDArray[np.int64], total: int) -> FloatArray:
        return np.asarray(self.gamma ** (steps // self.period), dtype=np.float64)


@dataclass(frozen=True)
class ExponentialDecay(Schedule):
    """γᵏ at step k: ``torch.optim.lr_scheduler.ExponentialLR``."""

    key: ClassVar[str] = "exponential"
    title: ClassVar[str] = "Exponential decay"
    help: ClassVar[str] = "The rate falls by the same factor at every step."

    gamma: float = _gamma(0.98)
    warmup: int = _warmup(0)

    def _decay(self, steps: NDArray[np.int64], total: int) -> FloatArray:
        return np.asarray(self.gamma**steps, dtype=np.float64)


@dataclass(frozen=True)
class CosineDecay(Schedule):
    """m + (1 − m)(1 + cos(πk/T))/2 at step k ≤ T, then m.

    I. Loshchilov and F. Hutter, *SGDR: stochastic gradient descent with warm restarts*
    (2017), arXiv:1608.03983, equation 5, without restarts;
    ``torch.optim.lr_scheduler.CosineAnnealingLR``.
    """

    key: ClassVar[str] = "cosine"
    title: ClassVar[str] = "Cosine decay"
    help: ClassVar[str] = "The rate falls along half a cosine: slowly, then quickly, then slowly."

    period: int = hyperparameter(
        0,
        "How many steps the fall takes; 0 for all steps of the run.",
        slider=(0.0, 1000.0),
        high=_MOST_STEPS,
        kind="whole",
    )
    lowest: float = hyperparameter(
        0.0, "The share of the rate that is left in the end.", high=1.0, slider=(0.0, 1.0)
    )
    warmup: int = _warmup(0)

    def _decay(self, steps: NDArray[np.int64], total: int) -> FloatArray:
        share = np.minimum(steps / (self.period or total), 1.0)
        return np.asarray(self.lowest + (1.0 - self.lowest) * 0.5 * (1.0 + np.cos(np.pi * share)))


@dataclass(frozen=True)
class WarmUp(Schedule):
    """(k + 1)/W at step k < W, then 1.

    P. Goyal et al., *Accurate, large minibatch SGD: training ImageNet in 1 hour* (2017),
    arXiv:1706.02677, §2.2, gradual warm-up.
    """

    key: ClassVar[str] = "warmup"
    title: ClassVar[str] = "Warm-up"
    help: ClassVar[str] = "The rate grows evenly over the first steps and stays."

    warmup: int = _warmup(20)

    def _decay(self, steps: NDArray[np.int64], total: int) -> FloatArray:
        return np.ones(steps.shape)


CONSTANT = ConstantRate()
SCHEDULES: dict[str, type[Schedule]] = {
    kind.key: kind for kind in (ConstantRate, StepDecay, ExponentialDecay, CosineDecay, WarmUp)
}


def schedule(name: str, **settings: float) -> Schedule:
    """Return a learning-rate schedule by name.

    Parameters
    ----------
    name : str
        ``"constant"``, ``"step"``, ``"exponential"``, ``"cosine"`` or ``"warmup"``.
    **settings : float
        Such as ``gamma=0.9`` or ``warmup=10``; those left out take their defaults.

    Raises
    ------
    UserError
        If the name, a setting's name or a value is wrong.
    """
    if name not in SCHEDULES:
        raise UserError(
            f"there is no schedule '{name}'{did_you_mean(name, SCHEDULES)} "
            f"(known: {', '.join(SCHEDULES)})"
        )
    kind = SCHEDULES[name]
    known = [declared.name for declared in kind.hyperparameters()]
    for given in settings:
        if given not in known:
            told = f"known: {', '.join(known)}" if known else "it has none"
            raise UserError(
                f"the schedule '{name}' has no setting '{given}'"
                f"{did_you_mean(given, known)} ({told})"
            )
    return kind(**settings)
