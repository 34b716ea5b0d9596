"""A regression's loss and gradient, with the rows of its table."""

from __future__ import annotations

from dataclasses import fields

from gdviz.errors import UserError
from gdviz.export.script.bundle import Bundle
from gdviz.export.script.kernels import kernels_text
from gdviz.export.script.literals import array_text, safe_words
from gdviz.export.script.source import Home
from gdviz.landscapes.fit_landscape import FeatureScale, FitLandscape
from gdviz.landscapes.regression import LineRegression, ProportionalRegression
from gdviz.landscapes.summed import SummedRegression

__all__ = ["batch_text", "fit_text"]

_MOST_ROWS_SHOWN = 2_000
_MOST_ROWS = 100_000


def fit_text(landscape: FitLandscape, bundle: Bundle, *, hessian: bool, batches: bool) -> str:
    """Return the data, and the functions ``loss``, ``gradient`` and, if wanted, ``hessian``.

    Of a long table, squared error needs a summary only.

    Parameters
    ----------
    landscape : FitLandscape
    bundle : Bundle
    hessian : bool
    batches : bool
        Whether gradients over some rows are wanted.

    Raises
    ------
    UserError
        If the script would be too long.
    """
    if isinstance(landscape, SummedRegression):
        return "\n\n\n".join([_rows(landscape), *_summed(landscape, bundle, hessian=hessian)])
    known = landscape.statistics  # type: ignore[attr-defined]
    kind = type(known)
    name = bundle.add(Home(kind.__module__, kind.__name__), "Statistics")
    if landscape.rows <= _MOST_ROWS_SHOWN:
        make = "centered" if isinstance(landscape, LineRegression) else "through_origin"
        bundle.attributes.add(make)
        told = "# With these, the mean is a sum of squares in which no large numbers cancel."
        constants = f"{_rows(landscape)}\n\n{told}\nKNOWN = {name}.{make}(FEATURE, LABEL)"
    else:
        values = ", ".join(f"{part.name}={getattr(known, part.name)!r}" for part in fields(known))
        told = f"# All that squared error needs of {landscape.rows:,} rows."
        rows = [_rows(landscape)] if batches else []
        constants = "\n".join([*rows, told, f"KNOWN = {name}({values})"])
    kernels = kernels_text(landscape, {"statistics": "KNOWN"}, hessian=hessian)
    return f"{constants}\n\n\n{kernels}"


def batch_text(landscape: FitLandscape, bundle: Bundle) -> str:
    """Return the function ``batch_gradient``."""
    slope = "ROW_LOSS.slope(output, label)"
    if isinstance(landscape, (LineRegression, ProportionalRegression)):
        slope = "2.0 * (output - label)"
    bias = landscape.choice.bias
    plus = " + point[:, 1:]" if bias else ""
    parts = "slope * feature, slope" if bias else "slope * feature,"
    return f'''\
def batch_gradient(point, rows):
    """Return the gradient over some rows of the table only."""
    feature, label = FEATURE[rows][np.newaxis], LABEL[rows][np.newaxis]
    output = point[:, :1] * feature{plus}
    slope = {slope}
    return np.stack([np.mean(part, axis=1) for part in ({parts})], axis=1)'''


def _rows(landscape: FitLandscape) -> str:
    data = landscape.data
    if data.rows > _MOST_ROWS:
        raise UserError(
            f"a script would hold all {data.rows:,} rows of the table; up to {_MOST_ROWS:,} are "
            "written"
        )
    lines = [
        f"# {safe_words(data.feature_name)}",
        array_text("FEATURE", data.feature),
        f"# {safe_words(data.label_name)}",
        array_text("LABEL", data.label),
    ]
    if landscape.used != FeatureScale():
        shift, scale = landscape.used.shift, landscape.used.scale
        lines.append(f"FEATURE = (FEATURE - {shift!r}) / {scale!r}  # standardized")
    return "\n".join(lines)


def _summed(landscape: SummedRegression, bundle: Bundle, *, hessian: bool) -> list[str]:
    kind = type(landscape.row_loss)
    bundle.attributes |= {"value", "slope"} | ({"curvature"} if hessian else set())
    name = bundle.add(Home(kind.__module__, kind.__name__))
    values = ", ".join(
        f"{part.name}={getattr(landscape.row_loss, part.name)!r}"
        for part in fields(kind)  # type: ignore[arg-type]
    )
    bias = landscape.choice.bias
    names = ", ".join(landscape.parameters)
    output = "w1[:, np.newaxis] * FEATURE" + (" + b[:, np.newaxis]" if bias else "")
    slopes = "slope * FEATURE, slope" if bias else "slope * FEATURE,"
    bends = "first * FEATURE, first, bent" if bias else "first * FEATURE,"
    made = [
        f"ROW_LOSS = {name}({values})",
        f'''\
def model(w1{", b" if bias else ""}):
    """Return what the line says of every row."""
    return {output}''',
        '''\
def mean(*parts):
    """Return means over the rows."""
    return [np.mean(part, axis=1) for part in parts]''',
        f'''\
def loss({names}):
    """{safe_words(landscape.expression)}"""
    return mean(ROW_LOSS.value(model({names}), LABEL))[0]''',
        f"""\
def gradient({names}):
    slope = ROW_LOSS.slope(model({names}), LABEL)
    return mean({slopes.rstrip(",")})""",
    ]
    if hessian:
        made.append(
            f"""\
def hessian({names}):
    bent = ROW_LOSS.curvature(model({names}), LABEL)
    first = bent * FEATURE
    return mean({bends.rstrip(",")})"""
        )
    return made
