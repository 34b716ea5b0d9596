"""What may be drawn over the views on demand."""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["MEASURED", "OVERLAYS", "PICTURED", "model_of"]

OVERLAYS = {
    "arrows": "The gradient ∇f all over the contour view.",
    "downhill_arrows": "The arrows point along −∇f, where steps go.",
    "equal_arrows": "The arrows are equally long: directions only.",
    "level_line": "The level line through the current point.",
    "partials": "The gradient split into its partial derivatives.",
    "slice_plane": "The planes of the loss curves, through the surface.",
    "tangent_plane": "The tangent plane at the current point.",
    "quadratic": "The quadratic model about the current point.",
    "eigen_directions": "The directions of curvature at the current point.",
    "ball": "The ball around the current point, with the highest loss in it.",
    "trust_region": "Where the quadratic model about the current point is right.",
    "components": "What the next step is made of.",
}
MEASURED = ("ball", "trust_region")
"""Those that need the landscape measured around the current point."""
PICTURED = tuple(name for name in OVERLAYS if name != "components")
"""Those that a picture can have, too: the parts of a step are explained in the window only."""


def model_of(names: Collection[str]) -> bool | None:
    """Return which local model overlays ask for.

    Returns
    -------
    bool or None
        Whether it is curved: True for the quadratic model, False for the tangent plane, None
        for none.
    """
    if "quadratic" in names:
        return True
    return False if "tangent_plane" in names else None
