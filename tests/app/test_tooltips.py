"""Every control of the window and of its dialogs says what it does to the descent."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QScrollBar,
    QTabBar,
    QToolBar,
    QToolTip,
    QWidget,
)

from gdviz.experiment import open_experiment
from gdviz.experiment.document import Document
from gdviz.export.material import Material
from gdviz.help import load_library
from gdviz.help.optimizers_page import optimizers_topic
from gdviz.optimizers import OPTIMIZERS, SCHEDULES
from gdviz.ui.export_dialog import ExportDialog
from gdviz.ui.export_wish import ExportWish
from gdviz.ui.help_window import HelpWindow
from gdviz.ui.keys_dialog import KeysDialog
from gdviz.ui.keys_topic import keys_topic
from gdviz.ui.many_starts_dialog import ManyStartsDialog
from gdviz.ui.panel_tips import PANELS
from gdviz.ui.recovery_box import RecoveryBox
from gdviz.ui.tips import WIDEST, topic_of
from gdviz.ui.unsaved_box import failed_box, replaced_box, unsaved_box

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
)
FEWEST_WORDS = 5
CLOSES = {"Cancel", "Close"}
LIBRARY = load_library([keys_topic(), optimizers_topic()])


def controls_of(window):
    """Return all controls, shown or not, without the inner parts of others."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, (*CONTROLS, QDockWidget, QTabBar))
        and widget.window() is window
        and not isinstance(widget, (QScrollBar, QHeaderView))
        and not isinstance(widget.parent(), (QComboBox, QAbstractSpinBox, QMenu, QMenuBar, QTabBar))
        and not isinstance(widget.parent(), QLineEdit)
        and not isinstance(widget.parent(), QAbstractScrollArea)
        and not widget.objectName().startswith("qt_toolbar")
    ]


def named(control):
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


def plain(tip):
    return " ".join(tip.split())


def complaints_about(name, tip):
    """Yield what is wrong with a tooltip."""
    if not tip:
        yield f"{name}: no tooltip"
        return
    words = plain(tip).split()
    if plain(tip).rstrip(".").casefold() == name.casefold():
        yield f"{name}: it only repeats the name"
    if len(words) < FEWEST_WORDS:
        yield f"{name}: '{tip}' is too short to teach"
    if "<" not in tip and any(len(line) > WIDEST + 10 for line in tip.splitlines()):
        yield f"{name}: a line of the tooltip is too long"


def complaints(window):
    for control in controls_of(window):
        name = control.accessibleName() or named(control) or control.windowTitle()
        place = "/".join(type(widget).__name__ for widget in up(control))
        if isinstance(control, QTabBar):
            for tab in range(control.count()):
                yield from complaints_about(control.tabText(tab), control.tabToolTip(tab))
            continue
        if not name:
            yield f"no name: {place}"
        tip = control.toolTip()
        yield from (f"{found} ({place})" for found in complaints_about(name, tip))
        if isinstance(control, QAbstractItemView):
            yield from headers(control)


def headers(view):
    model = view.model()
    header = getattr(view, "horizontalHeader", None)
    if header is None or model is None:
        return
    for section in range(model.columnCount()):
        title = model.headerData(section, Qt.Orientation.Horizontal) or f"column {section}"
        tip = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        yield from complaints_about(title, tip)


def up(widget):
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


@pytest.fixture
def window_of_a_table(open_workbench, hand_of, tmp_path):
    """Return a window in which everything is unfolded that can be."""
    table = tmp_path / "points.csv"
    table.write_text("a,b\n1,2\n2,3.5\n3,5\n4,6.5\n5,9\n", encoding="utf-8")
    workbench = open_workbench(str(table))
    hand_of(workbench).hold()
    workbench.screen.landscape_panel.show_page("data")
    return workbench


def test_every_control_of_the_window_teaches(window_of_a_table):
    found = list(complaints(window_of_a_table.window))
    assert not found, "\n".join(found)


def test_every_control_of_a_landscape_of_one_parameter_teaches(open_workbench, hand_of):
    workbench = open_workbench("a x^2 + b")
    hand_of(workbench).hold()
    found = list(complaints(workbench.window))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_hyperparameter_teaches(key):
    for one in OPTIMIZERS[key].hyperparameters():
        assert len(one.help.split()) >= 8, one.help


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_setting_of_a_schedule_teaches(key):
    for one in SCHEDULES[key].hyperparameters():
        assert len(one.help.split()) >= 8, one.help


