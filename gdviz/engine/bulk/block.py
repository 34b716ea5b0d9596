"""Some rows that are computed together because they fit into a processor's cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray

__all__ = ["Block", "joined", "split"]


@dataclass
class Block:
    """Rows in flight, all at the same step; changed in place.

    Attributes
    ----------
    rows : ndarray of int64, shape (m,)
        Their places in the batch.
    params : ndarray, shape (d, m)
        Contiguous, as are all arrays here.
    arrays : list of ndarray, shape (…, m)
        The arrays of the optimizer's state.
    others : list
        The values of the optimizer's state that all rows share.
    hypers : list of ndarray, shape (m,)
        The hyperparameters that differ per row.
    flat_since : ndarray of int64, shape (m,)
        The first step from which a row's slope has been as good as 0; −1 if it isn't now.
    held : ndarray of bool, shape (m,)
        Which rows have such slopes though it goes down from there.
    before : Block or None
        The rows as they were when they were last judged.
    """

    rows: NDArray[np.int64]
    params: FloatArray
    arrays: list[NDArray[Any]]
    others: list[Any]
    hypers: list[FloatArray]
    flat_since: NDArray[np.int64]
    held: NDArray[np.bool_]
    before: Block | None = None

    @property
    def size(self) -> int:
        """The number of rows, m."""
        return int(self.rows.size)

    @property
    def consecutive(self) -> bool:
        """Whether the rows follow one another in the batch."""
        return bool(self.size) and int(self.rows[-1] - self.rows[0]) == self.size - 1

    @property
    def nbytes(self) -> int:
        """How many bytes the arrays take."""
        arrays = (self.rows, self.params, *self.arrays, *self.hypers, self.flat_since, self.held)
        before = 0 if self.before is None else self.before.nbytes
        return before + sum(array.nbytes for array in arrays)

    def taken(self, which: NDArray[Any] | slice) -> Block:
        """Return some of the rows, without what they were before; arrays are copied."""
        return Block(
            self.rows[which].copy(),
            _some(self.params, which),
            [_some(array, which) for array in self.arrays],
            list(self.others),
            [_some(array, which) for array in self.hypers],
            self.flat_since[which].copy(),
            self.held[which].copy(),
        )

    def copy(self) -> Block:
        """Return a copy, without what the rows were before."""
        return self.taken(slice(None))

    def remember(self) -> None:
        """Keep the rows as they are now in `before`."""
        if self.before is None or self.before.size != self.size:
            self.before = self.copy()
            return
        before = self.before
        pairs = zip(self.arrays, before.arrays, strict=True)
        for new, old in ((self.params, before.params), *pairs):
            np.copyto(old, new)
        before.others = list(self.others)
        before.flat_since[:] = self.flat_since
        before.held[:] = self.held

    def keep(self, which: NDArray[np.bool_]) -> None:
        """Drop all other rows."""
        some = self.taken(which)
        before = None if self.before is None else self.before.taken(which)
        self.__dict__.update(some.__dict__)
        self.before = before


def joined(blocks: Sequence[Block]) -> Block:
    """Return one block with the rows of some that are at the same step."""
    first = blocks[0]
    if len(blocks) == 1:
        return first
    made = Block(
        np.concatenate([block.rows for block in blocks]),
        np.concatenate([block.params for block in blocks], axis=-1),
        [np.concatenate(parts, axis=-1) for parts in zip(*(b.arrays for b in blocks), strict=True)],
        list(first.others),
        [np.concatenate(parts) for parts in zip(*(b.hypers for b in blocks), strict=True)],
        np.concatenate([block.flat_since for block in blocks]),
        np.concatenate([block.held for block in blocks]),
    )
    befores = [block.before for block in blocks if block.before is not None]
    if len(befores) == len(blocks):
        made.before = joined(befores)
    return made


def split(block: Block, size: int) -> list[Block]:
    """Return blocks of at most `size` rows."""
    if block.size <= size:
        return [block]
    pieces = []
    for first in range(0, block.size, size):
        part = slice(first, first + size)
        piece = block.taken(part)
        if block.before is not None:
            piece.before = block.before.taken(part)
        pieces.append(piece)
    return pieces


def _some(array: NDArray[Any], which: NDArray[Any] | slice) -> NDArray[Any]:
    return np.array(array[..., which], order="C", copy=True)
