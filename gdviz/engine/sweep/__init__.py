"""Maps of what becomes of a run over a range of hyperparameters."""

from gdviz.engine.sweep.axes import axis_of, sweepable, usual_range
from gdviz.engine.sweep.bounds import bounds_of, curvature_near
from gdviz.engine.sweep.sweep import Sweep, sweep_map
from gdviz.engine.sweep.sweep_map import SweepAxis, SweepBounds, SweepMap

__all__ = [
    "Sweep",
    "SweepAxis",
    "SweepBounds",
    "SweepMap",
    "axis_of",
    "bounds_of",
    "curvature_near",
    "sweep_map",
    "sweepable",
    "usual_range",
]
