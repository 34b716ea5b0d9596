"""Surfaces of 5 + x + 10 y in all layouts that are read."""

import json

import h5py
import numpy as np
import pytest

X, Y = np.array([-1.0, -0.5, 0.0, 0.5]), np.array([0.0, 0.25, 1.0])
LOSS = 5.0 + X + 10.0 * Y[:, np.newaxis]


def write_h5(path, *, metrics=("train_loss", "train_acc"), x=X, y=Y, loss=LOSS):
    with h5py.File(path, "w") as file:
        file["dir_file"] = "gone"
        file["xcoordinates"] = x
        if y is not None:
            file["ycoordinates"] = y
        for name in metrics:
            # Declared as (nx, ny) and filled in meshgrid order, as the field's script does.
            cells = loss.ravel()
            file[name] = cells if y is None else cells.reshape(len(x), len(y))
    return path


def write_table(path, *, header, by_column=False, extra=""):
    cells = [(x, y) for y in Y for x in X]
    if by_column:
        cells = [(x, y) for x in X for y in Y]
    lines = ["x,y,loss,acc"] if header else []
    lines += [f"{x},{y},{5 + x + 10 * y},{50 + x}" for x, y in cells]
    path.write_text("\n".join(lines) + "\n" + extra, "utf-8")
    return path


def write_npz(path, **names):
    np.savez(path, **(names or {"x": X, "y": Y, "loss": LOSS}))
    return path


def write_cells(path):
    rows = [[{"x": x, "y": y, "z": 5 + x + 10 * y} for x in X.tolist()] for y in Y.tolist()]
    path.write_text(json.dumps({"loss": rows, "acc": rows}), "utf-8")
    return path


LAYOUTS = {
    "h5": lambda folder: write_h5(folder / "a.h5"),
    "h5-by-another-name": lambda folder: write_h5(folder / "a.data"),
    "h5-test-only": lambda folder: write_h5(folder / "a.h5", metrics=("test_loss", "test_acc")),
    "csv": lambda folder: write_table(folder / "a.csv", header=True),
    "csv-bare": lambda folder: write_table(folder / "a.csv", header=False),
    "csv-y-fastest": lambda folder: write_table(folder / "a.csv", header=True, by_column=True),
    "npz": lambda folder: write_npz(folder / "a.npz"),
    "npz-coordinates": lambda folder: write_npz(
        folder / "a.npz", xcoordinates=X, ycoordinates=Y, train_loss=LOSS
    ),
    "npz-meshgrid": lambda folder: write_npz(
        folder / "a.npz", x=np.meshgrid(X, Y)[0], y=np.meshgrid(X, Y)[1], z=LOSS
    ),
    "npz-unsorted": lambda folder: write_npz(
        folder / "a.npz", x=X[::-1], y=Y[::-1], loss=LOSS[::-1, ::-1]
    ),
    "json-cells": lambda folder: write_cells(folder / "a.json"),
    "json-arrays": lambda folder: (
        (folder / "a.json").write_text(
            json.dumps({"x": X.tolist(), "y": Y.tolist(), "loss": LOSS.tolist()}), "utf-8"
        )
        and folder / "a.json"
    ),
}


@pytest.fixture(params=LAYOUTS)
def surface_path(request, tmp_path):
    """Return a file of each layout."""
    return LAYOUTS[request.param](tmp_path)
