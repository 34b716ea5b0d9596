"""Words and controls can be read, and runs told apart, in both themes."""

import dataclasses
import itertools
import re

import numpy as np
import pytest

from gdviz.views.theme import DARK, LIGHT, THEMES

themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def channels(color):
    return np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255.0


def luminance(color):
    """Return the relative luminance of WCAG 2.2."""
    values = channels(color)
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one, other):
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=1e-3)


@themes
@pytest.mark.parametrize("words", ["text", "muted"])
@pytest.mark.parametrize("ground", ["window", "panel", "field"])
def test_words_are_readable_on_every_ground(theme, words, ground):
    assert contrast(getattr(theme, words), getattr(theme, ground)) >= 4.5


@themes
def test_warnings_and_words_on_the_accent_are_readable(theme):
    assert contrast(theme.warning, theme.panel) >= 4.5
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@themes
def test_the_slope_is_written_readably_on_the_panel(theme):
    assert contrast(theme.tangent, theme.panel) >= 4.5


@themes
@pytest.mark.parametrize("ground", ["window", "panel", "field"])
def test_what_can_be_acted_on_stands_out(theme, ground):
    assert contrast(theme.accent, getattr(theme, ground)) >= 3.0


@themes
@pytest.mark.parametrize("line", ["curve", "gradient", "descent", "tangent"])
def test_lines_on_the_panel_stand_out(theme, line):
    assert contrast(getattr(theme, line), theme.panel) >= 3.0


@themes
def test_the_first_runs_stand_out_from_their_halo(theme):
    # On the field the halo, not the ground, is what a run's color lies on.
    assert all(contrast(color, theme.halo) >= 2.0 for color in theme.runs)


@themes
def test_no_two_runs_look_alike(theme):
    for one, other in itertools.combinations(theme.runs, 2):
        assert np.abs(channels(one) - channels(other)).sum() > 0.25


@themes
def test_gradient_and_descent_and_tangent_are_three_colors(theme):
    assert len({theme.gradient, theme.descent, theme.tangent, theme.minimum}) == 4


PARTS = ("gradient", "momentum", "scaling", "curvature", "update")
# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color
# vision deficiency" (2009), for the whole lack of one kind of cone, over linear light.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(color, deficiency):
    """Return a color in CIELAB as somebody with a deficiency sees it."""
    values = channels(color)
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(DEFICIENCIES[deficiency] @ linear, 0.0, 1.0) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16.0 / 116.0)
    return np.array([116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)])


@themes
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_parts_of_a_step_can_be_told_apart_by_everybody(theme, deficiency):
    for one, other in itertools.combinations(PARTS, 2):
        apart = seen(theme.role(one), deficiency) - seen(theme.role(other), deficiency)
        assert np.linalg.norm(apart) >= 18.0, (one, other)


@themes
@pytest.mark.parametrize("part", PARTS)
def test_the_parts_of_a_step_stand_out_from_their_halo_and_the_legend(theme, part):
    for ground in (theme.halo, theme.panel):
        assert contrast(theme.role(part), ground) >= 3.0


@themes
def test_eigenvalues_are_written_readably_on_their_plates(theme):
    assert contrast(theme.curvature, theme.panel) >= 4.5
    assert contrast(theme.warning, theme.panel) >= 4.5


@themes
def test_the_gradients_part_has_the_color_of_the_descent(theme):
    assert theme.role("gradient") == theme.descent
    with pytest.raises(ValueError, match="one of gradient, momentum"):
        theme.role("speed")


@themes
def test_runs_take_the_colors_in_turn(theme):
    count = len(theme.runs)
    assert [theme.run(number) for number in range(count)] == list(theme.runs)
    assert theme.run(count) == theme.run(0)
    assert theme.run(10_000) == theme.runs[10_000 % count]


@themes
def test_every_color_is_written_as_one(theme):
    plain = {"name", "colormap", "partials", "runs"}
    fields = [field.name for field in dataclasses.fields(theme) if field.name not in plain]
    for color in [*(getattr(theme, name) for name in fields), *theme.partials, *theme.runs]:
        assert re.fullmatch(r"#[0-9a-f]{6}", color)


def test_each_theme_is_found_by_its_name():
    assert THEMES == {"light": LIGHT, "dark": DARK}
    assert DARK.dark
    assert not LIGHT.dark
    assert luminance(DARK.panel) < luminance(DARK.text)
    assert luminance(LIGHT.panel) > luminance(LIGHT.text)
