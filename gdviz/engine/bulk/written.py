"""Programs as Python functions that call NumPy on arrays that are there already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gdviz.engine.bulk.lifetimes import PUT_IN, VIEWS, Room
from gdviz.engine.bulk.registers import Home, Plan, planned
from gdviz.engine.tracing import Program

__all__ = ["Function", "Scratch", "evaluation", "step"]


class Scratch:
    """Arrays that one thread uses again and again."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {}
        self._shape = (0, 0)
        self._views: dict[str, NDArray[Any]] = {}

    def views(self, names: Sequence[tuple[str, str, bool]], shape: tuple[int, int]) -> list[Any]:
        """Return contiguous arrays of these names and kinds, for parameters of a shape."""
        if shape != self._shape:
            self._shape, self._views = shape, {}
        return [
            self._views[one[0]] if one[0] in self._views else self._viewed(*one) for one in names
        ]

    def _viewed(self, name: str, kind: str, boolean: bool) -> NDArray[Any]:  # noqa: FBT001
        dimension, rows = self._shape
        size = dimension * rows if kind == "vector" else rows
        array = self._arrays.get(name)
        if array is None or array.size < size:
            array = np.empty(size, dtype=np.bool_ if boolean else np.float64)
            self._arrays[name] = array
        view = array[:size].reshape(self._shape) if kind == "vector" else array[:size]
        self._views[name] = view
        return view


@dataclass(frozen=True, eq=False)
class Function:
    """A program that can be called.

    Attributes
    ----------
    call : callable
        Takes the numbers that all rows share, one tuple for each time that the program is
        done (None where they are as before); an array for these numbers; the arrays that
        the caller brings; the buffers.
    uniforms : int
    buffers : tuple of (str, str, bool)
    """

    call: Callable[..., None]
    uniforms: int
    buffers: tuple[tuple[str, str, bool], ...]

    def __call__(
        self,
        shared: Sequence[tuple[float, ...] | None],
        arrays: Sequence[NDArray[Any]],
        scratch: Scratch,
    ) -> None:
        """Do the program with arrays, the first of which is the parameters, shape (d, m)."""
        views = scratch.views(self.buffers, arrays[0].shape)
        self.call(shared, np.empty(self.uniforms), *arrays, *views)


def step(program: Program, kinds: Sequence[str], hypers: int) -> Function:
    """Return a step in place: of parameters, the state's arrays, and hyperparameters per row.

    Parameters
    ----------
    program : Program
    kinds : sequence of str
        The kinds of the state's arrays.
    hypers : int
        How many hyperparameters there are per row.
    """
    places = {(node.op, node.index): at for at, node in enumerate(program.nodes)}
    names = ["p", *(f"s{place}" for place in range(len(kinds)))]
    rooms = [
        Room(name, kind, places.get(key), out)
        for name, kind, key, out in zip(
            names,
            ("vector", *kinds),
            (("params", 0), *(("state", place) for place in range(len(kinds)))),
            program.outputs,
            strict=True,
        )
    ]
    more = [f"h{place}" for place in range(hypers)]
    read = [
        Room(name, "row", places[("hyper", place)])
        for place, name in enumerate(more)
        if ("hyper", place) in places
    ]
    return _function(program, [*rooms, *read], [*names, *more])


def evaluation(program: Program, rows: Sequence[tuple[str, int | None]]) -> Function:
    """Return a program of landscape quantities that takes parameters and puts results.

    Parameters
    ----------
    program : Program
    rows : sequence of (str, int or None)
        For each output the name of the array into which it is put, and the row; None for
        an array of shape (m,). The arrays follow the parameters in the order of their names.
    """
    places = {(node.op, node.index): at for at, node in enumerate(program.nodes)}
    rooms = [Room("p", "vector", places.get(("params", 0)))]
    rooms += [
        Room(name, "row", None, out, axis)
        for (name, axis), out in zip(rows, program.outputs, strict=True)
    ]
    return _function(program, rooms, ["p", *dict.fromkeys(name for name, _ in rows)])


