"""From options to the runs of an experiment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from gdviz.engine import GradientNoise, MiniBatch, Noise
from gdviz.errors import UserError
from gdviz.experiment import MOST_STARTS, Experiment, Run, Start, parse_starts
from gdviz.experiment.run_list import reseeded, selected, soloed
from gdviz.experiment.run_text import RunWish, read_run
from gdviz.experiment.suggest import suggested_optimizer
from gdviz.experiment.words import Choice, choice_of, read_schedule
from gdviz.export.order.options import Options, StartLike
from gdviz.numbers import format_point
from gdviz.optimizers import CONSTANT, Optimizer, Schedule, optimizer, with_hyperparameters

__all__ = ["made_optimizer", "with_runs"]

_TUNING = ("learning_rate", "steps", "schedule", "noise", "batch_size", "seed")


def with_runs(experiment: Experiment, options: Options) -> Experiment:
    """Return the experiment with the runs that are wanted, selected as is wanted.

    Starts and optimizers, or whole runs, take the place of those that it has. Where there are
    neither, its own are changed in what the other options say.

    Raises
    ------
    UserError
        If something is unknown, out of range, or contradicts something else.
    """
    if "noise" in options and "batch_size" in options:
        raise UserError("noise and batch size exclude each other; give one of them")
    if options.get("runs"):
        for other in ("start", "optimizer"):
            if other in options:
                raise UserError(f"a run says its own {other}; give no other {other} beside it")
        runs = _whole_runs(experiment, options)
    elif "start" in options or "optimizer" in options:
        runs = _crossed(experiment, options)
    elif any(name in options for name in _TUNING):
        runs = tuple(
            _tuned(run, options, place)
            for place, run in enumerate(experiment.runs or [experiment.draft])
        )
    else:
        runs = experiment.runs
    _check_rate(runs, options)
    if runs is not experiment.runs:
        keeps = len(runs) == len(experiment.runs) and not _replacing(options)
        rows = experiment.selection if keeps else (0,)
        experiment = selected(replace(experiment, runs=runs), rows)
    if "runs" in options and not options["runs"]:
        experiment = replace(experiment, runs=(), selection=())
    if "select" in options:
        experiment = selected(experiment, _rows(options["select"], len(experiment.runs)))
    return soloed(experiment, options["solo"]) if "solo" in options else experiment


def _replacing(options: Options) -> bool:
    return any(name in options for name in ("start", "optimizer", "runs"))


def _crossed(experiment: Experiment, options: Options) -> tuple[Run, ...]:
    """Return each optimizer from each start."""
    starts = _starts(experiment, options)
    kinds = [
        made_optimizer(wanted, experiment, options, starts[0])
        for wanted in _wanted_optimizers(options) or [(experiment.draft.optimizer.key, {})]
    ]
    if len(starts) * len(kinds) > MOST_STARTS:
        raise UserError(f"{len(starts) * len(kinds):,} runs are too many; at most {MOST_STARTS:,}")
    noise = _noise(options, experiment.draft.noise)
    alike = len(kinds) > 1 and len(starts) > 1  # then an optimizer's runs share a color
    return tuple(
        Run(
            optimizer=kind,
            start=start,
            steps=options.get("steps", experiment.draft.steps),
            schedule=_schedule(options, experiment.draft.schedule, kind),
            noise=reseeded(noise, place),
            color=number if alike else number * len(starts) + place,
        )
        for (number, kind), (place, start) in product(enumerate(kinds), enumerate(starts))
    )


def _whole_runs(experiment: Experiment, options: Options) -> tuple[Run, ...]:
    wanted = options["runs"]
    if len(wanted) > MOST_STARTS:
        raise UserError(f"{len(wanted):,} runs are too many; at most {MOST_STARTS:,}")
    made = []
    for place, one in enumerate(wanted):
        if isinstance(one, Run):
            made.append(one)
        else:
            made.append(_of_wish(read_run(one), experiment, options, place))
        _check_start(experiment, made[-1].start)
    return tuple(made)


def _of_wish(wish: RunWish, experiment: Experiment, options: Options, place: int) -> Run:
    """Return the run of a text; what it leaves out is as the other options have it."""
    draft = experiment.draft
    start = draft.start if wish.start is None else wish.start
    _check_start(experiment, start)
    kind = made_optimizer(wish.optimizer or (draft.optimizer.key, {}), experiment, options, start)
    said: Options = {}
    if wish.noise is not None:
        said["noise"] = wish.noise
    if wish.batch is not None:
        said["batch_size"] = wish.batch
    if not said:
        for name in ("noise", "batch_size"):
            if name in options:
                said[name] = options[name]
    seed = options.get("seed") if wish.seed is None else wish.seed
    if seed is not None:
        said["seed"] = seed
    return Run(
        optimizer=kind,
        start=start,
        steps=options.get("steps", draft.steps) if wish.steps is None else wish.steps,
        schedule=wish.schedule or _schedule(options, draft.schedule, kind),
        noise=None if wish.noiseless else _noise(said, draft.noise),
        name=" ".join(wish.name.split()),
        color=place if wish.color is None else wish.color,
        hidden=wish.hidden,
    )


def _tuned(run: Run, options: Options, place: int) -> Run:
    """Return a run with what the options say of all runs."""
    kind = run.optimizer
    if "learning_rate" in options and kind.has_learning_rate():
        kind = with_hyperparameters(kind, learning_rate=options["learning_rate"])
    noise = run.noise
    if any(name in options for name in ("noise", "batch_size", "seed")):
        noise = reseeded(_noise(options, run.noise), place)
    return replace(
        run,
        optimizer=kind,
        steps=options.get("steps", run.steps),
        schedule=_schedule(options, run.schedule, kind),
        noise=noise,
    )


def made_optimizer(
    wanted: Choice | Optimizer, experiment: Experiment, options: Options, start: Start
) -> Optimizer:
    """Return an optimizer; a rate that isn't given is one that does well from the start."""
    if isinstance(wanted, Optimizer):
        return wanted
    name, values = wanted
    draft = experiment.draft.optimizer
    kind = optimizer(name, **values)
    if not kind.has_learning_rate() or "learning_rate" in values:
        return kind
    if "learning_rate" in options:
        return with_hyperparameters(kind, learning_rate=options["learning_rate"])
    if isinstance(kind, type(draft)):
        return with_hyperparameters(kind, learning_rate=getattr(draft, "learning_rate"))  # noqa: B009
    return suggested_optimizer(kind, experiment.landscape, start)


