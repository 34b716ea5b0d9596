"""A recorded step taken again is the step that was taken, bit for bit."""

import numpy as np
import pytest

from gdviz.engine import Descent, GradientNoise, MiniBatch, Recorder, iterate, step_detail
from gdviz.landscapes import Valley, preset
from gdviz.optimizers import OPTIMIZERS, FirstOrder, optimizer, schedule

VALLEY = Valley()
every_optimizer = pytest.mark.parametrize("key", list(OPTIMIZERS))


def computed(descent):
    recorder = Recorder(descent.recording)
    for chunk in iterate(descent):
        recorder.append(chunk)
    return recorder


def details(descent, row, steps):
    recorder = computed(descent)
    trajectory = recorder.trajectory()
    for step in steps:
        yield step_detail(descent, trajectory, recorder.states, row, step), trajectory


def tuned(key, rate=0.01):
    kind = OPTIMIZERS[key]()
    return optimizer(key, learning_rate=rate) if kind.has_learning_rate() else kind


@every_optimizer
def test_every_optimizers_step_leads_where_the_recorded_one_did(key):
    starts = [(-3.0, 4.0), (7.0, -2.0), (1.0, 0.5)]
    descent = Descent.of(preset("rosenbrock").build(), tuned(key, 1e-3), starts, 150)
    recorder = computed(descent)
    trajectory = recorder.trajectory()
    for row in range(3):
        last = min(trajectory.last_step[row], trajectory.outcome_step[row])
        for step in {0, 1, 5, 63, 64, 65, 130} & set(range(last)):
            detail = step_detail(descent, trajectory, recorder.states, row, step)
            assert detail is not None
            assert detail.params.tobytes() == trajectory.params[step, row].tobytes()
            assert detail.gradient.tobytes() == trajectory.gradient[step, row].tobytes()
            led_to = detail.params + detail.values["update"]
            assert led_to.tobytes() == trajectory.params[step + 1, row].tobytes()
            assert np.array_equal(detail.parts[-1].displacement, detail.values["update"])
            assert not detail.noisy


@pytest.mark.parametrize(
    "key",
    [
        key
        for key, kind in OPTIMIZERS.items()
        if issubclass(kind, FirstOrder) and kind.can_be_scheduled()
    ],
)
def test_noise_and_schedule_are_taken_again_too(key):
    descent = Descent.of(
        preset("regression").build(),
        tuned(key, 0.05),
        [(0.0, 0.0), (300.0, 100.0)],
        140,
        schedule=schedule("cosine"),
        noise=[MiniBatch(4, 1), MiniBatch(4, 2)],
    )
    for detail, trajectory in details(descent, 1, (0, 3, 64, 100)):
        led_to = detail.params + detail.values["update"]
        assert led_to.tobytes() == trajectory.params[detail.step + 1, 1].tobytes()
        assert detail.noisy
        assert not np.array_equal(detail.seen, detail.gradient)


def test_the_rate_told_is_that_of_the_step():
    descent = Descent.of(
        VALLEY, optimizer("gd", learning_rate=0.1), (-3.0, 4.0), 100, schedule=schedule("step")
    )
    (early, _), (late, _) = details(descent, 0, (10, 60))
    assert early.optimizer.learning_rate == 0.1
    assert late.optimizer.learning_rate == 0.05


def test_a_row_tells_its_own_hyperparameters():
    kind = optimizer("momentum", learning_rate=np.array([[0.01], [0.02]]), momentum=0.5)
    descent = Descent.of(VALLEY, kind, [(-3.0, 4.0)] * 2, 50)
    ((detail, _),) = details(descent, 1, (7,))
    assert detail.optimizer == optimizer("momentum", learning_rate=0.02, momentum=0.5)


def test_gradient_noise_tells_what_was_seen():
    noise = GradientNoise(0.5, 4)
    descent = Descent.of(VALLEY, optimizer("gd", learning_rate=0.1), (-3.0, 4.0), 50, noise=noise)
    ((detail, trajectory),) = details(descent, 0, (9,))
    step = trajectory.params[10, 0] - trajectory.params[9, 0]
    assert -step / 0.1 == pytest.approx(detail.seen, rel=1e-9)


def test_the_last_step_leads_nowhere():
    descent = Descent.of(VALLEY, optimizer("gd", learning_rate=0.1), (-3.0, 4.0), 50)
    ((detail, _),) = details(descent, 0, (50,))
    assert detail is None


def test_a_thinly_recorded_step_is_not_known():
    descent = Descent.of(VALLEY, optimizer("gd", learning_rate=1e-9), np.ones((2_000, 2)), 3_000)
    found = [detail is not None for detail, _ in details(descent, 5, (0, 900, 2_500))]
    assert found == [True, True, False]


def test_states_are_bounded_in_a_long_run():
    descent = Descent.of(VALLEY, optimizer("gd", learning_rate=1e-9), np.ones((2_000, 2)), 6_000)
    states = computed(descent).states
    assert all(step <= descent.recording.dense for step, _ in states)


def test_in_one_dimension_values_are_numbers():
    landscape = preset("parabola").build()
    descent = Descent.of(landscape, optimizer("momentum", learning_rate=0.1), (3.0,), 20)
    ((detail, trajectory),) = details(descent, 0, (4,))
    assert detail.values["update"] == trajectory.params[5, 0, 0] - trajectory.params[4, 0, 0]
