"""What Numba makes of programs, against NumPy's own functions and against recorded runs."""

import numpy as np
import pytest

from gdviz.engine import Descent
from gdviz.engine.bulk import Bulk
from gdviz.engine.bulk.in_place import stepping_of
from gdviz.engine.bulk.stepping import begin
from gdviz.engine.compiled.expressions import row_code
from gdviz.engine.compiled.pilot import CompiledPilot, CompiledStepping, Kernel
from gdviz.engine.compiled.plan import Plan
from gdviz.engine.compiled.source import kernel_source
from gdviz.engine.tracing import Program, Tape
from gdviz.engine.tracing.tape import BINARY, UNARY
from gdviz.landscapes import preset
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import OPTIMIZERS, FirstOrder, optimizer
from gdviz.optimizers.schedule import schedule
from tests.engine.compiled.conftest import same_ends

FIRST_ORDER = [name for name, kind in OPTIMIZERS.items() if issubclass(kind, FirstOrder)]
ROUNDED = {
    *("exp", "log", "log2", "log10", "sin", "cos", "tan", "sinh", "cosh", "tanh", "cbrt"),
    *("arcsin", "arccos", "arctan", "arcsinh", "arccosh", "arctanh"),
    *("power", "arctan2", "logaddexp"),
}
TRUTHS = {"logical_not", "logical_and", "logical_or"}
ULPS = 4


def compiled(text):
    made = {}
    exec(compile(text.replace(", cache=True", ""), "<kernel>", "exec"), made)
    return made


def kernel_of(plan):
    made = compiled(kernel_source(plan.programs))
    return Kernel(made["take"], made["run"])


def test_each_function_has_numpys_bits_or_is_a_few_ulps_off():
    pytest.importorskip("numba")
    tape = Tape()
    params = tape.put("params", (), "vector")
    x, y = (tape.put("component", (params,), "row", axis) for axis in (0, 1))
    names, places = [], []
    yes = tape.put("less", (x, y), "row")
    no = tape.put("equal", (x, y), "row")
    for name in sorted(UNARY | BINARY | {"where"}):
        args = {"where": (yes, x, y), "logical_not": (yes,)}.get(name)
        if args is None:
            args = (yes, no) if name in TRUTHS else (x,) if name in UNARY else (x, y)
        names.append(name)
        places.append(tape.put(name, args, "row"))
    program = Program(2, tuple(tape.nodes), tuple(places), 0)
    lines, outputs = row_code(program, {"params": ["x", "y"]}, "n")
    text = "\n".join(
        [
            "import math, numpy as np",
            "from numba import njit",
            "@njit(error_model='numpy')",
            "def every(a, b, out):",
            "    for r in range(a.size):",
            "        x = a[r]",
            "        y = b[r]",
            *(f"        {line}" for line in lines),
            *(f"        out[{at}, r] = {name}" for at, (name,) in enumerate(outputs)),
        ]
    )
    special = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, np.inf, -np.inf, np.nan, 1e308, 5e-324, -3.7]
    numbers = np.random.default_rng(3)
    a = np.concatenate([np.repeat(special, len(special)), numbers.normal(0, 3, 2000)])
    b = np.concatenate([np.tile(special, len(special)), numbers.normal(0, 3, 2000)])
    out = np.empty((len(names), a.size))
    compiled(text)["every"](a, b, out)
    with np.errstate(all="ignore"):
        for name, found in zip(names, out, strict=True):
            args = (a, b) if name in BINARY else (a,)
            if name in TRUTHS:
                args = (a < b,) if name == "logical_not" else (a < b, a == b)
            right = np.where(a < b, a, b) if name == "where" else getattr(np, name)(*args)
            check(name, found, np.asarray(right, dtype=float))


