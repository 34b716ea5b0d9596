"""What can be done with the surface."""

from __future__ import annotations

from gdviz.ui.action_spec import ActionSpec

__all__ = ["SURFACE_ACTIONS", "SURFACE_MENU"]

SURFACE_ACTIONS = (
    ActionSpec(
        "surface",
        "Show the surf&ace",
        "See the landscape as a surface, or go back to the history.",
        "Surface",
        ("V",),
    ),
    ActionSpec(
        "camera_corner",
        "From a &corner",
        "Look from a corner, as at first, at the whole surface.",
        "Surface",
        ("Ctrl+1",),
    ),
    ActionSpec(
        "camera_x",
        "Along the &second parameter",
        "Look from in front: the first parameter to the right, heights upward.",
        "Surface",
        ("Ctrl+2",),
    ),
    ActionSpec(
        "camera_y",
        "Along the &first parameter",
        "Look from the side: the second parameter to the right, heights upward.",
        "Surface",
        ("Ctrl+3",),
    ),
    ActionSpec(
        "camera_above",
        "From abo&ve",
        "Look straight down: the contour view with light on it.",
        "Surface",
        ("Ctrl+4",),
    ),
    ActionSpec(
        "orbit_left", "Turn &left", "Turn the surface to the left.", "Surface", ("Ctrl+Alt+Left",)
    ),
    ActionSpec(
        "orbit_right",
        "Turn &right",
        "Turn the surface to the right.",
        "Surface",
        ("Ctrl+Alt+Right",),
    ),
    ActionSpec("orbit_up", "Look from &higher", "Raise the eye.", "Surface", ("Ctrl+Alt+Up",)),
    ActionSpec("orbit_down", "Look from lo&wer", "Lower the eye.", "Surface", ("Ctrl+Alt+Down",)),
)

SURFACE_MENU: tuple[str | None, ...] = (
    "surface",
    None,
    "camera_corner",
    "camera_x",
    "camera_y",
    "camera_above",
    None,
    "orbit_left",
    "orbit_right",
    "orbit_up",
    "orbit_down",
)
