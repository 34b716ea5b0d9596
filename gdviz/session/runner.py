"""Computing an experiment's runs in the background."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.engine import Chunk, Descent, Recorder, Trajectory, iterate
from gdviz.session.courtesy import Courtesy
from gdviz.session.pacing import sliced
from gdviz.session.worker import Worker

__all__ = ["Runner"]

_PATIENCE = 0.012

Numbered = tuple[int, Chunk]


class Runner(QObject):
    """Owns the thread that computes descents, and collects what it computes.

    Signals
    -------
    trajectories_changed(tuple of Trajectory)
        More records have arrived; one trajectory per descent that has begun, in order.
    finished()
        All requested descents are complete.
    failed(str)
        A descent could not be computed, and why.
    """

    trajectories_changed = Signal(object)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, courtesy: Courtesy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recorders: tuple[Recorder, ...] = ()
        self._worker = Worker("gdviz runs", courtesy, self)
        self._worker.result.connect(self._on_result)
        self._worker.finished.connect(self.finished)
        self._worker.failed.connect(self.failed)

    @property
    def recorders(self) -> tuple[Recorder, ...]:
        """What collects the requested descents, in order."""
        return self._recorders

    @property
    def trajectories(self) -> tuple[Trajectory, ...]:
        """What has been computed so far, one trajectory per descent that has begun."""
        arrived = (recorder.trajectory() for recorder in self._recorders)
        return tuple(trajectory for trajectory in arrived if trajectory is not None)

    def request(self, descents: tuple[Descent, ...]) -> None:
        """Compute these descents instead of whatever was requested before."""
        self._recorders = tuple(Recorder(descent.recording) for descent in descents)
        if not descents:
            self._worker.cancel()
            self.trajectories_changed.emit(())
            self.finished.emit()
            return

        def chunks() -> Iterator[Numbered]:
            for number, descent in enumerate(descents):
                for chunk in iterate(descent):
                    yield number, chunk

        self._worker.request(lambda: sliced(chunks(), patience=_PATIENCE))

    def cancel(self) -> None:
        """Stop computing and keep what has been computed."""
        self._worker.cancel()
        self.finished.emit()

    def stop(self) -> None:
        """End the thread, whatever it is computing."""
        self._worker.stop()

    @Slot(object)
    def _on_result(self, result: list[Numbered]) -> None:
        for number, chunk in result:
            self._recorders[number].append(chunk)
        self.trajectories_changed.emit(self.trajectories)
