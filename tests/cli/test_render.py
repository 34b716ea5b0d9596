"""``gdviz render``: what it writes, and how it refuses."""

import contextlib
import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gdviz.cli.main import main

VALLEY = ["render", "valley", "--start", "-3,4", "--learning-rate", "0.1", "--steps", "50"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command that must fail; returns the one line it tells."""
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("gdviz: ")
    assert told.err.count("\n") == 1
    return told.err


def bare_environment() -> dict[str, str]:
    """Return an environment without a display or a choice of Qt's platform."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


def gdviz(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "gdviz", *words],
        env=bare_environment(),
        capture_output=True,
        check=False,
        timeout=60,
        **options,
    )


def test_the_table_agrees_with_the_closed_form(tmp_path):
    out = tmp_path / "valley.csv"
    assert main([*VALLEY, "-o", str(out)]) == 0
    table = rows(out)
    assert list(table[0]) == (
        ["run", "optimizer", "step", "x", "y", "loss", "gradient_x", "gradient_y", "gradient_norm"]
    )
    assert [int(row["step"]) for row in table] == list(range(51))
    for k, row in enumerate(table):
        x, y = 2 - 5 * 0.8**k, 4 * 0.6**k
        assert float(row["x"]) == pytest.approx(x, abs=1e-12)
        assert float(row["y"]) == pytest.approx(y, abs=1e-12)
        assert float(row["loss"]) == pytest.approx(4 + (x - 2) ** 2 + 2 * y**2, abs=1e-12)
        assert float(row["gradient_norm"]) == pytest.approx(np.hypot(2 * (x - 2), 4 * y), abs=1e-12)


def test_a_picture_has_the_size_asked_for_at_its_scale(tmp_path):
    out = tmp_path / "valley.png"
    assert main([*VALLEY, "--size", "400x300", "--scale", "2", "-o", str(out)]) == 0
    with Image.open(out) as picture:
        assert picture.size == (800, 600)


def test_two_pictures_of_one_command_are_the_same_bytes(tmp_path):
    for ending in ("png", "svg"):
        one, two = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"
        for out in (one, two):
            assert main([*VALLEY, "--view", "all", "-o", str(out)]) == 0
        assert one.read_bytes() == two.read_bytes()


def test_without_a_display_it_draws_all_the_same(tmp_path):
    done = gdviz(*VALLEY, "-o", str(tmp_path / "valley.svg"))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "valley.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_standard_output_gets_the_same_bytes_as_a_file(tmp_path):
    out = tmp_path / "valley.csv"
    assert main([*VALLEY, "-o", str(out)]) == 0
    done = gdviz(*VALLEY, "-o", "-", "--format", "csv")
    assert done.returncode == 0
    assert done.stdout == out.read_bytes()


def test_each_optimizer_runs_from_each_start(tmp_path):
    out = tmp_path / "race.csv"
    words = ["render", "valley", "--start=-3,4", "--start", "grid:2x1", "--steps", "3"]
    words += ["--optimizer", "gd:learning_rate=0.2", "--optimizer", "momentum", "-o", str(out)]
    assert main(words) == 0
    runs = {(row["run"], row["optimizer"]): row for row in reversed(rows(out))}
    assert sorted(runs) == [
        ("1", "gd"),
        ("2", "gd"),
        ("3", "gd"),
        ("4", "momentum"),
        ("5", "momentum"),
        ("6", "momentum"),
    ]
    assert [float(runs[key]["x"]) for key in sorted(runs)] == [-3, -1, 5, -3, -1, 5]


def test_random_starts_depend_on_the_seed_alone(tmp_path):
    outs = [tmp_path / f"{number}.csv" for number in range(3)]
    for out, seed in zip(outs, ("7", "7", "8"), strict=True):
        words = ["render", "valley", "--start", "random:5", "--seed", seed, "--steps", "2"]
        assert main([*words, "-o", str(out)]) == 0
    assert outs[0].read_bytes() == outs[1].read_bytes() != outs[2].read_bytes()


def test_a_rate_that_nobody_named_is_the_landscapes_own(tmp_path):
    named, unnamed = tmp_path / "named.csv", tmp_path / "unnamed.csv"
    assert main(["render", "valley", "--learning-rate", "0.1", "-o", str(named)]) == 0
    assert main(["render", "valley", "-o", str(unnamed)]) == 0
    assert named.read_bytes() == unnamed.read_bytes()


