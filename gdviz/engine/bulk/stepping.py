"""Taking steps with a block of rows, without a look at where they lead."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk.block import Block
from gdviz.engine.descent import Descent
from gdviz.engine.state import StateShape, first_state, put_together, taken_apart
from gdviz.landscapes import FloatArray
from gdviz.optimizers import CONSTANT, Optimizer

__all__ = ["PlainStepping", "Stepping", "begin"]


class Stepping(Protocol):
    """Takes steps in place; all that do give the same bits."""

    @property
    def block_rows(self) -> int:
        """With how many rows a block is computed most quickly."""
        ...

    def advance(self, block: Block, first: int, count: int) -> None:
        """Take `count` steps, the first of which has the number `first`."""
        ...


class PlainStepping:
    """Asks the optimizer itself for each step: any optimizer, any landscape.

    Parameters
    ----------
    descent : Descent
    """

    block_rows = 4096

    def __init__(self, descent: Descent) -> None:
        self._descent = descent
        self._names = hyper_names(descent.optimizer)

    def advance(self, block: Block, first: int, count: int) -> None:
        landscape, schedule = self._descent.landscape, self._descent.schedule
        optimizer = with_rows(self._descent.optimizer, self._names, block.hypers)
        state = put_together(
            block.shape, [np.moveaxis(array, -1, 0) for array in block.arrays], block.others
        )
        columns = block.params
        factors = [1.0] * count
        if schedule != CONSTANT:
            steps = np.arange(first, first + count)
            factors = schedule.factors(steps, self._descent.steps).tolist()
        with np.errstate(all="ignore"):
            for factor in factors:
                now = optimizer if schedule == CONSTANT else optimizer.at_rate(factor)
                slope = landscape.gradient_columns(columns)
                updates, state = now.advance(landscape, slope.T, state, columns.T)
                columns = columns + updates.T
        block.params = np.ascontiguousarray(columns)
        block.shape, block.arrays, block.others = taken_apart(state, block.size)


def begin(descent: Descent, rows: NDArray[np.int64]) -> Block:
    """Return a block with some rows of a descent, before their first step."""
    shape, arrays, others = _begun(descent, rows)
    hypers = [
        np.ascontiguousarray(_per_row(getattr(descent.optimizer, name), rows))
        for name in hyper_names(descent.optimizer)
    ]
    return Block(
        rows,
        np.ascontiguousarray(descent.starts[rows].T),
        shape,
        arrays,
        others,
        hypers,
        np.full(rows.size, -1, dtype=np.int64),
        np.zeros(rows.size, dtype=np.bool_),
    )


def hyper_names(optimizer: Optimizer) -> tuple[str, ...]:
    """Return the names of the hyperparameters that differ per row."""
    declared = (one.name for one in optimizer.hyperparameters())
    return tuple(name for name in declared if isinstance(getattr(optimizer, name), np.ndarray))


def with_rows(optimizer: Optimizer, names: tuple[str, ...], values: list[FloatArray]) -> Optimizer:
    """Return an optimizer with these hyperparameters, (m,) each, unchecked."""
    if not names:
        return optimizer
    made = object.__new__(type(optimizer))
    columns = (value[:, np.newaxis] for value in values)
    made.__dict__.update({**optimizer.__dict__, **dict(zip(names, columns, strict=True))})
    return made


def _begun(
    descent: Descent, rows: NDArray[np.int64]
) -> tuple[StateShape, list[NDArray[np.float64]], list[object]]:
    names = hyper_names(descent.optimizer)
    values = [_per_row(getattr(descent.optimizer, name), rows) for name in names]
    columns = np.ascontiguousarray(descent.starts[rows].T)
    state = first_state(with_rows(descent.optimizer, names, values), columns.T)
    return taken_apart(state, rows.size)


def _per_row(value: FloatArray, rows: NDArray[np.int64]) -> FloatArray:
    return np.broadcast_to(value[:, 0], rows.shape) if len(value) == 1 else value[rows, 0]
