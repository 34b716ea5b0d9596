"""Pictures as PDF, of one page that has the picture's size."""

from __future__ import annotations

import hashlib
import math
import re
from typing import BinaryIO

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QHashSeed,
    QIODevice,
    QMarginsF,
    QRectF,
    QSize,
    QUuid,
)
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from gdviz.export.figure import Figure
from gdviz.export.figure_spec import INCH
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.word_painter import OutlinePainter, PlainPainter

__all__ = ["write_pdf"]

_POINTS = 72.0
_FINEST_NEEDED = 300.0
"""Pixels per inch of what is an image, if no more are asked for."""


def write_pdf(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a picture as PDF: lines as paths, words as text or shapes, the field as told.

    The same picture has the same bytes: neither the time nor chance is in them.
    """
    QHashSeed.setDeterministicGlobalSeed()  # fonts are written in the order of a hash table
    try:
        file.write(_written(material, spec))
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _written(material: Material, spec: ExportSpec) -> bytes:
    drawn = spec.figure
    figure = Figure(material.experiment, material.trajectories, drawn)
    title = drawn.title or material.experiment.title
    wide, high = (_POINTS * side for side in drawn.inches)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_1_6)
    writer.setTitle(title)
    writer.setCreator("gdviz")
    writer.setDocumentXmpMetadata(QByteArray(_metadata(title)))
    writer.setDocumentId(QUuid())
    dpi = round(max(drawn.dpi or INCH * drawn.scale, _FINEST_NEEDED))
    writer.setResolution(dpi)
    # Qt's pages are whole points: it is drawn on the lower left of a larger one, then cut.
    page = QSize(math.ceil(wide), math.ceil(high))
    writer.setPageSize(QPageSize(page, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    unit = dpi / _POINTS
    target = QRectF(0.0, unit * (page.height() - high), unit * wide, unit * high)
    kind = OutlinePainter if drawn.letters == "outlines" else PlainPainter
    with kind(writer) as painter:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        figure.paint(painter, target)
    return _settled(bytes(buffer.data().data()), (wide, high))


def _metadata(title: str) -> bytes:
    from xml.sax.saxutils import escape

    return (
        "<?xpacket begin='\N{ZERO WIDTH NO-BREAK SPACE}' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/"><dc:title><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        "<xmp:CreatorTool>gdviz</xmp:CreatorTool></rdf:Description></rdf:RDF></x:xmpmeta>"
        "<?xpacket end='w'?>"
    ).encode()


def _settled(written: bytes, size: tuple[float, float]) -> bytes:
    """Return a document with its exact size, without dates and chance, at the same offsets."""
    box = f"[0 0 {size[0]:.4f} {size[1]:.4f}]".encode()

    def boxed(found: re.Match[bytes]) -> bytes:
        return found[1] + box.ljust(len(found[2]))

    settled = re.sub(rb"(/(?:Media|Trim)Box )(\[0 0 [\d.]+ [\d.]+\])", boxed, written)
    settled = re.sub(rb"/(?:Creation|Mod)Date \(D:[^)]*\)", lambda at: b" " * len(at[0]), settled)
    identity = hashlib.sha256(settled).hexdigest().encode()
    return re.sub(rb"(?<=<)[0-9a-f]{72}(?=>)", identity.ljust(72, b"0"), settled)
