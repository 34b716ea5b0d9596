"""What the commands do."""

from __future__ import annotations

import argparse

from gdviz.errors import UserError

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Run a parsed command; returns the exit code."""
    if arguments.command == "list":
        from gdviz.cli.listing import print_list

        print_list(arguments.kind, as_json=arguments.json)
        return 0
    if arguments.command == "completion":
        from gdviz.cli.shells import script

        print(script(arguments.shell), end="")
        return 0
    if arguments.command == "render":
        from gdviz.cli.render import render

        render(arguments)
        return 0
    from gdviz.app.application import open_window
    from gdviz.cli.reading_options import options_of
    from gdviz.export.order.options import FLAGS
    from gdviz.export.order.reading import reading_of

    if arguments.source is None:
        for name in options_of(arguments):
            raise UserError(f"{FLAGS[name]} says how SOURCE is read, but none is given")
    return open_window(arguments.source, reading_of(options_of(arguments), arguments.source))
