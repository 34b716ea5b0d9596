"""Which topic explains which optimizers."""

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
"""The topics that explain optimizers, and the keys of those which they explain."""


def family_of(key: str) -> str:
    """Return the topic that explains an optimizer, such as ``"momentum"`` for ``"nesterov"``."""
    return next((topic for topic, keys in FAMILIES.items() if key in keys), "optimizer")
