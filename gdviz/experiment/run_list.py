"""What can be done to the list of runs, each as a new experiment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gdviz.engine import Noise
from gdviz.errors import UserError
from gdviz.experiment.experiment import Experiment
from gdviz.experiment.run import Run
from gdviz.experiment.starts import Start
from gdviz.optimizers import CONSTANT, FirstOrder, Optimizer, with_hyperparameters

__all__ = [
    "MOST_RUNS",
    "added",
    "duplicated",
    "picked",
    "raced",
    "removed",
    "renamed",
    "reordered",
    "reseeded",
    "retuned",
    "selected",
    "shown",
    "soloed",
    "spread",
    "start_typed",
    "starting_at",
    "starts_moved",
]

MOST_RUNS = 1000


def selected(experiment: Experiment, rows: Sequence[int]) -> Experiment:
    """Return the experiment with other runs selected; the first one is the current one.

    Parameters
    ----------
    experiment : Experiment
    rows : sequence of int
        Places in the list of runs; those that don't exist are left out.
    """
    there = tuple(dict.fromkeys(row for row in rows if 0 <= row < len(experiment.runs)))
    if not there and experiment.runs:
        there = (0,)
    draft = _drafted(experiment.runs[there[0]]) if there else experiment.draft
    return replace(experiment, selection=there, draft=draft)


def picked(experiment: Experiment, start: Start) -> Experiment:
    """Return the experiment with the current run, and all that share its start, from elsewhere."""
    if not experiment.runs:
        return experiment.started(start)
    return starts_moved(experiment, starting_at(experiment, experiment.current.start), start)


def starts_moved(experiment: Experiment, rows: Iterable[int], to: Start) -> Experiment:
    """Return the experiment with some runs starting elsewhere."""
    chosen = set(rows)
    runs = tuple(
        replace(run, start=to) if row in chosen else run for row, run in enumerate(experiment.runs)
    )
    return _with(experiment, runs, experiment.selection)


def start_typed(experiment: Experiment, to: Start) -> Experiment:
    """Return the experiment with what of the current run's start is typed anew put in.

    It goes to all selected runs, and to those that share the current run's start; parameters
    that stay as they are in the current run stay as they are in each.

    Parameters
    ----------
    experiment : Experiment
    to : tuple of float
        Where the current run is to start.
    """
    if not experiment.runs:
        return experiment.started(to)
    origin = experiment.current.start
    chosen = {*experiment.selection, *starting_at(experiment, origin)}

    def moved(run: Run) -> Run:
        places = zip(run.start, origin, to, strict=True)
        start = tuple(own if before == after else after for own, before, after in places)
        return replace(run, start=start)

    runs = tuple(moved(run) if row in chosen else run for row, run in enumerate(experiment.runs))
    return _with(experiment, runs, experiment.selection)


def starting_at(experiment: Experiment, start: Start) -> tuple[int, ...]:
    """Return the places of the runs that start somewhere."""
    return tuple(row for row, run in enumerate(experiment.runs) if run.start == start)


def added(experiment: Experiment, start: Start) -> Experiment:
    """Return the experiment with one more run, like the current one, from another start."""
    return _with_more(experiment, [replace(_drafted(experiment.current), start=start)])


def duplicated(experiment: Experiment) -> Experiment:
    """Return the experiment with each selected run a second time, right behind it."""
    runs = list(experiment.runs)
    _check_room(len(runs) + len(experiment.selection))
    copies = []
    for shift, row in enumerate(sorted(experiment.selection)):
        place = row + shift + 1
        name = runs[place - 1].name
        copy = replace(
            runs[place - 1],
            color=free_color(runs),
            hidden=False,
            name=f"{name} (copy)" if name else "",
        )
        runs.insert(place, copy)
        copies.append(place)
    return _with(experiment, tuple(runs), tuple(copies))


def removed(experiment: Experiment) -> Experiment:
    """Return the experiment without its selected runs; the next one is selected then."""
    gone = set(experiment.selection)
    runs = tuple(run for row, run in enumerate(experiment.runs) if row not in gone)
    row = min(min(gone, default=0), max(len(runs) - 1, 0))
    return _with(experiment, runs, (row,) if runs else ())


def renamed(experiment: Experiment, row: int, name: str) -> Experiment:
    """Return the experiment with a run called otherwise; an empty name is the optimizer's."""
    plain = " ".join(name.split())
    run = experiment.runs[row]
    return _changed(
        experiment, row, replace(run, name="" if plain == run.optimizer.title else plain)
    )


def shown(experiment: Experiment, rows: Iterable[int], visible: bool) -> Experiment:  # noqa: FBT001
    """Return the experiment with some runs in the views, or left out of them."""
    chosen = set(rows)
    runs = tuple(
        replace(run, hidden=not visible) if row in chosen else run
        for row, run in enumerate(experiment.runs)
    )
    return _with(experiment, runs, experiment.selection)


def soloed(experiment: Experiment, on: bool) -> Experiment:  # noqa: FBT001
    """Return the experiment with nothing but the selected runs in the views, or all again."""
    return replace(experiment, view=replace(experiment.view, solo=on))


