"""How well colors can be told apart, and themes for a projector in a bright room."""

from __future__ import annotations

from dataclasses import replace

from gdviz.views.theme import DARK, LIGHT, Theme

__all__ = ["LEAST_TEXT_CONTRAST", "contrast", "high_contrast"]

LEAST_TEXT_CONTRAST = 7.0
_LEAST_LINE_CONTRAST = 3.0
_STEPS = 50


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21.

    Parameters
    ----------
    one, other : str
        As ``#rrggbb``.

    Notes
    -----
    As defined by the Web Content Accessibility Guidelines (WCAG) 2.1, W3C, 2018, which ask
    for 4.5 between words and their ground, and for 7 at their strictest level.
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def high_contrast(theme: Theme) -> Theme:
    """Return a theme on pure black or white, with words that read from the last row.

    Colors keep their hues; those that words are written in come to a contrast of 7 with
    every ground, the runs' lines to 3 with that of the plots.
    """
    return _BRIGHT_ROOM[theme.name]


def _derive(theme: Theme) -> Theme:
    ground, ink = ("#000000", "#ffffff") if theme.dark else ("#ffffff", "#000000")
    field, pressed = ("#1c1c1c", "#333333") if theme.dark else ("#f2f2f2", "#dedede")

    def word(color: str) -> str:
        for behind in (ground, field, pressed):
            color = _away(color, behind, ink, LEAST_TEXT_CONTRAST)
        return color

    accent = word(theme.accent)
    return replace(
        theme,
        window=ground,
        panel=ground,
        field=field,
        pressed=pressed,
        text=ink,
        muted=word(theme.muted),
        border=_away(theme.border, ground, ink, _LEAST_LINE_CONTRAST),
        accent=accent,
        on_accent=ground,
        warning=word(theme.warning),
        curve=word(theme.curve),
        gradient=word(theme.gradient),
        descent=word(theme.descent),
        tangent=word(theme.tangent),
        momentum=word(theme.momentum),
        scaling=word(theme.scaling),
        curvature=word(theme.curvature),
        update=ink,
        partials=(word(theme.partials[0]), word(theme.partials[1])),
        halo=ground,
        runs=tuple(_away(run, ground, ink, _LEAST_LINE_CONTRAST) for run in theme.runs),
    )


def _away(color: str, ground: str, ink: str, least: float) -> str:
    """Mix a color with the ink until it stands out enough from the ground."""
    for step in range(_STEPS + 1):
        mixed = _mixed(color, ink, step / _STEPS)
        if contrast(mixed, ground) >= least:
            return mixed
    return ink


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


def _luminance(color: str) -> float:
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255.0 for channel in _channels(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


_BRIGHT_ROOM = {theme.name: _derive(theme) for theme in (LIGHT, DARK)}
