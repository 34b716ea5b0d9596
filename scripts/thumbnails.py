"""Draw the gallery's thumbnails: ``python -m scripts.thumbnails [--check]``.

Each is painted from the landscape itself; ``--check`` tells which differ from the files.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

SIZE = (192, 144)
TOLERANCE = 6.0


def main(words: list[str]) -> int:
    """Write the thumbnails of all presets, or compare them; returns the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from gdviz.landscapes import PRESETS
    from gdviz.resource_files import resource_path

    application = QGuiApplication.instance() or QGuiApplication(["thumbnails"])
    assert application is not None
    folder = resource_path("thumbnails")
    folder.mkdir(exist_ok=True)
    stale = 0
    for preset in PRESETS:
        path = folder / f"{preset.name}.png"
        if "--check" in words:
            far = difference(preset.name, path)
            stale += far > TOLERANCE
            if far > TOLERANCE:
                print(f"{path.name} differs by {far:.1f}")
        else:
            _save(painted(preset.name), path)
    return 1 if stale else 0


def difference(name: str, path: Path) -> float:
    """Return the mean difference of a thumbnail from its file, in gray levels; 255 without one."""
    from PySide6.QtGui import QImage

    kept = QImage(str(path))
    if kept.isNull():
        return 255.0
    new, old = (_pixels(image).astype(float) for image in (painted(name), kept))
    return 255.0 if new.shape != old.shape else float(np.abs(new - old).mean())


def painted(name: str) -> Any:  # noqa: ANN401 -- a QImage, imported late
    """Return the thumbnail of a preset."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

    from gdviz.engine import contour_map
    from gdviz.landscapes import preset

    landscape = preset(name).build()
    width, height = SIZE
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if landscape.dimension == 1:
        values = np.linspace(*landscape.domain[0], width)
        loss = landscape.loss(values[:, np.newaxis])
        low, high = float(np.nanmin(loss)), float(np.nanmax(loss))
        pixels = height - 14 - (height - 28) * (loss - low) / (high - low)
        painter.fillRect(0, 0, width, height, QColor("#3b528b"))
        painter.setPen(QPen(QColor("#fde725"), 5.0))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in enumerate(pixels.tolist())]))
        painter.end()
        return image
    field_map = contour_map(landscape, landscape.domain, (height, width))
    shades = np.flipud(field_map.scale.shade(field_map.field.loss))
    colors = _viridis(shades)
    field = QImage(colors.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888)
    painter.drawImage(0, 0, field)
    painter.setPen(QPen(QColor(255, 255, 255, 110), 1.2))
    (x_low, x_high), (y_low, y_high) = landscape.domain
    for line in field_map.lines[::2]:
        for part in line.pieces:
            across = (part[:, 0] - x_low) / (x_high - x_low) * width
            down = (y_high - part[:, 1]) / (y_high - y_low) * height
            painter.drawPolyline(
                QPolygonF([QPointF(x, y) for x, y in zip(across, down, strict=True)])
            )
    painter.end()
    return image


def _save(image: Any, path: Path) -> None:  # noqa: ANN401
    """Write a small file: a picture of few colors."""
    from PIL import Image

    picture = Image.fromarray(_pixels(image), "RGBA")
    picture.quantize(96, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)


def _viridis(shades: Any) -> Any:  # noqa: ANN401
    import pyqtgraph as pg

    table = pg.colormap.get("viridis").getLookupTable(0.0, 1.0, 256, alpha=True)
    colors = table[np.clip(np.nan_to_num(shades) * 255, 0, 255).astype(int)].astype(np.uint8)
    colors[np.isnan(shades)] = 0
    return np.ascontiguousarray(colors)


def _pixels(image: Any) -> Any:  # noqa: ANN401
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.array(plain.constBits()).reshape(plain.height(), plain.width(), 4).copy()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