def reordered(experiment: Experiment, by: int) -> Experiment:
    """Return the experiment with the selected runs moved down the list by some places.

    Parameters
    ----------
    experiment : Experiment
    by : int
        1 for one place down, −1 for one up; none moves past the end of the list.
    """
    order = list(range(len(experiment.runs)))
    chosen = sorted(experiment.selection, reverse=by > 0)
    for _ in range(abs(by)):
        for row in chosen:
            place = order.index(row)
            target = place + (1 if by > 0 else -1)
            if 0 <= target < len(order) and order[target] not in experiment.selection:
                order[place], order[target] = order[target], order[place]
    runs = tuple(experiment.runs[row] for row in order)
    return _with(experiment, runs, tuple(order.index(row) for row in experiment.selection))


def raced(experiment: Experiment, optimizers: Sequence[Optimizer]) -> Experiment:
    """Return the experiment with these optimizers started where the current run starts.

    Those of which a run starts there already, with whatever hyperparameters, are not added.
    """
    current = experiment.current
    there = {type(run.optimizer) for run in experiment.runs if run.start == current.start}
    new = [
        _sound(replace(_drafted(current), optimizer=optimizer))
        for optimizer in optimizers
        if type(optimizer) not in there
    ]
    return _with_more(experiment, new, select=False) if new else experiment


def spread(experiment: Experiment, starts: Sequence[Start], *, keep: bool) -> Experiment:
    """Return the experiment with a run like the current one from each of some starts.

    Where gradients are noisy, each run gets random numbers of its own.

    Parameters
    ----------
    experiment : Experiment
    starts : sequence of tuple of float
    keep : bool
        Whether the runs that there are stay.
    """
    like = _drafted(experiment.current)
    base = experiment if keep else replace(experiment, runs=(), selection=())
    return _with_more(
        base,
        [
            replace(like, start=start, noise=reseeded(like.noise, number))
            for number, start in enumerate(starts)
        ],
    )


def reseeded(noise: Noise | None, by: int) -> Noise | None:
    """Return noise with other random numbers."""
    return None if noise is None else replace(noise, seed=noise.seed + by)


def retuned(experiment: Experiment, before: Run, after: Run) -> Experiment:
    """Return the experiment with what differs between two runs changed in all selected ones.

    Another optimizer, schedule or number of steps goes to all; a hyperparameter to those
    that have the same optimizer. Where there are no runs, the draft is changed.
    """

    def change(run: Run) -> Run:
        return _changed_alike(run, before, after)

    if not experiment.runs:
        return replace(experiment, draft=change(experiment.draft))
    chosen = set(experiment.selection)
    runs = tuple(change(run) if row in chosen else run for row, run in enumerate(experiment.runs))
    return _with(experiment, runs, experiment.selection)


def free_color(runs: Iterable[Run]) -> int:
    """Return the first color of the palette that none of these runs has."""
    used = {run.color for run in runs}
    return next(color for color in range(len(used) + 1) if color not in used)


def _changed_alike(run: Run, before: Run, after: Run) -> Run:
    """Return a run with what differs between two others, as far as it has it."""
    if before.steps != after.steps:
        run = replace(run, steps=after.steps)
    if before.schedule != after.schedule:
        run = replace(run, schedule=after.schedule)
    if before.noise != after.noise:
        run = replace(run, noise=after.noise)
    if type(before.optimizer) is not type(after.optimizer):
        run = replace(run, optimizer=after.optimizer)
    elif type(run.optimizer) is type(after.optimizer):
        values = {
            declared.name: getattr(after.optimizer, declared.name)
            for declared in after.optimizer.hyperparameters()
            if getattr(before.optimizer, declared.name) != getattr(after.optimizer, declared.name)
        }
        run = replace(run, optimizer=with_hyperparameters(run.optimizer, **values))
    return _sound(run)


def _sound(run: Run) -> Run:
    """Return a run without the schedule or noise that its optimizer can't use."""
    if not run.optimizer.can_be_scheduled():
        run = replace(run, schedule=CONSTANT)
    if not isinstance(run.optimizer, FirstOrder):
        run = replace(run, noise=None)
    return run


def _drafted(run: Run) -> Run:
    """Return a run as a pattern for new ones."""
    return replace(run, name="", color=0, hidden=False)


def _changed(experiment: Experiment, row: int, run: Run) -> Experiment:
    runs = (*experiment.runs[:row], run, *experiment.runs[row + 1 :])
    return _with(experiment, runs, experiment.selection)


def _with_more(experiment: Experiment, new: Sequence[Run], *, select: bool = True) -> Experiment:
    runs = list(experiment.runs)
    _check_room(len(runs) + len(new))
    first = len(runs)
    for run in new:
        runs.append(replace(run, color=free_color(runs)))
    selection = tuple(range(first, len(runs))) if select else experiment.selection
    return _with(experiment, tuple(runs), selection)


def _check_room(count: int) -> None:
    if count > MOST_RUNS:
        raise UserError(f"{count:,} runs are too many for the list; it holds {MOST_RUNS:,}")


def _with(experiment: Experiment, runs: tuple[Run, ...], selection: tuple[int, ...]) -> Experiment:
    return selected(replace(experiment, runs=runs), selection or (0,))
