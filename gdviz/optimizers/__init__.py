"""Update rules, each a frozen value with an init/update pair."""

from gdviz.optimizers.catalog import OPTIMIZERS, optimizer, with_hyperparameters
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.gradient_descent import GradientDescent
from gdviz.optimizers.hyperparameter import Hyperparameter
from gdviz.optimizers.momentum import Momentum
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, Optimizer
from gdviz.optimizers.schedule import CONSTANT, SCHEDULES, Schedule, schedule

__all__ = [
    "CONSTANT",
    "OPTIMIZERS",
    "SCHEDULES",
    "Component",
    "Explanation",
    "FirstOrder",
    "GradientDescent",
    "Hyperparameter",
    "Momentum",
    "Objective",
    "Optimizer",
    "Schedule",
    "optimizer",
    "schedule",
    "with_hyperparameters",
]
