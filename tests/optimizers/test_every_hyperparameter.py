"""What every hyperparameter of every optimizer refuses, in one clear line."""

import math

import numpy as np
import pytest

from gdviz.errors import UserError
from gdviz.optimizers import OPTIMIZERS, optimizer

every_hyperparameter = pytest.mark.parametrize(
    ("name", "declared"),
    [(name, declared) for name, kind in OPTIMIZERS.items() for declared in kind.hyperparameters()],
    ids=lambda value: value if isinstance(value, str) else value.name,
)


def refusal(name, **values):
    with pytest.raises(UserError) as caught:
        optimizer(name, **values)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


@every_hyperparameter
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_hyperparameter_may_be_nan_or_infinite(name, declared, value):
    message = refusal(name, **{declared.name: value})
    assert message.startswith(f"{declared.name} must be ")
    assert message.endswith(f"got {value:g}")


@every_hyperparameter
def test_every_end_of_a_range_holds(name, declared):
    """What lies beyond an end is refused, and the end itself if it is excluded."""
    beyond = [math.nextafter(declared.low, -math.inf)]
    beyond += [declared.low] if declared.low_open else []
    if math.isfinite(declared.high):
        beyond += [math.nextafter(declared.high, math.inf)]
        beyond += [declared.high] if declared.high_open else []
    for value in beyond:
        message = refusal(name, **{declared.name: value})
        assert message.startswith(f"{declared.name} must be ")
        assert message.endswith(f"{declared.range}, got {value:g}")


@every_hyperparameter
@pytest.mark.parametrize("value", ["fast", None, [0.1]], ids=["text", "none", "list"])
def test_no_hyperparameter_may_be_anything_but_a_number(name, declared, value):
    message = refusal(name, **{declared.name: value})
    assert message == f"{declared.name} must be a number, got {type(value).__name__}"


@every_hyperparameter
def test_a_misspelled_hyperparameter_of_any_optimizer_gets_a_near_one(name, declared):
    wrong = declared.name + "x"
    message = refusal(name, **{wrong: 0.1})
    assert message.startswith(f"'{name}' has no hyperparameter '{wrong}'; did you mean '")
    assert declared.name in message


@every_hyperparameter
def test_only_numbers_may_differ_per_row(name, declared):
    column = np.full((3, 1), float(declared.default or declared.slider[1]))
    if declared.kind == "number":
        kept = getattr(optimizer(name, **{declared.name: column}), declared.name)
        assert kept.tolist() == column.tolist()
        assert not kept.flags.writeable
    else:
        assert "must be a number" in refusal(name, **{declared.name: column})


def test_a_flag_is_kept_as_a_truth_value():
    for value in (True, 1, 1.0, np.True_):
        assert optimizer("rmsprop", centered=value).centered is True
    assert refusal("rmsprop", centered=0.5) == "centered must be 0 or 1, got 0.5"


def test_rprops_smallest_step_is_at_most_its_largest():
    assert refusal("rprop", smallest_step=2.0, largest_step=1.0) == (
        "smallest_step must be at most largest_step, got 2 and 1"
    )
    assert refusal("rprop", smallest_step=1.5, largest_step=np.array([[2.0], [1.0]])) == (
        "smallest_step must be at most largest_step, got 1.5 and 1"
    )
    assert optimizer("rprop", smallest_step=1.0, largest_step=1.0).smallest_step == 1.0
