"""What a picture shows and how large it is, as a form."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from gdviz.export.figure_spec import FigureSpec
from gdviz.ui.tips import explain

__all__ = ["PictureFields"]

_ONE_VIEW = (("All views", "all"), ("Curve", "curve"), ("History", "history"))
_TWO_VIEWS = (_ONE_VIEW[0], ("Contour", "contour"), ("Surface", "surface"), *_ONE_VIEW[1:])
_SCALES = (1.0, 2.0, 3.0, 4.0)


class PictureFields:
    """Fields for a `FigureSpec`.

    Parameters
    ----------
    dimension : int
        The landscape's number of parameters, which decides what can be shown.
    theme : str
        The theme to begin with.
    step : int
        The step that the picture shows.
    """

    def __init__(self, dimension: int, theme: str, step: int) -> None:
        self._step = step
        self.view = QComboBox()
        self.view.setAccessibleName("Shows")
        explain(self.view, "Which views the picture shows; all of them stand at the same step.")
        for title, key in _TWO_VIEWS if dimension > 1 else _ONE_VIEW:
            self.view.addItem(title, key)
        self.width_box, self.height_box = _pixels("Width", 1200), _pixels("Height", 800)
        size_row = QHBoxLayout()
        size_row.setContentsMargins(0, 0, 0, 0)
        size_row.addWidget(self.width_box)
        size_row.addWidget(QLabel("×"))
        size_row.addWidget(self.height_box)
        size_row.addStretch(1)
        self.scale = QComboBox()
        for factor in _SCALES:
            self.scale.addItem(f"{factor:g}×", factor)
        self.scale.setCurrentIndex(1)
        self.scale.setAccessibleName("Scale")
        explain(self.scale, "Pixels per pixel: 2× is twice as fine, for print and sharp screens.")
        self.theme = QComboBox()
        self.theme.setAccessibleName("Theme")
        explain(self.theme, "The picture's colors: light for paper, dark for a dark slide.")
        for title in ("Light", "Dark"):
            self.theme.addItem(title, title.lower())
        self.theme.setCurrentIndex(self.theme.findData(theme))
        self.transparent = QCheckBox("No background")
        explain(self.transparent, "Leave the ground transparent, for slides of any color.")
        self._size = QWidget()
        self._size.setLayout(size_row)
        self._rows: tuple[tuple[str, QWidget], ...] = (
            ("Shows", self.view),
            ("Size in pixels", self._size),
            ("Scale", self.scale),
            ("Theme", self.theme),
            ("", self.transparent),
        )

    def add_to(self, form: QFormLayout) -> None:
        """Append the fields to a form."""
        for label, field in self._rows:
            form.addRow(label, field)

    def set_enabled(self, enabled: bool) -> None:
        """Let the fields be changed, or not."""
        for _label, field in self._rows:
            field.setEnabled(enabled)

    @property
    def spec(self) -> FigureSpec:
        """The picture as the fields describe it.

        Raises
        ------
        UserError
            If it is too large.
        """
        return FigureSpec(
            views=(self.view.currentData(),),
            size=(float(self.width_box.value()), float(self.height_box.value())),
            scale=self.scale.currentData(),
            theme=self.theme.currentData(),
            transparent=self.transparent.isChecked(),
            step=self._step,
        )


def _pixels(name: str, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setAccessibleName(name)
    explain(box, f"The picture's {name.lower()} before it is scaled. Letters keep their size.")
    box.setRange(100, 30_000)
    box.setSingleStep(100)
    box.setValue(value)
    return box
