"""Finding topics by words: those named so first, then those that speak of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gdviz.help.topic import Topic

__all__ = ["Hit", "places_of", "search", "suggestions", "words_of"]

_BEFORE, _AFTER = 24, 54
_MOST_COUNTED = 5
_SAME, _WHOLE, _BEGINS, _WORD, _WITHIN = 1000, 60, 120, 80, 40
_OTHER_NAME, _HEADING, _SPOKEN, _SPELLED = 30, 12, 2, 1


@dataclass(frozen=True)
class Hit:
    """A topic that was found.

    Attributes
    ----------
    topic : Topic
    score : int
        The larger, the better it fits.
    excerpt : str
        Words of its text around the first match; its beginning if only the title matches.
    """

    topic: Topic
    score: int
    excerpt: str


def words_of(query: str) -> list[str]:
    """Return the words of a query, without a difference between capital and small letters."""
    return query.casefold().split()


def search(query: str, topics: Iterable[Topic]) -> list[Hit]:
    """Return the topics that hold every word of a query, the best first.

    A word matches where a word begins with it or holds it. A title counts more than another
    name of the topic, that more than a heading, and that more than the text.

    Parameters
    ----------
    query : str
        With no words, every topic is found, in its order.
    topics : iterable of Topic

    Returns
    -------
    list of Hit
    """
    words = words_of(query)
    hits = []
    for topic in topics:
        scores = [_score(word, topic) for word in words]
        if all(scores):
            same = _SAME if " ".join(words) == topic.title.casefold() else 0
            hits.append(Hit(topic, sum(scores) + same, _excerpt(topic, words)))
    return sorted(hits, key=lambda hit: -hit.score)


def places_of(words: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text: (begin, end) of each match, in their order.

    Where words of the text begin with them, what only holds them is no match.
    """
    if not words:
        return []
    longest_first = sorted(words, key=len, reverse=True)
    anywhere = "|".join(re.escape(word) for word in longest_first)
    for pattern in (rf"(?<!\w)(?:{anywhere})", anywhere):
        places = [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]
        if places:
            return places
    return []


def suggestions(query: str, topics: Iterable[Topic], most: int = 3) -> list[str]:
    """Return other words to search for where a query finds nothing.

    Parameters
    ----------
    query : str
    topics : iterable of Topic
    most : int
        How many at most.

    Returns
    -------
    list of str
        Titles or words like those of the query; empty if nothing is like them.
    """
    from difflib import get_close_matches

    known: dict[str, str] = {}
    for topic in topics:
        for name in (topic.title, *topic.words):
            for word in (name.casefold(), *name.casefold().split()):
                known.setdefault(word, name)
    found: dict[str, None] = {}
    for word in (query.casefold(), *words_of(query)):
        for like in get_close_matches(word, known, n=most, cutoff=0.7):
            found[known[like]] = None
    return list(found)[:most]


def _score(word: str, topic: Topic) -> int:
    title = topic.title.casefold()
    if title.startswith(word):
        score = _BEGINS
    elif _begins_one(word, title):
        score = _WORD
    else:
        score = _WITHIN if word in title else 0
    score += _WHOLE * (word in re.findall(r"\w+", title))
    names = [name.casefold() for name in topic.words]
    score += _OTHER_NAME * any(_begins_one(word, name) for name in names)
    score += _HEADING * any(word in heading.casefold() for heading in topic.headings)
    text = topic.plain.casefold()
    spoken = len(re.findall(rf"(?<!\w){re.escape(word)}", text))
    score += _SPOKEN * min(spoken, _MOST_COUNTED)
    return score + (_SPELLED if word in text else 0)


def _begins_one(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text) is not None


def _excerpt(topic: Topic, words: Sequence[str]) -> str:
    text = topic.plain
    places = places_of(words, text)
    if not places:
        return _cut(text, 0, _BEFORE + _AFTER)
    first = places[0][0]
    return _cut(text, first - _BEFORE, first + _AFTER)


def _cut(text: str, begin: int, end: int) -> str:
    """Return whole words of a text between two places."""
    begin = 0 if begin <= 0 else text.find(" ", begin) + 1
    end = len(text) if end >= len(text) else text.rfind(" ", begin, end)
    end = end if end > begin else len(text)
    return ("… " if begin else "") + text[begin:end] + (" …" if end < len(text) else "")
