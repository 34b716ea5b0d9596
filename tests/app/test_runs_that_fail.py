"""A run that cannot be computed is told of; the window goes on working."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from gdviz.experiment import open_experiment
from gdviz.optimizers import GradientDescent

TOLD = "the sensor is unplugged"


@dataclass(frozen=True)
class Broken(GradientDescent):
    """Gradient descent that cannot step from beyond 5."""

    def update(self, gradient, state, params):
        if np.any(params > 5.0):
            raise OSError(TOLD)
        return super().update(gradient, state, params)


@pytest.fixture
def workbench(open_workbench):
    experiment = open_experiment("valley")
    broken = Broken(learning_rate=0.1)
    run = replace(experiment.current, optimizer=broken)
    return open_workbench(replace(experiment, runs=(run,), draft=run))


def test_it_is_told_and_nothing_of_an_older_run_is_shown_for_it(qtbot, workbench, hand):
    hand.hold()
    assert hand.outcome
    hand.click_contour((6.0, 1.0))
    hand.wait_computed()
    assert workbench.window.statusBar().currentMessage() == TOLD
    assert workbench.conductor.trajectories == ()
    assert hand.outcome == ""
    assert hand.screen.playback.counter == "no run"
    assert hand.screen.contour._marks._traces == ()
    assert not hand.player.playing


def test_the_next_start_is_computed_as_ever(qtbot, workbench, hand):
    hand.hold()
    hand.click_contour((6.0, 1.0))
    hand.wait_computed()
    hand.click_contour((-1.0, 1.0))
    hand.hold()
    hand.step_shown_everywhere()
    assert hand.outcome == hand.trajectory.sentence()
