"""What the command line does when its output has no reader or no room, and what it explains."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from gdviz.cli.main import main
from gdviz.cli.parser import COMMANDS, parse
from gdviz.export.order.options import FLAGS, Options
from tests.cli.examples import small, write_files_of_the_examples, written

PROGRAM = [sys.executable, "-m", "gdviz"]
BARE = {
    name: value
    for name, value in os.environ.items()
    if name not in ("DISPLAY", "PYTHONUNBUFFERED", "QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
}


def outcome(*words, stdout):
    """Return the exit code and what was told, when standard output goes to a file."""
    done = subprocess.run(
        [*PROGRAM, *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=BARE,
        check=False,
        timeout=60,
        text=True,
    )
    return done.returncode, done.stderr


TO_STANDARD_OUTPUT = [
    pytest.param(["list"], id="list"),
    pytest.param(["list", "--json"], id="json"),
    pytest.param(["--help"], id="help"),
    pytest.param(["--version"], id="version"),
    pytest.param(["render", "valley", "-o", "-", "--format", "csv"], id="table"),
    pytest.param(["render", "valley", "-o", "-", "--format", "png"], id="picture"),
]


@pytest.mark.parametrize("words", TO_STANDARD_OUTPUT)
def test_a_reader_that_has_gone_before_anything_is_written_is_no_fault(words):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert outcome(*words, stdout=writing) == (0, "")
    finally:
        os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("words", TO_STANDARD_OUTPUT)
def test_standard_output_without_room_is_told_in_one_line(words):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        code, told = outcome(*words, stdout=full)
    assert code == 2
    assert told == "gdviz: cannot write to standard output: no space left on device\n"


@pytest.mark.parametrize(
    "words",
    [["--help"], ["render", "--help"], ["list", "--help"], ["completion", "--help"], ["-h"]],
)
def test_help_is_told_on_standard_output_and_is_a_success(words, capsys):
    with pytest.raises(SystemExit) as done:
        main(words)
    assert done.value.code == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.startswith("usage: gdviz")
    assert max(map(len, told.out.splitlines())) <= 110


def help_of(words, capsys) -> str:
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    return capsys.readouterr().out


def test_every_option_is_explained(capsys):
    told = help_of(["render"], capsys)
    options = set(re.findall(r"--[a-z-]+", told))
    assert options >= {"--output", "--format", "--progress", "--no-runs", *FLAGS.values()}
    assert set(Options.__annotations__) == set(FLAGS)


def examples(words, capsys) -> list[str]:
    told = help_of(words, capsys).partition("examples:\n")[2]
    return [line.strip() for line in told.splitlines() if line.startswith("  gdviz ")]


def test_the_examples_of_the_help_run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_files_of_the_examples(tmp_path)
    found = examples([], capsys) + examples(["render"], capsys)
    runnable = [line for line in found if line.split()[1] in COMMANDS]
    assert len(runnable) >= 15
    for line in runnable:
        words = small(line)
        assert main(words) == 0, line
        told = capsys.readouterr()
        assert told.err == "", line
        out = written(words)
        assert told.out if out is None else out.stat().st_size > 1000, line
    for line in set(found) - set(runnable):
        parse(shlex.split(line)[1:])


def test_a_negative_number_of_steps_is_told_what_would_be_right(capsys, tmp_path):
    assert main(["render", "valley", "--steps", "-5", "-o", str(tmp_path / "a.csv")]) == 2
    told = capsys.readouterr().err
    assert "-5" in told
    assert "at least 0" in told


def test_a_start_may_be_written_with_or_without_an_equals_sign(capsysbinary):
    tables = []
    for words in (["--start", "-3,4"], ["--start=-3,4"]):
        assert main(["render", "valley", *words, "-o", "-", "--format", "csv"]) == 0
        tables.append(capsysbinary.readouterr().out)
    assert tables[0] == tables[1]


@pytest.mark.parametrize("option", ["--start", "--steps", "--view", "-o"])
def test_an_option_without_its_value_is_told(option, capsys, tmp_path):
    words = ["render", "valley", "-o", str(tmp_path / "a.csv"), option]
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert option in told.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["--x", "5:1"], id="reversed"),
        pytest.param(["--x", "1:1"], id="empty"),
        pytest.param(["--x", "-inf:1"], id="infinite"),
        pytest.param(["--x", "1e300:1e301", "--y", "-1e308:1e308"], id="too wide"),
        pytest.param(["--seed", "-1"], id="seed"),
        pytest.param(["--at", "-1"], id="at"),
        pytest.param(["--optimizer", ""], id="no optimizer"),
        pytest.param(["--start", ""], id="no start"),
        pytest.param(["--start", "1,2,"], id="half a start"),
        pytest.param(["--start", "random:"], id="random what"),
        pytest.param(["--start", "grid:2"], id="half a grid"),
        pytest.param(["--start", "random:10001"], id="too many"),
        pytest.param(["--start", "random:6000", "--start", "random:6000"], id="too many in all"),
        pytest.param(["--steps", "1e400"], id="infinite steps"),
        pytest.param(["--size", "0x0"], id="no size"),
        pytest.param(["--optimizer", "gd:learning_rate=nan"], id="rate"),
    ],
)
def test_odd_values_are_told_in_one_line(words, capsys, tmp_path):
    assert main(["render", "valley", "-o", str(tmp_path / "a.png"), *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("gdviz: ")
    assert told.err.count("\n") == 1
    assert "Traceback" not in told.err
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_told_before_a_long_run_is_computed(tmp_path):
    out = tmp_path / "missing" / "a.csv"
    words = ["render", "valley", "--learning-rate", "1e-9", "--steps", "1e9", "-o", str(out)]
    code, told = outcome(*words, stdout=subprocess.DEVNULL)
    assert code == 2
    assert "there is no folder" in told


def test_a_step_beyond_the_end_shows_the_end(tmp_path):
    pictures = [tmp_path / f"{at}.png" for at in ("200", "1e9")]
    for path in pictures:
        assert main(["render", "valley", "--at", path.stem, "-o", str(path)]) == 0
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
