"""What explains."""

from __future__ import annotations

from gdviz.ui.action_spec import ActionSpec

__all__ = ["HELP_ACTIONS"]

HELP_ACTIONS = (
    ActionSpec(
        "learn",
        "&Learn gradient descent",
        "Open the Learn panel: gradient descent in nine short steps, each with something to do.",
        "Help",
        ("Ctrl+Shift+L",),
        "graduation-cap",
    ),
    ActionSpec(
        "help",
        "&Help",
        "Read what everything here means, and search it.",
        "Help",
        ("F1",),
        "circle-help",
    ),
    ActionSpec(
        "whats_this",
        "&What’s this?",
        "Click anything in the window, and it says what it is and what to try.",
        "Help",
        ("Shift+F1",),
    ),
    ActionSpec("keys", "&Keys", "All keys at a glance.", "Help", ("Ctrl+F1", "?")),
    ActionSpec("about", "&About gdviz", "Version and license.", "Help"),
)
