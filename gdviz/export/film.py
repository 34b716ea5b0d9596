"""Films of an experiment: GIF, MP4, WebP and APNG, written frame by frame."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from PySide6.QtGui import QColor, QImage

from gdviz.errors import UserError
from gdviz.export.figure import Figure
from gdviz.export.film_file import Coding, FilmFile, film_file
from gdviz.export.film_plan import GIF_FPS, FilmPlan, film_plan
from gdviz.export.frames import Frames, pixels_of
from gdviz.export.gif_changes import ClearGif, pal8
from gdviz.export.gif_colors import GifColors, GifPixels, moved, opaque_colors
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.views.theme import THEMES

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

__all__ = ["write_apng", "write_gif", "write_mp4", "write_webp"]

_GIF_TICKS = 100
_GIF_SAMPLES = 5
_WEBP_TICKS = 1000
_FILE_HEAD, _PER_FRAME = 4096, 36  # of an MP4's index, in bytes, at most
_BT709, _VIDEO_RANGE = 1, 1
_COLORS = {
    "colorspace": "bt709",
    "color_primaries": "bt709",
    "color_trc": "bt709",
    "color_range": "tv",
}


def write_mp4(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a film as H.264, which plays everywhere, and begins before all of it is loaded.

    A side of an odd number of pixels gets one more, since the format has even ones only. It
    can't say that the film is to begin again, nor have no background.
    """
    if spec.figure.transparent:
        raise UserError("an MP4 film can't be transparent; write .gif, .webp or .apng instead")
    frames, plan = _begun(material, spec, told, most_pixels=16_384, even=True)
    room = _FILE_HEAD + _PER_FRAME * len(plan.steps)
    options = {"preset": "veryfast", "crf": "18", **_COLORS}
    coding = Coding("mp4", "libx264", "yuv420p", {"moov_size": str(room)}, options)
    from av.video.reformatter import VideoReformatter

    reformatter = VideoReformatter()

    def made(image: QImage) -> VideoFrame:
        frame = reformatter.reformat(
            _shared(image),
            format="yuv420p",
            dst_colorspace=_BT709,
            dst_color_range=_VIDEO_RANGE,
            threads=1,
        )
        _clear_margins(frame)
        return frame

    _write(frames, plan, file, coding, made, told)


