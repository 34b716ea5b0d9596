"""Loss surfaces and training runs that were measured elsewhere."""

from gdviz.surfaces.kinds import looks_like_surface, looks_like_track
from gdviz.surfaces.read import read_surface
from gdviz.surfaces.surface_file import SurfaceFile
from gdviz.surfaces.track import Track, read_track

__all__ = [
    "SurfaceFile",
    "Track",
    "looks_like_surface",
    "looks_like_track",
    "read_surface",
    "read_track",
]
