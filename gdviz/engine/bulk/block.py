"""Some rows that are computed together because they fit into a processor's cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.state import StateShape
from gdviz.landscapes import FloatArray

__all__ = ["Block", "joined", "split"]


@dataclass
class Block:
    """Rows in flight, all at the same step.

    `params`, `arrays`, `flat_since` and `held` are changed in place; `rows` and `hypers`
    never are, so that copies share them.

    Attributes
    ----------
    rows : ndarray of int64, shape (m,)
        Their places in the batch, in ascending order.
    params : ndarray, shape (d, m)
        Contiguous, as are all arrays here.
    shape : StateShape
        How the optimizer's state is made of the following; it may change with a step.
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
        The rows as they were when they were last judged; None where that is now.
    """

    rows: NDArray[np.int64]
    params: FloatArray
    shape: StateShape
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
    def nbytes(self) -> int:
        """How much memory it takes, without what copies share."""
        own = self.changing()
        before = 0 if self.before is None else self.before.nbytes
        return before + sum(array.nbytes for array in own)

    def taken(self, which: NDArray[np.intp]) -> Block:
        """Return copies of the rows at some places, without what they were before."""
        return Block(
            self.rows.take(which),
            self.params.take(which, axis=-1),
            self.shape,
            [array.take(which, axis=-1) for array in self.arrays],
            list(self.others),
            [array.take(which) for array in self.hypers],
            self.flat_since.take(which),
            self.held.take(which),
        )

    def copy(self) -> Block:
        """Return a copy, with a copy of what the rows were before."""
        return Block(
            self.rows,
            self.params.copy(),
            self.shape,
            [array.copy() for array in self.arrays],
            list(self.others),
            self.hypers,
            self.flat_since.copy(),
            self.held.copy(),
            None if self.before is None else self.before.copy(),
        )

    def remember(self) -> None:
        """Keep the rows as they are now in `before`, in its own arrays where they fit."""
        self.before, old = None, self.before
        self.before = self.copied_onto(old)

    def copied_onto(self, old: Block | None) -> Block:
        """Return a copy, in the arrays of a block that isn't needed any longer if they fit."""
        if old is None or old.sizes() != self.sizes():
            return self.copy()
        for new, array in zip(self.changing(), old.changing(), strict=True):
            np.copyto(array, new)
        old.rows, old.hypers = self.rows, self.hypers
        old.shape, old.others = self.shape, list(self.others)
        old.before = None if self.before is None else self.before.copied_onto(old.before)
        return old

    def changing(self) -> tuple[NDArray[Any], ...]:
        """Return the arrays that steps and judgments change."""
        return (self.params, *self.arrays, self.flat_since, self.held)

    def sizes(self) -> list[tuple[int, ...]]:
        """Return the shapes of those arrays."""
        return [array.shape for array in self.changing()]

    def keep(self, which: NDArray[np.bool_]) -> None:
        """Drop all other rows."""
        places = np.flatnonzero(which)
        some = self.taken(places)
        some.before = None if self.before is None else self.before.taken(places)
        self.__dict__.update(some.__dict__)

    def put_into(self, params: FloatArray) -> None:
        """Write where the rows are into an array of the whole batch's, shape (d, n)."""
        if not self.size:
            return
        first, last = int(self.rows[0]), int(self.rows[-1])
        if last - first + 1 == self.size:
            params[:, first : last + 1] = self.params
            return
        for whole, part in zip(params, self.params, strict=True):
            whole[self.rows] = part


def joined(blocks: Sequence[Block]) -> Block:
    """Return one block with the rows of some that are at the same step, in their order."""
    first = blocks[0]
    if len(blocks) == 1:
        return first
    made = Block(
        np.concatenate([block.rows for block in blocks]),
        np.concatenate([block.params for block in blocks], axis=-1),
        first.shape,
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
        places = np.arange(first, min(first + size, block.size))
        piece = block.taken(places)
        if block.before is not None:
            piece.before = block.before.taken(places)
        pieces.append(piece)
    return pieces
