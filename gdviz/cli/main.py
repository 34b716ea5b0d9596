"""``gdviz``: from words to exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from gdviz.cli.commands import run
from gdviz.cli.parser import parse
from gdviz.cli.signals import Terminated
from gdviz.errors import UserError

__all__ = ["main"]

_DONE, _FAULT, _MISTAKE, _INTERRUPTED, _TERMINATED = 0, 1, 2, 130, 143


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    argv : sequence of str, optional
        The words after ``gdviz``; those of this process if left out.

    Returns
    -------
    int
        0 for success, 2 for a user's mistake, 1 for a fault of gdviz itself (both told
        in one line), 130 after Ctrl-C, 143 after a request to end.
    """
    try:
        try:
            return run(parse(sys.argv[1:] if argv is None else list(argv)))
        finally:
            sys.stdout.flush()  # at exit, nobody could tell in one line that it fails
    except UserError as error:
        print(f"gdviz: {error}", file=sys.stderr)
        return _MISTAKE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Terminated:
        return _TERMINATED
    except BrokenPipeError:
        _forget_output()
        return _DONE
    except Exception as error:  # noqa: BLE001 -- a traceback is never a user's to read
        if isinstance(error, OSError) and error.filename is None:
            _forget_output()
            told = (error.strerror or str(error)).lower()
            print(f"gdviz: cannot write to standard output: {told}", file=sys.stderr)
            return _MISTAKE
        told = str(error).partition("\n")[0]
        print(f"gdviz: a fault of gdviz itself: {type(error).__name__}: {told}", file=sys.stderr)
        return _FAULT


def _forget_output() -> None:
    """Let Python's own flush at exit find no output that can't be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
