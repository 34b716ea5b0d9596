"""What is under the pointer, told in the status bar and drawn in every view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from gdviz.app.screen import Screen
from gdviz.landscapes import FloatArray
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.numbers import format_number, format_point
from gdviz.session.session import Session
from gdviz.views.curve_view import CurveView

__all__ = ["Probe", "ProbeDisplay"]


@dataclass(frozen=True, eq=False)
class Probe:
    """What is told of the place under the pointer.

    Attributes
    ----------
    parts : tuple of str
        Its numbers in words; none where the pointer is nowhere.
    point : ndarray, shape (d,), or None
        The parameters there; None beside a landscape.
    loss : float or None
    """

    parts: tuple[str, ...] = ()
    point: FloatArray | None = None
    loss: float | None = None


class ProbeDisplay(QObject):
    """Tells parameters, loss and gradient where the pointer is.

    Signals
    -------
    told(Probe)
        The pointer has moved.
    """

    told = Signal(object)

    def __init__(self, screen: Screen, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        screen.contour.hovered.connect(self._on_hovered)
        screen.surface.hovered.connect(self._on_hovered)
        for curve in (screen.curve, screen.beside):
            curve.hovered.connect(partial(self._on_curve_hovered, curve))
        screen.data.hovered.connect(self._on_data_hovered)

    @Slot(object)
    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self._show_probe(None if at is None else np.array(at))

    def _on_curve_hovered(self, curve: CurveView, value: float | None) -> None:
        point = curve.point
        if value is None or point is None:
            self._show_probe(None)
            return
        probed = point.copy()
        probed[curve.axis] = value
        self._show_probe(probed)

    @Slot(object)
    def _on_data_hovered(self, at: tuple[float, float] | None) -> None:
        landscape = self._session.experiment.landscape
        if at is None or not isinstance(landscape, FitLandscape):
            self._tell(Probe())
            return
        names = (landscape.data.feature_name, landscape.data.label_name)
        places = zip(names, at, strict=True)
        self._tell(Probe(tuple(f"{name} = {format_number(value)}" for name, value in places)))

    def _tell(self, probe: Probe) -> None:
        self._screen.window.show_probe(probe.parts)
        self.told.emit(probe)

    def _show_probe(self, point: FloatArray | None) -> None:
        landscape = self._session.experiment.landscape
        if point is None or point.size != landscape.dimension:
            self._screen.contour.set_probe(None, None)
            self._screen.surface.set_probe(None, None)
            self._tell(Probe())
            return
        loss = float(landscape.loss(point[np.newaxis])[0])
        gradient = landscape.gradient(point[np.newaxis])[0]
        if landscape.dimension > 1:
            self._screen.contour.set_probe(point, gradient)
            self._screen.surface.set_probe(point, gradient)
        places = [
            f"{name} = {format_number(value)}"
            for name, value in zip(landscape.parameters, point.tolist(), strict=True)
        ]
        slope = format_point(gradient) if landscape.dimension > 1 else format_number(gradient[0])
        parts = (*places, f"loss {format_number(loss)}", f"∇f {slope}")
        self._tell(Probe(parts, point, loss))
