"""Stands for an array while only the numbers beside it are noted."""

from __future__ import annotations

from typing import Any, NoReturn

import numpy as np

from gdviz.engine.tracing.traced import EXPONENTS, NUMBERS, Untraceable

__all__ = ["Listener"]


class Listener:
    """Takes what `Traced` takes, several times as quickly, and writes no operations down.

    Of steps that are done alike, only the numbers differ that all rows share: it notes them
    in the order in which a trace does, and the names of the operations, by which one can
    tell that the step is done alike.

    Attributes
    ----------
    numbers : list of float
    operations : list of str
    """

    __slots__ = ("numbers", "operations")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self) -> None:
        self.numbers: list[float] = []
        self.operations: list[str] = []

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any
    ) -> Listener:
        if method != "__call__" or kwargs:
            raise Untraceable(f"{ufunc.__name__}.{method}")
        return self._heard(ufunc.__name__, inputs)

    def __array_function__(
        self, function: Any, types: object, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Listener:
        if function is not np.where or kwargs:
            raise Untraceable(getattr(function, "__name__", str(function)))
        return self._heard("where", args)

    def __getattr__(self, name: str) -> NoReturn:
        raise Untraceable(f"an array's {name}")

    def _refuse(self, *_: object) -> NoReturn:
        raise Untraceable("an array's numbers are asked for")

    __bool__ = __float__ = __int__ = __index__ = __len__ = __iter__ = __array__ = _refuse
    __getitem__ = __setitem__ = _refuse

    def _heard(self, name: str, operands: tuple[Any, ...]) -> Listener:
        kinds = ""
        for operand in operands:
            if operand is self:
                kinds += "a"
            elif isinstance(operand, NUMBERS):
                kinds += "n"
                self.numbers.append(float(operand))
            else:
                raise Untraceable(f"an array and a {type(operand).__name__}")
        self.operations.append(name + kinds)
        return self

    def _beside(self, name: str, other: Any) -> Listener:
        """Note an operation with another operand, which stands on whichever side."""
        self.operations.append(name)
        if other is not self:
            if not isinstance(other, NUMBERS):
                raise Untraceable(f"an array and a {type(other).__name__}")
            self.operations.append("n")
            self.numbers.append(float(other))
        return self

    def _alone(self, name: str) -> Listener:
        self.operations.append(name)
        return self

    def __pow__(self, other: Any) -> Listener:
        if isinstance(other, NUMBERS) and float(other) in EXPONENTS:
            return self._alone(EXPONENTS[float(other)])
        return self._beside("**", other)

    def __add__(self, other: Any) -> Listener:
        return self._beside("+", other)

    def __radd__(self, other: Any) -> Listener:
        return self._beside("r+", other)

    def __sub__(self, other: Any) -> Listener:
        return self._beside("-", other)

    def __rsub__(self, other: Any) -> Listener:
        return self._beside("r-", other)

    def __mul__(self, other: Any) -> Listener:
        return self._beside("*", other)

    def __rmul__(self, other: Any) -> Listener:
        return self._beside("r*", other)

    def __truediv__(self, other: Any) -> Listener:
        return self._beside("/", other)

    def __rtruediv__(self, other: Any) -> Listener:
        return self._beside("r/", other)

    def __rpow__(self, other: Any) -> Listener:
        return self._beside("r**", other)

    def __neg__(self) -> Listener:
        return self._alone("neg")

    def __pos__(self) -> Listener:
        return self._alone("pos")

    def __abs__(self) -> Listener:
        return self._alone("abs")

    def __invert__(self) -> Listener:
        return self._alone("~")

    def __and__(self, other: Any) -> Listener:
        return self._beside("&", other)

    def __or__(self, other: Any) -> Listener:
        return self._beside("|", other)

    def __lt__(self, other: Any) -> Listener:
        return self._beside("<", other)

    def __le__(self, other: Any) -> Listener:
        return self._beside("<=", other)

    def __gt__(self, other: Any) -> Listener:
        return self._beside(">", other)

    def __ge__(self, other: Any) -> Listener:
        return self._beside(">=", other)

    def __eq__(self, other: object) -> Listener:  # type: ignore[override]
        return self._beside("==", other)

    def __ne__(self, other: object) -> Listener:  # type: ignore[override]
        return self._beside("!=", other)
