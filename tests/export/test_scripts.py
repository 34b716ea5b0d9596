"""Stand-alone scripts compute the same bits with nothing but NumPy and the standard library."""

import ast
import io
import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gdviz.engine import GradientNoise, MiniBatch, Outcome, Recording
from gdviz.errors import UserError
from gdviz.experiment import Experiment, Run, open_experiment
from gdviz.export.csv_table import write_csv
from gdviz.export.formats import export
from gdviz.export.material import ExportSpec
from gdviz.export.script.whole import script_text
from gdviz.landscapes.fit import fit_landscape
from gdviz.landscapes.fit_choice import FitChoice
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.landscapes.regression import LineRegression
from gdviz.landscapes.sampled import SampledLandscape
from gdviz.optimizers import OPTIMIZERS, SCHEDULES, FirstOrder, optimizer, schedule
from gdviz.surfaces import SurfaceFile, Track
from gdviz.tables import read_table
from tests.export.material import computed, material_of

DRIVER = """
import builtins, contextlib, io, pathlib, sys, traceback

ALLOWED = {"numpy", *sys.stdlib_module_names}
real = builtins.__import__

def guarded(name, globals=None, locals=None, fromlist=(), level=0):
    if level == 0 and name.partition(".")[0] not in ALLOWED:
        raise ImportError(f"forbidden: {name}")
    return real(name, globals, locals, fromlist, level)

import numpy
builtins.__import__ = guarded
for script in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    code = compile(script.read_bytes(), str(script), "exec")
    sys.argv = [str(script), str(script.with_suffix(".out"))]
    told = io.StringIO()
    try:
        with contextlib.redirect_stdout(told):
            exec(code, {"__name__": "__main__"})
    except BaseException:
        told.write(traceback.format_exc())
    script.with_suffix(".txt").write_text(told.getvalue(), encoding="utf-8", errors="replace")
"""
RATES = {"radam": 1e-3, "lion": 0.02, "adam": 0.1, "adadelta": 1.0, "rprop": 0.01}


ROUNDS_ALIKE = platform.machine().lower() in ("x86_64", "amd64")
"""Elsewhere compilers may fuse operations of splines, and scripts of surfaces are refused."""


def all_optimizers(experiment, steps, rate=0.01, start=None):
    """Return an experiment with a run of every optimizer, one with other hyperparameters."""
    runs = []
    for name, kind in OPTIMIZERS.items():
        values = {}
        if issubclass(kind, FirstOrder):
            values["learning_rate"] = RATES.get(name, rate)
        runs.append(Run(optimizer(name, **values), start or experiment.draft.start, steps))
    adam = optimizer("adam", learning_rate=0.1, beta1=0.0, weight_decay=0.01)
    runs.append(replace(runs[0], optimizer=adam))
    return replace(experiment, runs=tuple(runs), draft=runs[0])


def of_formula(text, start, steps=25, rate=0.01):
    experiment = Experiment.on(FormulaLandscape.of(text), text)
    return all_optimizers(experiment, steps, rate, start)


