"""Whenever a process is killed, its files hold one of the states that were written, whole."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gdviz.app.unsaved_file import found_in
from gdviz.experiment.file import read_document
from tests.app.document_children import number_of, state

ROOT = Path(__file__).resolve().parents[2]
KILLS = 15
LONGEST_WAIT = 20.0

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")


@pytest.fixture(scope="module")
def nursery():
    """Return a process that has loaded everything and forks a child for each line."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.app.document_children"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield process
        process.stdin.close()
        process.wait(LONGEST_WAIT)


def ask(nursery, line):
    nursery.stdin.write(line + "\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


def kill_in_the_midst(nursery, folder, path, pause):
    child = ask(nursery, json.dumps([str(folder), str(path)]))
    end = time.monotonic() + LONGEST_WAIT
    while not (path.exists() and list(folder.glob("*.gdviz"))) and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    ask(nursery, "")


def test_the_saved_file_and_what_is_kept_are_whole_after_every_kill(nursery, qapp, tmp_path):
    chance = random.Random(4)
    kept, numbers = 0, set()
    for turn in range(KILLS):
        folder = tmp_path / f"unsaved-{turn}"
        path = tmp_path / f"lecture-{turn}.gdviz"
        kill_in_the_midst(nursery, folder, path, chance.uniform(0.0, 0.08))
        saved = read_document(path).experiment
        assert number_of(saved) % 3 == 0
        assert saved == state(number_of(saved))
        numbers.add(number_of(saved))
        for left in found_in(folder):
            unsaved = left.read().experiment
            assert unsaved == state(number_of(unsaved))
            assert left.origin[0] in (None, path)
            left.drop()
            left.release()
            kept += 1
        assert not list(folder.glob("*.gdviz"))
        assert not [one for one in folder.iterdir() if one.suffix != ".lock"]
    assert kept > KILLS // 3
    assert len(numbers) > 1
