"""A measured surface as a landscape: a smooth spline through its samples."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from gdviz.errors import UserError, did_you_mean
from gdviz.landscapes.domain import Domain
from gdviz.landscapes.landscape import Column, FloatArray, Landscape
from gdviz.landscapes.splines import GridSpline, filled
from gdviz.surfaces import SurfaceFile

__all__ = ["SampledLandscape", "preferred_metric"]

_DECADES = 3.0
_PREFERRED = ("train_loss", "test_loss", "loss", "nll")


@dataclass(frozen=True)
class SampledLandscape(Landscape):
    """The spline through a measured surface; equal to another if surface and metric are.

    Between samples it gives loss, gradient and Hessian of the spline, exactly. Where a
    corner of a cell was not measured, or not finite, it is undefined.

    Attributes
    ----------
    surface : SurfaceFile
    metric : str
        Which of the measured values is the loss.
    """

    surface: SurfaceFile
    metric: str
    _measured: FloatArray = field(compare=False, repr=False)

    @classmethod
    def of(cls, surface: SurfaceFile, metric: str | None = None) -> Self:
        """Make the landscape of one metric of a surface.

        Parameters
        ----------
        surface : SurfaceFile
        metric : str, optional
            The training loss, or what comes nearest to it, if left out.

        Raises
        ------
        UserError
            If there is no such metric, or no cell of it was measured whole.
        """
        name = metric or preferred_metric(surface)
        if name not in surface.metrics:
            raise UserError(
                f"'{surface.name}' has no metric '{name}'{did_you_mean(name, surface.metrics)} "
                f"(it has: {', '.join(list(surface.metrics)[:12])})"
            )
        landscape = cls(surface, name, surface.metrics[name])
        if not landscape.cells.any():
            raise UserError(
                f"'{name}' in '{surface.name}' has no cell whose corners were all measured"
            )
        return landscape

    @property
    def name(self) -> str:
        return self.surface.name

    @property
    def parameters(self) -> tuple[str, ...]:
        return ("x", "y") if self.surface.dimension == 2 else ("x",)

    @property
    def expression(self) -> str:
        return f"{self.metric} of {self.surface.name}"

    @property
    def remark(self) -> str:
        shape = " × ".join(f"{count:,}" for count in reversed(self._measured.shape))
        kind = {1: "linear", 2: "quadratic", 3: "cubic"}[self._degree]
        of_log = " of their logarithms" if self.in_logarithms else ""
        sentence = (
            f"A {kind} spline{of_log} through {shape} measured values: gradient and Hessian are "
            "those of the spline, exactly; the star marks its lowest point."
        )
        gaps = int((~np.isfinite(self._measured)).sum())
        if gaps:
            sentence += (
                f" {gaps:,} of {self._measured.size:,} values are missing or infinite: gaps."
            )
        return sentence

    @cached_property
    def domain(self) -> Domain:
        axes = (self.surface.x, self.surface.y)
        return Domain.of(*[(axis[0], axis[-1]) for axis in axes if axis is not None])

    @property
    def limits(self) -> Domain | None:
        return self.domain

    @property
    def isotropic(self) -> bool:
        widths = self.domain.width
        return len(widths) > 1 and bool(widths.max() <= 2.0 * widths.min())

    @cached_property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        lowest = _lowest(self)
        return (lowest,) if lowest else ()

    def loss_at(self, *columns: FloatArray) -> Column:
        return np.where(self._is_defined(columns), self._value(columns), np.nan)

    def gradient_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        axes = range(self.dimension)
        slopes = [self._derivative(columns, (axis,)) for axis in axes]
        if self.in_logarithms:
            loss = self._value(columns)
            slopes = [loss * slope for slope in slopes]
        there = self._is_defined(columns)
        return tuple(np.where(there, slope, np.nan) for slope in slopes)

    def hessian_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        pairs = [(i, j) for i in range(self.dimension) for j in range(i, self.dimension)]
        bends = [self._derivative(columns, pair) for pair in pairs]
        if self.in_logarithms:
            loss = self._value(columns)
            slopes = [self._derivative(columns, (axis,)) for axis in range(self.dimension)]
            bends = [
                loss * (bend + slopes[i] * slopes[j])
                for bend, (i, j) in zip(bends, pairs, strict=True)
            ]
        there = self._is_defined(columns)
        return tuple(np.where(there, bend, np.nan) for bend in bends)

    def _value(self, columns: tuple[FloatArray, ...]) -> FloatArray:
        value = self._derivative(columns, ())
        return np.exp(value) if self.in_logarithms else value

    def _derivative(self, columns: tuple[FloatArray, ...], by: tuple[int, ...]) -> FloatArray:
        """Return a derivative of the spline; the array's axes are y and x, in this order."""
        orders = tuple(by.count(axis) for axis in reversed(range(self.dimension)))
        return self.spline.derivative(tuple(reversed(columns)), orders)

    @property
    def _degree(self) -> int:
        return int(min(3, *(count - 1 for count in self._measured.shape)))

    @cached_property
    def in_logarithms(self) -> bool:
        """Whether losses span so many decades that a spline through them would ring."""
        finite = self._measured[np.isfinite(self._measured)]
        low, high = float(finite.min()), float(finite.max())
        return low > 0.0 and np.log10(high / low) > _DECADES

    @cached_property
    def spline(self) -> GridSpline:
        """What runs through the samples, or through their logarithms."""
        values = filled(self._measured)
        if self.in_logarithms:
            values = np.log(values)
        axes = [axis for axis in (self.surface.y, self.surface.x) if axis is not None]
        return GridSpline(tuple(axes), values, self._degree)

    @cached_property
    def cells(self) -> NDArray[np.bool_]:
        """Which cells have four measured corners, shape (ny − 1, nx − 1), or (nx − 1,)."""
        there = np.isfinite(self._measured)
        across = there[..., 1:] & there[..., :-1]
        return across if across.ndim == 1 else across[1:] & across[:-1]

    def _is_defined(self, columns: tuple[FloatArray, ...]) -> NDArray[np.bool_]:
        """Tell which points lie in a cell, or on its edge, that was measured whole."""
        axes = (self.surface.x, self.surface.y)[: self.dimension]
        inside = np.ones(columns[0].size, dtype=np.bool_)
        places = []
        for axis, column in zip(axes, columns, strict=True):
            assert axis is not None
            inside &= (column >= axis[0]) & (column <= axis[-1])
            sides = [np.searchsorted(axis, column, side=side) - 1 for side in ("left", "right")]
            places.append([np.clip(side, 0, axis.size - 2) for side in sides])
        found = np.zeros_like(inside)
        for at_x in places[0]:
            if len(places) == 1:
                found |= self.cells[at_x]
                continue
            for at_y in places[1]:
                found |= self.cells[at_y, at_x]
        return inside & found


