"""Computing an experiment's runs in the background."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.engine import Chunk, Descent, Recorder, Trajectory, iterate
from gdviz.session.courtesy import Courtesy
from gdviz.session.pacing import paced
from gdviz.session.worker import Worker

__all__ = ["Runner"]

Numbered = tuple[int, Chunk]


class Runner(QObject):
    """Owns the thread that computes runs, and collects what it computes.

    Signals
    -------
    trajectories_changed(tuple of Trajectory)
        More records have arrived; one trajectory per run that has begun, in order.
    finished()
        All requested runs are complete.
    failed(str)
        A run could not be computed, and why.
    """

    trajectories_changed = Signal(object)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, courtesy: Courtesy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recorders: list[Recorder] = []
        self._worker = Worker("gdviz runs", courtesy, self)
        self._worker.result.connect(self._on_result)
        self._worker.finished.connect(self.finished)
        self._worker.failed.connect(self.failed)

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """What has been computed so far, one trajectory per run that has begun."""
        arrived = (recorder.trajectory() for recorder in self._recorders)
        return tuple(trajectory for trajectory in arrived if trajectory is not None)

    def request(self, descents: tuple[Descent, ...]) -> None:
        """Compute these descents instead of whatever was requested before."""
        self._recorders = [Recorder(descent.recording) for descent in descents]
        if not descents:
            self._worker.cancel()
            self.trajectories_changed.emit(())
            self.finished.emit()
            return

        def job() -> Iterator[Numbered | None]:
            for number, descent in enumerate(descents):
                for chunk in paced(iterate(descent)):
                    yield None if chunk is None else (number, chunk)

        self._worker.request(job)

    def cancel(self) -> None:
        """Stop computing and keep what has been computed."""
        self._worker.cancel()
        self.finished.emit()

    def stop(self) -> None:
        """End the thread, whatever it is computing."""
        self._worker.stop()

    @Slot(object)
    def _on_result(self, result: Numbered) -> None:
        number, chunk = result
        self._recorders[number].append(chunk)
        self.trajectories_changed.emit(self.trajectories)
