"""The verdict on one run of a trajectory."""

from __future__ import annotations

import numpy as np

from gdviz.engine.diagnosis.broken import broken
from gdviz.engine.diagnosis.findings import Findings
from gdviz.engine.diagnosis.moving import growing, hovering, progressing
from gdviz.engine.diagnosis.near_saddle import near_saddle
from gdviz.engine.diagnosis.resting import resting
from gdviz.engine.diagnosis.swinging import jumping, swinging, unsettled, zigzagging
from gdviz.engine.trajectory import Trajectory
from gdviz.engine.verdict import Verdict, VerdictKind
from gdviz.landscapes import Landscape
from gdviz.optimizers import Optimizer

__all__ = ["diagnose"]

_RULES = (growing, resting, hovering, near_saddle, unsettled, zigzagging, swinging, jumping)


def diagnose(
    landscape: Landscape,
    optimizer: Optimizer,
    trajectory: Trajectory,
    row: int = 0,
    *,
    noisy: bool = False,
    scheduled: bool = False,
) -> Verdict:
    """Say in a sentence what a run does, with the evidence for it.

    What is observed comes first; theory, which is exact for quadratics, is a second
    witness. Where neither is sure, the verdict says what was seen. The work is bounded
    however long the run is.

    Parameters
    ----------
    landscape : Landscape
    optimizer : Optimizer
        That of the run; its hyperparameters may differ per row.
    trajectory : Trajectory
    row : int
        Which run of the batch.
    noisy : bool
        Whether the gradients were noisy: then nothing is said about rates.
    scheduled : bool
        Whether the learning rate changed: then nothing is predicted.

    Returns
    -------
    Verdict
    """
    with np.errstate(all="ignore"):
        findings = Findings.of(
            landscape, optimizer, trajectory, row, noisy=noisy, scheduled=scheduled
        )
        verdict = broken(findings)
        if verdict is not None:
            return verdict
        if not findings.run.finite:
            told = "The run has no finite loss at its start or at its end, so nothing can be said."
            return Verdict(VerdictKind.UNSURE, told)
        for rule in _RULES:
            verdict = rule(findings)
            if verdict is not None:
                return verdict
        return progressing(findings)
