"""The update panel takes one step apart: equations, numbers, and a legend of its parts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gdviz.engine import Descent, GradientNoise, Recorder, iterate, step_detail
from gdviz.engine.update_notation import step_notation, update_rule
from gdviz.landscapes import preset
from gdviz.numbers import format_point
from gdviz.optimizers import OPTIMIZERS, optimizer
from gdviz.ui.latex_parts import factors_of, parts_of, terms_of
from gdviz.ui.part_legend import role_color
from gdviz.ui.typeset import typeset
from gdviz.ui.update_panel import UpdatePanel
from gdviz.views.theme import DARK, LIGHT


def details_of(kind, name="valley", *, noise=None, **given):
    """Return what each of the first steps of a run is made of."""
    landscape = preset(name).build()
    start = preset(name).start
    descent = Descent.of(landscape, optimizer(kind, **given), start, 6, noise=noise)
    recorder = Recorder(descent.recording)
    for chunk in iterate(descent):
        recorder.append(chunk)
    trajectory = recorder.trajectory()
    found = (step_detail(descent, trajectory, recorder.states, 0, step) for step in range(6))
    return [detail for detail in found if detail is not None]


@pytest.fixture
def panel():
    return UpdatePanel()


@pytest.fixture
def hand(window_of, panel):
    return window_of(panel)


def sheet_of(panel):
    return panel.equations.sheet


# --- typesetting ---


@pytest.mark.parametrize("name", ["valley", "parabola"])
@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_letters_and_numbers_of_every_optimizer_can_be_typeset(qapp, kind, name):
    detail = details_of(kind, name)[0]
    for line in (line for group in step_notation(detail) for line in group):
        for pieces in (parts_of(line), terms_of(line.latex), factors_of(line.latex)):
            assert " ".join(pieces).replace(" ", "") == line.latex.replace(" ", "")
        for part in parts_of(line):
            assert typeset(part, 15.0, "#000000") is not None, part
            for piece in factors_of(part):
                assert typeset(piece, 15.0, "#000000") is not None, piece


@pytest.mark.parametrize("kind", ["gd", "adam", "bfgs", "nelder_mead"])
def test_equations_fit_the_width_or_can_be_scrolled_to(qtbot, window_of, panel, kind):
    window_of(panel)
    panel.show_detail(
        details_of(kind, learning_rate=0.05)[-1] if kind in ("gd", "adam") else details_of(kind)[-1]
    )
    sheet = sheet_of(panel)
    qtbot.waitUntil(lambda: not sheet.empty)
    assert max(row.right for row in sheet._rows) <= max(sheet.width(), sheet.minimumWidth()) + 1
    assert max(row.baseline for row in sheet._rows) < sheet.minimumHeight()


# --- what is shown ---


def test_a_step_is_shown_with_letters_and_numbers(qtbot, hand, panel):
    detail = details_of("momentum", learning_rate=0.05)[3]
    panel.show_detail(detail)
    qtbot.waitUntil(lambda: not sheet_of(panel).empty)
    wanted = tuple(line for group in step_notation(detail) for line in group)
    assert sheet_of(panel).lines == wanted
    assert update_rule(detail.optimizer)[0] in wanted
    assert panel.title == "Step 3 → 4"
    assert panel.told == ""


def test_noise_shows_the_gradient_that_was_seen(qtbot, hand, panel):
    panel.show_detail(details_of("gd", noise=GradientNoise(0.5, 1))[2])
    qtbot.waitUntil(lambda: not sheet_of(panel).empty)
    assert r"\ne \nabla f(x_k)" in panel.equations.latex()


def test_the_legend_tells_each_part_and_its_numbers(hand, panel):
    detail = details_of("adam", learning_rate=0.05)[4]
    panel.show_detail(detail)
    assert panel.legend.texts() == {
        part.title: format_point(part.displacement, 3) for part in detail.parts
    }
    gd = details_of("gd")[0]
    panel.show_detail(gd)
    assert list(panel.legend.texts()) == [part.title for part in gd.parts]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_arrows_of_the_legend_wear_the_colors_of_their_roles(hand, panel, theme):
    detail = details_of("adam")[1]
    panel.set_theme(theme)
    panel.show_detail(detail)
    QApplication.processEvents()
    for part, (arrow, _title, _value) in zip(detail.parts, panel.legend._rows, strict=True):
        image = arrow.grab().toImage()
        middle = image.pixelColor(image.width() * 14 // 20, image.height() // 2)
        assert middle.name() == role_color(theme, part.role)


@pytest.mark.parametrize("width", [248, 340, 520])
def test_the_legend_is_not_cut_off(window_of, panel, width):
    window_of(panel, width=width)
    panel.show_detail(details_of("rmsprop", momentum=0.9)[2])
    QApplication.processEvents()
    for _arrow, title, value in panel.legend._rows:
        assert title.width() >= title.fontMetrics().horizontalAdvance(title.text())
        assert value.width() >= value.fontMetrics().horizontalAdvance(value.text())
        assert not title.geometry().intersects(value.geometry())


def test_a_low_and_narrow_legend_tells_its_numbers_in_tooltips(window_of, panel):
    window = window_of(panel, width=248, height=320)
    detail = details_of("adam")[2]
    panel.show_detail(detail)
    QApplication.processEvents()
    for part, (_arrow, title, value) in zip(detail.parts, panel.legend._rows, strict=True):
        assert title.isVisible()
        assert not value.isVisible()
        assert format_point(part.displacement, 3) in title.toolTip()
    window.widget.resize(248, 620)
    QApplication.processEvents()
    assert all(value.isVisible() for _arrow, _title, value in panel.legend._rows)
    panel.show_detail(details_of("gd")[0])
    assert [value.isVisible() for _arrow, _title, value in panel.legend._rows] == [
        True, False, False, False,
    ]  # fmt: skip


def test_one_sentence_says_why_there_is_no_step(hand, panel):
    assert panel.told == "No run is selected. Click the landscape to start one."
    panel.show_detail(details_of("gd")[0])
    panel.show_nothing("The run ends here.")
    assert panel.told == "The run ends here."
    assert panel.title == ""
    assert not panel.legend.isVisible()
    panel.show_detail(None)
    assert panel.told == "No run is selected. Click the landscape to start one."


def test_the_arrows_are_switched_and_shown(hand, panel):
    told = []
    panel.arrows_picked.connect(told.append)
    hand.click(panel.arrows)
    assert told == [True]
    panel.show_arrows(False)
    assert not panel.arrows.isChecked()
    assert told == [True]


# --- following the playhead ---


def test_a_quick_succession_of_steps_ends_with_the_last_one(qtbot, hand, panel):
    details = details_of("gd", learning_rate=0.05)
    shown = []
    sheet_of(panel).laid_out.connect(lambda: shown.append(sheet_of(panel).lines))
    for detail in details:
        panel.show_detail(detail)
        QApplication.processEvents()
    last = tuple(line for group in step_notation(details[-1]) for line in group)
    qtbot.waitUntil(lambda: sheet_of(panel).lines == last)
    assert len({lines for lines in shown if lines}) < len(details)


def test_nothing_is_typeset_while_it_is_hidden(qtbot, panel):
    qtbot.addWidget(panel)
    panel.show_detail(details_of("gd")[0])
    assert not panel.equations._due.isActive()
    assert sheet_of(panel).empty


def test_typesetting_gives_way_and_goes_on(qtbot, hand, panel):
    groups = step_notation(details_of("adam")[2])
    sheet = sheet_of(panel)
    sheet.set_room(220)
    turns = 0
    while not sheet.prepare(groups, 0.0):
        turns += 1
        assert turns < 200
    assert turns > 5
    drawn = len(sheet._drawn)
    sheet.set_groups(groups)
    assert len(sheet._drawn) == drawn


def test_the_equations_follow_the_theme(qtbot, hand, panel):
    panel.show_detail(details_of("adam")[2])
    qtbot.waitUntil(lambda: not sheet_of(panel).empty)
    for theme in (DARK, LIGHT):
        panel.set_theme(theme)
        inks = {ink for _latex, ink in sheet_of(panel)._drawn}
        assert inks == {theme.gradient, theme.momentum, theme.scaling, theme.update}


def test_the_equations_are_copied_as_latex(qtbot, hand, panel):
    panel.show_detail(details_of("gd")[0])
    qtbot.waitUntil(lambda: not sheet_of(panel).empty)
    sheet_of(panel).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(sheet_of(panel), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == panel.equations.latex()
    assert panel.equations.latex().count("\n") == 2