def _function(program: Program, rooms: Sequence[Room], arguments: Sequence[str]) -> Function:
    plan = planned(program, rooms)
    body = [*_body(program, plan), *_endings(program, plan, rooms)]
    names = [*arguments, *(name for name, _, _ in plan.buffers)]
    views = [
        f"    {name}_{axis} = {name}[{axis}]"
        for name, axis in sorted(
            {(home.register, home.axis) for home in _homes(plan, rooms)}, key=str
        )
        if axis is not None
    ]
    numbers = [
        f"    u{place} = shared[{place}:{place + 1}].reshape(())"
        for place in range(program.uniforms)
    ]
    lines = [
        f"def call(numbers, shared, {', '.join(names)}):",
        *numbers,
        *views,
        "    for given in numbers:",
        "        if given is not None:",
        "            shared[:] = given",
        *(f"        {line}" for line in body),
    ]
    room: dict[str, Any] = {name: getattr(np, name) for name in _calls(program)}
    # Every word of this text is one of ours: names of registers and of NumPy's functions.
    exec(compile("\n".join(lines), "<program>", "exec"), room)  # noqa: S102
    return Function(room["call"], program.uniforms, plan.buffers)


def _calls(program: Program) -> set[str]:
    known = {node.op for node in program.nodes} - PUT_IN - VIEWS - {"stack", "where"}
    return known | {"copyto", "putmask", "not_equal"}


def _homes(plan: Plan, rooms: Sequence[Room]) -> list[Home]:
    return [*plan.homes.values(), *(Home(room.register, room.axis) for room in rooms)]


def _named(home: Home) -> str:
    return home.register if home.axis is None else f"{home.register}_{home.axis}"


def _body(program: Program, plan: Plan) -> list[str]:
    nodes = program.nodes
    lines: list[str] = []
    for at, node in enumerate(nodes):
        if node.op in PUT_IN | VIEWS:
            continue
        out = _named(plan.homes[at])
        args = [_operand(program, plan, arg) for arg in node.args]
        if node.op == "stack":
            rows = [f"{out}[{axis}]" for axis in range(len(args))]
            known = [_named(Home(plan.homes[at].register, axis)) for axis in range(len(args))]
            lines += [
                f"copyto({row}, {arg})"
                for row, name, arg in zip(rows, known, args, strict=True)
                if arg != name
            ]
        elif node.op == "where":
            lines += _where(program, plan, at, out, args)
        else:
            # NumPy doesn't want to be told where to put these two by position.
            told = f"out={out}" if node.op in {"maximum", "minimum"} else out
            lines.append(f"{node.op}({', '.join(args)}, {told})")
    return lines


def _where(program: Program, plan: Plan, at: int, out: str, args: list[str]) -> list[str]:
    condition, chosen, other = args
    node, lines = program.nodes[at], []
    asked = program.nodes[node.args[0]]
    alike = asked.kind == node.kind
    if at in plan.spare:
        lines.append(f"not_equal({condition}, 0.0, out={_named(plan.spare[at])})")
        condition, alike = _named(plan.spare[at]), True
    if other != out:
        lines.append(f"copyto({out}, {other})")
    simple = program.nodes[node.args[1]].kind in {node.kind, "uniform"} and not node.boolean
    if alike and simple:
        lines.append(f"putmask({out}, {condition}, {chosen})")
    else:
        lines.append(f"copyto({out}, {chosen}, where={condition})")
    return lines


def _endings(program: Program, plan: Plan, rooms: Sequence[Room]) -> list[str]:
    """Return what puts into the rooms what could not be computed there."""
    moved = [
        (_operand(program, plan, room.takes), _named(Home(room.register, room.axis)))
        for room in rooms
        if room.takes is not None
    ]
    moved = [(source, target) for source, target in moved if source != target]
    targets = {target.partition("_")[0] for _, target in moved}
    # What one room holds and another one takes is put aside before it is overwritten.
    aside = [
        (f"aside{place}", source)
        for place, (source, _) in enumerate(moved)
        if source.partition("_")[0] in targets
    ]
    known = {source: name for name, source in aside}
    return [
        *(f"{name} = {source}.copy()" for name, source in aside),
        *(f"copyto({target}, {known.get(source, source)})" for source, target in moved),
    ]


def _operand(program: Program, plan: Plan, at: int) -> str:
    node = program.nodes[at]
    return f"u{node.index}" if node.op == "uniform" else _named(plan.homes[at])
