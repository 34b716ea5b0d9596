"""A lesson's file on the command line opens the real window with its Learn panel."""

from tests.window.conftest import wait_until

LESSON = """\
format: gdviz-lesson
version: 1
title: T
steps:
  - title: A
    source: x^2 + 3 y^2
    start: [1, 1]
    text: A bowl.
  - title: B
    source: valley
    text: A valley.
"""


def test_it_opens_on_its_first_step_and_goes_on_by_keys(launch, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(LESSON, "utf-8")
    desk = launch(str(path))
    wait_until(lambda: "x² + 3" in desk.title or "x^2" in desk.title, desk.title)
    desk.key("alt+n")
    wait_until(lambda: desk.title.startswith("Valley"), "the second step")
    desk.key("ctrl+q")
    wait_until(lambda: desk.process.poll() is not None, "the end")
    assert desk.process.returncode == 0
    assert desk.told() == ""
