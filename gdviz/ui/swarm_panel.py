"""A swarm: where it begins, how it is drawn, the brush, and what has become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gdviz.engine.swarm import MOST_DOTS, SwarmCounts
from gdviz.engine.verdict import Evidence
from gdviz.errors import UserError
from gdviz.experiment.whole_plane import MOST_SWARM, SwarmSpec
from gdviz.ui.choice_box import ChoiceBox, labeled
from gdviz.ui.evidence_table import EvidenceTable
from gdviz.ui.number_field import NumberField, SliderScale
from gdviz.ui.segments import Segments
from gdviz.ui.tips import explain, set_topic

__all__ = ["SwarmPanel"]

_FEWEST = 100
_SHOWN_TIP = (
    "Let very many starts descend at once, with the current run's optimizer. The playhead is "
    "theirs, too."
)
_KINDS = {
    "grid": ("Grid", "Starts at the centers of equal cells: every part of the view has as many."),
    "random": ("Random", "Starts spread evenly by chance; the same seed gives the same ones."),
    "brush": ("Brush", "Starts where you brush: drag over the landscape with the brush on."),
}
_DRAWN_TIP = "Each run as a dot, or how many runs there are at each pixel, as color."
_DRAWN = {
    "auto": ("As suits", f"Dots up to {MOST_DOTS:,} runs, density above that."),
    "points": ("Points", "A dot for each run; of very many, one hides the other."),
    "density": (
        "Density",
        "How many runs there are at each pixel, on a logarithmic scale: from violet to white.",
    ),
}
_COUNT_TIP = (
    f"How many runs descend at once, up to {MOST_SWARM:,}. A grid has about as many: whole rows "
    "and columns."
)
_SEED_TIP = "Where the random numbers begin: the same seed gives the same starts again."
_AGAIN_TIP = "Take other random starts: the next seed."
_VIEW_TIP = "Spread the starts over the part of the landscape that is in view now."
_WHOLE_TIP = "Spread the starts over the part of the landscape that it began with."
_BRUSH_TIP = (
    "While this is on, dragging over the landscape leaves starts; Esc ends it. One drag is one "
    "step to undo."
)
_RADIUS_TIP = "How far the brush reaches, in pixels: the circle about the pointer."
_DENSITY_TIP = "How many starts the brush leaves each time it has moved on by half its radius."
_CLEAR_TIP = "Take all brushed starts away; this can be undone."
_ONE = "A swarm is drawn over two parameters; this landscape has one."
_NOTHING = "Nothing is brushed yet. Turn the brush on and drag over the landscape."


class SwarmPanel(QFrame):
    """Fields for the swarm; each tells a whole new spec.

    Attributes
    ----------
    shown : QCheckBox
    kind : Segments
    count, seed, radius, density : NumberField
    again, over_view, over_whole, clear : QPushButton
    brush : QToolButton
    drawn : ChoiceBox
    counts : EvidenceTable

    Signals
    -------
    edited(str, SwarmSpec)
        What changed, in words, and the spec as it would be.
    settled()
        The end of a drag, or an edit that is one of its own.
    spread(bool)
        Starts are to lie in what is in view; or not: all over the landscape.
    brush_picked(bool)
        The brush was turned on or off.
    brush_changed()
        Its radius is another.
    """

    edited = Signal(str, object)
    settled = Signal()
    spread = Signal(bool)
    brush_picked = Signal(bool)
    brush_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        set_topic(self, "swarm")
        self._spec = SwarmSpec()
        self.shown = QCheckBox("Show the swarm")
        explain(self.shown, _SHOWN_TIP, "swarm")
        self.shown.clicked.connect(self._on_shown)
        self.kind = Segments(_KINDS, "Where the swarm starts")
        self.kind.picked.connect(self._on_kind)
        scale = SliderScale(_FEWEST, MOST_SWARM, logarithmic=True, whole=True)
        self.count = NumberField("Runs", _COUNT_TIP, _whole("runs", 1, MOST_SWARM), scale)
        self.count.edited.connect(lambda value: self._tell("Change swarm", count=int(value)))
        self.seed = NumberField("Seed", _SEED_TIP, _whole("seed", 0, 10**15))
        self.seed.edited.connect(lambda value: self._tell("Change swarm's seed", seed=int(value)))
        self.again = _button("Again", _AGAIN_TIP)
        self.again.clicked.connect(self._on_again)
        self.over_view = _button("Over the view", _VIEW_TIP)
        self.over_view.clicked.connect(lambda: self.spread.emit(True))
        self.over_whole = _button("Over all", _WHOLE_TIP)
        self.over_whole.clicked.connect(lambda: self.spread.emit(False))
        self.drawn = ChoiceBox("How the swarm is drawn", _DRAWN_TIP)
        for key, (title, tip) in _DRAWN.items():
            self.drawn.add_choice(title, key, tip)
        self.drawn.activated.connect(self._on_drawn)
        self.brush = QToolButton()  # whose look tells when it is down
        self.brush.setText("Brush")
        self.brush.setAccessibleName("Brush")
        self.brush.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.brush.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        explain(self.brush, _BRUSH_TIP)
        self.brush.setCheckable(True)
        self.brush.clicked.connect(self.brush_picked)
        self.radius = NumberField(
            "Radius",
            _RADIUS_TIP,
            _whole("radius", 2, 500),
            SliderScale(4, 200, logarithmic=True, whole=True),
        )
        self.radius.set_value(30.0)
        self.radius.edited.connect(lambda _value: self.brush_changed.emit())
        self.density = NumberField(
            "Starts",
            _DENSITY_TIP,
            _whole("starts", 1, 100_000),
            SliderScale(1, 10_000, logarithmic=True, whole=True),
        )
        self.density.set_value(200.0)
        self.clear = _button("Clear", _CLEAR_TIP)
        self.clear.clicked.connect(self._on_clear)
        for field in (self.count, self.seed):
            field.settled.connect(self.settled)
        self._follows, self._hint, self._kept = _words("muted"), _words("muted"), _words("muted")
        self.counts = EvidenceTable()
        self._lay_out()
        self.set_spec(self._spec)

    @property
    def kept(self) -> str:
        """What it says is kept of the swarm."""
        return self._kept.text()

    @property
    def hint(self) -> str:
        """What it says in the place of a swarm."""
        return self._hint.text()

    @property
    def follows(self) -> str:
        """What it says of how the swarm descends."""
        return self._follows.text()

    def set_spec(self, spec: SwarmSpec) -> None:
        """Show a spec, without telling of it."""
        self._spec = spec
        self.shown.setChecked(spec.shown)
        self.kind.show_current(spec.kind)
        self.count.set_value(float(spec.count))
        self.seed.set_value(float(spec.seed))
        self.drawn.show_choice(spec.drawn)
        brushed = spec.kind == "brush"
        self.count.setVisible(not brushed)
        self._where.setVisible(not brushed)
        self._chance.setVisible(spec.kind != "grid")
        self._brushing.setVisible(brushed)
        self.over_whole.setEnabled(spec.domain is not None)
        self.clear.setEnabled(bool(spec.strokes))

    def set_follows(self, words: str) -> None:
        """Say how the swarm descends."""
        self._follows.setText(words)

    def set_usable(self, usable: bool) -> None:
        """Let it be used: on a landscape of two parameters."""
        self._page.setEnabled(usable)
        if not usable:
            self.show_hint(_ONE)

    def show_brush(self, on: bool) -> None:
        """Show whether the brush is on, without telling of it."""
        self.brush.setChecked(on)

    def show_nothing_brushed(self) -> None:
        """Say that there is nothing yet, and what to do."""
        self.show_hint(_NOTHING)

    def show_hint(self, words: str) -> None:
        """Say something in the place of numbers; empty for nothing."""
        if words != self._hint.text():
            self._hint.setText(words)
        self._hint.setVisible(bool(words))
        if words:
            self.show_counts(None, "")

    def show_counts(self, counts: SwarmCounts | None, kept: str) -> None:
        """Show what has become of the runs, and what is kept of them."""
        self.counts.setVisible(counts is not None)
        self._kept.setVisible(bool(kept))
        if kept != self._kept.text():
            self._kept.setText(kept)
        if counts is not None:
            self._hint.hide()
            self.counts.show_evidence(_facts(counts))

    def _tell(self, text: str, **changes: object) -> None:
        spec = replace(self._spec, **changes)  # type: ignore[arg-type]
        self.edited.emit(text, spec)

    def _tell_once(self, text: str, **changes: object) -> None:
        self.settled.emit()
        self._tell(text, **changes)
        self.settled.emit()

    @Slot(bool)
    def _on_shown(self, on: bool) -> None:
        self._tell_once("Show swarm" if on else "Hide swarm", shown=on)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        self._tell_once("Change swarm", kind=kind, shown=True)

    @Slot()
    def _on_again(self) -> None:
        self._tell_once("Change swarm's seed", seed=self._spec.seed + 1)

    @Slot(int)
    def _on_drawn(self, row: int) -> None:
        self._tell_once("Draw swarm in another way", drawn=self.drawn.itemData(row))

    @Slot()
    def _on_clear(self) -> None:
        self._tell_once("Clear strokes", strokes=())

    def _lay_out(self) -> None:
        self._page = page = QWidget()
        self._where = _row(self.over_view, self.over_whole)
        self._chance = _row(self.seed, self.again)
        self._brushing = QWidget()
        beneath = QVBoxLayout(self._brushing)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(12)
        beneath.addWidget(_row(self.brush, self.clear))
        beneath.addWidget(self.radius)
        beneath.addWidget(self.density)
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(12)
        for part in (self.shown, self.kind, self.count, self._chance, self._where, self._brushing):
            column.addWidget(part)
        column.addLayout(labeled("Drawn as", self.drawn))
        for part in (self._follows, self._hint, self.counts, self._kept):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)


def _facts(counts: SwarmCounts) -> tuple[Evidence, ...]:
    told = (
        ("Going on", counts.going, "Runs that have not ended by this step."),
        ("Converged", counts.converged, "Runs whose gradient is as good as 0."),
        ("At the last step", counts.last_step, "Runs that took all their steps without an end."),
        ("Diverged", counts.diverged, "Runs beyond all bounds; they are not drawn."),
        ("Left the domain", counts.left, "Runs that went where the landscape is not known."),
        ("Undefined", counts.undefined, "Runs that met a loss that is no number; not drawn."),
    )
    rare = ("Left the domain", "Undefined")
    return tuple(
        Evidence(name, f"{count:,}", tip) for name, count, tip in told if count or name not in rare
    )


def _whole(what: str, low: int, high: int) -> Callable[[float], None]:
    def check(value: float) -> None:
        if not (value.is_integer() and low <= value <= high):
            raise UserError(f"{what} must be a whole number from {low:,} to {high:,}")

    return check


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    explain(button, tip)
    return button


def _row(*parts: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for part in parts:
        layout.addWidget(part, 1)
    return row


def _words(kind: str) -> QLabel:
    label = QLabel()
    label.setObjectName(kind)
    label.setWordWrap(True)
    return label
