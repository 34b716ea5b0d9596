"""From options to how a source is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from gdviz.errors import UserError, did_you_mean
from gdviz.experiment import Reading, TableWish
from gdviz.export.order.options import Options
from gdviz.tables import DELIMITERS, Dialect

__all__ = ["DIALECT", "OF_FORMULAS", "OF_SURFACES", "OF_TABLES", "reading_of"]

DIALECT = ("delimiter", "decimal", "encoding", "header", "skip")
OF_TABLES = ("x_column", "y_column", "model", "loss", "bias", "standardize", *DIALECT)
OF_FORMULAS = ("knobs",)
OF_SURFACES = ("metric",)


def reading_of(options: Options, source: str | None = None) -> Reading:
    """Return how a source is read.

    Parameters
    ----------
    options : Options
    source : str, optional
        A table's file is looked into where the options say a part of how it is written.

    Raises
    ------
    UserError
        If a table can't be written so.
    """
    wish = TableWish(
        feature=options.get("x_column"),
        label=options.get("y_column"),
        model=options.get("model"),
        loss=options.get("loss"),
        bias=options.get("bias"),
        standardize=options.get("standardize"),
        dialect=_dialect(options, source),
    )
    knobs = tuple((name, float(value)) for name, value in options.get("knobs", {}).items())
    return Reading(options.get("kind"), wish, options.get("metric"), knobs)


def _dialect(options: Options, source: str | None) -> Dialect | None:
    given: dict[str, Any] = {name: value for name, value in options.items() if name in DIALECT}
    if not given:
        return None
    if "skip" in given:
        given["skipped"] = given.pop("skip")
    if "delimiter" in given:
        given["delimiter"] = _delimiter(given["delimiter"])
    if "decimal" in given and given["decimal"] not in (".", ","):
        raise UserError(f"decimals are marked by . or by a comma, not by '{given['decimal']}'")
    if source is None:
        return Dialect(**given)
    from gdviz.tables import detect

    path = Path(source)
    if not path.is_file():
        raise UserError(f"there is no file '{source}' whose columns could be read so")
    return replace(detect(path), **given)


def _delimiter(text: str) -> str:
    by_name = {name: letter for letter, name in DELIMITERS.items()}
    if text in DELIMITERS:
        return text
    if text not in by_name:
        raise UserError(
            f"columns can't be separated by '{text}'{did_you_mean(text, by_name)} "
            f"(known: {', '.join(by_name)})"
        )
    return by_name[text]
