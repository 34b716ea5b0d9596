"""Importing pyqtgraph without making all of Qt's classes.

PySide6 makes a class of Qt when its name is first asked for. pyqtgraph copies its modules
name by name when it is imported, and so asks for all of them: that takes half as long as
everything else in it, and ten megabytes.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import ModuleType

__all__ = ["import_pyqtgraph"]

_COPIED = ("QtCore", "QtGui", "QtWidgets")


def import_pyqtgraph() -> None:
    """Import pyqtgraph such that its copies of Qt's modules hold names once they are asked for.

    Without it, pyqtgraph works as well; it only takes longer to import.
    """
    if "pyqtgraph" in sys.modules:
        return
    originals = [importlib.import_module(f"PySide6.{name}") for name in _COPIED]
    listings = [original.__dict__.get("__dir__") for original in originals]
    for name, original in zip(_COPIED, originals, strict=True):
        copy = ModuleType(f"pyqtgraph.Qt.{name}")
        setattr(copy, "__getattr__", _attribute_of(original, copy))  # noqa: B010
        sys.modules[copy.__name__] = copy
        original.__dict__["__dir__"] = list  # there seems to be nothing to copy
    try:
        importlib.import_module("pyqtgraph")
    finally:
        for original, listing in zip(originals, listings, strict=True):
            if listing is None:
                del original.__dict__["__dir__"]
            else:
                original.__dict__["__dir__"] = listing


def _attribute_of(original: ModuleType, copy: ModuleType) -> Callable[[str], object]:
    def attribute(name: str) -> object:
        value = getattr(original, name)
        setattr(copy, name, value)
        return value

    return attribute
