"""A whole script: landscape, optimizers, runs, loop."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import BinaryIO

import numpy as np

from gdviz import __version__
from gdviz.engine import GradientNoise, MiniBatch, Trajectory
from gdviz.engine.endings import flatness
from gdviz.experiment import Experiment, Run
from gdviz.export.material import ExportSpec, Material, Told
from gdviz.export.script.bundle import Bundle
from gdviz.export.script.landscapes import landscape_text
from gdviz.export.script.literals import safe_words
from gdviz.export.script.loop import Needs, loop_text
from gdviz.export.script.runs import is_thinned, recorded_text, runs_text
from gdviz.optimizers import CONSTANT, FirstOrder

__all__ = ["write_script"]

_CALLED = frozenset({"init", "factors"})
_TOLERANCE = 1e-6
_RESERVED = frozenset(
    {
        *("np", "csv", "sys", "lru_cache", "replace", "main", "write_csv", "descend", "ending"),
        *("Landscape", "loss", "gradient", "hessian", "model", "mean", "measured", "cells"),
        *("spline", "seen", "errors", "shuffled", "batch_gradient", "is_kept", "overlaid"),
        *(
            "PARAMETERS",
            "DOMAIN",
            "LOW",
            "HIGH",
            "WIDTH",
            "CENTER",
            "RUNS",
            "RECORDED",
            "FEATURE",
            "LABEL",
            "KNOWN",
        ),
        *("ROW_LOSS", "X", "Y", "KNOTS_X", "KNOTS_Y", "COEFFICIENTS", "MEASURED"),
        *(f"power{exponent}" for exponent in range(3, 13)),
    }
)


def write_script(material: Material, spec: ExportSpec, file: BinaryIO, told: Told) -> None:
    """Write a program that computes the runs again, to the last bit.

    It needs Python and NumPy. Given a file's name, it writes the table that gdviz writes.

    Raises
    ------
    UserError
        If NumPy alone can't compute the landscape.
    """
    text = script_text(material)
    told(0.5)
    file.write(text.encode("utf-8"))
    told(1.0)


def script_text(material: Material) -> str:
    """Return the program."""
    experiment = material.experiment
    trajectories = [one for many in material.trajectories for one in _single(many)]
    runs = experiment.runs[: len(trajectories)]
    computed = trajectories[: len(runs)]
    tracks = experiment.tracks[: len(trajectories) - len(runs)]
    needs = _needs(experiment, runs, computed, recorded=bool(tracks))
    bundle = Bundle(_CALLED | {"advance" if needs.objective else "update"}, _RESERVED)
    listed = runs_text(runs, computed, bundle)
    bundle.complete()
    landscape = landscape_text(experiment.landscape, bundle, trajectories, batches=needs.batches)
    helpers: list[str] = []
    rules: list[str] = []
    for module, text in bundle.definitions():
        is_helper = module.startswith(("gdviz.landscapes", "gdviz.formulas"))
        (helpers if is_helper else rules).append(text)
    if tracks:
        listed += "\n\n" + recorded_text(tracks)
    flat = flatness(experiment.landscape, _TOLERANCE)
    pieces = [
        _docstring(experiment),
        _imports(bundle, needs),
        f"# ----- The landscape: {safe_words(experiment.landscape.expression)}",
        *helpers,
        landscape,
        *(["# ----- The optimizers"] if rules else []),
        *rules,
        f"# ----- The runs\n\n{listed}",
        "# ----- The descent",
        loop_text(flat, needs),
    ]
    return _joined(pieces)


def _single(trajectory: Trajectory) -> list[Trajectory]:
    return [trajectory.run(row) for row in range(trajectory.rows)]


def _needs(
    experiment: Experiment, runs: Sequence[Run], made: Sequence[Trajectory], *, recorded: bool
) -> Needs:
    return Needs(
        limits=experiment.landscape.limits is not None,
        schedule=any(run.schedule != CONSTANT for run in runs),
        noise=any(isinstance(run.noise, GradientNoise) for run in runs),
        batches=any(isinstance(run.noise, MiniBatch) for run in runs),
        thinned=any(map(is_thinned, made)),
        recorded=recorded,
        objective=not all(isinstance(run.optimizer, FirstOrder) for run in runs),
    )


def _docstring(experiment: Experiment) -> str:
    count = len(experiment.runs)
    what = f"{count} runs" if count != 1 else f"{experiment.runs[0].optimizer.title}"
    numpy = safe_words(np.__version__)
    return f'''\
"""{safe_words(what)} on the landscape “{safe_words(experiment.title)}”.

    python THIS_FILE.py            computes everything and tells how each run ends
    python THIS_FILE.py out.csv    also writes every step of every run to a table

Written by gdviz {__version__}. It needs Python 3.11 or newer and NumPy, nothing else. With the
NumPy that gdviz had, {numpy}, on the same kind of machine, every number is gdviz's
to the last bit; elsewhere functions such as sin and exp may differ in their last digit.
"""'''


def _imports(bundle: Bundle, needs: Needs) -> str:
    plain = {"csv", "sys"}
    names: dict[str, set[str]] = {}
    if needs.noise or needs.batches:
        names.setdefault("functools", set()).add("lru_cache")
    if needs.schedule:
        names.setdefault("dataclasses", set()).add("replace")
    for home in bundle.imports:
        if home.name is not None:
            names.setdefault(home.module, set()).add(home.name)
        elif home.module != "numpy":
            plain.add(home.module)
    lines = [f"import {module}" for module in sorted(plain)]
    lines += [
        f"from {module} import {', '.join(sorted(wanted))}"
        for module, wanted in sorted(names.items())
    ]
    return "\n".join([*lines, "", "import numpy as np"])


def _joined(pieces: Sequence[str]) -> str:
    """Return the pieces as a formatter lays them out: two blank lines around definitions."""
    text = pieces[0] + "\n\n" + pieces[1]
    for before, piece in pairwise(pieces[1:]):
        is_heading = before.startswith("#") and "\n" not in before
        text += ("\n\n" if is_heading else "\n\n\n") + piece
    return text + "\n"
