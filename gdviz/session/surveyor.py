"""Sampling the landscape in view in the background."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from gdviz.engine import ContourMap, mapped, sample_field
from gdviz.landscapes import Domain, Landscape
from gdviz.session.courtesy import Courtesy
from gdviz.session.worker import Worker

__all__ = ["Surveyor"]


class Surveyor(QObject):
    """Owns the thread that samples contour maps; the newest request wins.

    Signals
    -------
    map_ready(ContourMap)
        The newest requested map.
    failed(str)
        It could not be made, and why.
    """

    map_ready = Signal(object)
    failed = Signal(str)

    def __init__(self, courtesy: Courtesy, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("gdviz maps", courtesy, self)
        self._worker.result.connect(self.map_ready)
        self._worker.failed.connect(self.failed)

    def request(self, landscape: Landscape, domain: Domain, shape: tuple[int, int]) -> None:
        """Sample a landscape of two parameters; `shape` is samples along y and x."""

        def job() -> Iterator[ContourMap | None]:
            field = sample_field(landscape, domain, shape)
            yield None
            yield mapped(landscape, field)

        self._worker.request(job)

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()
