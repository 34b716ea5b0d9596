"""The optimizers by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any, cast

from gdviz.errors import UserError, did_you_mean
from gdviz.optimizers.objective import FloatArray
from gdviz.optimizers.optimizer import Optimizer

__all__ = ["OPTIMIZERS", "optimizer", "with_hyperparameters"]

_HOMES: Mapping[str, tuple[str, str]] = {
    "gd": ("gradient_descent", "GradientDescent"),
    "momentum": ("momentum", "Momentum"),
    "nesterov": ("nesterov", "Nesterov"),
    "adagrad": ("adagrad", "Adagrad"),
    "rmsprop": ("rmsprop", "RMSprop"),
    "adadelta": ("adadelta", "Adadelta"),
    "adam": ("adam", "Adam"),
    "amsgrad": ("amsgrad", "AMSGrad"),
    "adamw": ("adamw", "AdamW"),
    "nadam": ("nadam", "NAdam"),
    "adamax": ("adamax", "Adamax"),
    "radam": ("radam", "RAdam"),
    "lion": ("lion", "Lion"),
    "qhm": ("qhm", "QHM"),
    "qhadam": ("qhadam", "QHAdam"),
    "rprop": ("rprop", "Rprop"),
    "newton": ("newton", "Newton"),
    "line_search": ("line_search", "LineSearch"),
    "barzilai_borwein": ("barzilai_borwein", "BarzilaiBorwein"),
    "conjugate_gradient": ("conjugate_gradient", "ConjugateGradient"),
    "bfgs": ("bfgs", "BFGS"),
    "lbfgs": ("lbfgs", "LBFGS"),
    "nelder_mead": ("nelder_mead", "NelderMead"),
}


class _Catalog(Mapping[str, type[Optimizer]]):
    """The classes by name, each loaded when it is asked for: a window starts with one."""

    def __getitem__(self, key: str) -> type[Optimizer]:
        module, name = _HOMES[key]
        kind = getattr(import_module(f"gdviz.optimizers.{module}"), name)
        return cast("type[Optimizer]", kind)

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


OPTIMIZERS: Mapping[str, type[Optimizer]] = _Catalog()


def optimizer(name: str, **hyperparameters: float | FloatArray) -> Optimizer:
    """Return an optimizer by name.

    Parameters
    ----------
    name : str
        Such as ``"gd"`` or ``"momentum"``.
    **hyperparameters : float, or ndarray of shape (n, 1)
        Such as ``learning_rate=0.1``, or one for each row of a batch; those left out take
        their defaults.

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
