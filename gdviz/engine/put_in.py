"""Numbers put into the templates of optimizers' equations, as LaTeX."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import numpy as np

from gdviz.landscapes import FloatArray
from gdviz.landscapes.tree_latex import number_latex
from gdviz.numbers import format_number

__all__ = ["Value", "is_exact", "put_in", "value_latex"]

Value = FloatArray | float
"""A number, a vector of shape (d,), or a matrix of shape (d, d)."""

_NAME = re.compile(r"<([A-Za-z_][A-Za-z_0-9]*'?)>")
_FENCED = re.compile(r"(\\left)?\(\s*<([A-Za-z_][A-Za-z_0-9]*'?)>\s*(\\right)?\)")
_FACTOR = re.compile(r"\d|\\[dt]?frac\b|\\sqrt\b|\\pi\b")
_RELATION = re.compile(r"\\(left|approx|leq?|geq?|lt|gt|to|in|max|min|cdot|odot|times)$")
_NO_FACTOR = ("operatorname", "mathrm", "mathbf", "text", "begin", "end")
_DOT = r"\cdot "
_DOT_BEHIND = r" \cdot"


def value_latex(value: Value) -> str:
    r"""Return a value with four significant digits, a vector as a column.

    Parameters
    ----------
    value : float, or ndarray of shape (d,) or (d, d)
        With d = 1 it is written as a plain number.
    """
    array = np.asarray(value, dtype=np.float64)
    if array.size == 1:
        return _number(float(array.flat[0]))
    rows = array.reshape(len(array), -1)
    body = r" \\ ".join(" & ".join(_number(number) for number in row) for row in rows.tolist())
    return rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"


def is_exact(value: Value) -> bool:
    """Tell whether `value_latex` leaves nothing out."""
    return all(
        not math.isfinite(number) or _read(_number(number)) == number
        for number in np.asarray(value, dtype=np.float64).ravel().tolist()
    )


def put_in(template: str, values: Mapping[str, Value]) -> str:
    """Return an equation with values in the place of its names.

    Parameters
    ----------
    template : str
        As `gdviz.optimizers.Optimizer.equations` are written.
    values : mapping of str to float or ndarray
        By name.

    Returns
    -------
    str
        Negative numbers stand in parentheses except where a sum begins, numbers that are
        multiplied have a dot between them, and what has an exponent is held together.

    Raises
    ------
    KeyError
        If a name has no value.
    """
    template = _FENCED.sub(lambda found: _unfenced(found, values), template)
    done = ""
    at = 0
    for found in _NAME.finditer(template):
        done += template[at : found.start()]
        at = found.end()
        done += _placed(value_latex(values[found[1]]), done, template[at:])
    return done + template[at:]


def _unfenced(found: re.Match[str], values: Mapping[str, Value]) -> str:
    """Return a name in parentheses without them where its value brings its own."""
    return f"<{found[2]}>" if np.size(values[found[2]]) > 1 else found[0]


def _placed(latex: str, before: str, after: str) -> str:
    """Return a value as it must be written between what stands before and after it."""
    ahead, behind = before.rstrip(), after.lstrip()
    raised = behind.startswith(("^", "_"))
    column = latex.startswith(r"\begin")
    if column:
        return f"{{{latex}}}" if raised else latex
    negative, product = latex.startswith("-"), r"\times" in latex
    beginning = _begins(ahead)
    divided = ahead.endswith("/")
    fenced = (negative and (raised or not beginning)) or (product and (raised or divided))
    if fenced:
        latex = rf"\left({latex}\right)"
    dotted_before = not fenced and not beginning and _is_factor(ahead)
    dotted_after = not raised and bool(_FACTOR.match(behind))
    return f"{_DOT if dotted_before else ''}{latex}{_DOT_BEHIND if dotted_after else ''}"


def _begins(ahead: str) -> bool:
    """Tell whether a sum begins behind what has been written."""
    return not ahead or ahead[-1] in "=({[,&<>|" or ahead.endswith("\\\\") or _relates(ahead)


def _relates(ahead: str) -> bool:
    found = _RELATION.search(ahead)
    return found is not None and found[1] not in ("cdot", "odot", "times")


def _is_factor(ahead: str) -> bool:
    """Tell whether a number that follows would be multiplied by what stands there."""
    if ahead[-1].isdigit() or ahead[-1] == ")":
        return True
    if ahead[-1] != "}":
        return False
    depth = 0
    for at in range(len(ahead) - 1, -1, -1):
        depth += (ahead[at] == "}") - (ahead[at] == "{")
        if depth == 0:
            return not ahead[:at].endswith(_NO_FACTOR)
    return False


def _number(number: float) -> str:
    if math.isnan(number):
        return r"\text{undefined}"
    if math.isinf(number):
        return r"\infty" if number > 0 else r"-\infty"
    return number_latex(format_number(number))


def _read(latex: str) -> float:
    """Return the number that `_number` wrote."""
    return float(latex.replace(r" \times 10^{", "e").rstrip("}"))
