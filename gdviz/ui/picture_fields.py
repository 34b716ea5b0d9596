"""What a picture shows and how, as a form."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget

from gdviz.experiment.look import Look
from gdviz.export.figure_spec import FigureSpec
from gdviz.landscapes import Landscape
from gdviz.ui.export_wish import SizeWish, offered_views
from gdviz.ui.flow_layout import FlowLayout
from gdviz.ui.segments import Segments
from gdviz.ui.size_fields import SizeFields, row_of
from gdviz.ui.tips import explain
from gdviz.ui.view_picker import ViewPicker

__all__ = ["PictureFields"]

_THEMES = {
    "light": ("Light", "Dark words on a light ground, for paper."),
    "dark": ("Dark", "Light words on a dark ground, for a dark slide."),
}
_LETTERS = {
    "text": ("Text", "Words can be searched and edited; whoever opens it needs the font."),
    "outlines": ("Outlines", "Letters are shapes that look the same everywhere."),
}
_FIELDS = {
    "image": ("Image", "The colors of losses are one smooth image within the lines."),
    "contours": ("Contours", "The colors of losses are filled shapes: sharp at every size."),
}


class PictureFields(QObject):
    """Fields for a `FigureSpec`.

    Parameters
    ----------
    landscape : Landscape
        Which decides what can be shown.
    parent : QObject, optional

    Signals
    -------
    changed()
        By the user's hand.
    """

    changed = Signal()

    def __init__(self, landscape: Landscape, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.views = ViewPicker(offered_views(landscape))
        self.size = SizeFields(self)
        self.theme = Segments(_THEMES, "Theme")
        self.transparent = _check("No background", "Leave the ground transparent, for any slide.")
        self.heading = _words("Title", "Words above the views; none if it is left empty.")
        self.caption = _words("Caption", "Words beneath the views; none if it is left empty.")
        self.legend = _check("Legend", "Name the runs where there are two to a dozen of them.")
        self.colorbar = _check("Color bar", "Tell which color is which loss, beside the views.")
        self.labels = _check("Axis names", "Name the axes by what stands along them.")
        self.letters = Segments(_LETTERS, "Words as")
        self.field = Segments(_FIELDS, "Colors as")
        parts = QWidget()
        flow = FlowLayout(gap=16)
        parts.setLayout(flow)
        for box in (self.legend, self.colorbar, self.labels):
            flow.addWidget(box)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        parts.setSizePolicy(policy)
        self.rows: tuple[tuple[str, QWidget], ...] = (
            ("Shows", self.views),
            *self.size.rows,
            ("Theme", row_of(self.theme, self.transparent)),
            ("Title", self.heading),
            ("Caption", self.caption),
            ("With", parts),
        )
        self.vector_rows: tuple[tuple[str, QWidget], ...] = (
            ("Words as", row_of(self.letters)),
            ("Colors as", row_of(self.field)),
        )
        for entry in (self.heading, self.caption):
            entry.textEdited.connect(self._tell)
        for segments in (self.theme, self.letters, self.field):
            segments.picked.connect(self._tell)
        for box in (self.transparent, self.legend, self.colorbar, self.labels):
            box.clicked.connect(self._tell)
        self.views.changed.connect(self.changed)
        self.size.changed.connect(self.changed)

    def show_spec(self, spec: FigureSpec, size: SizeWish) -> None:
        """Show a picture's content and size, without telling of it."""
        self.views.show_views(spec.views)
        self.size.show_wish(size)
        self.theme.show_current(spec.theme)
        self.transparent.setChecked(spec.transparent)
        self.heading.setText(spec.title)
        self.caption.setText(spec.caption)
        self.legend.setChecked(spec.legend)
        self.colorbar.setChecked(spec.colorbar)
        self.labels.setChecked(spec.labels)
        self.letters.show_current(spec.letters)
        self.field.show_current(spec.field)

    def set_transparency(self, *, possible: bool) -> None:
        """Let the background be left out, or not: some formats can't be seen through."""
        self.transparent.setEnabled(possible)

    def spec(self, step: int | None, look: Look) -> FigureSpec:
        """Return the picture as the fields describe it.

        Parameters
        ----------
        step : int or None
        look : Look

        Raises
        ------
        UserError
            If it is too large or too small.
        """
        size, scale, dpi = self.size.wish.sizing
        return FigureSpec(
            views=self.views.views,
            size=size,
            scale=scale,
            dpi=dpi,
            theme=self.theme.current,
            transparent=self.transparent.isChecked() and self.transparent.isEnabled(),
            step=step,
            look=look,
            title=self.heading.text().strip(),
            caption=self.caption.text().strip(),
            legend=self.legend.isChecked(),
            colorbar=self.colorbar.isChecked(),
            labels=self.labels.isChecked(),
            letters=self.letters.current,
            field=self.field.current,
        )

    @Slot()
    def _tell(self, *_: object) -> None:
        self.changed.emit()


def _check(text: str, tip: str) -> QCheckBox:
    box = QCheckBox(text)
    explain(box, tip)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box


def _words(name: str, tip: str) -> QLineEdit:
    entry = QLineEdit()
    entry.setAccessibleName(name)
    entry.setPlaceholderText("none")
    explain(entry, tip)
    return entry
