"""Numbers between bounds, with arrows."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox

from gdviz.ui.tips import explain

__all__ = ["SpinBox"]


class SpinBox(QDoubleSpinBox):
    """A number that is written as short as it can be.

    The wheel scrolls what the box stands in, unless the box has the focus.

    Parameters
    ----------
    name : str
        For screen readers.
    tip : str
    bounds : (float, float)
    decimals : int
        The most that are written.
    step : float
        What an arrow adds; 0 for a tenth of what is there.
    suffix : str
        A unit behind the number.
    """

    def __init__(
        self,
        name: str,
        tip: str,
        bounds: tuple[float, float],
        *,
        decimals: int = 0,
        step: float = 1.0,
        suffix: str = "",
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        explain(self, tip)
        self.setLocale(QLocale.c())
        self.setGroupSeparatorShown(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(True)
        self.setDecimals(decimals)
        self.setRange(*bounds)
        if step:
            self.setSingleStep(step)
        else:
            self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        if suffix:
            self.setSuffix(f" {suffix}")

    def show_value(self, value: float) -> None:
        """Show a number without telling of it."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def textFromValue(self, value: float) -> str:
        text = f"{value:.{self.decimals()}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, self._height))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(0, self._height))

    @property
    def _height(self) -> int:
        """As high as a combo box."""
        return self.fontMetrics().height() + 8

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
