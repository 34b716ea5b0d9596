"""How a run ended, and the sentence that says so."""

from __future__ import annotations

from enum import Enum

__all__ = ["CODES", "Outcome", "code_of"]


class Outcome(Enum):
    """How a run ended; the value is its name in files."""

    RUNNING = "running"
    CONVERGED = "converged"
    LAST_STEP = "last step"
    DIVERGED = "diverged"
    LEFT_DOMAIN = "left the domain"
    UNDEFINED = "undefined"
    RECORDED = "recorded"

    def sentence(self, step: int) -> str:
        """Say in one sentence what happened.

        Parameters
        ----------
        step : int
            The step at which it happened.
        """
        return _SENTENCES[self].format(step=f"{step:,}")


_SENTENCES = {
    Outcome.RUNNING: "Still descending at step {step}.",
    Outcome.CONVERGED: (
        "Converged at step {step}: the slope is as good as 0 from there on, "
        "so further steps change nothing."
    ),
    Outcome.LAST_STEP: "Reached its last step, {step}, while the slope was not yet 0.",
    Outcome.DIVERGED: (
        "Diverged at step {step}: the parameters or the loss grew beyond all bounds. "
        "Try a smaller learning rate."
    ),
    Outcome.LEFT_DOMAIN: (
        "Left the domain at step {step}: the landscape is not defined where that step led."
    ),
    Outcome.UNDEFINED: (
        "Ended at step {step}, where there is no slope to follow: the loss has a gap, a pole "
        "or a kink there."
    ),
    Outcome.RECORDED: "Recorded elsewhere, {step} steps; loss and slope are this landscape's.",
}

CODES = (
    Outcome.RUNNING,
    Outcome.CONVERGED,
    Outcome.LAST_STEP,
    Outcome.DIVERGED,
    Outcome.LEFT_DOMAIN,
    Outcome.UNDEFINED,
)
"""Outcomes by the number that stands for them in arrays."""


def code_of(outcome: Outcome) -> int:
    """Return the number that stands for an outcome that is computed."""
    return CODES.index(outcome)
