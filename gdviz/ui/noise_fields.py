"""What a run sees instead of the gradient."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gdviz.engine import GradientNoise, MiniBatch, Noise
from gdviz.landscapes import Landscape
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.optimizers import FirstOrder, Hyperparameter, Optimizer
from gdviz.ui.choice_box import ChoiceBox, labeled
from gdviz.ui.hyperparameter_fields import HyperparameterFields

__all__ = ["NoiseFields"]

_TIP = "What the optimizer is shown: the gradient itself, or one with errors."
_KINDS = {
    "exact": (
        "Exact gradient",
        "The optimizer sees the gradient as it is, as no training on much data can afford.",
    ),
    "gradient": (
        "Gradient noise",
        "Every component of the gradient gets a normal error, another one at each step.",
    ),
    "batch": (
        "Mini-batches",
        "The gradient over a few rows of the table, other ones at each step, as in training.",
    ),
}
_NO_ROWS = "Mini-batches need a table's rows; this landscape has none."
_TITLES = {"scale": "Noise scale", "size": "Batch size", "seed": "Seed"}
_SHARE = 0.1
_FEW = 32


class NoiseFields(QWidget):
    """Exact gradients, gradients with errors, or mini-batches, and their settings.

    Attributes
    ----------
    kind : ChoiceBox
    settings : HyperparameterFields

    Signals
    -------
    edited(str, object)
        What changed, in words, and the noise; None for exact gradients.
    settled()
    """

    edited = Signal(str, object)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._noise: Noise | None = None
        self._landscape: Landscape | None = None
        self._start: tuple[float, ...] = ()
        self.kind = ChoiceBox("Noise", _TIP)
        for key, (title, tip) in _KINDS.items():
            self.kind.add_choice(title, key, tip)
        self.kind.activated.connect(self._on_kind)
        self.settings = HyperparameterFields()
        self.settings.edited.connect(self._on_setting)
        self.settings.settled.connect(self.settled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(labeled("Noise", self.kind))
        layout.addWidget(self.settings)

    def set_noise(
        self,
        noise: Noise | None,
        optimizer: Optimizer,
        landscape: Landscape,
        start: tuple[float, ...],
    ) -> None:
        """Show what a run sees, without telling of it.

        Parameters
        ----------
        noise : Noise or None
        optimizer : Optimizer
            Whether it can be used.
        landscape : Landscape
            Whether there are rows to choose from.
        start : tuple of float
            Where the gradient is taken as the measure of a first error.
        """
        self._noise, self._landscape, self._start = noise, landscape, start
        key = _key(noise)
        self.kind.show_choice(key)
        fit = isinstance(landscape, FitLandscape)
        self.kind.set_choice_usable("batch", _KINDS["batch"][1], "" if fit else _NO_ROWS)
        why_not = f"{optimizer.title} looks at more than gradients, and needs exact ones."
        self.kind.set_usable("" if isinstance(optimizer, FirstOrder) else why_not)
        declared = _settings(key, landscape.rows if isinstance(landscape, FitLandscape) else 1)
        self.settings.declare(declared, _TITLES)
        self.settings.set_values({one.name: getattr(noise, one.name) for one in declared})

    @Slot(int)
    def _on_kind(self, row: int) -> None:
        key = self.kind.itemData(row)
        if key == _key(self._noise):
            return
        self.settled.emit()
        self.edited.emit("Change noise", self._first(key))
        self.settled.emit()

    @Slot(str, object)
    def _on_setting(self, name: str, value: float) -> None:
        assert self._noise is not None
        changes: dict[str, Any] = {name: value}
        changed = replace(self._noise, **changes)
        self.edited.emit(f"Change {_TITLES[name].lower()}", changed)

    def _first(self, key: str) -> Noise | None:
        """Return noise that shows something on this landscape."""
        seed = 0 if self._noise is None else self._noise.seed
        if key == "gradient":
            assert self._landscape is not None
            slope = self._landscape.gradient(np.array([self._start]))[0]
            size = _SHARE * float(np.hypot.reduce(slope))
            return GradientNoise(float(f"{size:.1g}") if 0.0 < size < np.inf else _SHARE, seed)
        if key == "batch":
            assert isinstance(self._landscape, FitLandscape)
            return MiniBatch(max(1, min(_FEW, self._landscape.rows // 4)), seed)
        return None


def _key(noise: Noise | None) -> str:
    if noise is None:
        return "exact"
    return "batch" if isinstance(noise, MiniBatch) else "gradient"


def _settings(key: str, rows: int) -> tuple[Hyperparameter, ...]:
    """Return the settings of a kind of noise."""
    if key == "exact":
        return ()
    seed = _declared(
        "seed",
        "Where the random numbers begin: runs with the same seed meet the same errors, "
        "so that a race is fair.",
        (0.0, 1e15),
        whole=True,
    )
    if key == "batch":
        size = _declared(
            "size",
            "How many rows each gradient is taken over: fewer make rougher, cheaper steps.",
            (1.0, 1e9),
            slider=(1.0, float(rows)),
            whole=True,
        )
        return (size, seed)
    scale = _declared(
        "scale",
        "The standard deviation of the error in every component of the gradient.",
        (0.0, np.inf),
        slider=(1e-3, 1e3),
    )
    return (scale, seed)


def _declared(
    name: str,
    help: str,  # noqa: A002
    ends: tuple[float, float],
    *,
    slider: tuple[float, float] = (0.0, 0.0),
    whole: bool = False,
) -> Hyperparameter:
    return Hyperparameter(
        name=name,
        default=0.0,
        low=ends[0],
        high=ends[1],
        low_open=False,
        high_open=not whole,
        slider=slider,
        logarithmic=slider[0] > 0.0,
        help=help,
        kind="whole" if whole else "number",
    )
