"""Options of ``gdviz render``: what they do, and where they are refused."""

import contextlib
import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from gdviz.cli import progress
from gdviz.cli.main import main
from gdviz.cli.parser import parse
from gdviz.cli.progress import PROGRESS
from gdviz.cli.reading_options import options_of
from gdviz.experiment import open_document
from gdviz.experiment.file import document_bytes
from gdviz.experiment.look import Look
from gdviz.export.formats import FORMATS, format_of
from gdviz.export.order.options import FLAGS
from gdviz.export.order.order import ordered


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def order_of(*words: str, out: str = "a.png", source: str = "valley"):
    arguments = parse(["render", source, *words, "-o", out])
    chosen = format_of(out.rpartition(".")[2])
    return ordered(arguments.source, chosen, options_of(arguments), named=FLAGS.__getitem__)


def refused(words, capsys) -> str:
    assert main(["render", *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("gdviz: ")
    assert told.err.count("\n") == 1
    return told.err


@pytest.mark.parametrize(
    ("words", "out", "told"),
    [
        ("--fps 10", "a.png", "--fps says nothing about a .png file; it is for .gif, .mp4,"),
        ("--seconds 2", "a.csv", "--seconds says nothing about a .csv file"),
        ("--no-loop", "a.svg", "--loop says nothing about a .svg file"),
        ("--from 2", "a.png", "--from says nothing about a .png file"),
        ("--at 2", "a.gif", "--at says nothing about a .gif file"),
        ("--at 2", "a.csv", "--at says something about a swarm or sensitivity only"),
        ("--theme dark", "a.csv", "--theme says nothing about a .csv file"),
        ("--size 300x200", "a.gdviz", "--size says nothing about a .gdviz file"),
        ("--colors log", "a.npz", "--colors says nothing about a .npz file"),
        ("--letters outlines", "a.png", "--letters says nothing about a .png file; it is for .svg"),
        ("--field contours", "a.gif", "--field says nothing about a .gif file; it is for .svg"),
        ("--data field", "a.png", "--data says nothing about a .png file; it is for .csv"),
        ("--samples 9", "a.csv", "--samples says something about a field, basins or a sweep only"),
        ("--data runs", "a.h5", "a .h5 file holds the field only, not the runs"),
        ("--camera 0,10", "a.png", "--camera says nothing about the view contour; add surface to"),
        ("--quantity step", "a.gif", "--quantity says nothing about the view contour"),
        ("--view contour,curve --linear", "a.png", "--linear says nothing about the view contour,"),
        ("--x-column a", "a.png", "chosen for a table; 'valley' is none"),
        ("--metric a", "a.png", "a metric is chosen of a measured surface"),
        ("--set a=1", "a.png", "'a' can't be set"),
        ("--size 170mmx4in", "a.png", "two units"),
        ("--size 17cmx4cm", "a.png", "no unit 'cm' (known: px, mm, in)"),
        ("--size 170x120mm --scale 2", "a.png", "finer by dpi, not by scale"),
        ("--preset slid", "a.png", "did you mean 'slide'"),
        ("--preset slide --size 3x4", "a.png", "exclude each other"),
        ("--dpi 0", "a.png", "dpi must be a number above 0"),
        ("--dpi 9", "a.png", "dpi must be from 10 to 2400"),
        ("--zoom 50", "a.png", "zoom must be from 0.1 to 20"),
        ("--hold -1", "a.gif", "hold must be from 0 to 600"),
        ("--fps 1000", "a.gif", "fps must be from 1 to 120"),
        ("--easing bouncy", "a.gif", "there is no easing 'bouncy'"),
        ("--from 5 --to 3", "a.gif", "from step 5 to step 3"),
        ("--seconds 1 --speed 2", "a.gif", "exclude each other"),
        ("--samples 1x5 --data field", "a.csv", "samples must be a whole number of at least 2"),
        ("--samples 3x3x3 --data field", "a.csv", "samples must be N or NxM"),
        ("--select 1,b", "a.png", "a selected run must be a whole number"),
        ("--select 4", "a.png", "there is no run 4 to select; there are 1"),
        ("--run gd --start 1,1", "a.png", "a run says its own start"),
        ("--run gd;strat=1,1", "a.png", "did you mean 'start'"),
        ("--run gd;start=1,1,1", "a.png", "start (1, 1, 1) has 3 numbers"),
        ("--run gd;start=1e999,1", "a.png", "finite"),
        ("--camera 1,2,3,4", "a.png", "AZIMUTH,ELEVATION"),
        ("--progress loud", "a.png", "--progress"),
        ("-q", "a.png", "there is no option '-q'"),
        ("--view contour,contur", "a.png", "did you mean 'contour'"),
    ],
)
def test_an_option_that_does_nothing_or_is_wrong_is_refused(words, out, told, here, capsys):
    assert told in refused(["valley", *words.split(), "-o", out], capsys)
    assert list(here.iterdir()) == []


def test_every_option_has_a_format_that_it_is_for():
    from gdviz.export.order.fitting import fits

    for name in FLAGS:
        assert any(fits(name, known) for known in FORMATS.values()), name


@pytest.mark.parametrize(
    ("words", "pixels", "dpi"),
    [
        ("--size 300x200", (300, 200), None),
        ("--size 300x200 --scale 2", (600, 400), None),
        ("--size 300x200px --dpi 192", (600, 400), 192.0),
        ("--size 2x1.5in --dpi 100", (200, 150), 100.0),
        ("--size 50.8x50.8mm", (600, 600), 300.0),
        ("--size 600x400 --zoom 2", (600, 400), 96.0),
        ("--preset column", (1039, 780), 300.0),
        ("--preset slide --zoom 1", (1920, 1080), 96.0),
        ("--preset page --dpi 150", (1063, 709), 150.0),
    ],
)
def test_sizes(words, pixels, dpi):
    figure = order_of(*words.split()).spec.figure
    assert figure.pixels == pixels
    assert figure.dpi == dpi


def test_a_zoom_makes_lines_and_letters_larger_in_as_many_pixels():
    plain = order_of("--size", "600x400px").spec.figure
    large = order_of("--size", "600x400px", "--zoom", "2").spec.figure
    assert plain.pixels == large.pixels
    assert large.size == (300.0, 200.0)


def test_switches_go_both_ways(here):
    look = Look(log=(True, False), overlays=("arrows",))
    document = open_document("valley")
    saved = type(document)(document.experiment.with_residuals(shown=True), look, 3)
    (here / "e.gdviz").write_bytes(document_bytes(saved))
    kept = order_of(source="e.gdviz", out="b.gdviz").document
    assert (kept.look, kept.step, kept.experiment.view.residuals) == (look, 3, True)
    words = ["--no-log-x", "--no-linear", "--no-residuals", "--show", "none", "--at", "last"]
    other = order_of(*words, source="e.gdviz", out="b.gdviz").document
    assert (other.look.log, other.look.overlays, other.step) == ((False, True), (), None)
    assert other.experiment.view.residuals is False


def test_words_of_a_formula_that_begins_with_a_minus(here):
    assert main(["render", "-x^2", "--start", "1", "--steps", "2", "-o", "a.csv"]) == 0
    assert (here / "a.csv").read_text("utf-8").splitlines()[1].startswith("1,gd,0,1.0,-1.0,")


def test_titles_may_hold_anything(here):
    figure = order_of("--title", "-3 = x, --size", "--caption", "").spec.figure
    assert (figure.title, figure.caption) == ("-3 = x, --size", "")


def test_runs_are_told_whole():
    runs = order_of(
        *("--run", "gd:learning_rate=0.1;start=9,9;name= a\\; b ", "--run", "adam;hidden;color=5"),
        *("--steps", "7", "--noise", "0.5", "--seed", "3"),
    ).document.experiment.runs
    assert [(run.start, run.name, run.color, run.hidden, run.steps) for run in runs] == [
        ((9.0, 9.0), "a; b", 0, False, 7),
        ((-3.0, 4.0), "", 4, True, 7),
    ]
    assert {run.noise.seed for run in runs} == {3}
    (quiet,) = order_of("--run", "gd;noise=none", "--noise", "1").document.experiment.runs
    assert quiet.noise is None


def test_progress_in_lines_is_shares_that_grow(here, capsys):
    assert (
        main(["render", "valley", "--size", "200x150", "--progress", "lines", "-o", "a.gif"]) == 0
    )
    told = capsys.readouterr()
    assert told.out == ""
    shares = [float(line) for line in told.err.splitlines()]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0
    assert sum(0.4 < share < 1.0 for share in shares) > 10


@pytest.mark.parametrize("how", [kind for kind in PROGRESS if kind != "lines"])
def test_without_a_terminal_nothing_is_told(how, here, capsys):
    assert main(["render", "valley", "--progress", how, "-o", "a.csv"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "" or how == "bar"


def test_a_film_goes_from_step_to_step(here):
    words = ["--from", "2", "--to", "6", "--fps", "30", "--hold", "0", "--size", "200x150"]
    assert main(["render", "valley", *words, "-o", "a.gif"]) == 0
    with Image.open(here / "a.gif") as film:
        assert 4 <= film.n_frames <= 6


def test_a_film_goes_to_standard_output(here, capsysbinary):
    words = ["--to", "3", "--fps", "10", "--size", "200x150", "--format", "gif", "-o", "-"]
    assert main(["render", "valley", *words]) == 0
    told = capsysbinary.readouterr()
    assert told.out.startswith(b"GIF89a")
    assert told.err == b""
    assert list(here.iterdir()) == []


def test_a_bar_tells_what_is_done(monkeypatch, capsys):
    monkeypatch.setattr(progress, "DELAY", 0.0)
    with progress.phase_of("bar")("writing") as told:
        told(0.25)
        told(0.75)
    assert "writing  75% |" in capsys.readouterr().err


def test_how_nothing_is_read_is_refused_before_a_window_opens(capsys):
    assert main(["--metric", "loss"]) == 2
    told = capsys.readouterr().err
    assert told == "gdviz: --metric says how SOURCE is read, but none is given\n"


def test_a_program_that_has_stopped_listening_gets_its_file(here, monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8", buffering=1) as deaf:
        monkeypatch.setattr(sys, "stderr", deaf)
        assert main(["render", "valley", "--progress", "lines", "-o", "a.csv"]) == 0
        monkeypatch.undo()
        with contextlib.suppress(OSError):
            deaf.close()
    assert (Path(here) / "a.csv").stat().st_size > 1000
