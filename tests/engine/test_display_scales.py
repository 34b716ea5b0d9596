"""The kinds of scales, and which is chosen for what."""

from dataclasses import replace

import numpy as np
import pytest

from gdviz.engine import SCALES, contour_levels, level_labels, sample_field, scale_of
from gdviz.landscapes import Domain, Valley

GRID = np.linspace(-1.0, 1.0, 81)
X, Y = np.meshgrid(GRID, GRID)
FIELD = sample_field(Valley(), Domain.of((-1, 1), (-1, 1)), X.shape)


def field_of(loss):
    finite = loss[np.isfinite(loss)]
    floor = float(finite.min()) if finite.size else np.nan
    return replace(FIELD, loss=loss.copy(), minima=(), floor=floor)


LOSSES = {
    "bowl": X**2 + Y**2,
    "negative": X**2 + Y**2 - 2000.0,
    "decades": 10.0 ** (20.0 * X),
    "both-signs": X**3 + Y,
    "outliers": np.where(np.hypot(X, Y) < 0.03, 1e30, X**2 + Y**2),
    "gaps": np.where(X > 0.5, np.nan, X**2 + Y**2),
    "infinities": np.where(X > 0.9, np.inf, np.exp(9 * X)),
    "huge": 1e308 * (X**2 - 0.5),
    "tiny": 1e-300 * (X**2 + Y**2),
    "flat": np.full_like(X, 3.0),
    "nothing": np.full_like(X, np.nan),
}


@pytest.mark.parametrize("kind", SCALES)
@pytest.mark.parametrize("name", LOSSES)
def test_shades_are_between_0_and_1_and_levels_ascend(name, kind):
    loss = LOSSES[name]
    scale = scale_of(field_of(loss), kind)
    shades = scale.shade(loss)
    finite = np.isfinite(loss)
    assert np.all((shades[finite] >= 0.0) & (shades[finite] <= 1.0))
    assert np.isnan(shades[~finite]).all()
    levels = contour_levels(scale)
    assert list(levels) == sorted(set(levels))
    assert len(set(level_labels(levels))) == len(levels)
    order = np.argsort(loss[finite], kind="stable")
    assert np.all(np.diff(shades[finite][order]) >= -1e-12)
    if name not in {"flat", "nothing"}:
        assert len(levels) >= 3
        inner = scale.shade(np.array(levels))
        np.testing.assert_allclose(scale.loss(inner), levels, rtol=1e-6, atol=1e-9 * scale.knee)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("bowl", "power"), ("negative", "power"), ("decades", "log"), ("both-signs", "power")],
)
def test_what_is_chosen_automatically(name, kind):
    assert scale_of(field_of(LOSSES[name])).kind == kind


def test_a_few_outliers_on_both_sides_are_clipped():
    loss = 10.0 * (X + Y)
    loss[40, 40], loss[3, 3] = 300.0, -300.0
    scale = scale_of(field_of(loss))
    assert scale.kind == "clipped"
    assert scale.high < 0.2 * loss.max()


def test_exponentials_of_both_signs_get_a_symmetric_scale():
    loss = np.exp(16.0 * Y) * np.sin(9.0 * X)
    scale = scale_of(field_of(loss))
    assert scale.kind == "symlog"
    assert -scale.shade(np.array([-1.0]))[0] + scale.shade(np.array([1.0]))[0] > 0.05


def test_a_logarithm_of_nothing_positive_becomes_symmetric():
    assert scale_of(field_of(LOSSES["negative"]), "log").kind == "symlog"
    assert scale_of(field_of(LOSSES["decades"]), "log").kind == "log"


def test_the_structure_of_twenty_decades_is_visible():
    shades = scale_of(field_of(LOSSES["decades"])).shade(LOSSES["decades"])
    counts, _edges = np.histogram(shades, bins=10)
    assert counts.min() > 0.05 * shades.size
