"""Gradient descent on a valley: the numbers, and their picture."""

import sys
from pathlib import Path

import gdviz

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

valley = gdviz.landscape("valley")  # f(x, y) = 4 + (x − 2)² + 2y²
print("loss and gradient at (−3, 4):", valley.loss([(-3, 4)]), valley.gradient([(-3, 4)]))

descent = gdviz.optimizer("gd", learning_rate=0.1)
trajectory = gdviz.descend(valley, descent, start=(-3, 4), steps=50)
print("the first steps:")
print(trajectory.params[:4, 0])
print(trajectory.sentence())

gdviz.render(
    valley,
    folder / "first_descent.png",
    start=(-3, 4),
    optimizer=descent,
    steps=50,
    view="all",
    size=(1280, 720),
)
