"""What a diagnosis says: a kind, a sentence, its evidence, and perhaps a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Evidence", "Remedy", "Verdict", "VerdictKind"]


class VerdictKind(Enum):
    """What a run does; the value says it in a list."""

    CONVERGED = "converged"
    CONVERGING = "converges"
    CRAWLING = "crawls"
    ZIGZAG = "zig-zags"
    OSCILLATING = "oscillates"
    DIVERGING = "diverges"
    SADDLE = "held by a saddle"
    OTHER_MINIMUM = "another minimum"
    LEFT_DOMAIN = "left the domain"
    UNDEFINED = "undefined"
    RECORDED = "recorded"
    RUNNING = "running"
    UNSURE = "unclear"


@dataclass(frozen=True)
class Evidence:
    """One fact behind a verdict.

    Attributes
    ----------
    label : str
        What it is, such as ``"stability bound 2/λmax"``.
    value : str
        Its value as text, such as ``"0.5"``.
    help : str
        One sentence that teaches what it means.
    """

    label: str
    value: str
    help: str


@dataclass(frozen=True)
class Remedy:
    """A change of hyperparameters that makes the run better.

    Attributes
    ----------
    title : str
        Such as ``"Use the best constant rate, 0.3333"``.
    hyperparameters : tuple of (str, float)
        Names and new values, unrounded.
    reason : str
        Why it is better, in a sentence or two.
    """

    title: str
    hyperparameters: tuple[tuple[str, float], ...]
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What a run does and how one can tell.

    Attributes
    ----------
    kind : VerdictKind
    sentence : str
        One or two plain sentences with their numbers, on one line.
    evidence : tuple of Evidence
    remedy : Remedy or None
        None unless it is certain, or was tried.
    """

    kind: VerdictKind
    sentence: str
    evidence: tuple[Evidence, ...] = ()
    remedy: Remedy | None = None
