"""How sharp or flat it is around a point: words, numbers, and the loss along two directions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gdviz.engine.sensitivity import CAUTION, Sensitivity, explained
from gdviz.engine.sensitivity.words import point_words
from gdviz.errors import UserError
from gdviz.numbers import format_number
from gdviz.ui.badge import Badge, Severity
from gdviz.ui.empty_state import NO_RUN, EmptyState
from gdviz.ui.number_field import NumberField, SliderScale
from gdviz.ui.profile_chart import ProfileChart
from gdviz.ui.sensitivity_table import SensitivityTable
from gdviz.ui.steady_text import SteadyText
from gdviz.ui.tips import explain
from gdviz.views.theme import LIGHT, Theme

__all__ = ["SensitivityPanel"]

_NOTHING = "No point to look around yet."
_RADIUS_TIP = (
    "ε, how far around the point the loss is looked at, in percent of the landscape's width "
    "along each parameter."
)
_KEEP_TIP = (
    "Keep this point's numbers, to compare another one with it: the end of another run, a sharp "
    "minimum with a flat one."
)
_CLEAR_TIP = "Forget the point that is kept."
_BALL_TIP = "Draw the ball around the current point, and where in it the loss is highest. (Shift+E)"
_TRUST_TIP = (
    "Draw where the quadratic model about the current point is right to a tenth of what it "
    "predicts. (Shift+Q)"
)
_LOW, _HIGH, _MOST = 0.1, 50.0, 100.0
_SEVERITIES: dict[str, Severity] = {
    "minimum": "good",
    "slope": "neutral",
    "saddle": "attention",
    "maximum": "attention",
    "flat": "attention",
    "kink": "attention",
    "undefined": "bad",
}


class SensitivityPanel(QFrame):
    """What was found around a point, how far one looks, and what of it is drawn.

    Attributes
    ----------
    badge : Badge
        The kind of point.
    table : SensitivityTable
    chart : ProfileChart
    radius : NumberField
        In percent.
    keep, clear : QPushButton
    overlays : dict of str to QCheckBox
        By the names of the overlays that they switch.

    Signals
    -------
    radius_edited(float)
        As a share of the width.
    settled()
        The radius was let go.
    keep_wanted(), clear_wanted()
    overlay_picked(str, bool)
    """

    radius_edited = Signal(float)
    settled = Signal()
    keep_wanted = Signal()
    clear_wanted = Signal()
    overlay_picked = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._nothing = EmptyState(_NOTHING, NO_RUN)
        self.badge = Badge(LIGHT)
        self._title, self._words = SteadyText("muted"), SteadyText()
        self._kept_words = SteadyText("muted")
        self._caution = SteadyText("muted")
        self.table, self.chart = SensitivityTable(), ProfileChart()
        scale = SliderScale(_LOW, _HIGH, logarithmic=True)
        self.radius = NumberField("Radius ε, % of the width", _RADIUS_TIP, _check_radius, scale)
        self.radius.edited.connect(lambda percent: self.radius_edited.emit(percent / 100.0))
        self.radius.settled.connect(self.settled)
        self.keep, self.clear = QPushButton("Keep this point"), QPushButton("Forget it")
        explain(self.keep, _KEEP_TIP)
        explain(self.clear, _CLEAR_TIP)
        self.keep.clicked.connect(self.keep_wanted)
        self.clear.clicked.connect(self.clear_wanted)
        self.overlays = {
            "ball": QCheckBox("Draw the ball"),
            "trust_region": QCheckBox("Region of trust"),
        }
        for name, tip in (("ball", _BALL_TIP), ("trust_region", _TRUST_TIP)):
            box = self.overlays[name]
            explain(box, tip)
            box.clicked.connect(lambda on, overlay=name: self.overlay_picked.emit(overlay, on))
        self._lay_out()
        self.show_found(None, None)

    @property
    def words(self) -> str:
        """What is said of the point, or that there is none."""
        return self._words.text() if self._nothing.isHidden() else self._nothing.words

    @property
    def title(self) -> str:
        """Which point it is."""
        return self._title.text()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.badge.set_theme(theme)
        self.chart.set_theme(theme)

    def show_radius(self, share: float) -> None:
        """Show how far one looks, as a share of the width."""
        self.radius.set_value(float(f"{100.0 * share:.10g}"))

    def show_overlays(self, names: frozenset[str]) -> None:
        """Show which overlays are drawn, without telling of it."""
        for name, box in self.overlays.items():
            box.setChecked(name in names)

    def show_found(
        self,
        found: Sensitivity | None,
        kept: Sensitivity | None,
        *,
        place: str = "",
        measured: bool = False,
    ) -> None:
        """Show what was found.

        Parameters
        ----------
        found : Sensitivity or None
            None where there is no point.
        kept : Sensitivity or None
            What is compared with it.
        place : str
            What the point is, such as ``"At step 12"``.
        measured : bool
            Whether the landscape was measured on a network.
        """
        self._nothing.setVisible(found is None)
        self._area.setVisible(found is not None)
        self.keep.setEnabled(found is not None)
        self.clear.setEnabled(kept is not None)
        self.table.show_found(found, kept)
        self.chart.show_found(found, kept)
        if found is None:
            return
        self.badge.show_word(found.kind, _SEVERITIES[found.kind])
        self._title.show_text(f"{place}: {point_words(found)}" if place else point_words(found))
        self._words.show_text(" ".join(explained(found)))
        self._kept_words.show_text("" if kept is None else f"Kept: {point_words(kept)}")
        self._kept_words.setVisible(kept is not None)
        self._caution.show_text(CAUTION if measured else "")
        self._caution.setVisible(measured)

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 4)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.addWidget(self.badge)
        first.addStretch(1)
        column.addLayout(first)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.keep, self.clear):
            buttons.addWidget(button, 1)
        for part in (self._title, self._words, self.chart):
            column.addWidget(part)
        column.addLayout(buttons)
        for beneath in (self._kept_words, self.table, self._caution):
            column.addWidget(beneath)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 4, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(self.radius)
        boxes = QHBoxLayout()
        boxes.setSpacing(12)
        for box in self.overlays.values():
            boxes.addWidget(box)
        boxes.addStretch(1)
        foot.addLayout(boxes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(area, 1)
        layout.addLayout(foot)

    def focus_chain(self) -> list[QWidget]:
        """Return what takes the focus, in the order of the Tab key."""
        return [*self.radius.focus_chain(), self.keep, self.clear, *self.overlays.values()]


def _check_radius(percent: float) -> None:
    if not 0.0 < percent <= _MOST:
        got = format_number(percent)
        raise UserError(f"the radius must be greater than 0 and at most 100 %, got {got}")
