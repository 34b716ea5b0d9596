"""What all items of a surface view draw from: mesh, camera and the rendered picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gdviz.engine import ContourMap
from gdviz.experiment.camera import CAMERAS, Camera
from gdviz.landscapes import FloatArray
from gdviz.views.surface.colors import vertex_colors
from gdviz.views.surface.heights import height_scale
from gdviz.views.surface.mesh import SurfaceMesh, surface_mesh
from gdviz.views.surface.projection import Projection
from gdviz.views.surface.rasterizer import render
from gdviz.views.surface.relief import Relief

__all__ = ["Sight", "Stage"]

_FINE = 2.0
_MOST_PIXELS = 12_000_000
_COARSE_SAMPLES, _COARSE = 72, 0.5


class _Renderer(Protocol):
    def render(
        self, mesh: SurfaceMesh, colors: FloatArray, projection: Projection, factor: float
    ) -> Relief:
        """Render a surface."""


@dataclass(frozen=True, eq=False)
class Sight:
    """A surface as it is seen.

    Attributes
    ----------
    mesh : SurfaceMesh
    projection : Projection
        In logical pixels.
    relief : Relief
    steepest : float
        The gradient norm with the longest arrow.
    """

    mesh: SurfaceMesh
    projection: Projection
    relief: Relief
    steepest: float

    def place(self, params: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Return pixels (n, 3) of the surface at parameters (n, 2), and whether they are seen.

        NaN and not seen where there is no surface.
        """
        pixels = self.projection.pixels(self.mesh.at(params))
        return pixels, self.relief.shows(pixels)

    def params_at(self, column: float, row: float) -> tuple[float, float] | None:
        """Return the parameters of the surface at a pixel; None where there is none."""
        pixel = np.array([[column, row]])
        depth = self.relief.depth_at(pixel)
        if np.isnan(depth[0]):
            return None
        points = self.projection.points(np.column_stack([pixel, depth]))
        x, y = self.mesh.params(points)[0].tolist()
        return x, y

    def decimals(self) -> tuple[int, int]:
        """Return the decimal places of each parameter that pixels tell apart."""
        finest = np.linalg.norm(self.projection.matrix[:2, :2], axis=0)
        widths = np.array([self.mesh.x[-1] - self.mesh.x[0], self.mesh.y[-1] - self.mesh.y[0]])
        with np.errstate(all="ignore"):
            places = np.ceil(-np.log10(0.5 * widths / finest))
        x, y = np.clip(np.nan_to_num(places, nan=15.0, posinf=15.0), -300, 15).astype(int).tolist()
        return x, y


