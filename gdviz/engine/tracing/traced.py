"""Stands for an array while its operations are written down."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np

from gdviz.engine.tracing.tape import BINARY, UNARY, Kind, Tape

__all__ = ["EXPONENTS", "NUMBERS", "Traced", "Untraceable"]

NUMBERS = (bool, int, float, np.bool_, np.integer, np.floating)
_SAME = {"true_divide": "divide", "fabs": "absolute", "invert": "logical_not"}
_SAME |= {"bitwise_not": "logical_not", "bitwise_and": "logical_and", "bitwise_or": "logical_or"}
# NumPy's operator takes these for exponents of arrays; all others go to `numpy.power`.
EXPONENTS = {1.0: "positive", 2.0: "square", 0.5: "sqrt", -1.0: "reciprocal"}


class Untraceable(Exception):  # noqa: N818 -- no fault: the caller goes another way
    """What is computed can't be written down as operations on each row by itself."""


class Traced:
    """An array whose operations are written down instead of done.

    It takes the operators and functions that landscapes and optimizers are written with, in
    the very order in which NumPy would do them: hence whatever does the written operations
    gets the same bits.

    Parameters
    ----------
    tape : Tape
    place : int
        Its own place on the tape.
    kind : str
    """

    __slots__ = ("kind", "place", "tape")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, tape: Tape, place: int, kind: Kind) -> None:
        self.tape = tape
        self.place = place
        self.kind = kind

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Traced:
        name = _SAME.get(ufunc.__name__, ufunc.__name__)
        if method != "__call__" or kwargs or name not in UNARY | BINARY:
            raise Untraceable(f"{ufunc.__name__}.{method}")
        return _applied(name, *inputs)

    def __array_function__(
        self,
        function: Any,
        types: object,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Traced:
        if function is np.where and len(args) == 3 and not kwargs:
            return _applied("where", *args)
        raise Untraceable(getattr(function, "__name__", str(function)))

    def __getattr__(self, name: str) -> NoReturn:
        raise Untraceable(f"an array's {name}")

    def _refuse(self, *_: object) -> NoReturn:
        raise Untraceable("an array's numbers are asked for")

    __bool__ = __float__ = __int__ = __index__ = __len__ = __iter__ = __array__ = _refuse
    __getitem__ = __setitem__ = _refuse

    def __add__(self, other: Any) -> Traced:
        return _applied("add", self, other)

    def __radd__(self, other: Any) -> Traced:
        return _applied("add", other, self)

    def __sub__(self, other: Any) -> Traced:
        return _applied("subtract", self, other)

    def __rsub__(self, other: Any) -> Traced:
        return _applied("subtract", other, self)

    def __mul__(self, other: Any) -> Traced:
        return _applied("multiply", self, other)

    def __rmul__(self, other: Any) -> Traced:
        return _applied("multiply", other, self)

    def __truediv__(self, other: Any) -> Traced:
        return _applied("divide", self, other)

    def __rtruediv__(self, other: Any) -> Traced:
        return _applied("divide", other, self)

    def __pow__(self, other: Any) -> Traced:
        if isinstance(other, NUMBERS) and float(other) in EXPONENTS:
            return _applied(EXPONENTS[float(other)], self)
        return _applied("power", self, other)

    def __rpow__(self, other: Any) -> Traced:
        return _applied("power", other, self)

    def __neg__(self) -> Traced:
        return _applied("negative", self)

    def __pos__(self) -> Traced:
        return _applied("positive", self)

    def __abs__(self) -> Traced:
        return _applied("absolute", self)

    def __invert__(self) -> Traced:
        return _applied("logical_not", self)

    def __and__(self, other: Any) -> Traced:
        return _applied("logical_and", self, other)

    def __or__(self, other: Any) -> Traced:
        return _applied("logical_or", self, other)

    def __lt__(self, other: Any) -> Traced:
        return _applied("less", self, other)

    def __le__(self, other: Any) -> Traced:
        return _applied("less_equal", self, other)

    def __gt__(self, other: Any) -> Traced:
        return _applied("greater", self, other)

    def __ge__(self, other: Any) -> Traced:
        return _applied("greater_equal", self, other)

    def __eq__(self, other: object) -> Traced:  # type: ignore[override]
        return _applied("equal", self, other)

    def __ne__(self, other: object) -> Traced:  # type: ignore[override]
        return _applied("not_equal", self, other)


def _applied(op: str, *operands: Any) -> Traced:
    """Write an operation down on the tape of whichever operand is traced."""
    tape = next(one.tape for one in operands if isinstance(one, Traced))
    places: list[int] = []
    kind: Kind = "row"
    for operand in operands:
        if isinstance(operand, Traced):
            if operand.tape is not tape:
                raise Untraceable("arrays of two traces")
            places.append(operand.place)
            if operand.kind == "vector":
                kind = "vector"
        elif isinstance(operand, NUMBERS) or (
            isinstance(operand, np.ndarray) and operand.ndim == 0
        ):
            places.append(tape.uniform(float(operand)))
        else:
            raise Untraceable(f"an array and a {type(operand).__name__}")
    return Traced(tape, tape.put(op, tuple(places), kind), kind)
