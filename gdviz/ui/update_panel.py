"""One step of the selected run, taken apart."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QStackedWidget, QVBoxLayout, QWidget

from gdviz.engine import StepDetail
from gdviz.engine.update_notation import step_notation
from gdviz.ui.empty_state import NO_RUN, EmptyState
from gdviz.ui.equation_view import EquationView
from gdviz.ui.math_sheet import LineGroups
from gdviz.ui.part_legend import PartLegend
from gdviz.ui.text_scale import scaled
from gdviz.ui.tips import explain
from gdviz.ui.value_label import ValueLabel
from gdviz.views.theme import Theme

__all__ = ["UpdatePanel"]

_ARROWS = "Draw its parts as arrows"
_ARROWS_TIP = (
    "At the playhead, draw what the step is made of: what the gradient alone would do, what "
    "momentum or scaling makes of it, and the step itself. (A)"
)
_NOTHING = "No run is selected."
_BETWEEN, _LEAST = 4, 96
_LOW = 400
_NOTHING_PAGE, _DETAIL_PAGE = 0, 1


class UpdatePanel(QFrame):
    """The optimizer's equations with one step's numbers, and a legend of the step's parts.

    Attributes
    ----------
    arrows : QCheckBox
    equations : EquationView
    legend : PartLegend

    Signals
    -------
    arrows_picked(bool)
    came_into_view()
        What it shows is asked for from now on.
    """

    arrows_picked = Signal(bool)
    came_into_view = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._title = ValueLabel("Step", "Step 8 → 8", Qt.AlignmentFlag.AlignLeft)
        explain(self._title, "The step that is taken apart: from where the playhead stands.")
        self.arrows = QCheckBox(_ARROWS)
        explain(self.arrows, _ARROWS_TIP)
        self.arrows.clicked.connect(self.arrows_picked)
        self._nothing = EmptyState()
        self.equations = _Equations()
        self.legend = PartLegend()
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.equations, 1)
        column.addWidget(self.legend)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing)
        self._pages.addWidget(detail)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self.arrows)
        layout.addWidget(self._pages, 1)
        self.show_nothing(_NOTHING, NO_RUN)

    @property
    def title(self) -> str:
        """Which step is shown, such as ``"Step 7 → 8"``; empty where there is none."""
        return self._title.text()

    @property
    def told(self) -> str:
        """The sentence that stands in the place of a step; empty where there is one."""
        return self._nothing.words if self._pages.currentIndex() == _NOTHING_PAGE else ""

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.equations.set_theme(theme)
        self.legend.set_theme(theme)

    def show_detail(self, detail: StepDetail | None) -> None:
        """Show a step; None as if no run were selected."""
        if detail is None:
            self.show_nothing(_NOTHING, NO_RUN)
            return
        self._title.show_text(f"Step {detail.step:,} → {detail.step + 1:,}")
        self.equations.set_detail(detail)
        self.legend.show_parts(detail.parts)
        self._turn(_DETAIL_PAGE)

    def show_nothing(self, title: str, advice: str = "") -> None:
        """Say why there is no step, and perhaps what to do."""
        self._title.show_text("")
        self._nothing.say(title, advice)
        self._turn(_NOTHING_PAGE)

    def show_arrows(self, shown: bool) -> None:
        """Show whether arrows are drawn, without telling of it."""
        self.arrows.setChecked(shown)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_into_view.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.legend.set_low(event.size().height() < scaled(self, _LOW))

    def _turn(self, page: int) -> None:
        self._title.setVisible(page == _DETAIL_PAGE)
        self._pages.setCurrentIndex(page)


class _Equations(EquationView):
    def __init__(self) -> None:
        super().__init__(_BETWEEN)
        self.sheet.setAccessibleName("This step's equations")
        self.setMinimumHeight(_LEAST)
        self._detail: StepDetail | None = None

    def set_detail(self, detail: StepDetail) -> None:
        self._detail = detail
        self._request()

    def _groups(self) -> LineGroups:
        return () if self._detail is None else step_notation(self._detail)
