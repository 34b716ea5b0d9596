"""An update rule in LaTeX, with letters and with one step's numbers."""

import re

import numpy as np
import pytest

from gdviz.engine import Descent, GradientNoise, Recorder, iterate, step_detail
from gdviz.engine.put_in import is_exact, put_in, value_latex
from gdviz.engine.update_notation import step_notation, update_rule
from gdviz.landscapes import PRESETS
from gdviz.optimizers import OPTIMIZERS, Momentum, optimizer
from gdviz.optimizers.symbols import names_in

FLAT = np.array([2.0, -0.5])


def detail_of(kind, preset="valley", step=3, *, noise=None, **given):
    """Return what a step of a run is made of, as the window asks for it."""
    landscape = {preset.name: preset for preset in PRESETS}[preset].build()
    start = np.full(landscape.dimension, 0.75) + landscape.domain.center
    descent = Descent.of(landscape, optimizer(kind, **given), start, 8, noise=noise)
    recorder = Recorder(descent.recording)
    for chunk in iterate(descent):
        recorder.append(chunk)
    trajectory = recorder.trajectory()
    last = int(trajectory.last_step[0]) - 1
    return step_detail(descent, trajectory, recorder.states, 0, min(step, last))


def texts(groups):
    return [line.latex for group in groups for line in group]


# --- numbers in a template ---


@pytest.mark.parametrize(
    ("template", "values", "latex"),
    [
        ("<x> - <a> <g>", {"x": 1.0, "a": 0.1, "g": 2.0}, r"1 - 0.1 \cdot 2"),
        ("<x> - <a> <g>", {"x": 1.0, "a": 0.1, "g": -2.0}, r"1 - 0.1 \left(-2\right)"),
        ("<x> - <g>", {"x": -1.0, "g": -2.0}, r"-1 - \left(-2\right)"),
        ("<y> = <x>", {"x": -1.0, "y": -2.0}, "-2 = -1"),
        ("<x>^2", {"x": -3.0}, r"\left(-3\right)^2"),
        ("<x>^2", {"x": 1e-7}, r"\left(1 \times 10^{-7}\right)^2"),
        ("(1 - <b>) <g>", {"b": 0.9, "g": 4.0}, r"(1 - 0.9) \cdot 4"),
        ("<b>^{<k>} <g>", {"b": 0.9, "k": 12.0, "g": 4.0}, r"0.9^{12} \cdot 4"),
        (r"\frac{<x>}{<y>}", {"x": -1.0, "y": -2.0}, r"\frac{-1}{-2}"),
        (r"<a> \frac{<x>}{2}", {"a": 0.1, "x": 3.0}, r"0.1 \cdot \frac{3}{2}"),
        (r"<a> \operatorname{sign}(<x>)", {"a": 0.1, "x": -3.0}, r"0.1 \operatorname{sign}(-3)"),
        (r"\mathrm{max} <x>", {"x": 3.0}, r"\mathrm{max} 3"),
    ],
)
def test_numbers_stand_as_one_writes_them(template, values, latex):
    assert put_in(template, values) == latex


def test_vectors_are_columns_and_bring_their_own_parentheses():
    column = r"\begin{pmatrix}2 \\ -0.5\end{pmatrix}"
    values = {"x": FLAT, "a": 0.1, "H": np.array([[1.0, 2.0], [3.0, -4.0]])}
    assert put_in("<a> <x>", values) == f"0.1 {column}"
    assert put_in("<x>^2", values) == f"{{{column}}}^2"
    assert put_in(r"f(<x>) - \left(<x>\right)", values) == f"f{column} - {column}"
    assert value_latex(values["H"]) == r"\begin{pmatrix}1 & 2 \\ 3 & -4\end{pmatrix}"


def test_a_single_component_is_a_plain_number():
    assert value_latex(np.array([-0.5])) == "-0.5"
    assert value_latex(np.array([[4.0]])) == "4"


def test_what_is_no_number_is_told_in_words():
    assert value_latex(np.array([np.inf, np.nan])) == (
        r"\begin{pmatrix}\infty \\ \text{undefined}\end{pmatrix}"
    )


def test_a_value_is_exact_only_if_its_digits_are_all_shown():
    assert is_exact(0.25)
    assert is_exact(1e-7)
    assert is_exact(np.array([1.0, -0.5]))
    assert not is_exact(1 / 3)
    assert not is_exact(np.array([1.0, 123456.7]))


def test_a_name_without_a_value_is_a_mistake():
    with pytest.raises(KeyError):
        put_in("<x> + <y>", {"x": 1.0})


# --- every optimizer ---


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_a_rule_holds_no_names_in_brackets(kind):
    for line in update_rule(OPTIMIZERS[kind]()):
        assert not names_in(line.latex)
        assert not re.search(r"<\w", line.latex)


@pytest.mark.parametrize("preset", ["valley", "parabola"])
@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_a_step_puts_numbers_in_for_all_names(kind, preset):
    detail = detail_of(kind, preset)
    rule = update_rule(detail.optimizer)
    first, *pairs = step_notation(detail)
    assert [line.kind for line in first] == ["gradient"]
    assert tuple(letters for letters, _numbers in pairs) == rule
    for letters, numbers in pairs:
        assert not re.search(r"<\w", numbers.latex)
        assert numbers.kind == letters.kind
    assert "update" in {letters.kind for letters, _numbers in pairs}


def test_a_rule_with_hyperparameters_switched_on_typesets_their_lines():
    plain = update_rule(OPTIMIZERS["momentum"]())
    decayed = update_rule(Momentum(weight_decay=0.1))
    assert len(decayed) == len(plain) + 1
    assert decayed[0].latex == r"h_k = g_k + \lambda x_k"


# --- one step ---


def test_the_numbers_are_those_of_the_step():
    detail = detail_of("gd", learning_rate=0.25)
    (gradient,), (_letters, numbers) = step_notation(detail)
    assert gradient.latex.startswith(r"g_k = \nabla f(x_k) ")
    assert value_latex(detail.gradient) in gradient.latex
    before, after = value_latex(detail.params), value_latex(detail.params + detail.values["update"])
    sign = "=" if is_exact(detail.values["x'"]) else r"\approx"
    slope = value_latex(detail.gradient)
    assert numbers.latex == rf"x_{{k+1}} = {before} - 0.25 {slope} {sign} {after}"


def test_noise_shows_both_gradients_and_that_they_differ():
    detail = detail_of("gd", noise=GradientNoise(0.5, 3))
    true, seen = step_notation(detail)[0]
    assert true.latex.startswith(r"\nabla f(x_k) ")
    assert value_latex(detail.gradient) in true.latex
    assert seen.latex.startswith("g_k ")
    assert value_latex(detail.seen) in seen.latex
    assert seen.latex.endswith(r"\ne \nabla f(x_k)")
    assert value_latex(detail.seen) in texts(step_notation(detail)[1:])[1]


def test_the_kinds_tell_momentum_scaling_and_the_update_apart():
    kinds = {line.left: line.kind for line in update_rule(OPTIMIZERS["adam"]())}
    assert kinds == {
        "m_{k+1}": "momentum",
        "v_{k+1}": "scaling",
        r"\hat{m}_{k+1}": "momentum",
        r"\hat{v}_{k+1}": "scaling",
        "x_{k+1}": "update",
    }


def test_assignments_that_share_a_line_get_one_each():
    lines = update_rule(OPTIMIZERS["bfgs"]())
    assert not any(r"\quad" in line.latex for line in lines)
    assert {"s_k", "y_k", r"\rho_k"} <= {line.left for line in lines}
