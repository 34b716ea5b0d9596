"""Comparing pictures, and keeping those that differ."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image


def opened(path) -> np.ndarray:
    """Return a picture on white as an array (height, width, 3) of 0 to 255."""
    with Image.open(path) as picture:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        return np.asarray(ground.convert("RGB")).astype(np.int16)


def assert_alike(actual: np.ndarray, expected: np.ndarray, name: str, most: float) -> None:
    """Fail where two pictures differ by more than `most` levels of 255 on the mean.

    The pictures and their difference are then kept in ``tests/output``.
    """
    same_shape = actual.shape == expected.shape
    away = float(np.abs(actual - expected).mean()) if same_shape else np.inf
    if away <= most:
        return
    folder = Path(__file__).parents[1] / "output"
    folder.mkdir(parents=True, exist_ok=True)
    kept = {"actual": actual, "expected": expected}
    if same_shape:
        kept["diff"] = np.abs(actual - expected)
    for kind, pixels in kept.items():
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(folder / f"{name}-{kind}.png")
    raise AssertionError(
        f"{name} differs by {away:.2f} of 255 on the mean, {most} are allowed; "
        f"shapes {actual.shape} and {expected.shape}; see {folder}"
    )
