"""Momentum against plain descent in a ravine, as a film of six seconds."""

import sys
from pathlib import Path

import gdviz

folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

gdviz.render(
    "x^2 + 12 y^2",
    folder / "ravine.gif",
    start=(-4.0, 2.0),
    optimizer=["gd:learning_rate=0.075", "momentum:learning_rate=0.02,momentum=0.85"],
    steps=80,
    title="Momentum in a ravine",
    size=(640, 480),
    seconds=5,
    fps=20,
    easing="out",
    hold=1,
)
