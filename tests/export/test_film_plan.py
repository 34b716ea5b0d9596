"""Which step each frame shows, and when."""

import itertools

import pytest

from gdviz.errors import UserError
from gdviz.export.film_plan import MOST_FRAMES, film_plan
from gdviz.export.film_spec import EASINGS, FilmSpec


def test_at_the_windows_speed_every_step_has_a_frame():
    plan = film_plan(FilmSpec(fps=30.0, hold=0.0), 7)
    assert plan.steps == tuple(range(8))


@pytest.mark.parametrize(("speed", "steps"), [(2.0, (0, 2, 4, 6)), (0.5, (0, 1, 1, 2, 2, 3, 3))])
def test_speed_is_steps_in_time(speed, steps):
    spec = FilmSpec(fps=30.0, speed=speed, hold=0.0, last=steps[-1])
    plan = film_plan(spec, 100)
    assert plan.steps == steps


@pytest.mark.parametrize("easing", EASINGS)
@pytest.mark.parametrize(("first", "last"), [(0, None), (3, 50), (20, 20), (0, 1)])
@pytest.mark.parametrize("fps", [12.5, 30.0])
def test_a_film_goes_from_its_first_step_to_its_last_and_never_back(easing, first, last, fps):
    spec = FilmSpec(fps=fps, seconds=2.0, easing=easing, hold=0.4, first=first, last=last)
    plan = film_plan(spec, 77)
    steps = plan.steps
    assert steps[0] == first
    held = round(0.4 * fps)
    assert set(steps[-held - 1 :]) == {77 if last is None else last}
    assert list(steps) == sorted(steps)
    if first != last:
        assert len(steps) == round(2.0 * fps) + held


def test_easing_begins_and_ends_gently():
    def places(easing):
        spec = FilmSpec(fps=10.0, seconds=1.1, easing=easing, hold=0.0)
        return film_plan(spec, 1000).steps

    assert places("linear") == tuple(range(0, 1001, 100))
    assert places("in")[:3] == (0, 10, 40)
    assert places("out")[-3:] == (960, 990, 1000)
    assert places("in-out")[:2] == (0, 28)
    assert places("in-out")[-2:] == (972, 1000)


def test_the_last_step_is_no_later_than_the_end():
    assert film_plan(FilmSpec(last=500), 40).steps[-1] == 40


def test_without_steps_there_is_one_frame_and_what_is_held():
    assert film_plan(FilmSpec(fps=10.0, seconds=3.0, hold=0.5), 0).steps == (0,) * 6


def test_a_film_never_jumps_to_its_end_in_one_frame():
    assert film_plan(FilmSpec(seconds=0.01, hold=0.0), 40).steps == (0, 40)


def test_a_format_may_have_fewer_frames_in_the_same_time():
    spec = FilmSpec(fps=120.0, seconds=2.0, hold=1.0)
    assert film_plan(spec, 90).seconds == film_plan(spec, 90, most_fps=50.0).seconds == 3.0


@pytest.mark.parametrize("fps", [24.0, 29.97, 30.0, 50.0])
def test_rounded_times_add_up(fps):
    plan = film_plan(FilmSpec(fps=fps, seconds=7.0, hold=0.0), 90)
    count = len(plan.steps)
    begins = [plan.begin(frame, 100) for frame in range(count + 1)]
    delays = {after - before for before, after in itertools.pairwise(begins)}
    assert begins[-1] == pytest.approx(100.0 * plan.seconds, abs=0.5)
    assert delays <= {int(100.0 / fps), int(100.0 / fps) + 1}


@pytest.mark.parametrize(
    ("spec", "end", "words"),
    [
        (FilmSpec(first=41), 40, "begin with step 41: the runs end at step 40"),
        (FilmSpec(), 100_000, "would have 100,031 frames; at most 20,000"),
        (FilmSpec(fps=120.0, seconds=600.0), 10, "72,120 frames"),
    ],
)
def test_nonsense_is_refused_in_one_line(spec, end, words):
    with pytest.raises(UserError, match=words) as raised:
        film_plan(spec, end)
    assert "\n" not in str(raised.value)


def test_as_many_frames_as_are_allowed_are_planned():
    spec = FilmSpec(fps=100.0, seconds=MOST_FRAMES / 100.0, hold=0.0)
    assert len(film_plan(spec, 10).steps) == MOST_FRAMES
