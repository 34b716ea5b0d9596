"""A number to drag or to type, with its mistake told beneath it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSlider, QWidget

from gdviz.errors import UserError
from gdviz.ui.tips import explain, wrapped

__all__ = ["NumberField", "SliderScale"]

_TICKS = 1000


class SliderScale:
    """How a slider's positions stand for values.

    Parameters
    ----------
    low, high : float
        The values at its ends.
    logarithmic : bool
        Whether equal distances are equal factors.
    whole : bool
        Whether it stops at whole numbers only.
    """

    def __init__(self, low: float, high: float, *, logarithmic: bool, whole: bool = False) -> None:
        self.low, self.high, self.logarithmic, self.whole = low, high, logarithmic, whole

    def value(self, position: int) -> float:
        """Return the value at a position: a whole number, or three significant digits."""
        share = position / _TICKS
        if self.logarithmic:
            exact = self.low * (self.high / self.low) ** share
        else:
            exact = self.low + (self.high - self.low) * share
        rounded = float(f"{exact:.3g}")
        return float(round(rounded)) if self.whole else rounded

    def position(self, value: float) -> int:
        """Return the position nearest to a value."""
        if not math.isfinite(value) or value <= self.low:
            return 0
        if value >= self.high:
            return _TICKS
        if self.logarithmic:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return round(share * _TICKS)


class NumberField(QWidget):
    """A label, an exact entry, and a slider unless there is no scale for one.

    Signals
    -------
    edited(float)
        A good value was typed, or the slider was moved.
    settled()
        The slider was let go, or a value was typed.
    """

    edited = Signal(float)
    settled = Signal()

    def __init__(
        self,
        label: str,
        tip: str,
        check: Callable[[float], object],
        scale: SliderScale | None = None,
    ) -> None:
        super().__init__()
        self._check = check
        self._scale = scale
        self._value = math.nan
        self._label = QLabel(label)
        self.entry = QLineEdit()
        self.entry.setAccessibleName(label)
        explain(self.entry, tip)
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.entry.editingFinished.connect(self._on_typed)
        self._label.setBuddy(self.entry)
        self.error = QLabel()
        self.error.setObjectName("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.setToolTip(wrapped(tip))
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(4)
        layout.addWidget(self._label, 0, 0)
        layout.addWidget(self.entry, 0, 1)
        layout.setColumnStretch(0, 1)
        layout.setColumnStretch(1, 1)
        self.slider: QSlider | None = None
        if scale is not None:
            self.slider = QSlider(Qt.Orientation.Horizontal)
            self.slider.setRange(0, _TICKS)
            self.slider.setPageStep(_TICKS // 20)
            self.slider.setAccessibleName(label)
            explain(self.slider, tip)
            self.slider.valueChanged.connect(self._on_slid)
            self.slider.sliderReleased.connect(self.settled)
            layout.addWidget(self.slider, 1, 0, 1, 2)
        layout.addWidget(self.error, 2, 0, 1, 2)

    @property
    def value(self) -> float:
        """The last good value."""
        return self._value

    def focus_chain(self) -> list[QWidget]:
        """Return what takes the focus, in the order of the Tab key."""
        return [self.entry] if self.slider is None else [self.entry, self.slider]

    def set_value(self, value: float) -> None:
        """Show a value without telling of it; what is being typed stays."""
        if value == self._value and not self.entry.hasFocus():
            self._show_text()
        if value != self._value:
            self._value = value
            self._show_text()
        if self.slider is not None and self._scale is not None and not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setValue(self._scale.position(value))
            self.slider.blockSignals(False)

    def show_error(self, message: str) -> None:
        """Tell a mistake beneath the field, or none."""
        if message == self.error.text():
            return
        self.error.setText(message)
        self.error.setVisible(bool(message))
        self.entry.setProperty("invalid", bool(message))
        self.entry.style().unpolish(self.entry)
        self.entry.style().polish(self.entry)

    def _show_text(self) -> None:
        self.entry.setText(_written(self._value))
        self.entry.setCursorPosition(0)
        self.show_error("")

    def _on_typed(self) -> None:
        text = self.entry.text().strip()
        if text == _written(self._value):
            self.show_error("")
            return
        try:
            value = _number(text)
            self._check(value)
        except UserError as error:
            self.show_error(str(error))
            return
        self._value = value
        self.show_error("")
        self.settled.emit()  # what was dragged before is another change
        self.edited.emit(value)
        self.settled.emit()

    def _on_slid(self, position: int) -> None:
        assert self._scale is not None
        value = self._scale.value(position)
        self._value = value
        self._show_text()
        self.edited.emit(value)


def _written(value: float) -> str:
    """Return a value for typing on: short, and exact enough to be taken back."""
    return f"{value:.10g}".replace("-", "\N{MINUS SIGN}")


def _number(text: str) -> float:
    """Return what was typed as a number, with a decimal point or comma."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace("_", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        what = f"'{text}' is not a number" if text else "a number is missing"
        raise UserError(f"{what}; write one such as 0.1 or 1e-3") from None
