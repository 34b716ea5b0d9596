"""From what is going to be written to what the preview shows of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

from gdviz.errors import UserError
from gdviz.experiment.swarm import thinned
from gdviz.export.effort import many_numbers
from gdviz.export.figure import Figure
from gdviz.export.formats import write
from gdviz.export.picture_image import picture_image
from gdviz.export.tidy import tidied
from gdviz.ui.array_preview import arrays_told
from gdviz.ui.preview import Preview
from gdviz.ui.previewed import Previewed

__all__ = ["PreviewMaker"]

_AFTER_MS = 150
_LETTERS = 6_000
_READ_AS_TEXT = ("csv", "json", "py", "gdviz")


class PreviewMaker(QObject):
    """Draws a preview a moment after the last change, while it is in view.

    Parameters
    ----------
    preview : Preview
    wanted : callable
        Returns a `Previewed`; raises a UserError where there is something wrong with it.
    """

    def __init__(self, preview: Preview, wanted: Callable[[], Previewed]) -> None:
        super().__init__(preview)
        self._preview = preview
        self._wanted = wanted
        self._drawn: tuple[object, Figure] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self.make)
        preview.installEventFilter(self)
        preview.resized.connect(self.make_soon)

    @property
    def waiting(self) -> bool:
        """Whether what is shown is about to be drawn again."""
        return self._soon.isActive()

    @Slot()
    def make_soon(self) -> None:
        """Draw the preview once nothing has changed for a moment."""
        if self._preview.isVisible():
            self._soon.start()

    @Slot()
    def make(self) -> None:
        """Draw the preview."""
        self._soon.stop()
        try:
            previewed = self._wanted()
            if previewed.format.picture:
                self._make_picture(previewed)
            else:
                self._make_text(previewed)
        except UserError as error:
            self._preview.show_words(f"{error}.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._soon.start()
        elif event.type() is QEvent.Type.Hide:
            self._soon.stop()
            with tidied():
                self._drawn = None
        return super().eventFilter(watched, event)

    def _make_picture(self, previewed: Previewed) -> None:
        material, spec = previewed.material, previewed.spec.figure
        # A finer picture has the same scene.
        film = previewed.format.kind == "film"
        scene = (
            # A film's legend lies where it is best at the end, and stays there.
            replace(spec, scale=1.0, dpi=None, step=None if film else spec.step),
            previewed.spec.film.first if film else None,
            material.experiment,
            tuple(made.records for made in material.trajectories),
        )
        if self._drawn is None or self._drawn[0] != scene:
            with tidied():
                self._drawn = None
                drawn = replace(spec, step=None) if film else spec
                figure = Figure(thinned(material.experiment), material.trajectories, drawn)
                if film:
                    figure.begin(previewed.spec.film.first)
                self._drawn = (scene, figure)
        if film:
            self._drawn[1].set_step(spec.step)
        pixels = self._preview.pixels_for(spec.pixels)
        self._preview.show_image(picture_image(self._drawn[1], pixels))

    def _make_text(self, previewed: Previewed) -> None:
        if _is_long(previewed):
            self._preview.show_words("A long file, which is not written before it is wanted.")
        elif previewed.format.ending in _READ_AS_TEXT:
            self._preview.show_text(_beginning(previewed))
        else:
            self._preview.show_text(arrays_told(previewed))


def _is_long(previewed: Previewed) -> bool:
    """Tell whether writing would keep the window waiting."""
    if previewed.format.kind != "data":
        return False
    data, chosen = previewed.spec.data, previewed.format
    if chosen.ending == "csv" and data.content == "runs":
        return False  # it comes line by line, and is cut off
    return many_numbers(chosen, previewed.material, data)


class _EnoughError(Exception):
    """The first lines are there."""


class _Beginning(io.BytesIO):
    """Takes so many bytes and no more."""

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]
        written = super().write(data)
        if self.tell() > _LETTERS:
            raise _EnoughError
        return written

    def close(self) -> None:
        """Stay open, for what has been written to be read."""


def _beginning(previewed: Previewed) -> str:
    """Return the first lines of the file."""
    file = _Beginning()
    with suppress(_EnoughError):
        write(previewed.format, previewed.material, previewed.spec, file)
    return file.getvalue()[:_LETTERS].decode("utf-8", errors="ignore")
