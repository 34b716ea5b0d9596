"""One topic of the help: a head that names it, and a text in a small part of Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gdviz.help.markup import blocks_of, plain

__all__ = ["Topic", "read_topic"]

_FENCE = "---"
_KNOWN = ("title", "group", "words", "needs", "order")


@dataclass(frozen=True)
class Topic:
    """A page of the help.

    Attributes
    ----------
    key : str
        By which links and widgets name it, such as ``"learning-rate"``.
    title : str
    group : str
        The heading under which it stands in the list.
    text : str
        Markdown, as `gdviz.help.markup` understands it.
    words : tuple of str
        What else somebody may search for.
    needs : str
        The key of the action without which there is nothing to explain; empty for none.
    order : int
        Its place in the group; those with the same one are listed by title.
    """

    key: str
    title: str
    group: str
    text: str
    words: tuple[str, ...] = ()
    needs: str = ""
    order: int = 50

    @cached_property
    def summary(self) -> str:
        """The first paragraph, in Markdown: enough to know what one is looking at."""
        return blocks_of(self.text)[0]

    @cached_property
    def hint(self) -> str:
        """The first thing to try, in Markdown; empty if there is none."""
        return next((b for b in blocks_of(self.text) if b.startswith("Try:")), "")

    @cached_property
    def plain(self) -> str:
        """The text without marks, on one line."""
        return " ".join(plain(self.text).split())

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The headings within the text."""
        blocks = blocks_of(self.text)
        return tuple(block[3:] for block in blocks if block.startswith("## "))


def read_topic(key: str, source: str) -> Topic:
    """Return a topic from its file's text.

    Parameters
    ----------
    key : str
        The file's name without its ending.
    source : str
        Lines ``title: …``, ``group: …``, perhaps ``words: …`` (separated by commas),
        ``needs: …`` and ``order: …`` between two lines of three dashes, then Markdown.

    Raises
    ------
    ValueError
        If the head is missing or names something else: the file is damaged.
    """
    begin, _, rest = source.partition("\n")
    head, fence, text = rest.partition(f"\n{_FENCE}\n")
    if begin != _FENCE or not fence:
        raise ValueError(f"topic '{key}' has no head between two lines of '{_FENCE}'")
    told: dict[str, str] = {}
    for line in head.splitlines():
        name, _, value = line.partition(":")
        if name not in _KNOWN:
            raise ValueError(f"topic '{key}' has an unknown '{name}' in its head")
        told[name] = value.strip()
    if not all(told.get(name) for name in ("title", "group")) or not text.strip():
        raise ValueError(f"topic '{key}' needs a title, a group and a text")
    words = tuple(word.strip() for word in told.get("words", "").split(",") if word.strip())
    return Topic(
        key,
        told["title"],
        told["group"],
        text.strip(),
        words,
        needs=told.get("needs", ""),
        order=int(told.get("order", "50")),
    )
