"""Very many runs go on with a compiled kernel once it is there, and with NumPy until then."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from gdviz.engine import Descent
from gdviz.engine.bulk import Bulk
from gdviz.engine.bulk.pilot import SteppingPilot
from gdviz.engine.compiled import KernelCache, Kernels
from gdviz.engine.compiled.pilot import CompiledPilot
from gdviz.engine.compiled.plan import Plan
from gdviz.engine.compiled.source import kernel_source
from gdviz.engine.compiled.workshop import Order
from gdviz.landscapes.formula import FormulaLandscape
from gdviz.optimizers import optimizer
from tests.engine.compiled.conftest import descent_of, ended, same_ends


def loaded(cache, descent):
    kernels = Kernels(cache)
    awaited = kernels.prepare(descent)
    assert awaited.wait(60)
    return kernels


@pytest.mark.usefixtures("no_child")
def test_a_known_kernel_is_loaded_without_a_child_and_ends_rows_as_numpy_does(filled):
    descent = descent_of(learning_rate=0.03)
    with loaded(filled, descent) as kernels:
        one = Bulk(descent, kernels=kernels)
        assert isinstance(one.pilot, CompiledPilot)
        plain = ended(descent)
        assert len(set(plain.outcome)) > 1
        same_ends(ended(descent, kernels=kernels), plain)
        for how in ({"threads": 2, "block_rows": 7}, {"threads": 3, "block_rows": 101}):
            same_ends(ended(descent, kernels=kernels, **how), plain)
        while one.open:
            one.advance(3)
        same_ends(one.arrivals, plain)


@pytest.mark.usefixtures("no_child")
def test_other_numbers_need_no_other_kernel(filled):
    rates = np.linspace(0.001, 0.03, 300)[:, np.newaxis]
    text = kernel_source(Plan(descent_of()).programs)
    faster = descent_of(learning_rate=0.02)
    assert kernel_source(Plan(faster).programs) == text
    with loaded(filled, faster) as kernels:
        same_ends(ended(faster, kernels=kernels), ended(faster))
    assert kernel_source(Plan(descent_of(learning_rate=rates)).programs) != text
    for name in ("adam", "adamw"):
        programs = {Plan(descent_of(name, learning_rate=r)).programs for r in (0.1, 1e-3)}
        assert len(programs) == 1


def test_a_turned_knob_needs_no_other_kernel():
    texts = set()
    for value in (0.5, 3.0):
        landscape = FormulaLandscape.of("a*x^2 + a^2*y^2 + sin(a*x)", {"a": value})
        descent = Descent.of(landscape, optimizer("adam"), (1.0, 2.0), 100)
        texts.add(kernel_source(Plan(descent).programs))
    assert len(texts) == 1


@pytest.mark.usefixtures("no_child")
def test_a_kernel_takes_over_between_two_advances(filled):
    descent = descent_of()
    kernels = loaded(filled, descent)
    ready = kernels.awaited(descent)
    held = Order(ready._order.text, compiles=False)
    ready._order = held

    class Coming:
        def awaited(self, _descent):
            return ready

    bulk = Bulk(descent, kernels=Coming())
    bulk.advance(21)
    assert isinstance(bulk.pilot, SteppingPilot)
    held.kernel = kernels.prepare(descent)._order.kernel
    held.over.set()
    bulk.advance(40)
    assert isinstance(bulk.pilot, CompiledPilot)
    while bulk.open:
        bulk.advance(100)
    same_ends(bulk.arrivals, ended(descent))


@pytest.mark.usefixtures("no_child")
def test_small_work_is_left_to_numpy(tmp_path):
    with Kernels(KernelCache(tmp_path / "none")) as kernels:
        assert kernels.awaited(descent_of(rows=10, steps=20)) is None
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("no_child")
def test_what_compiles_for_long_work_only_uses_what_is_there_all_the_same(filled, tmp_path):
    long = descent_of(rows=500_000, steps=1000)
    with Kernels(KernelCache(tmp_path / "none"), compiles_from=15.0) as kernels:
        awaited = kernels.awaited(long)
        assert not awaited.wait(60)
    with Kernels(filled, loads_from=1.0, compiles_from=15.0) as kernels:
        assert kernels.awaited(long).wait(60)


@pytest.mark.usefixtures("no_child")
def test_without_numba_there_are_no_kernels(monkeypatch, filled):
    monkeypatch.setitem(sys.modules, "numba", None)
    with Kernels(filled) as kernels:
        assert kernels.prepare(descent_of()) is None
        same_ends(ended(descent_of(), kernels=kernels), ended(descent_of()))


@pytest.mark.usefixtures("no_child")
def test_what_cannot_be_written_down_has_no_kernel(filled):
    with Kernels(filled) as kernels:
        assert kernels.prepare(descent_of("newton", learning_rate=1.0)) is None


def test_a_child_that_crashes_leaves_numpy_and_no_process(monkeypatch, tmp_path):
    children = spied(monkeypatch, [sys.executable, "-c", "import os; os.abort()"])
    with Kernels(KernelCache(tmp_path / "kernels")) as kernels:
        awaited = kernels.prepare(descent_of())
        assert not awaited.wait(60)
        assert awaited.pilot(None, None) is None
        assert kernels.prepare(descent_of())._order is awaited._order
    assert len(children) == 1
    assert children[0].returncode not in (None, 0)
    assert list((tmp_path / "kernels").iterdir()) == []


def test_closing_ends_what_compiles(monkeypatch, tmp_path):
    endless = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    children = spied(monkeypatch, endless)
    kernels = Kernels(KernelCache(tmp_path / "kernels"))
    orders = [kernels.prepare(descent_of(name)) for name in ("gd", "adam", "lion")]
    begun = threading.Event()
    while not children:
        begun.wait(0.01)
    kernels.close()
    assert all(order.over and not order.wait(0) for order in orders)
    assert [child.returncode for child in children] != [None]
    assert not [one for one in threading.enumerate() if one.name == "kernels"]
    assert kernels.prepare(descent_of("gd")).over


def test_a_child_ends_with_whoever_has_started_it(tmp_path):
    code = (
        "import threading; from gdviz.engine.compiled import child\n"
        "child.load = lambda folder: threading.Event().wait(60)\n"
        "child.main(['nothing'])"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    child.stdin.close()
    assert child.wait(30) == 1


def spied(monkeypatch, command):
    """Have another command started instead of the compiling one; return what is started."""
    children = []
    start = subprocess.Popen

    def started(_told, **how):
        children.append(start(command, **{**how, "stderr": subprocess.DEVNULL}))
        return children[-1]

    monkeypatch.setattr("gdviz.engine.compiled.workshop.subprocess.Popen", started)
    return children


def test_the_interpreter_ends_at_once_while_a_kernel_compiles(tmp_path):
    code = (
        "import sys, threading\n"
        "from gdviz.engine.compiled import kernels, workshop\n"
        "from tests.engine.compiled.conftest import descent_of\n"
        "start = workshop.subprocess.Popen\n"
        "def started(_, **how):\n"
        "    child = start([sys.executable, '-c', 'import time; time.sleep(60)'], **how)\n"
        "    print(child.pid, flush=True)\n"
        "    return child\n"
        "workshop.subprocess.Popen = started\n"
        "made = kernels.Kernels()\n"
        "made.prepare(descent_of())\n"
        "pause = threading.Event()\n"
        "while made._workshop._child is None: pause.wait(0.01)\n"
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    root = str(Path(__file__).parents[3])
    env["PYTHONPATH"] = os.pathsep.join((root, env.get("PYTHONPATH", "")))
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)
