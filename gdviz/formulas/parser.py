"""Reading a formula: from its text to its tree."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NoReturn, cast

from gdviz.formulas.errors import FormulaError
from gdviz.formulas.functions import FUNCTIONS
from gdviz.formulas.tokens import Token, tokenize
from gdviz.formulas.tree import Binary, Call, Constant, Name, Negative, Number, Operator, Tree

__all__ = ["Definition", "read"]

_DEEPEST = 60
_LARGEST_FACTORIAL = 20
_STARTS = ("number", "name", "constant", "function")


@dataclass(frozen=True)
class Definition:
    """A formula as it is written.

    Attributes
    ----------
    tree : Tree
        The right side.
    names : tuple of str or None
        The variables that the left side lists, as in ``f(a, x) = …``.
    result : str
        What the left side calls the value, such as ``"z"``; empty without one.
    """

    tree: Tree
    names: tuple[str, ...] | None
    result: str


def read(text: str) -> Definition:
    """Read a formula.

    Products may be written without a sign, and bind as those with one: ``a/b c`` is
    ``(a/b)·c``. A function without parentheses takes the factors up to the next function,
    parenthesis or sign: ``2 sin 3x cos y`` is ``2·sin(3x)·cos(y)``. Powers bind to the
    right and above a minus: ``-x^2`` is ``-(x^2)``.

    Parameters
    ----------
    text : str

    Raises
    ------
    FormulaError
        At the first character that makes no sense.
    """
    tokens = tokenize(text)
    if tokens[0].kind == "end":
        raise FormulaError("a formula is missing; type one such as x^2 + 3y^2", 0)
    equals = [number for number, token in enumerate(tokens) if token.text == "="]
    if not equals:
        return Definition(_Reader(text, tokens).whole(), None, "")
    if len(equals) > 1:
        second = tokens[equals[1]]
        raise FormulaError("a formula has one '=' at most", second.start, second.end)
    names, result = _left_side(tokens[: equals[0]], tokens[equals[0]])
    return Definition(_Reader(text, tokens[equals[0] + 1 :]).whole(), names, result)


def _left_side(tokens: list[Token], equals: Token) -> tuple[tuple[str, ...] | None, str]:
    """Read ``z`` or ``f(x, y)``."""
    kinds = "".join("n" if token.kind == "name" else token.text for token in tokens)
    if kinds == "n":
        return None, tokens[0].text
    if kinds in ("n(n)", "n(n,n)"):
        names = tuple(token.text for token in tokens[2::2])
        if len(set(names)) < len(names):
            raise FormulaError(f"'{names[0]}' is listed twice", tokens[4].start, tokens[4].end)
        return names, tokens[0].text
    start = tokens[0].start if tokens else equals.start
    raise FormulaError(
        "left of '=' there may be a name or one with its variables, as in f(x, y) = …",
        start,
        equals.end,
    )


class _Reader:
    """Reads tokens by recursive descent; every method returns a tree."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self._text = text
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._open: list[Token] = []

    def whole(self) -> Tree:
        tree = self._sum()
        token = self._next
        if token.kind != "end":
            self._refuse_here(token)
        return tree

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _is(self, *signs: str) -> bool:
        return self._next.kind == "sign" and self._next.text in signs

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _sum(self) -> Tree:
        self._enter()
        tree = self._product()
        while self._is("+", "-"):
            sign = cast("Operator", self._take().text)
            tree = _joined(sign, tree, self._product())
        self._depth -= 1
        return tree

    def _product(self) -> Tree:
        tree = self._signed()
        while True:
            if self._is("*", "/"):
                sign = cast("Operator", self._take().text)
                tree = _joined(sign, tree, self._signed())
            elif self._begins_factor():
                tree = _joined("*", tree, self._power(), implicit=True)
            else:
                return tree

    def _begins_factor(self) -> bool:
        return (
            self._next.kind in _STARTS
            or self._is("(")
            or (self._is("|") and not self._inside_bars())
        )

    def _inside_bars(self) -> bool:
        return bool(self._open) and self._open[-1].text == "|"

    def _signed(self) -> Tree:
        if not self._is("-", "+"):
            return self._power()
        self._enter()
        sign = self._take()
        tree = self._signed()
        self._depth -= 1
        return tree if sign.text == "+" else Negative((sign.start, tree.span[1]), tree)

    def _power(self) -> Tree:
        return self._raised(self._operand())

    def _raised(self, base: Tree) -> Tree:
        """Read what stands behind an operand: ``!``, ``²``, ``^2``."""
        while self._is("!"):
            base = self._factorial(base, self._take())
        if self._next.kind == "superscript":
            base = _joined("^", base, self._superscript(self._take()))
        if self._is("^"):
            self._take()
            self._enter()
            exponent = self._signed()
            self._depth -= 1
            base = _joined("^", base, exponent)
        return base

    def _superscript(self, token: Token) -> Tree:
        inner = tokenize(token.text)
        moved = [Token(part.kind, part.text, token.start, token.end) for part in inner]
        return _Reader(self._text, moved).whole()

    def _factorial(self, base: Tree, sign: Token) -> Tree:
        if not isinstance(base, Number) or base.value.denominator != 1:
            raise FormulaError(
                "a factorial is known of whole numbers only, as in 5!", base.span[0], sign.end
            )
        if base.value > _LARGEST_FACTORIAL:
            raise FormulaError(f"factorials go up to {_LARGEST_FACTORIAL}!", base.span[0], sign.end)
        value = Fraction(1)
        for factor in range(2, int(base.value) + 1):
            value *= factor
        return Number((base.span[0], sign.end), value, f"{base.text}!")

    def _operand(self) -> Tree:
        token = self._take()
        if token.kind == "number":
            return Number((token.start, token.end), Fraction(token.text), token.text)
        if token.kind == "name":
            return Name((token.start, token.end), token.text)
        if token.kind == "constant":
            name: Literal["pi", "e"] = "pi" if token.text == "pi" else "e"
            return Constant((token.start, token.end), name)
        if token.kind == "function":
            return self._call(token)
        if token.kind == "sign" and token.text == "(":
            return self._enclosed(token, ")")
        if token.kind == "sign" and token.text == "|":
            inner = self._enclosed(token, "|")
            return Call((token.start, self._tokens[self._at - 1].end), "abs", (inner,))
        self._at -= 1
        return self._refuse_here(token)

    def _enclosed(self, opening: Token, closing: str) -> Tree:
        self._open.append(opening)
        tree = self._sum()
        self._close(opening, closing)
        return tree

    def _close(self, opening: Token, closing: str) -> None:
        if not self._is(closing):
            if self._next.kind != "end" and not self._is(")", "|"):
                self._refuse_here(self._next)
            self._refuse_unclosed(opening)
        self._open.pop()
        self._take()

    def _refuse_unclosed(self, opening: Token) -> NoReturn:
        head = self._text[opening.start : opening.end]
        what = "a closing bar" if opening.text == "|" else "a closing parenthesis"
        raise FormulaError(f"'{head}': {what} is missing", opening.start, opening.end)

    def _call(self, token: Token) -> Tree:
        """Read a function's arguments, and the power that may stand before them."""
        known = FUNCTIONS[token.text]
        powers = []
        if self._next.kind == "superscript":
            powers.append(self._superscript(self._take()))
        elif self._is("^"):
            self._take()
            powers.append(self._operand_after_function(token))
        for power in powers:
            if not isinstance(power, Number):
                raise FormulaError(
                    f"between {token.text} and its argument only a number may stand as power; "
                    f"write a{token.text}(…) for the inverse, 1/{token.text}(…) for the reciprocal",
                    *power.span,
                )
        if self._is("("):
            opening = self._take()
            arguments = self._arguments(token, opening)
        else:
            if self._next.kind == "end" or self._is("+", "*", "/", "^", ")", ",", "=", "!"):
                raise FormulaError(
                    f"'{token.text}' needs an argument, as in {token.text}(x)",
                    token.start,
                    token.end,
                )
            arguments = (self._bare_argument(),)
        if not known.fewest <= len(arguments) <= known.most:
            wanted = {1: "one argument", 2: "two arguments"}[known.fewest]
            more = " or more" if known.most > known.fewest else ""
            raise FormulaError(
                f"'{token.text}' takes {wanted}{more}, not {len(arguments)}",
                token.start,
                self._tokens[self._at - 1].end,
            )
        span = (token.start, self._tokens[self._at - 1].end)
        tree: Tree = Call(span, token.text, arguments)
        for power in powers:
            tree = Binary(span, "^", tree, power)
        return tree

    def _operand_after_function(self, token: Token) -> Tree:
        if self._is("-"):
            self._take()
            return Negative((token.end, self._next.end), self._operand())
        return self._operand()

    def _arguments(self, function: Token, opening: Token) -> tuple[Tree, ...]:
        start = Token("sign", "(", function.start, opening.end)
        if self._is(")"):
            raise FormulaError(
                f"'{function.text}' needs an argument, as in {function.text}(x)",
                function.start,
                self._next.end,
            )
        self._open.append(start)
        arguments = [self._sum()]
        while self._is(","):
            self._take()
            arguments.append(self._sum())
        self._close(start, ")")
        return tuple(arguments)

    def _bare_argument(self) -> Tree:
        """Read the factors that a function without parentheses takes."""
        self._enter()
        if self._is("-"):
            sign = self._take()
            tree = self._bare_argument()
            self._depth -= 1
            return Negative((sign.start, tree.span[1]), tree)
        tree = self._power()
        while self._next.kind in ("number", "name", "constant"):
            tree = _joined("*", tree, self._power(), implicit=True)
        self._depth -= 1
        return tree

    def _enter(self) -> None:
        self._depth += 1
        if self._depth + len(self._open) > _DEEPEST:
            raise FormulaError(
                f"this is nested more than {_DEEPEST} deep", self._next.start, self._next.end
            )

    def _refuse_here(self, token: Token) -> NoReturn:
        if token.kind == "end" and self._open:
            self._refuse_unclosed(self._open[-1])
        if token.kind == "end":
            before = self._tokens[self._at - 1] if self._at else None
            told = f" after '{before.text}'" if before and before.kind == "sign" else ""
            raise FormulaError(f"something is missing{told} at the end", token.start)
        if token.text == ")":
            if self._at and self._tokens[self._at - 1].kind == "sign" and self._open:
                raise FormulaError("something is missing before ')'", token.start, token.end)
            raise FormulaError("this ')' closes nothing", token.start, token.end)
        if token.text == "," and not self._open:
            raise FormulaError("a comma has no meaning here", token.start, token.end)
        shown = self._text[token.start : token.end] or token.text
        raise FormulaError(f"'{shown}' has no meaning here", token.start, token.end)


def _joined(operator: Operator, left: Tree, right: Tree, *, implicit: bool = False) -> Tree:
    return Binary((left.span[0], right.span[1]), operator, left, right, implicit)