def _wanted_optimizers(options: Options) -> list[Choice | Optimizer]:
    wanted = options.get("optimizer", ())
    several = (wanted,) if isinstance(wanted, (str, Optimizer)) else wanted
    return [choice_of(one) if isinstance(one, str) else one for one in several]


def _schedule(options: Options, before: Schedule, kind: Optimizer) -> Schedule:
    if "schedule" not in options:
        return before if kind.can_be_scheduled() else CONSTANT
    wanted = options["schedule"]
    return read_schedule(wanted) if isinstance(wanted, str) else wanted


def _noise(options: Options, before: Noise | None) -> Noise | None:
    seed = options.get("seed")
    wanted = options.get("noise")
    if isinstance(wanted, (GradientNoise, MiniBatch)):
        before = wanted
    elif wanted is not None:
        return GradientNoise(wanted, seed or 0)
    elif "batch_size" in options:
        return MiniBatch(options["batch_size"], seed or 0)
    return before if before is None or seed is None else replace(before, seed=seed)


def _starts(experiment: Experiment, options: Options) -> list[Start]:
    landscape = experiment.landscape
    rng = np.random.default_rng(options.get("seed", 0))
    starts: list[Start] = []
    for one in _listed(options.get("start", ()), landscape.dimension):
        if isinstance(one, str):
            starts += parse_starts(one, landscape, experiment.view.domain, rng)
        else:
            starts.append(tuple(np.atleast_1d(np.asarray(one, dtype=np.float64)).tolist()))
            _check_start(experiment, starts[-1])
    return starts or [experiment.draft.start]


def _listed(wanted: StartLike | Sequence[StartLike], dimension: int) -> list[StartLike]:
    """Return one or several starts as several; numbers alone are one with several parameters."""
    if isinstance(wanted, (str, float, int)):
        return [wanted]
    several: list[StartLike] = list(wanted)
    if (
        dimension > 1
        and several
        and not any(np.ndim(one) or isinstance(one, str) for one in several)
    ):
        return [np.array(several, dtype=np.float64)]
    return several


def _check_start(experiment: Experiment, start: Start) -> None:
    landscape = experiment.landscape
    if len(start) != landscape.dimension:
        raise UserError(
            f"start {format_point(start)} has {len(start)} number{'s' * (len(start) != 1)}, but "
            f"{landscape.name} has "
            f"{landscape.dimension}: {', '.join(landscape.parameters)}"
        )


def _check_rate(runs: Sequence[Run], options: Options) -> None:
    if "learning_rate" not in options or any(run.optimizer.has_learning_rate() for run in runs):
        return
    if runs:
        raise UserError(f"a learning rate has no meaning here: '{runs[0].optimizer.key}' has none")


def _rows(wanted: int | Sequence[int], count: int) -> list[int]:
    """Return places from 0 of runs that are counted from 1."""
    rows = [wanted] if isinstance(wanted, int) else list(wanted)
    for row in rows:
        if not 1 <= row <= count:
            raise UserError(f"there is no run {row} to select; there are {count}")
    return [row - 1 for row in rows]
