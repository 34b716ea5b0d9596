"""From the experiment and the playhead to the swarm on the screen."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal, Slot

from gdviz.app.conductor import Conductor
from gdviz.app.run_display import RunDisplay
from gdviz.app.screen import Screen
from gdviz.engine.bulk.pilot import Pilots
from gdviz.experiment import Experiment
from gdviz.experiment.swarm import swarm_key, swarm_shown, swarm_steps
from gdviz.session.courtesy import Courtesy
from gdviz.session.player import RECORDS_PER_SECOND, Player
from gdviz.session.session import Session
from gdviz.session.swarmer import Swarmer, SwarmNews, SwarmWish

__all__ = ["SwarmDisplay"]

_LEASH = 0.15  # seconds


class SwarmDisplay(QObject):
    """Has the swarm computed for the step and the box in view, and draws what comes of it.

    Signals
    -------
    changed()
        There is another picture, or none any more; or why there is none.

    Attributes
    ----------
    swarmer : Swarmer
    news : SwarmNews or None
        What is drawn.
    trouble : str
        Why nothing is drawn though it should be.
    """

    changed = Signal()

    def __init__(
        self,
        screen: Screen,
        session: Session,
        conductor: Conductor,
        player: Player,
        runs: RunDisplay,
        courtesy: Courtesy,
        kernels: Pilots,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen, self._session = screen, session
        self._conductor, self._player = conductor, player
        self.swarmer = Swarmer(courtesy, self, kernels)
        self.news: SwarmNews | None = None
        self.trouble = ""
        self._shown = False
        self._key: object = None
        self._asked: SwarmWish | None = None
        session.experiment_changed.connect(self._on_experiment_changed)
        runs.record_shown.connect(self._ask)
        player.playing_changed.connect(self._ask)
        screen.contour.domain_shown.connect(self._ask)
        self.swarmer.news.connect(self._on_news)
        self.swarmer.failed.connect(self._on_failed)
        self._follow(session.experiment)

    def stop(self) -> None:
        """End the thread; the window is about to close."""
        self.swarmer.stop()

    @Slot(object, object)
    def _on_experiment_changed(self, _before: Experiment, after: Experiment) -> None:
        self._follow(after)

    def _follow(self, experiment: Experiment) -> None:
        if not swarm_shown(experiment):
            if self._shown:
                self._shown = False
                self._key = None
                self.swarmer.forget()
                self._conductor.accompany(None)
            self._show(None)
            return
        self._shown = True
        key = swarm_key(experiment)
        if key != self._key:
            self._key = key
            self._conductor.accompany(swarm_steps(experiment))
        self._ask()

    @Slot()
    def _ask(self, *_: object) -> None:
        if not self._shown:
            return
        view, area = self._screen.contour, self._screen.contour_canvas.plot_area
        sharpness = area.devicePixelRatioF() * area.transform().m11()
        shape = (
            max(round(view.box.height() * sharpness), 1),
            max(round(view.box.width() * sharpness), 1),
        )
        record = self._player.record
        step = self._conductor.step_at(record)
        before = self._asked
        # No further than to the next record, though the playhead may leave out some.
        ahead = self._conductor.step_at(record + 1) - step if self._player.playing else 0
        experiment = self._session.experiment
        wish = SwarmWish(experiment, step, view.domain, shape, sharpness, ahead)
        same = before is not None and (before.step, before.look) == (step, wish.look)
        if same and before is not None and swarm_key(before.experiment) == self._key:
            return
        self._asked = wish
        self.swarmer.request(wish)
        self._hold_back()

    def _hold_back(self) -> None:
        """Keep the playhead near to the picture that is being made.

        Else each picture would be further from the one before: for as long as one takes, the
        playhead moves on, and more steps take longer still.
        """
        step, leash = self.swarmer.step, None
        if step is not None:
            length = math.ceil(_LEASH * RECORDS_PER_SECOND * self._player.speed)
            leash = self._conductor.record_at(step) + length
        self._player.leash = leash

    @Slot(object)
    def _on_news(self, news: SwarmNews) -> None:
        if not self._shown:
            return
        self._hold_back()
        self._show(news)
        if not self.swarmer.busy:
            steps = swarm_steps(self._session.experiment)
            self._conductor.accompany(steps, news.settled)

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._asked = None
        self._show(None, reason)
        self._screen.window.show_message(reason)

    def _show(self, news: SwarmNews | None, trouble: str = "") -> None:
        if news is None:
            self._asked = self._player.leash = None
        self.news, self.trouble = news, trouble
        self._screen.contour.set_swarm(None if news is None else news.picture)
        self.changed.emit()
