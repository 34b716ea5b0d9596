"""What the plots have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF, Signal

from gdviz.landscapes import Interval
from gdviz.views.notice_item import NoticeItem
from gdviz.views.number_axis import NumberAxis
from gdviz.views.picture_axis import PictureAxis
from gdviz.views.plot_box import PlotBox
from gdviz.views.theme import Theme
from gdviz.views.trace import RecordOf

if TYPE_CHECKING:
    from gdviz.engine.sensitivity import Sensitivity

__all__ = ["PlotView"]

_NARROWEST, _WIDEST = 1e-6, 1e5


class PlotView(QObject):
    """A pyqtgraph plot with our axes and mouse, on the screen or off it.

    Parameters
    ----------
    interactive : bool
        Whether it takes mouse events and keeps pixels, as on a screen; otherwise it
        paints shapes only, as pictures want it.

    Attributes
    ----------
    plot : pyqtgraph.PlotItem
        What is put into a scene.

    Signals
    -------
    record_hovered(object)
        The pointer is at this record, (run, step), the run by its place in the list; or no
        longer at any: None. Told when it changes.
    """

    record_hovered = Signal(object)

    def __init__(self, *, interactive: bool) -> None:
        super().__init__()
        self.box = PlotBox(interactive=interactive)
        self._axes = (NumberAxis("left"), NumberAxis("bottom"))
        left, bottom = self._axes
        self.plot = pg.PlotItem(
            viewBox=self.box, axisItems={"left": left, "bottom": bottom}, enableMenu=False
        )
        self.plot.hideButtons()
        self.plot.layout.setContentsMargins(4, 10, 14, 4)
        self.box.disableAutoRange()
        self._notice = NoticeItem(self.box)
        self._labels: tuple[str, str] | None = None
        self._told: RecordOf | None = None

    def tell_record(self, record: RecordOf | None) -> None:
        """Tell at which record the pointer is, if it has not been told yet."""
        if record != self._told:
            self._told = record
            self.record_hovered.emit(record)

    def set_ghost(self, record: RecordOf | None) -> None:
        """Mark a run's point at a step, or none: (run, step), the run by its place.

        A view that shows no such points does nothing.
        """

    def set_sensitivity(self, found: Sensitivity | None) -> None:
        """Draw what was measured around a point, as far as overlays ask for it; or nothing.

        A view that shows no such points does nothing.
        """

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        for axis in self._axes:
            axis.set_theme(theme)
        self._notice.set_theme(theme)

    @property
    def notice(self) -> str:
        """What is said in the place of what there is none of; empty for nothing."""
        return self._notice.words

    def set_notice(self, title: str, advice: str = "", *, on_plate: bool = False) -> None:
        """Say what there is none of, and what to do about it; an empty title for nothing.

        Parameters
        ----------
        title, advice : str
        on_plate : bool
            Whether it stands on a plate at the top rather than in the middle of an empty plot.
        """
        self._notice.say(title, advice, on_plate=on_plate)

    def set_limits(self, x: Interval, y: Interval | None = None) -> None:
        """Bound zooming and panning to where floats tell the pixels apart.

        Parameters
        ----------
        x, y : (float, float)
            What is shown at first; y is not bounded if left out.
        """
        for letter, interval in (("x", x), ("y", y)):
            if interval is not None:
                low, high = interval
                width, upper = high - low, letter.upper()
                self.box.setLimits(
                    **{
                        f"min{upper}Range": _NARROWEST * width,
                        f"max{upper}Range": _WIDEST * width,
                        f"{letter}Min": low - _WIDEST * width,
                        f"{letter}Max": high + _WIDEST * width,
                    }
                )

    def set_labels(self, *, left: str, bottom: str) -> None:
        """Name the axes."""
        if (left, bottom) != self._labels:
            self._labels = (left, bottom)
            self.plot.setLabel("left", left)
            self.plot.setLabel("bottom", bottom)

    def set_pictured(self, cell: QRectF, *, named: bool, numbered: bool) -> None:
        """Draw axes as pictures want them: within a cell, with or without names and numbers."""
        self.plot.layout.setContentsMargins(8, 10, 14, 8)
        for axis in self._axes:
            axis.pictured = PictureAxis(axis, cell)
            axis.showLabel(False)
            axis.setVisible(numbered)
            axis.pictured.set_named(named)

    @property
    def wanted_width(self) -> float:
        """How much room its numbers and its name take on the left; in pictures."""
        left = self._axes[0]
        return float(left.width()) if left.pictured is None else left.pictured.wanted_width()

    def set_left_width(self, width: float) -> None:
        """Give numbers and name on the left so much room."""
        self._axes[0].setWidth(width)
        self.plot.layout.activate()
