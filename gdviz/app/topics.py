"""Which topic of the help explains which part of the window."""

from __future__ import annotations

from gdviz.app.screen import Screen
from gdviz.ui.tips import set_topic

__all__ = ["tie_topics"]


def tie_topics(screen: Screen) -> None:
    """Tie the parts of a window to their topics; what has one of its own keeps it."""
    for part, topic in (
        (screen.window, "first-steps"),
        (screen.contour_canvas, "contour-view"),
        (screen.curve_canvas, "loss-curve"),
        (screen.history_canvas, "history"),
        (screen.data_canvas, "data-and-fit"),
        (screen.landscape_panel, "loss-landscape"),
        (screen.mathematics, "mathematics"),
        (screen.step_panel, "this-step"),
        (screen.update, "update"),
        (screen.run_list, "run-list"),
        (screen.run_panel, "optimizer"),
        (screen.run_panel.schedule, "schedule"),
        (screen.run_panel.noise, "noise"),
        (screen.verdict, "verdict"),
        (screen.numbers, "numbers"),
        (screen.playback, "playback"),
        (screen.window.statusBar(), "gradient"),
    ):
        set_topic(part, topic)
