"""Optimizers, schedules, noise and many starts from the command line, against the library."""

import csv
import math
import re
from pathlib import Path

import numpy as np
import pytest

import gdviz
from gdviz.cli.main import main
from gdviz.experiment import open_experiment
from gdviz.experiment.suggest import suggested_optimizer
from gdviz.optimizers import OPTIMIZERS, FirstOrder

COLUMNS = {"valley": "xy", "rosenbrock": "xy", "regression": ("w1", "b")}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def runs_of(path: Path) -> list[list[dict[str, str]]]:
    """Return the rows of each run by its number."""
    runs: dict[int, list[dict[str, str]]] = {}
    for row in rows(path):
        runs.setdefault(int(row["run"]), []).append(row)
    assert list(runs) == list(range(1, len(runs) + 1))
    return list(runs.values())


def render(folder: Path, *words: str) -> list[list[dict[str, str]]]:
    out = folder / "runs.csv"
    assert main(["render", *words, "-o", str(out)]) == 0
    return runs_of(out)


def assert_same_bits(run, trajectory, landscape):
    """Compare every number of a table's run with a trajectory's."""
    end = trajectory.record_at(trajectory.last_step[0]) + 1
    assert [int(row["step"]) for row in run] == trajectory.steps[:end].tolist()
    for axis, name in enumerate(COLUMNS[landscape]):
        read = np.array([float(row[name]) for row in run])
        assert read.tobytes() == trajectory.params[:end, 0, axis].tobytes()
        read = np.array([float(row[f"gradient_{name}"]) for row in run])
        assert read.tobytes() == trajectory.gradient[:end, 0, axis].tobytes()
    read = np.array([float(row["loss"]) for row in run])
    assert read.tobytes() == trajectory.loss[:end, 0].tobytes()


@pytest.mark.parametrize("landscape", ["valley", "rosenbrock", "regression"])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_is_that_of_the_library_at_a_suggested_rate(name, landscape, tmp_path):
    (run,) = render(tmp_path, landscape, "--optimizer", name, "--steps", "60")
    draft = open_experiment(landscape).draft
    source = gdviz.landscape(landscape)
    kind = gdviz.optimizer(name)
    kind = draft.optimizer if name == "gd" else suggested_optimizer(kind, source, draft.start)
    assert {row["optimizer"] for row in run} == {name}
    assert_same_bits(run, gdviz.descend(source, kind, draft.start, 60), landscape)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("cosine", gdviz.schedule("cosine")),
        ("cosine:warmup=10", gdviz.schedule("cosine", warmup=10)),
        ("cosine:period=20,lowest=0.1", gdviz.schedule("cosine", period=20, lowest=0.1)),
        ("step:period=5,gamma=0.5", gdviz.schedule("step", period=5, gamma=0.5)),
        ("exponential:gamma=0.9", gdviz.schedule("exponential", gamma=0.9)),
        ("warmup:warmup=1e1", gdviz.schedule("warmup", warmup=10)),
        ("constant", gdviz.schedule("constant")),
    ],
)
def test_a_schedule_is_that_of_the_library(text, made, tmp_path):
    words = ["--optimizer", "momentum:learning_rate=0.05", "--schedule", text, "--start=-3,4"]
    (run,) = render(tmp_path, "valley", *words, "--steps", "40")
    kind = gdviz.optimizer("momentum", learning_rate=0.05)
    expected = gdviz.descend(gdviz.landscape("valley"), kind, (-3, 4), 40, schedule=made)
    assert_same_bits(run, expected, "valley")


def test_noise_is_that_of_the_library_and_each_start_has_its_own(tmp_path):
    words = ["--learning-rate", "0.1", "--noise", "0.5", "--seed", "7", "--steps", "70"]
    runs = render(tmp_path, "valley", *words, "--start", "1,1", "--start", "1,1")
    landscape, kind = gdviz.landscape("valley"), gdviz.optimizer("gd", learning_rate=0.1)
    for run, seed in zip(runs, (7, 8), strict=True):
        noise = gdviz.GradientNoise(0.5, seed)
        assert_same_bits(run, gdviz.descend(landscape, kind, (1, 1), 70, noise=noise), "valley")
    assert runs[0][1]["x"] != runs[1][1]["x"]


