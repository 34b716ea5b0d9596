"""From the current run's optimizer to the map of where it leads, while that is in view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from gdviz.app.basin_editor import BasinEditor
from gdviz.app.conductor import Conductor
from gdviz.engine.basins import BasinMap
from gdviz.engine.bulk.pilot import Pilots
from gdviz.experiment import Experiment
from gdviz.experiment.basin_tasks import BasinTask, basin_task, other_optimizer
from gdviz.landscapes import Domain
from gdviz.session.basin_mapper import BasinMapper
from gdviz.session.courtesy import Courtesy
from gdviz.session.player import Player
from gdviz.session.session import Session
from gdviz.ui.basin_controls import BasinControls
from gdviz.ui.canvas import Canvas
from gdviz.ui.tips import set_topic
from gdviz.views.basin_view import BasinView

__all__ = ["BasinDisplay"]

_TIP = (
    "Each pixel is a start of its own: its color is the place that the current run's optimizer "
    "reaches from there, its shade how many steps that takes. Click one to run from it."
)
_HINT = "click a pixel to start there · Shift+click adds one · wheel to zoom"
_TOPIC = "basins"
_WAIT = 40  # milliseconds after the last zoom or drag
_LEAST, _MOST = 64, 800


class BasinDisplay(QObject):
    """Makes the view and shows the maps of the current run in it; nothing while it is hidden.

    Parameters
    ----------
    session : Session
    editor : BasinEditor
    conductor : Conductor
    player : Player
    courtesy : Courtesy
    kernels : Pilots
        Where compiled kernels come from.

    Attributes
    ----------
    view : BasinView
    canvas : Canvas
    controls : BasinControls
    mapper : BasinMapper
    """

    def __init__(
        self,
        session: Session,
        editor: BasinEditor,
        conductor: Conductor,
        player: Player,
        courtesy: Courtesy,
        kernels: Pilots,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._conductor = conductor
        self._player = player
        self.mapper = BasinMapper(courtesy, self, kernels)
        self.view, self.controls = BasinView(), BasinControls()
        self.canvas = Canvas(self.view, _HINT, *self.controls.parts)
        self.canvas.set_title("Basins")
        self.canvas.set_tip(_TIP)
        set_topic(self.canvas, _TOPIC)
        self.canvas.installEventFilter(self)
        self._asked: BasinTask | None = None
        self._drawn: tuple[object, ...] = ()
        self._landscape: object = None
        self._later = QTimer(self, singleShot=True, interval=_WAIT)
        self._later.timeout.connect(self._request)
        self.mapper.maps_ready.connect(self._on_maps)
        self.mapper.finished.connect(self._on_finished)
        self.mapper.failed.connect(self._on_failed)
        session.experiment_changed.connect(self._on_experiment_changed)
        conductor.trajectories_changed.connect(self._show_runs)
        player.record_changed.connect(self._show_step)
        self.view.domain_shown.connect(self._on_domain_shown)
        controls = self.controls
        controls.mode_picked.connect(editor.pick_mode)
        controls.other_picked.connect(editor.pick_other)
        controls.other_edited.connect(editor.edit_other)
        controls.steps_picked.connect(editor.pick_steps)
        controls.shade_picked.connect(editor.pick_shade)
        controls.settled.connect(editor.settle)
        controls.cancel_wanted.connect(self._on_cancel)

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        self._later.stop()
        self.mapper.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.canvas:
            if event.type() == QEvent.Type.Show:
                self.refresh()
            elif event.type() == QEvent.Type.Hide:
                self._later.stop()
                self.mapper.cancel()
                self._asked = None
        return super().eventFilter(watched, event)

    @Slot()
    def _show_runs(self, *_: object) -> None:
        if self.canvas.isVisible():
            shown = self._conductor.shown
            self.view.set_trajectories(shown.trajectories, shown.looks)
            self._show_step()

    @Slot()
    def _show_step(self, *_: object) -> None:
        if self.canvas.isVisible():
            self.view.set_step(self._conductor.step_at(self._player.record))

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment, _after: Experiment) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show the experiment's landscape, box and choices, and have other maps computed."""
        if not self.canvas.isVisible():
            return
        experiment = self._session.experiment
        spec = experiment.plane.basins
        self.controls.show_state(spec, other_optimizer(experiment)[0])
        if experiment.landscape is not self._landscape:
            self._landscape = experiment.landscape
            self.view.set_landscape(experiment.landscape)
        self.view.set_domain(experiment.view.domain)
        noisy = experiment.current.noise is not None
        remark = "The map is of the run without its noise." if noisy else ""
        self.canvas.set_tip(f"{_TIP} {remark}".strip())
        self._request()
        self._show_runs()

    @Slot(object)
    def _on_domain_shown(self, _domain: Domain) -> None:
        if self.canvas.isVisible():
            self._later.start()

    @Slot()
    def _request(self) -> None:
        experiment = self._session.experiment
        box = self.view.box
        columns, rows = (_pixels(side) for side in (box.width(), box.height()))
        shape = (1 if experiment.landscape.dimension == 1 else rows, columns)
        task = basin_task(experiment, self.view.domain, shape)
        if task != self._asked:
            self._asked = task
            self.controls.show_busy(busy=True)
            self.mapper.request(task)
        else:
            self._show(self.view.maps)

    @Slot(object)
    def _on_maps(self, maps: tuple[BasinMap, ...]) -> None:
        self.view.set_notice("")
        self._show(maps)

    def _show(self, maps: tuple[BasinMap, ...]) -> None:
        """Draw maps, unless they are drawn like that already: shading takes some while."""
        experiment = self._session.experiment
        spec = experiment.plane.basins
        titles = (experiment.current.optimizer.title, other_optimizer(experiment)[0].title)
        shown = maps if spec.mode != "one" else maps[:1]
        drawn = (shown, spec.mode, titles, spec.shade)
        if drawn != self._drawn:
            self._drawn = drawn
            self.view.set_maps(shown, mode=spec.mode, titles=titles, shaded=spec.shade)

    @Slot()
    def _on_finished(self) -> None:
        self.controls.show_busy(busy=False)

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self.controls.show_busy(busy=False)
        self._drawn = ()
        self.view.set_maps(())
        self.view.set_notice("No map.", f"{reason[:1].upper()}{reason[1:]}.")

    @Slot()
    def _on_cancel(self) -> None:
        self.mapper.cancel()
        self.controls.show_busy(busy=False)


def _pixels(side: float) -> int:
    return int(min(max(side, _LEAST), _MOST))
