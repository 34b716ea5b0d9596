"""The lessons that gdviz brings along."""

from __future__ import annotations

from pathlib import Path

from gdviz.resource_files import resource_path

__all__ = ["FIRST_LESSON", "shipped_lessons"]

FIRST_LESSON = "gradient-descent"


def shipped_lessons() -> list[Path]:
    """Return the files of the lessons in ``resources/lessons``, the first lesson first."""
    found = sorted(resource_path("lessons").glob("*.yaml"))
    return sorted(found, key=lambda path: path.stem != FIRST_LESSON)
