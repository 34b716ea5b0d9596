"""``gdviz list``: what there is."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, get_args

from gdviz.export.figure_sizes import PRESETS
from gdviz.export.figure_spec import VIEWS
from gdviz.export.formats import FORMATS, Kind
from gdviz.landscapes import PRESETS as LANDSCAPES
from gdviz.optimizers import OPTIMIZERS, SCHEDULES, FirstOrder, Hyperparameter, Optimizer
from gdviz.optimizers.symbols import substituted, symbols_of

__all__ = ["KINDS", "print_list"]

Entry = dict[str, Any]


def print_list(kind: str | None, *, as_json: bool) -> None:
    """Print what there is of a kind, or of every kind.

    Parameters
    ----------
    kind : str or None
        Such as ``"optimizers"``.
    as_json : bool
        A list of objects; with no kind, an object of lists.
    """
    if as_json:
        what: object = KINDS[kind]() if kind else {name: make() for name, make in KINDS.items()}
        print(json.dumps(what, indent=2, ensure_ascii=False))
        return
    for number, name in enumerate([kind] if kind else KINDS):
        if not kind:
            print(f"{chr(10) if number else ''}{name}:")
        for entry in KINDS[name]():
            told = f": {entry['help']}" if "help" in entry else ""
            group = f"{entry['kind']}: " if "kind" in entry else ""
            print(f"  {entry['name']:<20}{group}{entry['title']}{told}")


def _landscapes() -> list[Entry]:
    entries = []
    for preset in LANDSCAPES:
        landscape = preset.build()
        entries.append(
            {
                "name": preset.name,
                "title": preset.summary,
                "parameters": list(landscape.parameters),
                "expression": landscape.expression,
                "domain": [list(interval) for interval in landscape.domain],
                "minima": [list(minimum) for minimum in landscape.minima],
            }
        )
    return entries


def _optimizers() -> list[Entry]:
    import inspect

    return [
        {
            "name": key,
            "title": kind.title,
            "help": kind.help,
            "equation": kind.equation,
            "latex": _latex(kind),
            "takes_schedule": kind.can_be_scheduled(),
            "takes_noise": issubclass(kind, FirstOrder),
            "description": inspect.getdoc(kind),
            "hyperparameters": [_hyperparameter(known) for known in kind.hyperparameters()],
        }
        for key, kind in OPTIMIZERS.items()
    ]


def _hyperparameter(known: Hyperparameter) -> Entry:
    return {
        "name": known.name,
        "kind": known.kind,
        "default": known.default,
        "range": known.range,
        "low": known.low,
        "low_included": not known.low_open,
        "high": None if math.isinf(known.high) else known.high,
        "high_included": not known.high_open and math.isfinite(known.high),
        "help": known.help,
    }


def _latex(kind: type[Optimizer]) -> list[str]:
    """Return an optimizer's equations as it has them by default."""
    symbols = symbols_of(kind.symbols)
    return [substituted(line, symbols.__getitem__) for line in kind().equations]


def _schedules() -> list[Entry]:
    return [
        {
            "name": key,
            "title": kind.title,
            "help": kind.help,
            "settings": [_hyperparameter(known) for known in kind.hyperparameters()],
        }
        for key, kind in SCHEDULES.items()
    ]


def _views() -> list[Entry]:
    return [{"name": name, "title": title} for name, title in VIEWS.items()]


def _formats() -> list[Entry]:
    kinds = get_args(Kind)
    return [
        {"name": known.ending, "title": known.title, "kind": known.kind}
        for known in sorted(FORMATS.values(), key=lambda known: kinds.index(known.kind))
    ]


def _sizes() -> list[Entry]:
    entries = []
    for name, known in PRESETS.items():
        made = known.sizing()
        pixels = [round(side * made.scale) for side in made.size]
        entries.append(
            {
                "name": name,
                "title": f"{known.title}: {known.width:g}x{known.height:g} {known.unit}, "
                f"{pixels[0]}x{pixels[1]} pixels",
                "width": known.width,
                "height": known.height,
                "unit": known.unit,
                "pixels": pixels,
                "dpi": made.dpi,
                "zoom": known.zoom,
            }
        )
    return entries


def _lessons() -> list[Entry]:
    from gdviz.lessons import read_lesson, shipped_lessons

    return [
        {
            "name": lesson.name,
            "title": lesson.summary,
            "heading": lesson.title,
            "steps": [step.title for step in lesson.steps],
            "path": str(lesson.path),
        }
        for lesson in map(read_lesson, shipped_lessons())
    ]


KINDS: dict[str, Callable[[], list[Entry]]] = {
    "landscapes": _landscapes,
    "optimizers": _optimizers,
    "schedules": _schedules,
    "views": _views,
    "formats": _formats,
    "sizes": _sizes,
    "lessons": _lessons,
}
