"""The optimizers by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gdviz.errors import UserError, did_you_mean
from gdviz.optimizers.adadelta import Adadelta
from gdviz.optimizers.adagrad import Adagrad
from gdviz.optimizers.adam import Adam
from gdviz.optimizers.adamax import Adamax
from gdviz.optimizers.adamw import AdamW
from gdviz.optimizers.amsgrad import AMSGrad
from gdviz.optimizers.barzilai_borwein import BarzilaiBorwein
from gdviz.optimizers.bfgs import BFGS
from gdviz.optimizers.conjugate_gradient import ConjugateGradient
from gdviz.optimizers.gradient_descent import GradientDescent
from gdviz.optimizers.lbfgs import LBFGS
from gdviz.optimizers.line_search import LineSearch
from gdviz.optimizers.lion import Lion
from gdviz.optimizers.momentum import Momentum
from gdviz.optimizers.nadam import NAdam
from gdviz.optimizers.nelder_mead import NelderMead
from gdviz.optimizers.nesterov import Nesterov
from gdviz.optimizers.newton import Newton
from gdviz.optimizers.optimizer import Optimizer
from gdviz.optimizers.qhadam import QHAdam
from gdviz.optimizers.qhm import QHM
from gdviz.optimizers.radam import RAdam
from gdviz.optimizers.rmsprop import RMSprop
from gdviz.optimizers.rprop import Rprop

__all__ = ["OPTIMIZERS", "optimizer", "with_hyperparameters"]

_KINDS: tuple[type[Optimizer], ...] = (
    GradientDescent,
    Momentum,
    Nesterov,
    Adagrad,
    RMSprop,
    Adadelta,
    Adam,
    AMSGrad,
    AdamW,
    NAdam,
    Adamax,
    RAdam,
    Lion,
    QHM,
    QHAdam,
    Rprop,
    Newton,
    LineSearch,
    BarzilaiBorwein,
    ConjugateGradient,
    BFGS,
    LBFGS,
    NelderMead,
)

OPTIMIZERS: dict[str, type[Optimizer]] = {kind.key: kind for kind in _KINDS}


def optimizer(name: str, **hyperparameters: float) -> Optimizer:
    """Return an optimizer by name.

    Parameters
    ----------
    name : str
        Such as ``"gd"`` or ``"momentum"``.
    **hyperparameters : float
        Such as ``learning_rate=0.1``; those left out take their defaults.

    Raises
    ------
    UserError
        If the name, a hyperparameter's name or a value is wrong; one line that
        says what would be right.
    """
    if name not in OPTIMIZERS:
        raise UserError(
            f"there is no optimizer '{name}'{did_you_mean(name, OPTIMIZERS)} "
            f"(known: {', '.join(OPTIMIZERS)})"
        )
    return with_hyperparameters(OPTIMIZERS[name](), **hyperparameters)


def with_hyperparameters(current: Optimizer, **hyperparameters: Any) -> Optimizer:
    """Return `current` with some hyperparameters changed; raises as `optimizer` does."""
    known = [declared.name for declared in current.hyperparameters()]
    for given in hyperparameters:
        if given not in known:
            raise UserError(
                f"'{current.key}' has no hyperparameter '{given}'{did_you_mean(given, known)} "
                f"(known: {', '.join(known)})"
            )
    return replace(current, **hyperparameters)
