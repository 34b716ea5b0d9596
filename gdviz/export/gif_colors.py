"""The colors of a GIF: one palette for all frames, so that what stands still keeps its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["CLEAR", "CLEAR_PLACE", "Colors", "GifColors", "GifPixels", "moved", "opaque_colors"]

CLEAR = 1 << 24
"""Stands for no color among colors 0xRRGGBB."""
CLEAR_PLACE = 255
"""Where it is in every palette."""

_HALF = 127
_EXACT = 24
_MOST_SAMPLES = 150_000
_CHUNK = 4096

Colors = NDArray[np.uint32]


class GifColors:
    """A palette, and the place in it of the color that is most like any other.

    Nothing is dithered: with 255 colors a field's shades are closer than eyes tell apart, and
    dots that come and go with every frame would be seen.

    Parameters
    ----------
    still : ndarray of uint32
        The colors of what doesn't move, 0xRRGGBB; as many of each as it fills pixels.
    moving : ndarray of uint32
        Those of what does.

    Attributes
    ----------
    palette : ndarray of uint8, shape (256, 4)
        Alpha, red, green and blue; the last place is clear.
    """

    def __init__(self, still: Colors, moving: Colors) -> None:
        known = [part[part != CLEAR] for part in (still, moving)]
        exact = np.unique(np.concatenate([_most_frequent(part) for part in known]))
        samples = np.concatenate([part[:: len(part) // _MOST_SAMPLES + 1] for part in known])
        others = _median_cut(samples, CLEAR_PLACE - len(exact))
        chosen = np.concatenate([_channels(exact), others])
        self.palette = np.zeros((256, 4), dtype=np.uint8)
        self.palette[: len(chosen), 0] = 255
        self.palette[: len(chosen), 1:] = chosen
        self._chosen = chosen.astype(np.float32)
        # 255 for what has not been looked up yet; it is the place of no color but `CLEAR`.
        self._places = np.full(CLEAR + 1, CLEAR_PLACE, dtype=np.uint8)

    def places(self, colors: Colors) -> NDArray[np.uint8]:
        """Return the place in the palette for each color, shape (n,)."""
        found = self._places[colors]
        unknown = np.unique(colors[(found == CLEAR_PLACE) & (colors != CLEAR)])
        if unknown.size:
            for begin in range(0, unknown.size, _CHUNK):
                part = unknown[begin : begin + _CHUNK]
                self._places[part] = self._nearest(_channels(part))
            found = self._places[colors]
        return found

    def _nearest(self, colors: NDArray[np.uint8]) -> NDArray[np.intp]:
        squares = (self._chosen**2).sum(axis=1)
        return np.asarray(
            (squares - 2.0 * colors.astype(np.float32) @ self._chosen.T).argmin(axis=1)
        )


class GifPixels:
    """The frame before, of which only what has changed is looked up again.

    Parameters
    ----------
    colors : GifColors
    ground : int or None
        As `opaque_colors` takes it.
    """

    def __init__(self, colors: GifColors, ground: int | None) -> None:
        self._colors, self._ground = colors, ground
        self._before: Colors = np.empty(0, dtype=np.uint32)
        self._places: NDArray[np.uint8] = np.empty(0, dtype=np.uint8)

    def of(self, frame: Colors) -> NDArray[np.uint8]:
        """Return the places of a frame's colors, shape (height, width).

        Parameters
        ----------
        frame : ndarray of uint32, shape (height, width)
            Premultiplied ARGB.
        """
        pixels = frame.reshape(-1)
        if self._before.shape != pixels.shape:
            self._before = pixels.copy()
            self._places = self._colors.places(opaque_colors(pixels, self._ground))
        changed = np.flatnonzero(pixels != self._before)
        if changed.size:
            now = self._before[changed] = pixels[changed]
            self._places[changed] = self._colors.places(opaque_colors(now, self._ground))
        return self._places.reshape(frame.shape)


def moved(first: Colors, others: Sequence[Colors]) -> Colors:
    """Return the colors of the pixels in which frames differ from a first one."""
    return np.concatenate([first[:0].reshape(-1), *(other[other != first] for other in others)])


def opaque_colors(pixels: Colors, ground: int | None) -> Colors:
    """Return colors 0xRRGGBB, `CLEAR` where there is no color.

    Parameters
    ----------
    pixels : ndarray of uint32
        Premultiplied ARGB.
    ground : int or None
        The color, 0xRRGGBB, over which what is half opaque is seen; None for pixels that are
        opaque.
    """
    if ground is None:
        return pixels & np.uint32(0xFFFFFF)
    clear = np.uint32(255) - (pixels >> np.uint32(24))
    colors = np.zeros_like(pixels)
    for shift in (16, 8, 0):
        beneath = np.uint32(ground >> shift & 255)
        channel = (pixels >> np.uint32(shift) & np.uint32(255)) + (clear * beneath) // np.uint32(
            255
        )
        colors |= np.minimum(channel, np.uint32(255)) << np.uint32(shift)
    colors[clear > _HALF] = CLEAR
    return colors


def _most_frequent(colors: Colors) -> Colors:
    """Return the colors that are to have a place of their own."""
    known, counts = np.unique(colors, return_counts=True)
    return known[np.argsort(-counts, kind="stable")[:_EXACT]]


def _median_cut(colors: Colors, count: int) -> NDArray[np.uint8]:
    """Return at most `count` colors that stand for all, shape (n, 3).

    A color counts by the square root of how often there is it, so that the small letters have
    theirs beside the large field.
    """
    from PIL import Image

    if not colors.size:
        return np.empty((0, 3), dtype=np.uint8)
    known, counts = np.unique(colors, return_counts=True)
    weighted = np.repeat(known, np.sqrt(counts).astype(int))
    image = Image.fromarray(_channels(weighted)[np.newaxis])
    cut = image.quantize(count, method=Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE)
    return np.array(cut.getpalette(), dtype=np.uint8).reshape(-1, 3)[:count]


def _channels(colors: Colors) -> NDArray[np.uint8]:
    """Return red, green and blue, shape (n, 3)."""
    return np.stack([colors >> 16 & 255, colors >> 8 & 255, colors & 255], axis=1).astype(np.uint8)
