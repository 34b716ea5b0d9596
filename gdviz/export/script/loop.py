"""The parts of a script that take the steps, tell how runs end, and write them down."""

from __future__ import annotations

from dataclasses import dataclass

from gdviz.engine.endings import NEARBY, REST_STEPS, RUNAWAY
from gdviz.engine.iterate import CHUNK_STEPS

__all__ = ["Needs", "loop_text"]


@dataclass(frozen=True)
class Needs:
    """What the runs of a script need beside the plain loop.

    Attributes
    ----------
    limits : bool
        Whether the landscape ends somewhere.
    schedule, noise, batches : bool
        Whether a run has one.
    thinned : bool
        Whether steps are left out.
    recorded : bool
        Whether there are runs that were recorded elsewhere.
    objective : bool
        Whether an optimizer asks for more than gradients.
    """

    limits: bool = False
    schedule: bool = False
    noise: bool = False
    batches: bool = False
    thinned: bool = False
    recorded: bool = False
    objective: bool = False


def loop_text(flat: float, needs: Needs) -> str:
    """Return the loop and what follows it.

    Parameters
    ----------
    flat : float
        The norm of a gradient that counts as 0.
    needs : Needs
    """
    pieces = [_MIDDLE]
    if needs.noise or needs.batches:
        pieces.append(_seen(needs))
    if needs.thinned:
        pieces.append(_KEPT)
    pieces += [_ending(needs), _descend(flat, needs)]
    if needs.recorded:
        pieces.append(_OVERLAID)
    return "\n\n\n".join([*pieces, _MAIN.replace("EXTRA", _EXTRA if needs.recorded else "")])


_MIDDLE = """\
LOW, HIGH = np.transpose(DOMAIN)
WIDTH, CENTER = HIGH - LOW, LOW + 0.5 * (HIGH - LOW)"""


def _seen(needs: Needs) -> str:
    made = []
    noise = batches = ""
    if needs.noise:
        made.append(f'''\
@lru_cache(maxsize=1)
def errors(seed, block):
    """Return normal errors for {CHUNK_STEPS} steps."""
    shape = ({CHUNK_STEPS}, len(PARAMETERS))
    return np.random.default_rng([seed, block]).standard_normal(shape)''')
        noise = f"""
    if "noise" in run:
        scale, seed = run["noise"]
        return slope + errors(seed, step // {CHUNK_STEPS})[step % {CHUNK_STEPS}] * scale"""
    if needs.batches:
        made.append('''\
@lru_cache(maxsize=1)
def shuffled(seed, epoch):
    """Return the rows of the table in the order of an epoch."""
    return np.random.default_rng([seed, epoch]).permutation(LABEL.size)''')
        batches = """
    if "batch" in run:
        size, seed = min(run["batch"][0], LABEL.size), run["batch"][1]
        epoch, place = divmod(step, -(-LABEL.size // size))
        return batch_gradient(point, shuffled(seed, epoch)[place * size : (place + 1) * size])"""
    made.append(f'''\
def seen(run, step, point, slope):
    """Return what the optimizer is shown instead of the gradient."""{noise}{batches}
    return slope''')
    return "\n\n\n".join(made)


_KEPT = '''\
def is_kept(run, step):
    """Tell whether a step is written down: all at first, then every 2nd, 4th, ..."""
    stride = 1
    while "dense" in run and step > run["dense"] * stride:
        stride *= 2
    return step % stride == 0 or step in (run["steps"], run.get("last"))'''


def _ending(needs: Needs) -> str:
    outside = left = ""
    inside = "near and known and sloped"
    if needs.limits:
        outside = """
    outside = np.any((point < LOW) | (point > HIGH))"""
        inside = "near and known and sloped and not outside"
        left = '''
    if outside and np.all(np.isfinite(point)):
        return "left the domain"'''
    return f'''\
def ending(point, value, slope, farthest):
    """Return how a run ends at a point; None while it goes on."""
    near = np.all(np.abs(point - CENTER) <= farthest)
    known, sloped = np.isfinite(value), np.all(np.isfinite(slope)){outside}
    if {inside}:
        return None{left}
    gap = np.isnan(value) or np.isneginf(value) or (known and not sloped)
    if near and not gap:  # an infinite loss: a pole, unless it is as large all around
        around = point + np.outer([-{NEARBY!r}, {NEARBY!r}], WIDTH)
        gap = np.isfinite(Landscape().loss(around)).any()
    return "undefined" if near and gap else "diverged"'''


