"""Where a surface is looked at from."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from gdviz.landscapes import FloatArray

__all__ = ["CAMERAS", "HALF_SIDES", "Camera", "camera_named"]

HALF_SIDES = (1.0, 1.0, 0.62)
"""Half the sides of the box about the origin that a surface fills."""
_RADIUS = math.hypot(*HALF_SIDES)
_PERSPECTIVE = 0.16
_LOWEST, _HIGHEST = -30.0, 90.0
_FARTHEST, _NEAREST = 0.4, 12.0
_WIDEST_PAN = 2.0


@dataclass(frozen=True)
class Camera:
    """A point of view on the box about the origin with the half sides `HALF_SIDES`.

    Attributes
    ----------
    azimuth : float
        In degrees about the vertical axis; at 0 the camera stands on the x axis, at −90 in
        front, where x grows to the right and y away.
    elevation : float
        In degrees above the horizontal plane, from −30 to 90.
    zoom : float
        At 1 the box fits the picture, however it is turned; from 0.4 to 12.
    pan : (float, float)
        How far the picture is moved right and up, in parts of its smaller side; from −2 to 2.
    perspective : float
        One over the distance of the eye, below one over the box's radius; 0 for parallel rays.
    """

    azimuth: float = -60.0
    elevation: float = 40.0
    zoom: float = 1.0
    pan: tuple[float, float] = (0.0, 0.0)
    perspective: float = _PERSPECTIVE

    def __post_init__(self) -> None:
        numbers = (self.azimuth, self.elevation, self.zoom, *self.pan, self.perspective)
        if not all(map(math.isfinite, numbers)):
            raise ValueError("a camera's numbers must be finite")
        if not _LOWEST <= self.elevation <= _HIGHEST:
            raise ValueError(f"elevation must be from −30 to 90 degrees, got {self.elevation:g}")
        if not _FARTHEST <= self.zoom <= _NEAREST:
            raise ValueError(f"zoom must be from {_FARTHEST:g} to {_NEAREST:g}, got {self.zoom:g}")
        if not all(abs(by) <= _WIDEST_PAN for by in self.pan):
            raise ValueError(f"pan must be from −2 to 2 each way, got {self.pan}")
        if not 0.0 <= self.perspective < 1.0 / _RADIUS:
            raise ValueError(f"the eye must be outside the box, got {self.perspective:g}")

    def orbited(self, right: float, up: float) -> Camera:
        """Return the camera moved about the box by angles in degrees."""
        azimuth = (self.azimuth + right + 180.0) % 360.0 - 180.0
        elevation = min(max(self.elevation + up, _LOWEST), _HIGHEST)
        return replace(self, azimuth=azimuth, elevation=elevation)

    def zoomed(self, factor: float, about: tuple[float, float] = (0.0, 0.0)) -> Camera:
        """Return the camera with a picture `factor` times as large.

        Parameters
        ----------
        factor : float
        about : (float, float)
            What stays in its place: right and up from the middle, in parts of the smaller side.
        """
        zoom = min(max(self.zoom * factor, _FARTHEST), _NEAREST)
        grown = zoom / self.zoom
        x, y = (at - grown * (at - old) for at, old in zip(about, self.pan, strict=True))
        return replace(self, zoom=zoom).panned(x - self.pan[0], y - self.pan[1])

    def panned(self, right: float, up: float) -> Camera:
        """Return the camera with its picture moved, in parts of the smaller side."""
        x, y = (
            min(max(old + by, -_WIDEST_PAN), _WIDEST_PAN)
            for old, by in zip(self.pan, (right, up), strict=True)
        )
        return replace(self, pan=(x, y))

    @property
    def axes(self) -> FloatArray:
        """The unit vectors to the right, upward and toward the eye, as rows (3, 3)."""
        azimuth, elevation = math.radians(self.azimuth), math.radians(self.elevation)
        sine, cosine = math.sin(azimuth), math.cos(azimuth)
        rise, level = math.sin(elevation), math.cos(elevation)
        return np.array(
            [
                [-sine, cosine, 0.0],
                [-rise * cosine, -rise * sine, level],
                [level * cosine, level * sine, rise],
            ]
        )

    def toward_eye(self, points: FloatArray) -> FloatArray:
        """Return vectors (n, 3) from points (n, 3) toward the eye, of any length."""
        return np.asarray(self.axes[2] - self.perspective * points)


CAMERAS = {
    "corner": Camera(),
    "x": Camera(azimuth=-90.0, elevation=12.0),
    "y": Camera(azimuth=0.0, elevation=12.0),
    "above": Camera(azimuth=-90.0, elevation=90.0, perspective=0.0),
}
"""Cameras by name: from a corner, with x or with y to the right, from above."""


def camera_named(text: str) -> Camera:
    """Return the camera of a name, or of ``"AZIMUTH,ELEVATION"`` in degrees.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if text in CAMERAS:
        return CAMERAS[text]
    try:
        azimuth, elevation = map(float, text.split(","))
    except ValueError:
        known = ", ".join(CAMERAS)
        raise ValueError(
            f"a camera is AZIMUTH,ELEVATION in degrees, or one of {known}; got '{text}'"
        ) from None
    return Camera(azimuth=azimuth, elevation=elevation)
