"""NumPy's ``.npz``, an array at a time and the same bytes every time."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

__all__ = ["NpzFile"]

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class NpzFile:
    """An archive of plain arrays, which ``numpy.load`` opens without pickles.

    Parameters
    ----------
    file : file object
        Binary, open for writing; can seek.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True)

    def add(self, name: str, values: Any) -> None:
        """Add an array of numbers or texts."""
        array = np.asarray(values)
        self.add_parts(name, array.shape, array.dtype, [array])

    def add_parts(
        self,
        name: str,
        shape: tuple[int, ...],
        dtype: np.dtype[Any],
        parts: Iterable[NDArray[Any]],
    ) -> None:
        """Add an array that arrives in parts along its first axis, so that it is never whole."""
        member = zipfile.ZipInfo(f"{name}.npy", _LONG_AGO)
        header = {"descr": npy.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
        with self._archive.open(member, "w", force_zip64=True) as out:
            npy.write_array_header_1_0(out, header)
            for part in parts:
                out.write(np.ascontiguousarray(part, dtype=dtype).tobytes())

    def close(self) -> None:
        """Write the archive's directory."""
        self._archive.close()
