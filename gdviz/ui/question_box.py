"""A lesson's question, a field or buttons for the answer, and what is said to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gdviz.lessons import Question
from gdviz.ui.tick_mark import TickMark
from gdviz.ui.wrapped_button import WrappedButton
from gdviz.views.theme import LIGHT, Theme

__all__ = ["QuestionBox"]

_TIP = "What you think before you look; a wrong guess costs nothing. Enter checks it."
_CHOICE_TIP = "Choose it if you think that it is so; a wrong guess costs nothing."


class QuestionBox(QWidget):
    """Asks, takes an answer, and tells what is said to it.

    Parameters
    ----------
    question : Question

    Signals
    -------
    answered(str)
        What was typed or chosen.
    """

    answered = Signal(str)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._theme = LIGHT
        self._kind = ""
        self.entry = QLineEdit()
        self.check = QPushButton("Check")
        self.choices: list[WrappedButton] = []
        self.mark = TickMark()
        self.words = QLabel(question.text)
        self.reply = QLabel()
        for label in (self.words, self.reply):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.words, 1)
        self._answer = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._answer)
        layout.addWidget(self.reply)
        self.reply.hide()
        if question.choices:
            self._offer(question.choices)
        else:
            self._ask_for_numbers(question.text)

    def focus_chain(self) -> list[QWidget]:
        """Return what takes the focus, in the order of the Tab key."""
        return [*self.choices] if self.choices else [self.entry, self.check]

    def set_theme(self, theme: Theme) -> None:
        """Change the colors."""
        self._theme = theme
        self.mark.set_theme(theme)
        self._color()

    def show_reply(self, kind: str, words: str) -> None:
        """Tell what is said to the answer.

        Parameters
        ----------
        kind : str
            ``"right"``, ``"wrong"``, or ``"unclear"`` where the answer can't be understood.
        words : str
        """
        self._kind = kind
        self.reply.setText(words)
        self.reply.setVisible(bool(words))
        self._color()
        if kind == "right":
            self.mark.show_done(True)
            self.entry.setReadOnly(True)
            self.check.setEnabled(False)
            for button in self.choices:
                button.setEnabled(False)
        self.updateGeometry()

    def _offer(self, choices: tuple[str, ...]) -> None:
        layout = QVBoxLayout(self._answer)
        layout.setContentsMargins(24, 0, 0, 0)
        layout.setSpacing(4)
        for text in choices:
            button = WrappedButton()
            button.show_text(text)
            button.setToolTip(_CHOICE_TIP)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, chosen=text: self.answered.emit(chosen))
            layout.addWidget(button)
            self.choices.append(button)

    def _ask_for_numbers(self, text: str) -> None:
        layout = QHBoxLayout(self._answer)
        layout.setContentsMargins(24, 0, 0, 0)
        layout.setSpacing(8)
        self.entry.setAccessibleName(text)
        self.entry.setPlaceholderText("your answer")
        self.entry.setToolTip(_TIP)
        self.entry.setMinimumWidth(60)
        self.words.setFocusProxy(self.entry)  # a click on the question leads to its answer
        self.entry.returnPressed.connect(self._on_entered)
        self.check.setToolTip("Compare your answer with the right one.")
        self.check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.check.clicked.connect(self._on_entered)
        layout.addWidget(self.entry, 1)
        layout.addWidget(self.check)

    @Slot()
    def _on_entered(self) -> None:
        if not self.entry.isReadOnly():
            self.answered.emit(self.entry.text())

    def _color(self) -> None:
        theme = self._theme
        color = {"right": theme.partials[1], "wrong": theme.tangent}.get(self._kind, theme.muted)
        self.reply.setStyleSheet(f"color: {color}; padding-left: 24px;")
