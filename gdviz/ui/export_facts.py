"""What a file is going to be, in figures."""

from __future__ import annotations

import math

from gdviz.experiment import Experiment
from gdviz.export.figure_spec import INCH
from gdviz.export.film_plan import GIF_FPS, FilmPlan, film_plan
from gdviz.export.film_spec import FilmSpec
from gdviz.export.formats import Format
from gdviz.export.material import ExportSpec, Material
from gdviz.export.order.fitting import FIELD, holds_field
from gdviz.ui.export_wish import last_step

__all__ = ["facts", "planned"]


def facts(chosen: Format, material: Material, spec: ExportSpec) -> str:
    """Return in a few words how large a file is going to be.

    Raises
    ------
    UserError
        If a film would have too many frames.
    """
    if chosen.picture:
        wide, high = spec.figure.pixels
        parts = [f"{wide:,} × {high:,} px"]
        if chosen.kind == "film":
            parts.append(_film_facts(chosen, spec.film, last_step(material)))
        else:
            if spec.figure.dpi not in (None, INCH):
                across, upward = (25.4 * side for side in spec.figure.inches)
                parts.append(f"{across:.0f} × {upward:.0f} mm")
            parts.append(f"step {_shown(spec.figure.step, last_step(material)):,}")
        return "  ·  ".join(parts)
    if chosen.kind == "data":
        content = FIELD if holds_field(spec.data.content, chosen) else spec.data.content
        if content != "runs":
            return _of_the_plane(content, material.experiment, spec.data.samples)
    runs = sum(made.rows for made in material.trajectories)
    told = f"{runs:,} {'run' if runs == 1 else 'runs'}"
    if chosen.kind != "data":
        return told
    rows = sum(made.record_at(end) + 1 for made in material.trajectories for end in made.last_step)
    return f"{told}  ·  {rows:,} recorded steps"


def _of_the_plane(content: str, experiment: Experiment, samples: tuple[int, int]) -> str:
    """Return how many rows tell of everywhere at once."""
    if content == "sensitivity":
        return "1 point"
    if content == "swarm":
        swarm = experiment.plane.swarm
        brushed = swarm.kind == "brush"
        count = sum(stroke.count for stroke in swarm.strokes) if brushed else swarm.count
        return f"{count:,} {'start' if count == 1 else 'starts'}"
    what = {"basins": "starts", "sweep": "values"}.get(content, "samples")
    one = experiment.landscape.dimension == 1
    if content == "sweep":
        one = len(experiment.plane.sweep.ranges) < 2
    return f"{samples[0]:,} {what}" if one else f"{samples[0]:,} × {samples[1]:,} {what}"


def planned(chosen: Format, film: FilmSpec, last: int) -> FilmPlan:
    """Return a film's frames in a format.

    Raises
    ------
    UserError
        If there would be too many, or none.
    """
    return film_plan(film, last, most_fps=GIF_FPS if chosen.ending == "gif" else math.inf)


def _film_facts(chosen: Format, film: FilmSpec, last: int) -> str:
    plan = planned(chosen, film, last)
    frames = len(plan.steps)
    return f"{frames:,} {'frame' if frames == 1 else 'frames'}  ·  {plan.seconds:.1f} s"


def _shown(step: int | None, last: int) -> int:
    return last if step is None else min(step, last)
