"""The one hint of the first launch: where to click."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import QObject, QPoint, QPointF, QTimer, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.helping import Helping
from gdviz.app.screen import Screen
from gdviz.app.theming import Theming
from gdviz.session.session import Session
from gdviz.ui.actions import Actions
from gdviz.ui.callout import Callout
from gdviz.ui.settings import Settings

__all__ = ["Welcome"]

_TITLE = "Click anywhere: the descent starts there."
_TEXT = "From the ring it goes downhill, step by step, to the lowest point it can find."
_LESSON, _HELP = "New here? Take the ten-minute lesson", "New here? Read what you see"
_FIRST_STEPS = 60


class Welcome(QObject):
    """Shows the hint until a start was picked or the hint was closed, and never again.

    Attributes
    ----------
    callout : Callout
    """

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        actions: Actions,
        helping: Helping,
        theming: Theming,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._session = session
        self._conductor = conductor
        self._actions = actions
        self._helping = helping
        self._settings = settings
        self._area = screen.contour_canvas.plot_area
        link = _LESSON if "learn" in actions else _HELP
        self.callout = Callout(self._area.viewport(), _TITLE, _TEXT, link)
        self.callout.set_theme(theming.theme)
        self.callout.hide()
        theming.theme_changed.connect(self.callout.set_theme)
        self.callout.closed.connect(self._end)
        self.callout.linked.connect(self._on_linked)
        contour, curve = screen.contour, screen.curve
        for picked in (
            contour.start_picked,
            contour.start_added,
            contour.start_dragged,
            curve.value_picked,
            curve.value_added,
        ):
            picked.connect(self._end)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(0)  # once the plot has its size, not while it gets it
        self._due.timeout.connect(self._place)
        contour.domain_shown.connect(self._on_changed)
        conductor.finished.connect(self._on_changed)

    @Slot()
    def _on_changed(self, *_: object) -> None:
        if not self._settings.welcomed:
            self._due.start()

    @Slot()
    def _place(self) -> None:
        """Lie where no path and no minimum is."""
        if self._settings.welcomed:
            return
        box = self._screen.contour.box
        room = self._area.mapFromScene(box.sceneBoundingRect()).boundingRect()
        self.callout.place(room, self._taken())

    def _taken(self) -> list[QPoint]:
        """Return the pixels that should stay in view."""
        landscape = self._session.experiment.landscape
        paths = (
            one.params[:_FIRST_STEPS, 0].tolist()
            for one in self._conductor.of_runs
            if one is not None and one.params.shape[2] == landscape.dimension
        )
        box = self._screen.contour.box
        return [
            self._area.mapFromScene(box.mapViewToScene(QPointF(*point)))
            for point in chain(*paths, landscape.minima)
            if len(point) > 1
        ]

    @Slot()
    def _on_linked(self) -> None:
        self._end()
        if "learn" in self._actions:
            self._actions["learn"].trigger()
        else:
            self._helping.open(self._helping.library.first)

    @Slot()
    def _end(self, *_: object) -> None:
        self._settings.welcomed = True
        self.callout.hide()
