"""What stands where there is nothing to show: what would be there, and what to do."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

__all__ = ["NO_RUN", "EmptyState"]

NO_RUN = "Click the landscape to start one."
"""What to do where a run is missing."""


class EmptyState(QLabel):
    """A calm sentence in the middle of an empty panel, and beneath it what to do.

    Parameters
    ----------
    title : str
        What there is none of.
    advice : str
        What to do about it.
    """

    def __init__(self, title: str = "", advice: str = "") -> None:
        super().__init__()
        self.setObjectName("muted")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(12, 8, 12, 8)
        # It takes the room that there is: panels don't move when what they show goes.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._title, self._advice = "", ""
        self.say(title, advice)

    @property
    def words(self) -> str:
        """The whole text, without marks."""
        return " ".join(filter(None, (self._title, self._advice)))

    def say(self, title: str, advice: str = "", links: str = "") -> None:
        """Say something else.

        Parameters
        ----------
        title, advice : str
        links : str
            HTML after the advice: what can be clicked.
        """
        self._title, self._advice = title, advice
        gap = "<br>" if advice or links else ""
        heading = f'<span style="font-weight: 600">{escape(title)}</span>'
        self.setText(f"{heading}{gap}{escape(advice)}{links}")
        self.setAccessibleName(self.words)
