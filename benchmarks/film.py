"""A film of 200 frames of 800 × 600 pixels, and the memory that longer ones take."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from benchmarks.children import run
from benchmarks.tables import Samples, Table, interleaved

__all__ = ["GDVIZ", "MATPLOTLIB", "figure", "filmed"]

FRAMES = 200
_LONGER = 10
_SIZE = (800, 600)

_BEGIN = """
import sys, time
path, ending, frames, width, height = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
"""
_END = """
from benchmarks.memory import peak_megabytes
print(seconds, peak_megabytes())
"""

GDVIZ = f"""{_BEGIN}
from dataclasses import replace
from pathlib import Path
from PySide6.QtWidgets import QApplication
from gdviz.engine import compute
from gdviz.experiment import in_order, open_experiment
from gdviz.experiment.document import Document
from gdviz.experiment.run_list import retuned
from gdviz.export.figure_spec import FigureSpec
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import export
from gdviz.export.material import ExportSpec, Material
from gdviz.optimizers import optimizer
application = QApplication([])
valley = open_experiment("valley")
slow = optimizer("gd", learning_rate=3.0 / frames)
slow = replace(valley.current, optimizer=slow, steps=frames - 1)
experiment = retuned(valley, valley.current, slow)
made = in_order([(batch, compute(batch.descent)) for batch in experiment.batches()])
material = Material(Document(experiment), tuple(one for _row, one in made))
spec = ExportSpec(FigureSpec(size=(width, height)), FilmSpec(hold=0.0))
begun = time.perf_counter()
export(Path(path), material, spec)
seconds = time.perf_counter() - begun
{_END}"""
"""A film of as many steps as frames, so slow a descent that the point moves to the end."""

MATPLOTLIB = f"""{_BEGIN}
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FFMpegWriter, FuncAnimation, PillowWriter
point, points = np.array([-3.0, 4.0]), []
for _ in range(frames):
    points.append(point)
    point = point - 3.0 / frames * np.array([2.0 * (point[0] - 2.0), 4.0 * point[1]])
points = np.array(points)
begun = time.perf_counter()
x, y = np.meshgrid(np.linspace(-5.0, 9.0, 480), np.linspace(-5.0, 5.0, 360))
loss = 4.0 + (x - 2.0) ** 2 + 2.0 * y**2
picture, axes = plt.subplots(figsize=(width / 100.0, height / 100.0), dpi=100)
axes.imshow(loss, origin="lower", extent=(-5.0, 9.0, -5.0, 5.0), aspect="auto")
axes.clabel(axes.contour(x, y, loss, levels=20, colors="white", linewidths=1.0))
axes.set_xlabel("x")
axes.set_ylabel("y")
(path_line,) = axes.plot([], [], color="tab:orange", linewidth=2.2)
(marker,) = axes.plot([], [], "o", color="tab:orange", markersize=10.0)
def draw(frame):
    path_line.set_data(*points[: frame + 1].T)
    marker.set_data(*points[frame : frame + 1].T)
    return path_line, marker
film = FuncAnimation(picture, draw, frames=frames, blit=True)
writer = PillowWriter(fps=30) if ending == "gif" else FFMpegWriter(fps=30, codec="h264")
film.save(path, writer=writer)
seconds = time.perf_counter() - begun
{_END}"""


def filmed(code: str, ending: str, frames: int, size: tuple[int, int] = _SIZE) -> Samples:
    """Run a program that writes a film, and prints what it took, in seconds, and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"film.{ending}")
        words = [str(path), ending, str(frames), *map(str, size)]
        seconds, memory = run(code, words, {"QT_QPA_PLATFORM": "offscreen"}).split()
        kilobytes = path.stat().st_size / 1000.0
    return {
        "drawn and written, s": [float(seconds)],
        "peak memory, MB": [float(memory)],
        "file, kB": [kilobytes],
    }


def figure(runs: int, frames: int = FRAMES, size: tuple[int, int] = _SIZE) -> list[Table]:
    """Measure films of the same content, then ours against one that is ten times as long."""
    rounds = max(runs // 2, 1)
    tables = []
    for ending, theirs in (("mp4", "FFmpeg"), ("gif", "Pillow")):
        subjects = {
            "gdviz": partial(filmed, GDVIZ, ending, frames, size),
            f"matplotlib, {theirs}": partial(filmed, MATPLOTLIB, ending, frames, size),
        }
        title = f"film, {ending.upper()}, {frames} frames {size[0]}×{size[1]}"
        tables.append(Table(title, interleaved(subjects, rounds)))
    for ending in ("mp4", "gif", "webp", "apng"):
        subjects = {
            f"{frames * times:,} frames": partial(filmed, GDVIZ, ending, frames * times, size)
            for times in (_LONGER, 1)
        }
        tables.append(Table(f"film, {ending.upper()}, gdviz", interleaved(subjects, 1)))
    return tables
