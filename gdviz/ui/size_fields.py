"""How large a picture is, as a form."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gdviz.export.figure_sizes import PRESETS, PRINT_DPI, UNITS
from gdviz.export.figure_spec import INCH
from gdviz.ui.choice_box import ChoiceBox
from gdviz.ui.export_wish import SizeWish
from gdviz.ui.spin_box import SpinBox

__all__ = ["SizeFields", "row_of"]

_OWN = "own"
_BOUNDS = {"px": (16.0, 60_000.0), "mm": (4.0, 5_000.0), "in": (0.2, 200.0)}
_DECIMALS = {"px": 0, "mm": 1, "in": 2}
_UNIT_TIPS = {
    "px": "Pixels of the file, for screens and the web.",
    "mm": "Millimeters on paper; the resolution says how fine they are.",
    "in": "Inches on paper; the resolution says how fine they are.",
}


class SizeFields(QObject):
    """Fields for a `SizeWish`.

    Signals
    -------
    changed()
        By the user's hand.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preset = ChoiceBox("Size", "A size that pictures are often wanted in.")
        for key, known in PRESETS.items():
            size = f"{known.width:g} × {known.height:g} {known.unit}"
            self.preset.add_choice(f"{known.title}  ({size})", key, f"A picture of {size} in all.")
        self.preset.add_choice(
            "A size of your own", _OWN, "Width, height and letters as you set them below."
        )
        self.width = _length("Width")
        self.height = _length("Height")
        self.unit = ChoiceBox("Unit", "In what width and height are told: pixels or paper.")
        for unit in UNITS:
            self.unit.add_choice(unit, unit, _UNIT_TIPS[unit])
        self.unit.setMinimumContentsLength(3)
        self.zoom = SpinBox(
            "Lines and letters",
            "How large lines and letters are in proportion to the picture: more for slides and "
            "posters, which are read from afar.",
            (20.0, 1000.0),
            step=25.0,
            suffix="%",
        )
        self.dpi = SpinBox(
            "Resolution",
            "Dots per inch of paper: 300 for print, 600 for fine lines. A size in pixels needs "
            "none.",
            (10.0, 2400.0),
            step=50.0,
            suffix="dpi",
        )
        measures = row_of(self.width, QLabel("×"), self.height, self.unit)
        fineness = row_of(self.zoom, QLabel("at"), self.dpi)
        self.rows: tuple[tuple[str, QWidget], ...] = (
            ("Size", self.preset),
            ("", measures),
            ("Letters", fineness),
        )
        self._wish = SizeWish.named("slide")
        self._inches = (1.0, 1.0)
        self.preset.activated.connect(self._on_preset)
        self.unit.activated.connect(self._on_unit)
        for box in (self.width, self.height, self.zoom, self.dpi):
            box.valueChanged.connect(self._on_edited)

    @property
    def wish(self) -> SizeWish:
        """The size as the fields describe it."""
        return self._wish

    def show_wish(self, wish: SizeWish) -> None:
        """Show a size without telling of it."""
        self._take(wish)
        self.preset.show_choice(wish.preset or _OWN)
        self.unit.show_choice(wish.unit)
        for box, side in ((self.width, wish.width), (self.height, wish.height)):
            box.blockSignals(True)
            box.setDecimals(_DECIMALS[wish.unit])
            box.setRange(*_BOUNDS[wish.unit])
            box.setSingleStep({"px": 10.0, "mm": 1.0, "in": 0.1}[wish.unit])
            box.blockSignals(False)
            box.show_value(side)
        self.zoom.show_value(100.0 * wish.zoom)
        on_paper = wish.unit != "px"
        self.dpi.show_value(wish.dpi or (PRINT_DPI if on_paper else INCH))
        self.dpi.setEnabled(on_paper)

    @Slot()
    def _on_preset(self) -> None:
        key = self.preset.currentData()
        own = replace(self._wish, preset="")
        self.show_wish(own if key == _OWN else SizeWish.named(key))
        self.changed.emit()

    @Slot()
    def _on_unit(self) -> None:
        unit, before = self.unit.currentData(), self._wish
        if unit == before.unit:
            return
        least, digits = _BOUNDS[unit][0], _DECIMALS[unit]
        inches = self._inches
        width, height = (max(round(side / UNITS[unit], digits), least) for side in inches)
        self.show_wish(SizeWish("", width, height, unit, None, before.zoom))
        self._inches = inches  # so that units can be tried without wearing the size down
        self.changed.emit()

    @Slot()
    def _on_edited(self) -> None:
        unit = self.unit.currentData()
        dpi = self.dpi.value() if unit != "px" else None
        if dpi == PRINT_DPI:
            dpi = None
        width, height, zoom = self.width.value(), self.height.value(), self.zoom.value() / 100.0
        self._take(SizeWish("", width, height, unit, dpi, zoom))
        self.preset.show_choice(_OWN)
        self.changed.emit()

    def _take(self, wish: SizeWish) -> None:
        self._wish = wish
        self._inches = (wish.width * UNITS[wish.unit], wish.height * UNITS[wish.unit])


def row_of(*parts: QWidget) -> QWidget:
    """Return widgets side by side, which have the room that they need."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return row


def _length(name: str) -> SpinBox:
    tip = f"The picture's {name.lower()}, in the unit beside it."
    return SpinBox(name, tip, _BOUNDS["px"])
