"""A mistake in a formula, and where it is."""

from __future__ import annotations

from gdviz.errors import UserError

__all__ = ["FormulaError"]


class FormulaError(UserError):
    """A user's mistake in a formula.

    Attributes
    ----------
    position, end : int
        The characters of the text that are wrong, from `position` up to `end`; both the
        same where something is missing.
    """

    def __init__(self, message: str, position: int, end: int | None = None) -> None:
        super().__init__(message)
        self.position = position
        self.end = position if end is None else end
