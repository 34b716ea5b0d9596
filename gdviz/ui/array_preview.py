"""What is in a file of arrays: their names, shapes and first numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from gdviz.export.formats import write
from gdviz.numbers import format_number
from gdviz.ui.previewed import Previewed

__all__ = ["arrays_told"]

_SHOWN = 3


def arrays_told(previewed: Previewed) -> str:
    """Return a line for each array of the file: its name, its size and how it begins."""
    file = io.BytesIO()
    write(previewed.format, previewed.material, previewed.spec, file)
    file.seek(0)
    arrays = _of_hdf5(file) if previewed.format.ending == "h5" else _of_numpy(file)
    return "\n".join(f"{name}   {_told(values)}" for name, values in arrays)


def _of_numpy(file: io.BytesIO) -> Iterator[tuple[str, Any]]:
    with np.load(file, allow_pickle=False) as archive:
        for name in archive.files:
            yield name, archive[name]


def _of_hdf5(file: io.BytesIO) -> Iterator[tuple[str, Any]]:
    import h5py

    with h5py.File(file, "r") as archive:
        for name, values in archive.items():
            yield name, np.asarray(values)


def _told(values: Any) -> str:
    if values.ndim == 0:
        return " ".join(str(values).split())
    size = " × ".join(f"{side:,}" for side in values.shape)
    first = values.ravel()[:_SHOWN].tolist()
    words = [format_number(one) if isinstance(one, float) else str(one) for one in first]
    more = " …" if values.size > _SHOWN else ""
    return f"({size})   {', '.join(words)}{more}"
