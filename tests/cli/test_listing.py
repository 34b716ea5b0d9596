"""``gdviz list`` and ``--version``."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import pytest

import gdviz
from gdviz.cli.main import main
from gdviz.export.figure_sizes import PRESETS as SIZES
from gdviz.export.figure_spec import VIEWS
from gdviz.export.formats import FORMATS
from gdviz.landscapes import PRESETS
from gdviz.lessons import read_lesson, shipped_lessons
from gdviz.optimizers import OPTIMIZERS, SCHEDULES, optimizer

KINDS = ("figure", "film", "data", "script", "experiment")
NAMES = {
    "landscapes": [preset.name for preset in PRESETS],
    "optimizers": list(OPTIMIZERS),
    "schedules": list(SCHEDULES),
    "views": list(VIEWS),
    "formats": sorted(FORMATS, key=lambda ending: KINDS.index(FORMATS[ending].kind)),
    "sizes": list(SIZES),
    "lessons": [path.stem for path in shipped_lessons()],
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_list_names_what_there_is(kind, capsys):
    assert main(["list", kind]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == NAMES[kind]


@pytest.mark.parametrize("kind", NAMES)
def test_as_json_it_has_the_same_names(kind, capsys):
    assert main(["list", kind, "--json"]) == 0
    assert [entry["name"] for entry in json.loads(capsys.readouterr().out)] == NAMES[kind]


def test_without_a_kind_it_lists_all(capsys):
    assert main(["list", "--json"]) == 0
    assert list(json.loads(capsys.readouterr().out)) == list(NAMES)
    assert main(["list"]) == 0
    told = capsys.readouterr().out
    assert all(f"{kind}:\n" in told for kind in NAMES)


@pytest.mark.parametrize("known", [OPTIMIZERS, SCHEDULES], ids=["optimizers", "schedules"])
def test_the_list_teaches(known, request, capsys):
    assert main(["list", request.node.callspec.id]) == 0
    lines = capsys.readouterr().out.splitlines()
    for line, kind in zip(lines, known.values(), strict=True):
        assert line.endswith(f"{kind.title}: {kind.help}")
        assert kind.help.endswith(".")


def test_every_default_that_is_listed_is_accepted(capsys):
    assert main(["list", "optimizers", "--json"]) == 0
    for entry in json.loads(capsys.readouterr().out):
        values = {known["name"]: known["default"] for known in entry["hyperparameters"]}
        assert optimizer(entry["name"], **values) == OPTIMIZERS[entry["name"]]()


@pytest.mark.parametrize(
    ("kind", "key", "known"),
    [("optimizers", "hyperparameters", OPTIMIZERS), ("schedules", "settings", SCHEDULES)],
)
def test_every_hyperparameter_is_listed_with_its_default_range_and_kind(kind, key, known, capsys):
    assert main(["list", kind, "--json"]) == 0
    for entry in json.loads(capsys.readouterr().out):
        declared = known[entry["name"]].hyperparameters()
        assert [one["name"] for one in entry[key]] == [one.name for one in declared]
        for listed, one in zip(entry[key], declared, strict=True):
            assert listed["default"] == one.default
            assert listed["kind"] == one.kind
            assert listed["range"] == one.range
            assert listed["low"] == one.low
            assert listed["low_included"] is not one.low_open
            assert listed["high"] == (None if one.high == math.inf else one.high)
            assert listed["help"] == one.help


def test_what_takes_a_schedule_or_noise_is_listed(capsys):
    assert main(["list", "optimizers", "--json"]) == 0
    listed = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)}
    taking = {
        name: (listed[name]["takes_schedule"], listed[name]["takes_noise"])
        for name in ("adam", "rprop", "newton", "bfgs")
    }
    assert taking == {
        "adam": (True, True),
        "rprop": (False, True),
        "newton": (True, False),
        "bfgs": (False, False),
    }


def test_an_unknown_kind_is_told_in_one_line(capsys):
    assert main(["list", "optimzers"]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "optimizers" in told


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as done:
        main(["--version"])
    assert done.value.code == 0
    assert capsys.readouterr().out == f"gdviz {gdviz.__version__}\n"


def test_a_reader_that_has_gone_is_no_fault():
    done = subprocess.run(
        f"{sys.executable} -m gdviz list --json | head -c 1",
        shell=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == b"{"
    assert done.stderr == b""


def test_lists_and_tables_load_no_qt_and_no_compiler(tmp_path):
    program = (
        "import sys; from gdviz.cli.main import main; "
        "main(['list']); "
        f"main(['render', 'valley', '-o', {str(tmp_path / 'a.csv')!r}]); "
        "heavy = ('PySide6', 'pyqtgraph', 'scipy', 'numba'); "
        "sys.exit(any(name.startswith(heavy) for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0


def test_a_lesson_is_listed_with_its_steps_and_its_file(capsys):
    assert main(["list", "lessons", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    lesson = read_lesson(shipped_lessons()[0])
    assert first["name"] == "gradient-descent"
    assert first["title"] == lesson.summary
    assert first["steps"] == [step.title for step in lesson.steps]
    assert len(first["steps"]) == 9
    assert first["path"] == str(lesson.path)


def test_formats_stand_by_their_kinds(capsys):
    assert main(["list", "formats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    kinds = [line.split()[1].rstrip(":") for line in lines]
    assert kinds == sorted(kinds, key=KINDS.index)
    assert "  png                 figure: PNG picture" in lines
    assert main(["list", "formats", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert first == {"name": "png", "title": "PNG picture", "kind": "figure"}


def test_sizes_are_told_in_their_unit_and_in_pixels(capsys):
    assert main(["list", "sizes"]) == 0
    told = capsys.readouterr().out
    assert "Slide, 16:9: 1920x1080 px, 1920x1080 pixels" in told
    assert "Column of an A4 page: 88x66 mm, 1039x780 pixels" in told
