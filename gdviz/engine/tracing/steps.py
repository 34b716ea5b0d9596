"""An optimizer's steps on a landscape, each written down as it is at its number."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gdviz.engine.descent import Descent
from gdviz.engine.state import StateShape, first_state, put_together, taken_apart
from gdviz.engine.tracing.listener import Listener
from gdviz.engine.tracing.program import Program, begun, gradient_of, selected
from gdviz.engine.tracing.tape import Kind, Node
from gdviz.engine.tracing.traced import Traced, Untraceable
from gdviz.optimizers import CONSTANT, Optimizer
from gdviz.optimizers.optimizer import FirstOrder

__all__ = ["StepTracer"]

_ROWS = 3
_SPAN = 256
_SPANS = 64

Step = tuple[Program, tuple[float, ...]]


@dataclass(frozen=True)
class _Known:
    """What was written for a step, and the program that it makes."""

    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]
    program: Program
    uniforms: tuple[int, ...]
    operations: tuple[str, ...]


@dataclass
class _Span:
    """Steps that follow each other, and what all rows share before each and behind the last."""

    others: list[list[Any]]
    steps: list[Step] = field(default_factory=list)


class StepTracer:
    """Writes the steps of a descent down, one after the other, when they are first wanted.

    What is the same for all rows (counts, powers of a beta, scheduled rates) is computed
    here as the optimizer computes it, with the numbers that it then has; a branch on such
    a number leads to another program. May be asked from any thread; steps that were asked for
    long ago are forgotten, and written again when they are wanted.

    Parameters
    ----------
    descent : Descent
        Its hyperparameters may differ per row: those are put in as ``"hyper"``, in the order
        of `hyper_names`. Noise can't be traced.
    merging : bool
        Whether equal numbers of the landscape are one; see `gradient_of`.

    Attributes
    ----------
    hyper_names : tuple of str
        The hyperparameters that differ per row.
    shape : StateShape
    kinds : tuple of str
        The kinds of the state's arrays.

    Raises
    ------
    Untraceable
        If landscape or optimizer doesn't compute each row by itself with functions that a
        trace knows.
    """

    def __init__(self, descent: Descent, *, merging: bool = False) -> None:
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
            slopes = gradient_of(descent.landscape, columns, merging=merging)
        self._gradient = tape.put("stack", slopes, "vector")
        self._tape = tape
        self.shape, kinds, others = self._begin()
        self.kinds = tuple(kinds)
        # From the first step on that changes nothing that all rows share, all are alike.
        self._alike_from: int | None = None
        self._written = tape.mark()
        self._known: list[_Known] = []
        self._begins = [others]
        self._spans: dict[int, _Span] = {}
        self.step(0)

    @property
    def constant(self) -> bool:
        """Whether all steps are alike, to the numbers."""
        return self._alike_from == 0

    def step(self, number: int) -> Step:
        """Return what is done at a step, and the numbers that all rows share there.

        Steps that are done alike share one program.

        Raises
        ------
        Untraceable
        """
        if self._alike_from is not None:
            number = min(number, self._alike_from)
        span, place = divmod(number, _SPAN)
        known = self._spans.get(span)
        if known is None or place >= len(known.steps):
            known = self._traced(span, place)
        return known.steps[place]

    def others(self, number: int) -> list[Any]:
        """Return what all rows share before a step, as the state has it."""
        if number == 0:
            return list(self._begins[0])
        if self._alike_from is not None:
            number = min(number, self._alike_from + 1)
        span, place = divmod(number - 1, _SPAN)
        known = self._spans.get(span)
        if known is None or place >= len(known.steps):
            known = self._traced(span, place)
        return list(known.others[place + 1])

    def _traced(self, number: int, place: int) -> _Span:
        """Return a span that is written up to a place, all before it having been written."""
        with self._lock:
            for earlier in range(len(self._begins) - 1, number):
                self._extend(earlier, _SPAN - 1)
            return self._extend(number, place)

    def _extend(self, number: int, place: int) -> _Span:
        span = self._spans.get(number)
        if span is None:
            span = self._spans[number] = _Span([self._begins[number]])
            if len(self._spans) > _SPANS:
                del self._spans[next(iter(self._spans))]
        while len(span.steps) <= place:
            step, others = self._trace(number * _SPAN + len(span.steps), span.others[-1])
            if others == span.others[-1] and self._descent.schedule == CONSTANT:
                self._alike_from = number * _SPAN + len(span.steps)
            span.others.append(others)
            span.steps.append(step)
        if len(span.steps) == _SPAN and len(self._begins) == number + 1:
            self._begins.append(span.others[-1])
        return span

    def _begin(self) -> tuple[StateShape, list[Kind], list[Any]]:
        """Return the state before the first step: its shape, its arrays' kinds, the rest."""
        optimizer = self._with_rows({name: np.full((_ROWS, 1), 0.5) for name in self.hyper_names})
        # It sees as many rows as no state is wide, so that rows can be told from columns.
        state = first_state(optimizer, np.zeros((_ROWS, self._dimension)))
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

    def _trace(self, number: int, before: list[Any]) -> tuple[Step, list[Any]]:
        """Return a step, and what all rows share behind it."""
        heard = self._heard(number, before)
        if heard is not None:
            return heard
        tape = self._tape
        try:
            outputs, others = self._write(number, before)
            nodes = tuple(tape.nodes[self._written[0] :])
            known = next(
                (k for k in self._known if k.nodes == nodes and k.outputs == outputs), None
            )
            if known is None:
                program, uniforms = selected(tape, self._dimension, outputs)
                listener, _ = self._listened(number, before)
                known = _Known(nodes, outputs, program, uniforms, tuple(listener.operations))
                self._known.insert(0, known)
            return (known.program, tuple([tape.uniforms[at] for at in known.uniforms])), others
        finally:
            tape.back(self._written)

    def _heard(self, number: int, before: list[Any]) -> tuple[Step, list[Any]] | None:
        """Return a step that is done like an earlier one, by its numbers alone; else None."""
        if not self._known:
            return None
        listener, others = self._listened(number, before)
        operations = tuple(listener.operations)
        for known in self._known:
            if known.operations == operations:
                numbers = self._tape.uniforms + listener.numbers
                return (known.program, tuple([numbers[at] for at in known.uniforms])), others
        return None

    def _listened(self, number: int, before: list[Any]) -> tuple[Listener, list[Any]]:
        listener = Listener()
        arrays = [listener] * len(self.kinds)
        made = self._optimizer(number, dict.fromkeys(self.hyper_names, listener))
        _, _, others = self._updated(made, listener, listener, arrays, before)
        return listener, others

    def _optimizer(self, number: int, hypers: dict[str, Any]) -> FirstOrder:
        """Return the optimizer of a step, with stand-ins for what differs per row."""
        made = self._with_rows(hypers)
        schedule, steps = self._descent.schedule, self._descent.steps
        if schedule != CONSTANT:
            made = made.at_rate(float(schedule.factors(np.array([number]), steps)[0]))
        assert isinstance(made, FirstOrder)
        return made

    def _write(self, number: int, before: list[Any]) -> tuple[tuple[int, ...], list[Any]]:
        """Write a step onto the tape; return the places of what comes out, and the rest."""
        tape = self._tape
        params = Traced(tape, self._params.place, "vector")
        gradient = Traced(tape, self._gradient, "vector")
        arrays: list[Any] = [
            Traced(tape, tape.put("state", (), kind, place), kind)
            for place, kind in enumerate(self.kinds)
        ]
        hypers = {
            name: Traced(tape, tape.put("hyper", (), "row", place), "row")
            for place, name in enumerate(self.hyper_names)
        }
        made = self._optimizer(number, hypers)
        after, following, others = self._updated(made, gradient, params, arrays, before)
        return (after.place, *(_place(one) for one in following)), others

    def _updated(
        self,
        optimizer: FirstOrder,
        gradient: Any,
        params: Any,
        arrays: list[Any],
        before: list[Any],
    ) -> tuple[Any, list[Any], list[Any]]:
        """Return the next parameters, the next state's arrays, and the rest of it."""
        with np.errstate(all="ignore"):
            updates, state = optimizer.update(
                gradient, put_together(self.shape, arrays, before), params
            )
            after = params + updates
        following: list[Any] = []
        others: list[Any] = []
        self._take_apart(self.shape, state, following, others)
        return after, following, others

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
        elif isinstance(state, Traced | Listener):
            raise Untraceable("a value of all rows that becomes one for each")
        else:
            others.append(state)


def _place(value: Any) -> int:
    if not isinstance(value, Traced):
        raise Untraceable(f"a state of type {type(value).__name__}")
    return value.place
