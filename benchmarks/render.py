"""``gdviz render`` from the start of the process to its end."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks.children import run
from benchmarks.tables import Samples, Table, interleaved

__all__ = ["COMPARED", "GDVIZ", "figure", "rendered"]

_MEMORY = "from benchmarks.memory import peak_megabytes; print(peak_megabytes())"

GDVIZ = f"""
import sys
from gdviz.cli.main import main
code = main(["render", "valley", "-o", sys.argv[1]])
{_MEMORY}
sys.exit(code)
"""

_PYQTGRAPH = f"""
import sys
import numpy as np
import pyqtgraph as pg
from pyqtgraph.exporters import ImageExporter
application = pg.mkQApp()
x, y = np.meshgrid(np.linspace(-4.0, 8.0, 480), np.linspace(-5.0, 5.0, 360))
plot = pg.PlotWidget()
plot.resize(960, 720)
plot.addItem(pg.ImageItem(4.0 + (x - 2.0) ** 2 + 2.0 * y**2, colorMap="viridis"))
plot.plot([0.0, 240.0], [0.0, 180.0])
ImageExporter(plot.plotItem).export(sys.argv[1])
{_MEMORY}
"""

_NUMPY = f"""
import csv, sys
import numpy as np
params = np.array([-3.0, 4.0])
with open(sys.argv[1], "w", newline="") as file:
    writer = csv.writer(file)
    for step in range(201):
        x, y = params
        gradient = np.array([2.0 * (x - 2.0), 4.0 * y])
        loss = 4.0 + (x - 2.0) ** 2 + 2.0 * y**2
        writer.writerow([step, *params.tolist(), loss, *gradient.tolist()])
        params = params - 0.1 * gradient
{_MEMORY}
"""

COMPARED = {
    "png": ("bare pyqtgraph export", _PYQTGRAPH),
    "csv": ("bare NumPy script", _NUMPY),
}


def rendered(code: str, ending: str) -> Samples:
    """Run a program that writes to the file that it is told, and prints its memory last."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"out.{ending}")
        before = time.perf_counter()
        told = run(code, [str(path)], {"QT_QPA_PLATFORM": "offscreen"})
        seconds = time.perf_counter() - before
        if not path.stat().st_size:
            raise RuntimeError(f"nothing was written to {path.name}")
    return {"start to exit, s": [seconds], "peak memory, MB": [float(told.split()[-1])]}


def figure(runs: int) -> list[Table]:
    """Measure a picture and a table of the valley with 200 steps."""
    tables = []
    for ending, (title, code) in COMPARED.items():
        subjects = {
            "gdviz render": partial(rendered, GDVIZ, ending),
            title: partial(rendered, code, ending),
        }
        for measure in subjects.values():
            measure()  # fills the caches of files and of compiled modules
        tables.append(Table(f"render, {ending.upper()}", interleaved(subjects, runs)))
    return tables
