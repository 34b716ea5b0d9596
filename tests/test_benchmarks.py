"""Every benchmark works, on sizes so small that nothing is said about speed."""

import importlib
import json
import shutil
import sys
from functools import partial

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks.bulk import NO_KERNELS
from benchmarks.children import ROOT, platforms, run, subject_in_child
from benchmarks.memory import peak_megabytes
from benchmarks.plane_windows import PLANE
from benchmarks.start import SUBJECTS, start
from benchmarks.tables import Table, interleaved
from gdviz.engine import Descent
from gdviz.engine.compiled import KernelCache
from gdviz.landscapes import preset
from gdviz.optimizers import optimizer

OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
SIZES = {
    "click": {"clicks": 2},
    "animation": {"frames": 2, "seconds": 0.1},
    "responsiveness": {"seconds": 0.1},
    "surface": {"frames": 2, "steps": 2},
}
IN_WINDOWS = [
    (name, subject)
    for name in SIZES
    for subject in importlib.import_module(f"benchmarks.{name}").SUBJECTS
    if subject not in PLANE
]
FEW = {"seconds": 0.1, "rows": 2000}
WHOLE_PLANE = [
    ("swarm", "gdviz (NumPy)", {**FEW, "frames": 2}),
    ("responsiveness", "swarm of a million", FEW),
    ("responsiveness", "basin maps", {"seconds": 0.1}),
    ("responsiveness", "sweeps", {"seconds": 0.1}),
]


def check(columns):
    """Every subject has samples, and all of them are plain numbers that make sense."""
    for samples in columns.values():
        assert samples
        for values in samples.values():
            assert values
            assert all(value >= 0.0 for value in values)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_start_is_measured(subject):
    samples = start(subject, OFFSCREEN)
    check({subject: samples})
    assert samples["first painted window, s"] <= samples["painted with the contour field, s"]


@pytest.mark.parametrize(("name", "subject"), IN_WINDOWS)
def test_a_window_is_measured_in_a_process_of_its_own(name, subject):
    check({subject: subject_in_child(f"benchmarks.{name}", subject, OFFSCREEN, SIZES[name])})


@pytest.mark.parametrize(("name", "subject", "sizes"), WHOLE_PLANE)
def test_a_window_that_computes_the_whole_plane_is_measured(name, subject, sizes):
    check({subject: subject_in_child(f"benchmarks.{name}", subject, OFFSCREEN, sizes)})


def test_the_engine_is_measured_beside_plain_loops():
    tables = importlib.import_module("benchmarks.engine").figure(1, {1: 5, 3: 5})
    assert len(tables) == 4
    for table in tables:
        check(table.columns)


def test_kernels_are_measured_and_so_are_very_many_starts_with_them(tmp_path):
    cache = KernelCache(tmp_path)
    columns = {
        "kernels": subject_in_child("benchmarks.kernels", "gd", {}, {"folder": str(tmp_path)})
    }
    check(columns)
    (table,) = importlib.import_module("benchmarks.bulk").figure(1, 2000, 32, cache, ("gd",))
    check(table.columns)
    assert next(iter(table.columns)).startswith("gdviz (NumPy)")
    assert any(title.startswith("gdviz (compiled)") for title in table.columns)


@pytest.mark.parametrize(("name", "sizes"), [("basins", {"side": 48}), ("sweep", {"steps": 32})])
def test_maps_are_measured(monkeypatch, name, sizes):
    module = importlib.import_module(f"benchmarks.{name}")
    monkeypatch.setattr(module, "compiled_for", lambda kernels, descent: False)
    for table in module.figure(1, **sizes):
        check(table.columns)
        assert list(table.columns) == ["gdviz (NumPy)"]
        assert NO_KERNELS in table.text()


@pytest.mark.parametrize("name", ["gd", "adam"])
def test_plain_loops_end_where_very_many_starts_do(name):
    bulk = importlib.import_module("benchmarks.bulk")
    starts = np.random.default_rng(1).uniform(-1.0, 1.0, (30, 2))
    rule = optimizer(name, learning_rate=bulk.RATES[name])
    ours = bulk._bulk(Descent.of(preset("rosenbrock").build(), rule, starts, 40), None, 1)()
    bulk.agreed({"gdviz": ours, "NumPy loop": bulk.numpy_loop(name, starts, 40)()})


def test_a_subject_that_ends_elsewhere_is_refused():
    agreed = importlib.import_module("benchmarks.agreement").agreed
    few = np.zeros((2, 5000))
    few[0, :5] = 1e-3
    agreed({"gdviz": np.zeros((2, 5000)), "honest": few})
    for cheat in (np.full((2, 5000), 1e-6), np.eye(2, 5000), np.full((2, 5000), np.nan)):
        with pytest.raises(RuntimeError, match="cheat does not end where gdviz does"):
            agreed({"gdviz": np.zeros((2, 5000)), "cheat": cheat})


