"""Every optimizer on many kinds of landscapes: it goes down, and records finite numbers."""

import numpy as np
import pytest

from gdviz.engine import descend
from gdviz.landscapes import preset
from gdviz.optimizers import OPTIMIZERS, FirstOrder, optimizer

LANDSCAPES = ("valley", "rosenbrock", "himmelblau", "beale", "regression", "regression-w1")
RATES = {
    "gd": (0.1, 0.005, 0.005, 0.01, 0.1, 0.1),
    "momentum": (0.02, 0.001, 0.002, 0.002, 0.02, 0.02),
    "nesterov": (0.05, 0.001, 0.002, 0.002, 0.05, 0.05),
    "adagrad": (1.0, 2.0, 0.5, 0.5, 50.0, 50.0),
    "rmsprop": (0.05, 0.05, 0.02, 0.02, 5.0, 5.0),
    "adadelta": (5.0, 5.0, 2.0, 2.0, 1.0, 1.0),
    "adam": (0.1, 0.5, 0.05, 0.1, 10.0, 10.0),
    "amsgrad": (0.1, 0.5, 0.05, 0.1, 10.0, 10.0),
    "adamw": (0.1, 0.2, 0.05, 0.1, 10.0, 10.0),
    "nadam": (0.1, 0.1, 0.05, 0.1, 10.0, 10.0),
    "adamax": (0.1, 1.0, 0.05, 0.2, 10.0, 10.0),
    "radam": (0.1, 0.001, 0.05, 0.02, 0.5, 0.5),
    "lion": (0.05, 0.01, 0.02, 0.05, 5.0, 5.0),
    "qhm": (0.2, 0.01, 0.02, 0.02, 0.5, 0.5),
    "qhadam": (0.2, 0.1, 0.1, 0.05, 20.0, 20.0),
    "rprop": (0.01, 0.01, 0.01, 0.01, 0.01, 0.01),
}
FURTHER = {
    # A step's scale grows from √ε, which must suit parameters in the hundreds.
    ("adadelta", "regression"): {"epsilon": 1.0},
    ("adadelta", "regression-w1"): {"epsilon": 1.0},
    # The default pulls parameters in the hundreds far from where the loss is lowest.
    ("adamw", "regression"): {"weight_decay": 1e-4},
    ("adamw", "regression-w1"): {"weight_decay": 1e-4},
}
LEFT = {
    # The first steps are not scaled, which on so steep a slope allows only a small rate.
    ("radam", "rosenbrock"): 0.25,
    # On their way along a bent floor.
    ("barzilai_borwein", "rosenbrock"): 0.25,
    ("line_search", "beale"): 0.5,
}


@pytest.mark.parametrize("landscape", LANDSCAPES)
@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_runs_end_much_lower_than_they_start(name, landscape):
    chosen = preset(landscape)
    values = dict(FURTHER.get((name, landscape), {}))
    if issubclass(OPTIMIZERS[name], FirstOrder):
        values["learning_rate"] = RATES[name][LANDSCAPES.index(landscape)]
    built = chosen.build()
    trajectory = descend(built, optimizer(name, **values), chosen.start, steps=300)
    for recorded in (trajectory.params, trajectory.loss, trajectory.gradient):
        assert np.isfinite(recorded).all()
    assert trajectory.params.shape == (301, 1, built.dimension)
    least = built.loss(np.array(built.minima)).min()
    loss = trajectory.loss[:, 0] - least
    assert loss[-1] < LEFT.get((name, landscape), 0.05) * loss[0]
