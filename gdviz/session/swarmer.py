"""Computing a swarm in the background, a picture for each step that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from gdviz.engine.bulk import cores
from gdviz.engine.bulk.pilot import Pilots
from gdviz.engine.swarm import Swarm, SwarmPicture, pictured
from gdviz.experiment import Experiment
from gdviz.experiment.swarm import starts_key, swarm_descent, swarm_key
from gdviz.landscapes import Domain
from gdviz.session.courtesy import Courtesy
from gdviz.session.worker import Worker

__all__ = ["SwarmNews", "SwarmWish", "Swarmer"]

_LET_FINISH_MS = 1000
_PATIENCE = 0.015  # for a picture: it has hundreds of parts where it is many steps away
_THREADS = max(cores() - 1, 1)  # a window that plays needs a core itself


@dataclass(frozen=True)
class SwarmWish:
    """Which picture of a swarm is wanted.

    Attributes
    ----------
    experiment : Experiment
        Whose swarm.
    step : int
    domain : Domain
    shape : (int, int)
        Rows and columns of pixels.
    scale : float
        Pixels per logical pixel.
    ahead : int
        How many steps later the next picture will be wanted at the earliest; 0 where nobody
        knows. A swarm that was brought further than to the picture that is wanted next would
        have to go back, and many steps be computed again.
    """

    experiment: Experiment
    step: int
    domain: Domain
    shape: tuple[int, int]
    scale: float = 1.0
    ahead: int = 0

    @property
    def look(self) -> object:
        """What decides how a step looks."""
        return self.domain, self.shape, self.scale, self.experiment.plane.swarm.drawn


@dataclass(frozen=True, eq=False)
class SwarmNews:
    """A picture, and what is known of its swarm.

    Attributes
    ----------
    picture : SwarmPicture
    kept : str
        What is kept of its past, in a sentence.
    settled : int or None
        The step after which no run moves any more; None while it isn't known.
    """

    picture: SwarmPicture
    kept: str
    settled: int | None


class _Held:
    """The swarm that the thread has at hand; nobody else touches it."""

    def __init__(self, kernels: Pilots | None) -> None:
        self._kernels = kernels
        self.key: object = None
        self.starts: object = None
        self.swarm: Swarm | None = None
        self.ready: tuple[object, SwarmPicture] | None = None

    def work(self, wish: SwarmWish) -> Iterator[SwarmNews | None]:
        yield from self._prepare(wish.experiment)
        swarm = self.swarm
        assert swarm is not None
        ready = self.ready
        if ready is not None and ready[0] == (wish.step, wish.look):
            yield SwarmNews(ready[1], swarm.kept, swarm.settled)
        else:
            for picture in _drawn(swarm, wish):
                yield SwarmNews(picture, swarm.kept, swarm.settled) if picture else None
        self.ready = None
        later = replace(wish, step=min(wish.step + wish.ahead, swarm.steps))
        if later.step > wish.step:
            for picture in _drawn(swarm, later):
                if picture is not None:
                    self.ready = ((later.step, later.look), picture)
                yield None

    def _prepare(self, experiment: Experiment) -> Iterator[None]:
        key, starts = swarm_key(experiment), starts_key(experiment)
        if self.swarm is not None and key == self.key:
            return
        known = None if self.swarm is None or starts != self.starts else self.swarm.descent
        self.swarm = self.ready = None  # before there is another one: it may be large
        descent = swarm_descent(experiment, known)
        yield None
        self.swarm = Swarm(descent, threads=_THREADS, kernels=self._kernels)
        self.key, self.starts = key, starts
        yield None

    def forget(self) -> Iterator[None]:
        self.key = self.starts = self.swarm = self.ready = None
        yield None


def _drawn(swarm: Swarm, wish: SwarmWish) -> Iterator[SwarmPicture | None]:
    drawn = wish.experiment.plane.swarm.drawn
    return pictured(swarm, wish.step, wish.domain, wish.shape, drawn, scale=wish.scale)


class Swarmer(QObject):
    """Owns the thread that computes swarms.

    One picture is computed at a time. What is asked for meanwhile waits, the newest only; so
    while something is dragged, or played faster than it is computed, pictures come as quickly
    as they can and none are queued. One that takes longer than a second gives way, unless the
    playhead moves by itself. When a picture is done and the next one can be foreseen, it is
    computed in advance.

    Parameters
    ----------
    courtesy : Courtesy
    kernels : Pilots, optional
        Where quicker pilots come from.

    Signals
    -------
    news(SwarmNews)
    failed(str)
    """

    news = Signal(object)
    failed = Signal(str)

    def __init__(
        self,
        courtesy: Courtesy,
        parent: QObject | None = None,
        kernels: Pilots | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker = Worker("gdviz swarms", courtesy, self, _PATIENCE)
        self._held = _Held(kernels)
        self._waiting: SwarmWish | None = None
        self._awaiting = False
        self._begun: SwarmWish | None = None
        self._since = QElapsedTimer()
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self._begin_waiting)
        self._worker.result.connect(self._on_result)
        self._worker.failed.connect(self._on_failed)

    @property
    def busy(self) -> bool:
        """Whether a picture that was asked for is still to come."""
        return self._awaiting

    @property
    def step(self) -> int | None:
        """Of which step a picture is being made; None if none is to come."""
        return self._begun.step if self._awaiting and self._begun is not None else None

    def request(self, wish: SwarmWish) -> None:
        """Have a picture made, as soon as the one that is being made is done."""
        # While it plays, each picture is finished: else a slow swarm would never be seen.
        begun = self._begun
        plays = wish.ahead > 0 and begun is not None and wish.experiment is begun.experiment
        if self._awaiting and (plays or self._since.elapsed() < _LET_FINISH_MS):
            self._waiting = wish
            if plays:
                self._deadline.stop()
            elif not self._deadline.isActive():
                self._deadline.start(_LET_FINISH_MS - int(self._since.elapsed()))
            return
        self._begin(wish)

    def forget(self) -> None:
        """Drop the swarm and what is asked for: nothing is to be shown any more."""
        self._stand_down()
        self._worker.request(self._held.forget)

    def stop(self) -> None:
        """End the thread."""
        self._stand_down()
        self._worker.stop()

    def _begin(self, wish: SwarmWish) -> None:
        self._stand_down()
        self._awaiting, self._begun = True, wish
        self._since.start()
        self._worker.request(lambda: self._held.work(wish))

    def _stand_down(self) -> None:
        self._waiting, self._awaiting = None, False
        self._deadline.stop()

    @Slot()
    def _begin_waiting(self) -> None:
        if self._waiting is not None:
            self._begin(self._waiting)

    @Slot(object)
    def _on_result(self, news: SwarmNews) -> None:
        self._awaiting = False
        self._deadline.stop()
        self._begin_waiting()
        self.news.emit(news)

    @Slot(str)
    def _on_failed(self, reason: str) -> None:
        self._stand_down()
        self.failed.emit(reason)
