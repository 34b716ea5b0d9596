"""View settings, look and camera in the file."""

from __future__ import annotations

from typing import Any

from gdviz.engine import SCALES
from gdviz.experiment.camera import Camera
from gdviz.experiment.experiment import CUTS, ViewSettings
from gdviz.experiment.file.node import Node
from gdviz.experiment.look import COMPANIONS, HEIGHT_SCALES, QUANTITIES, Look
from gdviz.experiment.overlays import OVERLAYS
from gdviz.landscapes import Domain, Landscape

__all__ = ["domain_value", "look_value", "read_domain", "read_look", "read_view", "view_value"]

_VIEW = ("domain", "slice_axis", "cut", "scaling", "residuals", "solo")
_LOOK = ("overlays", "camera", "heights", "quantity", "log", "companion")
_CAMERA = ("azimuth", "elevation", "zoom", "pan", "perspective")


def view_value(view: ViewSettings) -> dict[str, Any]:
    """Return view settings as JSON."""
    return {
        "domain": domain_value(view.domain),
        "slice_axis": int(view.slice_axis),
        "cut": view.cut,
        "scaling": view.scaling,
        "residuals": bool(view.residuals),
        "solo": bool(view.solo),
    }


def read_view(node: Node, landscape: Landscape) -> ViewSettings:
    """Return view settings for a landscape."""
    fields = node.fields(_VIEW)
    dimension = landscape.dimension
    domain = fields.get("domain")
    return ViewSettings(
        domain=landscape.domain if domain is None else read_domain(domain, dimension),
        slice_axis=fields.read("slice_axis", lambda found: found.whole(0, dimension - 1), 0),
        cut=fields.read("cut", lambda found: found.word("cut", CUTS), CUTS[0]),
        scaling=fields.read("scaling", lambda found: found.word("scaling", SCALES), "auto"),
        residuals=fields.read("residuals", Node.flag, default=False),
        solo=fields.read("solo", Node.flag, default=False),
    )


def domain_value(domain: Domain) -> list[list[float]]:
    """Return a box as JSON."""
    return [[float(low), float(high)] for low, high in domain]


def read_domain(node: Node, dimension: int) -> Domain:
    """Return a box of so many parameters."""
    intervals = [entry.items(64, "numbers") for entry in node.items(64, "intervals")]
    if len(intervals) != dimension or any(len(ends) != 2 for ends in intervals):
        node.refuse(f"[low, high] belongs here for each of {dimension} parameters")
    return node.checked(Domain.of, *[[end.number() for end in ends] for ends in intervals])


def look_value(look: Look) -> dict[str, Any]:
    """Return a look as JSON."""
    camera = look.camera
    return {
        "overlays": list(look.overlays),
        "camera": {
            "azimuth": float(camera.azimuth),
            "elevation": float(camera.elevation),
            "zoom": float(camera.zoom),
            "pan": [float(by) for by in camera.pan],
            "perspective": float(camera.perspective),
        },
        "heights": look.heights,
        "quantity": look.quantity,
        "log": [bool(axis) for axis in look.log],
        "companion": look.companion,
    }


def read_look(node: Node) -> Look:
    """Return a look."""
    fields = node.fields(_LOOK)
    default = Look()
    return Look(
        overlays=fields.read("overlays", _read_overlays, default.overlays),
        camera=fields.read("camera", _read_camera, default.camera),
        heights=fields.read(
            "heights", lambda found: found.word("height scale", HEIGHT_SCALES), default.heights
        ),
        quantity=fields.read(
            "quantity", lambda found: found.word("quantity", QUANTITIES), default.quantity
        ),
        log=fields.read("log", _read_log, default.log),
        companion=fields.read(
            "companion", lambda found: found.word("companion", COMPANIONS), default.companion
        ),
    )


def _read_overlays(node: Node) -> tuple[str, ...]:
    names = [entry.word("overlay", OVERLAYS) for entry in node.items(64, "overlays")]
    return tuple(dict.fromkeys(names))


def _read_log(node: Node) -> tuple[bool, bool]:
    found = node.items(64)
    if len(found) != 2:
        node.refuse("true or false belongs here for the axis of steps and for the other one")
    return found[0].flag(), found[1].flag()


def _read_camera(node: Node) -> Camera:
    fields = node.fields(_CAMERA)
    known = Camera()
    return node.checked(
        Camera,
        azimuth=fields.read("azimuth", Node.number, known.azimuth),
        elevation=fields.read("elevation", Node.number, known.elevation),
        zoom=fields.read("zoom", Node.number, known.zoom),
        pan=fields.read("pan", _read_pan, known.pan),
        perspective=fields.read("perspective", Node.number, known.perspective),
    )


def _read_pan(node: Node) -> tuple[float, float]:
    found = node.items(64)
    if len(found) != 2:
        node.refuse("two numbers belong here: right and up")
    return found[0].number(), found[1].number()
