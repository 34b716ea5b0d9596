"""What a control says of itself: a tooltip that teaches, and the topic that says more."""

from __future__ import annotations

from textwrap import wrap

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QToolButton, QWidget

__all__ = ["WIDEST", "explain", "set_topic", "topic_of", "wrapped"]

WIDEST = 58
"""The most letters in a line of a tooltip: Qt breaks no plain text by itself."""

_TOPIC = "help"


def wrapped(text: str) -> str:
    """Return a tooltip's text in lines that are read at a glance; its own line breaks stay."""
    lines = [wrap(line, WIDEST, break_long_words=False) or [""] for line in text.split("\n")]
    return "\n".join(part for line in lines for part in line)


def explain(widget: QWidget, tip: str, topic: str = "") -> None:
    """Give a control its tooltip, and say the same to a screen reader.

    Parameters
    ----------
    widget : QWidget
    tip : str
        One or two sentences: what it does to the descent.
    topic : str
        The help topic that says more; where it is empty, that of what it stands in.
    """
    widget.setToolTip(wrapped(tip))
    widget.setAccessibleDescription(tip)
    if topic:
        set_topic(widget, topic)


def set_topic(explained: QObject, topic: str) -> None:
    """Tie a widget, or an action, to the topic that explains it."""
    explained.setProperty(_TOPIC, topic)


def topic_of(widget: QWidget | None) -> str:
    """Return the topic of a widget, or of what it stands in; empty if there is none."""
    while widget is not None:
        action = widget.defaultAction() if isinstance(widget, QToolButton) else None
        for explained in (widget, action):
            topic = explained.property(_TOPIC) if explained is not None else None
            if topic:
                return str(topic)
        widget = widget.parentWidget()
    return ""