def test_a_huge_learning_rate_ends_the_run_and_is_no_mistake(tmp_path):
    out = tmp_path / "huge.csv"
    words = ["render", "valley", "--start", "-3,4", "--learning-rate", "1e308", "-o", str(out)]
    assert main(words) == 0
    assert [row["step"] for row in rows(out)] == ["0"]


def test_the_step_shown_changes_the_picture(tmp_path):
    early, late = tmp_path / "early.png", tmp_path / "late.png"
    assert main([*VALLEY, "--at", "3", "-o", str(early)]) == 0
    assert main([*VALLEY, "-o", str(late)]) == 0
    assert early.read_bytes() != late.read_bytes()


@pytest.mark.parametrize("cut", ["x", "y", "both", "ray"])
@pytest.mark.parametrize("view", ["curve", "all"])
def test_every_cut_is_another_picture(cut, view, tmp_path):
    made = {}
    for wanted in (cut, "x" if cut != "x" else "y"):
        out = tmp_path / f"{wanted}.png"
        assert main([*VALLEY, "--at", "1", "--view", view, "--slice", wanted, "-o", str(out)]) == 0
        made[wanted] = out.read_bytes()
    assert len(set(made.values())) == 2


@pytest.mark.parametrize(
    "overlay",
    ["arrows", "level_line", "partials", "tangent_plane", "quadratic", "eigen_directions"],
)
def test_every_overlay_is_in_the_picture(overlay, tmp_path):
    bare, drawn = tmp_path / "bare.png", tmp_path / "drawn.png"
    assert main([*VALLEY, "--at", "2", "-o", str(bare)]) == 0
    assert main([*VALLEY, "--at", "2", "--show", overlay, "-o", str(drawn)]) == 0
    with Image.open(bare) as one, Image.open(drawn) as other:
        differing = np.any(np.asarray(one) != np.asarray(other), axis=-1).sum()
    assert differing > 100


