"""Losses as functions of one or two parameters, with gradient and Hessian."""

from gdviz.landscapes.domain import Domain, Interval
from gdviz.landscapes.landscape import FloatArray, Landscape
from gdviz.landscapes.presets import PRESETS, Preset, preset
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.valley import Valley

__all__ = [
    "PRESETS",
    "Domain",
    "FloatArray",
    "Interval",
    "Landscape",
    "LineRegression",
    "Preset",
    "ProportionalRegression",
    "Valley",
    "preset",
]
