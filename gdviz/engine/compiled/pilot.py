"""Bringing blocks ahead with a compiled kernel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gdviz.engine.breaks import Breaks
from gdviz.engine.bulk.block import Block
from gdviz.engine.bulk.judge import CHUNK, Judge
from gdviz.engine.bulk.pilot import SteppingPilot
from gdviz.engine.bulk.stepping import Stepping
from gdviz.engine.compiled.plan import Plan
from gdviz.engine.compiled.source import BROKEN
from gdviz.landscapes import FloatArray

__all__ = ["CompiledPilot", "Kernel"]

_ROUND = 64  # rows that have ended are dropped behind so many steps, later behind more
_NEAR = 1.0 + 1e-9


@dataclass(frozen=True)
class Kernel:
    """A compiled kernel; see `gdviz.engine.compiled.source`.

    Attributes
    ----------
    take, run : callable
    """

    take: Callable[..., None]
    run: Callable[..., None]


class CompiledStepping:
    """Takes steps with a kernel, and leaves others to NumPy.

    Parameters
    ----------
    kernel : Kernel
    plan : Plan
    fallback : Stepping
        Takes the steps that the kernel isn't made for.
    """

    block_rows = 65_536

    def __init__(self, kernel: Kernel, plan: Plan, fallback: Stepping) -> None:
        self._kernel = kernel
        self._plan = plan
        self._fallback = fallback

    def advance(self, block: Block, first: int, count: int) -> None:
        begin = first - first % CHUNK
        end = first + count + -(first + count) % CHUNK
        if self._plan.steady(begin, end) < end:
            self._fallback.advance(block, first, count)
            return
        uniforms = self._plan.uniforms(first, count)
        self._kernel.take(block.params, *block.arrays, *block.hypers, uniforms, count)
        block.others = self._plan.others(first + count)


class CompiledPilot:
    """Runs blocks with a kernel that judges as it goes.

    Parameters
    ----------
    kernel : Kernel
    plan : Plan
    judge : Judge
    fallback : Stepping
        Takes the steps that the kernel isn't made for.
    """

    def __init__(self, kernel: Kernel, plan: Plan, judge: Judge, fallback: Stepping) -> None:
        self._kernel = kernel
        self._plan = plan
        self._judge = judge
        stepping = CompiledStepping(kernel, plan, fallback)
        self._by_steps = SteppingPilot(stepping, judge)
        self.block_rows = stepping.block_rows
        self._starts = np.ascontiguousarray(judge.descent.starts).view()
        self._starts.flags.writeable = False

    def run(self, block: Block, first: int, last: int) -> None:
        while first < last and block.size:
            whole = last - last % CHUNK
            if first % CHUNK or whole <= first:
                ahead = min(first - first % CHUNK + CHUNK, last)
                self._by_steps.run(block, first, ahead)
            else:
                ahead = min(first + max(_ROUND, first // (2 * CHUNK) * CHUNK), whole)
                ahead = self._plan.steady(first, ahead)
                if ahead == first:
                    ahead = first + CHUNK
                    self._by_steps.run(block, first, ahead)
                else:
                    self._run(block, first, ahead)
            first = ahead

    def _run(self, block: Block, first: int, last: int) -> None:
        bounds, flat, rows = self._plan.bounds, self._judge.flat, block.size
        dimension = block.params.shape[0]
        code, step = np.zeros(rows, dtype=np.uint8), np.zeros(rows, dtype=np.int64)
        place, bad = np.empty((dimension, rows)), np.empty((dimension, rows))
        self._kernel.run(
            *(block.params, *block.arrays, *block.hypers),
            self._plan.uniforms(first, last - first),
            *(first, (last - first) // CHUNK, flat, _NEAR * flat * flat),
            *(block.rows, block.flat_since, block.held, self._starts),
            *(bounds.center, bounds.width, bounds.low, bounds.high, bounds.least, bounds.most),
            *(self._plan.looks, self._plan.bends, code, step, place, bad),
        )
        block.before, block.others = None, self._plan.others(last)
        ended = code > 0
        if ended.any():
            self._end(block, code, step, place, bad)
        self._judge.settle(block, ended, last)

    def _end(
        self,
        block: Block,
        code: np.ndarray,
        step: np.ndarray,
        place: FloatArray,
        bad: FloatArray,
    ) -> None:
        broken = np.flatnonzero(code == BROKEN)
        landscape = self._judge.descent.landscape
        if broken.size:
            params = np.ascontiguousarray(bad[:, broken])
            with np.errstate(all="ignore"):
                loss = landscape.loss_columns(params)
                gradient = landscape.gradient_columns(params)
            starts = np.ascontiguousarray(self._starts[block.rows[broken]].T)
            breaks = Breaks(landscape, starts)
            code[broken], stays = breaks.endings(np.arange(broken.size), params, loss, gradient)
            place[:, broken[stays]] = bad[:, broken[stays]]
        which = np.flatnonzero(code)
        self._judge.end(block.rows[which], code[which], step[which], place[:, which])
