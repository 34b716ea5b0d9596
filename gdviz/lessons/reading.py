"""Lessons from their files; every refusal names the line, and nothing is executed."""

from __future__ import annotations

import re
from pathlib import Path

from gdviz.errors import UserError
from gdviz.lessons.lesson import Lesson
from gdviz.lessons.nodes import Entry, document
from gdviz.lessons.step_reading import read_step

__all__ = ["LARGEST_LESSON", "looks_like_lesson", "parse_lesson", "read_lesson"]

LARGEST_LESSON = 256_000
"""The most bytes that a lesson's file may have."""

_FORMAT, _VERSION = "gdviz-lesson", 1
_ENDINGS = (".yaml", ".yml")
_BEGINNING = _LONGEST_PATH = 4096
_FIELDS = ("format", "version", "title", "summary", "closing", "steps")
_MOST_STEPS = 60
_FORMAT_LINE = re.compile(rf"^format:\s*[\"']?{_FORMAT}\b", re.MULTILINE)


def looks_like_lesson(source: str | Path) -> bool:
    """Tell whether a source is the file of a lesson: by its ending, or by its format's line.

    Parameters
    ----------
    source : str or Path
        Any text that a user may give for a landscape.
    """
    if len(str(source)) > _LONGEST_PATH or "\0" in str(source):
        return False
    path = Path(source)
    if not path.is_file():
        return False
    if path.suffix.lower() in _ENDINGS:
        return True
    try:
        with path.open("rb") as file:
            start = file.read(_BEGINNING)
    except OSError:
        return False
    return _FORMAT_LINE.search(start.decode("utf-8", "replace")) is not None


def read_lesson(path: Path) -> Lesson:
    """Read a lesson's file.

    Parameters
    ----------
    path : Path

    Raises
    ------
    UserError
        If it can't be read or is no lesson: file, line, and what would be right.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_LESSON + 1)
    except OSError as error:
        told = (error.strerror or str(error)).lower()
        raise UserError(f"'{path.name}' cannot be read: {told}") from None
    if len(content) > LARGEST_LESSON:
        raise UserError(
            f"{path.name} is larger than {LARGEST_LESSON // 1000} kB: too large for a lesson"
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"{path.name}, line {line}: this is not UTF-8; save the file with that encoding"
        ) from None
    return parse_lesson(text, path)


def parse_lesson(text: str, path: Path) -> Lesson:
    """Return the lesson of a text.

    Parameters
    ----------
    text : str
    path : Path
        Where it is from: what refusals call it, and where files that it names lie.

    Raises
    ------
    UserError
        As `read_lesson`.
    """
    entry = document(text, path.name)
    _check_format(entry)
    fields = entry.fields("a lesson", _FIELDS)
    steps = fields.need("steps").items("'steps'")
    if len(steps) > _MOST_STEPS:
        steps[_MOST_STEPS].refuse(f"a lesson has at most {_MOST_STEPS} steps")
    return Lesson(
        title=fields.need("title").text("'title'"),
        summary=fields.text("summary"),
        steps=tuple(read_step(step, path.parent) for step in steps),
        path=path,
        closing=fields.text("closing"),
    )


def _check_format(entry: Entry) -> None:
    """Refuse what is another kind of file before looking at its fields."""
    told = f"this is no lesson; one begins 'format: {_FORMAT}'"
    if not entry.is_mapping:
        entry.refuse(told)
    found = {key.text("a field's name"): value for key, value in entry.pairs("a lesson")}
    if "format" not in found:
        entry.refuse(told)
    if found["format"].text("'format'") != _FORMAT:
        found["format"].refuse(f"this format is not {_FORMAT}; {told}")
    if "version" not in found:
        entry.refuse(f"the file's version is missing; write 'version: {_VERSION}'")
    version = found["version"].whole("'version'", 1, 1_000_000)
    if version > _VERSION:
        found["version"].refuse(
            f"this lesson has version {version}, and this gdviz reads up to {_VERSION}: "
            "it takes a newer gdviz"
        )
