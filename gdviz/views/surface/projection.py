"""How a camera maps the surface's box to pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from gdviz.experiment.camera import HALF_SIDES, Camera
from gdviz.landscapes import FloatArray

__all__ = ["Projection"]

_RADIUS = math.hypot(*HALF_SIDES)
_BESIDE, _ABOVE, _BELOW = 58.0, 12.0, 28.0  # pixels for words
_MOST_MARGIN = 0.13  # of a side
_RIM = 24


@dataclass(frozen=True)
class Projection:
    """A camera before a picture of a certain size.

    A point p is drawn w = 1 − k(p·e) away, where e points toward the eye and k is the
    perspective, and appears at ((p·r)/w, (p·u)/w). Its depth, from 0 near the eye to 1, is
    made so that it changes evenly across a plane's picture, as z buffers have it.

    Attributes
    ----------
    camera : Camera
    width, height : float
        In pixels.
    """

    camera: Camera
    width: float
    height: float

    @classmethod
    def of(cls, camera: Camera, width: float, height: float) -> Self:
        """Return how a camera maps the box to a picture of some size in pixels."""
        return cls(camera, max(float(width), 1.0), max(float(height), 1.0))

    @cached_property
    def matrix(self) -> FloatArray:
        """What maps (x, y, z, 1) to (column, row, depth, 1) times w, shape (4, 4)."""
        camera = self.camera
        right, up, eye = camera.axes
        scale, lift = self._fit
        scale *= camera.zoom
        less = min(self.width, self.height)
        across = 0.5 * self.width + less * camera.pan[0]
        down = 0.5 * self.height - less * camera.pan[1] + camera.zoom * lift
        away = np.append(-camera.perspective * eye, 1.0)
        near, far = (
            -sign * _RADIUS / (1.0 - sign * camera.perspective * _RADIUS) for sign in (1, -1)
        )
        matrix = np.empty((4, 4))
        matrix[0] = scale * np.append(right, 0.0) + across * away
        matrix[1] = -scale * np.append(up, 0.0) + down * away
        matrix[2] = (np.append(-eye, 0.0) - near * away) / (far - near)
        matrix[3] = away
        return matrix

    @property
    def unit(self) -> float:
        """How many pixels a unit of the box takes where it is seen from the side."""
        return self._fit[0] * self.camera.zoom

    @cached_property
    def inverse(self) -> FloatArray:
        """The inverse of `matrix`."""
        return np.asarray(np.linalg.inv(self.matrix), dtype=np.float64)

    def pixels(self, points: FloatArray) -> FloatArray:
        """Return column, row and depth (n, 3) of points (n, 3) of the box."""
        return _through(self.matrix, points)

    def points(self, pixels: FloatArray) -> FloatArray:
        """Return the points (n, 3) that have these columns, rows and depths, shape (n, 3)."""
        return _through(self.inverse, pixels)

    @cached_property
    def _fit(self) -> tuple[float, float]:
        """Pixels per unit at which the box fits however it is turned, and how far down it is."""
        level = Camera(0.0, self.camera.elevation, perspective=self.camera.perspective)
        turns = np.linspace(0.0, 2.0 * math.pi, _RIM, endpoint=False)
        radius = math.hypot(*HALF_SIDES[:2])
        rim = np.array(
            [
                (radius * math.cos(turn), radius * math.sin(turn), height)
                for turn in turns.tolist()
                for height in (-HALF_SIDES[2], HALF_SIDES[2])
            ]
        )
        right, up, eye = level.axes
        away = 1.0 - level.perspective * (rim @ eye)
        across, upward = (rim @ right) / away, (rim @ up) / away
        beside = min(_BESIDE, _MOST_MARGIN * self.width)
        above, below = (min(margin, _MOST_MARGIN * self.height) for margin in (_ABOVE, _BELOW))
        wide, tall = 2.0 * float(np.abs(across).max()), float(upward.max() - upward.min())
        scale = min((self.width - 2.0 * beside) / wide, (self.height - above - below) / tall)
        middle = 0.5 * float(upward.max() + upward.min())
        return scale, scale * middle - 0.5 * (below - above)


def _through(matrix: FloatArray, points: FloatArray) -> FloatArray:
    mapped = points @ matrix[:, :3].T + matrix[:, 3]
    return np.asarray(mapped[:, :3] / mapped[:, 3:])
