"""Points that nobody could see apart are left out, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gdviz.views.strands import Strands


def simplified(path):
    return Strands.of([path]).simplified().points


QUARTER = 0.25 * np.sqrt(2.0)  # the diagonal of a quarter pixel

paths = st.integers(1, 60).flatmap(
    lambda length: arrays(np.float64, (length, 2), elements=st.floats(-50.0, 50.0))
)
creeping = (
    st.integers(2, 200)
    .flatmap(lambda length: arrays(np.float64, (length, 2), elements=st.floats(-0.2, 0.2)))
    .map(lambda steps: np.cumsum(steps, axis=0))
)


@given(path=paths | creeping)
def test_it_begins_where_the_path_begins_and_ends_where_it_ends(path):
    shorter = simplified(path)
    np.testing.assert_array_equal(shorter[0], path[0])
    assert np.linalg.norm(shorter[-1] - path[-1]) <= QUARTER


@given(path=paths | creeping)
def test_its_points_are_points_of_the_path_in_order(path):
    shorter = simplified(path)
    place = 0
    for point in shorter:
        matches = np.flatnonzero((path[place:] == point).all(axis=1))
        assert matches.size
        place += int(matches[0])


@given(path=paths | creeping)
def test_every_point_of_the_path_is_within_a_quarter_pixel_of_one_that_is_kept(path):
    shorter = simplified(path)
    apart = np.linalg.norm(path[:, np.newaxis] - shorter[np.newaxis], axis=-1)
    assert apart.min(axis=1).max() <= QUARTER + 1e-12


@given(path=paths)
def test_simplifying_twice_changes_nothing_more(path):
    once = simplified(path)
    np.testing.assert_array_equal(simplified(once), once)


def test_a_path_at_rest_is_one_point():
    assert simplified(np.full((1000, 2), 3.3)).tolist() == [[3.3, 3.3]]


def test_a_slow_path_of_a_million_points_becomes_short():
    path = np.stack([np.linspace(0.0, 100.0, 1_000_000), np.zeros(1_000_000)], axis=1)
    shorter = simplified(path)
    assert 390 <= len(shorter) <= 402
    assert np.diff(shorter[:, 0]).max() <= 0.2501


@pytest.mark.parametrize("length", [0.26, 1.0, 1e6])
def test_steps_of_more_than_a_quarter_pixel_are_all_kept(length):
    path = np.stack([np.arange(50) * length, np.zeros(50)], axis=1)
    assert len(simplified(path)) == 50


# --- many at once ---

bundles = st.lists(paths | creeping, max_size=5)


@given(bundle=bundles)
def test_paths_together_are_simplified_as_each_alone(bundle):
    together = Strands.of(bundle).simplified()
    np.testing.assert_array_equal(
        together.points, np.concatenate([np.empty((0, 2)), *map(simplified, bundle)])
    )
    assert [len(line) for line in together.lines] == [len(simplified(path)) for path in bundle]


@given(bundle=bundles)
def test_segments_never_lead_from_one_path_to_the_next(bundle):
    expected = [np.concatenate([path[:-1], path[1:]], axis=1) for path in bundle]
    segments = Strands.of(bundle).segments
    np.testing.assert_array_equal(segments, np.concatenate([np.empty((0, 4)), *expected]))


@given(bundle=bundles, data=st.data())
def test_some_paths_can_be_taken_out(bundle, data):
    chosen = data.draw(arrays(bool, len(bundle)))
    taken = Strands.of(bundle).only(chosen)
    kept = [path for path, wanted in zip(bundle, chosen, strict=True) if wanted]
    assert taken.count == len(kept)
    np.testing.assert_array_equal(taken.points, np.concatenate([np.empty((0, 2)), *kept]))


@given(bundle=bundles, spacing=st.floats(0.1, 40.0))
def test_far_ends_end_long_steps(bundle, spacing):
    expected = [path[1:][np.hypot(*np.diff(path, axis=0).T) >= spacing] for path in bundle]
    ends = Strands.of(bundle).far_ends(spacing)
    np.testing.assert_array_equal(ends, np.concatenate([np.empty((0, 2)), *expected]))
