"""An order: what is exported, how, and in which format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gdviz.engine import compute
from gdviz.errors import UserError
from gdviz.experiment import in_order
from gdviz.experiment.document import Document
from gdviz.export.formats import Format, format_of
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.order.document import Source, document_of
from gdviz.export.order.fitting import (
    check_data,
    check_format,
    check_plane,
    check_views,
    holds_field,
)
from gdviz.export.order.options import Options
from gdviz.export.order.spec import spec_of

__all__ = ["Order", "chosen_format", "computed", "ordered"]

_OF_RUNS = ("runs", "sensitivity")
"""What is told of points that runs have come to."""


@dataclass(frozen=True)
class Order:
    """What is exported, and how.

    Attributes
    ----------
    document : Document
    spec : ExportSpec
    format : Format
    """

    document: Document
    spec: ExportSpec
    format: Format

    @property
    def needs_runs(self) -> bool:
        """Whether the runs have to be computed: an experiment, or a field, does without them."""
        if self.format.kind == "data":
            content = self.spec.data.content
            return content in _OF_RUNS and not holds_field(content, self.format)
        return self.format.kind != "experiment"


def ordered(
    source: Source,
    chosen: Format,
    options: Options,
    *,
    told: Told | None = None,
    named: Callable[[str], str] = str,
) -> Order:
    """Return the order that a source and options stand for.

    Parameters
    ----------
    source : Source
    chosen : Format
    options : Options
    told : callable, optional
        Is told how much of a file is read, from 0 to 1.
    named : callable
        Returns what the user calls an option.

    Raises
    ------
    UserError
        If there is no such source, or an option is wrong or says nothing about such a file.
    """
    spec_of(options)  # what is wrong with a picture is told before a large table is read
    check_format(options, chosen, named)
    check_data(options, chosen, named)
    document = document_of(source, options, told)
    spec = spec_of(options, document)
    check_views(options, spec.figure, chosen, named)
    check_plane(options, document.experiment.plane, chosen, named)
    return Order(document, spec, chosen)


def chosen_format(ending: str, asked: str | None, out: str) -> Format:
    """Return the format in which a file is written.

    Parameters
    ----------
    ending : str
        The file's; empty where it has no name.
    asked : str or None
        What is asked for beside it.
    out : str
        The file, as it is called in a refusal.

    Raises
    ------
    UserError
        If there is no such format, none is given, or two are.
    """
    if asked is not None and not ending:
        return format_of(asked)
    chosen = format_of(ending)
    if asked is not None and asked.lower().removeprefix(".") != chosen.ending:
        raise UserError(f"the format {asked} contradicts '{out}'")
    return chosen


def computed(document: Document, told: Told | None = None) -> Material:
    """Compute all runs of a document.

    Parameters
    ----------
    document : Document
    told : callable, optional
        Is told how much of it is done, from 0 to 1; what it raises ends it.

    Raises
    ------
    UserError
        If a run can't be computed.
    """
    experiment = document.experiment
    batches = experiment.batches()
    whole = sum(batch.descent.steps for batch in batches)
    made, before = [], 0
    for batch in batches:
        made.append((batch, compute(batch.descent, _counting(told, before, whole))))
        before += batch.descent.steps
    trajectories = (*(one for _row, one in in_order(made)), *experiment.recordings())
    return Material(document, trajectories)


def _counting(told: Told | None, before: int, whole: int) -> Callable[[int], object] | None:
    """Return what is told the steps of a batch and tells the share of all."""
    if told is None:
        return None
    return lambda reached: told(min((before + reached) / whole, 1.0))