def preferred_metric(surface: SurfaceFile) -> str:
    """Return the metric that is shown at first: the training loss, or what is nearest to it."""
    known = {name.lower(): name for name in surface.metrics}
    for name in _PREFERRED:
        if name in known:
            return known[name]
    losses = [name for low, name in known.items() if "loss" in low]
    return (losses or list(surface.metrics))[0]


def _lowest(landscape: SampledLandscape) -> tuple[float, ...] | None:
    """Return the lowest point of the spline, searched from the lowest sample."""
    from scipy.optimize import minimize

    values = landscape.surface.metrics[landscape.metric]
    places = np.stack(
        np.meshgrid(
            *[axis for axis in (landscape.surface.x, landscape.surface.y) if axis is not None]
        ),
        axis=-1,
    ).reshape(-1, landscape.dimension)
    losses = landscape.loss(places)
    finite = np.isfinite(losses) & np.isfinite(values.ravel())
    if not finite.any():
        return None
    start = places[np.where(finite, losses, np.inf).argmin()]
    scale = landscape.domain.width
    best = float(np.nanmin(losses[finite]))
    span = float(np.nanmax(losses[finite])) - best or 1.0

    def height(point: FloatArray) -> tuple[float, FloatArray]:
        at = [np.clip(start + point * scale, landscape.domain.low, landscape.domain.high)]
        loss, slope = landscape.loss(at)[0], landscape.gradient(at)[0]
        if not np.isfinite(loss):
            return 1.0, np.zeros_like(point)
        return float((loss - best) / span), slope * scale / span

    bounds = np.stack([landscape.domain.low - start, landscape.domain.high - start]) / scale
    found = minimize(height, np.zeros(landscape.dimension), jac=True, bounds=bounds.T)
    point = np.clip(start + found.x * scale, landscape.domain.low, landscape.domain.high)
    lower = landscape.loss([point])[0] <= best
    return tuple((point if lower else start).tolist())
