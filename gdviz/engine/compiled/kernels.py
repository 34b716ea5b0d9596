"""Compiled kernels for whoever computes very many runs: those that are there, and those to come."""

from __future__ import annotations

import threading
import weakref
from importlib.util import find_spec
from typing import Self

from gdviz.engine.bulk.judge import Judge
from gdviz.engine.bulk.pilot import Counter, Pilot
from gdviz.engine.bulk.stepping import Stepping
from gdviz.engine.compiled.cache import KernelCache
from gdviz.engine.compiled.counting import COUNTING
from gdviz.engine.compiled.pilot import CompiledPilot, Kernel
from gdviz.engine.compiled.plan import Plan
from gdviz.engine.compiled.source import KernelPrograms, kernel_source
from gdviz.engine.compiled.workshop import Order, Workshop
from gdviz.engine.descent import Descent
from gdviz.engine.tracing import Untraceable

__all__ = ["Awaited", "Kernels"]

_PACE = 5e9  # operations on numbers that NumPy does in a second, roughly
_LONG = 1000  # steps behind which most runs have ended


class Awaited:
    """A kernel that is there, or may come.

    Parameters
    ----------
    plan : Plan
    order : Order
    """

    def __init__(self, plan: Plan, order: Order) -> None:
        self._plan = plan
        self._order = order

    @property
    def over(self) -> bool:
        """Whether the waiting is over, with a kernel or without one."""
        return self._order.over.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait, and tell whether there is a kernel."""
        self._order.over.wait(seconds)
        return self._order.kernel is not None

    def pilot(self, judge: Judge, fallback: Stepping) -> Pilot | None:
        """Return what runs blocks with the kernel; None while there isn't one."""
        made = self._order.kernel
        if made is None:
            return None
        return CompiledPilot(Kernel(made.take, made.run), self._plan, judge, fallback)


class Kernels:
    """All kernels of an application, made once and handed to each `Bulk`.

    Where Numba is missing, and for what can't be compiled, there are none, and NumPy does
    the work. Hyperparameters and knobs are no part of a kernel: one serves them all. May be
    asked from any thread.

    Parameters
    ----------
    cache : KernelCache, optional
        The user's own if left out.
    loads_from, compiles_from : float
        For how many seconds' work with NumPy, roughly, a kernel is loaded if it is in the
        cache, and compiled if it isn't.
    """

    def __init__(
        self,
        cache: KernelCache | None = None,
        *,
        loads_from: float = 0.02,
        compiles_from: float = 0.1,
    ) -> None:
        self._workshop = Workshop(cache or KernelCache())
        self._loads_from = loads_from
        self._compiles_from = compiles_from
        self._lock = threading.Lock()
        self._orders: dict[KernelPrograms, Order] = {}
        self._counting: Order | None = None
        # Also when nobody has closed it, at the latest at the interpreter's end.
        self._end = weakref.finalize(self, self._workshop.close)

    def prepare(self, descent: Descent) -> Awaited | None:
        """Begin with the kernel for a descent, however long that would take with NumPy.

        Returns
        -------
        Awaited or None
            None if there will be none.
        """
        return self._ordered(descent, loads=True, compiles=True)

    def awaited(self, descent: Descent) -> Awaited | None:
        """Return the kernel for a descent if that is there or pays; begin with it if it pays."""
        return self._ordered(descent, loads=False, compiles=False)

    def counter(self) -> Counter | None:
        """Return what counts points into pixels; None while it isn't there, but begin with it."""
        if not _has_numba():
            return None
        with self._lock:
            if self._counting is None or self._counting.dropped:
                self._counting = Order(COUNTING, compiles=True)
                self._workshop.take(self._counting)
        made = self._counting.kernel
        return None if made is None else made.count

    def close(self) -> None:
        """End what is compiling. Kernels that are there can be used further."""
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ordered(self, descent: Descent, *, loads: bool, compiles: bool) -> Awaited | None:
        if not _has_numba():
            return None
        try:
            plan = Plan(descent)
        except Untraceable:
            return None
        seconds = _seconds(plan, descent)
        loads = loads or seconds >= self._loads_from
        compiles = compiles or seconds >= self._compiles_from
        with self._lock:
            order = self._orders.get(plan.programs)
            if order is None or (order.dropped and compiles):
                if not loads:
                    return None
                order = Order(kernel_source(plan.programs), compiles)
                self._orders[plan.programs] = order
                self._workshop.take(order)
        return Awaited(plan, order)


def _seconds(plan: Plan, descent: Descent) -> float:
    steps = min(descent.steps, _LONG)
    return len(plan.programs.step.nodes) * descent.rows * steps / _PACE


def _has_numba() -> bool:
    try:
        return find_spec("numba") is not None
    except ValueError:  # as is raised for a module that has been made unimportable
        return False
