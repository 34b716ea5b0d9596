"""The functions that a formula may use, and no others."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ALIASES", "CONSTANTS", "FUNCTIONS", "GREEK", "KnownFunction"]


@dataclass(frozen=True)
class KnownFunction:
    r"""A function that a formula may use.

    Attributes
    ----------
    latex : str
        How it is typeset, such as ``"\sin"``.
    fewest, most : int
        How many arguments it takes.
    breaks : bool
        Whether it has poles or jumps.
    """

    latex: str
    fewest: int = 1
    most: int = 1
    breaks: bool = False


def _upright(name: str) -> str:
    return rf"\operatorname{{{name}}}"


FUNCTIONS = {
    **{name: KnownFunction(rf"\{name}") for name in ("sin", "cos", "sinh", "cosh", "tanh")},
    **{name: KnownFunction(rf"\{name}", breaks=True) for name in ("tan", "cot", "sec", "csc")},
    **{name: KnownFunction(rf"\arc{name[1:]}") for name in ("asin", "acos", "atan")},
    **{name: KnownFunction(_upright(f"ar{name[1:]}")) for name in ("asinh", "acosh", "atanh")},
    "atan2": KnownFunction(_upright("atan2"), 2, 2, breaks=True),
    "exp": KnownFunction(r"\exp"),
    "ln": KnownFunction(r"\ln"),
    "log2": KnownFunction(r"\log_{2}"),
    "log10": KnownFunction(r"\log_{10}"),
    "sqrt": KnownFunction(r"\sqrt"),
    "cbrt": KnownFunction(r"\sqrt[3]"),
    "abs": KnownFunction(r"\left|\right|"),
    "sign": KnownFunction(_upright("sign"), breaks=True),
    "floor": KnownFunction(r"\lfloor\rfloor", breaks=True),
    "ceil": KnownFunction(r"\lceil\rceil", breaks=True),
    "round": KnownFunction(_upright("round"), breaks=True),
    "min": KnownFunction(r"\min", 2, 8),
    "max": KnownFunction(r"\max", 2, 8),
    "mod": KnownFunction(_upright("mod"), 2, 2, breaks=True),
    "erf": KnownFunction(_upright("erf")),
    "sigmoid": KnownFunction(r"\sigma"),
    "softplus": KnownFunction(_upright("softplus")),
    "relu": KnownFunction(_upright("relu")),
}
"""By name. ``log`` is the natural one, as in the field's libraries: see `ALIASES`."""

ALIASES = {
    "log": "ln",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctan2": "atan2",
    "arsinh": "asinh",
    "arcosh": "acosh",
    "artanh": "atanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "cosec": "csc",
    "tg": "tan",
    "sgn": "sign",
    "ceiling": "ceil",
    "lg": "log10",
    "ld": "log2",
}

CONSTANTS = {"pi": "pi", "π": "pi", "e": "e"}

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
}
"""Names of more than one letter, and the letter that means the same."""
