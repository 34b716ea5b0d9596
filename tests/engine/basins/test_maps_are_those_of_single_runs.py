"""Basin maps against runs that are recorded one by one."""

import numpy as np
import pytest

from gdviz.engine import Descent, Outcome, compute
from gdviz.engine.basins import (
    DIVERGED,
    NOWHERE,
    UNDEFINED,
    Comparison,
    basin_map,
    basin_maps,
    difference,
    pixel_centers,
)
from gdviz.landscapes import Domain, preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import optimizer

CODES = {
    Outcome.DIVERGED: DIVERGED,
    Outcome.LAST_STEP: NOWHERE,
    Outcome.LEFT_DOMAIN: UNDEFINED,
    Outcome.UNDEFINED: UNDEFINED,
}


@pytest.mark.parametrize(
    ("place", "chosen", "steps"),
    [
        ("himmelblau", optimizer("gd", learning_rate=0.01), 300),
        ("himmelblau", optimizer("momentum", learning_rate=0.02), 200),
        ("six-hump-camel", optimizer("adam", learning_rate=0.1), 300),
        ("rosenbrock", optimizer("newton"), 100),
        ("wiggle", optimizer("gd", learning_rate=0.05), 300),
    ],
)
def test_random_pixels_have_the_outcome_and_the_place_of_a_run_from_their_center(
    place, chosen, steps
):
    landscape = preset(place).build()
    found = basin_map(landscape, chosen, landscape.domain, (37, 41), steps=steps)
    rng = np.random.default_rng(5)
    for _ in range(12):
        row, column = int(rng.integers(found.shape[0])), int(rng.integers(found.shape[1]))
        start = found.start_of(row, column)
        run = compute(Descent.of(landscape, chosen, start, steps))
        code = int(found.basin[row, column])
        assert run.outcome_step[0] == found.step[row, column]
        if run.outcome[0] is not Outcome.CONVERGED:
            assert code == CODES[run.outcome[0]]
            continue
        rest = found.rests[code]
        cells = np.abs(run.params[-1, 0] - rest.point) / landscape.domain.width
        assert cells.max() < 0.005
        assert run.loss[-1, 0] == pytest.approx(rest.loss, abs=1e-6)


def test_himmelblau_has_its_four_minima_and_each_has_about_a_quarter():
    landscape = preset("himmelblau").build()
    found = basin_map(landscape, optimizer("gd", learning_rate=0.01), landscape.domain, (64, 64))
    assert {rest.point for rest in found.rests} == set(landscape.minima)
    assert all(rest.known and rest.kind == "minimum" for rest in found.rests)
    assert all(0.2 < share < 0.3 for share in found.shares)


def test_a_map_comes_from_coarse_to_fine_and_ends_complete():
    landscape = preset("himmelblau").build()
    chosen = optimizer("gd", learning_rate=0.01)
    came = [
        one
        for one in basin_maps(landscape, chosen, landscape.domain, (400, 400))
        if one is not None
    ]
    pixels = [one.pixel for one in came]
    assert pixels[0] == 16
    assert pixels == sorted(pixels, reverse=True)
    assert [one.complete for one in came] == [*[False] * (len(came) - 1), True]
    assert np.mean(came[0].basin == came[-1].basin) > 0.8
    for one in came:
        assert one.rests[: len(came[0].rests)] == came[0].rests


def test_a_part_of_a_map_has_the_same_numbers_for_the_same_places():
    landscape = preset("himmelblau").build()
    chosen = optimizer("gd", learning_rate=0.01)
    whole = basin_map(landscape, chosen, landscape.domain, (32, 32))
    box = Domain.of((-5.0, -1.0), (-5.0, 5.0))
    part = basin_map(landscape, chosen, box, (32, 32), known=whole.rests)
    assert part.rests == whole.rests
    reached = {whole.rests[code].point for code in np.unique(part.basin)}
    assert reached >= {point for point in landscape.minima if point[0] < 0.0}


def test_a_valley_with_a_flat_floor_is_one_place():
    landscape = FormulaLandscape.of("(x + y)^2", domain=Domain.of((-3.0, 3.0), (-3.0, 3.0)))
    found = basin_map(landscape, optimizer("gd", learning_rate=0.1), landscape.domain, (60, 60))
    assert [rest.kind for rest in found.rests] == ["flat"]
    assert np.all(found.basin == 0)


def test_a_plateau_is_one_place_and_a_saddle_is_no_minimum():
    landscape = preset("plateau").build()
    far = Domain.of((-40.0, 40.0), (-40.0, 40.0))
    found = basin_map(landscape, optimizer("gd", learning_rate=0.8), far, (64, 64), steps=60)
    assert {rest.kind for rest in found.rests} <= {"minimum", "flat"}
    assert len(found.rests) <= 3
    # With an odd number of columns one of them starts on the line that leads to the saddle.
    well = preset("double-well").build()
    box = Domain.of((-1.0, 1.0), (-1.0, 1.0))
    wells = basin_map(well, optimizer("gd", learning_rate=0.02), box, (9, 9), steps=2000)
    assert [rest.kind for rest in wells.rests].count("minimum") == 2


def test_two_maps_are_compared_pixel_by_pixel():
    landscape = preset("himmelblau").build()
    first = basin_map(landscape, optimizer("gd", learning_rate=0.01), landscape.domain, (24, 24))
    second = basin_map(
        landscape,
        optimizer("momentum", learning_rate=0.012),
        landscape.domain,
        (24, 24),
        known=first.rests,
    )
    found = difference(first, second)
    same = (first.basin == second.basin) & (first.basin >= 0)
    np.testing.assert_array_equal(found.comparison == Comparison.SAME, same)
    assert sum(found.share_of(kind) for kind in Comparison) == pytest.approx(1.0)
    row, column = np.argwhere(found.comparison == Comparison.OTHER)[0]
    assert first.rests[first.basin[row, column]] != second.rests[second.basin[row, column]]
    assert "; the second " in found.sentence(row, column)
    at = np.argwhere(same)[0]
    assert found.saved[tuple(at)] == first.step[tuple(at)] - second.step[tuple(at)]


def test_pixels_know_their_centers():
    box = Domain.of((0.0, 4.0), (10.0, 12.0))
    x, y = pixel_centers(box, (2, 4))
    np.testing.assert_array_equal(x, [0.5, 1.5, 2.5, 3.5])
    np.testing.assert_array_equal(y, [10.5, 11.5])
    landscape = FormulaLandscape.of("x^2 + y^2", domain=box)
    found = basin_map(landscape, optimizer("gd", learning_rate=0.1), box, (2, 4))
    assert found.place_of((2.2, 11.7)) == (1, 2)
    assert found.place_of((4.0, 12.0)) == (1, 3)
    assert found.place_of((-1.0, 11.0)) is None
    assert found.start_of(1, 2) == (2.5, 11.5)
    assert "reaches the minimum (0, 0) with loss" in found.sentence(1, 2)
