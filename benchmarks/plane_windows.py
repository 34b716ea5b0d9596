"""Our window while it computes maps of the whole plane, and how long its pauses are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from benchmarks.pauses import ticks
from benchmarks.swarm import open_still, play_swarm, swarmed
from benchmarks.sweep import swept
from benchmarks.tables import Samples
from benchmarks.windows import application, open_workbench, spin, spin_until
from gdviz.app.workbench import Workbench
from gdviz.engine.compiled import Kernels
from gdviz.experiment import open_experiment
from gdviz.landscapes import Domain
from gdviz.optimizers import optimizer

__all__ = ["PLANE"]

_MADE = "made meanwhile, pictures/s"
_NEARER = 0.97


def _swarm(seconds: float, rows: int = 1_000_000) -> Samples:
    """Play a swarm of very many starts."""
    application()
    experiment = swarmed(rows)
    workbench = open_still(experiment, Kernels())
    play_swarm(workbench, experiment, 1.0)
    shown: list[object] = []
    workbench.swarm.display.changed.connect(lambda: shown.append(None))
    return _closed(workbench, _measured(shown, seconds))


def _basins(seconds: float) -> Samples:
    """Compute one basin map after the other, each of a box that is a little smaller."""
    application()
    himmelblau = open_experiment("himmelblau")
    slow = replace(himmelblau.current, optimizer=optimizer("gd", learning_rate=0.01))
    workbench = open_workbench(replace(himmelblau, runs=(slow,), draft=slow))
    workbench.screen.companions.show_page("basins")
    mapper = workbench.basins.display.mapper
    shown: list[object] = []

    def zoom() -> None:
        middles = [sum(pair) / 2.0 for pair in workbench.screen.contour.domain]
        halves = [_NEARER * (high - low) / 2.0 for low, high in workbench.screen.contour.domain]
        pairs = zip(middles, halves, strict=True)
        workbench.editor.pick_domain(Domain.of(*((at - half, at + half) for at, half in pairs)))

    mapper.maps_ready.connect(shown.append)
    return _closed(workbench, _measured_with(mapper.finished.connect, zoom, shown, seconds))


def _sweep(seconds: float) -> Samples:
    """Compute one sweep after the other, each from another start."""
    application()
    workbench = open_workbench(swept())
    workbench.screen.companions.show_page("sweep")
    sweeper = workbench.sweep.display.sweeper
    shown: list[object] = []

    def move() -> None:
        workbench.editor.pick_start((-3.0 + 0.01 * (len(shown) % 500), 4.0))

    sweeper.map_ready.connect(shown.append)
    return _closed(workbench, _measured_with(sweeper.finished.connect, move, shown, seconds))


def _measured_with(
    connect: Callable[[Callable[[], None]], object],
    ask: Callable[[], None],
    shown: list[object],
    seconds: float,
) -> Samples:
    """Ask for the next map whenever one is finished, the first one now."""
    before = len(shown)
    connect(ask)
    ask()
    spin_until(lambda: len(shown) > before)
    spin(0.2)
    return _measured(shown, seconds)


def _measured(shown: list[object], seconds: float) -> Samples:
    return ticks(lambda: len(shown), seconds, _MADE)


def _closed(workbench: Workbench, samples: Samples) -> Samples:
    workbench.door.close_unsaved()
    application().processEvents()
    return samples


PLANE = {"basin maps": _basins, "swarm of a million": _swarm, "sweeps": _sweep}
