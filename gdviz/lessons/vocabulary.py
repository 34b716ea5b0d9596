"""The names that a lesson file may use for parts of the window."""

from __future__ import annotations

__all__ = ["PAGES", "USES"]

PAGES = ("history", "surface", "data")
"""What can stand beside the loss curve."""

USES = (
    *("click", "add", "drag"),
    *("start_zero", "start_random", "many_starts", "race", "duplicate", "clear", "reset"),
    *("play", "forward", "back", "first", "last", "loop", "faster", "slower"),
    *("zoom_in", "zoom_out", "zoom_reset", "slice", "numbers", "undo", "redo", "export"),
)
"""What a student can use: a click, Shift+click or drag on the plots, or a menu's entry."""