def test_one_parameter_has_one_cut(tmp_path, capsys):
    words = ["render", "parabola", "-o", str(tmp_path / "p.png"), "--slice"]
    assert "known: x)" in refused([*words, "both"], capsys)
    assert main([*words, "x"]) == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--learning-rate", "0"], "learning rate"),
        (["--learning-rate", "-1"], "learning rate"),
        (["--learning-rate", "nan"], "learning rate"),
        (["--learning-rate", "inf"], "learning rate"),
        (["--learning-rate", "fast"], "learning rate"),
        (["--optimizer", "gd:learning_rate=0"], "learning_rate must be greater than 0"),
        (["--optimizer", "momentum:momentum=1"], "momentum must be"),
        (["--optimizer", "gd:lerning_rate=1"], "did you mean 'learning_rate'"),
        (["--optimizer", "momentm"], "did you mean 'momentum'"),
        (["--optimizer", "gd:learning_rate"], "key=number"),
        (["--start", "100,0"], "outside the domain"),
        (["--start", "1"], "2: x, y"),
        (["--start", "1,2,3"], "2: x, y"),
        (["--start", "a,b"], "not understood"),
        (["--start", "nan,0"], "finite"),
        (["--start", "random:0"], "at least 1"),
        (["--start", "grid:200x200"], "10,000"),
        (["--steps", "0"], "from 1 to"),
        (["--steps", "2e9"], "from 1 to"),
        (["--steps", "1.5"], "whole number"),
        (["--steps", "-1"], "whole number"),
        (["--view", "contur"], "did you mean 'contour'"),
        (["--theme", "drak"], "did you mean 'dark'"),
        (["--slice", "z"], "known: x, y, both, ray"),
        (["--slice", "boht"], "did you mean 'both'"),
        (["--show", "arows"], "did you mean 'arrows'"),
        (["--show", "components"], "there is nothing called 'components' to show"),
        (["--size", "10x10"], "size"),
        (["--size", "big"], "WIDTHxHEIGHT"),
        (["--size", "30000x30000"], "million pixels"),
        (["--scale", "0"], "scale"),
        (["--scale", "1000"], "scale"),
        (["--x", "8:-4"], "low"),
        (["--x", "1"], "LOW:HIGH"),
        (["--x", "nan:1"], "finite"),
        (["--optimzer", "gd"], "did you mean '--optimizer'"),
        (["surplus"], "surplus"),
    ],
    ids=" ".join,
)
def test_a_mistake_is_told_in_one_line_and_nothing_is_written(words, told, tmp_path, capsys):
    out = tmp_path / "picture.png"
    assert told in refused(["render", "valley", "-o", str(out), *words], capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("picture.pgn", "did you mean 'png'"),
        ("picture", "without an ending"),
        ("missing/picture.png", "no folder"),
        ("folder.png", "is a folder"),
    ],
)
def test_a_path_that_cannot_be_written_is_told(out, told, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("folder.png").mkdir()
    assert told in refused(["render", "valley", "-o", out], capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


def test_other_mistakes_are_told_too(capsys, tmp_path):
    out = str(tmp_path / "a.png")
    assert "did you mean 'valley'" in refused(["render", "valey", "-o", out], capsys)
    assert "SOURCE" in refused(["render"], capsys)
    assert "--format" in refused(["render", "valley", "-o", "-"], capsys)
    assert "contradicts" in refused(["render", "valley", "-o", out, "--format", "svg"], capsys)
    one = ["render", "regression-w1", "-o", out]
    assert "one parameter" in refused([*one, "--y", "0:1"], capsys)
    assert "one parameter" in refused([*one, "--view", "contour"], capsys)


LONG_RUN = ["--learning-rate", "1e-9", "--steps", "2e7"]
LONG_FILM = ["--seconds", "600", "--size", "200x150"]


@pytest.mark.parametrize(
    ("words", "sent", "reached", "code"),
    [
        ([*LONG_RUN, "-o", "long.csv"], signal.SIGINT, 0.1, 130),
        ([*LONG_FILM, "-o", "long.gif"], signal.SIGTERM, 0.4, 143),
        ([*LONG_FILM, "-o", "-", "--format", "webp"], signal.SIGINT, 0.4, 130),
    ],
)
def test_a_signal_ends_long_work_and_leaves_no_file(words, sent, reached, code, tmp_path):
    words = ["render", "valley", *words]
    running = subprocess.Popen(
        [sys.executable, "-c", _WITH_INTERRUPTS, *words, "--progress", "lines"],
        env=bare_environment() | {"PYTHONPATH": str(Path(__file__).parents[2])},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stderr is not None
    while float(running.stderr.readline()) <= reached:
        pass  # it is not there yet
    written, told = b"", b"it goes on"
    try:
        # Python can lose a signal that comes while it runs a finalizer: a user presses again.
        for _ in range(3):
            running.send_signal(sent)
            with contextlib.suppress(subprocess.TimeoutExpired):
                written, told = running.communicate(timeout=10)
                break
    finally:
        running.kill()
        running.communicate()
    assert running.returncode == code
    assert all(reached < float(line) < 0.9 for line in told.splitlines())
    assert written == b""
    assert list(tmp_path.iterdir()) == []


_WITH_INTERRUPTS = """
import signal
import sys
from gdviz.cli.main import main

# A shell starts what it puts into the background with interrupts ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_surface_is_drawn_without_a_display(tmp_path, ending):
    out = tmp_path / f"surface.{ending}"
    words = ["--view", "surface", "--camera", "-30,25", "--heights", "colors", "--size", "320x240"]
    done = gdviz(
        "render",
        "rosenbrock",
        *words,
        "--show",
        "slice_plane",
        "--show",
        "tangent_plane",
        "-o",
        str(out),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == done.stderr == b""
    if ending == "png":
        with Image.open(out) as picture:
            assert picture.size == (320, 240)
            assert np.asarray(picture.convert("L")).std() > 10.0
    else:
        assert out.read_text(encoding="utf-8").count("<image") == 1


def test_cameras_by_name_and_by_numbers_give_the_same_picture(tmp_path):
    pictures = []
    for camera in ("y", "0,12", "0, 12.0"):
        out = tmp_path / "surface.png"
        words = ["--view", "surface", "--size", "200x150", "--camera", camera]
        assert main([*VALLEY, *words, "-o", str(out)]) == 0
        pictures.append(out.read_bytes())
    assert len(set(pictures)) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--camera", "below"], "AZIMUTH,ELEVATION in degrees, or one of corner, x, y, above"),
        (["--camera", "0,95"], "elevation must be from"),
        (["--heights", "steep"], "there is no height scale 'steep' (known: linear, colors)"),
    ],
)
def test_a_surface_that_can_t_be_drawn_is_refused(tmp_path, capsys, words, told):
    out = tmp_path / "surface.png"
    assert told in refused([*VALLEY, "--view", "surface", *words, "-o", str(out)], capsys)
    assert not out.exists()