def _descend(flat: float, needs: Needs) -> str:
    rule, shown, keep = "optimizer", "slope", ""
    changed = ""
    if needs.schedule:
        rule = "rule"
        changed = """
        rule = optimizer
        if "schedule" in run:
            factor = run["schedule"].factors(np.array([step]), run["steps"])[0]
            rule = replace(optimizer, learning_rate=optimizer.learning_rate * float(factor))"""
    if needs.noise or needs.batches:
        shown = "seen(run, step, point, slope)"
    if needs.thinned:
        keep = " if is_kept(run, held)"
    method, asked = ("advance", "landscape, ") if needs.objective else ("update", "")
    records = "records.append((step, *numbers))"
    if needs.thinned:
        records = "if is_kept(run, step):\n            " + records
    return f'''\
@np.errstate(all="ignore")
def descend(run):
    """Return the records of a run, how it ended, and at which step."""
    landscape, optimizer = Landscape(), run["optimizer"]
    point = np.array([run["start"]])
    state = optimizer.init(point)
    farthest = {RUNAWAY:g} * np.maximum(WIDTH, np.abs(point - CENTER))
    records, flat_since, at_rest = [], None, 0
    for step in range(run["steps"] + 1):
        value, slope = landscape.loss(point)[0], landscape.gradient(point)
        norm = np.hypot.reduce(slope, axis=1)[0]
        numbers = [*point[0].tolist(), float(value), *slope[0].tolist(), float(norm)]
        outcome = ending(point, value, slope, farthest)
        if outcome is not None:
            on_a_kink = outcome == "undefined" and np.isfinite(value)
            if on_a_kink or step == 0:
                records.append((step, *numbers))
            return records, outcome, step
        {records}
        if not np.sqrt(np.sum(slope**2)) <= {flat!r}:  # else it is as good as 0
            flat_since = None
        elif flat_since is None:
            flat_since = step
        block_ends = (step + 1) % {CHUNK_STEPS} == 0
        if block_ends and at_rest >= {REST_STEPS} and flat_since is not None:
            later = range(step + 1, run["steps"] + 1)
            records += [(held, *numbers) for held in later{keep}]
            break{changed}
        updates, state = {rule}.{method}({asked}{shown}, state, point)
        moved, point = point, point + updates
        at_rest = 0 if block_ends or np.any(moved != point) else at_rest + 1
    if flat_since is None:
        return records, "last step", run["steps"]
    return records, "converged", flat_since'''


_OVERLAID = '''\
@np.errstate(all="ignore")
def overlaid(points):
    """Return the records of a run that was recorded elsewhere, with this landscape's losses."""
    points = np.array(points)
    slopes = Landscape().gradient(points)
    norms = np.hypot.reduce(slopes, axis=1)
    numbers = np.column_stack([points, Landscape().loss(points), slopes, norms]).tolist()
    return [(step, *row) for step, row in enumerate(numbers)], "recorded", len(points) - 1'''

_EXTRA = """
    for label, points in RECORDED:
        results.append(({"label": label, "key": "recorded"}, *overlaid(points)))"""

_MAIN = '''\
def write_csv(path, results):
    """Write a row for each run and step."""
    slopes = [f"gradient_{name}" for name in PARAMETERS]
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\\n")
        table.writerow(["run", "optimizer", "step", *PARAMETERS, "loss", *slopes, "gradient_norm"])
        for number, (run, records, _, _) in enumerate(results, start=1):
            for step, *numbers in records:
                table.writerow([number, run["key"], step, *map(repr, numbers)])


def main():
    results = [(run, *descend(run)) for run in RUNS]EXTRA
    for number, (run, records, outcome, step) in enumerate(results, start=1):
        last = records[-1][len(PARAMETERS) + 1]
        print(f"{number:4}  {run['label']}: {outcome} at step {step}, last loss {last!r}")
    if len(sys.argv) > 1:
        write_csv(sys.argv[1], results)


if __name__ == "__main__":
    main()'''
