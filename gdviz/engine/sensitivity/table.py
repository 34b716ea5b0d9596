"""What is known around a point as a table: a name, a value, and what it means."""

from __future__ import annotations

import math
from dataclasses import dataclass

from gdviz.engine.sensitivity.result import Sensitivity

__all__ = ["SensitivityRow", "sensitivity_rows"]


@dataclass(frozen=True)
class SensitivityRow:
    """A line of the table.

    Attributes
    ----------
    name : str
        Such as ``"largest_eigenvalue"``.
    value : float, int, bool, str or None
        None where there is none.
    meaning : str
        What it is, and in which unit.
    """

    name: str
    value: float | bool | str | None
    meaning: str


def sensitivity_rows(found: Sensitivity) -> tuple[SensitivityRow, ...]:
    """Return the table; of the same names in the same order for all points of a landscape."""
    names, row = found.parameters, SensitivityRow
    rows = [row(name, float(at), "the point") for name, at in zip(names, found.point, strict=True)]
    rows += [
        row("loss", found.loss, "f, the loss at the point"),
        *(
            row(f"gradient_{name}", float(slope), f"∂f/∂{name}")
            for name, slope in zip(names, found.gradient, strict=True)
        ),
        row("kind", found.kind, "what the derivatives say that the point is"),
    ]
    for number, value in enumerate(found.eigenvalues.tolist(), 1):
        rows.append(row(f"eigenvalue_{number}", value, "of the Hessian, the largest first"))
        rows += [
            row(
                f"direction_{number}_{name}",
                float(found.directions[place, number - 1]),
                f"its direction, of length 1, along {name}",
            )
            for place, name in enumerate(names)
        ]
    rows += [
        row("trace", found.trace, "the sum of the eigenvalues"),
        row("determinant", found.determinant, "the product of the eigenvalues"),
        row("condition", _told(found.condition), "largest over smallest |eigenvalue|"),
        row("largest_rate", found.largest_rate, "2/λ₁: gradient descent is stable below it"),
        row("radius", found.share, "ε, the ball's radius, as a share of the domain's width"),
        *(
            row(f"radius_{name}", float(radius), f"ε along {name}, in its own unit")
            for name, radius in zip(names, found.radii, strict=True)
        ),
    ]
    for title, extreme, change, words in (
        ("highest", found.highest, found.rise, "the largest loss in the ball"),
        ("lowest", found.lowest, found.fall, "the smallest loss in the ball"),
    ):
        rows.append(row(f"{title}_loss", None if extreme is None else extreme.loss, words))
        rows += [
            row(
                f"{title}_{name}",
                None if extreme is None else float(extreme.point[place]),
                "where it is",
            )
            for place, name in enumerate(names)
        ]
        less = "f minus it" if title == "lowest" else "it minus f"
        name = "fall" if title == "lowest" else "rise"
        rows.append(row(name, _told(change), less))
    trust = found.trust
    rows += [
        row("is_lowest", found.is_lowest, "whether nothing in the ball lies lower"),
        row(
            "sharpness",
            found.sharpness,
            "100 (max − f)/(1 + f), in percent (Keskar et al. 2017); none for a negative loss",
        ),
        row("undefined", found.undefined, "the share of the ball where the loss is undefined"),
        row("meets_limits", found.meets_limits, "whether the ball reaches beyond what is known"),
        row(
            "trust_radius",
            None if trust is None else trust.radius,
            "how far the quadratic model agrees, as a share of the domain's width; "
            "infinite: everywhere in view",
        ),
        row(
            "trust_tolerance",
            None if trust is None else trust.tolerance,
            "its error over the largest change that it predicts",
        ),
    ]
    return tuple(rows)


def _told(value: float) -> float | None:
    return None if math.isnan(value) else value
