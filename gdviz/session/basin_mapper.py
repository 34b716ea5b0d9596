"""Computing basin maps in the background."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.engine.basins import BasinMap, Rest, basin_maps
from gdviz.engine.bulk.pilot import Pilots
from gdviz.experiment.basin_tasks import BasinTask
from gdviz.session.courtesy import Courtesy
from gdviz.session.worker import Worker

__all__ = ["BasinMapper"]

_KEPT = 12

Maps = tuple[BasinMap, ...]


class BasinMapper(QObject):
    """Owns the thread that computes basin maps; the newest request wins.

    The last complete maps are kept, so that undoing and zooming back show them at once.

    Parameters
    ----------
    courtesy : Courtesy
    kernels : Pilots, optional
        Where compiled kernels come from.

    Signals
    -------
    maps_ready(tuple of BasinMap)
        The maps of the newest task, coarse at first, then finer.
    finished()
        They are complete.
    failed(str)
        They could not be made, and why.
    """

    maps_ready = Signal(object)
    finished = Signal()
    failed = Signal(str)

    def __init__(
        self, courtesy: Courtesy, parent: QObject | None = None, kernels: Pilots | None = None
    ) -> None:
        super().__init__(parent)
        self._kernels = kernels
        self._worker = Worker("gdviz basins", courtesy, self)
        self._worker.result.connect(self._on_maps)
        self._worker.finished.connect(self._on_finished)
        self._worker.failed.connect(self.failed)
        self._task: BasinTask | None = None
        self._newest: Maps = ()
        self._kept: OrderedDict[BasinTask, Maps] = OrderedDict()
        self._rests: tuple[object, tuple[Rest, ...]] = (None, ())

    def request(self, task: BasinTask) -> None:
        """Compute the maps of a task."""
        self._task = task
        kept = self._kept.get(task)
        if kept is not None:
            self._worker.cancel()
            self._kept.move_to_end(task)
            self.maps_ready.emit(kept)
            self.finished.emit()
            return
        family, rests = self._rests
        known = rests if family == task.family else ()
        self._worker.request(lambda: _maps(task, known, self._kernels))

    def cancel(self) -> None:
        """Stop computing; what has come stays."""
        self._worker.cancel()

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()

    @Slot(object)
    def _on_maps(self, maps: Maps) -> None:
        assert self._task is not None
        self._newest = maps
        self._rests = (self._task.family, maps[0].rests)
        self.maps_ready.emit(maps)

    @Slot()
    def _on_finished(self) -> None:
        assert self._task is not None
        self._kept[self._task] = self._newest
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.finished.emit()


def _maps(
    task: BasinTask, known: tuple[Rest, ...], kernels: Pilots | None
) -> Iterator[Maps | None]:
    """Compute the first map, then the second one with the first one's places."""
    done: Maps = ()
    for optimizer, schedule in task.optimizers:
        rests = done[0].rests if done else known
        newest = None
        for found in basin_maps(
            task.landscape,
            optimizer,
            task.domain,
            task.shape,
            steps=task.steps,
            schedule=schedule,
            known=rests,
            kernels=kernels,
        ):
            if found is not None:
                newest = found
                yield (*done, found)
            else:
                yield None
        assert newest is not None
        done = (*done, newest)
