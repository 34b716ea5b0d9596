"""What a run does, in a sentence, with its evidence and perhaps a remedy."""

from gdviz.engine.diagnosis.diagnose import diagnose
from gdviz.engine.diagnosis.theory import (
    Damping,
    Method,
    Scheme,
    best_constant_rate,
    best_scheme,
    damping,
    factor,
    largest_factor,
    polynomial,
    roots,
    signed_factor,
    stability_bound,
    steps_to_shrink,
)
from gdviz.engine.verdict import Evidence, Remedy, Verdict, VerdictKind

__all__ = [
    "Damping",
    "Evidence",
    "Method",
    "Remedy",
    "Scheme",
    "Verdict",
    "VerdictKind",
    "best_constant_rate",
    "best_scheme",
    "damping",
    "diagnose",
    "factor",
    "largest_factor",
    "polynomial",
    "roots",
    "signed_factor",
    "stability_bound",
    "steps_to_shrink",
]
