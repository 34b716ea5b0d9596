"""Deciding which arrays hold the values of a program while it runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gdviz.engine.bulk.lifetimes import LONG, PUT_IN, VIEWS, Kinds, Room, Unit, lifetimes
from gdviz.engine.tracing import Program

__all__ = ["Home", "Plan", "planned"]


@dataclass(frozen=True)
class Home:
    """An array, or one row of it: the name of a register, and an axis or None."""

    register: str
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


class _Planner:
    """Goes through a program once, handing out arrays and taking them back."""

    def __init__(self, program: Program, rooms: tuple[Room, ...]) -> None:
        self._nodes = program.nodes
        self._rooms = rooms
        self._units, self._axes = lifetimes(program, rooms)
        self._ending: dict[int, list[Unit]] = {}
        for unit in {id(one): one for one in self._units.values()}.values():
            self._ending.setdefault(unit.last, []).append(unit)
        self._free: dict[Kinds, list[str]] = {}
        self._buffers: list[tuple[str, str, bool]] = []
        self._given: dict[int, Home] = {}
        self._held: dict[Room, Unit] = {}
        for room in rooms:
            if room.holds is not None:
                self._held[room] = unit = self._units[room.holds]
                self._given[id(unit)] = Home(room.register, room.axis)

    def plan(self) -> Plan:
        homes: dict[int, Home] = {}
        spare: dict[int, Home] = {}
        for at, node in enumerate(self._nodes):
            if node.op == "uniform":
                continue
            unit = self._units[at]
            self._release(self._early(at), unit)
            home = self._given.get(id(unit)) or self._found(unit, at)
            self._given[id(unit)] = home
            axis = self._axes.get(at)
            homes[at] = home if axis is None else Home(home.register, axis)
            if node.op == "where" and not self._nodes[node.args[0]].boolean:
                kinds = (node.kind, True)
                spare[at] = Home(self._buffer(kinds))
                self._free[kinds].append(spare[at].register)
            self._release(self._ending.get(at, ()), unit)
        return Plan(homes, spare, tuple(self._buffers))

    def _early(self, at: int) -> Iterable[Unit]:
        """Return the units whose arrays may take the result of the operation that ends them."""
        node = self._nodes[at]
        if node.op not in LONG:
            return self._ending.get(at, ())
        if node.op == "where" and self._nodes[node.args[0]].boolean:
            # What stays where nothing is put may stay in its array.
            kept = self._units.get(node.args[2])
            alone = all(self._units.get(arg) is not kept for arg in node.args[:2])
            if alone and kept is not None and kept.last == at:
                return (kept,)
        return ()

    def _release(self, units: Iterable[Unit], but: Unit) -> None:
        for unit in units:
            home = self._given.get(id(unit))
            if unit is but or home is None or unit.over:
                continue
            unit.over = True
            if any(name == home.register for name, _, _ in self._buffers):
                self._free[unit.kinds].append(home.register)

    def _found(self, unit: Unit, at: int) -> Home:
        """Return a room that has become free and suits a unit, or else a buffer."""
        early = self._nodes[at].op not in LONG
        for room in self._rooms:
            if room.takes is None or (room.kind, False) != unit.kinds:
                continue
            old = self._held.get(room)
            over = old is None or old.last < at or (early and old.last == at)
            if over and (unit.wish is room or (unit.wish is None and self._fits(unit, room))):
                self._held[room] = unit
                return Home(room.register, room.axis)
        return Home(self._buffer(unit.kinds))

    def _fits(self, unit: Unit, room: Room) -> bool:
        """Tell whether a passing value is over before a room takes what it is meant for."""
        taken = room.takes
        if room.axis is not None or taken is None or unit.last > taken:
            return False
        return self._nodes[taken].op not in PUT_IN | VIEWS | LONG

    def _buffer(self, kinds: Kinds) -> str:
        free = self._free.setdefault(kinds, [])
        if free:
            return free.pop()
        kind, boolean = kinds
        name = f"{'is_' if boolean else ''}{kind}{len(self._buffers)}"
        self._buffers.append((name, kind, boolean))
        return name
