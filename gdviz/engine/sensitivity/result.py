"""What is known of how sharp or flat a landscape is around a point."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gdviz.landscapes import FloatArray

__all__ = ["Extreme", "PointKind", "Profile", "Sensitivity", "TrustRegion"]

PointKind = Literal["minimum", "saddle", "maximum", "flat", "slope", "kink", "undefined"]
_SAME = 1e-9


@dataclass(frozen=True, eq=False)
class Extreme:
    """The highest or the lowest loss within the ball.

    Attributes
    ----------
    point : ndarray, shape (d,)
        Where it is; of a pole, as near to it as was looked.
    loss : float
        Infinite where the loss grows, or falls, without bound.
    on_edge : bool
        Whether it lies on the ball's edge.
    """

    point: FloatArray
    loss: float
    on_edge: bool

    @property
    def unbounded(self) -> bool:
        """Whether there is a pole in the ball, so that there is no extreme."""
        return math.isinf(self.loss)


@dataclass(frozen=True, eq=False)
class TrustRegion:
    """Where the quadratic model about the point agrees with the loss.

    Along each direction it reaches as far as the model's error stays within `tolerance` times
    the largest change that the model predicts for any step of that length. A trust-region
    method asks the same of its one step by way of ρ, the actual change over the predicted one
    (A. Conn, N. Gould and P. Toint, *Trust Region Methods*, 2000, section 6.1; J. Nocedal and
    S. Wright, *Numerical Optimization*, 2nd ed., equation 4.4): |ρ − 1| ≤ `tolerance`.

    Attributes
    ----------
    radius : float
        The largest distance within which it agrees in every direction, as a share of the
        domain's width, as the ball's is; infinite where it agrees everywhere in view.
    reaches : ndarray, shape (m,)
        As far as it agrees in each direction, likewise; infinite where no end was found.
    outline : ndarray, shape (m, d)
        The ends of those directions, all around; at the farthest that was looked at where
        none was found. With one parameter, m = 2: the ends of an interval.
    tolerance : float
    meets_gap : bool
        Whether it ends somewhere because the loss is undefined there.
    """

    radius: float
    reaches: FloatArray
    outline: FloatArray
    tolerance: float
    meets_gap: bool

    @property
    def everywhere(self) -> bool:
        """Whether the model is right wherever it was looked at, as a quadratic's is."""
        return math.isinf(self.radius)


@dataclass(frozen=True, eq=False)
class Profile:
    """The loss along one eigen-direction of the Hessian, through the point.

    Attributes
    ----------
    curvature : float
        The eigenvalue.
    direction : ndarray, shape (d,)
        Of length 1 in the parameters' own units.
    distances : ndarray, shape (n,)
        From the point, in the parameters' own units.
    loss : ndarray, shape (n,)
        NaN where it is undefined, and beside a jump.
    model : ndarray, shape (n,)
        The quadratic model's.
    radius : float
        At which distance the ball ends.
    """

    curvature: float
    direction: FloatArray
    distances: FloatArray
    loss: FloatArray
    model: FloatArray
    radius: float


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """How the loss answers to small changes of the parameters around a point.

    Attributes
    ----------
    parameters : tuple of str
    point : ndarray, shape (d,)
    loss : float
    gradient : ndarray, shape (d,)
    hessian : ndarray, shape (d, d)
    eigenvalues : ndarray, shape (d,)
        Of the Hessian, the largest first; NaN where it is not finite.
    directions : ndarray, shape (d, d)
        Column j is the direction of eigenvalue j, of length 1.
    kind : str
        What the point is by its derivatives: ``"minimum"``, ``"saddle"``, ``"maximum"``;
        ``"flat"`` where it is stationary and an eigenvalue is 0, ``"slope"`` where it is not
        stationary; ``"kink"`` where derivatives don't describe it; ``"undefined"``.
    share : float
        The ball's radius as a share of the domain's width.
    radii : ndarray, shape (d,)
        The same along each parameter, in its own unit.
    highest, lowest : Extreme or None
        Of the loss in the ball; None where it is undefined at the point.
    undefined : float
        The share of the ball in which the loss is undefined.
    meets_limits : bool
        Whether the ball reaches beyond the box in which the landscape is known.
    trust : TrustRegion or None
        None where there is no quadratic model.
    profiles : tuple of Profile
        One for each eigenvalue, in their order; none where there are none.
    coarse : bool
        Whether it was computed roughly, as a first answer.
    """

    parameters: tuple[str, ...]
    point: FloatArray
    loss: float
    gradient: FloatArray
    hessian: FloatArray
    eigenvalues: FloatArray
    directions: FloatArray
    kind: PointKind
    share: float
    radii: FloatArray
    highest: Extreme | None
    lowest: Extreme | None
    undefined: float
    meets_limits: bool
    trust: TrustRegion | None
    profiles: tuple[Profile, ...]
    coarse: bool = False

    @property
    @np.errstate(all="ignore")
    def trace(self) -> float:
        """The sum of the eigenvalues."""
        return float(np.trace(self.hessian))

    @property
    @np.errstate(all="ignore")
    def determinant(self) -> float:
        """The product of the eigenvalues."""
        return float(np.prod(self.eigenvalues))

    @property
    def condition(self) -> float:
        """The largest eigenvalue over the smallest, by absolute values; infinite for one of 0."""
        sizes = np.abs(self.eigenvalues)
        if not np.isfinite(sizes).all() or sizes.max() == 0.0:
            return math.nan
        with np.errstate(divide="ignore", over="ignore"):
            return float(sizes.max() / sizes.min())

    @property
    def largest_rate(self) -> float | None:
        """The learning rate below which gradient descent is stable here, 2/λ₁.

        None where the loss curves upward in no direction (Y. Nesterov, *Lectures on Convex
        Optimization*, 2018, section 1.2.3).
        """
        top = float(self.eigenvalues[0])
        return 2.0 / top if self.kind not in ("kink", "undefined") and top > 0.0 else None

    @property
    @np.errstate(all="ignore")
    def rise(self) -> float:
        """How much higher the loss is at the worst point of the ball; NaN where undefined."""
        return math.nan if self.highest is None else self.highest.loss - self.loss

    @property
    @np.errstate(all="ignore")
    def fall(self) -> float:
        """How much lower the loss is at the best point of the ball; NaN where undefined."""
        return math.nan if self.lowest is None else self.loss - self.lowest.loss

    @property
    def sharpness(self) -> float | None:
        """100 (max − f)/(1 + f), in percent, with the largest loss in the ball.

        N. Keskar et al., *On Large-Batch Training for Deep Learning* (arXiv:1609.04836),
        metric 2.1, with a ball in the place of their box. It is made for losses from 0 up: None
        where the loss here is negative or undefined.
        """
        if self.highest is None or self.loss < 0.0:
            return None
        return 100.0 * self.rise / (1.0 + self.loss)

    @property
    def is_lowest(self) -> bool:
        """Whether no point of the ball has a smaller loss, by more than rounding."""
        return self.lowest is not None and self.fall <= _SAME * max(
            abs(self.loss), min(self.rise, 1e300)
        )
