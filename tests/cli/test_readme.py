"""What the README shows works as it says."""

import re
from pathlib import Path

import numpy as np
import pytest

from gdviz.cli.main import main
from gdviz.optimizers import OPTIMIZERS
from gdviz.ui.action_table import ACTIONS
from tests.cli.examples import small, write_files_of_the_examples, written

README = Path(__file__).resolve().parents[2] / "README.md"
TEXT = README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def commands() -> list[str]:
    lines = [
        line.partition(" #")[0].strip() for block in blocks("sh") for line in block.split("\n")
    ]
    return [line for line in lines if line.startswith(("gdviz render", "gdviz list"))]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_files_of_the_examples(tmp_path)
    return tmp_path


def test_there_are_commands_and_python_to_try():
    assert len(commands()) >= 10
    assert len(blocks("python")) == 1


@pytest.mark.parametrize("line", commands())
def test_a_command_writes_what_it_says(line, here, capsys):
    words = small(line)
    assert main(words) == 0
    told = capsys.readouterr()
    assert told.err == ""
    out = written(words)
    if out is not None:
        assert (here / out).stat().st_size > 1000
        assert told.out == ""
    else:
        assert told.out


def test_the_python_runs_and_gives_what_its_comments_say(here):
    (code,) = blocks("python")
    scope = {"array": np.array}
    compared = 0
    for line in code.splitlines():
        statement, _, comment = line.partition("  # ")
        if comment.startswith("array("):
            np.testing.assert_allclose(eval(statement, scope), eval(comment, scope))
            compared += 1
        else:
            exec(statement, scope)
    assert compared >= 2
    assert np.isfinite(scope["gdviz"].MiniBatch(4).size)


def test_the_number_of_optimizers_is_told():
    (others,) = re.findall(r"and (\d+) other optimizers", TEXT)
    assert int(others) + 1 == len(OPTIMIZERS)


def test_every_key_that_is_told_is_an_action_s():
    known = {"+".join(part) for part in _shortcuts()} | {"Space", "←", "→", "Home", "End"}
    for row in re.findall(r"^\| .* \|$", TEXT, re.MULTILINE):
        for keys in re.findall(r"(?:<kbd>[^<]+</kbd>\+?)+(?! ?click)", row):
            pressed = re.findall(r"<kbd>([^<]+)</kbd>", keys)
            if pressed != ["Shift"]:
                assert "+".join(pressed) in known, keys


def _shortcuts() -> list[list[str]]:
    return [keys.split("+") for spec in ACTIONS for keys in spec.shortcuts]
