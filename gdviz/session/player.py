"""The playhead: which record of the trajectories everything shows."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

__all__ = ["RECORDS_PER_SECOND", "Player"]

RECORDS_PER_SECOND = 30.0
_FRAME_MILLISECONDS = 16


class Player(QObject):
    """Moves the playhead through the records of the current trajectories.

    Signals
    -------
    record_changed(int)
        The playhead stands on another record.
    length_changed(int)
        There are more or fewer records.
    playing_changed(bool)

    Attributes
    ----------
    speed : float
    loop : bool
        Whether playing begins anew at the end.
    leash : int or None
        The record beyond which playing doesn't get for now, since something can't be shown
        there yet; it goes on more slowly rather than leave that behind.
    """

    record_changed = Signal(int)
    length_changed = Signal(int)
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record = 0
        self._position = 0.0
        self._length = 0
        self._growing = False
        self._playing = False
        self._end: int | None = None
        self.speed = 1.0
        self.loop = False
        self.leash: int | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MILLISECONDS)
        self._timer.timeout.connect(self._advance)

    @property
    def record(self) -> int:
        """The record on which the playhead stands."""
        return self._record

    @property
    def length(self) -> int:
        """The number of records; 0 when there is nothing to play."""
        return self._length

    @property
    def end(self) -> int:
        """The record at which playing stops."""
        last = max(self._length - 1, 0)
        return last if self._end is None else min(self._end, last)

    @property
    def playing(self) -> bool:
        """Whether the playhead moves by itself."""
        return self._playing

    def set_records(self, length: int, *, growing: bool, end: int | None = None) -> None:
        """Tell how many records there are.

        Parameters
        ----------
        length : int
        growing : bool
            Whether more are being computed: playing waits for them at the end.
        end : int, optional
            The record at which nothing moves any more: playing stops there.
        """
        self._growing, self._end = growing, end
        if length != self._length:
            self._length = length
            self.length_changed.emit(length)
        if self._record > max(length - 1, 0):
            self.seek(length - 1)

    def play(self) -> None:
        """Play on; from the start if the playhead stands at the end."""
        if not self._length or self._playing:
            return
        if self._record >= self.end and not self._growing:
            self.seek(0)
        self._playing = True
        self._since.start()
        self._timer.start()
        self.playing_changed.emit(True)

    def restart(self) -> None:
        """Play from the start."""
        self.seek(0)
        self.play()

    def pause(self) -> None:
        """Stand still."""
        if self._playing:
            self._playing = False
            self._timer.stop()
            self.playing_changed.emit(False)

    def toggle(self) -> None:
        """Play, or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    def step(self, records: int) -> None:
        """Pause and move by some records."""
        self.pause()
        self.seek(self._record + records)

    def jump(self, record: int) -> None:
        """Pause and move to a record."""
        self.pause()
        self.seek(record)

    def jump_to_end(self) -> None:
        """Pause and move to where nothing moves any more; from there, to the last record."""
        self.jump(self.end if self._record < self.end else self._length - 1)

    def seek(self, record: int) -> None:
        """Move to a record, or to the nearest one that there is."""
        self._position = float(min(max(record, 0), max(self._length - 1, 0)))
        self._move()

    @property
    def _stop_record(self) -> int:
        """Where playing on leads to: past the end, to the last record."""
        return self.end if self._record <= self.end else self._length - 1

    def _advance(self) -> None:
        elapsed = self._since.nsecsElapsed() * 1e-9
        self._since.start()
        stop = self._stop_record
        ahead = self._position + elapsed * RECORDS_PER_SECOND * self.speed
        if self.leash is not None:
            ahead = min(ahead, max(float(self.leash), self._position))
        self._position = min(ahead, stop)
        self._move()
        if self._record >= stop and not self._growing:
            if self.loop and self._length > 1:
                self.seek(0)
            else:
                self.pause()

    def _move(self) -> None:
        record = int(self._position)
        if record != self._record:
            self._record = record
            self.record_changed.emit(record)
