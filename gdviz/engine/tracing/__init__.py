"""Landscapes and optimizers, written down as operations on each row by itself."""

from gdviz.engine.tracing.program import (
    Program,
    hessian_program,
    slope_program,
)
from gdviz.engine.tracing.steps import StepTracer
from gdviz.engine.tracing.tape import Node, Tape
from gdviz.engine.tracing.traced import Traced, Untraceable

__all__ = [
    "Node",
    "Program",
    "StepTracer",
    "Tape",
    "Traced",
    "Untraceable",
    "hessian_program",
    "slope_program",
]
