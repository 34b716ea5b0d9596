"""What can be done with a swarm, as actions."""

from __future__ import annotations

from gdviz.ui.action_spec import ActionSpec

__all__ = ["SWARM_ACTIONS"]

SWARM_ACTIONS = (
    ActionSpec(
        "swarm",
        "Sw&arm",
        "Let very many starts descend at once, as the current run does; or show them no longer.",
        "Runs",
        ("W",),
        checkable=True,
    ),
    ActionSpec(
        "swarm_brush",
        "&Brush a swarm",
        "Leave starts of a swarm wherever you drag over the landscape. Esc ends it.",
        "Runs",
        ("Shift+W",),
        checkable=True,
    ),
)
