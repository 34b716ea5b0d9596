"""What is under the pointer, told in the status bar and drawn in every view."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from gdviz.app.screen import Screen
from gdviz.landscapes import FloatArray
from gdviz.landscapes.fit_landscape import FitLandscape
from gdviz.numbers import format_number, format_point
from gdviz.session.session import Session

__all__ = ["ProbeDisplay"]


class ProbeDisplay(QObject):
    """Tells parameters, loss and gradient where the pointer is."""

    def __init__(self, screen: Screen, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        screen.contour.hovered.connect(self._on_hovered)
        screen.surface.hovered.connect(self._on_hovered)
        screen.curve.hovered.connect(self._on_curve_hovered)
        screen.data.hovered.connect(self._on_data_hovered)

    @Slot(object)
    def _on_hovered(self, at: tuple[float, float] | None) -> None:
        self._show_probe(None if at is None else np.array(at))

    @Slot(object)
    def _on_curve_hovered(self, value: float | None) -> None:
        point = self._screen.curve.point
        if value is None or point is None:
            self._show_probe(None)
            return
        probed = point.copy()
        probed[self._session.experiment.view.slice_axis] = value
        self._show_probe(probed)

    @Slot(object)
    def _on_data_hovered(self, at: tuple[float, float] | None) -> None:
        landscape = self._session.experiment.landscape
        if at is None or not isinstance(landscape, FitLandscape):
            self._screen.window.show_probe(())
            return
        names = (landscape.data.feature_name, landscape.data.label_name)
        places = zip(names, at, strict=True)
        self._screen.window.show_probe(
            [f"{name} = {format_number(value)}" for name, value in places]
        )

    def _show_probe(self, point: FloatArray | None) -> None:
        landscape = self._session.experiment.landscape
        if point is None or point.size != landscape.dimension:
            self._screen.contour.set_probe(None, None)
            self._screen.surface.set_probe(None, None)
            self._screen.window.show_probe(())
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
        self._screen.window.show_probe([*places, f"loss {format_number(loss)}", f"∇f {slope}"])
