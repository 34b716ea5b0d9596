"""How far long work is, shown on a terminal or told to a program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from gdviz.export.material import Told
from gdviz.export.phases import Phase, phases_of

__all__ = ["PROGRESS", "phase_of"]

PROGRESS = ("auto", "bar", "lines", "none")
"""Ways to tell it: a bar on a terminal only, a bar, a share in each line, not at all."""
DELAY = 1.0
"""Seconds before a bar is shown: what is done by then needs none."""


def phase_of(kind: str) -> Phase:
    """Return what tells progress in one of the ways of `PROGRESS`."""
    if kind == "auto":
        kind = "bar" if sys.stderr.isatty() else "none"
    if kind == "bar":
        return _bar
    if kind == "lines":
        return phases_of(_Lines())
    return phases_of(lambda _share: None)


class _Lines:
    """Writes shares that grow, each in its line, not more than a thousand of them."""

    def __init__(self) -> None:
        self._told = -1

    def __call__(self, share: float) -> None:
        thousandths = int(1000.0 * share + 1e-9)
        if thousandths > self._told:
            self._told = thousandths
            with suppress(OSError):  # nobody listens any more: the file is wanted all the same
                print(f"{thousandths / 1000.0:.3f}", file=sys.stderr, flush=True)


@contextmanager
def _bar(name: str) -> Iterator[Told]:
    """Show a bar if it takes longer than a second."""
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread that watches bars
    form = "{desc} {percentage:3.0f}% |{bar}| {elapsed} < {remaining}"
    with tqdm(
        desc=name,
        total=1.0,
        bar_format=form,
        leave=False,
        delay=DELAY,
        mininterval=0.1 * DELAY,
        miniters=0,
    ) as bar:
        yield lambda share: bar.update(share - bar.n)
