"""A loss that was measured elsewhere, on a grid, with the training run recorded on it."""

import sys
from pathlib import Path

import numpy as np

import gdviz

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

# In earnest, these are the losses of a network on a plane through its weights.
x = np.linspace(-2.0, 2.0, 41)
y = np.linspace(-1.0, 3.0, 41)
along_x, along_y = np.meshgrid(x, y)
loss = np.log1p((1.0 - along_x) ** 2 + 10.0 * (along_y - along_x**2) ** 2)
np.savez(folder / "measured.npz", x=x, y=y, loss=loss)  # row = y, column = x

# And this is where the training went.
ends = np.linspace(0.0, 1.0, 25)[:, np.newaxis]
training = (1.0 - ends) ** 2 * (-1.5, 2.5) + 2.0 * ends * (1.0 - ends) * (-1.0, 0.0) + ends**2

gdviz.render(
    folder / "measured.npz",
    folder / "measured.png",
    optimizer="adam:learning_rate=0.05",
    start=(-1.5, 2.5),
    steps=150,
    tracks=[training],
    view=["contour", "surface"],
    size=(1200, 560),
)

# The spline between the samples is a landscape like any other, with exact derivatives.
measured = gdviz.landscape(str(folder / "measured.npz"))
print("gradient at (0, 0):", measured.gradient([(0.0, 0.0)])[0])
