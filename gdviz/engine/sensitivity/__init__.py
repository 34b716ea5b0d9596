"""How sharp or flat a landscape is around a point."""

from gdviz.engine.sensitivity.around import SHARE
from gdviz.engine.sensitivity.measure import sensitivity, sensitivity_in_parts
from gdviz.engine.sensitivity.result import (
    Extreme,
    PointKind,
    Profile,
    Sensitivity,
    TrustRegion,
)
from gdviz.engine.sensitivity.table import SensitivityRow, sensitivity_rows
from gdviz.engine.sensitivity.trust import TOLERANCE
from gdviz.engine.sensitivity.words import CAUTION, explained

__all__ = [
    "CAUTION",
    "SHARE",
    "TOLERANCE",
    "Extreme",
    "PointKind",
    "Profile",
    "Sensitivity",
    "SensitivityRow",
    "TrustRegion",
    "explained",
    "sensitivity",
    "sensitivity_in_parts",
    "sensitivity_rows",
]
