"""What each frame of a GIF without background draws over the one before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gdviz.export.film_file import FilmFile
from gdviz.export.gif_colors import CLEAR_PLACE

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["Change", "ClearGif", "GifChanges", "pal8", "with_disposal"]

Places = NDArray[np.uint8]

_STAYS, _IS_CLEARED = 1, 2
_HEAD = 13 + 3 * 256  # of a file, with its palette
_CONTROL = b"\x21\xf9\x04"


class Change(NamedTuple):
    """What is drawn.

    Attributes
    ----------
    places : ndarray of uint8, shape (height, width)
        `gdviz.export.gif_colors.CLEAR_PLACE` where what is there remains.
    disposal : int
        GIF's word for whether it stays when the next frame is drawn, or its rectangle is
        cleared.
    """

    places: Places
    disposal: int


class GifChanges:
    """Tells frames from one another, of pictures that are clear in places.

    A frame can color what is clear, but not clear what is colored. Where the next frame does
    so, a frame is told to be cleared, with all of its rectangle, in which the next one draws
    everything.
    """

    def __init__(self) -> None:
        self._shown: Places | None = None

    def between(self, now: Places, after: Places | None) -> Change:
        """Return what to draw for a frame, given the next one, or None for the last."""
        if self._shown is None:
            self._shown = np.full_like(now, CLEAR_PLACE)
        drawn = np.where(now == self._shown, np.uint8(CLEAR_PLACE), now)
        self._shown = now.copy()
        vanishing = np.zeros(0, dtype=bool)
        if after is not None:
            vanishing = (now != CLEAR_PLACE) & (after == CLEAR_PLACE)
        if not vanishing.any():
            return Change(drawn, _STAYS)
        rectangle = _around(vanishing)
        drawn[rectangle] = now[rectangle]
        self._shown[_around(drawn != CLEAR_PLACE)] = CLEAR_PLACE
        return Change(drawn, _IS_CLEARED)


class ClearGif:
    """Takes frames as places in a palette, and writes each when the next one is there.

    Parameters
    ----------
    film : FilmFile
    palette : ndarray of uint8, shape (256, 4)
    """

    def __init__(self, film: FilmFile, palette: Places) -> None:
        self._film, self._palette = film, palette
        self._changes = GifChanges()
        self._held: tuple[Places, int, int] | None = None
        self._first = True

    def add(self, places: Places, begin: int, end: int) -> None:
        """Show a frame between two times in ticks; it is not to change afterwards."""
        self._write(places)
        self._held = (places, begin, end)

    def finish(self) -> None:
        """Write what is still held."""
        self._write(None)
        self._film.finish()

    def _write(self, after: Places | None) -> None:
        if self._held is None:
            return
        places, begin, end = self._held
        change = self._changes.between(places, after)
        disposed = partial(with_disposal, disposal=change.disposal, first=self._first)
        self._film.add(pal8(change.places, self._palette), begin, end, disposed)
        self._first = False


def pal8(places: Places, palette: Places) -> VideoFrame:
    """Return a frame of places in a palette."""
    from av.video.frame import VideoFrame

    both: Any = (places, palette)
    return VideoFrame.from_ndarray(both, format="pal8")


def with_disposal(packet: bytes, disposal: int, *, first: bool) -> bytes:
    """Return a frame as GIF has it, with another disposal.

    Parameters
    ----------
    packet : bytes
    disposal : int
    first : bool
        Whether the file's head is before it.
    """
    flags = packet.index(_CONTROL, _HEAD if first else 0) + len(_CONTROL)
    changed = packet[flags] & 0b11100011 | disposal << 2
    return packet[:flags] + bytes([changed]) + packet[flags + 1 :]


def _around(chosen: NDArray[np.bool_]) -> tuple[slice, slice]:
    """Return the rectangle that has all chosen pixels."""
    rows, columns = (np.flatnonzero(chosen.any(axis=axis)) for axis in (1, 0))
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
