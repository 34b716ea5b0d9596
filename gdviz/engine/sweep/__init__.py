"""Maps of what becomes of a run over a range of hyperparameters."""

from gdviz.engine.sweep.sweep_map import SweepAxis, SweepBounds, SweepMap

__all__ = ["SweepAxis", "SweepBounds", "SweepMap"]
