"""The laser pointer: where the mouse is over a plot, and the numbers there."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QCursor, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QWidget

from gdviz.app.probe_display import Probe, ProbeDisplay
from gdviz.app.screen import Screen
from gdviz.session.session import Session
from gdviz.ui.actions import Actions
from gdviz.ui.canvas import Canvas
from gdviz.ui.laser import Laser
from gdviz.views.plot_view import PlotView

__all__ = ["Pointing"]

# After a change of its size the plot has another place under the light.
_LOST = (QEvent.Type.Leave, QEvent.Type.Hide, QEvent.Type.Resize)
_SAME_PLACE = 12.0


class Pointing(QObject):
    """Lets a red light follow the mouse over the plots, in the place of the cursor.

    Its plate tells what the status bar tells; in the other plots the same point is ringed.

    Attributes
    ----------
    laser : Laser
    """

    def __init__(
        self,
        screen: Screen,
        session: Session,
        actions: Actions,
        probing: ProbeDisplay,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._on = self._blank = False
        center = screen.window.centralWidget()
        assert center is not None
        self._center: QWidget = center
        self._pointed: QWidget | None = None
        self.laser = Laser(center)
        self._plots: dict[QWidget, Canvas] = {
            canvas.plot_area.viewport(): canvas
            for canvas in chain.from_iterable(screen.canvases.values())
        }
        actions["laser"].triggered.connect(self.turn)
        probing.told.connect(self._on_told)
        screen.window.closing.connect(lambda: self.turn(False))

    def add(self, canvas: Canvas) -> None:
        """Point at one more plot."""
        plot = canvas.plot_area.viewport()
        self._plots[plot] = canvas
        if self._on:
            plot.installEventFilter(self)

    @Slot(bool)
    def turn(self, on: bool) -> None:
        """Turn the light on, or off."""
        if on == self._on:
            return
        self._on = on
        self.laser.setVisible(on)
        for plot in self._plots:
            if on:
                plot.installEventFilter(self)
                if plot.isVisible() and plot.underMouse():
                    self._point(plot, QPointF(plot.mapFromGlobal(QCursor.pos())))
            else:
                plot.removeEventFilter(self)
        if not on:
            self._hide_cursor(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and watched in self._plots:
            if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
                self._point(watched, event.position())
            elif watched is self._pointed and event.type() in _LOST:
                self.laser.shine(None)
                self._hide_cursor(False)
        return super().eventFilter(watched, event)

    def _point(self, plot: QWidget, place: QPointF) -> None:
        self._pointed = plot
        self._hide_cursor(True)
        self.laser.shine(plot.mapTo(self._center, place))

    def _hide_cursor(self, blank: bool) -> None:
        if blank != self._blank:
            self._blank = blank
            if blank:
                QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
            else:
                QGuiApplication.restoreOverrideCursor()

    @Slot(object)
    def _on_told(self, probe: Probe) -> None:
        if not self._on or self.laser.spot is None:
            return
        echoes = []
        if probe.point is not None and probe.loss is not None:
            screen, point = self._screen, probe.point
            curves = ((screen.curve, screen.curve_canvas), (screen.beside, screen.beside_canvas))
            axes = self._session.experiment.cut_axes
            places: list[tuple[PlotView, Canvas, QPointF]] = [
                (curve, canvas, QPointF(point[axis], probe.loss))
                for (curve, canvas), axis in zip(curves, axes, strict=False)
            ]
            if point.size > 1:
                places.append((screen.contour, screen.contour_canvas, QPointF(*point.tolist())))
            echoes = [
                echo
                for view, canvas, at in places
                if (echo := self._place(view, canvas, at)) is not None
            ]
        self.laser.tell(probe.parts, echoes)

    def _place(self, view: PlotView, canvas: Canvas, at: QPointF) -> QPointF | None:
        """Return where a plot shows a point; None where it doesn't, or where the light is."""
        viewport, spot = canvas.plot_area.viewport(), self.laser.spot
        if not viewport.isVisible() or spot is None:
            return None
        scene = view.box.mapViewToScene(at)
        if not view.box.sceneBoundingRect().contains(scene):
            return None
        on_plot: QPointF = canvas.plot_area.viewportTransform().map(scene)
        place = QPointF(viewport.mapTo(self._center, on_plot))
        return None if (place - spot).manhattanLength() < _SAME_PLACE else place
