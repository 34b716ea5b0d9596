"""What a file is going to be, in figures."""

from __future__ import annotations

from gdviz.export.figure_spec import INCH
from gdviz.export.film_spec import STEPS_PER_SECOND, FilmSpec
from gdviz.export.formats import Format
from gdviz.export.material import ExportSpec, Material
from gdviz.ui.export_wish import last_step

__all__ = ["facts"]


def facts(chosen: Format, material: Material, spec: ExportSpec) -> str:
    """Return in a few words how large a file is going to be."""
    if chosen.picture:
        wide, high = spec.figure.pixels
        parts = [f"{wide:,} × {high:,} pixels"]
        if chosen.kind == "film":
            parts.append(film_facts(spec.film, last_step(material)))
        else:
            if spec.figure.dpi not in (None, INCH):
                across, upward = (25.4 * side for side in spec.figure.inches)
                parts.append(f"{across:.0f} × {upward:.0f} mm")
            parts.append(f"step {_shown(spec.figure.step, last_step(material)):,}")
        return "  ·  ".join(parts)
    if chosen.kind == "data" and spec.data.content == "field":
        wide, high = spec.data.samples
        one = material.experiment.landscape.dimension == 1
        return f"{wide:,} samples" if one else f"{wide:,} × {high:,} samples"
    runs = sum(made.rows for made in material.trajectories)
    rows = sum(made.record_at(end) + 1 for made in material.trajectories for end in made.last_step)
    return f"{runs:,} {'run' if runs == 1 else 'runs'}  ·  {rows:,} recorded steps"


def film_facts(film: FilmSpec, last: int) -> str:
    """Return how long a film is."""
    end = last if film.last is None else min(film.last, last)
    steps = max(end - min(film.first, end), 0)
    moving = steps / (STEPS_PER_SECOND * film.speed) if film.seconds is None else film.seconds
    seconds = moving + film.hold
    return f"{round(seconds * film.fps):,} frames  ·  {seconds:.1f} s"


def _shown(step: int | None, last: int) -> int:
    return last if step is None else min(step, last)
