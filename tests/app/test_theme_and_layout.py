"""Light, dark or as the system is; where the panels are. Both are remembered."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QDockWidget, QStyleOptionTab, QTabBar

from gdviz.views.theme import DARK, LIGHT

CONTROL = Qt.KeyboardModifier.ControlModifier


def check_colors(workbench, hand, theme):
    assert workbench.theming.theme is theme
    palette = QApplication.palette()
    assert palette.color(QPalette.ColorRole.Window) == QColor(theme.window)
    assert palette.color(QPalette.ColorRole.WindowText) == QColor(theme.text)
    assert theme.panel in workbench.window.styleSheet()
    for canvas in (hand.screen.contour_canvas, hand.screen.curve_canvas):
        assert canvas.plot_area.backgroundBrush().color() == QColor(theme.panel)
    for item in (
        hand.screen.contour._field,
        hand.screen.contour._paths,
        hand.screen.contour._marks,
        hand.screen.curve._item,
    ):
        assert item._theme is theme
    # painted, and not only told
    area = hand.curve_area
    corner = area.rect().bottomLeft()
    corner += type(corner)(3, -3)
    assert hand.color_at(area, corner) == theme.panel
    icon = workbench.actions["reset"].icon().pixmap(20, 20).toImage()
    drawn = [
        icon.pixelColor(x, y)
        for x in range(icon.width())
        for y in range(icon.height())
        if icon.pixelColor(x, y).alpha() == 255
    ]
    assert drawn
    assert {color.name() for color in drawn} == {theme.text}


def marked(workbench):
    return [
        name
        for name in ("system", "light", "dark")
        if workbench.actions[f"theme_{name}"].isChecked()
    ]


def test_the_choice_is_in_the_menu_and_everything_is_recolored(workbench, hand):
    hand.hold()
    assert marked(workbench) == ["system"]
    for name, theme in (("dark", DARK), ("light", LIGHT), ("dark", DARK)):
        workbench.actions[f"theme_{name}"].trigger()
        assert marked(workbench) == [name]
        check_colors(workbench, hand, theme)
    workbench.actions["theme_dark"].trigger()  # chosen again, it is not taken away
    assert marked(workbench) == ["dark"]


def test_a_key_changes_to_the_other_theme(workbench, hand):
    hand.hold()
    first = workbench.theming.theme
    hand.key(Qt.Key.Key_T, CONTROL)
    assert workbench.theming.theme is not first
    check_colors(workbench, hand, workbench.theming.theme)
    hand.key(Qt.Key.Key_T, CONTROL)
    check_colors(workbench, hand, first)


def test_by_default_it_is_as_the_system_is_and_follows_it(qtbot, workbench, hand):
    hand.hold()
    hints = QApplication.styleHints()
    scheme = hints.colorScheme()
    try:
        for wanted, theme in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
            hints.setColorScheme(wanted)
            if hints.colorScheme() != wanted:
                pytest.skip("this platform has no color scheme to change")
            qtbot.waitUntil(lambda theme=theme: workbench.theming.theme is theme)
            check_colors(workbench, hand, theme)
        workbench.actions["theme_light"].trigger()
        hints.setColorScheme(Qt.ColorScheme.Dark)
        check_colors(workbench, hand, LIGHT)
    finally:
        hints.setColorScheme(scheme)
        hints.unsetColorScheme()


def test_the_theme_is_remembered(open_workbench, hand_of):
    first = open_workbench("valley")
    first.actions["theme_dark"].trigger()
    first.door.close_unsaved()
    second = open_workbench("valley")
    assert marked(second) == ["dark"]
    hand = hand_of(second)
    hand.hold()
    check_colors(second, hand, DARK)
    second.actions["theme_system"].trigger()
    second.door.close_unsaved()
    assert marked(open_workbench("valley")) == ["system"]


def test_a_theme_that_nobody_knows_is_the_systems(open_workbench, tmp_path):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("theme", "sepia")
    store.setValue("geometry", "not a geometry")
    store.setValue("layout", 17)
    store.sync()
    workbench = open_workbench("valley")
    assert marked(workbench) == ["system"]
    assert (workbench.window.width(), workbench.window.height()) == (1280, 800)


def docks(workbench):
    return {dock.windowTitle(): dock for dock in workbench.window.findChildren(QDockWidget)}


def test_the_layout_is_remembered(qtbot, open_workbench):
    first = open_workbench("valley")
    first.window.resize(1280, 740)
    docks(first)["This step"].toggleViewAction().trigger()
    first.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, docks(first)["Landscape"])
    first.door.close_unsaved()
    second = open_workbench("valley")
    assert second.window.height() == 740  # the width of this screen is bounded
    assert not docks(second)["This step"].isVisible()
    assert docks(second)["Runs"].isVisible()
    area = second.window.dockWidgetArea(docks(second)["Landscape"])
    assert area == Qt.DockWidgetArea.RightDockWidgetArea
    docks(second)["This step"].toggleViewAction().trigger()
    assert docks(second)["This step"].isVisible()


def test_a_hidden_panel_comes_back_from_the_view_menu(workbench):
    menu = next(
        action.menu() for action in workbench.window.menuBar().actions() if action.text() == "&View"
    )
    texts = {action.text(): action for action in menu.actions()}
    for title, dock in docks(workbench).items():
        dock.close()
        assert not dock.isVisible()
        texts[title].trigger()
        assert dock.isVisible()


def test_what_a_hidden_panel_shows_is_right_when_it_comes_back(workbench, hand):
    hand.hold()
    dock = docks(workbench)["This step"]
    dock.close()
    hand.key(Qt.Key.Key_Home)
    hand.key(Qt.Key.Key_Right)
    dock.show()
    assert hand.step_shown_everywhere() == 1


def test_the_window_can_be_made_small_and_large(qtbot, workbench, hand):
    hand.hold()
    for width, height in ((1120, 640), (2560, 1440), (1280, 800)):
        workbench.window.resize(width, height)
        qtbot.waitUntil(lambda width=width: workbench.window.width() == width)
        assert hand.contour_area.width() > 200
        assert hand.contour_area.height() > 120
        hand.step_shown_everywhere()


def test_a_window_opened_in_the_dark_theme_has_light_words(open_workbench, tmp_path):
    """The palette reaches every control, also those that a style sheet has styled before."""
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("theme", "dark")
    store.sync()
    workbench = open_workbench("valley")
    for control in (workbench.screen.run_panel.optimizer, workbench.screen.run_list.table):
        words = control.palette().color(QPalette.ColorRole.Text)
        assert words == QColor(DARK.text)
    window = workbench.window
    at = workbench.screen.run_panel.optimizer.mapTo(window, QPoint(4, 8))
    picture = window.grab().toImage()
    assert picture.pixelColor(at).lightness() < 80


def test_four_panels_in_one_place_have_tabs_with_whole_titles(qtbot, workbench):
    window = workbench.window
    workbench.actions["sensitivity"].trigger()
    window.raise_dock("Swarm")
    QApplication.processEvents()
    (bar,) = [one for one in window.findChildren(QTabBar) if "Swarm" in titles(one)]
    assert titles(bar) == ["Settings", "Verdict", "Swarm", "Sensitivity"]
    assert window.width() == 1280
    for tab in range(bar.count()):
        option = QStyleOptionTab()
        bar.initStyleOption(option, tab)
        assert option.text == bar.tabText(tab)


def titles(bar):
    return [bar.tabText(tab) for tab in range(bar.count())]
