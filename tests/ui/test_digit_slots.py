"""Formulas whose digits change look as if they had been typeset anew."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from gdviz.landscapes import PRESETS
from gdviz.ui.digit_slots import Typesetter
from gdviz.ui.typeset import typeset

INK, PIXELS = "#112233", 15.0
FORMULAS = [
    r"{\left(9.876 - 2\right)}^{2} + 2 \cdot {\left(-1.234\right)}^{2} \approx 7.981",
    r"\frac{6.91}{5^{8}} + \sqrt{2 x} e^{3 \cdot 4.08}",
    r"\frac{\partial f}{\partial x}(1.234, -0.577)",
    r"10^{-5} \times 3.1",
    r"w_{1} = 454.2",
    r"7",
]


def pixels_of(drawn, scale=3.0):
    image = QImage(1500, 300, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn.draw(painter, 20.0, 150.0, scale)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(300, 1500, 4)
    return rows[..., 0].astype(float).copy()


def blurred(pixels, by=5):
    """Return local means, in which a shift of a fraction of a pixel is not seen."""
    summed = np.cumsum(np.cumsum(np.pad(pixels, ((1, 0), (1, 0))), axis=0), axis=1)
    return (summed[by:, by:] - summed[:-by, by:] - summed[by:, :-by] + summed[:-by, :-by]) / by**2


@pytest.mark.parametrize("latex", FORMULAS)
def test_filled_formulas_are_those_that_are_typeset(qapp, latex):
    typesetter = Typesetter()
    zeros = "".join("0" if letter.isdigit() else letter for letter in latex)
    assert typesetter.typeset(zeros, PIXELS, INK) is not None
    made, whole = typesetter.typeset(latex, PIXELS, INK), typeset(latex, PIXELS, INK)
    assert made.size.width() == pytest.approx(whole.size.width(), abs=2.0)
    assert made.ascent == pytest.approx(whole.ascent, abs=0.5)
    one, other = blurred(pixels_of(made)), blurred(pixels_of(whole))
    ink = (255.0 - other).sum()
    assert ink > 0.0
    # Digits' own edges decide where a picture begins: by a pixel at three times the size.
    shifts = [np.abs(np.roll(one, aside, axis=1) - other).sum() for aside in range(-5, 6)]
    assert min(shifts) < 0.45 * ink
    assert (255.0 - one).sum() == pytest.approx(ink, rel=0.02)


def test_other_digits_are_other_pictures(qapp):
    typesetter = Typesetter()
    one, other = (typesetter.typeset(text, PIXELS, INK) for text in ("x = 1.38", "x = 1.88"))
    assert np.abs(pixels_of(one) - pixels_of(other)).max() > 100


def test_numbers_of_the_same_length_are_typeset_once(qapp):
    typesetter = Typesetter()
    for number in range(100, 200):
        assert typesetter.typeset(f"f(x) = {number / 100:.2f}", PIXELS, INK) is not None
    assert len(typesetter._templates) == 1
    typesetter.typeset("f(x) = 10.25", PIXELS, INK)
    assert len(typesetter._templates) == 2
    typesetter.forget()
    assert not typesetter._templates


def test_what_can_not_be_typeset_is_none(qapp):
    typesetter = Typesetter()
    assert typesetter.typeset(r"\frac{1", PIXELS, INK) is None
    assert typesetter.typeset(r"\frac{x", PIXELS, INK) is None
    assert typesetter.typeset(r"\mathbf{x}", PIXELS, INK) is not None


@pytest.mark.parametrize("name", ["valley", "wave", "regression", "rosenbrock"])
def test_numbers_of_landscapes_have_a_place_for_every_digit(qapp, name):
    landscape = next(known for known in PRESETS if known.name == name).build()
    typesetter = Typesetter()
    for line in landscape.notation.at((1.234, -0.577)):
        for text in (line.left, line.right):
            assert typesetter.typeset(text, PIXELS, INK) is not None
            if any(letter.isdigit() for letter in text):
                zeros = "".join("0" if letter.isdigit() else letter for letter in text)
                template = typesetter._templates[zeros, PIXELS, INK]
                assert template is not None
