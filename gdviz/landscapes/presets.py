"""The landscapes that gdviz brings along, by name."""

from __future__ import annotations

from gdviz.errors import UserError, did_you_mean
from gdviz.landscapes.catalog_bowls import BOWLS
from gdviz.landscapes.catalog_curves import CURVES
from gdviz.landscapes.catalog_lesson import LESSON
from gdviz.landscapes.catalog_minima import MANY_MINIMA
from gdviz.landscapes.catalog_valleys import SADDLES, VALLEYS
from gdviz.landscapes.datasets import DATASETS
from gdviz.landscapes.preset import Preset

__all__ = ["FIRST", "PRESETS", "Preset", "preset"]

FIRST = "valley"
"""What is shown where nobody has named anything."""

PRESETS: tuple[Preset, ...] = (
    *LESSON,
    *BOWLS,
    *VALLEYS,
    *SADDLES,
    *MANY_MINIMA,
    *CURVES,
    *DATASETS,
)


def preset(name: str) -> Preset:
    """Return the preset called `name`.

    Raises
    ------
    UserError
        If there is none, with the nearest name.
    """
    for candidate in PRESETS:
        if candidate.name == name:
            return candidate
    names = [candidate.name for candidate in PRESETS]
    raise UserError(
        f"there is no landscape '{name}'{did_you_mean(name.strip().lower(), names)} "
        "(see 'gdviz list landscapes'; a formula or a file's name works as well)"
    )
