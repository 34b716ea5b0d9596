"""Choosing a landscape: from the gallery, by a formula, from a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gdviz.experiment import Experiment
from gdviz.landscapes import Preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.ui.data_page import DataPage
from gdviz.ui.formula_page import FormulaPage
from gdviz.ui.gallery import Gallery
from gdviz.ui.segments import Segments
from gdviz.ui.tips import set_topic

__all__ = ["LandscapePanel"]

_PAGES = {
    "gallery": ("Gallery", "Landscapes that gdviz brings along, from simple bowls to hard ones."),
    "formula": ("Formula", "Type a landscape of your own, as in a maths book. (Ctrl+L)"),
    "data": ("Data", "Open a table, a measured surface or a recorded run. (Ctrl+O)"),
}
_TOPICS = {"gallery": "gallery", "formula": "formulas", "data": "tables"}


class LandscapePanel(QFrame):
    """Three ways to a landscape, and a sentence about the current one.

    Attributes
    ----------
    gallery : Gallery
    formula : FormulaPage
    data : DataPage
    """

    def __init__(self, presets: Sequence[Preset]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._presets = {preset.name: preset for preset in presets}
        self.gallery = Gallery(presets)
        self.formula = FormulaPage()
        self.data = DataPage()
        self.pages = Segments(_PAGES, "Ways to a landscape")
        self.pages.picked.connect(self.show_page)
        for key, topic in _TOPICS.items():
            set_topic(self.pages.button(key), topic)
        for page, topic in zip(
            (self.gallery, self.formula, self.data), _TOPICS.values(), strict=True
        ):
            set_topic(page, topic)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.gallery)
        for page in (self.formula, self.data):
            self._stack.addWidget(_scrollable(page))
        self._about = QLabel()
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        self._about.setContentsMargins(12, 0, 12, 0)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 8, 4, 8)
        layout.setSpacing(4)
        layout.addWidget(self.pages)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._about)
        self.show_page("gallery")

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Turn to a page."""
        self.pages.show_current(key)
        self._stack.setCurrentIndex(list(_PAGES).index(key))

    def type_formula(self) -> None:
        """Turn to the formula and let it be typed over."""
        self.show_page("formula")
        self.formula.formula.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.formula.formula.entry.selectAll()

    def set_experiment(self, experiment: Experiment, *, turn: bool) -> None:
        """Show what the current landscape is, without telling of it.

        Parameters
        ----------
        experiment : Experiment
        turn : bool
            Whether to turn to the page that it comes from.
        """
        landscape = experiment.landscape
        preset = self._presets.get(landscape.name)
        self.gallery.show_current(landscape.name)
        self.formula.set_landscape(landscape)
        self.data.set_experiment(experiment)
        about = landscape.remark
        if preset is not None:
            about = preset.summary
        elif not isinstance(landscape, FormulaLandscape | SampledLandscape):
            about = about or f"loss = {landscape.expression}"
        self._about.setText(about)
        self._about.setVisible(bool(about))
        if turn:
            self.show_page(_page_of(experiment, known=preset is not None))


def _page_of(experiment: Experiment, *, known: bool) -> str:
    if known:
        return "gallery"
    if isinstance(experiment.landscape, FormulaLandscape):
        return "formula"
    return "data"


def _scrollable(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
