"""What becomes of documents that were left behind unsaved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale, QTime
from PySide6.QtWidgets import QDialogButtonBox, QListWidget, QWidget

from gdviz.ui.ask_box import Answer, AskBox
from gdviz.ui.tips import explain

__all__ = ["RecoveryBox", "when_in_words"]

_ROLE = QDialogButtonBox.ButtonRole
_ANSWERS = {
    "restore": Answer("&Restore", "Open it as it was; no file changes until you save."),
    "discard": Answer(
        "&Discard", "Remove it for good: what was not saved is lost.", _ROLE.DestructiveRole
    ),
    "later": Answer("Later", "Leave it and ask again at the next start.", _ROLE.RejectRole),
}
_SHOWN_ROWS = 4


class RecoveryBox(AskBox):
    """Offers what was unsaved when gdviz ended without being closed.

    Parameters
    ----------
    parent : QWidget or None
    found : sequence of (str, datetime)
        What each document is called, and when it was kept; the newest first.
    """

    def __init__(self, parent: QWidget | None, found: Sequence[tuple[str, datetime]]) -> None:
        (name, when), *others = found
        question = (
            f"{1 + len(others)} experiments were not saved."
            if others
            else f"“{name}” was not saved."
        )
        since = "Choose one" if others else f"It is as you had it {when_in_words(when)}"
        detail = f"gdviz ended without being closed. {since}; restoring it changes no file."
        super().__init__(parent, "Unsaved experiment", question, detail, _ANSWERS, topic="saving")
        self.list = QListWidget()
        self.list.setAccessibleName("Unsaved experiments")
        explain(self.list, "What was unsaved, and when it was last changed. Choose one of them.")
        self.list.addItems([f"{name}, {when_in_words(when)}" for name, when in found])
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self.buttons["restore"].click())
        self.insert(self.list)
        self.list.ensurePolished()  # rows are as high as the style makes them
        rows = min(len(found), _SHOWN_ROWS)
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth())
        if others:
            self.list.setFocus()
        else:
            self.list.hide()

    @property
    def row(self) -> int:
        """Which of them is chosen."""
        return max(self.list.currentRow(), 0)


def when_in_words(when: datetime) -> str:
    """Return a time as it is said: ``"today at 10:42"``, ``"on 3 May 2026 at 10:42"``."""
    time = QLocale().toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)
    if when.date() == datetime.now(when.tzinfo).date():
        return f"today at {time}"
    return f"on {when.day} {when:%B %Y} at {time}"
