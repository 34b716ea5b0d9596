"""How losses map to heights, so that steep walls don't flatten everything else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gdviz.engine import ContourMap
from gdviz.engine.levels import contour_levels
from gdviz.engine.scale import Scale
from gdviz.experiment.look import HEIGHT_SCALES
from gdviz.landscapes import FloatArray

__all__ = ["HEIGHTS", "HeightScale", "height_scale"]

HEIGHTS = dict(zip(HEIGHT_SCALES, ("Linear", "As colors"), strict=True))
"""The kinds of height scales and their titles."""

_OUTSTANDING = 4.0  # how many times as far above the lowest loss as the median the top may be
_MOST_WORTH = 4.0  # how many times as high the top may become for a start's sake
_FEW_LEVELS = 5
_HIGHEST = 1e6  # what is higher goes up as steeply, as far as anyone sees


@dataclass(frozen=True)
class HeightScale:
    """How losses map to heights between 0 and 1.

    Attributes
    ----------
    low, high : float
        The losses at the bottom and at the top; what is higher is drawn at the top.
    shades : Scale or None
        Heights are the shades of this scale; None if they are even in the loss.
    cut : bool
        Whether the landscape goes on above the top.
    """

    low: float
    high: float
    shades: Scale | None = None
    cut: bool = False

    def height(self, loss: FloatArray) -> FloatArray:
        """Return the height of each loss; NaN where the loss is not finite."""
        return np.minimum(self.uncut(loss), 1.0)

    def uncut(self, loss: FloatArray) -> FloatArray:
        """Return what the height of each loss would be if nothing were cut off at the top."""
        if self.shades is not None:
            height = self.shades.shade(loss)
        else:
            with np.errstate(all="ignore"):
                share = (0.5 * loss - 0.5 * self.low) / (0.5 * self.high - 0.5 * self.low)
            height = np.where(np.isfinite(loss), np.clip(share, 0.0, _HIGHEST), np.nan)
        return height if self.high > self.low else np.where(np.isfinite(loss), 0.0, np.nan)

    def per_loss(self, loss: FloatArray) -> FloatArray:
        """Return by how much the height grows with the loss, at each loss."""
        if self.shades is None:
            with np.errstate(all="ignore"):
                steepness = 0.5 / (0.5 * self.high - 0.5 * self.low)
            return np.full_like(loss, steepness if self.high > self.low else 0.0)
        little = 1e-5
        shade = np.clip(self.height(loss), little, 1.0 - little)
        ends = self.shades.loss(np.stack([shade - little, shade + little]))
        with np.errstate(all="ignore"):
            steepness = little / (0.5 * ends[1] - 0.5 * ends[0])
        return np.where(np.isfinite(steepness), steepness, 0.0)

    def round_losses(self) -> tuple[float, ...]:
        """Return some round losses that are well apart in height; for a curved scale only."""
        return () if self.shades is None else contour_levels(self.shades, _FEW_LEVELS)


def height_scale(
    contour_map: ContourMap, kind: str = "linear", worth_seeing: Sequence[float] = ()
) -> HeightScale:
    """Choose how losses map to heights.

    Parameters
    ----------
    contour_map : ContourMap
    kind : str
        One of `HEIGHTS`. ``"linear"`` is even in the loss, and cut off where the landscape is
        far above most of itself; ``"colors"`` makes heights even in the colors' shades.
    worth_seeing : sequence of float
        Losses, such as those at starts, for whose sake it is cut off higher, within reason.
    """
    if kind not in HEIGHTS:
        raise ValueError(f"heights are one of {', '.join(HEIGHTS)}; got {kind!r}")
    field, scale = contour_map.field, contour_map.scale
    if kind == "colors":
        return HeightScale(scale.low, scale.high, scale)
    finite = field.loss[np.isfinite(field.loss)]
    if not finite.size:
        return HeightScale(0.0, 0.0)
    low, high = field.floor, float(finite.max())
    if scale.kind in ("symlog", "clipped"):  # of both signs: what is far below is cut off, too
        low = max(low, float(np.quantile(finite, 0.02, method="nearest")))
    middle = float(np.partition(finite, finite.size // 2)[finite.size // 2])
    with np.errstate(all="ignore"):
        top = low + _OUTSTANDING * (middle - low)
        most = low + _MOST_WORTH * (top - low)
    wanted = [loss for loss in worth_seeing if top < loss <= most]
    top = _rounded_up(max([top, *wanted]))
    if not low < top < high:
        return HeightScale(low, high)
    return HeightScale(low, top, cut=True)


def _rounded_up(loss: float) -> float:
    """Return the next number of two digits."""
    if not math.isfinite(loss) or loss == 0.0:
        return loss
    unit = 10.0 ** (math.floor(math.log10(abs(loss))) - 1)
    return math.ceil(loss / unit) * unit if unit > 0.0 else loss
