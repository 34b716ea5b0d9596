"""The topic of all optimizers, made from their catalog."""

from __future__ import annotations

from collections.abc import Iterable

from gdviz.help.topic import Topic
from gdviz.numbers import format_number
from gdviz.optimizers import OPTIMIZERS, Hyperparameter, Optimizer
from gdviz.optimizers.families import FAMILIES

__all__ = ["optimizers_topic"]

_TITLES = {
    "plain-descent": "Gradient descent",
    "momentum": "With momentum",
    "adaptive": "A rate for each parameter",
    "sign-methods": "By the sign of the gradient",
    "curvature-methods": "With curvature",
    "rates-that-find-themselves": "Rates that find themselves",
    "nelder-mead": "Without a gradient",
}
_BEGIN = (
    "Every optimizer that gdviz knows, with its rule in one line and what its settings do. "
    "∇f is the [gradient](gradient) where the run stands. On the command line each goes by the "
    "name in brackets.\n\n"
    "Try: press Ctrl+Shift+R to race several of them from one start, and read the "
    "[verdict](verdict) of each."
)


def optimizers_topic() -> Topic:
    """Return the topic, which loads every optimizer."""
    parts = [_BEGIN]
    for family, keys in FAMILIES.items():
        parts.append(f"## {_TITLES[family]}")
        parts.append(f"How it goes: [{_TITLES[family].lower()}]({family}).")
        for key in keys:
            kind = OPTIMIZERS[key]
            parts.append(f"**{kind.title}** (`{key}`): {kind.help}")
            parts.append(kind.equation)
            settings = list(_settings(kind))
            if settings:
                parts.append("\n".join(settings))
    words = ("hyperparameters", "defaults", "settings")
    return Topic("optimizers", "All optimizers", "Optimizers", "\n\n".join(parts), words)


def _settings(kind: type[Optimizer]) -> Iterable[str]:
    for one in kind.hyperparameters():
        yield f"- *{one.name.replace('_', ' ')}*, {_default(one)}: {one.help}"


def _default(one: Hyperparameter) -> str:
    if one.kind == "flag":
        return "on" if one.default else "off"
    return format_number(float(one.default))
