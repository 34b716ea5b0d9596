"""Writing PNG: smaller and several times quicker than Qt, which tries filters on every row."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from PySide6.QtGui import QImage

__all__ = ["png_bytes"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6
_UP = 2
_EFFORT = 4
"""Of zlib: more gains some percent for twice the time."""


def png_bytes(image: QImage, *, opaque: bool = False) -> bytes:
    """Return an image as a PNG file, with its texts and its pixels per meter.

    Parameters
    ----------
    image : QImage
    opaque : bool
        Whether all of it is known to be opaque: it is written without an alpha channel.
    """
    plain = QImage.Format.Format_RGB888 if opaque else QImage.Format.Format_RGBA8888
    channels, kind = (3, _RGB) if opaque else (4, _RGBA)
    pixels = image.convertToFormat(plain)
    width, height = pixels.width(), pixels.height()
    rows = np.frombuffer(pixels.constBits(), np.uint8).reshape(height, pixels.bytesPerLine())
    rows = rows[:, : width * channels]
    filtered = np.empty((height, rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = _UP
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    x_density, y_density = image.dotsPerMeterX(), image.dotsPerMeterY()
    texts = [key.encode() + b"\0\0\0\0\0" + image.text(key).encode() for key in image.textKeys()]
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", x_density, y_density, 1)),
            *(_chunk(b"iTXt", text) for text in texts),
            _chunk(b"IDAT", zlib.compress(filtered.data, _EFFORT)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