class Stage:
    """Keeps what a surface is made from, and makes what follows from it when it is asked for.

    Parameters
    ----------
    on_screen : bool
        Whether to use OpenGL where there is one. Pictures are the same everywhere without.

    Attributes
    ----------
    hurried : bool
        Whether a coarser picture will do for the moment.
    """

    def __init__(self, *, on_screen: bool) -> None:
        self.hurried = False
        self._on_screen = on_screen
        self._opengl: _Renderer | None = None
        self._probed = not on_screen
        self._map: ContourMap | None = None
        self._heights = "linear"
        self._worth_seeing: tuple[float, ...] = ()
        self._colormap = ""
        self._camera = CAMERAS["corner"]
        self._mesh: SurfaceMesh | None = None
        self._coarse: SurfaceMesh | None = None
        self._painted: dict[SurfaceMesh, FloatArray] = {}
        self._sight: tuple[object, Sight] | None = None

    @property
    def camera(self) -> Camera:
        """Where the surface is looked at from."""
        return self._camera

    @camera.setter
    def camera(self, camera: Camera) -> None:
        self._camera = camera

    @property
    def map(self) -> ContourMap | None:
        """What is drawn."""
        return self._map

    @property
    def without_opengl(self) -> bool:
        """Whether a screen is drawn on without OpenGL."""
        return self._on_screen and self._probed and self._opengl is None

    def set_map(self, contour_map: ContourMap | None) -> None:
        """Draw another contour map's field, or none."""
        self._map = contour_map
        self._forget_mesh()

    def set_heights(self, kind: str) -> None:
        """Map losses to heights in another way."""
        self._heights = kind
        self._forget_mesh()

    def set_worth_seeing(self, losses: Sequence[float]) -> None:
        """Tell which losses should be below the top if that is possible."""
        finite = tuple(sorted({loss for loss in losses if np.isfinite(loss)}))
        if finite != self._worth_seeing:
            self._worth_seeing = finite
            if self._map is None or self._mesh is None:
                return
            heights = height_scale(self._map, self._heights, finite)
            if heights != self._mesh.heights:
                self._forget_mesh()

    def set_colormap(self, colormap: str) -> None:
        """Use other colors."""
        if colormap != self._colormap:
            self._colormap = colormap
            self._painted = {}
            self._sight = None

    @property
    def mesh(self) -> SurfaceMesh | None:
        """The surface; None if there is nothing to draw."""
        if self._mesh is None and self._map is not None:
            heights = height_scale(self._map, self._heights, self._worth_seeing)
            self._mesh = surface_mesh(self._map, heights)
        return self._mesh

    @property
    def last_sight(self) -> Sight | None:
        """The surface as it was seen last; None if something has changed since."""
        if self._sight is None or self._mesh is None:
            return None
        sight = self._sight[1]
        still = sight.mesh is self._mesh and sight.projection.camera == self._camera
        return sight if still else None

    def sight(self, width: float, height: float, ratio: float) -> Sight | None:
        """Return the surface as it is seen, or None if there is nothing to see.

        Parameters
        ----------
        width, height : float
            Of the picture in logical pixels.
        ratio : float
            How many pixels of the device make up one of them.
        """
        mesh = self.mesh
        if mesh is None or self._map is None or not self._colormap or min(width, height) < 1.0:
            return None
        projection = Projection.of(self._camera, width, height)
        key = (mesh, projection, ratio, self.hurried, self._colormap)
        if self._sight is None or self._sight[0] != key:
            relief = self._rendered(mesh, projection, ratio)
            self._sight = (key, Sight(mesh, projection, relief, self._map.steepest))
        return self._sight[1]

    def _rendered(self, mesh: SurfaceMesh, projection: Projection, ratio: float) -> Relief:
        most = (_MOST_PIXELS / (projection.width * projection.height)) ** 0.5
        opengl = self._renderer()
        if opengl is not None:
            factor = min(ratio if self.hurried else _FINE * ratio, most)
            try:
                return opengl.render(mesh, self._colors(mesh), projection, factor)
            except RuntimeError:
                self._opengl = None  # from now on without
        if not self._on_screen:
            factor = min(_FINE * ratio, most)
        elif self.hurried:
            mesh = self._coarse_mesh(mesh)
            factor = _COARSE * ratio
        else:
            factor = min(ratio, most)
        return render(mesh, self._colors(mesh), projection, factor)

    def _renderer(self) -> _Renderer | None:
        if not self._probed:
            self._probed = True
            from gdviz.views.surface.gl_renderer import GlRenderer  # only where it is used

            try:
                self._opengl = GlRenderer()
            except RuntimeError:
                self._opengl = None
        return self._opengl

    def _coarse_mesh(self, mesh: SurfaceMesh) -> SurfaceMesh:
        if self._coarse is None:
            self._coarse = mesh.coarser(_COARSE_SAMPLES)
        return self._coarse

    def _colors(self, mesh: SurfaceMesh) -> FloatArray:
        if mesh not in self._painted:
            self._painted[mesh] = vertex_colors(mesh, self._colormap)
        return self._painted[mesh]

    def _forget_mesh(self) -> None:
        self._mesh, self._coarse, self._sight, self._painted = None, None, None, {}
