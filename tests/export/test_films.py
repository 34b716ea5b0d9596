"""Films, read again by others: their frames, times and loops, and that they are whole."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

from gdviz.errors import UserError
from gdviz.experiment import open_experiment
from gdviz.experiment.run_list import retuned
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import FORMATS, export, write
from gdviz.export.material import ExportSpec
from gdviz.views.theme import THEMES
from gdviz.whole_file import whole_file
from tests.export.material import computed, figure_spec, material_of

SIZE = (162, 120)
STILL_FILMS = ("gif", "webp", "apng")
FILMS = ("mp4", *STILL_FILMS)
MOST_AWAY = {"mp4": 16.0, "gif": 20.0, "webp": 1.0, "apng": 1.0}
"""How far 99 in 100 pixels are from the picture at most, in levels of 255."""


def valley(steps=12):
    experiment = open_experiment("valley")
    experiment = retuned(experiment, experiment.current, replace(experiment.current, steps=steps))
    return material_of(experiment, computed(experiment))


class UnwantedError(Exception):
    """Says that a film is not wanted any more."""


@pytest.fixture
def material(qapp):
    return valley()


SHORT = FilmSpec(hold=0.2)


def film(ending, material, course=SHORT, told=None, **figure) -> bytes:
    """Return a film's bytes."""
    spec = ExportSpec(figure_spec(**{"size": SIZE, **figure}), course)
    file = io.BytesIO()
    write(FORMATS[ending], material, spec, file, told)
    return file.getvalue()


def still(material, **figure) -> np.ndarray:
    file = io.BytesIO()
    write(FORMATS["png"], material, ExportSpec(figure_spec(**{"size": SIZE, **figure})), file)
    with Image.open(file) as image:
        return np.asarray(image.convert("RGBA")).astype(np.int16)


def frames_of(ending, data) -> list[np.ndarray]:
    """Return the frames as another program's decoder sees them: RGBA, of MP4 RGB."""
    if ending == "mp4":
        with av.open(io.BytesIO(data)) as container:
            return [
                frame.to_ndarray(format="rgb24").astype(np.int16)
                for frame in container.decode(video=0)
            ]
    with Image.open(io.BytesIO(data)) as image:
        return [
            np.asarray(frame.convert("RGBA")).astype(np.int16)
            for frame in ImageSequence.Iterator(image)
        ]


