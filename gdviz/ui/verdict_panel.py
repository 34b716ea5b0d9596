"""What a run does, how one can tell, and what would help."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gdviz.engine.verdict import Remedy, Verdict, VerdictKind
from gdviz.ui.badge import Badge, Severity
from gdviz.ui.empty_state import NO_RUN, EmptyState
from gdviz.ui.evidence_table import EvidenceTable
from gdviz.ui.steady_text import SteadyText
from gdviz.ui.tips import explain
from gdviz.ui.wrapped_button import WrappedButton
from gdviz.views.theme import LIGHT, Theme

__all__ = ["VerdictPanel"]

_EMPTY = "No run to judge yet."
_DIRECTIONS = "Show the Hessian's directions"
_DIRECTIONS_TIP = (
    "Draw the directions in which the landscape is bent most and least at the playhead; "
    "a step must suit the steeper one, and the other then goes slowly. (E)"
)
_SEVERITIES: dict[VerdictKind, Severity] = {
    VerdictKind.CONVERGED: "good",
    VerdictKind.CONVERGING: "good",
    VerdictKind.CRAWLING: "attention",
    VerdictKind.ZIGZAG: "attention",
    VerdictKind.OSCILLATING: "attention",
    VerdictKind.SADDLE: "attention",
    VerdictKind.OTHER_MINIMUM: "attention",
    VerdictKind.LEFT_DOMAIN: "bad",
    VerdictKind.DIVERGING: "bad",
    VerdictKind.UNDEFINED: "bad",
}


class VerdictPanel(QFrame):
    """A verdict: its word, a sentence, a remedy if there is one, and the evidence.

    Attributes
    ----------
    badge : Badge
    evidence : EvidenceTable
    remedy : WrappedButton
    directions : QCheckBox

    Signals
    -------
    remedy_picked(Remedy)
    eigen_directions_picked(bool)
    """

    remedy_picked = Signal(object)
    eigen_directions_picked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._verdict: Verdict | None = None
        self._offered: Remedy | None = None
        self.badge = Badge(LIGHT)
        self._sentence = SteadyText()
        self._nothing = EmptyState(_EMPTY, NO_RUN)
        self.evidence = EvidenceTable()
        self.remedy = WrappedButton()
        self.remedy.setAccessibleName("Remedy")
        explain(self.remedy, "Change the run as the verdict proposes; it can be undone.")
        self.remedy.clicked.connect(self._on_remedy)
        self._reason = SteadyText("muted")
        self.directions = QCheckBox(_DIRECTIONS)
        explain(self.directions, _DIRECTIONS_TIP, "curvature")
        self.directions.clicked.connect(self.eigen_directions_picked)
        self._lay_out()
        self._show_words("", None)

    @property
    def sentence(self) -> str:
        """The sentence that is shown."""
        return self._sentence.text() if self._nothing.isHidden() else self._nothing.words

    @property
    def reason(self) -> str:
        """Why the remedy is offered."""
        return self._reason.text()

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self.badge.set_theme(theme)

    def set_verdict(self, verdict: Verdict | None) -> None:
        """Show a verdict; None where there is no run."""
        if verdict == self._verdict:
            return
        self._verdict = verdict
        if verdict is None:
            self._sentence.reset()
            self._show_words("", None)
            self.evidence.show_evidence(())
            self._offer(None)
            return
        self._show_words(verdict.sentence, verdict.kind)
        self.evidence.show_evidence(verdict.evidence)
        self._offer(verdict.remedy)

    def show_eigen_directions(self, shown: bool) -> None:
        """Show whether the Hessian's directions are drawn, without telling of it."""
        self.directions.setChecked(shown)

    def _show_words(self, sentence: str, kind: VerdictKind | None) -> None:
        self.badge.setVisible(kind is not None)
        self._area.setVisible(kind is not None)
        self._nothing.setVisible(kind is None)
        if kind is not None:
            self.badge.show_word(kind.value, _SEVERITIES.get(kind, "neutral"))
        self._sentence.show_text(sentence)

    def _offer(self, remedy: Remedy | None) -> None:
        if remedy == self._offered:
            return
        if remedy is not None:
            self.remedy.show_text(remedy.title)
            explain(self.remedy, remedy.reason)
            self._reason.show_text(remedy.reason)
        if (remedy is None) != (self._offered is None):
            self.remedy.setVisible(remedy is not None)
            self._reason.setVisible(remedy is not None)
        self._offered = remedy

    @Slot()
    def _on_remedy(self) -> None:
        if self._offered is not None:
            self.remedy_picked.emit(self._offered)

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 12, 12, 4)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.addWidget(self.badge)
        first.addStretch(1)
        column.addLayout(first)
        for part in (self._sentence, self.remedy, self._reason, self.evidence):
            column.addWidget(part)
        column.addStretch(1)
        for part in (self.remedy, self._reason):
            part.hide()
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 12)
        foot.addWidget(self.directions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._nothing, 1)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
