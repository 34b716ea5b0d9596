"""Sampling the landscape in view in the background."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from gdviz.engine import ContourMap, affordable, mapped, sample_field_in_parts
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

    def request(
        self, landscape: Landscape, domain: Domain, shape: tuple[int, int], scaling: str = "auto"
    ) -> None:
        """Sample a landscape of two parameters.

        Parameters
        ----------
        landscape : Landscape
        domain : Domain
        shape : (int, int)
            Samples along y and x; fewer are taken where each takes long.
        scaling : str
            How losses map to colors, one of `gdviz.engine.SCALES`.
        """

        def job() -> Iterator[ContourMap | None]:
            for field in sample_field_in_parts(
                landscape, domain, affordable(shape, landscape.cost)
            ):
                yield None
                if field is not None:
                    yield mapped(landscape, field, scaling)

        self._worker.request(job)

    def stop(self) -> None:
        """End the thread."""
        self._worker.stop()
