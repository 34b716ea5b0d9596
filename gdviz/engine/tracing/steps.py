"""An optimizer's steps on a landscape, each written down as it is at its number."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from gdviz.engine.descent import Descent
from gdviz.engine.state import StateShape, put_together, taken_apart
from gdviz.engine.tracing.program import Program, begun, gradient_of, pruned
from gdviz.engine.tracing.tape import Kind
from gdviz.engine.tracing.traced import Traced, Untraceable
from gdviz.optimizers import CONSTANT, Optimizer
from gdviz.optimizers.optimizer import FirstOrder

__all__ = ["StepTracer"]

_ROWS = 3


class StepTracer:
    """Writes the steps of a descent down, one after the other, when they are first wanted.

    What is the same for all rows (counts, powers of a beta, scheduled rates) is computed
    here as the optimizer computes it, with the numbers that it then has; a branch on such
    a number leads to another program. May be asked from any thread.

    Parameters
    ----------
    descent : Descent
        Its hyperparameters may differ per row: those are put in as ``"hyper"``, in the order
        of `hyper_names`. Noise can't be traced.

    Attributes
    ----------
    hyper_names : tuple of str
        The hyperparameters that differ per row.
    shape : StateShape
    constant : bool
        Whether all steps are alike, to the numbers.

    Raises
    ------
    Untraceable
        If landscape or optimizer doesn't compute each row by itself with functions that a
        trace knows.
    """

    def __init__(self, descent: Descent) -> None:
        if descent.noises or not isinstance(descent.optimizer, FirstOrder):
            raise Untraceable("noise, or an optimizer that asks for more than gradients")
        self._descent = descent
        self._dimension = descent.landscape.dimension
        self._lock = threading.Lock()
        declared = (one.name for one in descent.optimizer.hyperparameters())
        self.hyper_names = tuple(
            name for name in declared if isinstance(getattr(descent.optimizer, name), np.ndarray)
        )
        tape, self._params, columns = begun(self._dimension)
        with np.errstate(all="ignore"):
            slopes = gradient_of(descent.landscape, columns)
        self._gradient = tape.put("stack", slopes, "vector")
        self._tape = tape
        self.shape, self._kinds, self._others = self._begin()
        self.constant = descent.schedule == CONSTANT and not self._others
        self._programs: list[Program] = []
        self._uniforms: list[tuple[float, ...]] = []
        self.step(0)

    def step(self, number: int) -> tuple[Program, tuple[float, ...]]:
        """Return what is done at a step, and the numbers that all rows share there.

        Steps that are done alike share one program.

        Raises
        ------
        Untraceable
        """
        if self.constant:
            number = 0
        if number >= len(self._programs):
            with self._lock:
                while number >= len(self._programs):
                    self._trace_next()
        return self._programs[number], self._uniforms[number]

    def _begin(self) -> tuple[StateShape, list[Kind], list[Any]]:
        """Return the state before the first step: its shape, its arrays' kinds, the rest."""
        optimizer = self._with_rows({name: np.full((_ROWS, 1), 0.5) for name in self.hyper_names})
        # init sees as many rows as no state is wide, so that rows can be told from columns.
        state = optimizer.init(np.zeros((_ROWS, self._dimension)))
        shape, arrays, others = taken_apart(state, _ROWS)
        kinds: list[Kind] = []
        for array in arrays:
            if array.shape == (self._dimension, _ROWS):
                kinds.append("vector")
            elif array.shape == (1, _ROWS):
                kinds.append("row")
            else:
                raise Untraceable(f"a state of shape {array.shape}")
        return shape, kinds, others

    def _with_rows(self, rows: dict[str, Any]) -> Optimizer:
        optimizer = self._descent.optimizer
        made = object.__new__(type(optimizer))
        made.__dict__.update({**optimizer.__dict__, **rows})
        return made

    def _trace_next(self) -> None:
        number, tape = len(self._programs), self._tape.fork()
        params = Traced(tape, self._params.place, "vector")
        gradient = Traced(tape, self._gradient, "vector")
        arrays: list[Any] = [
            Traced(tape, tape.put("state", (), kind, place), kind)
            for place, kind in enumerate(self._kinds)
        ]
        hypers = {
            name: Traced(tape, tape.put("hyper", (), "row", place), "row")
            for place, name in enumerate(self.hyper_names)
        }
        optimizer = self._with_rows(hypers)
        schedule, steps = self._descent.schedule, self._descent.steps
        if schedule != CONSTANT:
            factor = float(schedule.factors(np.array([number]), steps)[0])
            optimizer = optimizer.at_rate(factor)
        assert isinstance(optimizer, FirstOrder)
        with np.errstate(all="ignore"):
            updates, state = optimizer.update(
                gradient,  # type: ignore[arg-type]
                put_together(self.shape, arrays, self._others),
                params,  # type: ignore[arg-type]
            )
            after: Any = params + updates
        following: list[Any] = []
        self._others = []
        self._take_apart(self.shape, state, following, self._others)
        outputs = (after.place, *(_place(one) for one in following))
        program, uniforms = pruned(tape, self._dimension, outputs)
        alike = next((known for known in self._programs[-1:] if known == program), program)
        self._programs.append(alike)
        self._uniforms.append(uniforms)

    def _take_apart(
        self,
        shape: StateShape,
        state: Any,
        arrays: list[Any],
        others: list[Any],
    ) -> None:
        if shape.kind is not None:
            if not isinstance(state, tuple) or len(state) != len(shape.parts):
                raise Untraceable("a state that changes its shape")
            for part, value in zip(shape.parts, state, strict=True):
                self._take_apart(part, value, arrays, others)
        elif shape.array:
            arrays.append(state)
        elif isinstance(state, Traced):
            raise Untraceable("a value of all rows that becomes one for each")
        else:
            others.append(state)


def _place(value: Any) -> int:
    if not isinstance(value, Traced):
        raise Untraceable(f"a state of type {type(value).__name__}")
    return value.place
