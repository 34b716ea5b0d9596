"""Where two optimizers lead from everywhere: as arrays, as a table, and as a picture."""

import sys
from pathlib import Path
from typing import Any

import numpy as np

import gdviz

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

himmelblau = gdviz.landscape("himmelblau")
descent = gdviz.optimizer("gd", learning_rate=0.01)
momentum = gdviz.optimizer("momentum", learning_rate=0.01, momentum=0.8)

first = gdviz.basins(himmelblau, descent, shape=(60, 80), steps=300)
second = gdviz.basins(himmelblau, momentum, shape=(60, 80), steps=300, known=first.rests)
for rest, share in zip(first.rests, first.shares, strict=True):
    print(f"{share:6.1%} of all starts reach {rest.title}")

both = (first.basin >= 0) & (second.basin >= 0)
moved = both & (first.basin != second.basin)
print(f"{np.mean(moved):6.1%} reach another one with momentum")
print(f"median steps: {np.median(first.step[both]):g} and {np.median(second.step[both]):g}")

common: dict[str, Any] = {"optimizer": descent, "against": momentum, "basin_steps": 300}
gdviz.render(himmelblau, folder / "basins.csv", data="basins", samples=(40, 30), **common)
gdviz.render(himmelblau, folder / "basins.png", view="basins", size=(800, 340), **common)
