"""One step of a lesson's file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gdviz.engine import MOST_STEPS
from gdviz.errors import did_you_mean
from gdviz.experiment.experiment import CUTS, cuts_of
from gdviz.experiment.overlays import OVERLAYS
from gdviz.landscapes import Domain, Interval, Landscape
from gdviz.lessons.asking import read_condition, read_question
from gdviz.lessons.lesson import LessonStep, LessonView, Setup, Watched
from gdviz.lessons.nodes import Entry, Fields
from gdviz.lessons.preparing import bare_landscape
from gdviz.lessons.quantities import parse_quantity
from gdviz.lessons.vocabulary import PAGES
from gdviz.optimizers import Optimizer, optimizer, with_hyperparameters

__all__ = ["read_step"]

_FIELDS = (
    *("title", "text", "source", "start", "optimizer", "learning_rate", "hyperparameters"),
    *("steps", "at", "view", "ask", "watch", "check", "done"),
)
_VIEW_FIELDS = ("x", "y", "slice", "page", "overlays")
_WATCH_FIELDS = ("quantity", "as")
_STEPS = 200


def read_step(entry: Entry, folder: Path) -> LessonStep:
    """Return a step, with everything that it names looked up.

    Parameters
    ----------
    entry : Entry
    folder : Path
        Where files that it names lie.

    Raises
    ------
    UserError
        If something of it is wrong: file, line, and what would be right.
    """
    fields = entry.fields("a step", _FIELDS)
    source = fields.need("source")
    named = source.text("'source'")
    landscape = source.checked(bare_landscape, named, folder)
    names = landscape.parameters
    asked = fields.get("ask")
    questions = () if asked is None else tuple(map(read_question, asked.one_or_more("'ask'")))
    watched, checked = fields.get("watch"), fields.get("check")
    conditions = [] if checked is None else checked.one_or_more("'check'")
    rows = [] if watched is None else watched.one_or_more("'watch'")
    return LessonStep(
        title=fields.need("title").text("'title'"),
        text=fields.need("text").text("'text'"),
        setup=_setup(fields, named, landscape),
        questions=questions,
        watched=tuple(_watched(row, names) for row in rows),
        conditions=tuple(read_condition(each, names, len(questions)) for each in conditions),
        done=fields.text("done"),
        line=entry.line,
    )


def _setup(fields: Fields, source: str, landscape: Landscape) -> Setup:
    steps, at = fields.get("steps"), fields.get("at")
    count = _STEPS if steps is None else steps.whole("'steps'", 1, MOST_STEPS)
    return Setup(
        source=source,
        start=_start(fields.get("start"), landscape),
        optimizer=_optimizer(fields),
        rate_named="learning_rate" in fields or _has_rate(fields.get("hyperparameters")),
        steps=count,
        at=0 if at is None else at.whole("'at'", 0, count),
        view=_view(fields.get("view"), landscape),
    )


def _start(entry: Entry | None, landscape: Landscape) -> tuple[float, ...] | None:
    if entry is None:
        return None
    start = entry.numbers("'start'")
    names = landscape.parameters
    if len(start) != len(names):
        entry.refuse(
            f"'start' has {len(start)} numbers, but {landscape.name} has {len(names)} "
            f"parameters: {', '.join(names)}"
        )
    return start


def _has_rate(entry: Entry | None) -> bool:
    if entry is None:
        return False
    return any(key.text("") == "learning_rate" for key, _ in entry.pairs("'hyperparameters'"))


def _optimizer(fields: Fields) -> Optimizer:
    named, given = fields.get("optimizer"), fields.get("hyperparameters")
    chosen = "gd" if named is None else named.text("'optimizer'")
    made = (named or fields.entry).checked(optimizer, chosen)
    settings = [] if given is None else given.pairs("'hyperparameters'")
    rate = fields.get("learning_rate")
    if rate is not None:
        if _has_rate(given):
            rate.refuse("'learning_rate' stands in 'hyperparameters' as well; leave one out")
        made = rate.checked(
            with_hyperparameters, made, learning_rate=rate.number("'learning_rate'")
        )
    for key, entry in settings:
        name = key.text("a hyperparameter's name")
        made = key.checked(with_hyperparameters, made, **{name: entry.number(f"'{name}'")})
    return made


def _view(entry: Entry | None, landscape: Landscape) -> LessonView:
    if entry is None:
        return LessonView()
    fields = entry.fields("'view'", _VIEW_FIELDS)
    cut, page, overlays = (fields.get(name) for name in ("slice", "page", "overlays"))
    y = fields.get("y")
    if y is not None and landscape.dimension < 2:
        y.refuse(f"{landscape.name} has one parameter only: 'x' is what is shown of it")
    names = landscape.parameters
    along = None if cut is None else _one_of(cut, "'slice'", cuts_of(names))
    drawn = [] if overlays is None else overlays.one_or_more("'overlays'")
    return LessonView(
        x=_interval(fields.get("x"), "'x'"),
        y=_interval(y, "'y'"),
        slice_axis=names.index(along) if along in names else None,
        cut=along if along in CUTS else "one",
        page=None if page is None else _one_of(page, "'page'", PAGES),
        overlays=tuple(_one_of(each, "an overlay", tuple(OVERLAYS)) for each in drawn),
    )


def _interval(entry: Entry | None, what: str) -> Interval | None:
    if entry is None:
        return None
    ends = entry.numbers(what)
    if len(ends) != 2:
        entry.refuse(f"{what} must be two numbers, such as [-4, 8]")
    return entry.checked(Domain.of, ends)[0]


def _watched(entry: Entry, names: Sequence[str]) -> Watched:
    label = ""
    where = entry
    if entry.is_mapping:
        fields = entry.fields("'watch'", _WATCH_FIELDS)
        where, label = fields.need("quantity"), fields.text("as")
    text = where.text("a watched quantity")
    quantity = where.checked(parse_quantity, text, names)
    if quantity.type != "number":
        where.refuse(f"'{text}' is no number, so its change can't be watched")
    return Watched(quantity, label or quantity.text.replace("_", " "))


def _one_of(entry: Entry, what: str, known: Sequence[str]) -> str:
    text = entry.text(what)
    if text not in known:
        near = did_you_mean(text, known)
        entry.refuse(f"{what} can't be '{text}'{near} (known: {', '.join(known)})")
    return text
