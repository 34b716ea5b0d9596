"""Writing frames to a film's file, one at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["Coding", "FilmFile", "film_file"]


@dataclass(frozen=True)
class Coding:
    """How a film is coded, in FFmpeg's words.

    Attributes
    ----------
    container, codec, pixels : str
        The names of the file's format, of the encoder, and of the layout of pixels it takes.
    file_options, options : mapping of str to str
        Of the file's format and of the encoder.
    """

    container: str
    codec: str
    pixels: str
    file_options: Mapping[str, str]
    options: Mapping[str, str]


class FilmFile:
    """Takes one frame after the other, and keeps none of them; made by `film_file`.

    Attributes
    ----------
    stream : av.VideoStream
        What it encodes with.
    """

    def __init__(self, container: Any, stream: Any, tick: Fraction) -> None:
        self.stream = stream
        self._container, self._tick = container, tick

    def add(
        self,
        frame: VideoFrame,
        begin: int,
        end: int,
        changed: Callable[[bytes], bytes] | None = None,
    ) -> None:
        """Show a frame between two times in ticks.

        Parameters
        ----------
        frame : VideoFrame
        begin, end : int
        changed : callable, optional
            Gets the frame as it has been coded; returns what is written, of the same length.
        """
        frame.pts, frame.duration, frame.time_base = begin, end - begin, self._tick
        for packet in self.stream.encode(frame):
            if changed is not None:
                packet.update(changed(bytes(packet)))
            self._container.mux(packet)

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._container.mux(self.stream.encode(None))


@contextmanager
def film_file(
    file: BinaryIO, coding: Coding, size: tuple[int, int], tick: Fraction
) -> Iterator[FilmFile]:
    """Begin a film, and complete its file if the block ends well.

    The same frames make the same bytes on every machine: one thread encodes, and nothing of
    the time or of versions is written.

    Parameters
    ----------
    file : file
        Opened for writing. If it can't seek, it gets the film when that is complete.
    coding : Coding
    size : (int, int)
        Width and height in pixels.
    tick : Fraction
        In what frames' times are counted, in seconds.
    """
    import av

    if not file.seekable():
        with tempfile.TemporaryFile() as whole:
            with film_file(whole, coding, size, tick) as film:
                yield film
            whole.seek(0)
            shutil.copyfileobj(whole, file)
        return
    options = {"fflags": "+bitexact", **coding.file_options}
    container = av.open(file, "w", format=coding.container, options=options)
    try:
        stream: Any = container.add_stream(coding.codec, rate=1 / tick, options={**coding.options})
        stream.width, stream.height = size
        stream.pix_fmt = coding.pixels
        stream.time_base = stream.codec_context.time_base = tick
        stream.codec_context.thread_count = 1
        yield FilmFile(container, stream, tick)
    except BaseException:
        with suppress(Exception):  # what has happened says more than that there is no end
            container.close()
        raise
    container.close()
