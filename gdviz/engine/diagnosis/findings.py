"""Everything that is found out about a run before anything is said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from gdviz.engine.diagnosis.curvature import PathCurvature, path_curvature
from gdviz.engine.diagnosis.felt import Felt
from gdviz.engine.diagnosis.minimum import Critical, approached_minimum
from gdviz.engine.diagnosis.motion import Axis, Envelope, axes_of, envelope_of, flips
from gdviz.engine.diagnosis.run import Run
from gdviz.engine.diagnosis.scheme import in_row, scheme_of, setting
from gdviz.engine.diagnosis.theory import (
    Damping,
    Method,
    Scheme,
    best_scheme,
    damping,
    factor,
    largest_factor,
    signed_factor,
    stability_bound,
    steps_to_shrink,
)
from gdviz.engine.trajectory import Trajectory
from gdviz.landscapes import Landscape
from gdviz.optimizers import Optimizer

__all__ = ["Findings"]

_ROUND = 1.0 + 1e-6
_AGREES = 0.02
_AT_BEST = 0.01
_AS_FAST = 0.95
_FEWEST_ZIGZAGS = 6
_MUCH = 0.2
_CRAWLS = 2.0


@dataclass(frozen=True, eq=False)
class Findings:
    """A run with its landscape, and what theory and observation say about it.

    Attributes
    ----------
    felt : Felt
        The landscape, weight decay included where the theory knows it.
    optimizer : Optimizer
        With one row's hyperparameters.
    run : Run
    scheme : Scheme or None
        What the theory makes of the optimizer; None for other methods, and when noise or
        a schedule makes a constant rate's theory void.
    minimum : Critical or None
    path : PathCurvature or None
    noisy, scheduled : bool
    """

    felt: Felt
    optimizer: Optimizer
    run: Run
    scheme: Scheme | None
    minimum: Critical | None
    path: PathCurvature | None
    noisy: bool
    scheduled: bool

    @classmethod
    def of(
        cls,
        landscape: Landscape,
        optimizer: Optimizer,
        trajectory: Trajectory,
        row: int,
        *,
        noisy: bool,
        scheduled: bool,
    ) -> Self:
        """Find out what can be."""
        own = in_row(optimizer, row)
        run = Run.of(trajectory, row)
        known = scheme_of(own)
        decay = setting(own, "weight_decay") if known is not None else None
        felt = Felt(landscape, decay or 0.0)
        minimum = approached_minimum(felt, run) if run.finite else None
        path = path_curvature(felt, run, None if minimum is None else minimum.point)
        scheme = None if scheduled or noisy else known
        return cls(felt, own, run, scheme, minimum, path, noisy, scheduled)

    @property
    def landscape(self) -> Landscape:
        """The landscape itself."""
        return self.felt.landscape

    @property
    def dimension(self) -> int:
        """The number of parameters."""
        return self.landscape.dimension

    @cached_property
    def scale(self) -> float:
        """The domain's mean width."""
        return float(np.mean(self.landscape.domain.width))

    @cached_property
    def best_known(self) -> float:
        """The lowest loss of the landscape's known minima; infinite if there are none."""
        known = np.array(self.landscape.minima, dtype=np.float64)
        if not known.size:
            return math.inf
        loss = self.landscape.loss(known)
        return float(np.min(loss, initial=math.inf, where=np.isfinite(loss)))

    @property
    def curvatures(self) -> tuple[float, ...]:
        """The eigenvalues at the minimum, ascending; none without a minimum."""
        return () if self.minimum is None else tuple(self.minimum.values.tolist())

    @property
    def condition(self) -> float:
        """λmax/λmin at the minimum; NaN without one."""
        return self.curvatures[-1] / self.curvatures[0] if self.curvatures else math.nan

    @property
    def round_bowl(self) -> bool:
        """Whether all directions are alike, so that none is steep or flat."""
        return self.dimension > 1 and self.condition <= _ROUND

    @property
    def quadratic(self) -> bool:
        """Whether the curvature is the same all along, so that the theory is exact."""
        return self.path is not None and self.path.constant and self.minimum is not None

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The observed motion along each eigenvector at the minimum."""
        if self.minimum is None or self.noisy:
            return ()
        memory = self.scheme is None or self.scheme.method is not Method.DESCENT
        return axes_of(self.run, self.minimum, self.scale, velocity=memory)

    @cached_property
    def envelope(self) -> Envelope | None:
        """How the distance to the minimum shrinks."""
        if self.minimum is None or self.noisy:
            return None
        return envelope_of(self.run, self.minimum.point, self.scale)

    @cached_property
    def moving(self) -> tuple[int, ...]:
        """The axes along which motion was seen."""
        return tuple(i for i, axis in enumerate(self.axes) if axis.factor is not None)

    @cached_property
    def predicted(self) -> float | None:
        """The factor per step that theory predicts for the directions that move."""
        if self.scheme is None or self.minimum is None:
            return None
        axes = self.moving or range(self.dimension)
        if self.slowest is not None and not self.quadratic:
            axes = (self.slowest,)
        return largest_factor(self.scheme, [self.curvatures[axis] for axis in axes])

    @cached_property
    def observed(self) -> float | None:
        """The factor per step that was observed, of the slowest direction that moves."""
        if self.agrees:
            return max(abs(self.axes[axis].factor or 0.0) for axis in self.moving)
        return None if self.envelope is None else self.envelope.factor

    @cached_property
    def agrees(self) -> bool:
        """Whether what moves, or on other landscapes the slowest of it, does as predicted."""
        if self.scheme is None or not self.moving:
            return False
        # Off a quadratic, the slower direction drags the other along with its square.
        for axis in self.moving:
            if axis != self.slowest and not self.quadratic:
                continue
            seen, said = self.axes[axis].factor, factor(self.scheme, self.curvatures[axis])
            assert seen is not None
            near = _AGREES * min(1.0, max(abs(1.0 - said), 0.5 * abs(1.0 - abs(seen)), 1e-4))
            if not abs(abs(seen) - said) <= max(near, 1e-6):
                return False
        return True

    @property
    def slowest(self) -> int | None:
        """The axis along which the distance shrinks least; None if it moves along none."""
        if not self.moving:
            return None
        return max(self.moving, key=lambda axis: abs(self.axes[axis].factor or 0.0))

    @property
    def bound(self) -> float:
        """The stability bound at the minimum; NaN without theory."""
        if self.scheme is None or self.minimum is None:
            return math.nan
        return stability_bound(self.scheme, self.curvatures[-1])

    @cached_property
    def best(self) -> Scheme | None:
        """The best constant rate, for momentum together with the best momentum."""
        if self.scheme is None or self.minimum is None:
            return None
        return best_scheme(self.scheme.method, self.curvatures[0], self.curvatures[-1])

    @property
    def at_best(self) -> bool:
        """Whether the run has the best constant rate, and momentum, to a percent."""
        if self.best is None or self.scheme is None:
            return False
        near = abs(self.scheme.rate - self.best.rate) <= _AT_BEST * self.best.rate
        return near and abs(self.scheme.momentum - self.best.momentum) <= _AT_BEST

    @property
    def nearly_best(self) -> bool:
        """Whether the best rate would be faster by less than a twentieth."""
        if self.best is None or self.scheme is None:
            return False
        best = largest_factor(self.best, self.curvatures)
        now = largest_factor(self.scheme, self.curvatures)
        if not now < 1.0:
            return False
        return self.at_best or (best > 0.0 and math.log(now) <= _AS_FAST * math.log(best))

    @property
    def crawls(self) -> bool:
        """Whether a hundred times closer takes more than twice the steps that it had."""
        seen = self.observed
        if seen is None or not seen < 1.0 or self.scheduled:
            return False
        return steps_to_shrink(seen) > _CRAWLS * self.run.length

    @property
    def zigzags(self) -> bool:
        """Whether it visibly changes sides along the steep direction with each step.

        A few sides changed at the beginning don't count if the run crawls all the same.
        """
        fewest = _FEWEST_ZIGZAGS
        if self.crawls:
            fewest = max(fewest, int(_MUCH * self.run.length))
        return self.sides_changed >= fewest

    @cached_property
    def sides_changed(self) -> int:
        """How often it visibly changed sides along the steep direction, from step to step."""
        if self.minimum is None or self.dimension == 1 or self.noisy:
            return 0
        if self.scheme is not None and self.scheme.method is not Method.DESCENT:
            pair = damping(self.scheme, self.curvatures[-1]) is Damping.UNDER
            if pair or signed_factor(self.scheme, self.curvatures[-1]) >= 0.0:
                return 0
        return flips(self.run, self.minimum.vectors[:, -1])
