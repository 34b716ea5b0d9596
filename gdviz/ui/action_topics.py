"""Which topic of the help explains an action."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ACTION_TOPICS"]

_TOPICS: Mapping[str, tuple[str, ...]] = {
    "saving": ("new", "open", "clear_recent", "save", "save_as"),
    "recorded-runs": ("open_track",),
    "formulas": ("formula",),
    "export": ("export", "copy_picture", "copy_command"),
    "undo": ("undo", "redo", "clear", "reset"),
    "starts": ("start_zero", "start_random"),
    "many-starts": ("many_starts",),
    "race": ("race",),
    "run-list": (
        *("duplicate", "rename", "hide", "solo", "move_up", "move_down"),
        *("next_run", "previous_run", "remove"),
    ),
    "playback": (
        *("play", "forward", "back", "first", "last", "loop", "stop"),
        *("faster", "slower"),
    ),
    "contour-view": ("zoom_in", "zoom_out", "zoom_reset"),
    "loss-curve": ("slice",),
    "curvature": ("eigen_directions",),
    "update": ("components",),
    "overlays": (
        *("arrows", "downhill_arrows", "equal_arrows", "level_line", "partials"),
        *("tangent_plane", "quadratic"),
    ),
    "mathematics": ("mathematics",),
    "presenting": (
        *("present", "laser", "text_larger", "text_smaller", "text_normal"),
        *("enlarge_contour", "enlarge_curve", "enlarge_surface"),
        *("enlarge_history", "enlarge_data", "enlarge_basins", "enlarge_sweep", "all_views"),
    ),
    "numbers": ("numbers",),
    "keys": ("keys",),
    "first-steps": ("help", "whats_this"),
    "lessons": ("learn",),
}

ACTION_TOPICS: Mapping[str, str] = {key: topic for topic, keys in _TOPICS.items() for key in keys}
"""The topics by the actions' keys; an action that is not named explains itself."""
