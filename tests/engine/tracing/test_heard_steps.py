"""Steps that are only listened to have the numbers of steps that are written down."""

import numpy as np
import pytest

from gdviz.engine import Descent
from gdviz.engine.tracing import StepTracer
from gdviz.landscapes import preset
from gdviz.optimizers import OPTIMIZERS, optimizer
from gdviz.optimizers.optimizer import FirstOrder
from gdviz.optimizers.schedule import schedule

FIRST_ORDER = [name for name, kind in OPTIMIZERS.items() if issubclass(kind, FirstOrder)]


def deaf(monkeypatch):
    """Let every step be written down."""
    monkeypatch.setattr(StepTracer, "_heard", lambda *_: None)


@pytest.mark.parametrize("name", FIRST_ORDER)
@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize("decay", ["constant", "exponential"])
def test_programs_and_numbers_are_the_same(name, rows, decay, monkeypatch):
    if decay != "constant" and not OPTIMIZERS[name].can_be_scheduled():
        pytest.skip("finds its own rates")
    settings = {"weight_decay": 0.01} if "weight_decay" in OPTIMIZERS[name].__annotations__ else {}
    rate = np.array([[0.1], [0.2]]) if rows else 0.1
    chosen = optimizer(name, learning_rate=rate, **settings)
    descent = Descent.of(
        preset("rosenbrock").build(), chosen, [(1.0, 0.5)] * 2, 40, schedule=schedule(decay)
    )
    heard = StepTracer(descent)
    by_ear = [heard.step(number) for number in range(40)]
    deaf(monkeypatch)
    written = StepTracer(descent)
    for number, (program, numbers) in enumerate(by_ear):
        other, others = written.step(number)
        assert program == other
        assert numbers == others
        assert heard.others(number) == written.others(number)


def test_steps_of_another_program_are_written_down():
    descent = Descent.of(preset("valley").build(), optimizer("radam"), (1.0, 1.0), 40)
    tracer = StepTracer(descent)
    programs = {id(tracer.step(number)[0]) for number in range(40)}
    assert len(programs) == 2
