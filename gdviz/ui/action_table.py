"""Everything that can be done, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ACTIONS", "MENUS", "ActionSpec"]


@dataclass(frozen=True)
class ActionSpec:
    """One thing that can be done.

    Attributes
    ----------
    key : str
        By which the program names it.
    text : str
        In the menu.
    tip : str
        One sentence that says what it does.
    menu : str
        The menu that holds it; a new group begins after ``None`` entries of `MENUS`.
    shortcuts : tuple of str
        The first one is shown.
    icon : str
        A file in ``resources/icons``; empty for none.
    checkable : bool
    """

    key: str
    text: str
    tip: str
    menu: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    checkable: bool = False


ACTIONS = (
    ActionSpec(
        "open",
        "&Open…",
        "Open a table, a measured surface, a recorded run or a lesson.",
        "File",
        ("Ctrl+O",),
        "folder-open",
    ),
    ActionSpec(
        "open_track",
        "Open recorded &run…",
        "Lay a run that was recorded elsewhere over this landscape.",
        "File",
        ("Ctrl+Shift+O",),
    ),
    ActionSpec("formula", "&Formula…", "Type the formula of a landscape.", "File", ("Ctrl+L",)),
    ActionSpec(
        "export",
        "&Export…",
        "Save a picture or the numbers of this descent.",
        "File",
        ("Ctrl+E",),
        "image-down",
    ),
    ActionSpec("quit", "&Quit", "Close gdviz.", "File", ("Ctrl+Q",)),
    ActionSpec("undo", "&Undo", "Take back the last change.", "Edit", ("Ctrl+Z",), "undo-2"),
    ActionSpec(
        "redo",
        "&Redo",
        "Make the change again that was taken back.",
        "Edit",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo-2",
    ),
    ActionSpec("start_zero", "Start at &zero", "Start where every parameter is 0.", "Edit", ("0",)),
    ActionSpec(
        "start_random",
        "Start at ra&ndom",
        "Start somewhere in view, chosen by chance.",
        "Edit",
        ("R",),
    ),
    ActionSpec(
        "clear",
        "&Clear runs",
        "Take all runs away and leave the bare landscape.",
        "Edit",
        ("Ctrl+Delete",),
        "eraser",
    ),
    ActionSpec(
        "many_starts",
        "Add &many starts…",
        "Start runs like the current one on a grid, on a ring or by chance.",
        "Runs",
        ("M",),
        "grip",
    ),
    ActionSpec(
        "race",
        "&Race optimizers",
        "Start the optimizers that are checked beside the button where the current run starts.",
        "Runs",
        ("Ctrl+Shift+R",),
        "flag",
    ),
    ActionSpec(
        "duplicate",
        "&Duplicate",
        "Make each selected run a second time, to change it and compare.",
        "Runs",
        ("Ctrl+D",),
        "copy",
    ),
    ActionSpec(
        "rename", "Re&name", "Call the current run what you like.", "Runs", ("F2",), "pencil"
    ),
    ActionSpec(
        "hide",
        "&Hide or show",
        "Leave the selected runs out of the views, or show them again.",
        "Runs",
        ("H",),
        "eye-off",
    ),
    ActionSpec(
        "solo",
        "&Only selected",
        "Show nothing but the selected runs.",
        "Runs",
        ("Shift+H",),
        "circle-dot",
        checkable=True,
    ),
    ActionSpec(
        "move_up",
        "Move &up",
        "Move the selected runs up the list.",
        "Runs",
        ("Alt+Up",),
        "arrow-up",
    ),
    ActionSpec(
        "move_down",
        "Move do&wn",
        "Move the selected runs down the list.",
        "Runs",
        ("Alt+Down",),
        "arrow-down",
    ),
    ActionSpec("next_run", "Ne&xt run", "Select the next run of the list.", "Runs", ("Ctrl+Down",)),
    ActionSpec("previous_run", "&Previous run", "Select the run above.", "Runs", ("Ctrl+Up",)),
    ActionSpec(
        "remove",
        "D&elete",
        "Take the selected runs away.",
        "Runs",
        ("Delete",),
        "trash-2",
    ),
    ActionSpec(
        "reset",
        "Reset e&xperiment",
        "Go back to the start, learning rate and view that this landscape began with.",
        "Edit",
        ("Ctrl+R",),
        "rotate-ccw",
    ),
    ActionSpec("play", "&Play", "Watch the descent, or hold it.", "Play", ("Space",), "play"),
    ActionSpec("forward", "Step &forward", "One step on.", "Play", ("Right",), "step-forward"),
    ActionSpec("back", "Step &back", "One step back.", "Play", ("Left",), "step-back"),
    ActionSpec("first", "Go to &start", "To step 0.", "Play", ("Home",), "skip-back"),
    ActionSpec("last", "Go to &end", "To the last step.", "Play", ("End",), "skip-forward"),
    ActionSpec(
        "loop",
        "&Loop",
        "Begin again when the end is reached.",
        "Play",
        ("L",),
        "repeat",
        checkable=True,
    ),
    ActionSpec(
        "stop",
        "S&top computing",
        "Keep what a long run has computed so far, and stop it.",
        "Play",
        ("Esc",),
    ),
    ActionSpec("faster", "F&aster", "Play twice as fast.", "Play", ("]",)),
    ActionSpec("slower", "Slo&wer", "Play half as fast.", "Play", ("[",)),
    ActionSpec(
        "zoom_in", "Zoom &in", "See less of the landscape, larger.", "View", ("Ctrl++", "Ctrl+=")
    ),
    ActionSpec("zoom_out", "Zoom &out", "See more of the landscape, smaller.", "View", ("Ctrl+-",)),
    ActionSpec(
        "zoom_reset",
        "&Whole landscape",
        "Show the part that this landscape began with.",
        "View",
        ("Ctrl+0",),
        "scan",
    ),
    ActionSpec(
        "slice",
        "&Slice along the other parameter",
        "Cut the loss curve along the other parameter.",
        "View",
        ("S",),
    ),
    ActionSpec(
        "eigen_directions",
        "Directions of &curvature",
        "Draw the Hessian's eigen-directions at the current point: steep and flat.",
        "View",
        ("E",),
        checkable=True,
    ),
    ActionSpec(
        "components",
        "&Parts of the step",
        "Draw what the next step is made of, as arrows.",
        "View",
        ("A",),
        checkable=True,
    ),
    ActionSpec(
        "numbers",
        "&Numbers of every step",
        "Open the table of the current run's steps, or close it.",
        "View",
        ("N",),
    ),
    ActionSpec(
        "theme_system",
        "Theme of the s&ystem",
        "Light or dark as the system is.",
        "View",
        checkable=True,
    ),
    ActionSpec("theme_light", "&Light theme", "Dark words on light.", "View", checkable=True),
    ActionSpec("theme_dark", "&Dark theme", "Light words on dark.", "View", checkable=True),
    ActionSpec(
        "theme_toggle",
        "Light or dark",
        "Change between the light and the dark theme.",
        "",
        ("Ctrl+T",),
        "sun-moon",
    ),
    ActionSpec(
        "learn",
        "&Learn gradient descent",
        "Open the Learn panel: gradient descent in nine short steps, each with something to do.",
        "Help",
        ("Ctrl+Shift+L",),
        "graduation-cap",
    ),
    ActionSpec("keys", "&Keys", "All keys at a glance.", "Help", ("F1",), "circle-help"),
    ActionSpec("about", "&About gdviz", "Version and license.", "Help"),
)

MENUS: Mapping[str, tuple[str | None, ...]] = {
    "File": ("open", "open_track", "formula", None, "export", None, "quit"),
    "Edit": ("undo", "redo", None, "start_zero", "start_random", None, "clear", "reset"),
    "Play": (
        "play",
        "forward",
        "back",
        "first",
        "last",
        None,
        "loop",
        "faster",
        "slower",
        None,
        "stop",
    ),
    "Runs": (
        "race",
        "many_starts",
        None,
        "duplicate",
        "rename",
        "hide",
        "solo",
        None,
        "next_run",
        "previous_run",
        "move_up",
        "move_down",
        None,
        "remove",
    ),
    "View": (
        "zoom_in",
        "zoom_out",
        "zoom_reset",
        "slice",
        "eigen_directions",
        "components",
        "numbers",
        None,
        "theme_system",
        "theme_light",
        "theme_dark",
    ),
    "Help": ("learn", None, "keys", "about"),
}
