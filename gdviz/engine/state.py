"""An optimizer's state taken apart into arrays with a column for each row, and other values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.landscapes import FloatArray
from gdviz.optimizers import FirstOrder, Optimizer

__all__ = ["StateShape", "first_state", "put_together", "taken_apart"]


@dataclass(frozen=True)
class StateShape:
    """How a state is made of its arrays and its other values.

    Attributes
    ----------
    kind : type or None
        Of a tuple, its type; None for an array, or another value, itself.
    parts : tuple of StateShape
    place : int
        Of an array, its place among the arrays; of another value, its place among those.
    array : bool
    """

    kind: type | None
    parts: tuple[StateShape, ...] = ()
    place: int = 0
    array: bool = False


def first_state(optimizer: Optimizer, params: FloatArray) -> Any:
    """Return the state before the first step, of the shape that it has behind it.

    A number that all rows share at first and that differs per row from the first step on,
    such as the power of a beta that does, is made an array of shape (n, 1).

    Parameters
    ----------
    optimizer : Optimizer
    params : ndarray, shape (n, d)
        The starts.
    """
    state = optimizer.init(params)
    if not isinstance(optimizer, FirstOrder):
        return state
    with np.errstate(all="ignore"):
        _, after = optimizer.update(np.zeros_like(params), state, params)
    return _widened(state, after, len(params))


def taken_apart(
    state: Any,
    rows: int,
) -> tuple[StateShape, list[NDArray[Any]], list[Any]]:
    """Return a state's shape, its arrays, and its other values.

    Parameters
    ----------
    state
        Tuples, within tuples or not, of arrays of shape (n, …) and of values that all rows
        share.
    rows : int
        n.

    Returns
    -------
    shape : StateShape
    arrays : list of ndarray, shape (…, n)
        Contiguous copies, none of which shares its memory with another.
    others : list
    """
    arrays: list[NDArray[Any]] = []
    others: list[Any] = []
    return _shape(state, rows, arrays, others), arrays, others


def put_together(shape: StateShape, arrays: Sequence[Any], others: Sequence[object]) -> Any:
    """Return the state that these arrays, shape (n, …), and other values make; no copies."""
    if shape.kind is None:
        return arrays[shape.place] if shape.array else others[shape.place]
    parts = [put_together(part, arrays, others) for part in shape.parts]
    return shape.kind(*parts) if hasattr(shape.kind, "_fields") else shape.kind(parts)


def _shape(
    state: Any,
    rows: int,
    arrays: list[NDArray[Any]],
    others: list[Any],
) -> StateShape:
    if isinstance(state, tuple):
        parts = tuple(_shape(part, rows, arrays, others) for part in state)
        return StateShape(type(state), parts)
    if isinstance(state, np.ndarray) and state.ndim and state.shape[0] == rows:
        arrays.append(np.array(np.moveaxis(state, 0, -1), order="C", copy=True))
        return StateShape(None, place=len(arrays) - 1, array=True)
    others.append(state)
    return StateShape(None, place=len(others) - 1)


def _widened(state: Any, after: Any, rows: int) -> Any:
    if isinstance(state, tuple):
        parts = [_widened(*pair, rows) for pair in zip(state, after, strict=True)]
        return type(state)(*parts) if hasattr(state, "_fields") else tuple(parts)
    if isinstance(after, np.ndarray) and after.ndim and not isinstance(state, np.ndarray):
        return np.full((rows, 1), state)
    return state
