"""Swarms, basins, sweeps and sensitivity on the command line, and copied from the window."""

import shlex
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import gdviz
from gdviz.cli.main import main
from gdviz.errors import UserError
from gdviz.experiment import Run
from gdviz.experiment.file import document_bytes, read_document
from gdviz.experiment.look import Look
from gdviz.experiment.plane_text import MOST_TOLD_STROKES, read_range, read_swarm
from gdviz.experiment.whole_plane import (
    BASIN_MODES,
    MOST_SWARM,
    SWARM_DRAWN,
    SWARM_STARTS,
    SWEEP_MEASURES,
    BasinSpec,
    SensitivitySpec,
    Stroke,
    SwarmSpec,
    SweepRange,
    SweepSpec,
    WholePlane,
)
from gdviz.export.command import command_words, copyable_command
from gdviz.export.material import DataSpec, ExportSpec
from gdviz.landscapes import Domain
from tests.cli.test_copied_commands import document, dressed, read_again, with_runs

ADAM = gdviz.optimizer("adam", learning_rate=0.3)
COSINE = gdviz.schedule("cosine", warmup=10)
STROKE = Stroke((1.0, -2.0), (0.5, 1 / 3), 7)
TOUCH = Stroke((1.0, -2.0), (0.5, 1.0), 7)
SEEN = Domain.of((-1.0, 2.0), (0.0, 1.0))
BOX = Domain.of((-1.0, 2.0), (0.0, 1 / 3))
RATE = SweepRange("learning_rate", 1e-3, 1.0)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def holding(plane, look=Look(), **changes):
    """Return the valley with something that is computed from everywhere."""
    made = replace(document(), look=look)
    return replace(made, experiment=replace(made.experiment, plane=plane, **changes))


def understood(words, out="a.gdviz", source="valley"):
    """Return the plane that a line asks for."""
    return read_again(f"gdviz render {source} {words} -o {out}").document.experiment.plane


def refused(words, out, capsys, source="valley"):
    """Return what is said of a line; there is one line of it."""
    assert main(["render", source, *shlex.split(words), "-o", out]) != 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    return told.err


@pytest.mark.parametrize(
    ("words", "swarm"),
    [
        ("--swarm grid:100000", SwarmSpec(True, "grid", 100_000)),
        ("--swarm random:1e5 --seed 3", SwarmSpec(True, "random", 100_000, 3)),
        ("--swarm 'random:500;seed=2' --seed 3", SwarmSpec(True, "random", 500, 2)),
        ("--swarm grid", SwarmSpec(True)),
        ("--swarm 'grid:9;hidden' --swarm-drawn density", SwarmSpec(count=9, drawn="density")),
        ("--swarm grid:9 --x -1:2 --y 0:1", SwarmSpec(True, count=9, domain=SEEN)),
        ("--swarm 'grid:9;within=-4:8,-5:5' --x -1:2", SwarmSpec(True, count=9)),
        ("--swarm 'brush;stroke=1,-2,0.5,1,7'", SwarmSpec(True, "brush", strokes=(TOUCH,))),
        ("--swarm none", SwarmSpec()),
        ("--seed 5", SwarmSpec()),
    ],
)  # fmt: skip
def test_a_swarm_is_asked_for(words, swarm):
    assert understood(words).swarm == swarm


def test_a_second_optimizer_makes_two_maps():
    assert understood("--against momentum:momentum=0.8,learning_rate=0.1").basins == BasinSpec(
        "side", other=gdviz.optimizer("momentum", momentum=0.8, learning_rate=0.1)
    )
    basins = understood(
        "--against adam --learning-rate 0.3 --against-schedule cosine:warmup=10 "
        "--basins difference --basin-steps 50 --no-shade"
    ).basins
    assert basins == BasinSpec("difference", 50, shade=False, other=ADAM, other_schedule=COSINE)
    assert understood("--basins side").basins == BasinSpec("side")
    assert understood("--against rmsprop").basins.other.learning_rate > 0.0


