"""Which topic of the help explains which part of the window."""

from __future__ import annotations

from gdviz.app.screen import Screen
from gdviz.ui.tips import set_topic, wrapped

__all__ = ["tie_topics"]

_CONTOUR = (
    "The landscape from above: dark is low, bright is high, and along a line the loss stays the "
    "same. Close lines are a steep place."
)
_CURVE = (
    "The loss along one parameter, while the others stay what they are at the current point. The "
    "line at the disc is the tangent; its steepness is the slope."
)
_RAY = (
    "The loss after one step from here, at every learning rate: the lowest point is the rate that "
    "a line search would choose. Drag the marked rate."
)
_HISTORY = "How a quantity of every run changes with its steps. A click goes to that step."
_DATA = "The table's points, and the line that the parameters of the current step make."
_PROBE = (
    "What is under the pointer: the parameters, the loss, and the gradient, which points uphill."
)


def tie_topics(screen: Screen) -> None:
    """Tie the parts of a window to their topics, and say how the views are read."""
    for canvas, tip in (
        (screen.contour_canvas, _CONTOUR),
        (screen.curve_canvas, _CURVE),
        (screen.beside_canvas, _CURVE),
        (screen.ray_canvas, _RAY),
        (screen.history_canvas, _HISTORY),
        (screen.data_canvas, _DATA),
    ):
        canvas.set_tip(tip)
    screen.window.statusBar().setToolTip(wrapped(_PROBE))
    for part, topic in (
        (screen.window, "first-steps"),
        (screen.contour_canvas, "contour-view"),
        (screen.curve_canvas, "loss-curve"),
        (screen.beside_canvas, "loss-curve"),
        (screen.ray_canvas, "loss-curve"),
        (screen.caption, "presenting"),
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
        (screen.sensitivity, "sensitivity"),
        (screen.numbers, "numbers"),
        (screen.playback, "playback"),
        (screen.window.statusBar(), "gradient"),
    ):
        set_topic(part, topic)
