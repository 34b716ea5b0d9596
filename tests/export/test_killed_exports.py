"""Whoever is killed while writing leaves a whole file, the old or the new, in every format."""

import json
import os
import subprocess
import sys

import pytest

from gdviz.export.formats import FORMATS

KILLS = 24
DRIVER = """
import io, json, os, random, signal, sys, time
from pathlib import Path

from PySide6.QtWidgets import QApplication

application = QApplication([])
from gdviz.experiment import open_experiment
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import FORMATS, export, write
from gdviz.export.material import DataSpec, ExportSpec
from tests.export.material import computed, figure_spec, material_of

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
film, data = FilmSpec(hold=0.0, last=4), DataSpec(samples=(9, 9))
spec = ExportSpec(figure_spec(size=(120, 100)), film, data)
materials = [material_of(open_experiment(name)) for name in ("valley", "himmelblau")]


def content(ending, number):
    path = folder / f"whole{number}.{ending}"
    export(path, materials[number], spec)
    return path.read_bytes()


known = {ending: [content(ending, number) for number in (0, 1)] for ending in FORMATS}
for ending in FORMATS:
    export(folder / f"saved.{ending}", materials[0], spec)


def write_on(number):
    while True:
        for ending in FORMATS:
            export(folder / f"saved.{ending}", materials[number], spec)
        number = 1 - number


began = time.monotonic()
write_once = [export(folder / f"saved.{ending}", materials[1], spec) for ending in FORMATS]
takes = time.monotonic() - began
chance, found = random.Random(1), {ending: [0, 0] for ending in FORMATS}
for kill in range(kills):
    child = os.fork()
    if not child:
        write_on(kill % 2)
    time.sleep(chance.uniform(0.1, 1.1) * takes)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    for ending, contents in known.items():
        found[ending][contents.index((folder / f"saved.{ending}").read_bytes())] += 1
left = [path.name for path in folder.iterdir() if path.name.startswith(".")]
print(json.dumps({"found": found, "left": len(left)}))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes can't be forked here")
def test_a_file_of_any_format_is_whole_after_a_kill(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DRIVER, str(tmp_path), str(KILLS)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr  # a file that is neither isn't found in the list
    told = json.loads(done.stdout)
    assert set(told["found"]) == set(FORMATS)
    for old, new in told["found"].values():
        assert old + new == KILLS
    assert any(old and new for old, new in told["found"].values())
    assert told["left"] > 0  # some were killed in the middle of a file