def test_a_sweep_is_asked_for():
    sweep = understood("--sweep learning-rate=1e-3:1 --measure steps --sweep-steps 30").sweep
    assert sweep == SweepSpec((RATE,), "steps", 30)
    both = understood("--optimizer momentum --sweep learning_rate --sweep momentum=0:0.9").sweep
    assert [one.name for one in both.ranges] == ["learning_rate", "momentum"]
    assert 0.0 < both.ranges[0].low < 0.5 < both.ranges[0].high
    assert understood("--radius 0.2 --sensitivity").sensitivity == SensitivitySpec(True, 0.2)


@pytest.mark.parametrize(
    ("words", "out", "told"),
    [
        ("--swarm gird:9", "a.gdviz", "there is no kind of swarm 'gird'; did you mean 'grid'"),
        ("--swarm grid:0", "a.gdviz", "the count of a swarm must be a whole number from 1 to 1,0"),
        ("--swarm grid:2e6", "a.gdviz", "from 1 to 1,000,000, got '2e6'"),
        ("--swarm grid:x", "a.gdviz", "got 'x'"),
        ("--swarm brush:5", "a.gdviz", "how many starts are brushed, each stroke says"),
        ("--swarm 'grid:9;sead=3'", "a.gdviz", "a swarm has no 'sead'; did you mean 'seed'"),
        ("--swarm 'grid:9;seed=3;seed=4'", "a.gdviz", "gives seed twice"),
        ("--swarm 'grid:9;seed'", "a.gdviz", "'seed' must be seed=S"),
        ("--swarm 'grid:9;hidden=1'", "a.gdviz", "'hidden=1' must be hidden"),
        ("--swarm 'grid:9;within=1,2'", "a.gdviz", "where a swarm lies must be A:B,C:D"),
        ("--swarm 'grid:9;within=1:2'", "a.gdviz", "doesn't have 2 parameters"),
        ("--swarm 'grid:9;stroke=1,2,1,1,5'", "a.gdviz", "strokes are of a swarm that is brushed"),
        ("--swarm 'brush;stroke=1,2,1,1'", "a.gdviz", "a stroke must be X,Y,RX,RY,COUNT"),
        ("--swarm 'brush;stroke=1,2,0,1,5'", "a.gdviz", "radius must be greater than 0"),
        ("--swarm brush --view swarm", "a.png", "nothing has been brushed yet"),
        ("--swarm-drawn dots", "a.png", "there is no way to draw a swarm 'dots'"),
        ("--basins two", "a.gdviz", "there is no mode of a basin map 'two'"),
        ("--basin-steps 1e9 --view basins", "a.png", "the steps of a basin map must be from 1 to"),
        ("--against adm --view basins", "a.png", "did you mean 'adam'"),
        ("--against adam:rate=1", "a.gdviz", "rate"),
        ("--against adam --basins one --view basins", "a.png", "--against says nothing about one"),
        ("--against-schedule cosine", "a.gdviz", "a second schedule is of a second optimizer"),
        ("--against nelder_mead --against-schedule cosine", "a.gdviz", "can't follow the schedule"),
        ("--sweep learning_rat=1:2", "a.gdviz", "no number called 'learning_rat' to sweep; did y"),
        ("--sweep learning_rate=2:1", "a.gdviz", "must go up"),
        ("--sweep learning_rate=-1:1", "a.gdviz", "learning_rate must be"),
        ("--sweep learning_rate=1", "a.gdviz", "what is swept must be NAME=LOW:HIGH"),
        ("--sweep learning_rate --sweep learning_rate", "a.gdviz", "one or two hyperparameters"),
        ("--measure time", "a.gdviz", "there is no measure of a sweep 'time'"),
        ("--radius 2", "a.gdviz", "the radius must be greater than 0 and at most 1"),
        ("--companion hstory", "a.gdviz", "did you mean 'history'"),
        # what says nothing about what is written
        ("--against adam", "a.png", "--against says nothing about the view contour; add basins to"),
        ("--no-shade", "a.png", "--shade says nothing about the view contour; add basins to --vi"),
        ("--sweep learning_rate", "a.gif", "--sweep says nothing about the view contour; add swe"),
        ("--swarm grid:9 --view curve", "a.png", "--swarm says nothing about the view curve; add"),
        ("--companion surface", "a.png", "--companion says nothing about the view contour; add a"),
        ("--radius 0.1", "a.png", "--radius says nothing about what is shown; add --show ball or"),
        ("--sensitivity", "a.png", "--sensitivity says nothing about a .png file; it is for .gdv"),
        ("--swarm grid:9", "a.py", "--swarm says nothing about a .py file"),
        ("--sweep learning_rate", "a.py", "--sweep says nothing about a .py file"),
        ("--data swarm", "a.py", "--data says nothing about a .py file"),
        ("--swarm grid:9", "a.csv", "--swarm says something about a swarm only; add --data swarm"),
        ("--data swarm --samples 9", "a.csv", "--samples says something about a field, basins or"),
        ("--data swarm --swarm-drawn points", "a.csv", "--swarm-drawn says nothing about a .csv"),
        ("--data basins --at 3", "a.csv", "--at says something about a swarm or sensitivity only"),
        ("--data basins --against adam --basins one", "a.csv", "--against says nothing about one"),
        ("--data sweep --radius 0.1", "a.npz", "--radius says something about sensitivity only"),
        ("--data basins", "a.h5", "a .h5 file holds the field only, not the basins"),
        ("--data basin", "a.csv", "there is no content 'basin'; did you mean 'basins'"),
        ("--data sweep --no-runs", "a.csv", "a sweep needs a run"),
        ("--swarm grid:9", "a.h5", "--swarm says"),
    ],
)  # fmt: skip
def test_what_is_wrong_or_says_nothing_is_refused(words, out, told, here, capsys):
    assert told in refused(words, out, capsys)
    assert list(here.iterdir()) == []


