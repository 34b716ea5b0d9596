"""Explore loss landscapes and the optimizers that descend them.

>>> import gdviz
>>> valley = gdviz.landscape("valley")
>>> valley.gradient([[0.0, 1.0]])
array([[-4.,  4.]])
>>> adam = gdviz.optimizer("adam", learning_rate=0.5)
>>> cosine = gdviz.schedule("cosine", warmup=10)
>>> trajectory = gdviz.descend(valley, adam, (-3, 4), schedule=cosine)
>>> gdviz.render("valley", "valley.png", start=(-3, 4), optimizer=adam)  # doctest: +SKIP

Importing it is light: no Qt, and nothing heavy until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gdviz.app.rendering import render
    from gdviz.engine import GradientNoise, MiniBatch, Outcome, Trajectory, descend
    from gdviz.engine.sensitivity import sensitivity
    from gdviz.errors import UserError
    from gdviz.experiment import Run
    from gdviz.experiment import open_landscape as landscape
    from gdviz.experiment.everywhere import basins, swarm, sweep
    from gdviz.landscapes import Landscape
    from gdviz.optimizers import Optimizer, Schedule, optimizer, schedule

__version__ = "0.1.0"

__all__ = [
    "GradientNoise",
    "Landscape",
    "MiniBatch",
    "Optimizer",
    "Outcome",
    "Run",
    "Schedule",
    "Trajectory",
    "UserError",
    "__version__",
    "basins",
    "descend",
    "landscape",
    "optimizer",
    "render",
    "schedule",
    "sensitivity",
    "swarm",
    "sweep",
]

_HOMES = {
    "GradientNoise": ("gdviz.engine", "GradientNoise"),
    "MiniBatch": ("gdviz.engine", "MiniBatch"),
    "Schedule": ("gdviz.optimizers", "Schedule"),
    "schedule": ("gdviz.optimizers", "schedule"),
    "Landscape": ("gdviz.landscapes", "Landscape"),
    "Optimizer": ("gdviz.optimizers", "Optimizer"),
    "Outcome": ("gdviz.engine", "Outcome"),
    "Run": ("gdviz.experiment", "Run"),
    "render": ("gdviz.app.rendering", "render"),
    "Trajectory": ("gdviz.engine", "Trajectory"),
    "UserError": ("gdviz.errors", "UserError"),
    "basins": ("gdviz.experiment.everywhere", "basins"),
    "descend": ("gdviz.engine", "descend"),
    "landscape": ("gdviz.experiment", "open_landscape"),
    "optimizer": ("gdviz.optimizers", "optimizer"),
    "sensitivity": ("gdviz.engine.sensitivity", "sensitivity"),
    "swarm": ("gdviz.experiment.everywhere", "swarm"),
    "sweep": ("gdviz.experiment.everywhere", "sweep"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'gdviz' has no attribute '{name}'")
    from importlib import import_module

    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