def of_table(folder, choice, steps=25, rate=0.05, start=(0.3, -0.2)):
    path = folder / "table.csv"
    if not path.exists():
        rng = np.random.default_rng(5)
        x = rng.normal(3.0, 2.0, 57)
        y = 2.0 * x + rng.normal(size=57)
        rows = [f"{a!r},{b!r},{int(b > 6)}" for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        path.write_text('"""\n",y,c\n'.replace('"""\n"', '"it""s \nx"') + "\n".join(rows))
    table = read_table(path)
    feature = table.columns[0].name
    landscape = fit_landscape(table, FitChoice(feature, *choice))
    experiment = Experiment.on(landscape, "table", Run(optimizer("gd"), start))
    return all_optimizers(experiment, steps, rate, start[: landscape.dimension])


def of_surface(*, logs=False, gap=False, one=False, steps=12):
    x, y = np.linspace(-1.0, 1.5, 9), np.linspace(-1.0, 1.0, 7)
    loss = (x - 0.3) ** 2 + 0.1 * np.sin(5 * x) + 2.0
    if not one:
        loss = loss + 0.5 * y[:, np.newaxis] ** 2 * (1.0 + 0.2 * x)
    if logs:
        loss = np.exp(3.0 * loss)
    if gap:
        loss[1, 2] = np.nan
    surface = SurfaceFile.of(Path("s.h5"), x, None if one else y, {"loss": loss})
    experiment = Experiment.on(SampledLandscape.of(surface), "s.h5")
    return all_optimizers(experiment, steps, 0.02, (-0.7,) if one else (-0.7, 0.8))


def scheduled(source, noise=None):
    """Return runs with every schedule, and with noise or batches on top."""
    kinds = [schedule(name) for name in SCHEDULES] + [
        schedule("step", period=7, gamma=0.3, warmup=5),
        schedule("cosine", period=30, lowest=0.1, warmup=3),
    ]
    runs = [
        Run(optimizer(name, learning_rate=0.03), source.draft.start, 150, kind, noise)
        for kind in kinds
        for name in ("gd", "adam")
    ]
    return replace(source, runs=tuple(runs), draft=runs[0])


def named(source, names):
    runs = tuple(replace(source.draft, name=name, steps=3) for name in names)
    return replace(source, runs=runs)


HOSTILE = [
    "'''", '"""', '"; raise SystemExit("gotcha") #', "\\", "\\N{DIGIT ONE}",
    "a\nraise SystemExit(1)",
    "\u2028raise SystemExit(1)", "\r\nraise SystemExit(1)", "{x!r} %s", "\0", "\ud800", "\u202etxt",
    '\\"""\nraise SystemExit(1)\n"""',
]  # fmt: skip


def cases(folder):
    """Yield names and experiments."""
    valley, wave = open_experiment("valley"), open_experiment("wave")
    yield "valley", all_optimizers(valley, 150, 0.1)
    yield "rosenbrock", all_optimizers(open_experiment("rosenbrock"), 30, 0.002)
    yield "ackley", all_optimizers(open_experiment("ackley"), 30)
    yield "bukin", all_optimizers(open_experiment("bukin"), 25, 0.0005)
    yield "kink", all_optimizers(open_experiment("kink"), 70, 0.05)
    yield "diverging", all_optimizers(open_experiment("quartic"), 300, 1.0)
    yield "gaps", of_formula("ln(x) x + sqrt(y) + cbrt(x - y)/7", (0.3, 0.2), rate=0.1)
    yield "powers", of_formula("|x|^3/x^7 + y^5 + max(x, y) + floor(3x) + softplus(x)", (1.5, -0.2))
    yield (
        "letters",
        of_formula("f(lambda, t0) = theta lambda^2 + x0 (t0 - 1)^4 + lambda t0", (1.5, -0.2)),
    )
    yield "line", all_optimizers(open_experiment("regression"), 25, 0.1)
    yield "proportional", all_optimizers(open_experiment("regression-w1"), 25, 0.1)
    yield "mae", of_table(folder, ("y", "linear", "mae"))
    yield "huber", of_table(folder, ("y", "linear", "huber", False, True), start=(0.3,))
    yield "log", of_table(folder, ("c", "logistic", "log", True, True))
    yield "mse", of_table(folder, ("y", "linear", "mse", True, True))
    if ROUNDS_ALIKE:
        yield "surface", of_surface()
        yield "surface-log-gap", of_surface(logs=True, gap=True)
        yield "surface-one", of_surface(one=True)
    yield "schedules", scheduled(wave)
    yield "noise", scheduled(valley, GradientNoise(0.3, 11))
    yield (
        "batches",
        scheduled(of_table(folder, ("y", "linear", "mse", True, True)), MiniBatch(8, 3)),
    )
    log = of_table(folder, ("c", "logistic", "log", True, True))
    yield "batches-log", scheduled(log, MiniBatch(100, 3))
    line = scheduled(open_experiment("regression-w1"), MiniBatch(5, 2))
    yield "batches-one", replace(line, runs=line.runs[:2])
    track = Track('tra"ck\n', np.array([[0.0, -1.0], [1.0, 2.5]]))
    yield "recorded", replace(valley, title='"""\n\\').recorded(track)
    yield "hostile", named(replace(valley, title=HOSTILE[-1]), HOSTILE)
    yield "none", valley.cleared()


def thinned():
    """Return runs of which some steps are left out, as of very long ones."""
    valley = open_experiment("valley")
    rates = (0.1, 0.02, 1.0)
    runs = tuple(Run(optimizer("gd", learning_rate=rate), (-3.0, 4.0), 301) for rate in rates)
    experiment = replace(valley, runs=runs, draft=runs[0])
    made = []
    for trajectory, dense in zip(computed(experiment), (20, 33, 4), strict=True):
        last = trajectory.last_step[0]
        kept = np.union1d(Recording(301, dense).kept(0, last), [last])
        arrays = {name: getattr(trajectory, name)[kept] for name in ("params", "loss", "gradient")}
        made.append(replace(trajectory, steps=kept, **arrays, thinned="Some are left out."))
    return material_of(experiment, made)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Return what each script wrote, what gdviz writes, and what the script told."""
    folder = tmp_path_factory.mktemp("scripts")
    wanted, materials = {}, {}
    made = {
        name: material_of(experiment, [*computed(experiment), *experiment.recordings()])
        for name, experiment in cases(folder)
    }
    made["thinned"] = thinned()
    for name, material in made.items():
        (folder / f"{name}.py").write_text(script_text(material), encoding="utf-8")
        table = io.BytesIO()
        write_csv(material, ExportSpec(), table, lambda _share: None)
        wanted[name], materials[name] = table.getvalue(), material
    driver = folder / "driver"
    driver.write_text(DRIVER)
    subprocess.run([sys.executable, "-I", driver, folder], check=True, timeout=300)
    return folder, wanted, materials


NAMES = [
    *("valley", "rosenbrock", "ackley", "bukin", "kink", "diverging", "gaps", "powers", "letters"),
    *("line", "proportional", "mae", "huber", "log", "mse", "surface", "surface-log-gap"),
    *("surface-one", "schedules", "noise", "batches", "batches-log", "batches-one"),
    *("recorded", "hostile", "none", "thinned"),
]
if not ROUNDS_ALIKE:
    NAMES = [name for name in NAMES if not name.startswith("surface")]


def test_all_cases_are_looked_at(results):
    assert list(results[1]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_script_writes_the_very_table_of_gdviz(results, name):
    folder, wanted, _ = results
    told = (folder / f"{name}.txt").read_text(encoding="utf-8")
    assert "Traceback" not in told, told
    made = (folder / f"{name}.out").read_bytes()
    if made != wanted[name]:
        pairs = zip(made.split(b"\n"), wanted[name].split(b"\n"), strict=False)
        raise AssertionError(next((a, b) for a, b in pairs if a != b))


@pytest.mark.parametrize("name", NAMES)
def test_a_script_tells_how_each_run_ended(results, name):
    folder, _, materials = results
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    ends = [line for line in lines if " at step " in line]
    made = materials[name].trajectories
    assert len(ends) == len(made)
    for line, trajectory in zip(ends, made, strict=True):
        step = trajectory.outcome_step[0]
        assert f": {trajectory.outcome[0].value} at step {step}, last loss" in line


@pytest.mark.skipif(not ROUNDS_ALIKE, reason="only surfaces have borders")
def test_the_cases_end_in_every_way(results):
    materials = results[2].values()
    ends = {one.outcome[0] for material in materials for one in material.trajectories}
    assert ends == set(Outcome) - {Outcome.RUNNING}


@pytest.mark.parametrize("name", ["hostile", "log", NAMES[15], "batches"])
def test_a_script_imports_only_numpy_and_the_standard_library(results, name):
    tree = ast.parse((results[0] / f"{name}.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    roots = {ast.unparse(node).split()[1].partition(".")[0] for node in imports}
    assert roots <= {"numpy", *sys.stdlib_module_names}
    assert "SystemExit" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_a_function_that_numpy_lacks_is_refused_by_name():
    experiment = Experiment.on(FormulaLandscape.of("erf(x)^2 + y^2"), "erf")
    with pytest.raises(UserError, match="NumPy alone, which has no 'erf'"):
        script_text(material_of(experiment))


def test_a_script_runs_by_itself(tmp_path):
    valley = open_experiment("valley")
    material = material_of(valley)
    script, table = tmp_path / "valley.py", tmp_path / "out.csv"
    export(script, material, ExportSpec())
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", script, table],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("   1  Gradient descent: converged at step")
    assert done.stderr == ""
    wanted = io.BytesIO()
    write_csv(material, ExportSpec(), wanted, lambda _share: None)
    assert table.read_bytes() == wanted.getvalue()


def test_a_script_of_one_plain_run_is_short_and_holds_what_it_needs_only():
    valley = open_experiment("valley")
    text = script_text(material_of(valley))
    assert text.count("\n") < 170
    assert "hessian" not in text
    assert "Explanation" not in text
    assert "hyperparameter" not in text
    tree = ast.parse(text)
    assert [node.name for node in tree.body if isinstance(node, ast.ClassDef)] == [
        "Landscape",
        "GradientDescent",
    ]


def test_equal_names_of_different_modules_are_told_apart():
    experiment = open_experiment("valley")
    runs = [replace(experiment.draft, optimizer=optimizer(key)) for key in ("bfgs", "lbfgs")]
    tree = ast.parse(script_text(material_of(replace(experiment, runs=tuple(runs)))))
    names = [node.name for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))]
    assert len(names) == len(set(names))
    assert {"_State", "_LbfgsState"} <= set(names)


def test_the_same_experiment_gives_the_same_script():
    experiment = scheduled(open_experiment("rosenbrock"), GradientNoise(0.1, 2))
    material = material_of(experiment)
    assert script_text(material) == script_text(material)


def test_a_table_that_is_too_long_is_refused_where_its_rows_are_needed():
    rng = np.random.default_rng(2)
    feature = rng.normal(size=100_001)
    landscape = LineRegression.from_columns(feature, 2.0 * feature)
    experiment = Experiment.on(landscape, "long", Run(optimizer("gd"), (0.0, 0.0), 5))
    text = script_text(material_of(experiment))
    assert "100,001 rows" in text
    assert len(text) < 10_000
    batched = (replace(experiment.draft, noise=MiniBatch(10)),)
    with pytest.raises(UserError, match="up to 100,000 are written"):
        script_text(material_of(replace(experiment, runs=batched)))


def test_a_surface_that_rounds_otherwise_is_refused(monkeypatch):
    experiment = of_surface(steps=2)
    material = material_of(experiment)
    spline = type(experiment.landscape.spline)
    exact = spline.derivative
    monkeypatch.setattr(spline, "derivative", lambda *given: exact(*given) * (1.0 + 2.0**-52))
    with pytest.raises(UserError, match="round otherwise"):
        script_text(material)


def test_a_script_of_some_of_the_runs_leaves_out_the_others():
    track = Track("walk", np.array([[0.0, -1.0], [1.0, 2.5]]))
    experiment = scheduled(open_experiment("valley")).recorded(track)
    text = script_text(material_of(experiment, computed(experiment)[:2]))
    assert text.count('"start":') == 2
    assert "RECORDED" not in text