def halved(image) -> np.ndarray:
    high, wide, channels = image.shape
    return image.reshape(high // 2, 2, wide // 2, 2, channels).mean(axis=(1, 3))


def lightness(image) -> np.ndarray:
    return image @ np.array([[0.2126], [0.7152], [0.0722]])


def native_threads() -> int:
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.exists() else 0


def durations(data) -> list[float]:
    with Image.open(io.BytesIO(data)) as image:
        told = []
        for number in range(image.n_frames):
            image.seek(number)
            image.load()
            told.append(image.info["duration"])
        return told


@pytest.mark.parametrize("ending", FILMS)
def test_every_frame_is_the_picture_of_its_step(material, ending):
    data = film(ending, material, FilmSpec(fps=30.0, hold=0.0))
    frames = frames_of(ending, data)
    assert len(frames) == 13
    for step in (0, 1, 6, 12):
        ours, theirs = frames[step][..., :3], still(material, step=step)[..., :3]
        if ending == "mp4":  # which has one color for four pixels, but a lightness for each
            assert np.abs(halved(ours) - halved(theirs)).mean() < 2.0
            ours, theirs = lightness(ours), lightness(theirs)
        away = np.abs(ours - theirs).max(axis=-1)
        assert np.percentile(away, 99.0) <= MOST_AWAY[ending], step
        assert away.mean() < 2.0
    assert np.abs(frames[0] - frames[12]).mean() > 0.5


@pytest.mark.parametrize("ending", FILMS)
def test_the_same_film_has_the_same_bytes(material, ending):
    assert film(ending, material) == film(ending, material)


@pytest.mark.parametrize("ending", STILL_FILMS)
def test_what_stands_still_has_the_same_pixels_in_all_frames(material, ending):
    first, *others = frames_of(ending, film(ending, material))
    corner = np.s_[:, :40]  # the axis, and the field beside the path
    for other in others:
        np.testing.assert_array_equal(other[corner], first[corner])


@pytest.mark.parametrize("ending", STILL_FILMS)
@pytest.mark.parametrize(("loop", "told"), [(True, 0), (False, 1)])
def test_films_begin_again_or_not(material, ending, loop, told):
    data = film(ending, material, FilmSpec(hold=0.0, loop=loop))
    with Image.open(io.BytesIO(data)) as image:
        # A GIF that is shown once says nothing of it.
        assert image.info.get("loop", 1) == told


@pytest.mark.parametrize("ending", STILL_FILMS)
@pytest.mark.parametrize("fps", [24.0])
def test_a_film_is_as_long_as_it_should_be(material, ending, fps):
    data = film(ending, material, FilmSpec(fps=fps, seconds=1.0, hold=0.5))
    delays = durations(data)
    assert sum(delays) == pytest.approx(1500.0, abs=10.0)
    if ending == "gif":
        assert len(delays) == 1.5 * fps
        assert set(delays) == {10 * (100 // fps), 10 * (100 // fps) + 10}


def test_a_gif_has_no_frames_that_viewers_show_slowly(material):
    delays = durations(film("gif", material, FilmSpec(fps=120.0, seconds=1.0, hold=0.0)))
    assert set(delays) == {20}
    assert sum(delays) == 1000


def test_an_mp4_begins_with_its_index_and_says_what_its_colors_are(material):
    data = film("mp4", material, FilmSpec(fps=12.5, seconds=2.0, hold=0.0))
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(io.BytesIO(data)) as container:
        stream = container.streams.video[0]
        context = stream.codec_context
        assert stream.frames == 25
        assert float(stream.average_rate) == 12.5
        assert float(stream.duration * stream.time_base) == pytest.approx(2.0)
        assert context.pix_fmt == "yuv420p"
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert context.color_range == 1


def test_an_mp4_of_odd_sides_has_one_more_pixel_of_background(material):
    (first, *_) = frames_of("mp4", film("mp4", material, size=(161, 121)))
    assert first.shape == (122, 162, 3)
    panel = [int(THEMES["light"].panel[place : place + 2], 16) for place in (1, 3, 5)]
    assert np.abs(first[-1, :, :3] - panel).max() <= 8


@pytest.mark.parametrize(
    ("ending", "view"),
    [("gif", "contour"), ("gif", "curve"), ("webp", "contour"), ("apng", "contour")],
)
def test_a_film_may_have_no_background(material, ending, view):
    data = film(ending, material, FilmSpec(hold=0.0), view=view, transparent=True)
    frames = frames_of(ending, data)
    for step in (0, 1, 6, 12):
        ours, theirs = frames[step], still(material, step=step, view=view, transparent=True)
        seen, expected = ours[..., 3] >= 128, theirs[..., 3] >= 128
        assert (seen != expected).mean() < 0.002
        away = np.abs(ours - theirs)[(theirs[..., 3] == 255)][..., :3].max(axis=-1)
        assert np.percentile(away, 99.0) <= max(MOST_AWAY[ending], 4.0)
    assert frames[0][0, 0, 3] == 0


def test_an_mp4_without_background_is_refused_before_anything_is_written(material, tmp_path):
    path = tmp_path / "film.mp4"
    spec = ExportSpec(figure_spec(transparent=True, size=SIZE))
    with pytest.raises(UserError, match="an MP4 film can't be transparent; write"):
        export(path, material, spec)
    assert not list(tmp_path.iterdir())


def test_sides_that_a_format_does_not_have_are_refused(material):
    with pytest.raises(UserError, match="at most 16,384 pixels on a side, got 17000x100"):
        film("mp4", material, size=(17_000, 100))


@pytest.mark.parametrize("ending", FILMS)
def test_a_film_that_is_not_wanted_any_more_leaves_nothing(material, ending, tmp_path):
    path = tmp_path / f"film.{ending}"
    path.write_bytes(b"before")
    shares = []

    def told(share):
        shares.append(share)
        if share >= 0.5:
            raise UnwantedError

    threads = native_threads()
    with pytest.raises(UnwantedError):
        export(path, material, ExportSpec(figure_spec(size=SIZE)), told)
    assert shares[0] == 0.0
    assert shares == sorted(shares)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
    assert native_threads() <= threads


@pytest.mark.parametrize("ending", FILMS)
def test_progress_goes_to_the_end(material, ending):
    shares = []
    film(ending, material, told=shares.append)
    assert shares[-1] == 1.0
    assert len(shares) == 1 + 13 + 6


@pytest.mark.parametrize("ending", FILMS)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_a_full_disk_is_told_in_one_line(material, ending):
    spec = ExportSpec(figure_spec(size=SIZE))
    with (
        pytest.raises(UserError, match=r"^cannot write '/dev/full': no space left on device$"),
        whole_file(Path("/dev/full")) as file,
    ):
        write(FORMATS[ending], material, spec, file)


@pytest.mark.parametrize("ending", FILMS)
def test_a_file_that_cannot_seek_gets_the_same_film(material, ending):
    class Pipe(io.RawIOBase):
        def __init__(self):
            self.parts = []

        def writable(self):
            return True

        def write(self, part):
            self.parts.append(bytes(part))
            return len(part)

    pipe = Pipe()
    spec = ExportSpec(figure_spec(size=SIZE), FilmSpec(hold=0.2))
    write(FORMATS[ending], material, spec, pipe)
    assert b"".join(pipe.parts) == film(ending, material)


@pytest.mark.parametrize("ending", ["mp4", "gif"])
def test_memory_does_not_grow_with_a_films_length(material, ending):
    film(ending, material)  # what is loaded once

    def peak(seconds):
        tracemalloc.start()
        film(ending, material, FilmSpec(fps=20.0, seconds=seconds, hold=0.0))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(6.0) < peak(1.0) + 400_000


_KILLED = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from tests.export.test_films import valley
from tests.export.material import figure_spec
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import export
from gdviz.export.material import ExportSpec
material = valley()
spec = ExportSpec(figure_spec(size=(160, 120)), FilmSpec(seconds=100.0))
def told(share):
    if share > 0.1:
        print("on", flush=True)
        sys.stdin.readline()
export(Path(sys.argv[1]), material, spec, told)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_a_film_that_is_killed_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(b"before")
    child = subprocess.Popen(
        [sys.executable, "-c", _KILLED, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout.readline() == b"on\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert path.read_bytes() == b"before"
