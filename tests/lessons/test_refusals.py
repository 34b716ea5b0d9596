"""Whatever is wrong with a lesson's file is told with its line and what would be right."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdviz.errors import UserError
from gdviz.lessons import LARGEST_LESSON, Lesson, parse_lesson, read_lesson, shipped_lessons
from tests.lessons.conftest import HEAD, STEP

FIRST = shipped_lessons()[0].read_text("utf-8")

STEP_MISTAKES = [
    (["sorce: valley"], 8, "'sorce' is no field of a step; did you mean 'source'?"),
    (["zzz: 1"], 8, "'zzz' is no field of a step; its fields are title, text, source"),
    (["title: Twice"], 8, "'title' stands here a second time; line 5 has it already"),
    (["start: [1]"], 8, "'start' has 1 numbers, but valley has 2 parameters: x, y"),
    (["start: [1, up]"], 8, "each number of 'start' must be a number"),
    (["start: [1, .inf]"], 8, "each number of 'start' must be a number"),
    (["start: [1, '2']"], 8, "each number of 'start' must be a number"),
    (["start: []"], 8, "'start' must be a list with at least one entry"),
    (["optimizer: adm"], 8, "there is no optimizer 'adm'; did you mean 'adam'?"),
    (["learning_rate: -1"], 8, "learning_rate must be"),
    (["learning_rate: yes"], 8, "'learning_rate' must be a number"),
    (["hyperparameters: {momentun: 1}"], 8, "'gd' has no hyperparameter 'momentun'"),
    (
        ["learning_rate: 1", "hyperparameters: {learning_rate: 1}"],
        8,
        "stands in 'hyperparameters' as well",
    ),
    (["steps: 0"], 8, "'steps' must be a whole number from 1 to 1,000,000,000"),
    (["steps: 2.5"], 8, "'steps' must be a whole number"),
    (["steps: 10", "at: 11"], 9, "'at' must be a whole number from 0 to 10"),
    (["view: {zoom: 2}"], 8, "'zoom' is no field of 'view'"),
    (["view: {x: [2, 1]}"], 8, "a domain must run from a low to a higher number"),
    (["view: {x: 3}"], 8, "'x' must be two numbers"),
    (["view: {slice: z}"], 8, "'slice' can't be 'z'"),
    (["view: {page: histori}"], 8, "'page' can't be 'histori'; did you mean 'history'?"),
    (
        ["view: {overlays: [eigen_directins]}"],
        8,
        "an overlay can't be 'eigen_directins'; did you mean 'eigen_directions'?",
    ),
    (["ask: {answer: 1}"], 8, "a question needs 'question'"),
    (["ask: {question: a}"], 8, "a question needs 'answer'"),
    (["ask: {question: a, answer: up}"], 8, "'answer' must be a number"),
    (["ask: {question: a, answer: [1, 2, 3]}"], 8, "'answer' can have 2 numbers at most"),
    (["ask: {question: a, answer: c, choices: [a, b]}"], 8, "'answer' is none of the choices"),
    (["ask: {question: a, answer: a, choices: [a]}"], 8, "'choices' must be at least two"),
    (["ask: {question: a, answer: a, choices: [a, b], within: 1}"], 8, "'within' is for numbers"),
    (["ask: {question: a, answer: 1, within: -1}"], 8, "'within' must be at least 0"),
    (["watch: [slop x]"], 8, "'slop x' is no quantity; did you mean 'slope x'?"),
    (["watch: [outcome]"], 8, "'outcome' is no number"),
    (["watch: [{as: f}]"], 8, "'watch' needs 'quantity'"),
    (["check:", "  - when: {x: 1}"], 9, "a condition needs 'say'"),
    (["check:", "  - say: a"], 9, "a condition needs 'when'"),
    (["check:", "  - {say: a, when: {w1: 1}}"], 9, "'w1' is no quantity"),
    (["check:", "  - {say: a, when: {answer 2: right}}"], 9, "'answer 2' is no quantity"),
    (["check:", "  - {say: a, when: {used clik: true}}"], 9, "did you mean 'used click'?"),
    (["check:", "  - {say: a, when: {x: {abov: 1}}}"], 9, "did you mean 'above'?"),
    (["check:", "  - {say: a, when: {x: {near: 1}}}"], 9, "'near' and 'within' go together"),
    (["check:", "  - {say: a, when: {x: up}}"], 9, "'x' must be a number"),
    (["check:", "  - {say: a, when: {outcome: {above: 1}}}"], 9, "can't be above one"),
    (["check:", "  - {say: a, when: {outcome: convergd}}"], 9, "did you mean 'converged'?"),
    (["check:", "  - {say: a, when: {playing: maybe}}"], 9, "'playing' must be true or false"),
    (["check:", "  - {say: a, when: {x: {changed: 1}}}"], 9, "'changed' must be true or false"),
    (["done: ''"], 8, "'done' must be a text"),
    (["done: [a]"], 8, "'done' must be a text"),
    (["done: *a"], 8, "anchors (&) and aliases (*) are not read"),
    (["done: &a b"], 8, "anchors (&) and aliases (*) are not read"),
    (["done: !!python/object:os.system x"], 8, "tags (!) are not read"),
    (["done: a: b"], 8, "a text with ': ', '#' or '?' needs quotes"),
    (["done: \x07"], 8, "this is no YAML"),
    (["done: " + "[" * 40 + "]" * 40], 8, "nested more than 12 deep"),
    (["<<: {title: a}"], 8, "'<<' is no field of a step"),
    (["[a, b]: c"], 8, "a field's name must be a text"),
]


@pytest.mark.parametrize(("lines", "line", "words"), STEP_MISTAKES)
def test_a_mistake_in_a_step(lesson, lines, line, words):
    with pytest.raises(UserError) as told:
        lesson(*lines)
    assert str(told.value).startswith(f"first.yaml, line {line}: "), told.value
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("# only a remark\n", 1, "the file is empty"),
        ("- a\n- b\n", 1, "this is no lesson; one begins 'format: gdviz-lesson'"),
        ("a: 1\n", 1, "this is no lesson"),
        ("format: gdviz\n", 1, "this format is not gdviz-lesson"),
        ("format: gdviz-lesson\n", 1, "the file's version is missing"),
        ("format: gdviz-lesson\nversion: 2\n", 2, "it takes a newer gdviz"),
        ("format: gdviz-lesson\nversion: one\n", 2, "'version' must be a whole number"),
        ("format: gdviz-lesson\nversion: 1\n", 1, "a lesson needs 'steps'"),
        ("format: gdviz-lesson\nversion: 1\ntitel: a\n", 3, "did you mean 'title'?"),
        (HEAD + "  - a\n", 5, "a step must have fields"),
        (HEAD + STEP + "---\nformat: x\n", 8, "a second document begins here"),
        (HEAD + STEP.replace("valley", "vally"), 6, "did you mean 'valley'?"),
        (HEAD + STEP.replace("valley", "x^^2"), 6, "formula"),
        (HEAD + STEP.replace("valley", "none.csv"), 6, "there is no file 'none.csv'"),
        (HEAD + STEP.replace("valley", "regression-w1") + "    view: {y: [0, 1]}\n", 8, "one par"),
        (HEAD + STEP * 61, 5 + 3 * 60, "at most 60 steps"),
        (HEAD + STEP.replace("Look.", "Look.\n   back"), 8, "needs quotes"),
    ],
)
def test_a_mistake_in_the_file(here, text, line, words):
    with pytest.raises(UserError) as told:
        parse_lesson(text, here)
    assert str(told.value).startswith(f"first.yaml, line {line}: "), told.value
    assert words in str(told.value)


def test_a_file_that_is_not_utf_8_names_the_line(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"format: gdviz-lesson\ntitle: \xff\xfe\n")
    with pytest.raises(UserError, match=r"a\.yaml, line 2: this is not UTF-8"):
        read_lesson(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"#" * (LARGEST_LESSON + 1))
    with pytest.raises(UserError, match="too large for a lesson"):
        read_lesson(path)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        read_lesson(tmp_path / "none.yaml")


def test_the_start_must_have_a_loss(lesson):
    from gdviz.lessons import prepared

    step = "  - title: A\n    source: ln(x) + y^2\n    text: a\n    start: [-1, 1]\n"
    made = lesson(step=step)
    with pytest.raises(UserError, match=r"first\.yaml, line 5: .*not a finite number"):
        prepared(made, 0)


def refused_with_a_line(text: str) -> None:
    told = ""
    try:
        made = parse_lesson(text, Path("first.yaml"))
    except UserError as error:
        told = str(error)
    assert told.startswith("first.yaml, line ") or isinstance(made, Lesson), told


@settings(max_examples=60)
@given(st.data())
def test_a_mutilated_lesson_is_read_or_refused_with_a_line(data):
    lines = [
        *(HEAD + STEP).splitlines(),
        "    start: [1, 2]",
        "    view: {x: [0, 1], overlays: [eigen_directions]}",
        "    ask: {question: a, answer: 1}",
        "    check: {say: a, when: {x: {near: 1, within: 2}}}",
    ]
    text = "\n".join(lines) + "\n"
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 12))
        put = data.draw(st.text("\n :-[]{}&*!#'\"?|>%@`,0aé\t\x00\ufeff", max_size=6))
        text = text[:at] + put + text[at + gone :]
    refused_with_a_line(text)


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_and_nothing_else_happens(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"any\.yaml, line \d+: "):
        read_lesson(path)


def test_a_piece_of_the_shipped_lesson_is_read_or_refused_with_a_line():
    for at in range(0, len(FIRST), 211):
        refused_with_a_line(FIRST[:at])
