"""Measuring sharpness in the background, as a point moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.engine.sensitivity import Sensitivity, sensitivity_in_parts
from gdviz.landscapes import Landscape
from gdviz.session.courtesy import Courtesy
from gdviz.session.worker import Worker

__all__ = ["Assay", "Assayer"]


@dataclass(frozen=True)
class Assay:
    """What is to be measured.

    Attributes
    ----------
    purpose : str
        What it is for; of each purpose, only the newest is wanted.
    landscape : Landscape
    point : tuple of float
    radius : float
        As a share of the domain's width.
    place : str
        What the point is called.
    """

    purpose: str
    landscape: Landscape
    point: tuple[float, ...]
    radius: float
    place: str = ""


class Assayer(QObject):
    """Owns the thread that measures; of what waits, the newest of each purpose is measured next.

    One that is being measured is finished first, at least roughly: were it dropped for every
    newer one, a point that keeps moving would never be shown.

    Signals
    -------
    measured(Assay, Sensitivity)
        Where it takes long, a rough answer comes first.
    failed(str)
        It could not be measured, and why.
    """

    measured = Signal(object, object)
    failed = Signal(str)

    def __init__(self, courtesy: Courtesy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("gdviz sensitivity", courtesy, self)
        self._worker.result.connect(self._on_result)
        self._worker.finished.connect(self._on_finished)
        self._worker.failed.connect(self._on_failed)
        self._waiting: dict[str, Assay] = {}
        self._current: Assay | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is measured or waits."""
        return self._current is not None or bool(self._waiting)

    def request(self, assay: Assay) -> None:
        """Measure something as soon as what is being measured is done."""
        self._waiting.pop(assay.purpose, None)
        self._waiting[assay.purpose] = assay
        if self._current is None:
            self._begin()

    def forget(self, purpose: str) -> None:
        """Drop what waits, or is being measured, for a purpose."""
        self._waiting.pop(purpose, None)
        if self._current is not None and self._current.purpose == purpose:
            self._worker.cancel()
            self._current = None
            self._begin()

    def stop(self) -> None:
        """End the thread."""
        self._waiting.clear()
        self._current = None
        self._worker.stop()

    def _begin(self) -> None:
        if not self._waiting:
            return
        purpose = next(iter(self._waiting))
        self._current = assay = self._waiting.pop(purpose)

        def job() -> Iterator[Sensitivity | None]:
            yield from sensitivity_in_parts(assay.landscape, assay.point, assay.radius)

        self._worker.request(job)

    @Slot(object)
    def _on_result(self, found: Sensitivity) -> None:
        assay = self._current
        if assay is None:
            return
        self.measured.emit(assay, found)
        if found.coarse and assay.purpose in self._waiting:
            self._worker.cancel()
            self._current = None
            self._begin()

    @Slot()
    def _on_finished(self) -> None:
        self._current = None
        self._begin()

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._current = None
        self.failed.emit(reason)
        self._begin()