def test_one_parameter_has_no_swarm_to_be_seen(here, capsys):
    told = refused("--swarm grid:9 --view swarm", "a.png", capsys, source="x^2")
    assert "needs two parameters" in told or "one parameter" in told


LINES = {
    "": WholePlane(),
    "--swarm grid:100000": WholePlane(SwarmSpec(True, count=100_000)),
    "--swarm 'random:5;seed=3;within=-1:2,0:0.3333333333333333' --swarm-drawn points": WholePlane(
        SwarmSpec(True, "random", 5, 3, BOX, drawn="points")
    ),
    "--swarm 'brush;stroke=1,-2,0.5,0.3333333333333333,7'": WholePlane(
        SwarmSpec(True, "brush", strokes=(STROKE,))
    ),
    "--swarm 'grid:50;hidden'": WholePlane(SwarmSpec(count=50)),
    "--against adam:learning_rate=0.3 --against-schedule cosine:warmup=10": WholePlane(
        basins=BasinSpec("side", other=ADAM, other_schedule=COSINE)
    ),
    "--against adam:learning_rate=0.3 --basins one": WholePlane(basins=BasinSpec(other=ADAM)),
    "--basins difference --basin-steps 9 --no-shade": WholePlane(
        basins=BasinSpec("difference", 9, shade=False)
    ),
    "--sweep learning_rate=0.001:1 --measure steps --sweep-steps 7": WholePlane(
        sweep=SweepSpec((RATE,), "steps", 7)
    ),
    "--radius 0.25 --sensitivity": WholePlane(sensitivity=SensitivitySpec(True, 0.25)),
}


