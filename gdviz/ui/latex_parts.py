"""Where a long equation may be broken."""

from __future__ import annotations

import re

from gdviz.landscapes.notation import MathLine

__all__ = ["factors_of", "parts_of", "terms_of", "visible_length"]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|.", re.DOTALL)
_UNSEEN = re.compile(r"\\begin\{\w+\}|\\end\{\w+\}|\\[A-Za-z]+|[\\{}^_& ]")
_OPEN = ("{", "(", r"\left", r"\begin")
_CLOSE = ("}", ")", r"\right", r"\end")
_RELATIONS = ("= ", r"\approx ", r"\le ", r"\ge ", r"\in ", r"\leftarrow ", r"\ne ")
_SIGNS = ("+ ", "- ")
_ALONE = {"", *(sign.strip() for sign in (*_RELATIONS, *_SIGNS))}
_FACTORS = ("(", r"\left(", r"\begin", r"{\begin", r"\frac", r"\operatorname", r"\nabla")


def parts_of(line: MathLine) -> list[str]:
    """Return what stands before the first relation, and each one with what is behind it."""
    return _cut(line.latex, _RELATIONS)


def terms_of(latex: str) -> list[str]:
    """Return the terms of a sum, each with its sign."""
    return _cut(latex, _SIGNS)


def factors_of(latex: str) -> list[str]:
    """Return the factors of the terms of a sum, those that can be told apart."""
    return _cut(latex, (*_SIGNS, *_FACTORS))


def visible_length(latex: str) -> int:
    """Return roughly how many letters and digits are drawn."""
    return len(_UNSEEN.sub("", latex))


def _cut(latex: str, signs: tuple[str, ...]) -> list[str]:
    """Cut LaTeX before signs that stand behind a space and in no braces or parentheses."""
    parts: list[str] = []
    depth = start = 0
    for token in _TOKEN.finditer(latex):
        at = token.start()
        alone = at > start and latex[at - 1] == " " and depth == 0
        if alone and latex.startswith(signs, at) and _stands_alone(latex[start:at]):
            parts.append(latex[start:at].strip())
            start = at
        depth += (token[0] in _OPEN) - (token[0] in _CLOSE)
    parts.append(latex[start:].strip())
    return parts


def _stands_alone(part: str) -> bool:
    """Tell whether a part is more than a sign or a relation."""
    return part.strip() not in _ALONE
