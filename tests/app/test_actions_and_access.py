"""Every action can be found, every control can be reached and says what it is."""

import itertools

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QScrollBar,
    QToolBar,
    QToolButton,
    QWidget,
)

from gdviz import __version__
from gdviz.ui.action_table import ACTIONS, MENUS
from gdviz.ui.export_dialog import ExportDialog

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
)


def in_use(window):
    """Return the controls that a user can see and use, without the parts of others."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and widget.isVisible()
        and not (isinstance(widget, QLineEdit) and widget.isReadOnly())
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), (QComboBox, QAbstractSpinBox, QDockWidget, QMenu))
        and not isinstance(widget.parent().parent(), QAbstractItemView)
        and not isinstance(widget, (QHeaderView, QScrollBar))
    ]


def test_every_action_has_a_text_and_a_tip():
    for spec in ACTIONS:
        assert spec.text.replace("&", ""), spec.key
        assert spec.tip.endswith("."), spec.key
        assert "\n" not in spec.tip, spec.key


def test_every_action_is_in_a_menu_or_on_the_toolbar(workbench):
    bar = workbench.window.findChild(QToolBar)
    menus = {
        action.text().replace("&", ""): action.menu()
        for action in workbench.window.menuBar().actions()
    }
    assert list(menus) == list(MENUS)
    found = [action for menu in menus.values() for action in entries_of(menu)] + bar.actions()
    for spec in ACTIONS:
        assert workbench.actions[spec.key] in found, spec.key
        if spec.menu:
            assert workbench.actions[spec.key] in entries_of(menus[spec.menu]), spec.key


def test_every_menu_entry_is_in_the_table():
    keys = {spec.key for spec in ACTIONS}
    listed = {entry for entries in MENUS.values() for entry in entries if entry}
    submenus = {entry for entry in listed if not isinstance(entry, str)}
    assert {key for _title, entries in submenus for key in entries} <= keys
    assert listed - submenus <= keys


def entries_of(menu):
    """Return what can be chosen in a menu and in those that it opens."""
    found = []
    for action in menu.actions():
        found += [action] if action.menu() is None else entries_of(action.menu())
    return found


def test_no_two_actions_share_a_shortcut():
    owners = {}
    for spec in ACTIONS:
        for keys in spec.shortcuts:
            sequence = QKeySequence(keys)
            assert not sequence.isEmpty(), keys
            assert sequence.toString() not in owners, (spec.key, owners.get(sequence.toString()))
            owners[sequence.toString()] = spec.key


def test_no_two_entries_of_a_menu_share_a_letter(workbench):
    menus = [action.menu() for action in menubar(workbench)]
    menus += [entry.menu() for menu in menus for entry in menu.actions() if entry.menu()]
    for menu in menus:
        letters = [
            entry.text()[entry.text().index("&") + 1].lower()
            for entry in menu.actions()
            if "&" in entry.text()
        ]
        assert len(letters) == len(set(letters)), (menu.title(), letters)
    letters = [action.text()[action.text().index("&") + 1] for action in menubar(workbench)]
    assert len(letters) == len(set(letters))


def menubar(workbench):
    return workbench.window.menuBar().actions()


def test_every_control_has_a_tooltip_and_a_name(hand, workbench):
    hand.hold()
    found = in_use(workbench.window)
    assert len(found) > 20
    for control in found:
        described(control)


def described(control):
    name = named(control)
    place = [type(widget).__name__ for widget in up(control)]
    assert name, f"no name: {place}"
    assert any(widget.toolTip() for widget in itertools.islice(up(control), 2)), (
        f"no tooltip: {name} {place}"
    )


def named(control):
    """Return what a screen reader says of a control."""
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


def reaches(reached, control):
    """Tell whether Tab reaches a control, or one beside it from which arrows go on to it."""
    group = control.group() if isinstance(control, QAbstractButton) else None
    return any(other in reached for other in (group.buttons() if group else [control]))


def up(widget):
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def test_the_tooltips_of_actions_name_their_keys(workbench):
    for spec in ACTIONS:
        tip = " ".join(workbench.actions[spec.key].toolTip().split())
        assert tip.startswith(spec.tip)
        if spec.shortcuts:
            keys = QKeySequence(spec.shortcuts[0])
            assert keys.toString(QKeySequence.SequenceFormat.NativeText) in tip


def test_tab_reaches_every_control_and_comes_round(hand, workbench):
    hand.hold()
    hand.focus_views()
    first = QApplication.focusWidget()
    reached = []
    for _ in range(200):
        hand.key(Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is first:
            break
        reached.append(now)
    assert QApplication.focusWidget() is first, "Tab never comes round"
    for control in in_use(workbench.window):
        if control.isEnabled() and not isinstance(control.parent(), QToolBar):
            assert reaches(reached, control) or control is first, named(control)
    assert hand.screen.curve_canvas.plot_area in [*reached, first]


def test_shift_tab_goes_back(hand):
    hand.hold()
    hand.focus_views()
    hand.key(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not hand.screen.contour_canvas.plot_area
    hand.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is hand.screen.contour_canvas.plot_area


def test_the_tool_buttons_are_never_without_a_face(workbench):
    bar = workbench.window.findChild(QToolBar)
    for action in bar.actions():
        button = bar.widgetForAction(action)
        if isinstance(button, QToolButton):
            assert button.isVisible(), action.text()
            assert not action.icon().isNull(), action.text()


def test_the_keys_are_listed_in_a_dialog(qtbot, workbench, hand):
    hand.hold()
    texts = []

    def read_and_close():
        dialog = QApplication.activeModalWidget()
        if not dialog.isActiveWindow():
            QTimer.singleShot(20, read_and_close)
            return
        texts.extend(label.text() for label in dialog.findChildren(QLabel))
        hand.key(Qt.Key.Key_Escape)

    QTimer.singleShot(100, read_and_close)
    hand.key(Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    for spec in ACTIONS:
        if spec.shortcuts:
            keys = QKeySequence(spec.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
            assert any(keys in text for text in texts), spec.key
    assert any("Drag the ring" in text for text in texts)


def test_the_about_box_tells_the_version(qtbot, workbench, hand):
    texts = []

    def read_and_close():
        texts.append(QApplication.activeModalWidget().text())
        hand.key(Qt.Key.Key_Escape)

    QTimer.singleShot(100, read_and_close)
    workbench.actions["about"].trigger()
    assert __version__ in texts[0]


def test_every_control_of_the_export_dialog_has_a_name_and_tab_reaches_it(qtbot, workbench, hand):
    hand.hold()
    hand.key(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = workbench.window.findChild(ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    first = QApplication.focusWidget()
    assert first is dialog.path
    reached = [first]
    for _ in range(40):
        hand.key(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            break
        reached.append(QApplication.focusWidget())
    assert QApplication.focusWidget() is first, "Tab never comes round"
    for control in in_use(dialog):
        assert reaches(reached, control) or not control.isEnabled(), named(control)
        assert named(control), control
    hand.key(Qt.Key.Key_Escape)
    assert isinstance(dialog, QDialog)


@pytest.mark.parametrize("key", ["loop", "theme_light"])
def test_checkable_actions_show_their_state(workbench, key):
    action = workbench.actions[key]
    assert action.isCheckable()
    action.trigger()
    assert action.isChecked()
