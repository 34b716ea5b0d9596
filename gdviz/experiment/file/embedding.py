"""Which data stand in the file itself, and which in a file of their own."""

from __future__ import annotations

from gdviz.errors import UserError

__all__ = ["MOST_BYTES", "MOST_EMBEDDED", "check_reference", "stands_in_file", "too_large"]

MOST_EMBEDDED = 2_000_000
"""Bytes of data that stand in the file, if there is another file to refer to."""
MOST_BYTES = 90_000_000
"""Bytes of data that can stand in the file."""


def stands_in_file(size: int, embed: bool | None) -> bool:  # noqa: FBT001
    """Tell whether data of so many bytes stand in the file itself."""
    return size <= MOST_EMBEDDED if embed is None else embed


def check_reference(name: str, embed: bool | None) -> None:  # noqa: FBT001
    """Raise a `UserError` where data must not stand in the file, but can't be referred to."""
    if embed is False:
        raise UserError(
            f"'{name}' can't be referred to: its file is not there any more, or has changed; let "
            "the experiment hold the data itself"
        )


def too_large(name: str, size: int) -> str:
    """Say that data are too large to stand in the file."""
    return (
        f"'{name}' is too large to be put into an experiment's file ({size / 1e6:,.0f} MB; at most "
        f"{MOST_BYTES / 1e6:,.0f} MB): leave the file that it was read from where it was"
    )
