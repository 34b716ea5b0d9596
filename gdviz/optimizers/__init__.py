"""Update rules, each a frozen value with an init/update pair."""

from gdviz.optimizers.catalog import OPTIMIZERS, optimizer, with_hyperparameters
from gdviz.optimizers.explanation import Component, Explanation
from gdviz.optimizers.gradient_descent import GradientDescent
from gdviz.optimizers.hyperparameter import Hyperparameter
from gdviz.optimizers.momentum import Momentum
from gdviz.optimizers.objective import Objective
from gdviz.optimizers.optimizer import FirstOrder, Optimizer

__all__ = [
    "OPTIMIZERS",
    "Component",
    "Explanation",
    "FirstOrder",
    "GradientDescent",
    "Hyperparameter",
    "Momentum",
    "Objective",
    "Optimizer",
    "optimizer",
    "with_hyperparameters",
]