def export_dialog():
    experiment = open_experiment("regression")
    material = Material(Document(experiment), ())
    wish = ExportWish.first(material, "light")
    return ExportDialog(None, material=lambda: material, wish=wish, path=Path("descent.png"))


@pytest.mark.parametrize(
    "make",
    [
        export_dialog,
        lambda: ManyStartsDialog(None, dimension=2, present=3),
        lambda: HelpWindow(LIBRARY),
        lambda: KeysDialog(None),
        lambda: unsaved_box(None, "a.gdviz", has_file=True),
        lambda: failed_box(None, "a.gdviz", "the disk is full"),
        lambda: replaced_box(None, "a.gdviz"),
        lambda: RecoveryBox(None, 2 * [("a.gdviz", datetime(2026, 5, 3, tzinfo=UTC))]),
    ],
    ids=["export", "many starts", "help", "keys", "unsaved", "failed", "replaced", "recovery"],
)
def test_every_control_of_a_dialog_teaches(qtbot, make):
    dialog = make()
    qtbot.addWidget(dialog)
    found = list(complaints(dialog))
    assert not found, "\n".join(found)


def test_every_control_of_the_window_has_a_topic_that_there_is(window_of_a_table):
    lost = []
    for control in controls_of(window_of_a_table.window):
        if isinstance(control, QTabBar):
            continue
        if topic_of(control) not in LIBRARY:
            lost.append(
                f"{named(control)}: '{topic_of(control)}' {[type(w).__name__ for w in up(control)]}"
            )
    assert not lost, "\n".join(lost)


def test_choices_of_boxes_teach_too(window_of_a_table):
    screen = window_of_a_table.screen
    run_panel, quantity = screen.run_panel, screen.history_controls.quantity
    run_panel.optimizer.complete()
    for box in (run_panel.optimizer, run_panel.schedule.kind, run_panel.noise.kind, quantity):
        for row in range(box.count()):
            if box.itemData(row):
                tip = box.itemData(row, Qt.ItemDataRole.ToolTipRole)
                assert len(tip.split()) >= FEWEST_WORDS, (box.itemText(row), tip)
                assert all(len(line) <= WIDEST + 10 for line in tip.splitlines()), tip


def test_titles_say_how_a_view_is_read(window_of_a_table):
    screen = window_of_a_table.screen
    for canvas in (screen.contour_canvas, screen.curve_canvas, screen.history_canvas):
        title, *told = canvas._title.toolTip().splitlines()
        assert title == canvas._title.text()
        assert len(" ".join(told).split()) > 10
        assert canvas.plot_area.accessibleDescription() == " ".join(told)


def test_the_toolbar_and_the_menus_show_tooltips(window_of_a_table):
    window = window_of_a_table.window
    bar = window.findChild(QToolBar)
    for action in bar.actions():
        widget = bar.widgetForAction(action)
        if isinstance(widget, QAbstractButton):
            assert len(widget.toolTip().split()) >= FEWEST_WORDS
    for entry in window.menuBar().actions():
        assert entry.menu().toolTipsVisible()
    assert QApplication.instance() is not None


def test_tabs_of_panels_show_their_tooltips(qtbot, window_of_a_table):
    bar = next(
        bar
        for bar in window_of_a_table.window.findChildren(QTabBar)
        if "Verdict" in [bar.tabText(tab) for tab in range(bar.count())]
    )
    tab = [bar.tabText(tab) for tab in range(bar.count())].index("Verdict")
    at = bar.tabRect(tab).center()
    QApplication.sendEvent(bar, QHelpEvent(QEvent.Type.ToolTip, at, bar.mapToGlobal(at)))
    qtbot.waitUntil(QToolTip.isVisible)
    assert plain(QToolTip.text()) == PANELS["Verdict"][0]
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_tabs_keep_their_tooltips_when_panels_move(qtbot, window_of_a_table):
    window = window_of_a_table.window
    docks = {dock.windowTitle(): dock for dock in window.findChildren(QDockWidget)}
    window.tabifyDockWidget(docks["Runs"], docks["Landscape"])

    def tips():
        bars = window.findChildren(QTabBar)
        return {bar.tabText(tab): bar.tabToolTip(tab) for bar in bars for tab in range(bar.count())}

    qtbot.waitUntil(lambda: plain(tips().get("Landscape", "")) == PANELS["Landscape"][0])
