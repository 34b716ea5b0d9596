"""Typing a landscape."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(hand):
    hand.hold()
    hand.key(Qt.Key.Key_L, CONTROL)
    return hand.screen.landscape_panel.formula


def wait_for(qtbot, hand, text):
    qtbot.waitUntil(lambda: hand.experiment.landscape.formula == text, timeout=10_000)
    hand.hold()


def test_a_formula_is_typed_and_shown(qtbot, hand, page):
    assert page.formula.entry.hasFocus()
    assert page.formula.text == "4 + (x-2)^2 + 2y^2"
    hand.keys("x^2 + 3y^2")
    wait_for(qtbot, hand, "x^2 + 3y^2")
    assert page.formula.error == ""
    assert page.formula.entry.text() == "x^2 + 3y^2"
    assert hand.workbench.window.windowTitle().startswith("x^2 + 3y^2")
    hand.step_shown_everywhere()
    qtbot.waitUntil(lambda: hand.screen.contour._field._map is not None)
    assert hand.screen.landscape_panel.pages.current == "formula"


def test_a_mistake_is_told_while_typing_and_the_last_good_landscape_stays(qtbot, hand, page):
    hand.keys("x^2 + y^2")
    wait_for(qtbot, hand, "x^2 + y^2")
    hand.keys(" + foo(x")
    assert "is not a function" in page.formula.error
    assert "<u><b>foo</b></u>" in page.formula.error
    assert hand.experiment.landscape.formula == "x^2 + y^2"
    hand.step_shown_everywhere()
    for _ in range(len(" + foo(x")):
        hand.key(Qt.Key.Key_Backspace)
    assert page.formula.error == ""
    assert hand.experiment.landscape.formula == "x^2 + y^2"


def test_the_field_is_for_one_variable_too(qtbot, hand, page):
    hand.keys("x^4 - x")
    wait_for(qtbot, hand, "x^4 - x")
    assert hand.experiment.landscape.dimension == 1
    assert not hand.screen.contour_canvas.isVisible()


def test_knobs_move_the_landscape_and_the_run_follows(qtbot, hand, page):
    hand.keys("a x^2 + b y^2")
    wait_for(qtbot, hand, "a x^2 + b y^2")
    assert list(page.knobs) == ["a", "b"]
    before = hand.trajectory
    start = hand.experiment.draft.start
    hand.drag_slider(page.knobs["a"].slider, 0.7, 0.8)
    hand.hold()
    assert hand.experiment.landscape.knobs[0].value > 1.5
    assert hand.experiment.draft.start == start
    assert not np.array_equal(hand.trajectory.loss[0], before.loss[0])
    assert hand.undo_texts[-1] == "Change a"
    hand.focus_views()
    hand.undo()
    hand.hold()
    assert hand.experiment.landscape.knobs[0].value == 1.0
    assert page.knobs["a"].value == 1.0


def test_typing_is_one_edit_and_undone_as_one(qtbot, hand, page):
    hand.keys("x^2 + 5y^2")
    wait_for(qtbot, hand, "x^2 + 5y^2")
    hand.key(Qt.Key.Key_Return)
    hand.focus_views()
    assert hand.undo_texts == ["Change formula"]
    hand.undo()
    hand.hold()
    assert hand.experiment.landscape.name == "valley"
    assert page.formula.text == "4 + (x-2)^2 + 2y^2"


def test_a_start_that_is_defined_is_kept(qtbot, hand, page):
    start = hand.experiment.draft.start
    hand.keys("x^2 + y^2")
    wait_for(qtbot, hand, "x^2 + y^2")
    assert hand.experiment.draft.start == start
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.keys("ln(x) + y^2")
    wait_for(qtbot, hand, "ln(x) + y^2")
    assert np.isfinite(hand.trajectory.loss[0, 0])


def test_reset_goes_back_to_what_the_formula_began_with(qtbot, hand, page):
    hand.keys("k x^2 + y^2")
    wait_for(qtbot, hand, "k x^2 + y^2")
    first = hand.experiment.suggestion
    hand.workbench.opening.move_knob("k", 3.0)
    hand.focus_views()
    hand.click_contour((1.0, 1.0))
    hand.key(Qt.Key.Key_R, CONTROL)
    hand.hold()
    assert hand.experiment.landscape == first.landscape
    assert hand.experiment.runs == (first.run,)


def test_equations_follow_the_playhead_and_are_copied(qtbot, hand):
    hand.hold()
    view = hand.screen.mathematics
    hand.workbench.window.raise_dock("Mathematics")
    qtbot.waitUntil(lambda: len(view.sheet.lines) > 4)
    hand.key(Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: "(-3, 4)" in view.latex())
    assert r"\frac{\partial f}{\partial x} = 2 \left(x - 2\right)" in view.latex()
    assert "= -10" in view.latex()
    view.sheet.setFocus()
    hand.key(Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == view.latex()
    menu = view.sheet.menu_at(view.sheet.rect().topLeft())
    assert [action.text() for action in menu.actions()][1] == "Copy all equations as LaTeX"
    menu.deleteLater()


def test_equations_wear_the_colors_of_their_meaning(qtbot, hand):
    hand.hold()
    hand.workbench.window.raise_dock("Mathematics")
    view = hand.screen.mathematics
    qtbot.waitUntil(lambda: len(view.sheet.lines) > 4)
    theme = hand.workbench.theming.theme
    assert {ink for _latex, ink in view.sheet._drawn} == {
        theme.text, *theme.partials, theme.gradient
    }  # fmt: skip


@pytest.mark.parametrize("scaling", ["log", "linear", "auto"])
def test_colors_are_chosen_and_undone(qtbot, hand, scaling):
    hand.hold()
    box = hand.screen.scaling_box
    hand.choose(box, box.itemText(box.findData(scaling)))
    assert hand.experiment.view.scaling == scaling
    kinds = {"log": "log", "linear": "linear", "auto": "power"}
    qtbot.waitUntil(lambda: hand.screen.contour._field._map.scale.kind == kinds[scaling])
    hand.focus_views()
    if scaling != "auto":
        hand.undo()
        assert box.currentData() == "auto"
