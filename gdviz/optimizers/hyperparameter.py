"""What a hyperparameter may be: its range, its scale, what it does."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError

__all__ = ["Hyperparameter", "HyperparameterKind", "flag", "hyperparameter"]

HyperparameterKind = Literal["number", "whole", "flag"]

_KEY = "hyperparameter"
_NUMBERS = (int, float, np.integer, np.floating)


@dataclass(frozen=True)
class Hyperparameter:
    """The range and meaning of one hyperparameter.

    Attributes
    ----------
    name : str
        The field's name, such as ``"learning_rate"``.
    default : float
        The value when none is given.
    low, high : float
        The ends of the range.
    low_open, high_open : bool
        Whether an end itself is excluded.
    slider : (float, float)
        The part of the range that a slider covers.
    logarithmic : bool
        Whether a slider moves by factors.
    help : str
        One sentence that teaches what it does.
    kind : str
        ``"number"``; ``"whole"``, an int; or ``"flag"``, a bool.
    advanced : bool
        Whether a form may fold it away.
    """

    name: str
    default: float
    low: float
    high: float
    low_open: bool
    high_open: bool
    slider: tuple[float, float]
    logarithmic: bool
    help: str
    kind: HyperparameterKind = "number"
    advanced: bool = False

    @property
    def range(self) -> str:
        """The range in words, such as ``"greater than 0"``."""
        if self.kind == "flag":
            return "0 or 1"
        above = f"{'greater than' if self.low_open else 'at least'} {self.low:g}"
        if np.isinf(self.high):
            return above
        return f"{above} and {'less than' if self.high_open else 'at most'} {self.high:g}"

    def check(self, value: object) -> float | NDArray[np.float64]:
        """Return a value as a float, or as a read-only copy of an array.

        Parameters
        ----------
        value : float, or ndarray of shape (n, 1)
            One for all rows of a batch, or one for each; whole numbers and flags are
            always one for all.

        Raises
        ------
        UserError
            If it is no number, not finite, or out of range.
        """
        if self.kind != "number":
            return self._discrete(value)
        values = self._numbers(value)
        above = values > self.low if self.low_open else values >= self.low
        below = values < self.high if self.high_open else values <= self.high
        good = np.isfinite(values) & above & below
        if not np.all(good):
            worst = float(values[~good].flat[0])
            what = self._numbered("a finite number") if not np.isfinite(worst) else ""
            raise UserError(f"{self.name} must be {what}{self.range}, got {worst:g}")
        if not values.shape:
            return float(values)
        values.flags.writeable = False
        return values

    def _numbered(self, what: str) -> str:
        """Return words that the range follows: "a number greater than", "a number of at least"."""
        return f"{what} of " if self.range.startswith("at least") else f"{what} "

    def _discrete(self, value: object) -> int:
        """Return a whole number, or a flag as a bool."""
        if isinstance(value, (bool, np.bool_)) and self.kind == "flag":
            return bool(value)
        if isinstance(value, _NUMBERS) and not isinstance(value, bool):
            number = float(value)
            if np.isfinite(number) and number.is_integer() and self.low <= number <= self.high:
                return bool(number) if self.kind == "flag" else int(number)
            what = "" if self.kind == "flag" else self._numbered("a whole number")
            raise UserError(f"{self.name} must be {what}{self.range}, got {number:g}")
        raise UserError(f"{self.name} must be a number, got {type(value).__name__}")

    def _numbers(self, value: object) -> NDArray[np.float64]:
        if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            if value.ndim == 2 and value.shape[1] == 1 and value.size:
                return value.astype(np.float64)
            raise UserError(f"{self.name} must have shape (n, 1), got {value.shape}")
        if isinstance(value, _NUMBERS) and not isinstance(value, bool):
            try:
                return np.array(float(value))
            except OverflowError:
                raise UserError(
                    f"{self.name} must be {self._numbered('a finite number')}{self.range}"
                ) from None
        raise UserError(f"{self.name} must be a number, got {type(value).__name__}")


def hyperparameter(  # noqa: PLR0913 -- each says one thing of it
    default: float,
    help: str,  # noqa: A002
    *,
    low: float = 0.0,
    high: float = np.inf,
    low_open: bool = False,
    high_open: bool = False,
    slider: tuple[float, float],
    logarithmic: bool = False,
    kind: HyperparameterKind = "number",
    advanced: bool = False,
) -> Any:
    """Declare a hyperparameter as a field of an optimizer's frozen dataclass."""
    declared = Hyperparameter(
        "", default, low, high, low_open, high_open, slider, logarithmic, help, kind, advanced
    )
    return field(default=default, metadata={_KEY: declared})


def flag(default: bool, help: str) -> Any:  # noqa: A002, FBT001
    """Declare a hyperparameter that is on or off."""
    return hyperparameter(default, help, high=1.0, slider=(0.0, 1.0), kind="flag", advanced=True)


@cache
def declared_by(kind: Any) -> tuple[Hyperparameter, ...]:
    """Return the hyperparameters of a dataclass, in the order of its fields."""
    return tuple(
        replace(found.metadata[_KEY], name=found.name)
        for found in fields(kind)
        if _KEY in found.metadata
    )