def test_the_runs_of_a_race_meet_the_same_errors(tmp_path):
    words = ["--optimizer", "gd", "--optimizer", "momentum", "--learning-rate", "0.1"]
    gd, momentum = render(tmp_path, "valley", *words, "--noise", "0.5", "--steps", "5")
    assert gd[1]["x"] == momentum[1]["x"]


def test_mini_batches_are_those_of_the_library(tmp_path):
    words = ["--optimizer", "adam:learning_rate=5", "--batch-size", "5", "--seed", "3"]
    (run,) = render(tmp_path, "regression", *words, "--start", "0,0", "--steps", "30")
    landscape, kind = gdviz.landscape("regression"), gdviz.optimizer("adam", learning_rate=5)
    noise = gdviz.MiniBatch(5, 3)
    expected = gdviz.descend(landscape, kind, (0, 0), 30, noise=noise)
    assert_same_bits(run, expected, "regression")
    without = gdviz.descend(landscape, kind, (0, 0), 30)
    assert expected.params[-1, 0, 0] != without.params[-1, 0, 0]


def test_everything_at_once_is_that_of_the_library(tmp_path):
    words = ["--optimizer", "qhm:learning_rate=0.05", "--schedule", "cosine:warmup=3"]
    words += ["--batch-size", "8", "--seed", "1", "--start", "10,20", "--steps", "25"]
    (run,) = render(tmp_path, "regression", *words)
    expected = gdviz.descend(
        gdviz.landscape("regression"),
        gdviz.optimizer("qhm", learning_rate=0.05),
        (10, 20),
        25,
        schedule=gdviz.schedule("cosine", warmup=3),
        noise=gdviz.MiniBatch(8, 1),
    )
    assert_same_bits(run, expected, "regression")


def test_a_ring_of_starts_goes_around_the_domain(tmp_path):
    runs = render(tmp_path, "valley", "--start", "ring:8", "--steps", "1")
    starts = np.array([(float(run[0]["x"]), float(run[0]["y"])) for run in runs])
    domain = gdviz.landscape("valley").domain
    shares = (starts - domain.center) / domain.width
    np.testing.assert_allclose(np.hypot(*shares.T), 0.4)
    angles = np.unwrap(np.arctan2(shares[:, 1], shares[:, 0]))
    np.testing.assert_allclose(angles, np.arange(8) * math.pi / 4, atol=1e-12)


def test_runs_of_one_optimizer_are_told_apart_by_their_numbers(tmp_path):
    words = ["--optimizer", "gd:learning_rate=0.1", "--optimizer", "gd:learning_rate=0.2"]
    first, second = render(tmp_path, "valley", *words, "--start=-3,4", "--steps", "1")
    assert [first[0]["run"], second[0]["run"]] == ["1", "2"]
    assert {row["optimizer"] for row in (*first, *second)} == {"gd"}
    assert [float(run[1]["x"]) for run in (first, second)] == [-2.0, -1.0]


def test_of_several_starts_and_optimizers_each_optimizer_has_one_color(tmp_path):
    out = tmp_path / "race.svg"
    words = ["--start", "grid:4x3", "--optimizer", "gd", "--optimizer", "adam", "--steps", "3"]
    assert main(["render", "valley", *words, "-o", str(out)]) == 0
    words = re.findall(r">([^<>]+)</text>", out.read_text(encoding="utf-8"))
    assert [words.count(name) for name in ("Gradient descent", "Adam")] == [1, 1]


def test_a_rate_is_for_those_that_name_none_and_have_one(tmp_path):
    words = ["--optimizer", "gd", "--optimizer", "gd:learning_rate=0.2", "--optimizer", "bfgs"]
    runs = render(tmp_path, "valley", *words, "--learning-rate", "0.1", "--start=-3,4")
    assert [float(run[1]["x"]) for run in runs[:2]] == [-2.0, -1.0]