def check(name, found, right):
    # Which of two zeros a maximum is, NumPy itself leaves open.
    assert np.array_equal(np.isnan(found), np.isnan(right)), name
    known = np.isfinite(right)
    np.testing.assert_array_equal(found[~known], right[~known], err_msg=name)
    if name in ROUNDED:
        off = np.abs(found[known] - right[known]) / np.spacing(np.abs(right[known]))
        assert off.max() <= ULPS, (name, off.max())
    else:
        np.testing.assert_array_equal(found, right, err_msg=name)


def test_steps_with_other_functions_and_limits_end_as_numpys():
    pytest.importorskip("numba")
    # A schedule, hyperparameters per row, exp, and a gap in which runs are undefined.
    landscape = FormulaLandscape.of("sqrt(x + 2) + exp(-x) + y^2 + 0.1*x^2*y")
    rows = 200
    numbers = np.random.default_rng(11)
    starts = numbers.uniform(-1.9, 3.0, (rows, 2))
    rates = 10.0 ** numbers.uniform(-3, 0.5, (rows, 1))
    descent = Descent.of(
        landscape,
        optimizer("momentum", learning_rate=rates),
        starts,
        300,
        schedule=schedule("cosine"),
    )
    compare(descent, kernel_of(Plan(descent)), exact=False)


def compare(descent, kernel, *, exact):
    plan = Plan(descent)
    fallback = stepping_of(descent)
    one, other = (begin(descent, np.arange(descent.rows)) for _ in range(2))
    stepping = CompiledStepping(kernel, plan, fallback)
    for first, count in ((0, 1), (1, 4), (5, 11), (16, 32)):
        stepping.advance(one, first, count)
        fallback.advance(other, first, count)
        for mine, its in zip((one.params, *one.arrays), (other.params, *other.arrays), strict=True):
            if exact:
                np.testing.assert_array_equal(mine, its)
            elif first == 0:
                np.testing.assert_allclose(mine, its, rtol=1e-12, atol=1e-12)
    bulks = Bulk(descent, threads=2, block_rows=77), Bulk(descent, threads=1)
    bulks[0].pilot = CompiledPilot(kernel, plan, bulks[0].judge, fallback)
    for bulk in bulks:
        for steps in (5, 11, 100, descent.steps):
            bulk.advance(steps)
    mine, its = (bulk.arrivals for bulk in bulks)
    if exact:
        same_ends(mine, its)
    else:
        assert np.mean(mine.outcome == its.outcome) > 0.97
        close = np.all(np.isclose(mine.params, its.params, rtol=1e-6, atol=1e-6), axis=0)
        assert close.mean() > 0.95


WIDE = {
    "rosenbrock": True,
    "himmelblau": True,
    "abs(x) + max(x, y)^2 + sqrt(x^2 + y^2 + 1)": True,
    "sin(x) * cos(y) + 0.1*(x^2 + y^2)": False,
    "x^4 - 2*x^2 + 0.3*x": True,
    "ln(x) + x^1.5 + y^2": False,
}


@pytest.mark.wide
@pytest.mark.parametrize("name", FIRST_ORDER)
@pytest.mark.parametrize("place", WIDE)
def test_every_optimizer_on_many_landscapes(place, name):
    landscape = preset(place).build() if place.isalpha() else FormulaLandscape.of(place)
    domain = landscape.domain
    starts = np.random.default_rng(5).uniform(domain.low, domain.high, (300, landscape.dimension))
    if "ln" in place:
        starts[:, 0] = np.abs(starts[:, 0]) + 0.1
    settings = {}
    if OPTIMIZERS[name]().has_learning_rate():
        settings = {"learning_rate": 0.004 if place == "rosenbrock" else 0.02}
    plan = None
    for steps, rate in ((500, 1.0), (333, 30.0)):
        made = {key: value * rate for key, value in settings.items()}
        descent = Descent.of(landscape, optimizer(name, **made), starts, steps)
        if plan is None:
            plan = Plan(descent)
            kernel = kernel_of(plan)
        assert Plan(descent).programs == plan.programs
        compare(descent, kernel, exact=WIDE[place])
