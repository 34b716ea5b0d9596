"""The options of an export, as Python has them and as a shell has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Literal, TypedDict

from gdviz.engine import GradientNoise, MiniBatch
from gdviz.experiment import Run
from gdviz.experiment.camera import Camera
from gdviz.experiment.whole_plane import SwarmSpec, SweepRange
from gdviz.landscapes import FloatArray
from gdviz.optimizers import Optimizer, Schedule

__all__ = ["FLAGS", "Options", "StartLike"]

StartLike = str | float | Sequence[float] | FloatArray
"""One start, or a text such as ``"grid:4x3"`` that stands for many."""


class Options(TypedDict, total=False):
    """What `gdviz.render` takes beside source and file; what is left out is as usual."""

    # how the source is read
    kind: str
    knobs: Mapping[str, float]
    x_column: str
    y_column: str
    model: str
    loss: str
    bias: bool
    standardize: bool
    delimiter: str
    decimal: str
    encoding: str
    header: bool
    skip: int
    metric: str
    # the runs
    start: StartLike | Sequence[StartLike]
    optimizer: str | Optimizer | Sequence[str | Optimizer]
    learning_rate: float
    steps: int
    schedule: str | Schedule
    noise: float | GradientNoise | MiniBatch
    batch_size: int
    seed: int
    runs: Sequence[str | Run]
    tracks: Sequence[str | PathLike[str] | FloatArray]
    select: int | Sequence[int]
    solo: bool
    # what is seen
    view: str | Sequence[str]
    x: tuple[float, float]
    y: tuple[float, float]
    slice: str
    show: str | Sequence[str]
    colors: str
    quantity: str
    log_x: bool
    linear: bool
    residuals: bool
    camera: str | Camera
    heights: str
    at: int | Literal["last"]
    companion: str
    # the whole plane
    swarm: str | SwarmSpec
    swarm_drawn: str
    against: str | Optimizer
    against_schedule: str | Schedule
    basins: str
    basin_steps: int
    shade: bool
    sweep: str | SweepRange | Sequence[str | SweepRange] | Mapping[str, tuple[float, float]]
    measure: str
    sweep_steps: int
    radius: float
    sensitivity: bool
    # the picture
    size: str | tuple[float, float]
    preset: str
    dpi: float
    zoom: float
    scale: float
    theme: str
    transparent: bool
    title: str
    caption: str
    legend: bool
    colorbar: bool
    labels: bool
    letters: str
    field: str
    # the film
    fps: float
    seconds: float
    speed: float
    easing: str
    hold: float
    loop: bool
    first: int
    last: int
    # the numbers
    data: str
    samples: int | tuple[int, int]


_ODD_FLAGS = {
    "kind": "--as",
    "knobs": "--set",
    "runs": "--run",
    "tracks": "--track",
    "first": "--from",
    "last": "--to",
}
FLAGS: dict[str, str] = {
    name: _ODD_FLAGS.get(name, "--" + name.replace("_", "-")) for name in Options.__annotations__
}
"""What a shell calls each option."""
