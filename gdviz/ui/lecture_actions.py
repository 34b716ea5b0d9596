"""What can be done to be seen from the last row."""

from __future__ import annotations

from gdviz.ui.action_spec import ActionSpec

__all__ = ["LECTURE_ACTIONS"]

LECTURE_ACTIONS = (
    ActionSpec(
        "present",
        "P&resent",
        "Fill the screen for an audience: large letters, strong colors, everything on keys.",
        "View",
        ("F11", "F5"),
        "presentation",
        checkable=True,
    ),
    ActionSpec(
        "laser",
        "L&aser pointer",
        "Point with a red light that tells parameters, loss and slope where it stands.",
        "View",
        ("P",),
        checkable=True,
    ),
    ActionSpec(
        "enlarge_contour",
        "&Contour view",
        "Give the contour view all the room, to see where the steps go.",
        "View",
        ("1",),
        checkable=True,
    ),
    ActionSpec(
        "enlarge_curve",
        "&Loss curve",
        "Give the loss curve all the room, to see the slope at each step.",
        "View",
        ("2",),
        checkable=True,
    ),
    ActionSpec(
        "enlarge_surface",
        "&Surface",
        "Give the surface all the room, to see the valley that runs go down.",
        "View",
        ("3",),
        checkable=True,
    ),
    ActionSpec(
        "enlarge_history",
        "&History",
        "Give the history all the room, to see how the runs go on.",
        "View",
        ("4",),
        checkable=True,
    ),
    ActionSpec(
        "enlarge_data",
        "&Data",
        "Give the data all the room, to see what the model makes of them.",
        "View",
        ("5",),
        checkable=True,
    ),
    ActionSpec(
        "enlarge_basins",
        "&Basins",
        "Give the map of basins all the room, to see where each start leads.",
        "View",
        ("6",),
        checkable=True,
    ),
    ActionSpec(
        "enlarge_sweep",
        "&Rates",
        "Give the map of learning rates all the room, to see which ones crawl or diverge.",
        "View",
        ("7",),
        checkable=True,
    ),
    ActionSpec(
        "all_views",
        "&All views",
        "See all views of the descent side by side again.",
        "View",
        ("`",),
    ),
    ActionSpec(
        "text_larger",
        "&Larger text",
        "Make letters, lines and marks larger, everywhere.",
        "View",
        ("Ctrl+Alt++", "Ctrl+Alt+="),
    ),
    ActionSpec(
        "text_smaller",
        "&Smaller text",
        "Make letters, lines and marks smaller, everywhere.",
        "View",
        ("Ctrl+Alt+-",),
    ),
    ActionSpec(
        "text_normal",
        "&Normal text size",
        "Draw letters, lines and marks in their usual size.",
        "View",
        ("Ctrl+Alt+0",),
    ),
)
