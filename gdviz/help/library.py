"""All topics of the help, in the order in which they are listed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from gdviz.help.search import Hit, search, suggestions
from gdviz.help.topic import Topic, read_topic
from gdviz.resource_files import resource_path

__all__ = ["GROUPS", "Library", "load_library"]

GROUPS = (
    "First steps",
    "The landscape",
    "The descent",
    "Optimizers",
    "Runs",
    "Looking closely",
    "In and out",
)
_FOLDER = "help"
_FIRST = "first-steps"
_WELL_KNOWN = ("learning rate", "contour view", "keys")


class Library(Mapping[str, Topic]):
    """Topics by key, in the order of their groups, and by their place within one.

    Parameters
    ----------
    topics : iterable of Topic

    Raises
    ------
    ValueError
        If two topics have one key, or a group is unknown.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        given = list(topics)
        for topic in given:
            if topic.group not in GROUPS:
                raise ValueError(f"topic '{topic.key}' is in an unknown group '{topic.group}'")
        listed = sorted(
            given,
            key=lambda t: (GROUPS.index(t.group), t.order, t.title.casefold()),
        )
        self._topics = {topic.key: topic for topic in listed}
        if len(self._topics) < len(given):
            raise ValueError("two topics have one key")

    def __getitem__(self, key: str) -> Topic:
        return self._topics[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)

    @property
    def first(self) -> str:
        """The key of the topic to begin with."""
        return _FIRST if _FIRST in self._topics else next(iter(self._topics))

    def search(self, query: str) -> list[Hit]:
        """Return the topics that hold every word of a query, the best first."""
        return search(query, self._topics.values())

    def suggestions(self, query: str) -> list[str]:
        """Return what to search for instead of a query that finds nothing; never none."""
        return suggestions(query, self._topics.values()) or list(_WELL_KNOWN)


def load_library(generated: Sequence[Topic] = (), actions: Container[str] | None = None) -> Library:
    """Read the topics in ``resources/help``.

    Parameters
    ----------
    generated : sequence of Topic
        Those that are made from what the program itself knows.
    actions : container of str, optional
        The keys of the actions that there are: a topic that needs another one is left out.
        If not given, every topic is there.
    """
    read = [
        read_topic(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(resource_path(_FOLDER).glob("*.md"))
    ]
    there = [t for t in read if not t.needs or actions is None or t.needs in actions]
    return Library([*there, *generated])
