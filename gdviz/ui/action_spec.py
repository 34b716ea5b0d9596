"""What is told of an action."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ActionSpec"]


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
        The menu that holds it; a new group begins after ``None`` entries of the table of menus.
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
