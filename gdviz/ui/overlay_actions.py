"""What may be drawn over the views, as actions."""

from __future__ import annotations

from gdviz.ui.action_spec import ActionSpec

__all__ = ["OVERLAY_ACTIONS", "OVERLAY_MENU"]

OVERLAY_ACTIONS = (
    ActionSpec(
        "arrows",
        "&Gradient everywhere",
        "Draw ∇f as arrows all over the landscape: uphill, the longer the steeper.",
        "Overlays",
        ("G",),
        checkable=True,
    ),
    ActionSpec(
        "downhill_arrows",
        "Arrows &downhill",
        "Let the arrows point along −∇f, where a step of gradient descent goes.",
        "Overlays",
        ("Shift+G",),
        checkable=True,
    ),
    ActionSpec(
        "equal_arrows",
        "E&qual arrows",
        "Draw all arrows equally long: where it is flat, directions are seen better.",
        "Overlays",
        ("Ctrl+G",),
        checkable=True,
    ),
    ActionSpec(
        "level_line",
        "Le&vel line",
        "Draw the line of equal loss through the current point: ∇f is perpendicular to it.",
        "Overlays",
        ("I",),
        checkable=True,
    ),
    ActionSpec(
        "partials",
        "Partial de&rivatives",
        "Split ∇f at the current point into one slope along each parameter.",
        "Overlays",
        ("D",),
        checkable=True,
    ),
    ActionSpec(
        "slice_plane",
        "&Slice plane",
        "Draw the plane of the loss curve through the surface: where they meet, the curve is.",
        "Overlays",
        ("Shift+S",),
        checkable=True,
    ),
    ActionSpec(
        "tangent_plane",
        "&Tangent plane",
        "Draw the plane that touches the landscape at the current point: what the gradient knows.",
        "Overlays",
        ("T",),
        checkable=True,
    ),
    ActionSpec(
        "quadratic",
        "Quadratic &model",
        "Draw the bowl that fits best at the current point: what the Hessian knows.",
        "Overlays",
        ("Q",),
        checkable=True,
    ),
    ActionSpec(
        "eigen_directions",
        "Directions of &curvature",
        "Draw the Hessian's eigen-directions at the current point: steep and flat.",
        "Overlays",
        ("E",),
        checkable=True,
    ),
    ActionSpec(
        "ball",
        "&Highest loss nearby",
        "Draw a ball around the current point, and where in it the loss is highest: "
        "how sharp it is here.",
        "Overlays",
        ("Shift+E",),
        checkable=True,
    ),
    ActionSpec(
        "trust_region",
        "Region &of trust",
        "Draw where the quadratic model about the current point is right to a tenth of what it "
        "predicts.",
        "Overlays",
        ("Shift+Q",),
        checkable=True,
    ),
    ActionSpec(
        "components",
        "&Parts of the step",
        "Draw what the next step is made of, as arrows.",
        "Overlays",
        ("A",),
        checkable=True,
    ),
)

OVERLAY_MENU: tuple[str | None, ...] = (
    *("arrows", "downhill_arrows", "equal_arrows"),
    None,
    *("level_line", "partials", "slice_plane", "tangent_plane", "quadratic"),
    None,
    *("eigen_directions", "ball", "trust_region", "components"),
)
