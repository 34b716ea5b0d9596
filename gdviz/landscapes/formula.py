"""A landscape that someone has typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np

from gdviz.errors import UserError, did_you_mean
from gdviz.formulas import CompiledFormula, ParsedFormula, compiled, parse
from gdviz.landscapes.domain import Domain
from gdviz.landscapes.landscape import Column, FloatArray, Landscape
from gdviz.landscapes.notation import Notation

__all__ = ["FormulaLandscape", "Knob"]

_CANDIDATES = (
    (-5.0, 5.0),
    (0.0, 10.0),
    (-1.0, 1.0),
    (0.0, 1.0),
    (-20.0, 20.0),
    (0.0, 100.0),
    (-100.0, 100.0),
    (0.0, 1000.0),
)
_SAMPLES = 24
_ENOUGH = 0.7


@dataclass(frozen=True)
class Knob:
    """A parameter of a formula that is no variable.

    Attributes
    ----------
    name : str
    value : float
    low, high : float
        The ends of its slider.
    """

    name: str
    value: float = 1.0
    low: float = -5.0
    high: float = 5.0


@dataclass(frozen=True)
class FormulaLandscape(Landscape):
    """A formula of one or two variables; gradient and Hessian are exact.

    Two are equal if text, knobs, domain and minima are.

    Attributes
    ----------
    text : str
        As typed.
    knobs : tuple of Knob
    """

    text: str
    knobs: tuple[Knob, ...] = ()
    key: str = ""
    box: Domain | None = None
    known_minima: tuple[tuple[float, ...], ...] = ()
    parsed: ParsedFormula = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parsed", parse(self.text))

    @classmethod
    def of(
        cls,
        text: str,
        values: Mapping[str, float] | None = None,
        *,
        knobs: Sequence[Knob] = (),
        name: str = "",
        domain: Domain | None = None,
        minima: Sequence[tuple[float, ...]] = (),
    ) -> Self:
        """Make the landscape of a formula.

        Parameters
        ----------
        text : str
            Such as ``"4 + (x-2)^2 + 2y^2"``; see `gdviz.formulas`.
        values : mapping of str to float, optional
            Values of its parameters; 1 where none is given.
        knobs : sequence of Knob, optional
            Parameters with other sliders than from -5 to 5.
        name : str, optional
            What the command line calls it; the text itself if left out.
        domain : Domain, optional
            What a view shows at first; a box in which it is defined if left out.
        minima : sequence of tuple of float, optional
            The known global minima.

        Raises
        ------
        FormulaError
            If the text is no formula.
        UserError
            If a value is given for something that is no parameter of it.
        """
        parsed = parse(text)
        known = {knob.name: knob for knob in knobs}
        made = tuple(known.get(knob, Knob(knob)) for knob in parsed.knobs)
        landscape = cls(parsed.text, made, name, domain, tuple(minima))
        for knob, value in (values or {}).items():
            landscape = landscape.with_knob(knob, value)
        return landscape

    def with_knob(self, name: str, value: float) -> Self:
        """Return the landscape with another value of one parameter.

        Raises
        ------
        UserError
            If the formula has no such parameter, or the value is not finite.
        """
        names = [knob.name for knob in self.knobs]
        if name not in names:
            there = f"it has {', '.join(names)}" if names else "it has none"
            raise UserError(
                f"'{self.text}' has no parameter '{name}'{did_you_mean(name, names)} ({there})"
            )
        if not np.isfinite(value):
            raise UserError(f"{name} must be a finite number, got {value!r}")
        knobs = tuple(
            replace(
                knob,
                value=float(value),
                low=min(knob.low, float(value)),
                high=max(knob.high, float(value)),
            )
            if knob.name == name
            else knob
            for knob in self.knobs
        )
        return replace(self, knobs=knobs)

    @property
    def name(self) -> str:
        return self.key or self.text

    @property
    def parameters(self) -> tuple[str, ...]:
        return self.parsed.variables

    @property
    def expression(self) -> str:
        return self.text.replace("-", "\N{MINUS SIGN}").replace("*", "·")

    @property
    def formula(self) -> str:
        return self.text

    @property
    def minima(self) -> tuple[tuple[float, ...], ...]:
        return self.known_minima

    @property
    def continuous(self) -> bool:
        return self.parsed.continuous

    @property
    def isotropic(self) -> bool:
        widths = self.domain.width
        return len(widths) > 1 and bool(widths.max() <= 2.0 * widths.min())

    @property
    def notation(self) -> Notation | None:
        from gdviz.landscapes.formula_notation import formula_notation

        return formula_notation(self, self.parsed, {knob.name: knob.value for knob in self.knobs})

    @cached_property
    def compiled(self) -> CompiledFormula:
        """The formula and its derivatives; the first call compiles them."""
        return compiled(self.parsed)

    @cached_property
    def values(self) -> tuple[float, ...]:
        """The knobs' values."""
        return tuple(knob.value for knob in self.knobs)

    @cached_property
    def domain(self) -> Domain:
        if self.box is not None:
            return self.box
        boxes = [Domain.of(*[ends] * self.dimension) for ends in _CANDIDATES]
        shares: list[float] = []
        for box in boxes:
            shares.append(self._share_defined(box))
            if shares[-1] >= _ENOUGH:
                break
        return boxes[int(np.argmax(shares))]

    def _share_defined(self, box: Domain) -> float:
        axes = [low + (high - low) * (np.arange(_SAMPLES) + 0.5) / _SAMPLES for low, high in box]
        points = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))
        return float(np.mean(np.isfinite(self.loss(points))))

    def loss_at(self, *columns: FloatArray) -> Column:
        (loss,) = self.compiled.loss(*columns, *self.values)
        return loss  # type: ignore[no-any-return]

    def gradient_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        return self._where_defined(columns, self.compiled.gradient(*columns, *self.values))

    def hessian_at(self, *columns: FloatArray) -> tuple[Column, ...]:
        return self._where_defined(columns, self.compiled.hessian(*columns, *self.values))

    def _where_defined(
        self, columns: tuple[FloatArray, ...], derivatives: Sequence[Column]
    ) -> tuple[Column, ...]:
        """Return derivatives with NaN where the formula itself has no value."""
        if not self.parsed.has_hidden_edges:
            return tuple(derivatives)
        there = ~np.isnan(self.loss_at(*columns))
        return tuple(np.where(there, derivative, np.nan) for derivative in derivatives)
