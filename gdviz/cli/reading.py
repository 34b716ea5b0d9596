"""How the command line asks for a source to be read."""

from __future__ import annotations

import argparse

from gdviz.experiment import Reading, TableWish

__all__ = ["reading_of"]


def reading_of(arguments: argparse.Namespace) -> Reading:
    """Return what the options say of how the source is read."""
    wish = TableWish(
        feature=arguments.x_column,
        label=arguments.y_column,
        model=arguments.model,
        loss=arguments.loss,
        bias=False if arguments.no_bias else None,
        standardize=True if arguments.standardize else None,
    )
    return Reading(arguments.kind, wish, arguments.metric, tuple(arguments.knobs))