@pytest.mark.parametrize("words", LINES)
def test_a_copied_line_asks_for_the_same(words):
    made = holding(LINES[words])
    line = copyable_command(made, dressed(made), "a.gdviz")
    assert line == " ".join(f"gdviz render valley {words} -o a.gdviz".split())
    assert read_again(line).document == made


def test_a_copied_line_says_only_what_is_shown():
    plane = WholePlane(
        SwarmSpec(True, count=9),
        BasinSpec("side", other=ADAM),
        SweepSpec((RATE,)),
        SensitivitySpec(radius=0.2),
    )
    made = holding(plane)
    told = {
        ("contour",): "--swarm grid:9 ",
        ("curve",): "--view curve ",
        ("swarm",): "--swarm grid:9 --view swarm ",
        ("basins",): "--against adam:learning_rate=0.3 --view basins ",
        ("sweep",): "--sweep learning_rate=0.001:1 --view sweep ",
    }
    for views, words in told.items():
        line = copyable_command(made, dressed(made, views=views), "a.png")
        assert line == f"gdviz render valley {words}-o a.png"
    ball = holding(plane, Look(overlays=("ball",)))
    assert "--radius 0.2 --show ball" in copyable_command(ball, dressed(ball), "a.png")
    beside = holding(plane, Look(companion="sweep"))
    line = copyable_command(beside, dressed(beside, views=("all",)), "a.png")
    assert "--sweep" in line
    assert "--companion sweep" in line
    assert "--against" not in line
    assert read_again(line).spec == dressed(beside, views=("all",))


@pytest.mark.parametrize("content", ["swarm", "basins", "sweep", "sensitivity"])
def test_a_copied_line_of_numbers_asks_for_the_same_numbers(content):
    plane = WholePlane(
        SwarmSpec(True, count=9),
        BasinSpec("side", other=ADAM),
        SweepSpec((RATE,)),
        SensitivitySpec(radius=0.2),
    )
    made = holding(plane)
    spec = ExportSpec(data=DataSpec(content, (11, 21)))
    order = read_again(copyable_command(made, spec, "a.json"))
    assert getattr(order.document.experiment.plane, content) == getattr(plane, content)
    samples = (11, 21) if content in ("basins", "sweep") else (201, 201)
    assert order.spec.data == DataSpec(content, samples)


def test_seeds_of_noise_and_of_a_swarm_are_told_apart():
    noisy = with_runs(
        Run(ADAM, (1.0, 1.0), noise=gdviz.GradientNoise(0.5, 5)),
    )
    plane = WholePlane(SwarmSpec(True, "random", 9, 0))
    made = replace(noisy, experiment=replace(noisy.experiment, plane=plane))
    line = copyable_command(made, dressed(made), "a.gdviz")
    again = read_again(line).document.experiment
    assert again.plane == plane
    assert again.runs == made.experiment.runs


def test_too_many_strokes_must_be_saved():
    swarm = SwarmSpec(True, "brush", strokes=(STROKE,) * (MOST_TOLD_STROKES + 1))
    made = holding(WholePlane(swarm))
    with pytest.raises(UserError, match="too many for a command: save the experiment"):
        copyable_command(made, dressed(made), "a.png")
    assert command_words("e.gdviz", made, dressed(made), "a.png") == [
        *("render", "e.gdviz", "-o", "a.png")
    ]


FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9)
SIZES = st.floats(1e-9, 1e9)
boxes = st.tuples(st.floats(-1e9, 0.0), st.floats(1e-3, 1e9))
strokes = st.builds(
    Stroke, st.tuples(FINITE, FINITE), st.tuples(SIZES, SIZES), st.integers(1, 1000)
)


