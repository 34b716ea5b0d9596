"""Searching the help: titles before texts, every word, and a way out of finding nothing."""

import pytest

from gdviz.help import Library, Topic, load_library
from gdviz.help.library import GROUPS
from gdviz.help.optimizers_page import optimizers_topic
from gdviz.help.search import places_of, words_of

LIBRARY = load_library([optimizers_topic()])


def found(query):
    return [hit.topic.key for hit in LIBRARY.search(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("learning rate", "learning-rate"),
        ("rate", "learning-rate"),
        ("Momentum", "momentum"),
        ("adam", "adaptive"),
        ("nesterov", "momentum"),
        ("saddle", "verdict"),
        ("csv", "tables"),
        ("undo", "undo"),
        ("hessian", "curvature"),
        ("too large", "learning-rate"),
        ("mini-batch", "noise"),
    ],
)
def test_what_one_searches_for_stands_first(query, first):
    assert found(query)[0] == first


def test_a_title_counts_more_than_another_name_and_that_more_than_the_text():
    library = Library(
        [
            Topic("text", "One", GROUPS[0], "owl " * 20),
            Topic("heading", "Two", GROUPS[0], "Words.\n\n## The owl\n\nMore."),
            Topic("name", "Three", GROUPS[0], "Words.", ("owl",)),
            Topic("title", "A tale of an owl", GROUPS[0], "Words."),
            Topic("same", "Owl", GROUPS[0], "Words."),
        ]
    )
    keys = [hit.topic.key for hit in library.search("owl")]
    assert keys == ["same", "title", "name", "heading", "text"]


def test_every_word_must_be_there():
    assert set(found("gradient noise")) <= set(found("gradient")) & set(found("noise"))
    assert "noise" in found("gradient noise")
    assert not found("gradient xyzzy")


def test_no_words_find_every_topic_in_its_order():
    assert found("  ") == list(LIBRARY)


def test_the_excerpt_shows_the_match():
    (hit,) = [hit for hit in LIBRARY.search("zigzags") if hit.topic.key == "contour-view"]
    assert "zigzags" in hit.excerpt
    assert hit.excerpt.startswith("… ")
    assert len(hit.excerpt) < 150


def test_places_of_words_in_a_text():
    assert places_of(words_of("Rate LEARN"), "The learning rate") == [(4, 9), (13, 17)]
    assert places_of(["all"], "a small hall, and all") == [(18, 21)]  # where a word begins so
    assert places_of(["all"], "a small hall") == [(4, 7), (9, 12)]
    assert places_of([], "text") == []
    assert places_of(["("], "f(x)") == [(1, 2)]  # what is typed is no pattern


def test_a_misspelled_word_leads_to_the_right_one():
    assert not found("momentun")
    assert LIBRARY.suggestions("momentun") == ["Momentum"]
    for other in LIBRARY.suggestions("qqqq"):
        assert other == "keys" or found(other)
