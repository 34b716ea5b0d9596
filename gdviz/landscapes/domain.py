"""A box of parameters: what a view shows, where a landscape is defined."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError
from gdviz.numbers import format_number

__all__ = ["Domain", "Interval"]

Interval = tuple[float, float]


@dataclass(frozen=True)
class Domain:
    """A closed interval for each parameter.

    Parameters
    ----------
    intervals : tuple of (float, float)
        Low and high end for each parameter, finite, low below high.

    Raises
    ------
    UserError
        If an interval is empty, reversed, not finite, or too narrow for floats.
    """

    intervals: tuple[Interval, ...]

    def __post_init__(self) -> None:
        for low, high in self.intervals:
            if not (math.isfinite(low) and math.isfinite(high) and math.isfinite(high - low)):
                raise UserError(f"a domain must be finite, got {low!r} to {high!r}")
            resolution = 1e-12 * max(abs(low), abs(high))
            if not high - low > resolution:
                raise UserError(
                    f"a domain must run from a low to a higher number, got {low!r} to {high!r}"
                )

    @classmethod
    def of(cls, *intervals: Sequence[float]) -> Self:
        """Make a domain from ``(low, high)`` pairs."""
        return cls(tuple((float(low), float(high)) for low, high in intervals))

    def __iter__(self) -> Iterator[Interval]:
        return iter(self.intervals)

    def __getitem__(self, axis: int) -> Interval:
        return self.intervals[axis]

    @property
    def low(self) -> NDArray[np.float64]:
        """The low ends, shape (d,)."""
        return np.array([low for low, _ in self.intervals])

    @property
    def high(self) -> NDArray[np.float64]:
        """The high ends, shape (d,)."""
        return np.array([high for _, high in self.intervals])

    @property
    def width(self) -> NDArray[np.float64]:
        """High minus low, shape (d,)."""
        return self.high - self.low

    @property
    def center(self) -> NDArray[np.float64]:
        """The middle, shape (d,)."""
        return self.low + 0.5 * self.width

    def contains(self, params: Sequence[float] | NDArray[np.float64]) -> bool:
        """Tell whether one point, shape (d,), lies inside or on the edge.

        Raises
        ------
        ValueError
            If the point has another shape.
        """
        point = np.asarray(params, dtype=np.float64)
        if point.shape != (len(self.intervals),):
            raise ValueError(f"a point must have shape ({len(self.intervals)},), got {point.shape}")
        return bool(np.all((point >= self.low) & (point <= self.high)))

    def describe(self, names: Sequence[str]) -> str:
        """Return ``"x from −4 to 8, y from −5 to 5"``."""
        return ", ".join(
            f"{name} from {format_number(low)} to {format_number(high)}"
            for name, (low, high) in zip(names, self.intervals, strict=True)
        )
