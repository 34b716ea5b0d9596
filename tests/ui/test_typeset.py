"""Equations become drawings, quickly enough, and are broken where one may break them."""

import pytest

from gdviz.landscapes.notation import MathLine
from gdviz.ui.latex_parts import factors_of, parts_of, terms_of, visible_length
from gdviz.ui.typeset import _drawing, is_loaded, load, typeset

COLUMN = r"\begin{pmatrix}-2.5 \\ 4\end{pmatrix}"


@pytest.mark.parametrize(
    "latex",
    [
        r"x_{k+1} = x_k - \eta g_k",
        rf"= {COLUMN} - 0.1 {{{COLUMN}}}^2",
        rf"\frac{{{COLUMN}}}{{\sqrt{{{COLUMN}}} + 1 \times 10^{{-8}}}}",
        r"\left(\frac{1}{2} - x\right) \le (1 - \frac{1}{2})^2",
        r"\begin{cases} \sqrt{\frac{a}{b}} & x \gt 5 \\ 1 & \text{otherwise} \end{cases}",
    ],
)
def test_what_makes_it_quicker_changes_no_drawing(latex):
    load()
    assert is_loaded()
    import ziamath

    assert _drawing(latex, 15.0, "#123456") == ziamath.Latex(latex, size=15, color="#123456").svg()


def test_what_is_no_latex_is_none(qapp):
    assert typeset(r"\frac{1", 15.0, "#000000") is None


def test_an_equation_is_broken_before_its_relations():
    line = MathLine("update", "x_{k+1}", rf"x_k - \eta (a = b) \approx {COLUMN}")
    assert parts_of(line) == ["x_{k+1}", r"= x_k - \eta (a = b)", rf"\approx {COLUMN}"]
    told = MathLine("plain", r"f(x) \le c", "")
    assert parts_of(told) == ["f(x)", r"\le c"]


def test_a_sum_is_broken_before_its_signs_but_not_inside_parentheses():
    assert terms_of(r"= a - (b - c) + \frac{d + e}{2} - 3") == [
        "= a", "- (b - c)", r"+ \frac{d + e}{2}", "- 3",
    ]  # fmt: skip
    assert terms_of(r"= - a") == ["= - a"]
    assert terms_of(r"\leftarrow x + \left(1 + y\right)") == [
        r"\leftarrow x", r"+ \left(1 + y\right)",
    ]  # fmt: skip


def test_a_product_is_broken_before_its_factors():
    assert factors_of(rf"= 0.1 {COLUMN} {{{COLUMN}}}^2 (1 - a)") == [
        "= 0.1", COLUMN, f"{{{COLUMN}}}^2", "(1 - a)",
    ]  # fmt: skip
    assert factors_of(rf"\approx {COLUMN}") == [rf"\approx {COLUMN}"]


def test_the_visible_length_leaves_out_what_is_not_drawn():
    assert visible_length(rf"= {COLUMN}") == len("=-2.54")
