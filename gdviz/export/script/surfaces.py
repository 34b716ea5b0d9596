"""A measured surface's loss and gradient: the spline through its samples."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from gdviz.engine import Trajectory
from gdviz.errors import UserError
from gdviz.export.script.bundle import Bundle
from gdviz.export.script.literals import array_text, safe_words
from gdviz.export.script.source import Home
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.landscapes.spline_values import spline_values

__all__ = ["surface_text"]

_MOST_SAMPLES = 100_000
_HOME = Home("gdviz.landscapes.spline_values", "spline_values")


def surface_text(
    landscape: SampledLandscape,
    bundle: Bundle,
    trajectories: Sequence[Trajectory],
    *,
    hessian: bool,
) -> str:
    """Return the data, and the functions ``loss``, ``gradient`` and, if wanted, ``hessian``.

    Raises
    ------
    UserError
        If the script would be too long, or would not round as this machine's SciPy does.
    """
    spline = landscape.spline
    if spline.coefficients.size > _MOST_SAMPLES:
        raise UserError(
            f"a script would hold all {spline.coefficients.size:,} samples of the surface; "
            f"up to {_MOST_SAMPLES:,} are written"
        )
    _check(landscape, trajectories)
    bundle.add(_HOME)
    made = [_data(landscape), *_functions(landscape)]
    if hessian:
        made.append(_hessian(landscape))
    return "\n\n\n".join(made)


def _check(landscape: SampledLandscape, trajectories: Sequence[Trajectory]) -> None:
    """Raise a `UserError` where NumPy gives other bits than SciPy's compiled code."""
    spline, axes = landscape.spline, range(landscape.dimension)
    for trajectory in trajectories:
        points = trajectory.params.reshape(-1, landscape.dimension)[:5000]
        columns = tuple(np.ascontiguousarray(points[:, axis]) for axis in reversed(axes))
        for orders in ((0,) * len(axes), *np.eye(len(axes), dtype=int).tolist()):
            mine = spline_values(
                spline.knots, spline.coefficients, spline.degree, columns, tuple(orders)
            )
            theirs = spline.derivative(columns, tuple(orders))
            if not np.array_equal(mine, theirs, equal_nan=True):
                raise UserError(
                    "a script can't repeat these runs bit for bit: on this machine, SciPy's "
                    "splines round otherwise than NumPy does; export .csv or .npz instead"
                )


def _data(landscape: SampledLandscape) -> str:
    spline = landscape.spline
    axes = [axis for axis in (landscape.surface.y, landscape.surface.x) if axis is not None]
    names = ["Y", "X"][-len(axes) :]
    lines = [f"# The samples' coordinates, and the spline of degree {spline.degree} through them."]
    lines += [array_text(name, axis) for name, axis in zip(names, axes, strict=True)]
    for name, knots in zip(names, spline.knots, strict=True):
        lines.append(array_text(f"KNOTS_{name}", knots))
    lines.append(array_text("COEFFICIENTS", spline.coefficients))
    lines.append(f"MEASURED = np.ones({landscape.cells.shape!r}, dtype=bool)")
    gaps = np.argwhere(~landscape.cells)
    if len(gaps):
        indices = ", ".join(
            f"np.array({gaps[:, axis].tolist()!r})" for axis in range(gaps.shape[1])
        )
        lines.append(f"MEASURED[{indices}{',' if gaps.shape[1] == 1 else ''}] = False")
    return "\n".join(lines)


def _functions(landscape: SampledLandscape) -> list[str]:
    names = ", ".join(landscape.parameters)
    reverse = ", ".join(reversed(landscape.parameters))
    one = landscape.dimension == 1
    knots = "(KNOTS_X,)" if one else "(KNOTS_Y, KNOTS_X)"
    comma = "," if one else ""
    value = f"spline({names}, {'0' if one else '0, 0'})"
    if landscape.in_logarithms:
        value = f"np.exp({value})"
    slopes = ["spline(x, 1)"] if one else ["spline(x, y, 1, 0)", "spline(x, y, 0, 1)"]
    factor = "height * " if landscape.in_logarithms else ""
    height = [f"    height = {value}"] if landscape.in_logarithms else []
    results = ", ".join(f"np.where(there, {factor}{slope}, np.nan)" for slope in slopes)
    orders = "by_x" if one else "by_x, by_y"
    backward = "by_x" if one else "by_y, by_x"
    return [
        f'''\
def spline({names}, {orders}):
    """Return a derivative of the spline; the coefficients' axes are y and x, in this order."""
    knots, at, orders = {knots}, ({reverse}{comma}), ({backward}{comma})
    return {_HOME.name}(knots, COEFFICIENTS, {landscape.spline.degree}, at, orders)''',
        _measured(landscape),
        f'''\
def loss({names}):
    """{safe_words(landscape.expression)}"""
    return np.where(measured({names}), {value}, np.nan)''',
        "\n".join(
            [
                f"def gradient({names}):",
                f"    there = measured({names})",
                *height,
                f"    return {results}{comma}",
            ]
        ),
    ]


def _measured(landscape: SampledLandscape) -> str:
    """Return the function that tells where the surface is known."""
    one = landscape.dimension == 1
    names = ", ".join(landscape.parameters)
    inside = "(x >= X[0]) & (x <= X[-1])"
    cells = "MEASURED[at_x]"
    loops = "    for at_x in cells(X, x):\n"
    pad = "        "
    if not one:
        inside += " & (y >= Y[0]) & (y <= Y[-1])"
        cells = "MEASURED[at_y, at_x]"
        loops += "        for at_y in cells(Y, y):\n"
        pad = "            "
    return f'''\
def cells(axis, at):
    """Return the cells that points lie in: on a border, the one to the left comes first."""
    sides = [np.searchsorted(axis, at, side=side) - 1 for side in ("left", "right")]
    return [np.clip(side, 0, axis.size - 2) for side in sides]


def measured({names}):
    """Tell which points lie in a cell, or on its edge, whose corners were all measured."""
    found = np.zeros(x.shape, dtype=bool)
{loops}{pad}found |= {cells}
    return {inside} & found'''


def _hessian(landscape: SampledLandscape) -> str:
    names = ", ".join(landscape.parameters)
    one = landscape.dimension == 1
    pairs = [("2",)] if one else [("2, 0",), ("1, 1",), ("0, 2",)]
    bends = [f"spline({names}, {orders})" for (orders,) in pairs]
    lines = [f"def hessian({names}):", f"    there = measured({names})"]
    if landscape.in_logarithms:
        zero = "0" if one else "0, 0"
        lines.append(f"    height = np.exp(spline({names}, {zero}))")
        slopes = ["1"] if one else ["1, 0", "0, 1"]
        lines += [
            f"    slope_{name} = spline({names}, {orders})"
            for name, orders in zip(landscape.parameters, slopes, strict=True)
        ]
        products = ["x * x"] if one else ["x * x", "x * y", "y * y"]
        bends = [
            "height * ({} + slope_{} * slope_{})".format(bend, *product.split(" * "))
            for bend, product in zip(bends, products, strict=True)
        ]
    results = [f"np.where(there, {bend}, np.nan)" for bend in bends]
    lines += ["    return (", *[f"        {result}," for result in results], "    )"]
    return "\n".join(lines)
