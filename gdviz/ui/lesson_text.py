"""A few sentences in Markdown, as high as they need to be."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

__all__ = ["LessonText"]

_INDENT = 14.0
_LINE = 18.0
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectCommonMark
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)


class LessonText(QTextEdit):
    """Markdown that can be read and selected; it loads nothing and leads nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self._document = _Closed(self)
        self._document.setDocumentMargin(0.0)
        self._document.setIndentWidth(_INDENT)
        self._document.setDefaultFont(self.font())
        self.setDocument(self._document)
        self.setObjectName("prose")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("What this step is about")
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)

    def show_markdown(self, text: str) -> None:
        """Show other words."""
        self._document.setMarkdown(text, _FEATURES)
        self._space_paragraphs()
        self._soften_bold()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(160, self._needed)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @property
    def _needed(self) -> int:
        return math.ceil(self._document.size().height())

    def _space_paragraphs(self) -> None:
        block = self._document.begin()
        while block.isValid():
            following = block.next()
            listed = block.textList() is not None
            within = listed and following.isValid() and following.textList() is not None
            shape = QTextBlockFormat()
            shape.setTopMargin(0.0)
            shape.setBottomMargin(0.0 if not following.isValid() else 2.0 if within else 8.0)
            shape.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            QTextCursor(block).mergeBlockFormat(shape)
            block = following

    def _soften_bold(self) -> None:
        """Write bold words with the family's own heavy letters, not with smeared ones."""
        cursor = QTextCursor(self._document)
        while not cursor.atEnd():
            cursor.movePosition(
                QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
            )
            if cursor.charFormat().fontWeight() > QFont.Weight.DemiBold:
                shape = QTextCharFormat()
                shape.setFontWeight(QFont.Weight.DemiBold)
                cursor.mergeCharFormat(shape)
            cursor.clearSelection()

    def _fit(self) -> None:
        self._document.setTextWidth(self.viewport().width())
        self.setFixedHeight(max(self._needed, 1))


class _Closed(QTextDocument):
    """A document that fetches no pictures, from files or elsewhere."""

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002 -- Qt's name
        return None
