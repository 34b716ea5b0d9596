"""Lessons on the command line."""

import pytest

from gdviz.cli.main import main
from gdviz.lessons import shipped_lessons

GOOD = (
    "format: gdviz-lesson\nversion: 1\ntitle: T\nsteps:\n  - {title: A, source: valley, text: a}\n"
)


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "first.yaml"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_malformed_lesson_is_refused_in_one_line_before_a_window_opens(lesson, capsys):
    lesson.write_text(GOOD.replace("source", "sorce"), "utf-8")
    assert main(["first.yaml"]) == 2
    told = capsys.readouterr()
    assert told.err == (
        "gdviz: first.yaml, line 5: 'sorce' is no field of a step; did you mean 'source'?\n"
    )
    assert told.out == ""


def test_a_lesson_that_is_not_there(capsys, lesson):
    assert main(["second.yaml"]) == 2
    assert capsys.readouterr().err == "gdviz: there is no file 'second.yaml'\n"


def test_a_lesson_is_no_picture(lesson, capsys):
    assert main(["render", "first.yaml", "-o", "a.png"]) == 2
    assert "open it in the window: gdviz first.yaml" in capsys.readouterr().err
    assert not (lesson.parent / "a.png").exists()


def test_the_first_step_whose_start_has_no_loss_is_refused(lesson, capsys):
    text = GOOD.replace("source: valley", "source: ln(x) + y^2, start: [-1, 0]")
    lesson.write_text(text, "utf-8")
    assert main(["first.yaml"]) == 2
    assert "first.yaml, line 5: the loss at the start" in capsys.readouterr().err


def test_lessons_are_listed(capsys):
    assert main(["list", "lessons"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split()[0] == shipped_lessons()[0].stem