@st.composite
def planes(draw):
    kind = draw(st.sampled_from(SWARM_STARTS))
    brushed = kind == "brush"
    other = draw(st.none() | st.builds(lambda rate: replace(ADAM, learning_rate=rate), SIZES))
    return WholePlane(
        SwarmSpec(
            draw(st.booleans()),
            kind,
            10_000 if brushed else draw(st.integers(1, MOST_SWARM)),
            draw(st.integers(0, 2**63 - 1)),
            None if brushed else draw(st.none() | st.builds(Domain.of, boxes, boxes)),
            tuple(draw(st.lists(strokes, max_size=4))) if brushed else (),
            draw(st.sampled_from(SWARM_DRAWN)),
        ),
        BasinSpec(
            draw(st.sampled_from(BASIN_MODES)),
            draw(st.integers(1, 100_000)),
            draw(st.booleans()),
            other,
            gdviz.schedule("constant") if other is None else draw(st.sampled_from([COSINE])),
        ),
        SweepSpec(
            tuple(draw(st.lists(st.builds(SweepRange, st.just("learning_rate"),
                st.floats(1e-9, 1.0), st.floats(2.0, 1e9)), max_size=1))),
            draw(st.sampled_from(SWEEP_MEASURES)),
            draw(st.integers(1, 100_000)),
        ),
        SensitivitySpec(
            draw(st.booleans()), draw(st.none() | st.floats(0.0, 1.0, exclude_min=True))
        ),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(planes())
def test_anything_is_told(plane):
    made = holding(plane)
    line = copyable_command(made, dressed(made), "a.gdviz")
    assert read_again(line).document == made


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for read in (read_swarm, read_range):
        try:
            read(text)
        except UserError:
            continue


def test_of_a_saved_experiment_all_is_as_it_was_saved(here, qapp):
    plane = WholePlane(SwarmSpec(True, "random", 40, 3), BasinSpec("side", 60, other=ADAM))
    made = holding(plane)
    (here / "e.gdviz").write_bytes(document_bytes(made))
    kept = "e.gdviz --swarm-drawn points --seed 4"
    again = understood("--swarm-drawn points --seed 4", source="e.gdviz")
    assert again.basins == plane.basins, kept
    assert again.swarm == replace(plane.swarm, drawn="points", seed=4)
    assert understood("--swarm none", source="e.gdviz").swarm.shown is False
    assert understood("--against rmsprop", source="e.gdviz").basins.mode == "side"
    assert main(["render", "e.gdviz", "--basin-steps", "9", "-o", "f.gdviz"]) == 0
    assert read_document(here / "f.gdviz").experiment.plane == replace(
        plane, basins=replace(plane.basins, steps=9)
    )


@pytest.mark.parametrize(
    "options",
    [
        {"view": "basins", "against": "momentum", "basin_steps": 60},
        {"view": "basins", "against": ADAM, "basins": "difference", "basin_steps": 60},
        {"view": "swarm", "swarm": "random:200", "swarm_drawn": "density", "at": 2},
        {"view": ["sweep"], "sweep": {"learning_rate": (0.01, 1.0)}, "sweep_steps": 10},
        {"show": "ball", "radius": 0.1},
    ],
    ids=str,
)
def test_pictures_in_python(options, here, qapp):
    gdviz.render("valley", "a.png", size=(220, 160), steps=20, **options)
    gdviz.render("valley", "b.png", size=(220, 160), steps=20)
    with Image.open("a.png") as one, Image.open("b.png") as other:
        assert one.size == (220, 160)
        assert one.tobytes() != other.tobytes()


def test_the_picture_of_a_copied_line_is_the_same_to_the_pixel(here, qapp):
    words = ["--basins", "side", "--view", "basins,swarm", "--swarm", "random:90;seed=2"]
    words += ["--size", "260x160", "--basin-steps", "40", "--at", "3"]
    assert main(["render", "valley", *words, "-o", "a.png"]) == 0
    order = read_again(shlex.join(["gdviz", "render", "valley", *words, "-o", "a.png"]))
    line = copyable_command(order.document, order.spec, "b.png")
    assert main(shlex.split(line)[1:]) == 0
    assert (here / "a.png").read_bytes() == (here / "b.png").read_bytes()
