"""Update rules, each a frozen value with an init/update pair."""

from gdviz.optimizers.catalog import OPTIMIZERS, optimizer, with_hyperparameters
from gdviz.optimizers.gradient_descent import GradientDescent
from gdviz.optimizers.hyperparameter import Hyperparameter
from gdviz.optimizers.momentum import Momentum
from gdviz.optimizers.optimizer import Optimizer

__all__ = [
    "OPTIMIZERS",
    "GradientDescent",
    "Hyperparameter",
    "Momentum",
    "Optimizer",
    "optimizer",
    "with_hyperparameters",
]
