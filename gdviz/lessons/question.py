"""A question with one right answer."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from gdviz.errors import UserError

__all__ = ["Question"]


@dataclass(frozen=True)
class Question:
    """A question whose answer is a number, some numbers, or one of a few choices.

    Attributes
    ----------
    text : str
    numbers : tuple of float
        The right answer; empty where there are choices.
    within : float
        How far each number may be from the right one.
    choices : tuple of str
        Empty where numbers are asked for.
    choice : int
        The place of the right one.
    hint : str
        Told after a wrong answer.
    right : str
        Told after the right one.
    """

    text: str
    numbers: tuple[float, ...] = ()
    within: float = 0.0
    choices: tuple[str, ...] = ()
    choice: int = 0
    hint: str = ""
    right: str = ""

    def is_right(self, answer: str) -> bool:
        """Tell whether an answer is right.

        Parameters
        ----------
        answer : str
            One of the choices; or numbers as a student types them: ``7,39`` and ``7.39`` are
            the same, and ``(-4, 4)``, ``−4 4`` and ``-4; 4`` are.

        Raises
        ------
        UserError
            If numbers are asked for, and it is something else.
        """
        if self.choices:
            return answer == self.choices[self.choice]
        given = self._numbers_of(answer)
        return all(
            abs(one - other) <= self.within for one, other in zip(given, self.numbers, strict=True)
        )

    def _numbers_of(self, answer: str) -> list[float]:
        plain = answer.strip().strip("()[]").replace("\N{MINUS SIGN}", "-")
        if len(self.numbers) == 1:
            parts = [plain.replace(",", ".")]
        elif ";" in plain:
            parts = plain.replace(",", ".").split(";")
        else:
            parts = [part for part in re.split(r"[,\s]+", plain) if part]
        try:
            given = [float(part) for part in parts]
        except ValueError:
            given = []
        if len(given) != len(self.numbers) or not all(map(math.isfinite, given)):
            raise UserError(self._wanted())
        return given

    def _wanted(self) -> str:
        if len(self.numbers) == 1:
            return "Write a number, such as 0.5 or −3."
        return "Write two numbers with a comma between them, such as 0.5, −3."
