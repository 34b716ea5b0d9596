"""Three optimizers on Rosenbrock's function, as a figure of a paper."""

import sys
from pathlib import Path

import gdviz

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

racers = [
    gdviz.optimizer("gd", learning_rate=0.001),
    gdviz.optimizer("momentum", learning_rate=0.0005, momentum=0.9),
    gdviz.optimizer("adam", learning_rate=0.1),
]
start = (-1.5, 2.0)
rosenbrock = gdviz.landscape("rosenbrock")
for racer in racers:
    descent = gdviz.descend(rosenbrock, racer, start, steps=500)
    print(f"{racer.title}: {descent.sentence()}")

for ending in ("pdf", "png"):
    gdviz.render(
        rosenbrock,
        folder / f"race.{ending}",
        start=start,
        optimizer=racers,
        steps=500,
        view=["contour", "history"],
        size="180x80mm",
        zoom=0.8,
        colorbar=True,
        caption="Loss of Rosenbrock's function during 500 steps from (−1.5, 2).",
    )
