"""From the file's older versions to the present one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gdviz.experiment.file.json_text import Raw
from gdviz.experiment.file.node import Node

__all__ = ["VERSION", "migrated"]

VERSION = 3


def _from_1(file: Node) -> Node:
    """Put version 2's `selection` in the place of the one `selected` run, and an empty look."""
    found = file.mapping()
    fields = {key: node.raw for key, node in found.items()}
    for key in ("selection", "look", "step"):
        if key in found:
            found[key].refuse(f"a file of version 1 has no key '{key}'")
    at = file.raw.at
    selected = fields.pop("selected", None)
    if selected is not None:
        rows = [] if selected.value is None else [selected]
        fields["selection"] = Raw(rows, selected.at)
    fields["look"] = Raw({}, at)
    fields["step"] = Raw(None, at)
    return file.holding(fields)


def _from_2(file: Node) -> Node:
    """Add version 3's `plane`, with nothing in it."""
    found = file.mapping()
    if "plane" in found:
        found["plane"].refuse("a file of version 2 has no key 'plane'")
    fields = {key: node.raw for key, node in found.items()}
    fields["plane"] = Raw({}, file.raw.at)
    return file.holding(fields)


_MIGRATIONS: Mapping[int, Callable[[Node], Node]] = {1: _from_1, 2: _from_2}
"""What makes the next version of a version's file."""


def migrated(file: Node) -> Node:
    """Return a file as the present version has it.

    Parameters
    ----------
    file : Node
        Whose `version` is told by the file itself.

    Raises
    ------
    UserError
        If the file is newer, or has no version.
    """
    found = file.mapping()
    if "version" not in found:
        file.refuse("the key 'version' is missing here")
    version = found["version"].whole(1)
    if version > VERSION:
        found["version"].refuse(
            f"this file was made by a newer gdviz: it has version {version:,}, and this one reads "
            f"up to {VERSION}; update gdviz"
        )
    while version < VERSION:
        file = _MIGRATIONS[version](file)
        version += 1
    return file
