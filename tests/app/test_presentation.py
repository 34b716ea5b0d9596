"""Filling the screen for an audience, everything on keys, and coming back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QToolBar

from gdviz.experiment import open_experiment
from gdviz.numbers import format_number
from gdviz.ui.settings import Settings
from gdviz.views.contrast import high_contrast
from gdviz.views.theme import DARK, LIGHT

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def state(window):
    """Return all of a window's layout that a user sees."""
    QApplication.processEvents()
    docks = window.findChildren(QDockWidget)
    return {
        "geometry": window.geometry(),
        "full": window.isFullScreen(),
        "menus": window.menuBar().isVisible(),
        "status": window.statusBar().isVisible(),
        "tools": window.findChild(QToolBar).isVisible(),
        "docks": {dock.windowTitle(): (dock.isVisible(), dock.geometry()) for dock in docks},
        "splits": window.split_sizes(),
    }


def settled(qtbot, window):
    """Return the layout once it stays the same."""
    seen = []

    def stays():
        seen.append(state(window))
        return len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]

    qtbot.waitUntil(stays)
    return seen[-1]


@pytest.fixture
def presenting(workbench, hand):
    """Return a hand on a window that is presenting."""
    hand.wait_still()
    hand.focus_views()
    hand.key(Qt.Key.Key_F11)
    QApplication.processEvents()
    assert workbench.lectern.presentation.on
    return hand


def test_it_fills_the_screen_with_the_views_alone(workbench, presenting):
    seen = state(workbench.window)
    assert seen["full"]
    assert not seen["menus"]
    assert not seen["status"]
    assert not seen["tools"]
    assert not any(shown for shown, _ in seen["docks"].values())
    assert presenting.screen.playback.isVisible()
    for canvas in (presenting.screen.contour_canvas, presenting.screen.curve_canvas):
        assert canvas.isVisible()
    center = workbench.window.centralWidget()
    assert center.size() == workbench.window.size()


@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_F5, Qt.Key.Key_Escape])
def test_everything_comes_back_exactly_as_it_was(qtbot, workbench, hand, key):
    hand.wait_still()
    window = workbench.window
    window.setAnimated(False)
    window.resize(1180, 770)
    window.toggle_dock("Runs")
    window.toggle_dock("Numbers")
    QApplication.processEvents()
    window.set_split_sizes([[230, 190], [260, 190]])
    hand.focus_views()
    before = settled(qtbot, window)
    hand.key(Qt.Key.Key_F11)
    assert state(window) != before
    hand.key(Qt.Key.Key_1)
    hand.key(key)
    qtbot.waitUntil(lambda: state(window) == before)
    assert not workbench.actions["present"].isChecked()
    assert workbench.lectern.staging.stage.enlarged is None
    assert QApplication.font().pixelSize() == 13


def test_an_enlarged_view_is_enlarged_afterwards(workbench, hand):
    hand.wait_still()
    hand.focus_views()
    hand.key(Qt.Key.Key_2)
    hand.key(Qt.Key.Key_F11)
    hand.key(Qt.Key.Key_1)
    hand.key(Qt.Key.Key_Escape)
    assert workbench.lectern.staging.stage.enlarged == "curve"
    hand.key(Qt.Key.Key_Escape)
    assert workbench.lectern.staging.stage.enlarged is None


def test_letters_are_larger_and_have_a_size_of_their_own(workbench, presenting):
    assert QApplication.font().pixelSize() == round(1.5 * 13)
    presenting.key(Qt.Key.Key_Plus, CONTROL_ALT)
    assert workbench.text_size.scale == 1.75
    presenting.key(Qt.Key.Key_Escape)
    assert workbench.text_size.scale == 1.0
    presenting.key(Qt.Key.Key_F5)
    assert workbench.text_size.scale == 1.75
    presenting.key(Qt.Key.Key_0, CONTROL_ALT)
    assert workbench.text_size.scale == 1.5


@pytest.mark.parametrize(("choice", "usual"), [("light", LIGHT), ("dark", DARK)])
def test_colors_are_those_for_a_bright_room(workbench, presenting, choice, usual):
    workbench.actions[f"theme_{choice}"].trigger()
    strong = high_contrast(usual)
    assert workbench.theming.theme == strong
    area = presenting.curve_area
    corner = QPoint(3, 3)
    assert presenting.color_at(area, corner) == strong.panel
    presenting.key(Qt.Key.Key_Escape)
    assert workbench.theming.theme is usual
    assert presenting.color_at(area, corner) == usual.panel


