"""Pictures as PNG and SVG."""

from __future__ import annotations

import re
from typing import BinaryIO

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter

from gdviz.export.figure import Figure
from gdviz.export.figure_spec import INCH
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.picture_image import picture_image
from gdviz.export.png import png_bytes
from gdviz.export.word_painter import OutlinePainter

__all__ = ["write_png", "write_svg"]

_PER_METER = 1.0 / 0.0254
_FALLBACKS = (
    b"Inter, 'Gdviz Symbols', 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"
)


def write_png(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a picture as PNG of ``spec.figure.pixels``."""
    figure = Figure(material.experiment, material.trajectories, spec.figure)
    image = picture_image(figure, spec.figure.pixels)
    dpi = spec.figure.dpi or INCH * spec.figure.scale
    image.setDotsPerMeterX(round(dpi * _PER_METER))
    image.setDotsPerMeterY(round(dpi * _PER_METER))
    image.setText("Title", spec.figure.title or material.experiment.title)
    image.setText("Software", "gdviz")
    file.write(png_bytes(image, opaque=not spec.figure.transparent))


def write_svg(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a picture as SVG: lines as paths, words as text or shapes, the field as told."""
    from PySide6.QtSvg import QSvgGenerator

    experiment, drawn = material.experiment, spec.figure
    figure = Figure(experiment, material.trajectories, drawn)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(round(INCH))
    generator.setSize(QSize(*map(round, drawn.size)))
    generator.setViewBox(QRectF(0.0, 0.0, *drawn.size))
    generator.setTitle(drawn.title or experiment.title)
    generator.setDescription(f"loss = {experiment.landscape.expression}")
    kind = OutlinePainter if drawn.letters == "outlines" else QPainter
    with kind(generator) as painter:
        figure.paint(painter, QRectF(0.0, 0.0, *drawn.size))
    file.write(_dressed(bytes(buffer.data().data()), drawn.inches))


def _dressed(written: bytes, inches: tuple[float, float]) -> bytes:
    """Return an SVG with its exact size, and with letters to fall back on."""
    wide, high = (f"{INCH * side:.6g}".encode() for side in inches)
    size = b'width="%s" height="%s"' % (wide, high)
    sized = re.sub(rb'width="[\d.]+mm" height="[\d.]+mm"', size, written, count=1)
    return sized.replace(b'font-family="Inter,Gdviz Symbols"', b'font-family="%s"' % _FALLBACKS)
