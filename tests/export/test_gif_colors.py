"""One palette for a film, and what frames without background draw over one another."""

import numpy as np
import pytest

from gdviz.export.gif_changes import GifChanges
from gdviz.export.gif_colors import (
    CLEAR,
    CLEAR_PLACE,
    GifColors,
    GifPixels,
    moved,
    opaque_colors,
)

RAMP = np.arange(256, dtype=np.uint32) * np.uint32(0x010100)
IS_CLEARED = 2


def shown(colors, places):
    """Return the colors at places of a palette, 0xRRGGBB."""
    _, red, green, blue = colors.palette[places].astype(np.uint32).T
    return red << 16 | green << 8 | blue


def test_frequent_colors_have_places_of_their_own():
    still = np.concatenate([np.repeat(RAMP, 10), np.full(5000, 0xFCFCFD, dtype=np.uint32)])
    moving = np.full(30, 0xD55E00, dtype=np.uint32)
    colors = GifColors(still, moving)
    for color in (0xFCFCFD, 0xD55E00):
        only = np.array([color], dtype=np.uint32)
        assert shown(colors, colors.places(only)) == color


def test_every_color_is_shown_as_one_that_is_near():
    colors = GifColors(np.repeat(RAMP, 4), RAMP[:0])
    away = np.abs((shown(colors, colors.places(RAMP)) >> 8 & 255).astype(int) - np.arange(256))
    assert away.max() <= 4


def test_what_is_clear_stays_clear():
    colors = GifColors(np.array([CLEAR, 0xFF], dtype=np.uint32), RAMP[:0])
    assert colors.places(np.array([CLEAR, 0xFF], dtype=np.uint32)).tolist()[0] == CLEAR_PLACE
    assert colors.palette[CLEAR_PLACE, 0] == 0
    assert colors.places(np.array([0x123456], dtype=np.uint32))[0] != CLEAR_PLACE


def test_pixels_are_the_same_whether_they_have_changed_or_are_looked_up_anew():
    rng = np.random.default_rng(3)
    frames = [rng.choice(RAMP, (6, 5)) | np.uint32(0xFF000000) for _ in range(4)]
    colors = GifColors(RAMP, RAMP)
    one = GifPixels(colors, None)
    for frame in frames:
        ours = one.of(frame).copy()
        np.testing.assert_array_equal(ours, GifPixels(colors, None).of(frame))


@pytest.mark.parametrize(
    ("pixel", "color"),
    [
        (0xFF102030, 0x102030),
        (0x00000000, CLEAR),
        (0x40000000, CLEAR),
        (0x80800000, 0xFF7F7F),  # half of red over white
    ],
)
def test_half_opaque_pixels_are_seen_over_the_ground(pixel, color):
    assert opaque_colors(np.array([pixel], dtype=np.uint32), 0xFFFFFF).tolist() == [color]


def test_moved_pixels_are_those_that_differ_from_the_first_frame():
    first = np.zeros((2, 2), dtype=np.uint32)
    other = np.array([[0, 7], [0, 9]], dtype=np.uint32)
    assert moved(first, [first, other]).tolist() == [7, 9]


def played(frames):
    """Return what a viewer shows who draws the changes of these frames."""
    changes, canvas, seen = GifChanges(), np.full_like(frames[0], CLEAR_PLACE), []
    for now, after in zip(frames, [*frames[1:], None], strict=True):
        places, disposal = changes.between(now, after)
        drawn = places != CLEAR_PLACE
        canvas[drawn] = places[drawn]
        seen.append(canvas.copy())
        if disposal == IS_CLEARED:
            rows, columns = np.nonzero(drawn)
            canvas[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = CLEAR_PLACE
    return seen


@pytest.mark.parametrize("seed", range(20))
def test_changes_played_show_the_frames(seed):
    rng = np.random.default_rng(seed)
    frames = [rng.choice(np.array([1, 2, CLEAR_PLACE], dtype=np.uint8), (5, 6))]
    for _ in range(8):
        after = frames[-1].copy()
        for _ in range(rng.integers(0, 4)):
            after[rng.integers(5), rng.integers(6)] = rng.choice([1, 2, CLEAR_PLACE])
        frames.append(after)
    for ours, frame in zip(played(frames), frames, strict=True):
        np.testing.assert_array_equal(ours, frame)


def test_where_nothing_becomes_clear_only_what_changes_is_drawn():
    frames = [np.full((4, 4), 1, dtype=np.uint8) for _ in range(2)]
    frames[1][2, 3] = 2
    changes = GifChanges()
    changes.between(*frames)
    places, disposal = changes.between(frames[1], None)
    assert np.count_nonzero(places != CLEAR_PLACE) == 1
    assert disposal != IS_CLEARED