def test_a_framework_that_is_missing_says_so(monkeypatch, capsys, tmp_path):
    frameworks = importlib.import_module("benchmarks.frameworks")
    monkeypatch.setitem(sys.modules, "torch", None)
    assert frameworks.main(["torch.optim, autograd", str(tmp_path), "3"]) == 0
    assert capsys.readouterr().out == "torch is missing\n"


def test_a_framework_that_cannot_start_is_left_out_with_a_word(monkeypatch, tmp_path):
    others = importlib.import_module("benchmarks.other_pythons")
    monkeypatch.setenv(command.INTERPRETER, shutil.which("false"))
    with others.frameworks(np.zeros((2, 3)), 1, tmp_path) as (found, note):
        assert found == []
        assert "JAX/optax, compiled scan (it failed)" in note


def test_contour_maps_are_measured():
    for table in importlib.import_module("benchmarks.contours").figure(1, side=20):
        check(table.columns)


def test_rendering_is_measured():
    render = importlib.import_module("benchmarks.render")
    for ending in render.COMPARED:
        programs = render.programs(ending)
        assert len(programs) > 1
        check({title: render.rendered(code, ending) for title, code in programs.items()})


def test_a_comparison_that_cannot_be_made_is_left_out_and_told(monkeypatch):
    render = importlib.import_module("benchmarks.render")
    monkeypatch.setattr(render, "find_spec", lambda name: None)
    samples = {"start to exit, s": [1.0], "peak memory, MB": [2.0]}
    monkeypatch.setattr(render, "rendered", lambda code, ending: samples)
    pictures, numbers = render.figure(1)
    assert list(pictures.columns) == ["gdviz render", "bare pyqtgraph export"]
    assert render.MISSING in pictures.text()
    assert numbers.note == ""


def test_a_film_is_measured():
    film = importlib.import_module("benchmarks.film")
    check({"gdviz": film.filmed(film.GDVIZ, "mp4", 3, (160, 120))})


def test_plain_loops_compute_what_the_engine_computes():
    engine = importlib.import_module("benchmarks.engine")
    landscape = engine.preset("regression").build()
    starts = engine.starts(landscape, 1)
    for name in ("gd", "momentum"):
        records = [
            [part.reshape(-1) for part in make(name, landscape, starts, 30)()]
            for make in (engine.engine, engine.numpy_loop, engine.float_loop)
        ]
        for params, gradient, loss in records[1:]:
            assert params == pytest.approx(records[0][0], rel=1e-12)
            assert gradient == pytest.approx(records[0][1], rel=1e-9)
            assert loss == pytest.approx(records[0][2], rel=1e-12)


def test_interleaved_measures_in_turn():
    calls = []

    def subject(name):
        calls.append(name)
        return {"speed": [float(len(calls))]}

    pooled = interleaved({"A": lambda: subject("A"), "B": lambda: subject("B")}, 2)
    assert calls == ["A", "B", "A", "B"]
    assert pooled == {"A": {"speed": [1.0, 3.0]}, "B": {"speed": [2.0, 4.0]}}


def test_a_table_shows_medians_ranges_and_the_ratio():
    table = Table("start", {"ours": {"time, s": [3.0, 1.0, 2.0]}, "bare": {"time, s": [4.0]}})
    head, row = table.text().splitlines()
    assert head.split() == ["start", "ours", "bare", "ratio"]
    assert row.split() == ["time,", "s", "2", "(1–3)", "4", "0.50"]
    summary = table.json()["subjects"]["ours"]["time, s"]
    assert summary == {"median": 2.0, "min": 1.0, "max": 3.0, "samples": [3.0, 1.0, 2.0]}


def test_many_subjects_are_told_below_each_other():
    table = Table(
        "speed",
        {name: {"speed": [float(len(name))]} for name in ["a", "bb", "ccc", "dddd", "eeeee"]},
    )
    lines = table.text().splitlines()
    assert lines[0] == "speed"
    assert [line.split() for line in lines[2:4]] == [["a", "1"], ["bb", "2", "0.50"]]


def test_the_command_prints_and_writes_what_was_measured(tmp_path, capsys, monkeypatch):
    contours = importlib.import_module("benchmarks.contours")
    monkeypatch.setattr(contours, "figure", partial(contours.figure, side=20))
    path = tmp_path / "figures.json"
    assert command.main(["contours", "--runs", "1", "--json", str(path)]) == 0
    assert "contour map 20²" in capsys.readouterr().out
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["machine"]["numpy"]
    assert len(written["figures"]["contours"]) == 2


@pytest.mark.parametrize("words", [["speed"], ["--runs", "0"]])
def test_the_command_refuses_what_it_does_not_know(words, capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(words)
    assert capsys.readouterr().err


def test_every_figure_has_its_module():
    for name in command.FIGURES:
        assert callable(importlib.import_module(f"benchmarks.{name}").figure)


def test_a_child_that_fails_says_why():
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run("1 / 0", [], {})


def test_there_is_always_a_platform_without_a_screen():
    with platforms() as found:
        assert found["offscreen"] == OFFSCREEN


def test_peak_memory_is_known():
    assert peak_megabytes() > 1.0


def test_modules_are_small():
    for path in (ROOT / "benchmarks").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 150
