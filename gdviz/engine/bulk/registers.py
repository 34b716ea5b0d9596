"""Deciding which arrays hold the values of a program while it runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gdviz.engine.tracing import Node, Program

__all__ = ["Home", "Plan", "Room", "planned"]

_PUT_IN = frozenset({"params", "state", "hyper", "uniform"})
_VIEWS = frozenset({"component", "positive"})
# Operations that are done in more than one call: what goes in is still read after the
# first number has come out.
_LONG = frozenset({"stack", "where"})

Kinds = tuple[str, bool]
"""The kind of a value, and whether it is true or false."""


@dataclass(frozen=True)
class Home:
    """An array, or one row of it: the name of a register, and an axis or None."""

    register: str
    axis: int | None = None


@dataclass(frozen=True)
class Room:
    """An array that the caller brings along.

    Attributes
    ----------
    register : str
        Its name.
    kind : str
    holds : int or None
        The node whose value is in it at first.
    takes : int or None
        The node whose value must be in it in the end.
    axis : int or None
        The row of the register; None for all of it.
    """

    register: str
    kind: str
    holds: int | None = None
    takes: int | None = None
    axis: int | None = None


@dataclass(frozen=True)
class Plan:
    """Where everything is.

    Attributes
    ----------
    homes : mapping of int to Home
        By node; none for uniforms.
    spare : mapping of int to Home
        A further array of true and false for those nodes that need one.
    buffers : tuple of (str, str, bool)
        Names and kinds of the arrays that are needed besides those that the caller brings.
    """

    homes: Mapping[int, Home]
    spare: Mapping[int, Home]
    buffers: tuple[tuple[str, str, bool], ...]


@dataclass(eq=False)
class _Unit:
    """Values that are in one array: a vector with the rows that it is made of."""

    kinds: Kinds
    first: int
    last: int
    home: Home | None = None
    wish: Room | None = None
    over: bool = False


def planned(program: Program, rooms: Iterable[Room]) -> Plan:
    """Give every value of a program an array, as few as are needed.

    What a room takes is computed there if what it held before isn't needed any longer;
    where that can't be, it is left to the caller to copy it in the end.

    Parameters
    ----------
    program : Program
    rooms : iterable of Room
    """
    return _Planner(program, tuple(rooms)).plan()


@dataclass
class _Planner:
    program: Program
    rooms: tuple[Room, ...]
    free: dict[Kinds, list[str]] = field(default_factory=dict)
    buffers: list[tuple[str, str, bool]] = field(default_factory=list)

    def plan(self) -> Plan:
        nodes = self.program.nodes
        units, place_in = self._units()
        homes: dict[int, Home] = {}
        spare: dict[int, Home] = {}
        held: dict[Home, _Unit] = {}
        for room in self.rooms:
            if room.holds is not None:
                unit = units[room.holds]
                unit.home = Home(room.register, room.axis)
                held[unit.home] = unit
        ending: dict[int, list[_Unit]] = {}
        for unit in {id(one): one for one in units.values()}.values():
            ending.setdefault(unit.last, []).append(unit)
        for at, node in enumerate(nodes):
            if node.op == "uniform":
                continue
            unit = units[at]
            early = node.op not in _LONG
            if early:
                self._release(ending.get(at, ()), unit)
            elif node.op == "where" and nodes[node.args[0]].boolean:
                # What stays where nothing is put may stay in its array.
                kept = units.get(node.args[2])
                alone = all(units.get(arg) is not kept for arg in node.args[:2])
                if alone and kept is not None and kept.last == at:
                    self._release((kept,), unit)
            if unit.home is None:
                unit.home = self._found(unit, held, at, early=early)
            homes[at] = self._within(unit.home, place_in.get(at))
            if node.op == "where" and not nodes[node.args[0]].boolean:
                spare[at] = Home(self._buffer((node.kind, True)))
                self.free[node.kind, True].append(spare[at].register)
            if not early:
                self._release(ending.get(at, ()), unit)
        return Plan(homes, spare, tuple(self.buffers))

    def _units(self) -> tuple[dict[int, _Unit], dict[int, int]]:
        """Return the unit of each node, and the rows of nodes that are part of a vector."""
        nodes, end = self.program.nodes, len(self.program.nodes)
        units: dict[int, _Unit] = {}
        place_in: dict[int, int] = {}
        for at, node in enumerate(nodes):
            if node.op in _VIEWS and node.args[0] in units:
                units[at] = units[node.args[0]]
                if node.op == "component":
                    place_in[at] = node.index
                elif node.args[0] in place_in:
                    place_in[at] = place_in[node.args[0]]
            elif node.op != "uniform":
                first = -1 if node.op in _PUT_IN else at
                units[at] = _Unit((node.kind, node.boolean), first, at)
        for at, node in enumerate(nodes):
            if node.op == "stack":
                self._gather(at, node, units, place_in)
        for at, node in enumerate(nodes):
            for arg in node.args:
                if arg in units:
                    units[arg].last = max(units[arg].last, at)
        for out in self.program.outputs:
            if out in units:
                units[out].last = end
        for room in self.rooms:
            taken = room.takes
            if taken in units and units[taken].first >= 0 and taken not in place_in:
                unit = units[taken]
                if unit.kinds == (room.kind, False) and unit.wish is None:
                    unit.wish = room
        return units, place_in

    def _gather(
        self, at: int, node: Node, units: dict[int, _Unit], place_in: dict[int, int]
    ) -> None:
        """Let the rows of a vector be computed where it will be."""
        nodes, vector = self.program.nodes, units[at]
        wanted = {room.takes for room in self.rooms}
        for axis, arg in enumerate(node.args):
            made = nodes[arg]
            here = made.op not in _PUT_IN | _VIEWS and not made.boolean and arg not in place_in
            if here and made.kind == "row" and arg not in wanted:
                unit = units[arg]
                for other in [one for one, known in units.items() if known is unit]:
                    units[other], place_in[other] = vector, axis
                vector.first = min(vector.first, unit.first)

    def _release(self, units: Iterable[_Unit], but: _Unit) -> None:
        for unit in units:
            if unit is but or unit.home is None or unit.over:
                continue
            unit.over = True
            if any(name == unit.home.register for name, _, _ in self.buffers):
                self.free[unit.kinds].append(unit.home.register)

    def _found(self, unit: _Unit, held: dict[Home, _Unit], at: int, *, early: bool) -> Home:
        for room in self.rooms:
            home = Home(room.register, room.axis)
            if room.takes is None or room.kind != unit.kinds[0] or unit.kinds[1]:
                continue
            old = held.get(home)
            over = old is None or old.last < at or (early and old.last == at)
            if not over:
                continue
            if unit.wish is room or (unit.wish is None and self._fits(unit, room)):
                held[home] = unit
                return home
        return Home(self._buffer(unit.kinds))

    def _fits(self, unit: _Unit, room: Room) -> bool:
        """Tell whether a passing value is over before a room takes what it is meant for."""
        taken = room.takes
        if room.axis is not None or taken is None or unit.last >= len(self.program.nodes):
            return False
        node = self.program.nodes[taken]
        return node.op not in _PUT_IN | _VIEWS | _LONG and unit.last <= taken

    def _buffer(self, kinds: Kinds) -> str:
        free = self.free.setdefault(kinds, [])
        if free:
            return free.pop()
        kind, boolean = kinds
        name = f"{'is_' if boolean else ''}{kind}{len(self.buffers)}"
        self.buffers.append((name, kind, boolean))
        return name

    def _within(self, home: Home, axis: int | None) -> Home:
        return home if axis is None else Home(home.register, axis)
