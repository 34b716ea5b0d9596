"""``gdviz render`` from the start of the process to its end."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks.children import run
from benchmarks.tables import Samples, Table, interleaved

__all__ = ["COMPARED", "MISSING", "figure", "programs", "rendered"]

_MEMORY = "from benchmarks.memory import peak_megabytes; print(peak_megabytes())"

GDVIZ = f"""
import sys
from gdviz.cli.main import main
sys.argv = ["gdviz", "render", "valley", "--start=-3,4", "-o", sys.argv[1]]
code = main()
{_MEMORY}
sys.exit(code)
"""

_MATPLOTLIB = f"""
import sys
import matplotlib
import numpy as np
matplotlib.use("Agg")
import matplotlib.pyplot as plt
x, y = np.meshgrid(np.linspace(-4.0, 8.0, 480), np.linspace(-5.0, 5.0, 360))
loss = 4.0 + (x - 2.0) ** 2 + 2.0 * y**2
path = [np.array([-3.0, 4.0])]
for step in range(200):
    a, b = path[-1]
    path.append(path[-1] - 0.1 * np.array([2.0 * (a - 2.0), 4.0 * b]))
figure, axes = plt.subplots(figsize=(9.6, 7.2), dpi=100)
axes.contourf(x, y, loss, 20)
axes.contour(x, y, loss, 20, colors="white", linewidths=0.8)
axes.plot(*np.transpose(path), "o-", color="red")
axes.set(xlabel="x", ylabel="y")
figure.savefig(sys.argv[1])
{_MEMORY}
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
    "png": {"matplotlib script": _MATPLOTLIB, "bare pyqtgraph export": _PYQTGRAPH},
    "csv": {"bare NumPy script": _NUMPY},
}
"""By ending of what is written: programs that write such a file of the same valley."""
MISSING = "matplotlib is not installed: nothing to compare with (python -m pip install '.[bench]')"


def programs(ending: str) -> dict[str, str]:
    """Return the programs that can run here, ours first."""
    others = dict(COMPARED[ending])
    if find_spec("matplotlib") is None:
        others.pop("matplotlib script", None)
    return {"gdviz render": GDVIZ, **others}


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
    for ending, others in COMPARED.items():
        found = programs(ending)
        subjects = {title: partial(rendered, code, ending) for title, code in found.items()}
        for measure in subjects.values():
            measure()  # fills the caches of files and of compiled modules
        note = MISSING if len(found) <= len(others) else ""
        tables.append(Table(f"render, {ending.upper()}", interleaved(subjects, runs), note))
    return tables
