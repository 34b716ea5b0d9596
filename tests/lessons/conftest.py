"""Lessons as texts."""

from pathlib import Path

import pytest

from gdviz.lessons import parse_lesson

HEAD = """\
format: gdviz-lesson
version: 1
title: T
steps:
"""
STEP = """\
  - title: First
    source: valley
    text: Look.
"""


@pytest.fixture
def lesson(tmp_path):
    """Call with the lines of one step, after its title, source and text, to get a lesson."""

    def make(*lines, step=STEP, head=HEAD) -> object:
        more = "".join(f"    {line}\n" for line in lines)
        return parse_lesson(head + step + more, tmp_path / "first.yaml")

    return make


@pytest.fixture
def here() -> Path:
    return Path("first.yaml")
