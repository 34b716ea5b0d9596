"""The playhead goes where it is told and nowhere else."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QElapsedTimer

from gdviz.session.player import RECORDS_PER_SECOND, Player

FAST = 1000.0  # so that a frame crosses hundreds of records


@pytest.fixture
def records(player):
    """Return the list that collects where the playhead went."""
    told = []
    player.record_changed.connect(told.append)
    return told


@pytest.fixture
def playing(player):
    told = []
    player.playing_changed.connect(told.append)
    return told


def test_with_nothing_to_play_nothing_plays(player, records, playing):
    player.play()
    player.toggle()
    player.step(1)
    player.jump(10)
    player.restart()
    assert (player.record, player.length, player.end, player.playing) == (0, 0, 0, False)
    assert records == playing == []


def test_it_plays_to_the_end_and_stops_there(qtbot, player, records, playing):
    player.set_records(20, growing=False)
    player.speed = FAST
    with qtbot.waitSignals([player.playing_changed] * 2):
        player.play()
    assert playing == [True, False]
    assert player.record == 19
    assert records == sorted(records)
    assert records[-1] == 19


def test_it_advances_by_real_time(qtbot, player, records):
    player.set_records(10_000, growing=False)
    clock = QElapsedTimer()
    clock.start()
    player.play()
    qtbot.waitUntil(lambda: player.record >= 10)
    player.pause()
    assert clock.elapsed() >= round(1000 * 10 / RECORDS_PER_SECOND)
    assert records == sorted(records)


@pytest.mark.parametrize("speed", [0.25, 1.0, 4.0])
def test_speed_scales_how_far_a_frame_goes(player, monkeypatch, speed):
    class Clock:
        start = staticmethod(lambda: None)
        nsecsElapsed = staticmethod(lambda: 500_000_000)  # noqa: N815 -- as Qt calls it

    monkeypatch.setattr(player, "_since", Clock())
    player.set_records(1000, growing=False)
    player.speed = speed
    player.play()
    player._advance()
    assert player.record == int(15 * speed)
    player._advance()
    assert player.record == int(30 * speed)


def test_pause_stands_still_and_play_goes_on_from_there(qtbot, player, playing):
    player.set_records(100_000, growing=False)
    player.speed = FAST
    player.play()
    qtbot.waitUntil(lambda: player.record > 0)
    player.pause()
    stood = player.record
    assert not player._timer.isActive()
    player.pause()
    assert playing == [True, False]
    player.play()
    qtbot.waitUntil(lambda: player.record > stood)
    assert playing == [True, False, True]


def test_toggle_plays_and_pauses(player, playing):
    player.set_records(10, growing=False)
    player.toggle()
    player.toggle()
    assert playing == [True, False]


def test_playing_twice_is_playing_once(player, playing):
    player.set_records(10, growing=False)
    player.play()
    player.play()
    assert playing == [True]


def test_stepping_and_jumping_pause(player, records):
    player.set_records(10, growing=False)
    for move, expected in (
        (lambda: player.step(1), 1),
        (lambda: player.step(-1), 0),
        (lambda: player.step(-1), 0),
        (lambda: player.jump(7), 7),
        (lambda: player.step(100), 9),
        (lambda: player.jump(-5), 0),
        (lambda: player.jump(10**12), 9),
    ):
        player.play()
        move()
        assert not player.playing
        assert player.record == expected
    assert records == [1, 0, 7, 9, 0, 9]


def test_seeking_goes_on_playing(player, records):
    player.set_records(10, growing=False)
    player.play()
    player.seek(5)
    assert player.playing
    assert records == [5]


def test_seeking_where_it_stands_tells_nobody(player, records):
    player.set_records(10, growing=False)
    player.seek(5)
    player.seek(5)
    assert records == [5]


def test_play_at_the_end_starts_over(player, records):
    player.set_records(10, growing=False)
    player.jump(9)
    player.play()
    assert player.playing
    assert records == [9, 0]


def test_restart_plays_from_the_start(player, records):
    player.set_records(10, growing=False)
    player.jump(4)
    player.restart()
    assert player.playing
    assert records == [4, 0]


def test_it_waits_at_the_end_while_more_is_computed(qtbot, player, playing):
    player.set_records(5, growing=True)
    player.speed = FAST
    player.play()
    qtbot.waitUntil(lambda: player.record == 4)
    for length in (8, 12):
        player.set_records(length, growing=True)
        qtbot.waitUntil(lambda length=length: player.record == length - 1)
        assert player.playing
    with qtbot.waitSignal(player.playing_changed):
        player.set_records(12, growing=False)
    assert playing == [True, False]
    assert player.record == 11


def test_play_at_the_end_of_what_is_there_waits_for_more(player, records):
    player.set_records(5, growing=True)
    player.jump(4)
    player.play()
    assert player.playing
    assert records == [4]


def test_it_stops_where_nothing_moves_any_more(qtbot, player):
    player.set_records(200, growing=False, end=60)
    player.speed = FAST
    assert player.end == 60
    with qtbot.waitSignals([player.playing_changed] * 2):
        player.play()
    assert player.record == 60


def test_past_the_end_one_can_still_go(player):
    player.set_records(200, growing=False, end=60)
    player.jump(150)
    assert player.record == 150
    player.step(1)
    assert player.record == 151


def test_play_past_the_end_starts_over(player):
    player.set_records(200, growing=False, end=60)
    player.jump(150)
    player.play()
    assert player.record == 0
    assert player.playing


def test_seeking_past_the_end_while_playing_plays_to_the_last_record(qtbot, player):
    player.set_records(200, growing=False, end=60)
    player.play()
    player.speed = FAST
    player.seek(150)
    qtbot.waitUntil(lambda: not player.playing)
    assert player.record == 199


def test_the_end_is_never_beyond_the_last_record(player):
    player.set_records(10, growing=False, end=60)
    assert player.end == 9


def test_a_loop_starts_over_and_goes_on(qtbot, player, records):
    player.set_records(50, growing=False)
    player.speed, player.loop = FAST, True
    player.play()
    qtbot.waitUntil(lambda: records.count(0) >= 2)
    assert player.playing
    assert set(records) <= set(range(50))
    player.loop = False
    qtbot.waitUntil(lambda: not player.playing)
    assert player.record == 49


def test_a_loop_over_a_single_record_does_not_spin(qtbot, player):
    player.set_records(1, growing=False)
    player.loop = True
    player.play()
    qtbot.waitUntil(lambda: not player.playing)


def test_a_loop_waits_while_more_is_computed(qtbot, player, records):
    player.set_records(5, growing=True)
    player.speed, player.loop = FAST, True
    player.play()
    qtbot.waitUntil(lambda: player.record == 4)
    player.set_records(6, growing=True)
    qtbot.waitUntil(lambda: player.record == 5)
    assert 0 not in records


def test_fewer_records_take_the_playhead_back(player, records):
    player.set_records(100, growing=False)
    player.jump(99)
    lengths = []
    player.length_changed.connect(lengths.append)
    player.set_records(10, growing=True)
    assert player.record == 9
    player.set_records(0, growing=False)
    assert player.record == 0
    assert lengths == [10, 0]
    assert records == [99, 9, 0]


def test_no_records_end_the_playing(qtbot, player):
    player.set_records(100, growing=False)
    player.play()
    player.set_records(0, growing=False)
    qtbot.waitUntil(lambda: not player.playing)
    assert player.record == 0


def test_the_same_length_again_is_no_news(player):
    lengths = []
    player.length_changed.connect(lengths.append)
    player.set_records(10, growing=True)
    player.set_records(10, growing=False)
    assert lengths == [10]


records_to_go = st.integers(-300, 300) | st.sampled_from([10**9, -(10**9)])
actions = st.one_of(
    st.tuples(st.just("play")),
    st.tuples(st.just("pause")),
    st.tuples(st.just("toggle")),
    st.tuples(st.just("restart")),
    st.tuples(st.just("step"), records_to_go),
    st.tuples(st.just("jump"), records_to_go),
    st.tuples(st.just("seek"), records_to_go),
    st.tuples(st.just("loop"), st.booleans()),
    st.tuples(st.just("speed"), st.sampled_from([0.25, 1.0, 16.0, 1e9])),
    st.tuples(st.just("frame"), st.sampled_from([0, 1, 16, 1000, 10**8])),
    st.tuples(
        st.just("records"),
        st.integers(0, 200),
        st.booleans(),
        st.none() | st.integers(0, 250),
    ),
)


class Film:
    """A player whose frames come when the test says so, with the time it says."""

    def __init__(self):
        self.player = Player()
        self.player._timer.timeout.disconnect()
        self.elapsed = 0
        self.player._since = self

    def start(self):
        pass

    def nsecsElapsed(self):
        return self.elapsed * 1_000_000

    def do(self, action):
        kind, *details = action
        player = self.player
        if kind == "frame":
            if player.playing:
                (self.elapsed,) = details
                player._advance()
        elif kind == "records":
            length, growing, end = details
            player.set_records(length, growing=growing, end=end)
        elif kind in ("loop", "speed"):
            setattr(player, kind, details[0])
        else:
            getattr(player, kind)(*details)


@given(sequence=st.lists(actions, max_size=60))
def test_whatever_is_done_the_playhead_stays_in_range(qapp, sequence):
    film = Film()
    player, told = film.player, []
    player.record_changed.connect(told.append)
    try:
        for action in sequence:
            film.do(action)
            last = max(player.length - 1, 0)
            assert 0 <= player.record <= last
            assert 0 <= player.end <= last
            assert player._timer.isActive() == player.playing
            assert not told or told[-1] == player.record
    finally:
        player.pause()
    assert all(a != b for a, b in itertools.pairwise([0, *told]))


@given(
    length=st.integers(1, 300),
    end=st.none() | st.integers(0, 400),
    at=st.integers(0, 299),
    speed=st.sampled_from([0.25, 1.0, 16.0]),
)
def test_from_anywhere_playing_comes_to_rest(qapp, length, end, at, speed):
    film = Film()
    player = film.player
    player.set_records(length, growing=False, end=end)
    player.speed = speed
    player.jump(at)
    player.play()
    visited = [player.record]
    for _ in range(2_000):
        if not player.playing:
            break
        film.do(("frame", 100))
        visited.append(player.record)
    player.pause()
    assert player.record == player.end
    assert visited == sorted(visited)


def test_jumping_to_the_end_stops_first_where_nothing_moves_any_more(player):
    player.set_records(201, growing=False, end=74)
    player.jump_to_end()
    assert player.record == 74
    player.jump_to_end()
    assert player.record == 200


def test_playing_waits_at_the_end_of_its_leash_and_then_goes_on(qtbot, player, records):
    player.speed, player.leash = FAST, 5
    player.set_records(20, growing=False)
    player.play()
    qtbot.waitUntil(lambda: player.record == 5)
    player._advance()
    assert player.playing
    assert player.record == 5
    player.leash = 3  # it isn't pulled back
    player._advance()
    assert player.record == 5
    player.leash = None
    with qtbot.waitSignal(player.playing_changed):
        pass
    assert records[-1] == 19
