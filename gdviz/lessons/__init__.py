"""Lessons: prepared experiments with something to do, read from a file that a teacher can edit."""

from gdviz.lessons.attempt import Attempt
from gdviz.lessons.lesson import (
    Clause,
    Condition,
    Lesson,
    LessonStep,
    LessonView,
    Setup,
    Watched,
)
from gdviz.lessons.observed import Observed, Value
from gdviz.lessons.preparing import prepared
from gdviz.lessons.quantities import Quantity, parse_quantity, value_of
from gdviz.lessons.question import Question
from gdviz.lessons.reading import LARGEST_LESSON, looks_like_lesson, parse_lesson, read_lesson
from gdviz.lessons.shipped import FIRST_LESSON, shipped_lessons
from gdviz.lessons.vocabulary import PAGES, USES

__all__ = [
    "FIRST_LESSON",
    "LARGEST_LESSON",
    "PAGES",
    "USES",
    "Attempt",
    "Clause",
    "Condition",
    "Lesson",
    "LessonStep",
    "LessonView",
    "Observed",
    "Quantity",
    "Question",
    "Setup",
    "Value",
    "Watched",
    "looks_like_lesson",
    "parse_lesson",
    "parse_quantity",
    "prepared",
    "read_lesson",
    "shipped_lessons",
    "value_of",
]
