"""Lessons are read as they are written."""

import pytest

from gdviz.errors import UserError
from gdviz.experiment.overlays import OVERLAYS
from gdviz.lessons import (
    Clause,
    Quantity,
    looks_like_lesson,
    prepared,
    read_lesson,
    shipped_lessons,
)
from gdviz.lessons.vocabulary import USES
from gdviz.optimizers import optimizer


def test_the_least_that_a_lesson_needs(lesson):
    made = lesson()
    assert made.title == "T"
    assert made.name == "first"
    (step,) = made.steps
    assert (step.title, step.text, step.line) == ("First", "Look.", 5)
    assert step.setup.source == "valley"
    assert step.setup.optimizer == optimizer("gd")
    assert not step.setup.rate_named
    assert (step.setup.steps, step.setup.at, step.setup.start) == (200, 0, None)
    assert step.questions == step.watched == step.conditions == ()


def test_what_is_not_named_is_the_landscapes_own(lesson):
    experiment = prepared(lesson(), 0)
    assert experiment.draft.start == (-3.0, 4.0)
    assert experiment.draft.optimizer == optimizer("gd", learning_rate=0.1)
    assert experiment.view.domain == experiment.landscape.domain


def test_a_run_and_a_view(lesson):
    made = lesson(
        "start: [1, −2.5]",
        "optimizer: momentum",
        "hyperparameters: {learning_rate: 5e-2, momentum: 0.8}",
        "steps: 40",
        "at: 7",
        "view: {x: [0, 2], slice: y, page: history, overlays: [eigen_directions, arrows]}",
    )
    setup = made.steps[0].setup
    assert setup.start == (1.0, -2.5)
    assert setup.optimizer == optimizer("momentum", learning_rate=0.05, momentum=0.8)
    assert setup.rate_named
    assert (setup.steps, setup.at) == (40, 7)
    experiment = prepared(made, 0)
    assert experiment.view.domain.intervals == ((0.0, 2.0), (-5.0, 5.0))
    assert experiment.view.slice_axis == 1
    assert setup.view.overlays == ("eigen_directions", "arrows")
    assert setup.view.page == "history"


def test_another_optimizer_without_a_rate_gets_one_that_suits(lesson):
    experiment = prepared(lesson("optimizer: adam"), 0)
    assert experiment.draft.optimizer.key == "adam"
    assert experiment.draft.optimizer.learning_rate > optimizer("adam").learning_rate


def test_questions_with_numbers(lesson):
    (one,) = lesson("ask: {question: How many, answer: 7.389, hint: More., right: Yes.}").steps
    (question,) = one.questions
    assert (question.numbers, question.hint, question.right) == ((7.389,), "More.", "Yes.")
    assert question.within == pytest.approx(0.07389)
    lines = ("ask:", "  - question: Where?", "    answer: [-4, 4]", "    within: 0.1")
    (two,) = lesson(*lines).steps[0].questions
    assert (two.numbers, two.within) == ((-4.0, 4.0), 0.1)


def test_a_question_with_choices(lesson):
    made = lesson("ask: {question: Which one, choices: [up, down], answer: down}")
    (question,) = made.steps[0].questions
    assert question.is_right("down")
    assert not question.is_right("up")


def test_conditions_with_every_bound(lesson):
    made = lesson(
        "check:",
        "  - say: Do it.",
        "    when:",
        "      loss: {above: 4, below: 5}",
        "      x: {near: 2, within: 0.1}",
        "      learning_rate: {changed: true}",
        "      outcome: converged",
        "      playing: false",
        "      used start_zero: true",
        "  - say: Either.",
        "    when: [{step: 3}, {runs: {is: 2}}]",
    )
    first, second = made.steps[0].conditions
    assert first.words == "Do it."
    assert first.ways == (
        (
            Clause(Quantity("loss"), above=4.0, below=5.0),
            Clause(Quantity("value", "x"), near=2.0, within=0.1),
            Clause(Quantity("learning_rate"), changed=True),
            Clause(Quantity("outcome"), equal="converged"),
            Clause(Quantity("playing"), equal=False),
            Clause(Quantity("used", "start_zero"), equal=True),
        ),
    )
    assert second.ways == (
        (Clause(Quantity("step"), equal=3.0),),
        (Clause(Quantity("runs"), equal=2.0),),
    )


