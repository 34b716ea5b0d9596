"""The help's own texts: whole, linked, and with something to try."""

import re

import pytest

from gdviz.cli.parser import parse as parse_words
from gdviz.formulas import parse as parse_formula
from gdviz.help import Library, Topic, load_library
from gdviz.help.library import GROUPS
from gdviz.help.markup import blocks_of, links_in, plain, to_html
from gdviz.help.optimizers_page import optimizers_topic
from gdviz.help.topic import read_topic
from gdviz.optimizers import OPTIMIZERS
from gdviz.optimizers.families import FAMILIES, family_of

LIBRARY = load_library(
    [optimizers_topic(), Topic("keys", "Keys and mouse", GROUPS[0], "All keys.")]
)
WRITTEN = [topic for topic in LIBRARY.values() if topic.key != "keys"]


def key(topic):
    return topic.key


@pytest.mark.parametrize("topic", WRITTEN, ids=key)
def test_every_link_leads_to_a_topic(topic):
    assert not [target for target in links_in(topic.text) if target not in LIBRARY]


@pytest.mark.parametrize("topic", WRITTEN, ids=key)
def test_every_topic_begins_with_what_it_is_and_has_something_to_try(topic):
    first = topic.summary
    assert not first.startswith(("#", "-", "|", "Try:", "```"))
    assert 60 < len(plain(first)) < 500
    assert topic.hint.startswith("Try: ")


@pytest.mark.parametrize("topic", WRITTEN, ids=key)
def test_nothing_of_the_marks_is_left_over(topic):
    text = re.sub(r"<code>.*?</code>|<pre>.*?</pre>", "", to_html(topic.text), flags=re.DOTALL)
    bare = re.sub(r"<[^>]*>", "", text)
    assert not re.search(r"\*\*|`|\]\(|^## ", bare, re.MULTILINE), bare


def test_every_topic_can_be_reached_by_links_from_the_first():
    reached, coming = set(), [LIBRARY.first]
    while coming:
        now = coming.pop()
        if now not in reached:
            reached.add(now)
            coming += links_in(LIBRARY[now].text)
    apart = {topic.key for topic in LIBRARY.values() if topic.needs}
    unlinked = set(LIBRARY) - reached - apart
    assert not unlinked


def test_topics_stand_in_the_order_of_their_groups_the_first_one_first():
    groups = [topic.group for topic in LIBRARY.values()]
    assert list(dict.fromkeys(groups)) == list(GROUPS)
    assert groups == sorted(groups, key=GROUPS.index)
    assert next(iter(LIBRARY)) == LIBRARY.first == "first-steps"


def test_every_optimizer_is_in_one_family_and_on_the_page_of_all():
    assert sorted(k for family in FAMILIES.values() for k in family) == sorted(OPTIMIZERS)
    assert family_of("nesterov") == "momentum"
    assert family_of("a new one") == "optimizer"
    page = optimizers_topic()
    for kind in OPTIMIZERS.values():
        assert f"**{kind.title}**" in page.text
        assert kind.help in page.text
        for one in kind.hyperparameters():
            assert one.help in page.text
    assert set(FAMILIES) <= set(LIBRARY)


def test_a_topic_that_needs_an_action_is_there_with_it_only():
    assert "lessons" not in load_library(actions=())
    assert "lessons" in load_library(actions={"learn"})
    assert "first-steps" in load_library(actions=())


def test_the_commands_of_the_command_line_topic_are_understood():
    (code,) = [b for b in blocks_of(LIBRARY["command-line"].text) if b.startswith("```")]
    commands = [line for line in code.splitlines() if line.startswith("gdviz ")]
    assert len(commands) > 4
    for command in commands:
        words = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', command)]
        parse_words(words[1:])


def test_the_formulas_of_the_formula_topic_are_formulas():
    text = LIBRARY["formulas"].text
    shown = [code for code in re.findall(r"`([^`]*)`", text.partition("##")[0]) if len(code) > 3]
    assert len(shown) > 4
    for formula in shown:
        if "…" not in formula:
            parse_formula(formula)
    functions = text.partition("## ")[2]
    for name in re.findall(
        r"\b[a-z]+[0-9]*\b(?=[ `(])", " ".join(re.findall(r"`[^`]*`", functions))
    ):
        if name in {"x", "e", "alpha"}:
            continue
        inside = "x, y" if name in {"atan2", "mod", "min", "max"} else "x"
        parse_formula(f"{name}({inside})")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("title: A\ngroup: B\n---\n\ntext", "no head"),
        ("---\ntitle: A\n---\n\ntext", "needs a title, a group and a text"),
        ("---\ntitle: A\ngroup: B\ncolor: C\n---\n\ntext", "unknown 'color'"),
        ("---\ntitle: A\ngroup: B\n---\n\n", "needs a title, a group and a text"),
    ],
)
def test_a_damaged_topic_is_refused_by_name(source, told):
    with pytest.raises(ValueError, match=f"'odd'.*{told}"):
        read_topic("odd", source)


def test_two_topics_of_one_key_are_refused():
    topic = Topic("a", "A", GROUPS[0], "text")
    with pytest.raises(ValueError, match="one key"):
        Library([topic, topic])
    with pytest.raises(ValueError, match="unknown group"):
        Library([Topic("a", "A", "Nowhere", "text")])