def test_keys_work_though_their_menus_are_away(workbench, presenting):
    hand, last = presenting, presenting.player.end
    hand.key(Qt.Key.Key_Home)
    assert hand.player.record == 0
    hand.key(Qt.Key.Key_Right)
    assert hand.player.record == 1
    hand.key(Qt.Key.Key_End)
    assert hand.player.record == last
    hand.key(Qt.Key.Key_S)
    assert hand.experiment.view.slice_axis == 1
    hand.key(Qt.Key.Key_4)
    assert hand.screen.history_canvas.isVisible()
    assert not hand.screen.contour_canvas.isVisible()
    hand.key(Qt.Key.Key_QuoteLeft)
    assert hand.screen.contour_canvas.isVisible()
    domain = hand.experiment.view.domain
    hand.key(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert hand.experiment.view.domain != domain
    hand.key(Qt.Key.Key_R)
    assert hand.experiment.current.start != open_experiment("valley").current.start


def test_a_click_starts_there_as_ever(presenting):
    pixel = presenting.contour_pixel((4.0, 2.0))
    presenting.click(presenting.contour_area, pixel)
    assert presenting.experiment.current.start == pytest.approx(
        presenting.contour_params(pixel), abs=0.05
    )


def test_the_equations_come_on_their_key(workbench, presenting):
    def dock():
        docks = workbench.window.findChildren(QDockWidget)
        return next(one for one in docks if one.windowTitle() == "Mathematics")

    presenting.key(Qt.Key.Key_F)
    assert dock().isVisible()
    assert presenting.screen.mathematics.isVisible()
    assert presenting.screen.mathematics.sheet.font().pixelSize() == 20
    presenting.key(Qt.Key.Key_F)
    assert not dock().isVisible()


def test_the_caption_tells_landscape_run_step_and_loss(workbench, presenting):
    caption = presenting.screen.caption
    assert caption.isVisible()
    presenting.key(Qt.Key.Key_Home)
    presenting.key(Qt.Key.Key_Right)
    x, y = presenting.trajectory.params[1, 0]
    loss = 4.0 + (x - 2.0) ** 2 + 2.0 * y**2
    title, total = presenting.experiment.title, presenting.counter[1]
    expected = f"{title}  Gradient descent  step 1 / {total}  loss {format_number(loss)}"
    assert caption.text == expected
    assert caption.accessibleDescription() == expected
    presenting.key(Qt.Key.Key_Escape)
    assert not caption.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Question])
def test_a_key_lists_the_keys_and_any_key_closes_the_list(workbench, presenting, key):
    overlay = workbench.lectern.presentation.overlay
    presenting.key(Qt.Key.Key_Home)
    presenting.key(key)
    assert overlay.isVisible()
    assert overlay.hasFocus()
    center = workbench.window.centralWidget()
    assert center.rect().contains(overlay.geometry())
    told = [label.text() for label in overlay._keys]
    assert {"Space", "1", "2", "4", "5", "P", "F11"} <= set(told)
    assert all(label.font().pixelSize() >= 13 for label in overlay._words)
    presenting.key(Qt.Key.Key_Right)
    assert not overlay.isVisible()
    assert presenting.player.record == 0, "the key that closes the list does nothing else"
    presenting.key(Qt.Key.Key_Right)
    assert presenting.player.record == 1


def test_escape_closes_the_list_and_not_the_presentation(workbench, presenting):
    presenting.key(Qt.Key.Key_Question)
    presenting.key(Qt.Key.Key_Escape)
    assert workbench.lectern.presentation.on
    presenting.key(Qt.Key.Key_Question)
    presenting.click(workbench.lectern.presentation.overlay)
    assert not workbench.lectern.presentation.overlay.isVisible()


def test_escape_stops_computing_before_it_leaves(qtbot, workbench, presenting):
    run = presenting.experiment.current
    long = replace(run, steps=5_000_000, optimizer=replace(run.optimizer, learning_rate=1e-7))
    workbench.editor.edit_run("Steps", long)
    assert workbench.conductor.computing
    presenting.key(Qt.Key.Key_Escape)
    assert workbench.lectern.presentation.on
    qtbot.waitUntil(lambda: not workbench.conductor.computing, timeout=20_000)
    presenting.key(Qt.Key.Key_Escape)
    assert not workbench.lectern.presentation.on


def test_a_window_closed_while_presenting_opens_as_it_was_before(open_workbench, hand_of, tmp_path):
    first = open_workbench("valley")
    first.window.toggle_dock("Runs")
    QApplication.processEvents()
    before, geometry = state(first.window), first.window.saveGeometry()
    hand = hand_of(first)
    hand.wait_still()
    hand.focus_views()
    hand.key(Qt.Key.Key_F11)
    first.door.close_unsaved()
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert store.value("geometry") == geometry
    second = open_workbench("valley")
    after = state(second.window)
    assert not after["full"]
    for part in ("menus", "status", "tools"):
        assert after[part] == before[part]
    shown = {title: dock[0] for title, dock in after["docks"].items()}
    assert shown == {title: dock[0] for title, dock in before["docks"].items()}
    assert second.text_size.scale == 1.0


def test_the_size_for_presenting_is_remembered(open_workbench, hand_of, tmp_path):
    first = open_workbench("valley")
    first.lectern.presentation.enter()
    first.actions["text_larger"].trigger()
    first.door.close_unsaved()
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert Settings(store).presenting_scale == 1.75
    assert Settings(store).text_scale == 1.0
