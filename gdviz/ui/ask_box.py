"""A question with a few answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from gdviz.ui.buttons import plain_buttons
from gdviz.ui.tips import explain, set_topic

__all__ = ["Answer", "AskBox"]

_WIDTH = 420


@dataclass(frozen=True)
class Answer:
    """What can be answered.

    Attributes
    ----------
    text : str
        On the button.
    tip : str
        What it does.
    role : QDialogButtonBox.ButtonRole
        By which the system orders buttons.
    """

    text: str
    tip: str
    role: QDialogButtonBox.ButtonRole = QDialogButtonBox.ButtonRole.AcceptRole


class AskBox(QDialog):
    """Says what has to be decided, and tells the answer.

    Parameters
    ----------
    parent : QWidget or None
    title : str
        Of the window.
    question : str
    detail : str
        What follows from the answers.
    answers : mapping of str to Answer
        By key. The first is that of the Enter key; Escape is like the last.
    topic : str
        In the help.

    Attributes
    ----------
    buttons : dict of str to QPushButton

    Signals
    -------
    answered(str)
        The key of the answer.
    """

    answered = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        question: str,
        detail: str,
        answers: Mapping[str, Answer],
        *,
        topic: str,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._answer = self._last = list(answers)[-1]
        self.question, self.detail = QLabel(question), QLabel(detail)
        self.question.setObjectName("heading")
        self.detail.setObjectName("muted")
        for label in (self.question, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.setAccessibleName(f"{question} {detail}")
        self._box = QDialogButtonBox()
        self.buttons: dict[str, QPushButton] = {}
        for key, answer in answers.items():
            button = self._box.addButton(answer.text, answer.role)
            explain(button, answer.tip)
            button.clicked.connect(lambda _on=False, chosen=key: self._choose(chosen))
            self.buttons[key] = button
        plain_buttons(self._box)
        set_topic(self, topic)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(8)
        self._column.addWidget(self.question)
        self._column.addWidget(self.detail)
        self._column.addSpacing(8)
        self._column.addStretch(1)
        self._column.addWidget(self._box)
        self.setMinimumWidth(_WIDTH)
        first = self.buttons[next(iter(answers))]
        first.setDefault(True)
        first.setFocus()
        self.finished.connect(self._on_finished)

    def insert(self, part: QWidget) -> None:
        """Put something above the buttons."""
        self._column.insertWidget(self._column.count() - 3, part)

    def _choose(self, key: str) -> None:
        self._answer = key
        self.accept()

    @Slot(int)
    def _on_finished(self, result: int) -> None:
        accepted = result == QDialog.DialogCode.Accepted.value
        self.answered.emit(self._answer if accepted else self._last)