def test_the_help_names_those_whose_rate_is_not_tried_out(capsys):
    with pytest.raises(SystemExit):
        main(["render", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    named = re.search(r"or 1 for (\w+) and (\w+), which measure", told)
    assert named
    untried = [
        key
        for key, kind in OPTIMIZERS.items()
        if kind.has_learning_rate() and getattr(kind(), "learning_rate") == 1.0  # noqa: B009
    ]
    assert sorted(named.groups()) == sorted(untried)


@pytest.mark.parametrize(
    ("source", "words", "told"),
    [
        ("valley", "--optimizer adam:beta1=nan", "beta1 must be a finite number"),
        ("valley", "--optimizer adam:beta1=1.5", "beta1 must be at least 0 and less than 1"),
        ("valley", "--optimizer adam:beta_1=0.5", "did you mean 'beta1'"),
        ("valley", "--optimizer adam:lr=0.5", "known: learning_rate, beta1, beta2"),
        ("valley", "--optimizer adam:beta1=0.1,beta1=0.2", "gives beta1 twice"),
        ("valley", "--optimizer rmsprop:centered=2", "centered must be 0 or 1, got 2"),
        ("valley", "--optimizer rmsprop:centered=maybe", "must be key=number"),
        ("valley", "--optimizer lbfgs:memory=2.5", "memory must be a whole number"),
        ("valley", "--optimizer lbfgs:memory=0", "memory must be a whole number of at least 1"),
        ("valley", "--optimizer bfgs --schedule cosine", "'bfgs' has no learning rate"),
        ("valley", "--optimizer rprop --schedule cosine", "finds its own rates"),
        ("valley", "--optimizer gd --optimizer bfgs --schedule step", "'bfgs' has no learning"),
        ("valley", "--optimizer bfgs --learning-rate 1", "learning rate has no meaning here"),
        ("valley", "--schedule cosin", "did you mean 'cosine'"),
        ("valley", "--schedule cosine:warm=1", "did you mean 'warmup'"),
        ("valley", "--schedule cosine:warmup=1.5", "warmup must be a whole number"),
        ("valley", "--schedule cosine:warmup=-1", "warmup must be a whole number"),
        ("valley", "--schedule step:gamma=0", "gamma must be greater than 0"),
        ("valley", "--schedule constant:gamma=1", "it has none"),
        ("valley", "--noise 0", "noise must be a number above 0"),
        ("valley", "--noise nan", "noise must be a number above 0"),
        ("valley", "--noise 1 --optimizer bfgs", "'bfgs' can't use noise"),
        ("valley", "--batch-size 4", "mini-batches need a table's rows"),
        ("regression", "--batch-size 4 --optimizer newton", "'newton' can't use mini-batches"),
        ("regression", "--batch-size 4 --noise 1", "exclude each other"),
        ("regression", "--batch-size 0", "batch size must be a whole number of at least 1"),
        ("regression", "--batch-size 2.5", "batch size must be a whole number of at least 1"),
        ("valley", "--seed 1e18", "seed must be a whole number below 1e+18"),
        ("valley", "--seed 0.5", "seed must be a whole number of at least 0"),
        ("valley", "--start ring:0", "at least 1"),
        ("valley", "--start ring:", "at least 1"),
        ("regression-w1", "--start ring:3", "needs two parameters"),
        ("valley", "--view histroy", "did you mean 'history'"),
        ("valley", "--view history --quantity los", "did you mean 'loss'"),
    ],
)
def test_a_mistake_is_told_in_one_line_and_nothing_is_written(
    source, words, told, tmp_path, capsys
):
    for ending in ("csv", "png"):
        out = str(tmp_path / f"out.{ending}")
        assert main(["render", source, *words.split(), "-o", out]) == 2
        error = capsys.readouterr().err
        assert error.startswith("gdviz: ")
        assert error.count("\n") == 1
        assert told in error
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", [key for key, kind in OPTIMIZERS.items()])
def test_noise_is_for_those_that_need_gradients_alone(key, tmp_path, capsys):
    out = str(tmp_path / "a.csv")
    code = main(["render", "valley", "--optimizer", key, "--noise", "0.1", "-o", out])
    assert code == (0 if issubclass(OPTIMIZERS[key], FirstOrder) else 2)
    assert capsys.readouterr().err.count("\n") == (code == 2)
