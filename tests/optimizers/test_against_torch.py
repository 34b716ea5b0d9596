"""The optimizers that torch has take torch's steps."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from gdviz.landscapes import Valley, preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import OPTIMIZERS, optimizer

FILE = Path(__file__).parent / "reference" / "torch.json"
SCRIPT = Path(__file__).parents[2] / "scripts" / "reference_trajectories.py"
REFERENCE = json.loads(FILE.read_text(encoding="utf-8"))

LANDSCAPES = {
    "valley": Valley(),
    "rosenbrock": preset("rosenbrock").build(),
    "quadratic": FormulaLandscape.of("(x^2 + 400y^2)/2 + 3x y"),
    "himmelblau": preset("himmelblau").build(),
}

NOT_IN_TORCH = {"lion", "qhm", "qhadam"}
SECOND_ORDER = {
    "newton",
    "line_search",
    "barzilai_borwein",
    "conjugate_gradient",
    "bfgs",
    "lbfgs",
    "nelder_mead",
}
OURS = {
    "lr": ("learning_rate",),
    "lr_decay": ("learning_rate_decay",),
    "initial_accumulator_value": ("initial_accumulator",),
    "eps": ("epsilon",),
    "betas": ("beta1", "beta2"),
    "etas": ("eta_minus", "eta_plus"),
    "step_sizes": ("smallest_step", "largest_step"),
    "amsgrad": (),
    "nesterov": (),
}


def translated(settings):
    """Return torch's arguments under our names."""
    hyperparameters = {}
    for name, value in settings.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        hyperparameters |= dict(zip(OURS.get(name, (name,)), values, strict=False))
    return hyperparameters


def visited(chosen, landscape, start, steps):
    params = np.array([start])
    state = chosen.init(params)
    points = [params[0]]
    for _ in range(steps):
        updates, state = chosen.advance(landscape, landscape.gradient(params), state, params)
        params = params + updates
        points.append(params[0])
    return np.array(points)


def told(run):
    return f"{run['optimizer']} {run['settings']} on {run['landscape']}"


@pytest.mark.parametrize("run", REFERENCE["runs"], ids=told)
def test_every_point_is_torchs(run):
    chosen = optimizer(run["optimizer"], **translated(run["settings"]))
    landscape = LANDSCAPES[run["landscape"]]
    expected = np.array(run["points"])
    steps = REFERENCE["steps"]
    assert np.isfinite(expected).all()
    ours = visited(chosen, landscape, REFERENCE["starts"][run["landscape"]], steps[-1])[steps]
    assert np.abs(ours - expected).max() <= 1e-10 * np.abs(expected).max()


def test_the_reference_has_every_optimizer_of_torch_on_every_landscape():
    pairs = {(run["optimizer"], run["landscape"]) for run in REFERENCE["runs"]}
    names = set(OPTIMIZERS) - NOT_IN_TORCH - SECOND_ORDER
    assert pairs == {(name, landscape) for name in names for landscape in LANDSCAPES}
    assert REFERENCE["steps"][-1] == 200
    assert FILE.stat().st_size < 400_000


def test_the_references_runs_move():
    for run in REFERENCE["runs"]:
        points = np.array(run["points"])
        assert np.linalg.norm(points[-1] - points[0]) > 1e-3, told(run)


def test_torch_still_computes_the_reference():
    pytest.importorskip("torch", exc_type=ImportError)
    spec = importlib.util.spec_from_file_location("reference_trajectories", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found = json.loads(json.dumps(script.computed()))
    assert found["starts"] == REFERENCE["starts"]
    assert found["steps"] == REFERENCE["steps"]
    assert len(found["runs"]) == len(REFERENCE["runs"])
    for new, kept in zip(found["runs"], REFERENCE["runs"], strict=True):
        assert {**new, "points": None} == {**kept, "points": None}
        scale = np.abs(np.array(kept["points"])).max()
        np.testing.assert_allclose(new["points"], kept["points"], rtol=0, atol=1e-11 * scale)
