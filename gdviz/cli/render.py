"""``gdviz render``: figures, films and numbers without a window."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from gdviz.app.rendering import carry_out
from gdviz.cli.progress import phase_of
from gdviz.cli.reading_options import options_of
from gdviz.cli.signals import interruptible
from gdviz.errors import UserError
from gdviz.export.formats import FORMATS, Format, format_of
from gdviz.export.order.options import FLAGS

__all__ = ["render"]


def render(arguments: argparse.Namespace) -> None:
    """Write the file that the arguments ask for.

    Raises
    ------
    UserError
        If an argument is wrong or the file can't be written; nothing is written then.
    """
    chosen = _format(arguments)
    options = options_of(arguments)
    to_file = arguments.output != "-"
    buffer = io.BytesIO()
    with interruptible(phase_of(arguments.progress)) as phase:
        out = Path(arguments.output) if to_file else buffer
        carry_out(arguments.source, out, chosen, options, phase, FLAGS.__getitem__)
    if not to_file:
        sys.stdout.buffer.write(buffer.getvalue())
        sys.stdout.buffer.flush()


def _format(arguments: argparse.Namespace) -> Format:
    if arguments.output == "-":
        if not arguments.format:
            raise UserError(f"'-o -' needs --format ({', '.join(FORMATS)})")
        return format_of(arguments.format)
    chosen = format_of(Path(arguments.output).suffix)
    if arguments.format and arguments.format != chosen.ending:
        raise UserError(f"--format {arguments.format} contradicts '{arguments.output}'")
    return chosen