def test_watched_quantities_and_their_names(lesson):
    watched = lesson("watch: [x, learning_rate, {quantity: start loss, as: f}]").steps[0].watched
    assert [each.label for each in watched] == ["x", "learning rate", "f"]
    assert watched[2].quantity == Quantity("loss", place="start")


def test_formulas_and_tables_beside_the_file(lesson, tmp_path):
    (tmp_path / "t.csv").write_text("a,b\n1,2\n2,3\n3,5\n", "utf-8")
    step = "  - title: A\n    source: t.csv\n    text: x\n"
    experiment = prepared(lesson(step=step), 0)
    assert experiment.title == "t.csv"
    assert experiment.table is not None
    step = "  - title: A\n    source: a u^2 + v^2\n    text: x\n    start: [1, 1]\n"
    experiment = prepared(lesson(step=step), 0)
    assert experiment.landscape.parameters == ("u", "v")
    assert experiment.draft.start == (1.0, 1.0)


def test_a_file_elsewhere_is_not_opened(lesson, tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "t.csv").write_text("a,b\n1,2\n2,3\n", "utf-8")
    for source in ("../t.csv", str(tmp_path / "t.csv")):
        step = f"  - title: A\n    source: {source}\n    text: x\n"
        with pytest.raises(UserError, match=r"line 6: there is no file .* beside the lesson"):
            lesson_in(inside, step)


def lesson_in(folder, step):
    path = folder / "first.yaml"
    path.write_text(f"format: gdviz-lesson\nversion: 1\ntitle: T\nsteps:\n{step}", "utf-8")
    return read_lesson(path)


def test_windows_line_ends_and_a_byte_order_mark(tmp_path, lesson):
    path = tmp_path / "a.yaml"
    text = "format: gdviz-lesson\nversion: 1\ntitle: T\nsteps:\n  - title: A\n    source: valley\n"
    path.write_bytes(b"\xef\xbb\xbf" + (text + "    text: über\n").replace("\n", "\r\n").encode())
    assert read_lesson(path).steps[0].text == "über"


def test_a_lesson_is_told_by_its_ending_or_its_first_lines(tmp_path):
    (tmp_path / "a.yaml").write_text("nothing", "utf-8")
    (tmp_path / "a.txt").write_text("# mine\nformat: gdviz-lesson\n", "utf-8")
    (tmp_path / "b.txt").write_text("format: another\n", "utf-8")
    assert looks_like_lesson(tmp_path / "a.yaml")
    assert looks_like_lesson(str(tmp_path / "a.txt"))
    assert not looks_like_lesson(tmp_path / "b.txt")
    assert not looks_like_lesson(tmp_path / "none.yaml")
    assert not looks_like_lesson("x^2 + y^2")
    assert not looks_like_lesson("\0")
    assert not looks_like_lesson("x" * 10_000)
    assert not looks_like_lesson(tmp_path)


# --- the lesson that is shipped ---


def test_the_first_lesson_is_shipped_first_and_is_complete():
    first = read_lesson(shipped_lessons()[0])
    assert first.name == "gradient-descent"
    assert len(first.steps) == 9
    assert first.closing
    for step in first.steps:
        assert step.done, step.title
        assert step.conditions, step.title
        assert all(question.hint for question in step.questions), step.title
        assert len(step.text.split()) <= 90, step.title


@pytest.mark.parametrize("path", shipped_lessons(), ids=lambda path: path.stem)
def test_every_step_of_a_shipped_lesson_can_be_prepared(path):
    lesson = read_lesson(path)
    for number, step in enumerate(lesson.steps):
        experiment = prepared(lesson, number)
        assert experiment == prepared(lesson, number)
        assert len(experiment.runs) == 1
        assert set(step.setup.view.overlays) <= set(OVERLAYS)


def test_what_can_be_used_is_a_gesture_or_an_action():
    from gdviz.ui.action_table import ACTIONS

    keys = {spec.key for spec in ACTIONS}
    assert [use for use in USES if use not in keys] == ["click", "add", "drag"]
