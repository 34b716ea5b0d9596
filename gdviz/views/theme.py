"""The visual language: one meaning, one look."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DARK", "LIGHT", "THEMES", "Theme"]


@dataclass(frozen=True)
class Theme:
    """Colors by meaning, as ``#rrggbb``.

    Attributes
    ----------
    name : str
        ``"light"`` or ``"dark"``.
    window, panel, field : str
        Backgrounds: of the window, of panels and plots, of what one types into.
    pressed : str
        The ground of what is held down, or under the pointer.
    text, muted, border : str
        Words, less important words, hairlines.
    accent, on_accent, warning : str
        What can be acted on, words on it, and what needs attention.
    colormap : str
        The perceptually uniform map of losses to colors.
    contour, contour_text : str
        Contour lines and the labels of their levels.
    curve : str
        The loss curve.
    gradient, descent, tangent : str
        ∇f, −∇f, and the slope of the loss curve.
    momentum, scaling, curvature, update : str
        The parts of an optimizer's step besides the gradient, which is `descent`, and the
        step itself. `curvature` is also the color of the Hessian's directions.
    partials : (str, str)
        ∂f/∂x and ∂f/∂y.
    minimum : str
        The star at the minimum.
    halo : str
        What surrounds a mark, so that it reads on any color.
    runs : tuple of str
        Runs in turn: the palette of Okabe and Ito, *Color universal design* (2008),
        brightened in the dark, which color-blind people can tell apart.
    """

    name: str
    window: str
    panel: str
    field: str
    pressed: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    warning: str
    colormap: str
    contour: str
    contour_text: str
    curve: str
    gradient: str
    descent: str
    tangent: str
    momentum: str
    scaling: str
    curvature: str
    update: str
    partials: tuple[str, str]
    minimum: str
    halo: str
    runs: tuple[str, ...]

    @property
    def dark(self) -> bool:
        """Whether backgrounds are darker than words."""
        return self.name == "dark"

    def role(self, role: str) -> str:
        """Return the color of a part of a step.

        Parameters
        ----------
        role : str
            ``"gradient"``, ``"momentum"``, ``"scaling"``, ``"curvature"`` or ``"update"``.

        Raises
        ------
        ValueError
            If there is no such role.
        """
        colors = {
            "gradient": self.descent,
            "momentum": self.momentum,
            "scaling": self.scaling,
            "curvature": self.curvature,
            "update": self.update,
        }
        if role not in colors:
            raise ValueError(f"a role is one of {', '.join(colors)}; got {role!r}")
        return colors[role]

    def run(self, number: int) -> str:
        """Return the color of a run by its place in the list."""
        return self.runs[number % len(self.runs)]


LIGHT = Theme(
    name="light",
    window="#eef0f3",
    panel="#ffffff",
    field="#f6f7f9",
    pressed="#d3d8e0",
    text="#1b2230",
    muted="#566072",
    border="#d3d8e0",
    accent="#1f63d0",
    on_accent="#ffffff",
    warning="#b3261e",
    colormap="viridis",
    contour="#ffffff",
    contour_text="#ffffff",
    curve="#3b4a63",
    gradient="#c2185b",
    descent="#0277bd",
    tangent="#9a6700",
    momentum="#a87b00",
    scaling="#075a40",
    curvature="#6a1280",
    update="#1b2230",
    partials=("#9a6700", "#00695c"),
    minimum="#ffd54a",
    halo="#ffffff",
    runs=("#d55e00", "#0072b2", "#cc79a7", "#009e73", "#e69f00", "#56b4e9", "#6b5bd2"),
)

DARK = Theme(
    name="dark",
    window="#15181e",
    panel="#1e222a",
    field="#272c36",
    pressed="#363d49",
    text="#e8ebf1",
    muted="#a3acbb",
    border="#363d49",
    accent="#7ab0ff",
    on_accent="#0d1420",
    warning="#ff8a80",
    colormap="viridis",
    contour="#ffffff",
    contour_text="#ffffff",
    curve="#b9c6dc",
    gradient="#ff6f9f",
    descent="#5cc8ff",
    tangent="#ffc45c",
    momentum="#ffcb52",
    scaling="#2a9d74",
    curvature="#cf50ff",
    update="#ffffff",
    partials=("#ffc45c", "#5fd4c0"),
    minimum="#ffd54a",
    halo="#101318",
    runs=("#ff8a3d", "#56b4e9", "#e79bc6", "#35c99a", "#f0b429", "#8fd0f5", "#a99cff"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
