"""From starting the process to the first painted window, and the memory it takes."""

from __future__ import annotations

import json
from functools import partial

from benchmarks.children import platforms, run
from benchmarks.tables import Samples, Table, interleaved

__all__ = ["figure", "start"]

SUBJECTS = ("gdviz", "PlotWidget", "QWidget")
_CODE = "from benchmarks.start_child import main; main()"
_QUANTITIES = {
    "painted": "first painted window, s",
    "complete": "painted with the contour field, s",
    "complete, CPU": "processor time then, s",
    "complete, MB": "peak memory then, MB",
}


def start(subject: str, platform: dict[str, str], seconds: float = 0.0) -> Samples:
    """Start a window once.

    Parameters
    ----------
    subject : str
        One of `SUBJECTS`; a bare window is complete once it is painted.
    platform : dict
        Environment variables.
    seconds : float
        How long it lives on, playing its 200 steps.

    Returns
    -------
    dict
        Seconds and megabytes; with `seconds`, only the peak memory at the end.

    Raises
    ------
    RuntimeError
        If one of the modules has been imported that are for later.
    """
    told = json.loads(run(_CODE, [subject, str(seconds)], platform))
    if told["heavy"]:
        raise RuntimeError(f"{subject} has imported {', '.join(told['heavy'])} at its start")
    if seconds:
        return {"peak memory after its run, MB": [told["noted"]["settled, MB"]]}
    return {title: [told["noted"][key]] for key, title in _QUANTITIES.items()}


def figure(runs: int, seconds: float = 3.0) -> list[Table]:
    """Measure starts of the window, a bare plot window and a bare widget."""
    tables = []
    with platforms() as found:
        for name, platform in found.items():
            for subject in SUBJECTS:
                start(subject, platform)  # fills the caches of files and of compiled modules
            columns = interleaved(
                {subject: partial(start, subject, platform) for subject in SUBJECTS}, runs
            )
            for subject in SUBJECTS:
                columns[subject] |= start(subject, platform, seconds)
            note = "None of sympy, scipy, pandas, h5py, av, OpenGL and matplotlib is imported."
            tables.append(Table(f"start ({name})", columns, note))
    return tables
