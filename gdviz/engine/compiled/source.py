"""The source of a kernel: a block's rows over many steps, judged as they go."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.engine.breaks import RUNAWAY
from gdviz.engine.bulk.curvature import BENT
from gdviz.engine.bulk.judge import CHUNK as _REST
from gdviz.engine.compiled.expressions import row_code
from gdviz.engine.outcome import Outcome, code_of
from gdviz.engine.tracing import Program

__all__ = ["BROKEN", "TILE", "KernelPrograms", "kernel_source"]

TILE = 64
"""How many rows are computed side by side: few enough to stay in the nearest cache."""
BROKEN = 255
"""Stands for a row that has broken off, until it is known how."""


@dataclass(frozen=True)
class KernelPrograms:
    """What a kernel is made of; equal ones make the same kernel.

    Attributes
    ----------
    step : Program
        The next parameters and the next state.
    look : Program
        The gradient, and behind it the loss.
    hessian : Program
        The upper triangle of the Hessian.
    constant : bool
        Whether all steps share the same numbers, which then needn't be looked up again.
    """

    step: Program
    look: Program
    hessian: Program
    constant: bool


def kernel_source(programs: KernelPrograms) -> str:
    """Return a module's text that defines ``take`` and ``run``, to be compiled by Numba.

    ``take`` only takes steps. ``run`` takes them sixteen by sixteen, looks at all rows
    behind each sixteen, and where one is flat or beyond bounds takes its steps again from
    the last look on, one by one, to find out since when. Both change a block's arrays in
    place. The text has names of its own and no numbers but its own.
    """
    return _Kernel(programs).text()


class _Kernel:
    def __init__(self, programs: KernelPrograms) -> None:
        self._programs = programs
        self._d = programs.step.dimension
        step = programs.step
        kinds = {n.index: n.kind for n in step.nodes if n.op == "state"}
        self._vector = [
            kinds.get(number, step.nodes[output].kind) == "vector"
            for number, output in enumerate(step.outputs[1:])
        ]
        self._hypers = 1 + max((n.index for n in step.nodes if n.op == "hyper"), default=-1)
        # Each slot is a row's number that changes with the steps, kept for a whole tile.
        self._slots = [f"x_{axis}" for axis in range(self._d)]
        self._homes = [f"params[{axis}, at]" for axis in range(self._d)]
        for number, vector in enumerate(self._vector):
            for axis in range(self._d if vector else 1):
                self._slots.append(f"s{number}_{axis}" if vector else f"s{number}")
                self._homes.append(f"s{number}[{axis}, at]")

    def text(self) -> str:
        """Return the module."""
        arrays = [f"s{number}" for number in range(len(self._vector))]
        hypers = [f"h{number}" for number in range(self._hypers)]
        block = ", ".join(["params", *arrays, *hypers, "uniforms"])
        types = ["f2"] * (1 + len(arrays)) + ["f1"] * self._hypers + ["f2"]
        judged = (
            "first, chunks, flat, below, rows, flat_since, held, starts, center, width, "
            "low, high, least, most, looks, bends, code, step_of, place, bad"
        )
        kinds = "i8, i8, f8, f8, i1, i1, b1, r2, " + "f1, " * 8 + "u1, i1, f2, f2"
        lines = [
            "import math",
            "import numpy as np",
            "from numba import njit, types",
            "f8, i8 = types.float64, types.int64",
            "f1, f2, i1 = f8[::1], f8[:, ::1], i8[::1]",
            "b1, u1 = types.boolean[::1], types.uint8[::1]",
            "r2 = types.Array(f8, 2, 'C', readonly=True)",
            "how = dict(nogil=True, error_model='numpy', cache=True)",
            "",
            f"@njit([types.void({', '.join(types)}, i8)], **how)",
            f"def take({block}, count):",
            *_indented(self._take()),
            "",
            f"@njit([types.void({', '.join(types)}, {kinds})], **how)",
            f"def run({block}, {judged}):",
            *_indented(self._run()),
        ]
        return "\n".join(lines) + "\n"

    def _take(self) -> list[str]:
        return [
            f"w = np.empty({len(self._slots) * TILE})",
            *self._all_numbers(),
            *self._hyper_tiles(),
            f"for begin in range(0, params.shape[1], {TILE}):",
            *_indented(
                [
                    *self._load(),
                    "for k in range(count):",
                    *_indented(self._tile_step("k")),
                    *self._store(),
                ]
            ),
        ]

    def _run(self) -> list[str]:
        slots = len(self._slots)
        return [
            f"w = np.empty({2 * slots * TILE})",
            *self._all_numbers(),
            *self._hyper_tiles(),
            *self._constants(),
            f"for begin in range(0, params.shape[1], {TILE}):",
            *_indented(
                [
                    *self._load(),
                    "left = 0",
                    "for r in range(m):",
                    "    left += code[begin + r] == 0",
                    "for c in range(chunks):",
                    *_indented(
                        [
                            "if left == 0:",
                            "    break",
                            f"for r in range({slots * TILE}):",
                            f"    w[{slots * TILE} + r] = w[r]",
                            f"for k in range({_REST}):",
                            *_indented(self._tile_step(self._uniform_row())),
                            *self._glance(),
                            "if events == 0:",
                            "    for r in range(m):",
                            "        flat_since[begin + r] = -1",
                            "        held[begin + r] = False",
                            "    continue",
                            f"last = first + {_REST} * (c + 1)",
                            "for r in range(m):",
                            *_indented(self._judge()),
                        ]
                    ),
                    *self._store(),
                ]
            ),
        ]

    def _uniform_row(self) -> str:
        return f"{_REST} * c + k"

    def _constants(self) -> list[str]:
        look, hessian = self._programs.look, self._programs.hessian
        return [
            *(f"l{number} = looks[{number}]" for number in range(look.uniforms)),
            *(f"e{number} = bends[{number}]" for number in range(hessian.uniforms)),
        ]

    def _hyper_tiles(self) -> list[str]:
        return [f"t{number} = np.empty({TILE})" for number in range(self._hypers)]

    def _load(self) -> list[str]:
        lines = [f"m = min({TILE}, params.shape[1] - begin)", f"for r in range({TILE}):"]
        lines.append("    at = begin + min(r, m - 1)")
        lines += [f"    w[{slot * TILE} + r] = {home}" for slot, home in enumerate(self._homes)]
        lines += [f"    t{number}[r] = h{number}[at]" for number in range(self._hypers)]
        return lines

    def _store(self) -> list[str]:
        lines = ["for r in range(m):", "    at = begin + r"]
        lines += [f"    {home} = w[{slot * TILE} + r]" for slot, home in enumerate(self._homes)]
        return lines

    def _tile_step(self, row: str) -> list[str]:
        """Take one step with all rows of a tile."""
        lines, after = self._step_code([f"t{number}[r]" for number in range(self._hypers)])
        return [
            *self._numbers(row),
            f"for r in range({TILE}):",
            *_indented(
                [
                    *(f"{name} = w[{slot * TILE} + r]" for slot, name in enumerate(self._slots)),
                    *lines,
                    *(f"w[{slot * TILE} + r] = {name}" for slot, name in enumerate(after)),
                ]
            ),
        ]

    def _numbers(self, row: str) -> list[str]:
        """Look up the numbers of one step, unless all steps have the same."""
        if self._programs.constant:
            return []
        numbers = range(self._programs.step.uniforms)
        return [f"u{number} = uniforms[{row}, {number}]" for number in numbers]

    def _all_numbers(self) -> list[str]:
        """Look up the numbers that all steps share, where they do: they stay in registers."""
        if not self._programs.constant:
            return []
        numbers = range(self._programs.step.uniforms)
        return [f"u{number} = uniforms[0, {number}]" for number in numbers]

    def _step_code(self, hypers: list[str]) -> tuple[list[str], list[str]]:
        step = self._programs.step
        inputs = {
            "params": [f"x_{axis}" for axis in range(self._d)],
            "state": [f"s{number}" for number in range(len(self._vector))],
            "hyper": hypers,
            "uniform": [f"u{number}" for number in range(step.uniforms)],
        }
        lines, outputs = row_code(step, inputs, "n")
        after = list(outputs[0])
        for names, vector in zip(outputs[1:], self._vector, strict=True):
            after += list(names) * (self._d if vector and len(names) == 1 else 1)
        return lines, after

    def _look_code(self) -> tuple[list[str], list[str], str]:
        look = self._programs.look
        inputs = {
            "params": [f"x_{axis}" for axis in range(self._d)],
            "uniform": [f"l{number}" for number in range(look.uniforms)],
        }
        lines, outputs = row_code(look, inputs, "g")
        *slopes, loss = (names[0] for names in outputs)
        return lines, slopes, loss

    def _glance(self) -> list[str]:
        """Count the rows of a tile that are to be judged one by one; a few more do no harm."""
        lines, slopes, _ = self._look_code()
        size = " + ".join(f"{slope} * {slope}" for slope in slopes)
        inside = [
            f"(x_{axis} >= least[{axis}]) & (x_{axis} <= most[{axis}])" for axis in range(self._d)
        ]
        return [
            "events = 0",
            f"for r in range({TILE}):",
            *_indented(
                [
                    *(f"x_{axis} = w[{axis * TILE} + r]" for axis in range(self._d)),
                    *lines,
                    f"size = {size}",
                    f"fine = (size > below) & (size < np.inf) & {' & '.join(inside)}",
                    "events += 0 if fine else 1",
                ]
            ),
        ]

    def _judge(self) -> list[str]:
        """Judge the row r of a tile behind a chunk, as `gdviz.engine.bulk.judge` does."""
        axes = range(self._d)
        looked, sound, size = self._judgment()
        kept = len(self._slots) * TILE
        return [
            "at = begin + r",
            "if code[at] != 0:",
            "    continue",
            *(f"x_{axis} = w[{axis * TILE} + r]" for axis in axes),
            *(
                f"far_{axis} = {RUNAWAY} * max(width[{axis}], "
                f"abs(starts[rows[at], {axis}] - center[{axis}]))"
                for axis in axes
            ),
            *looked,
            f"is_flat = math.sqrt({size}) <= flat",
            "if not is_flat:",
            "    flat_since[at] = -1",
            "    held[at] = False",
            f"if {sound} and (not is_flat or held[at]):",
            "    continue",
            *(f"{name} = w[{kept + slot * TILE} + r]" for slot, name in enumerate(self._slots)),
            "broke = 0",
            "calm = 0",
            f"for k in range({_REST}):",
            *_indented(self._retraced_step()),
            "if broke > 0:",
            f"    code[at] = {BROKEN}",
            f"    step_of[at] = last - {_REST} + broke",
            *(f"    place[{axis}, at] = o_{axis}" for axis in axes),
            *(f"    bad[{axis}, at] = x_{axis}" for axis in axes),
            "    left -= 1",
            "    continue",
            "if calm == 0:",
            "    flat_since[at] = -1",
            "    continue",
            "since = last - calm + 1",
            f"if calm == {_REST} and flat_since[at] >= 0:",
            "    since = flat_since[at]",
            "flat_since[at] = since",
            f"if last - since + 1 >= {_REST}:",
            *_indented(
                [
                    *self._falls(),
                    "if falls:",
                    "    held[at] = True",
                    "else:",
                    f"    code[at] = {code_of(Outcome.CONVERGED)}",
                    "    step_of[at] = since",
                    *(f"    place[{axis}, at] = x_{axis}" for axis in axes),
                    "    left -= 1",
                ]
            ),
        ]

    def _retraced_step(self) -> list[str]:
        step, after = self._step_code([f"t{number}[r]" for number in range(self._hypers)])
        looked, sound, size = self._judgment()
        return [
            *(f"o_{axis} = x_{axis}" for axis in range(self._d)),
            *self._numbers(self._uniform_row()),
            *step,
            # All at once: what is new is made of what is old.
            f"{', '.join(self._slots)} = {', '.join(after)}",
            *looked,
            f"if not ({sound}):",
            "    broke = k + 1",
            "    break",
            f"calm = calm + 1 if math.sqrt({size}) <= flat else 0",
        ]

    def _judgment(self) -> tuple[list[str], str, str]:
        """Return a look at a row, what must hold for it to go on, and its slope squared."""
        looked, slopes, loss = self._look_code()
        sound = [f"math.isfinite({name})" for name in (loss, *slopes)]
        for axis in range(self._d):
            sound += [
                f"abs(x_{axis} - center[{axis}]) <= far_{axis}",
                f"not x_{axis} < low[{axis}]",
                f"not x_{axis} > high[{axis}]",
            ]
        size = " + ".join(f"{slope} * {slope}" for slope in slopes)
        return looked, " and ".join(sound), size

    def _falls(self) -> list[str]:
        """Tell whether the landscape curves down from where a row is, in some direction."""
        hessian = self._programs.hessian
        inputs = {
            "params": [f"x_{axis}" for axis in range(self._d)],
            "uniform": [f"e{number}" for number in range(hessian.uniforms)],
        }
        lines, outputs = row_code(hessian, inputs, "q")
        bends = [names[0] for names in outputs]
        if self._d == 1:
            return [*lines, f"falls = {bends[0]} < 0.0"]
        across, mixed, along = bends
        return [
            *lines,
            f"middle = 0.5 * {across} + 0.5 * {along}",
            f"reach = math.hypot(0.5 * {across} - 0.5 * {along}, {mixed})",
            f"falls = middle - reach < -{BENT} * (abs(middle) + reach)",
        ]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else line for line in lines]
