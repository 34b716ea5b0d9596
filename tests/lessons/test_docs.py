"""What docs/lessons.md says of the format is so."""

import re
from pathlib import Path

from gdviz.engine import Outcome
from gdviz.experiment.overlays import OVERLAYS
from gdviz.lessons import PAGES, USES, parse_lesson, parse_quantity, prepared
from gdviz.lessons import asking as asking_module
from gdviz.lessons import reading as reading_module
from gdviz.lessons import step_reading as step_module
from gdviz.lessons.quantities import _SIMPLE

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "lessons.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def section(title):
    return re.split(r"^## ", TEXT.partition(f"## {title}\n")[2], flags=re.MULTILINE)[0]


def named(text):
    return set(re.findall(r"`([^`]+)`", text))


def test_the_example_is_a_lesson_whose_steps_can_be_prepared(tmp_path):
    lesson = parse_lesson(EXAMPLE, tmp_path / "example.yaml")
    assert [step.title for step in lesson.steps] == ["Uphill and downhill", "Too fast"]
    for number, step in enumerate(lesson.steps):
        assert prepared(lesson, number).draft.start == (2.0, 1.0)
        assert step.conditions
    first, second = lesson.steps
    gradient = prepared(lesson, 0).landscape.gradient([[2.0, 1.0]])[0]
    assert first.questions[0].numbers == tuple(gradient.tolist()) == (4.0, 4.0)
    assert second.questions[0].is_right("to the left")


def test_the_example_has_every_field():
    for name in {*reading_module._FIELDS, *step_module._FIELDS}:
        assert re.search(rf"\b{name}:", EXAMPLE), name


def test_every_field_and_bound_is_told():
    assert set(reading_module._FIELDS) | set(step_module._FIELDS) <= named(section("The file"))
    view = named(section("`view`"))
    assert set(step_module._VIEW_FIELDS) | set(OVERLAYS) | set(PAGES) <= view
    assert set(asking_module._QUESTION_FIELDS) <= named(section("`ask`"))
    bounds = {name.rstrip(":") for name in named(section("`check`"))}
    assert {"say", "when", "is", "above", "below", "near", "within"} <= bounds


def test_every_quantity_that_is_told_is_one_and_every_one_is_told():
    rows = re.findall(r"^\| (`.*?) \| (.*) \|$", section("Quantities"), re.MULTILINE)
    told = [name for left, _right in rows for name in re.findall(r"`([^`]+)`", left)]
    assert len(told) > 25
    for name in told:
        parse_quantity(name, ("x", "y"), questions=2)
    assert set(_SIMPLE) <= set(told)
    words = named(section("Quantities"))
    assert set(USES) <= words
    assert {outcome.value for outcome in Outcome} - {"running", "recorded"} <= words


def test_the_limits_are_told():
    assert f"{reading_module.LARGEST_LESSON // 1000} kB" in TEXT
    assert f"{reading_module._MOST_STEPS} steps" in TEXT