def write_gif(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a film as GIF, with one palette for all frames.

    Times are whole hundredths of a second: where the frames' aren't, they differ by one, and
    the film is as long as it should be. More than 50 frames a second are not written, since
    many viewers show what is shorter for a tenth of a second. What is less than half opaque
    is clear.
    """
    frames, plan = _begun(material, spec, told, most_pixels=65_535, most_fps=GIF_FPS)
    clear = spec.figure.transparent
    ground = _rgb(THEMES[spec.figure.theme].panel) if clear else None
    samples = np.linspace(0, len(plan.steps) - 1, _GIF_SAMPLES).astype(int).tolist()
    first, *others = [
        opaque_colors(pixels_of(frames.at(plan.steps[number])), ground) for number in samples
    ]
    colors = GifColors(first.reshape(-1), moved(first, others))
    pixels = GifPixels(colors, ground)

    def made(image: QImage) -> Any:
        places = pixels.of(pixels_of(image))
        return places.copy() if clear else pal8(places, colors.palette)

    last = len(plan.steps)
    final = plan.begin(last, _GIF_TICKS) - plan.begin(last - 1, _GIF_TICKS)
    loop = "0" if spec.film.loop else "-1"
    coding = Coding("gif", "gif", "pal8", {"loop": loop, "final_delay": str(final)}, {})

    def sink(film: FilmFile) -> Any:
        return ClearGif(film, colors.palette) if clear else film

    _write(frames, plan, file, coding, made, told, ticks=_GIF_TICKS, sink=sink)


def write_webp(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a film as WebP, every pixel as it was drawn; times are whole milliseconds."""
    frames, plan = _begun(material, spec, told, most_pixels=16_383)
    loop = "0" if spec.film.loop else "1"
    options = {"lossless": "1", "quality": "30", "compression_level": "1"}
    coding = Coding("webp", "libwebp_anim", "bgra", {"loop": loop}, options)
    _write(frames, plan, file, coding, _Straight(), told, ticks=_WEBP_TICKS)


def write_apng(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a film as animated PNG, every pixel as it was drawn."""
    frames, plan = _begun(material, spec, told, most_pixels=65_535)
    pixels = "rgba" if spec.figure.transparent else "rgb24"
    from av.video.reformatter import VideoReformatter

    straight, reformatter = _Straight(), VideoReformatter()

    def made(image: QImage) -> VideoFrame:
        return reformatter.reformat(straight(image), format=pixels)

    plays = "0" if spec.film.loop else "1"
    coding = Coding("apng", "apng", pixels, {"plays": plays}, {})
    _write(frames, plan, file, coding, made, told)


def _begun(
    material: Material,
    spec: ExportSpec,
    told: Told,
    *,
    most_pixels: int,
    most_fps: float = math.inf,
    even: bool = False,
) -> tuple[Frames, FilmPlan]:
    """Return what paints the frames, and which they are."""
    told(0.0)
    wide, high = spec.figure.pixels
    if max(wide, high) > most_pixels:
        raise UserError(
            f"such a film has at most {most_pixels:,} pixels on a side, got {wide}x{high}"
        )
    # As for the last step: the legend stands where it covers least in the end.
    shown = replace(spec.figure, step=None)
    figure = Figure(material.experiment, material.trajectories, shown)
    plan = film_plan(spec.film, figure.last_step, most_fps=most_fps)
    figure.begin(plan.steps[0])
    return Frames(figure, shown, even=even), plan


def _write(
    frames: Frames,
    plan: FilmPlan,
    file: BinaryIO,
    coding: Coding,
    made: Callable[[QImage], Any],
    told: Told,
    *,
    ticks: int | None = None,
    sink: Callable[[FilmFile], Any] = lambda film: film,
) -> None:
    """Write all frames.

    Parameters
    ----------
    made : callable
        Makes of a picture what `sink` takes.
    ticks : int, optional
        In how many parts of a second times are counted; in frames if left out.
    sink : callable
        Returns what takes the frames, as the film itself does.
    """
    tick = 1 / Fraction(plan.fps).limit_denominator(500) if ticks is None else Fraction(1, ticks)
    size = frames.width, frames.height
    with film_file(file, coding, size, tick) as film:
        taker = sink(film)
        frame, shown = None, None
        for number, step in enumerate(plan.steps):
            if frame is None or step != shown:
                frame, shown = made(frames.at(step)), step
            times = (number, number + 1)
            begin, end = times if ticks is None else (plan.begin(at, ticks) for at in times)
            taker.add(frame, begin, end)
            told((number + 1) / len(plan.steps))
        taker.finish()


def _rgb(color: str) -> int:
    return QColor(color).rgb() & 0xFFFFFF


class _Straight:
    """Makes frames of colors that are not multiplied by their alpha."""

    def __init__(self) -> None:
        self._image = QImage()

    def __call__(self, image: QImage) -> VideoFrame:
        """Return a frame of an image, good until the next one is made."""
        self._image = image.convertToFormat(QImage.Format.Format_ARGB32)
        return _shared(self._image)


def _clear_margins(frame: VideoFrame) -> None:
    """Let nothing that was in memory before stand behind the rows, where x264 looks at times."""
    for plane in frame.planes:
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
        rows[:, plane.width :] = 0


def _shared(image: QImage) -> VideoFrame:
    """Return a frame that has the pixels of an image: not a copy, but the same memory."""
    from av.video.frame import VideoFrame

    high, wide = image.height(), image.width()
    return VideoFrame.from_numpy_buffer(
        pixels_of(image).view(np.uint8).reshape(high, wide, 4), format="bgra"
    )
