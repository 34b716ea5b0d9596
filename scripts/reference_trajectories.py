"""Compute reference trajectories with torch: ``python scripts/reference_trajectories.py``.

Needs torch; writes ``tests/optimizers/reference/torch.json``. The landscapes are written
here once more, and torch differentiates them, so that nothing is shared with what is tested.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

COMMAND = "python scripts/reference_trajectories.py"
FILE = Path(__file__).parents[1] / "tests" / "optimizers" / "reference" / "torch.json"
STEPS = 200
KEPT = tuple(range(0, STEPS + 1, 5))

STARTS = {
    "valley": (-3.0, 4.0),
    "rosenbrock": (-1.2, 1.0),
    "quadratic": (-1.5, 2.0),
    "himmelblau": (0.5, -2.5),
}

CASES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("gd", "SGD", {"lr": 1e-3}),
    ("gd", "SGD", {"lr": 1e-3, "weight_decay": 0.3}),
    ("momentum", "SGD", {"lr": 1e-3, "momentum": 0.9}),
    ("momentum", "SGD", {"lr": 5e-4, "momentum": 0.7, "weight_decay": 0.3}),
    ("nesterov", "SGD", {"lr": 1e-3, "momentum": 0.9, "nesterov": True}),
    ("nesterov", "SGD", {"lr": 5e-4, "momentum": 0.6, "nesterov": True, "weight_decay": 0.3}),
    ("adagrad", "Adagrad", {"lr": 0.3}),
    (
        "adagrad",
        "Adagrad",
        {"lr": 0.5, "lr_decay": 0.02, "initial_accumulator_value": 0.4, "weight_decay": 0.3},
    ),
    ("rmsprop", "RMSprop", {"lr": 0.01}),
    ("rmsprop", "RMSprop", {"lr": 0.01, "alpha": 0.9, "eps": 1e-3, "weight_decay": 0.3}),
    ("rmsprop", "RMSprop", {"lr": 0.01, "centered": True}),
    ("rmsprop", "RMSprop", {"lr": 0.002, "momentum": 0.8}),
    ("rmsprop", "RMSprop", {"lr": 0.005, "momentum": 0.5, "centered": True, "weight_decay": 0.3}),
    ("adadelta", "Adadelta", {"lr": 1.0}),
    ("adadelta", "Adadelta", {"lr": 0.5, "rho": 0.95, "eps": 1e-4, "weight_decay": 0.3}),
    ("adam", "Adam", {"lr": 0.02}),
    ("adam", "Adam", {"lr": 0.05, "betas": (0.8, 0.99), "eps": 1e-4, "weight_decay": 0.3}),
    ("amsgrad", "Adam", {"lr": 0.02, "amsgrad": True}),
    ("amsgrad", "Adam", {"lr": 0.05, "betas": (0.8, 0.9), "weight_decay": 0.3, "amsgrad": True}),
    ("adamw", "AdamW", {"lr": 0.02}),
    ("adamw", "AdamW", {"lr": 0.05, "betas": (0.8, 0.99), "eps": 1e-4, "weight_decay": 0.3}),
    ("nadam", "NAdam", {"lr": 0.02}),
    ("nadam", "NAdam", {"lr": 0.02, "momentum_decay": 0.2, "weight_decay": 0.3}),
    ("adamax", "Adamax", {"lr": 0.02}),
    ("adamax", "Adamax", {"lr": 0.05, "betas": (0.8, 0.99), "eps": 1e-4, "weight_decay": 0.3}),
    ("radam", "RAdam", {"lr": 0.002}),
    ("radam", "RAdam", {"lr": 0.003, "betas": (0.8, 0.99), "eps": 1e-4, "weight_decay": 0.3}),
    ("rprop", "Rprop", {"lr": 0.01}),
    ("rprop", "Rprop", {"lr": 0.05, "etas": (0.4, 1.1), "step_sizes": (1e-4, 0.1)}),
)


def loss(name: str, point: Any) -> Any:  # noqa: ANN401 -- tensors
    """Return the loss on a landscape at a tensor of two parameters."""
    x, y = point[0], point[1]
    if name == "valley":
        return 4 + (x - 2) ** 2 + 2 * y**2
    if name == "rosenbrock":
        return (1 - x) ** 2 + 100 * (y - x**2) ** 2
    if name == "quadratic":
        return (x**2 + 400 * y**2) / 2 + 3 * x * y
    assert name == "himmelblau"
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def trajectory(name: str, kind: str, settings: dict[str, Any]) -> list[list[float]]:
    """Return the points of a run at the steps `KEPT`.

    Parameters
    ----------
    name : str
        The landscape.
    kind : str
        The class in ``torch.optim``.
    settings : dict
        Its arguments.
    """
    torch = _torch()
    point = torch.tensor(STARTS[name], dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, kind)([point], **settings, foreach=False)
    points = [point.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss(name, point).backward()
        optimizer.step()
        points.append(point.tolist())
    return [points[step] for step in KEPT]


def _torch() -> Any:  # noqa: ANN401 -- a module that only this script needs
    torch: Any = importlib.import_module("torch")
    # NAdam keeps the product of its momenta as a number of the default type.
    torch.set_default_dtype(torch.float64)
    return torch


def computed() -> dict[str, Any]:
    """Return what the file holds."""
    torch = _torch()
    runs = [
        {
            "landscape": landscape,
            "optimizer": name,
            "torch": kind,
            "settings": settings,
            "points": trajectory(landscape, kind, settings),
        }
        for name, kind, settings in CASES
        for landscape in STARTS
    ]
    return {
        "torch": str(torch.__version__).partition("+")[0],
        "command": COMMAND,
        "starts": STARTS,
        "steps": KEPT,
        "runs": runs,
    }


def main() -> None:
    """Write the file."""
    found = computed()
    runs = ",\n".join(json.dumps(run) for run in found.pop("runs"))
    head = json.dumps(found)[:-1]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(f'{head}, "runs": [\n{runs}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
