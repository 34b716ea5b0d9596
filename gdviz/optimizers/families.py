"""Which optimizers go about it in the same way."""

from __future__ import annotations

__all__ = ["FAMILIES", "family_of"]

FAMILIES = {
    "plain-descent": ("gd",),
    "momentum": ("momentum", "nesterov", "qhm"),
    "adaptive": (
        *("adagrad", "rmsprop", "adadelta", "adam", "amsgrad", "adamw"),
        *("nadam", "adamax", "radam", "qhadam"),
    ),
    "sign-methods": ("rprop", "lion"),
    "curvature-methods": ("newton", "bfgs", "lbfgs", "conjugate_gradient"),
    "rates-that-find-themselves": ("line_search", "barzilai_borwein"),
    "nelder-mead": ("nelder_mead",),
}
"""The families, by the names of the help topics that explain them, and their optimizers' keys."""


def family_of(key: str) -> str:
    """Return the family of an optimizer, such as ``"momentum"`` for ``"nesterov"``."""
    return next((topic for topic, keys in FAMILIES.items() if key in keys), "optimizer")
