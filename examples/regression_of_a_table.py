"""A line through a table's points, by mini-batches; saved so that the window opens it."""

import csv
import sys
from pathlib import Path

import numpy as np

import gdviz

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

# A table of one's own: how long 60 trips took, against how far they went.
rng = np.random.default_rng(seed=1)
kilometers = rng.uniform(1.0, 30.0, size=60)
minutes = 12.0 + 2.2 * kilometers + rng.normal(0.0, 4.0, size=60)
table = folder / "trips.csv"
with table.open("w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(["kilometers", "minutes"])
    writer.writerows(zip(kilometers.round(2), minutes.round(1), strict=True))

runs = [
    "gd:learning_rate=0.1;start=0,0;steps=100;name=All rows",
    "gd:learning_rate=0.1;start=0,0;steps=100;batch=6;seed=3;name=Six rows at a time",
]
for name in ("trips.gdviz", "trips-steps.csv"):
    gdviz.render(table, folder / name, x_column="kilometers", standardize=True, runs=runs)
gdviz.render(
    folder / "trips.gdviz",
    folder / "trips.png",
    view=["contour", "data"],
    x=(-8, 36),
    y=(-8, 70),
    size=(1200, 500),
)
print(f"now open it: gdviz {folder / 'trips.gdviz'}")
