"""Themes for a bright room, by the measure of the Web Content Accessibility Guidelines."""

import pytest

from gdviz.views.contrast import LEAST_TEXT_CONTRAST, contrast, high_contrast
from gdviz.views.theme import DARK, LIGHT

WORDS = (
    *("text", "muted", "accent", "warning", "curve", "gradient", "descent", "tangent"),
    *("momentum", "scaling", "curvature", "update"),
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the well-known gray that just fails 4.5
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_the_guidelines(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("usual", [LIGHT, DARK], ids=["light", "dark"])
def test_all_words_have_a_contrast_of_seven_on_every_ground(usual):
    theme = high_contrast(usual)
    colors = {name: getattr(theme, name) for name in WORDS}
    colors |= {"first partial": theme.partials[0], "second partial": theme.partials[1]}
    for ground in (theme.window, theme.panel, theme.field, theme.pressed):
        for name, color in colors.items():
            assert contrast(color, ground) >= LEAST_TEXT_CONTRAST, (name, ground)
    assert contrast(theme.on_accent, theme.accent) >= LEAST_TEXT_CONTRAST


@pytest.mark.parametrize("usual", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_have_a_contrast_of_three(usual):
    theme = high_contrast(usual)
    for color in (*theme.runs, theme.border):
        assert contrast(color, theme.panel) >= 3.0, color
    assert len(set(theme.runs)) == len(usual.runs)


@pytest.mark.parametrize("usual", [LIGHT, DARK], ids=["light", "dark"])
def test_it_is_the_same_theme_with_stronger_colors(usual):
    theme = high_contrast(usual)
    assert (theme.name, theme.dark, theme.colormap) == (usual.name, usual.dark, usual.colormap)
    assert theme.panel == ("#000000" if usual.dark else "#ffffff")
    for name in ("muted", "accent", "warning"):
        before = contrast(getattr(usual, name), usual.panel)
        assert contrast(getattr(theme, name), theme.panel) > before
