"""Everything that can be said of a file, of which the fields that concern its format are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QWidget

from gdviz.experiment.look import Look
from gdviz.experiment.overlays import PICTURED
from gdviz.export.formats import Format
from gdviz.export.material import ExportSpec, Material
from gdviz.export.order.fitting import holds_field
from gdviz.ui.data_fields import DataFields
from gdviz.ui.export_wish import ExportWish, SizeWish, last_step
from gdviz.ui.film_fields import FilmFields
from gdviz.ui.picture_fields import PictureFields

__all__ = ["ExportForm"]

_BESIDE_BAR = 6
_VECTORS = ("svg", "pdf")
_WITHOUT_ALPHA = ("mp4",)
_WITHOUT_LOOP = ("mp4",)


class ExportForm(QScrollArea):
    """Fields for an `ExportSpec`; it scrolls where there is no room for all of them.

    Parameters
    ----------
    material : Material
        Which decides what can be shown.

    Signals
    -------
    changed()
        By the user's hand.
    """

    changed = Signal()

    def __init__(self, material: Material) -> None:
        super().__init__()
        landscape = material.experiment.landscape
        self.picture = PictureFields(landscape, self)
        self.film = FilmFields(last_step(material), self)
        self.data = DataFields(landscape.dimension, self)
        self._labels: list[QLabel] = []
        self._rows = QFormLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(8)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        for rows in (
            self.picture.rows,
            self.picture.vector_rows,
            self.film.rows,
            self.data.rows,
        ):
            self._add(rows)
        inner = QWidget()
        inner.setLayout(self._rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(self.keep_width)
        self.keep_width()
        for fields in (self.picture, self.film, self.data):
            fields.changed.connect(self.changed)

    @property
    def size_wish(self) -> SizeWish:
        """How large a picture is."""
        return self.picture.size.wish

    def width_in(self, room: int) -> int:
        """Return how wide it should be in a dialog's room: all views in one line, if they fit."""
        inner = self.widget()
        assert inner is not None
        margin = self._rows.contentsMargins().right()
        least = inner.minimumSizeHint().width() - margin
        label = max(label.minimumWidth() for label in self._labels)
        wanted = label + self._rows.horizontalSpacing() + self.picture.views.sizeHint().width()
        return max(least, min(wanted, room)) + self.bar_width

    @property
    def bar_width(self) -> int:
        """The room that is kept for the scroll bar, whether it is there or not."""
        return self.verticalScrollBar().sizeHint().width() + _BESIDE_BAR

    @Slot()
    def keep_width(self, *_: object) -> None:
        """Leave the fields as wide as they are when the scroll bar comes or goes."""
        scrolls = self.verticalScrollBar().maximum() > 0
        self._rows.setContentsMargins(0, 0, _BESIDE_BAR if scrolls else self.bar_width, 0)

    def labels(self) -> list[QLabel]:
        """Return the words before the fields."""
        return self._labels

    def show_wish(self, wish: ExportWish) -> None:
        """Show what is asked for, without telling of it."""
        self.picture.show_spec(wish.spec.figure, wish.size)
        self.film.show_spec(wish.spec.film)
        self.data.show_spec(wish.spec.data)

    def show_format(self, chosen: Format) -> None:
        """Show the fields that concern a format."""
        for rows, shown in (
            (self.picture.rows, chosen.picture),
            (self.picture.vector_rows, chosen.ending in _VECTORS),
            (self.film.rows, chosen.kind == "film"),
            (self.data.rows, chosen.kind == "data"),
        ):
            for _name, field in rows:
                self._rows.setRowVisible(field, shown)
        self.picture.set_transparency(possible=chosen.ending not in _WITHOUT_ALPHA)
        self.data.set_runs(possible=not holds_field(None, chosen))
        self.film.set_loops(possible=chosen.ending not in _WITHOUT_LOOP)

    def spec(self, material: Material) -> ExportSpec:
        """Return how a file is written.

        Raises
        ------
        UserError
            If there is something wrong with it.
        """
        document = material.document
        figure = self.picture.spec(document.step, _pictured(document.look))
        return ExportSpec(figure, self.film.spec, self.data.spec)

    def _add(self, rows: Sequence[tuple[str, QWidget]]) -> None:
        for name, field in rows:
            label = QLabel(name)
            label.setBuddy(field)
            self._labels.append(label)
            self._rows.addRow(label, field)


def _pictured(look: Look) -> Look:
    """Return a look without what is explained in the window only."""
    return replace(look, overlays=tuple(name for name in look.overlays if name in PICTURED))
