"""Computing sweeps in the background."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.engine.bulk.pilot import Pilots
from gdviz.engine.sweep import SweepMap
from gdviz.experiment import Experiment
from gdviz.experiment.sweeping import sweep_of
from gdviz.session.courtesy import Courtesy
from gdviz.session.worker import Worker

__all__ = ["Sweeper"]


class Sweeper(QObject):
    """Owns the thread that computes sweeps; the newest request wins.

    A request that comes while the first, coarse map of the one before is not there yet waits
    for it: so maps follow a drag, however quick its moves are.

    Parameters
    ----------
    courtesy : Courtesy
    kernels : Pilots, optional
        Where compiled kernels come from.

    Signals
    -------
    map_ready(SweepMap)
        The newest requested map, coarse at first, then finer.
    failed(str)
        It could not be made, and why.
    finished()
        Nothing finer is going to come.
    """

    map_ready = Signal(object)
    failed = Signal(str)
    finished = Signal()

    def __init__(
        self, courtesy: Courtesy, parent: QObject | None = None, kernels: Pilots | None = None
    ) -> None:
        super().__init__(parent)
        self._kernels = kernels
        self._worker = Worker("gdviz sweeps", courtesy, self)
        self._worker.result.connect(self._on_map)
        self._worker.failed.connect(self._on_failed)
        self._worker.finished.connect(self._on_finished)
        self._waiting: Experiment | None = None
        self._blank = False

    @Slot(object)
    def request(self, experiment: Experiment) -> None:
        """Compute the sweep of an experiment's current run."""
        if self._blank:
            self._waiting = experiment
            return
        self._blank = True

        def job() -> Iterator[SweepMap | None]:
            yield from sweep_of(experiment).maps(kernels=self._kernels)

        self._worker.request(job)

    def cancel(self) -> None:
        """Drop what is being computed."""
        self._waiting, self._blank = None, False
        self._worker.cancel()

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    @Slot(object)
    def _on_map(self, made: SweepMap) -> None:
        self._blank = False
        self.map_ready.emit(made)
        self._go_on()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._blank = False
        if not self._go_on():
            self.failed.emit(reason)

    @Slot()
    def _on_finished(self) -> None:
        self._blank = False
        if not self._go_on():
            self.finished.emit()

    def _go_on(self) -> bool:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.request(waiting)
        return waiting is not None
